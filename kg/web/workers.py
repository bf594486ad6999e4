"""Queries of strangers, each in a process of its own that can be stopped.

pyoxigraph has no way to stop a query. So each runs in a warm worker process with a read-only handle on the store; one that takes too
long or too much memory is killed with its worker, and another takes its place. A read-only handle shows the store as it was
when it was opened, so workers whose store has changed since are replaced before they answer.
"""

import multiprocessing
import queue
import threading
from contextlib import suppress
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Self

from kg.web.answering import Limits, QueryTroubleError, Request, Trouble, Written, work

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
        self._process: SpawnProcess = context.Process(target=work, args=(other, str(store), limits), daemon=True)
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
        if answer[0] is Trouble.MEMORY:
            self.stop()  # what it held may not come back, and the next query would fall over
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
            # A writer may have taken it away since.
            with suppress(FileNotFoundError):
                state = path.stat()
                found.append((path.name, state.st_size, state.st_mtime_ns))
    return tuple(found)
