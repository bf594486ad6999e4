"""A paper with what was read from it: the value that every part of the graph is made from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg.errors import ExtractionError
from kg.model import Extraction, Paper, TextKind
from kg.namespaces import paper_iri
from kg.rdf.terms import LABEL, A, Values, about, closed, concept, integer, term, text, thing
from kg.vocabulary import Vocabulary

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Reading:
    """Paper, extraction and the vocabulary that has the concepts of plain labels, such as a species."""

    paper: Paper
    extraction: Extraction
    vocabulary: Vocabulary

    @property
    def paper_node(self) -> NamedNode:
        """The paper."""
        return NamedNode(paper_iri(self.paper.id))

    @property
    def text_node(self) -> NamedNode | None:
        """The text that was read; None for a record without an abstract."""
        return text_node(self.paper.sha256) if self.paper.text else None

    @property
    def study_node(self) -> NamedNode:
        """The study."""
        return self.node("study")

    @property
    def may_show_text(self) -> bool:
        """True when the text is ours or comes with a licence; else only quotes from it are written."""
        return self.paper.text_kind is TextKind.DIGEST or self.paper.licence is not None

    def node(self, kind: str, *parts: str | int) -> NamedNode:
        """The node of a thing in this paper."""
        return thing(kind, self.paper.id, *parts)

    def arm_node(self, number: int | None) -> NamedNode | None:
        """The node of an arm."""
        return None if number is None else self.node("arm", number)

    def span_node(self, start: int | None, end: int | None) -> NamedNode | None:
        """The node of a place in the text; None where no place is stated."""
        return None if start is None or end is None else self.node("span", span_key(start, end))

    def span_triples(self, start: int | None, end: int | None, stated: str | None = None) -> Iterator[Triple]:
        """What describes a place in the text; nothing where no place is stated."""
        node = self.span_node(start, end)
        if node is not None and start is not None and end is not None:
            yield from about(node, {A: term("gg:Span"), **self.place(start, end, stated)})

    def place(self, start: int, end: int, stated: str | None = None) -> dict[NamedNode, Values]:
        """Words and offsets of a place in the text, for whatever is one."""
        return {term("oa:exact"): text(self.quote(start, end, stated)), term("oa:start"): integer(start), term("oa:end"): integer(end)}

    def quote(self, start: int, end: int, stated: str | None = None) -> str:
        """The words between two offsets.

        Raises:
            ExtractionError: the span is empty or leaves the text, or its words are not those stated.
        """
        if not 0 <= start < end <= len(self.paper.text):
            raise self.error(f"span {start}-{end} is no part of the text, which has {len(self.paper.text)} characters")
        found = self.paper.text[start:end]
        if stated is not None and stated != found:
            raise self.error(f"span {start}-{end} reads {found!r} in the text and {stated!r} in the extraction")
        return found

    def error(self, message: str) -> ExtractionError:
        """An extraction that does not belong to this text."""
        return ExtractionError(message, record=self.paper.id, remedy="Extract this paper again")


@dataclass(frozen=True)
class Name:
    """What a phrase names: a concept of the vocabulary, or else a concept of the paper's own that keeps the phrase."""

    kind: str
    phrase: str
    label: str
    slug: str | None

    @property
    def node(self) -> NamedNode:
        """The concept; an unmapped one is named by its folded phrase, signs included, since CD4+ is not CD4-."""
        if self.slug is not None:
            return concept(self.slug)
        return thing("unmapped", self.kind.replace("_", "-"), _BLANKS.sub("-", self.phrase.strip().casefold()))

    def triples(self) -> Iterator[Triple]:
        """What describes an unmapped concept; nothing for one of the vocabulary."""
        if self.slug is None:
            facts = {A: term("gg:UnmappedConcept"), term("gg:termKind"): closed(self.kind, "term_kind")}
            yield from about(self.node, {**facts, LABEL: text(self.label), term("gg:unmappedLabel"): text(self.phrase)})


def name_of(kind: str, label: str, vocabulary: Vocabulary) -> Name:
    """What a plain label names in its scheme."""
    found = vocabulary.find(label, kind=kind)
    return Name(kind, label, label, None if found is None else found.slug)


def text_node(sha256: str) -> NamedNode:
    """The node of a text; sixteen hex digits of its SHA-256 name it."""
    return thing("text", sha256[:16])


def span_key(start: int, end: int) -> str:
    """Offsets as they stand in an IRI."""
    return f"{start}-{end}"
