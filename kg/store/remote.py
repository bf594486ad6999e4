"""A store on a server: SPARQL 1.1 Query, Update and Graph Store Protocol over HTTP.

What a server does not do as the standards say is stated in its ``Server`` value, never guessed; ``docs/stores.md`` lists it.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import requests
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.errors import QueryError, StoreError
from kg.namespaces import GG, PREFIXES, data_iri, graph_iri
from kg.store.answers import first_line, plain_answer
from kg.store.description import DATASET
from kg.store.operations import DeleteSubjects, DropGraph, Insert, Operation, as_update, in_pieces
from kg.store.papers import PaperStore
from kg.store.protocol import Answer, Statements
from kg.store.reading import read_pending, read_rows
from kg.store.summary import SUMMARY

log = logging.getLogger(__name__)

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_CHANGE = data_iri("change")
_BODY_SHOWN = 400
#: SPARQL 1.1, grammar rules 4 to 6: a prologue, then the word that says what the answer is. A server that is offered both kinds of
#: answer may send triples as a table (Virtuoso does).
_BUILDS_TRIPLES = re.compile(r"(?:\s+|#[^\n]*\n|BASE\s*<[^>]*>|PREFIX\s[^:<]*:\s*<[^>]*>)*(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Server:
    """Where a server listens, and where it falls short of the standards."""

    query_url: str
    update_url: str
    graph_store_url: str
    #: Most quads in one update request, for a server that limits them or does not run a request of many operations as a whole or
    #: not at all; None where one request is one transaction.
    portion: int | None = None
    #: IRIs of datatypes that it refuses or spoils; their literals are kept there as plain strings.
    spoils: frozenset[str] = frozenset()


def oxigraph_server(base_url: str) -> Server:
    """``oxigraph serve``, at its root address."""
    base = base_url.rstrip("/")
    return Server(f"{base}/query", f"{base}/update", f"{base}/store")


def virtuoso_server(base_url: str) -> Server:
    """OpenLink Virtuoso 7, at its root address; the session must bring digest authentication of a user with SPARQL_UPDATE."""
    base = base_url.rstrip("/")
    return Server(
        query_url=f"{base}/sparql-auth",
        update_url=f"{base}/sparql-auth",
        graph_store_url=f"{base}/sparql-graph-crud-auth",
        portion=1000,
        spoils=frozenset({PREFIXES["xsd"] + "duration"}),
    )


class RemoteStore(PaperStore):
    """A store on a server that others may read meanwhile; one process writes at a time.

    Where a change takes more than one request, its graphs are marked before it begins and unmarked when it is done. What is found
    marked on opening is taken out, to be added again.
    """

    def __init__(self, server: Server, *, session: requests.Session, timeout_s: float = 60.0) -> None:
        super().__init__(server.query_url)
        self._server = server
        self._session = session
        self._timeout_s = timeout_s
        if server.portion is not None:
            self._undo_unfinished()

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query."""
        # A form, since Virtuoso 7.2 never answers a query that is the body itself.
        accept = _TRIPLES if _BUILDS_TRIPLES.match(sparql) else _RESULTS
        answer = self._send("POST", self._server.query_url, data={"query": sparql}, headers={"Accept": accept})
        if answer.status_code == requests.codes.bad_request:
            raise QueryError(f"is refused: {_words(answer)}", location=first_line(sparql))
        _check(answer)
        if "X-SPARQL-MaxRows" in answer.headers:
            raise StoreError(
                f"the server cut the answer at {answer.headers['X-SPARQL-MaxRows']} rows",
                location=self.location,
                remedy="Raise its limit (Virtuoso: ResultSetMaxRows), or ask with LIMIT and OFFSET",
            )
        try:
            if accept == _TRIPLES:
                return Statements(tuple(quad.triple for quad in parse(answer.content, RdfFormat.N_TRIPLES)))
            return plain_answer(parse_query_results(answer.content, QueryResultsFormat.JSON))
        except (SyntaxError, ValueError) as exc:
            raise StoreError(f"answered what is no result: {exc}", location=self.location, remedy="Is it a SPARQL endpoint?") from exc

    def close(self) -> None:
        """Nothing to do: the session belongs to whoever made it."""

    def _apply(self, operations: Sequence[Operation], *, graphs: Sequence[str]) -> None:
        kept = [self._as_kept(operation) for operation in operations]
        if self._server.portion is None:
            self._update(kept)
        else:
            marks = Insert(tuple(_mark(graph) for graph in (*graphs, SUMMARY)))
            self._update_in_pieces([marks, *kept, _UNMARK], self._server.portion)

    def _undo_unfinished(self) -> None:
        """Take out what a change was rewriting when it stopped."""
        marked = read_pending(self.select)
        if not marked or self._server.portion is None:
            return
        graphs = [graph for graph in marked if graph != SUMMARY]
        log.warning("%s: a change stopped half way; %d graphs are taken out", self.location, len(graphs))
        taken_out: list[Operation] = [DeleteSubjects(DATASET, tuple(graphs)), *map(DropGraph, graphs)]
        self._update_in_pieces(taken_out, self._server.portion)
        self.rebuild_summary()

    def _as_kept(self, operation: Operation) -> Operation:
        """The operation with literals as the server can keep them."""
        if isinstance(operation, Insert):
            return Insert(tuple(self._quad_as_kept(quad) for quad in operation.quads))
        return operation

    def _quad_as_kept(self, quad: Quad) -> Quad:
        value = quad.object
        if isinstance(value, Literal) and value.datatype.value in self._server.spoils:
            return Quad(quad.subject, quad.predicate, Literal(value.value), quad.graph_name)
        return quad

    def _update_in_pieces(self, operations: Iterable[Operation], size: int) -> None:
        for piece in in_pieces(operations, size):
            self._update([piece])

    def _update(self, operations: Sequence[Operation]) -> None:
        text = as_update(operations)
        if text:
            headers = {"Content-Type": "application/sparql-update"}
            _check(self._send("POST", self._server.update_url, data=text.encode(), headers=headers))

    def _quads(self) -> Iterator[Quad]:
        for graph in sorted({*_FIXED, *read_rows(self.select)}):
            yield from self._graph(NamedNode(graph))

    def _graph(self, graph: NamedNode) -> Iterator[Quad]:
        """SPARQL 1.1 Graph Store HTTP Protocol, section 5.2: GET a graph by its IRI."""
        answer = self._send("GET", self._server.graph_store_url, params={"graph": graph.value}, headers={"Accept": _TRIPLES})
        if answer.status_code == requests.codes.not_found:
            return
        _check(answer)
        try:
            for quad in parse(answer.content, RdfFormat.N_TRIPLES):
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
        except SyntaxError as exc:
            raise StoreError(f"sent a graph that is no N-Triples: {exc}", location=self._server.graph_store_url) from exc

    def _send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        data: bytes | Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> requests.Response:
        try:
            return self._session.request(method, url, headers=headers, data=data, params=params, timeout=self._timeout_s)
        except requests.Timeout as exc:
            raise StoreError(f"did not answer within {self._timeout_s:g} s", location=url, remedy="Allow more time") from exc
        except requests.RequestException as exc:
            raise StoreError(f"cannot be reached: {exc}", location=url, remedy="Is the server running at this address?") from exc


#: Graphs that have no row in the description.
_FIXED = tuple(graph_iri(kind) for kind in ("curation", "dataset", "pooled", "summary", "vocabulary"))
_UNMARK = DeleteSubjects(DATASET, (_CHANGE,))


def _mark(graph: str) -> Quad:
    return Quad(NamedNode(_CHANGE), NamedNode(GG["pendingGraph"]), NamedNode(graph), NamedNode(DATASET))


def _check(answer: requests.Response) -> None:
    if not answer.ok:
        raise StoreError(f"answered {answer.status_code}: {_words(answer)}", location=answer.url)


def _words(answer: requests.Response) -> str:
    """The start of the body on one line."""
    return " ".join(answer.text.split())[:_BODY_SHOWN] or str(answer.reason)
