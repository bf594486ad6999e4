"""The spaCy pipeline for scientific text: blank English, our tokenizer rules and our sentences.

``build_nlp`` makes a new pipeline and touches nothing global but the factory registrations below, made once at import as spaCy
asks. Nothing is downloaded.
"""

import re

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, and spaCy ships no stub for it
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from kg.extract.sections import find_sections
from kg.extract.sentences import find_sentences

SENTENCES = "graftgraph_sentences"

#: Kept whole: decimals without zero, powers of ten, per cents stay apart from their sign, names with Greek or plus signs.
_KEEP_WHOLE = re.compile(r"(?:\d*[.·]\d+|\d{1,3}(?:,\d{3})+|10\^-?\d+|10\(-?\d+\)|CD\d+\w*[+-]|NCT\d{8}|[A-Z]{1,5}\d?-\d+[αβγ]?)$")
_INFIXES = (
    r"(?<=[A-Za-z0-9%)])[–—/=<>≤≥±×~](?=[A-Za-z0-9.(≥≤<>])",
    r"(?<=[A-Za-z)])-(?=[A-Za-z(])",
    r"(?<=\d)-(?=[\d.A-Za-z])",
    r"(?<=[a-z])\.(?=[A-Z])",
    r"(?<=[\w)])[,;:](?=[A-Za-z(\[])",
    r"(?<=\w)[(\[](?=[A-Za-z])",
)
_PREFIXES = (r"[([{]", r"[<>≤≥=~±≈×]", "[\"'“”‘’]", r"[-–—−+](?=\d)", r"[,;:!?%]")
_SUFFIXES = (r"[)\]}]", r"[,;:!?]", "[\"'“”‘’]", r"(?<=[\w)\]%+-])\.", r"(?<=\d)%", r"(?<=%)[-–]", r"(?<=\d)(?:mg|kg|g|ml|mL|days?|h)")


@Language.component(SENTENCES, assigns=["token.is_sent_start", "doc.sents"])
def _mark_sentences(doc: Doc) -> Doc:
    """Set the sentence starts that ``find_sentences`` gives; a heading is a sentence of its own."""
    sections = find_sections(doc.text)
    starts = {span.start for span in find_sentences(doc.text, sections=sections)} | {section.start for section in sections}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


def build_nlp() -> Language:
    """A new pipeline: tokenizer and sentences."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        rules=nlp.Defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=_KEEP_WHOLE.match,
    )
    nlp.add_pipe(SENTENCES)
    return nlp
