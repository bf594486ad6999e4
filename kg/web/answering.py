"""What a worker process does: it answers queries on a read-only handle, within limits, until it is stopped."""

import resource
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
    serialize,
)

from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from typing_extensions import Buffer


@dataclass(frozen=True)
class Limits:
    """What one query may take."""

    time_s: float = 30.0
    #: Rows of a table, or triples of a graph.
    rows: int = 200_000
    #: Bytes of an answer as JSON or N-Triples.
    bytes: int = 100_000_000
    #: Address space of a worker; RocksDB maps files into it.
    memory_bytes: int = 6_000_000_000
    #: How long a query waits for a free worker.
    wait_s: float = 10.0


class Trouble(StrEnum):
    """Why a query has no answer."""

    SYNTAX = "syntax"
    TIME = "time"
    ROWS = "rows"
    BYTES = "bytes"
    MEMORY = "memory"
    BUSY = "busy"
    FAILED = "failed"


#: The HTTP status of each.
STATUS: Mapping[Trouble, int] = {
    Trouble.SYNTAX: 400,
    Trouble.ROWS: 422,
    Trouble.BYTES: 422,
    Trouble.MEMORY: 507,
    Trouble.TIME: 504,
    Trouble.BUSY: 503,
    Trouble.FAILED: 500,
}


class QueryTroubleError(Exception):
    """A query that has no answer; the message can be shown."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


@dataclass(frozen=True)
class Request:
    """A query with its dataset and the formats in which its answer may be written."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    #: Media type of a table or a truth value, and of a graph.
    results_type: str = "application/sparql-results+json"
    graph_type: str = "text/turtle"


@dataclass(frozen=True)
class Written:
    """An answer as it goes out."""

    content: bytes
    media_type: str


RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


def work(pipe: Connection, store: str, limits: Limits) -> None:
    """Answer what comes through the pipe until it is closed; the first thing sent says that the store is open."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    engine = Store.read_only(store)
    pipe.send(True)
    while True:
        try:
            request = pipe.recv()
        except (EOFError, ConnectionResetError, KeyboardInterrupt):
            return
        pipe.send(_answered(engine, request, limits))


def _answered(engine: Store, request: Request, limits: Limits) -> Written | tuple[Trouble, str]:
    try:
        found = engine.query(
            request.sparql,
            use_default_graph_as_union=not request.default_graphs and not request.named_graphs,
            default_graph=[*_nodes(request.default_graphs)] or None,
            named_graphs=[*_nodes(request.named_graphs)] or None,
        )
        if isinstance(found, QueryTriples):
            return _graph(found, request, limits)
        return _table(found, request, limits)
    except SyntaxError as exc:
        return Trouble.SYNTAX, str(exc)
    except _TooMuchError as exc:
        return exc.trouble, str(exc)
    except MemoryError:
        return Trouble.MEMORY, "The query took more memory than one may. Narrow it, or add LIMIT."
    except (ValueError, OSError, RuntimeError) as exc:
        return Trouble.FAILED, str(exc)


def _nodes(graphs: Sequence[str]) -> list[NamedNode]:
    """The graphs of a dataset; one that is no IRI is as bad as a query that is none."""
    nodes = []
    for each in graphs:
        try:
            nodes.append(NamedNode(each))
        except ValueError as exc:
            raise SyntaxError(f"{each!r} is no IRI of a graph: {exc}") from exc
    return nodes


def _table(found: QuerySolutions | QueryBoolean, request: Request, limits: Limits) -> Written:
    wanted = RESULTS[request.results_type]
    if isinstance(found, QueryBoolean):
        return Written(_required(found.serialize(format=wanted)), request.results_type)
    written = _Limited(limits, mark=b'},{"', before=1)
    found.serialize(written, format=QueryResultsFormat.JSON)
    content = written.getvalue()
    if wanted is not QueryResultsFormat.JSON:
        again = parse_query_results(content, format=QueryResultsFormat.JSON)
        content = _required(again.serialize(format=wanted))
    return Written(content, request.results_type)


def _graph(found: QueryTriples, request: Request, limits: Limits) -> Written:
    written = _Limited(limits, mark=b"\n")
    found.serialize(written, format=RdfFormat.N_TRIPLES)
    content = written.getvalue()
    wanted = GRAPHS[request.graph_type]
    if wanted is not RdfFormat.N_TRIPLES:
        triples = (quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))
        content = _required(serialize(triples, format=wanted, prefixes=dict(_used(content))))
    return Written(content, request.graph_type)


def _used(content: bytes) -> Sequence[tuple[str, str]]:
    """The prefixes that a graph needs."""
    return [(name, iri) for name, iri in PREFIXES.items() if b"<" + iri.encode() in content]


def _required(content: bytes | None) -> bytes:
    if content is None:
        raise RuntimeError("the engine wrote nothing")
    return content


class _TooMuchError(Exception):
    """An answer that passes a limit."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


class _Limited(BytesIO):
    """A file in memory that takes so many rows and bytes and no more."""

    def __init__(self, limits: Limits, *, mark: bytes, before: int = 0) -> None:
        super().__init__()
        self._limits, self._mark = limits, mark
        self._end = b""
        # A mark between rows is one fewer than there are rows.
        self._rows = before

    def write(self, part: "Buffer", /) -> int:
        """Take a part; a mark that is cut in two is counted with the part that ends it."""
        new = bytes(part)
        seen = self._end + new
        self._rows += seen.count(self._mark)
        self._end = seen[len(seen) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
        if self._rows > self._limits.rows:
            raise _TooMuchError(Trouble.ROWS, f"The answer has more than {self._limits.rows} rows. Narrow the query, or add LIMIT.")
        if self.tell() + len(new) > self._limits.bytes:
            raise _TooMuchError(Trouble.BYTES, f"The answer has more than {self._limits.bytes} bytes. Narrow the query, or add LIMIT.")
        return super().write(new)
