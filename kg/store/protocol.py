"""What a store is, and the plain values that go in and come out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Literal as RdfLiteral

#: A term of an answer. Terms are values of their own: they keep nothing of the engine and may cross threads.
Term = NamedNode | BlankNode | RdfLiteral | Triple

DumpFormat = Literal["nquads", "trig"]


@dataclass(frozen=True)
class PaperGraphs:
    """What a store keeps of one paper."""

    paper_id: str
    #: In the paper's graph, ``graph_iri("paper", paper_id)``.
    quads: Sequence[Quad]
    #: In its links graph, ``graph_iri("links", paper_id)``.
    links: Sequence[Quad] = ()
    #: What curators' decisions did to it, in ``graph_iri("curation", paper_id)``.
    curation: Sequence[Quad] = ()


@dataclass(frozen=True)
class Solutions:
    """The answer to SELECT: ``rows`` have one place per variable, None where it is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True)
class Statements:
    """The answer to CONSTRUCT and DESCRIBE."""

    triples: tuple[Triple, ...]


#: An ASK query is answered by a bool.
Answer = Solutions | Statements | bool


class Store(Protocol):
    """Paper graphs, the vocabulary, and what is derived from both.

    Every method may raise ``StoreError``. One process writes at a time.
    """

    def add_paper(self, paper_id: str, quads: Sequence[Quad], *, links: Sequence[Quad] = ()) -> bool:
        """Put the paper in place of what the store had of it; False where nothing changed.

        One transaction: graph, links, summary rows of the concept pairs touched, rows of the dataset description.
        """
        ...

    def add_papers(
        self,
        papers: Iterable[PaperGraphs],
        *,
        replaced: Iterable[str] = (),
        relinked: Mapping[str, Sequence[Quad]] | None = None,
        added: str | None = None,
    ) -> int:
        """Add many in one transaction, and so faster; how many papers changed.

        ``added`` is the moment, ISO 8601 with a time zone; a paper that the store has already keeps the moment it came in first.

        ``replaced`` are ids under which the store has older selves of these papers; they go in the same transaction. The last
        of two papers with the same id stays, and a paper that is added is never dropped.

        ``relinked`` are links graphs, by paper id, of papers of the store that stay as they are. Links that lead to a dropped paper go
        with it, whoever asserts them.
        """
        ...

    def drop_paper(self, paper_id: str) -> bool:
        """Take the paper out, with all that was derived from it and all links that lead to it; False where it was not there."""
        ...

    def has_paper(self, paper_id: str) -> bool:
        """True when the paper is there as a whole."""
        ...

    def paper_ids(self) -> tuple[str, ...]:
        """Ids of the papers that are there as a whole, sorted."""
        ...

    def replace_vocabulary(self, quads: Sequence[Quad], sha256: str) -> bool:
        """Put another vocabulary in place and rebuild the summary; False where the store has this one."""
        ...

    def replace_decisions(self, quads: Sequence[Quad]) -> bool:
        """Put all decisions of curators in place, in ``graph_iri("curation")``; False where nothing changed.

        They are kept, not applied: what they make of papers comes with the papers.
        """
        ...

    def rebuild_summary(self) -> None:
        """Work out the summary from the paper graphs alone."""
        ...

    def describe(self, *, software_version: str, notice: str | None = None) -> None:
        """State in the dataset graph what wrote the store and what its users must know."""
        ...

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query.

        Raises:
            QueryError: not valid SPARQL, or no query.
        """
        ...

    def select(self, sparql: str) -> Solutions:
        """Answer a SELECT query; QueryError for any other."""
        ...

    def count(self, graph: str | None = None) -> int:
        """Number of quads, of one graph or of all."""
        ...

    def dump(self, dump_format: DumpFormat = "nquads") -> bytes:
        """All graphs as sorted N-Quads or TriG, the same bytes for the same content."""
        ...

    def close(self) -> None:
        """Let go of files and connections; closing twice does nothing."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...
