"""The part of a store that is the same for every engine: how papers, vocabulary and description change.

An engine gives ``query`` and ``_apply``; all else follows from them.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import QueryError, StoreError
from kg.namespaces import GG, graph_iri
from kg.rdf.curation import DECISIONS
from kg.rdf.write import sorted_nquads, sorted_trig
from kg.store.answers import first_line
from kg.store.description import DATASET, WHOLE, Description, Row, description_quads, row_of, row_quads
from kg.store.operations import DeleteSubjects, DropGraph, Insert, Operation
from kg.store.protocol import Answer, DumpFormat, PaperGraphs, Solutions
from kg.store.reading import (
    VOCABULARY,
    read_concepts,
    read_description,
    read_graphs_linking,
    read_links_graphs,
    read_rows,
)
from kg.store.refresh import Change, rebuilt_summary, refreshed_summary
from kg.store.statements import Concepts, find_concepts, gather, statements_of
from kg.store.summary import SUMMARY
from kg.store.ties import without_links_to


class PaperStore(ABC):
    """A ``Store`` over anything that answers queries and applies operations."""

    def __init__(self, location: str) -> None:
        #: Folder or address, for errors.
        self.location = location
        # Reading what there is and writing what follows from it are one step to all threads of this process.
        self._lock = threading.RLock()
        self._concepts: Concepts | None = None

    @abstractmethod
    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""

    @abstractmethod
    def _apply(self, operations: Sequence[Operation], *, graphs: Sequence[str]) -> None:
        """Run the operations in order; ``graphs`` are those that are rewritten, the summary and the description apart."""

    @abstractmethod
    def _quads(self) -> Iterable[Quad]:
        """All quads of all graphs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def add_paper(self, paper_id: str, quads: Sequence[Quad], *, links: Sequence[Quad] = ()) -> bool:
        """Put the paper in place of what the store had of it; False where nothing changed."""
        return self.add_papers([PaperGraphs(paper_id, quads, links)]) == 1

    def add_papers(
        self,
        papers: Iterable[PaperGraphs],
        *,
        replaced: Iterable[str] = (),
        relinked: Mapping[str, Sequence[Quad]] | None = None,
        added: str | None = None,
    ) -> int:
        """Add many in one transaction, and drop those that they replace; how many papers changed."""
        # By graph, since two ids may be one IRI.
        latest = {_graphs(paper_id)[0]: PaperGraphs(paper_id, ()) for paper_id in replaced}
        for each in papers:
            _check(each)
            latest[_graphs(each.paper_id)[0]] = each
        others = {paper_id: quads for paper_id, quads in (relinked or {}).items() if _graphs(paper_id)[0] not in latest}
        for paper_id, quads in others.items():
            _check_graph(quads, graph_iri("links", paper_id))
        with self._lock:
            return self._put(Change([latest[graph] for graph in sorted(latest)], others), added)

    def drop_paper(self, paper_id: str) -> bool:
        """Take the paper out, with all that was derived from it; False where it was not there."""
        with self._lock:
            return self._put(Change([PaperGraphs(paper_id, ())]), None) == 1

    def has_paper(self, paper_id: str) -> bool:
        """True when the paper is there as a whole."""
        return bool(read_rows(self.select, [graph_iri("paper", paper_id)]))

    def paper_ids(self) -> tuple[str, ...]:
        """Ids of the papers that are there as a whole, sorted."""
        rows = read_rows(self.select).values()
        return tuple(sorted(row.paper_id for row in rows if row.paper_id is not None and row.graph == graph_iri("paper", row.paper_id)))

    def replace_vocabulary(self, quads: Sequence[Quad], sha256: str) -> bool:
        """Put another vocabulary in place and rebuild the summary; False where the store has this one."""
        _check_graph(quads, VOCABULARY)
        with self._lock:
            described = read_description(self.select)
            if described.vocabulary_sha256 == sha256 and read_rows(self.select, [VOCABULARY]):
                return False
            concepts = find_concepts(gather(statements_of(quads)))
            operations = [
                *_begin([VOCABULARY]),
                DropGraph(VOCABULARY),
                Insert(tuple(quads)),
                *rebuilt_summary(self.select, concepts),
                *_describe(replace(described, vocabulary_sha256=sha256)),
                Insert(tuple(row_quads(row_of(VOCABULARY, quads)))),
            ]
            self._apply(operations, graphs=[VOCABULARY])
            self._concepts = concepts
            return True

    def replace_decisions(self, quads: Sequence[Quad]) -> bool:
        """Put all decisions of curators in place; False where nothing changed."""
        _check_graph(quads, DECISIONS)
        with self._lock:
            row = row_of(DECISIONS, quads)
            if read_rows(self.select, [DECISIONS]).get(DECISIONS) == (row if quads else None):
                return False
            rows = Insert(tuple(row_quads(row))) if quads else Insert(())
            self._apply([*_begin([DECISIONS]), DropGraph(DECISIONS), Insert(tuple(quads)), rows], graphs=[DECISIONS])
            return True

    def rebuild_summary(self) -> None:
        """Work out the summary from the paper graphs alone."""
        with self._lock:
            self._apply(rebuilt_summary(self.select, self._known()), graphs=[])

    def describe(self, *, software_version: str, notice: str | None = None) -> None:
        """State what wrote the store and what its users must know; another version than before rebuilds the summary."""
        with self._lock:
            described = read_description(self.select)
            stated = replace(described, software_version=software_version, notice=notice)
            if stated == described:
                return
            is_same = described.software_version in {None, software_version}
            summary = [] if is_same else rebuilt_summary(self.select, self._known())
            self._apply([*summary, *_describe(stated)], graphs=[])

    def select(self, sparql: str) -> Solutions:
        """Answer a SELECT query; QueryError for any other."""
        answer = self.query(sparql)
        if not isinstance(answer, Solutions):
            raise QueryError("is no SELECT query", location=first_line(sparql), remedy="Ask with query() instead")
        return answer

    def count(self, graph: str | None = None) -> int:
        """Number of quads, of one graph or of all."""
        if graph is None:
            # The description knows the size of all graphs but its own and the summary; counting them would take seconds.
            described = f"SELECT (SUM(?size) AS ?n) WHERE {{ GRAPH <{DATASET}> {{ ?graph <{GG['quadCount']}> ?size }} }}"
            return self._number(described) + self.count(SUMMARY) + self.count(DATASET)
        return self._number(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}")

    def dump(self, dump_format: DumpFormat = "nquads") -> bytes:
        """All graphs as sorted N-Quads or TriG, the same bytes for the same content."""
        write = {"nquads": sorted_nquads, "trig": sorted_trig}[dump_format]
        return write(self._quads())

    def _number(self, sparql: str) -> int:
        ((number,),) = self.select(sparql).rows
        # Virtuoso 7 sums nothing up to no value.
        if number is None:
            return 0
        if not isinstance(number, Literal):
            raise StoreError("answered a count without a number", location=self.location)
        return int(number.value)

    def _known(self) -> Concepts:
        if self._concepts is None:
            self._concepts = find_concepts(read_concepts(self.select))
        return self._concepts

    def _put(self, change: Change, added: str | None) -> int:
        """Put papers in place; one without quads is taken out, and so are the links of others that lead to it. How many papers changed."""
        stored = read_rows(self.select, [graph for each in change.ids for graph in _graphs(each)])
        papers = [each for each in change.papers if _rows(each) != [stored[graph] for graph in _graphs(each.paper_id) if graph in stored]]
        relinked = self._relinked(change.relinked, stored, dropped=[each.paper_id for each in papers if not each.quads])
        if not papers and not relinked:
            return 0
        changed = Change(papers, relinked)
        graphs = [*(graph for each in papers for graph in _graphs(each.paper_id)), *(graph_iri("links", each) for each in relinked)]
        rows = [*(row for each in papers for row in _rows(each)), *(row for each in relinked.items() for row in _links_rows(*each))]
        operations = [
            *_begin(graphs),
            *map(DropGraph, graphs),
            Insert((*(quad for each in papers for quad in (*each.quads, *each.curation)), *changed.links)),
            *refreshed_summary(self.select, changed, self._known()),
            Insert(tuple(quad for row in rows for quad in row_quads(_dated(row, stored, added)))),
        ]
        self._apply(operations, graphs=graphs)
        return len(papers)

    def _relinked(
        self, given: Mapping[str, Sequence[Quad]], stored: Mapping[str, Row], *, dropped: Sequence[str]
    ) -> dict[str, Sequence[Quad]]:
        """Links graphs that are to be written of papers that stay: those given where they differ, and those that lead to dropped papers."""
        for paper_id in given:
            if graph_iri("paper", paper_id) not in stored:
                raise StoreError("is not in the store, and links were given for it", record=paper_id, remedy="Add the paper with its links")
        graphs = read_graphs_linking(self.select, dropped)
        rows = read_rows(self.select, sorted(graphs))
        found: dict[str, list[Quad]] = {str(row.paper_id): [] for row in rows.values()}
        for quad in read_links_graphs(self.select, rows):
            found[str(rows[_name(quad)].paper_id)].append(quad)
        gone = {graph_iri("links", each) for each in dropped}
        merged = {**{each: quads for each, quads in found.items() if graph_iri("links", each) not in gone}, **given}
        repaired = {each: without_links_to(quads, dropped) if dropped else quads for each, quads in sorted(merged.items())}
        return {each: quads for each, quads in repaired.items() if _links_rows(each, quads) != _stored_links(each, {**rows, **stored})}


