"""``docs/engines.md`` keeps its word."""

import re
from pathlib import Path

from llm_world import paper

from kg.extract.pipeline import RuleExtractor

PAGE = Path(__file__).resolve().parents[2] / "docs" / "engines.md"


def test_the_engine_of_the_page_runs(extractor: RuleExtractor) -> None:
    example = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    names: dict[str, object] = {}
    exec(compile(example, str(PAGE), "exec"), names)  # noqa: S102  # our own page
    engine = names["TestedOnly"](extractor)  # type: ignore[operator]  # a class, made by the page
    tested = engine.extract(paper()).findings
    assert tested == tuple(finding for finding in extractor.extract(paper()).findings if finding.p is not None)
    assert len(tested) > 0
