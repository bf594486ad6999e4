"""An optional engine: findings from a language model behind any OpenAI-compatible chat-completions endpoint.

The model quotes, we verify: it names findings by the words of the text, and only what stands there is kept. Terms, cells, study
and arms come from the rules, as does every number.
"""

from kg.extract.llm.engine import LlmExtractor, LlmReport, build_llm_extractor

__all__ = ["LlmExtractor", "LlmReport", "build_llm_extractor"]