def _graphs(paper_id: str) -> list[str]:
    return [graph_iri(kind, paper_id) for kind in ("paper", "links", "curation")]


def _name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _rows(paper: PaperGraphs) -> list[Row]:
    """The rows of a paper's graphs; a graph without quads has none."""
    parts = zip(_graphs(paper.paper_id), (paper.quads, paper.links, paper.curation), strict=True)
    return [row_of(graph, quads, paper_id=paper.paper_id) for graph, quads in parts if quads]


def _links_rows(paper_id: str, quads: Sequence[Quad]) -> list[Row]:
    """The row of a links graph; none where it has no quads."""
    return [row_of(graph_iri("links", paper_id), quads, paper_id=paper_id)] if quads else []


def _stored_links(paper_id: str, stored: Mapping[str, Row]) -> list[Row]:
    graph = graph_iri("links", paper_id)
    return [stored[graph]] if graph in stored else []


def _dated(row: Row, stored: Mapping[str, Row], added: str | None) -> Row:
    """The row with the moment its graph came in first."""
    return replace(row, added=stored[row.graph].added if row.graph in stored else added)


def _begin(graphs: Sequence[str]) -> list[Operation]:
    """From here on, until their rows are written again, the graphs are not there."""
    return [DeleteSubjects(DATASET, tuple(graphs))]


def _describe(description: Description) -> list[Operation]:
    return [DeleteSubjects(DATASET, (WHOLE,)), Insert(tuple(description_quads(description)))]


def _check(paper: PaperGraphs) -> None:
    if not paper.quads:
        raise StoreError("has no quads", record=paper.paper_id, remedy="Take a paper out with drop_paper")
    for graph, quads in zip(_graphs(paper.paper_id), (paper.quads, paper.links, paper.curation), strict=True):
        _check_graph(quads, graph)


def _check_graph(quads: Sequence[Quad], graph: str) -> None:
    """Quads of another graph would stay when this one goes, and a blank node is a new one each time it is written."""
    name = NamedNode(graph)
    for quad in quads:
        if quad.graph_name != name:
            raise StoreError(f"a quad is of graph {quad.graph_name}", location=graph, remedy="Give only the quads of this graph")
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise StoreError(f"a quad has a blank node: {quad}", location=graph, remedy="Name the node by an IRI")
