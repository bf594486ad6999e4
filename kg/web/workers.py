"""Queries of strangers, each in a process of its own that can be stopped.

pyoxigraph has no way to stop a query. So each runs in a warm worker process with a read-only handle on the store; one that takes too
long or too much memory is killed with its worker, and another takes its place. A read-only handle shows the store as it was
when it was opened, so workers whose store has changed since are replaced before they answer.
"""

import multiprocessing
import queue
import resource
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING, Self

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


#: How long a worker may take to open the store.
_START_S = 30.0


class QueryWorkers:
    """A few warm workers; ``answer`` may be called from many threads."""

    def __init__(self, store: Path, *, limits: Limits | None = None, count: int = 2) -> None:
        self._store = store
        self.limits = limits if limits is not None else Limits()
        self._free: queue.Queue[_Worker] = queue.Queue()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(count):
            self._free.put(_Worker(store, self.limits))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def answer(self, request: Request) -> Written:
        """Run a query.

        Raises:
            QueryTroubleError: bad SPARQL, a limit that was passed, no free worker, a failure of the engine.
        """
        worker = self._take()
        try:
            worker = worker.renewed()
            return worker.answer(request)
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Stop all workers; those that are at work are stopped when they come back."""
        with self._lock:
            self._closed = True
        while True:
            try:
                self._free.get_nowait().stop()
            except queue.Empty:
                return

    def _take(self) -> "_Worker":
        try:
            return self._free.get(timeout=self.limits.wait_s)
        except queue.Empty:
            raise QueryTroubleError(Trouble.BUSY, "All workers are busy with other queries. Try again in a moment.") from None

    def _give_back(self, worker: "_Worker") -> None:
        with self._lock:
            if not self._closed:
                self._free.put(worker if worker.is_alive else _Worker(self._store, self.limits))
                return
        worker.stop()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, store: Path, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._place, self._limits = store, limits
        self._seen = fingerprint(store)
        self._pipe, other = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_work, args=(other, str(store), limits), daemon=True)
        self._process.start()
        self._is_ready = False
        other.close()

    @property
    def is_alive(self) -> bool:
        """False once it was stopped or fell over."""
        return self._process.is_alive() and not self._pipe.closed

    def renewed(self) -> "_Worker":
        """This worker, or a new one where the store has changed since it was opened."""
        if self.is_alive and self._seen == fingerprint(self._place):
            return self
        self.stop()
        return _Worker(self._place, self._limits)

    def answer(self, request: Request) -> Written:
        """The answer, within the limits."""
        try:
            self._wait_until_ready()
            self._pipe.send(request)
            if not self._pipe.poll(self._limits.time_s):
                self.stop()
                raise QueryTroubleError(Trouble.TIME, f"The query took longer than {self._limits.time_s:g} s. Narrow it, or add LIMIT.")
            answer = self._pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.stop()
            raise QueryTroubleError(Trouble.MEMORY, "The query took more memory than one may. Narrow it, or add LIMIT.") from None
        if isinstance(answer, Written):
            return answer
        raise QueryTroubleError(*answer)

    def _wait_until_ready(self) -> None:
        """Starting up is not the query's time."""
        if not self._is_ready:
            if not self._pipe.poll(_START_S):
                self.stop()
                raise QueryTroubleError(Trouble.FAILED, "A worker did not start. Try again in a moment.")
            self._pipe.recv()
            self._is_ready = True

    def stop(self) -> None:
        """End the process at once."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


def fingerprint(store: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a store is written to: RocksDB's current state and its write-ahead log."""
    found = []
    for path in sorted(store.iterdir()):
        if path.suffix == ".log" or path.name.startswith(("CURRENT", "MANIFEST")):
            state = path.stat()
            found.append((path.name, state.st_size, state.st_mtime_ns))
    return tuple(found)


# ---------------------------------------------------------------- in the worker


def _work(pipe: Connection, store: str, limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    engine = Store.read_only(store)
    pipe.send(True)
    while True:
        try:
            request = pipe.recv()
        except (EOFError, KeyboardInterrupt):
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
