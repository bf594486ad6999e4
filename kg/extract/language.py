"""Our terms and findings as components of any spaCy pipeline.

``build_language`` makes a pipeline with our tokenizer, our sentences and both components. Any other pipeline takes them by
name: ``nlp.add_pipe("graftgraph_terms")`` fills ``doc.spans["graftgraph"]`` (label: term kind, knowledge base id: concept slug),
``nlp.add_pipe("graftgraph_findings")`` gives ``doc._.extraction``. The components read the text and not the tokens, so that they
need nothing before them. spaCy asks for registration at import; it happens here and nowhere else.
"""

from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.bundled import ontologies_folder
from kg.extract.abbreviations import find_abbreviations
from kg.extract.pipeline import RuleExtractor, build_extractor
from kg.extract.terms import find_terms
from kg.extract.tokenizer import build_nlp
from kg.model import Extraction, Paper
from kg.vocabulary import Vocabulary, load_vocabulary

TERMS = "graftgraph_terms"
FINDINGS = "graftgraph_findings"
#: Key of ``doc.spans``.
SPANS = "graftgraph"
_KEPT = "graftgraph_extraction"


class Component:
    """What both components share: the engine, made when the first text comes unless one was set."""

    def __init__(self, ontologies: str | None) -> None:
        self.ontologies = ontologies

    @cached_property
    def engine(self) -> RuleExtractor:
        """The engine over the vocabulary of that folder, or over the one that ships."""
        return _engine(self.ontologies)


class TermMarker(Component):
    """Puts terms into ``doc.spans["graftgraph"]``; where tokens are coarser than a term, its span has the whole tokens."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark one text."""
        abbreviations = find_abbreviations(doc.text, title=_title(doc))
        terms = find_terms(doc.text, self.engine.matcher, abbreviations=abbreviations)
        spans = [
            doc.char_span(term.start, term.end, label=term.kind.value, kb_id=term.concept or "", alignment_mode="expand") for term in terms
        ]
        doc.spans[SPANS] = [span for span in spans if isinstance(span, Span)]
        return doc


class FindingReader(Component):
    """Gives ``doc._.extraction``; kept as JSON in ``doc.user_data``, so that it survives processes, ``DocBin`` and disk."""

    def __call__(self, doc: Doc) -> Doc:
        """Read one text."""
        doc.user_data[_KEPT] = self.engine.extract(_paper(doc)).model_dump_json()
        return doc


def build_language(vocabulary: Vocabulary) -> Language:
    """A new pipeline: blank English with our tokenizer, sentences, terms and findings over that vocabulary.

    A pipeline written to disk and loaded again looks things up in the vocabulary that ships.
    """
    nlp = build_nlp()
    engine = build_extractor(vocabulary)
    for name in (TERMS, FINDINGS):
        component = nlp.add_pipe(name)
        if isinstance(component, Component):
            component.engine = engine
    return nlp


@Language.factory(TERMS, assigns=["doc.spans"], default_config={"ontologies": None})
def make_terms(nlp: Language, name: str, ontologies: str | None) -> TermMarker:
    """The component that marks terms; ``ontologies`` is a folder of SKOS schemes, the one that ships by default."""
    return TermMarker(ontologies)


@Language.factory(FINDINGS, assigns=["doc._.extraction"], default_config={"ontologies": None})
def make_findings(nlp: Language, name: str, ontologies: str | None) -> FindingReader:
    """The component that reads findings; ``ontologies`` as for the terms."""
    return FindingReader(ontologies)


def _extraction(doc: Doc) -> Extraction | None:
    """What the component found, None where it has not run."""
    kept = doc.user_data.get(_KEPT)
    return None if kept is None else Extraction.model_validate_json(kept)


Doc.set_extension("extraction", getter=_extraction)


@cache
def _engine(ontologies: str | None) -> RuleExtractor:
    return build_extractor(load_vocabulary(ontologies_folder() if ontologies is None else Path(ontologies)))


def _title(doc: Doc) -> str | None:
    """The title, where ``doc.user_data`` has one; displaCy shows the same."""
    title = doc.user_data.get("title")
    return title if isinstance(title, str) else None


def _paper(doc: Doc) -> Paper:
    hashed = sha256(doc.text.encode()).hexdigest()
    return Paper(id=f"text-{hashed[:16]}", title=_title(doc), text=doc.text, source_format="text", sha256=hashed)
