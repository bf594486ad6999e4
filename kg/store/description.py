"""The dataset graph: what wrote the store, with which vocabulary, and size and hash of each graph (VoID, DCAT).

A paper is in the store as a whole when, and only when, its graph has a row here.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.namespaces import BASE, GG, PREFIXES, data_iri, graph_iri
from kg.rdf.terms import A, Values, about, date_time, integer, term, text
from kg.rdf.write import sorted_nquads

DATASET = graph_iri("dataset")

WHOLE = data_iri("dataset")
_ONTOLOGY = NamedNode(PREFIXES["gg"].removesuffix("/"))


@dataclass(frozen=True)
class Row:
    """Size and hash of one graph."""

    graph: str
    #: SHA-256 of the sorted N-Quads as they were given, hex.
    sha256: str
    quads: int
    #: Whose graph it is; stated, since an IRI does not give the id back ("a b" and "a%20b" have one IRI).
    paper_id: str | None = None
    #: When the graph first came in, ISO 8601; no part of what the graph is.
    added: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Description:
    """What is said of the store as a whole."""

    software_version: str | None = None
    vocabulary_sha256: str | None = None
    notice: str | None = None


def row_of(graph: str, quads: Sequence[Quad], *, paper_id: str | None = None) -> Row:
    """The row of a graph with these quads."""
    lines = sorted_nquads(quads)
    return Row(graph, hashlib.sha256(lines).hexdigest(), lines.count(b"\n"), paper_id)


def row_quads(row: Row) -> list[Quad]:
    """A row as it stands in the dataset graph."""
    return _quads(
        row.graph,
        {
            A: term("gg:GraphDescription"),
            term("dcterms:isPartOf"): NamedNode(WHOLE),
            term("dcterms:identifier"): text(row.paper_id),
            term("gg:quadCount"): integer(row.quads),
            term("gg:graphHash"): text(row.sha256),
            term("dcterms:created"): None if row.added is None else date_time(row.added),
        },
    )


def description_quads(description: Description) -> list[Quad]:
    """The description as it stands in the dataset graph."""
    return _quads(
        WHOLE,
        {
            A: term("gg:Dataset"),
            term("dcterms:title"): text("GraftGraph"),
            term("void:uriSpace"): text(BASE),
            term("void:vocabulary"): _ONTOLOGY,
            term("gg:softwareVersion"): text(description.software_version),
            term("gg:vocabularyHash"): text(description.vocabulary_sha256),
            term("gg:notice"): text(description.notice),
        },
    )


def find_description(stated: Mapping[str, list[str]]) -> Description:
    """The description that these facts of the dataset state."""

    def only(name: str) -> str | None:
        return next(iter(stated.get(GG[name], ())), None)

    return Description(only("softwareVersion"), only("vocabularyHash"), only("notice"))


def _quads(subject: str, facts: dict[NamedNode, Values]) -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, NamedNode(DATASET)) for each in about(NamedNode(subject), facts)]
