"""The graph as pages read it: the store at one moment, with the index of its findings.

When the store has changed, only papers that changed are read, in the background, while the state before keeps answering. Threads share
a read-only handle; results of pyoxigraph are read to their end in the thread that asked, so none crosses to another.
"""

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLongError
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from starlette.requests import Request

from kg.errors import StoreError
from kg.namespaces import sha256_hex
from kg.store import LocalStore
from kg.vocabulary import Vocabulary
from kg.web.columns import Columns, columns_of, updated
from kg.web.index import FindingIndex
from kg.web.kept import kept_file, load_columns, save_columns
from kg.web.reading import read_states, read_studies
from kg.web.workers import fingerprint

log = logging.getLogger(__name__)

#: How long a request waits for what was just written: small graphs are read again in that time, large ones answer as they were.
_GRACE_S = 0.3
_PINNED = "graftgraph.snapshot"


@dataclass(frozen=True)
class Snapshot:
    """The graph at one moment."""

    store: LocalStore
    #: Changes with the store; short, for ETag.
    version: str
    index: FindingIndex


class Snapshots:
    """Gives snapshots; may be asked from many threads."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self.folder = folder
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="snapshot")
        self._reading: Future[Snapshot] | None = None
        self._since = 0.0
        self._latest: Snapshot | None = None
        self._seen: object = None

    def latest(self) -> Snapshot:
        """The graph as it is now, or as it was before the last change where reading the change takes longer than a moment.

        Raises:
            StoreError: it cannot be opened.
        """
        known, reading = self._begin()
        if known is None:
            return self.newest()
        if reading is None:
            return known
        try:
            return reading.result(timeout=max(0.0, self._since + _GRACE_S - monotonic()))
        except TooLongError:
            return known
        except StoreError as exc:
            log.warning("the store has changed and cannot be read; pages show it as it was: %s", exc)
            return known

    def newest(self) -> Snapshot:
        """The graph as it is now, however long reading it takes: for who has just written, and for the first to come.

        Raises:
            StoreError: it cannot be opened.
        """
        while True:
            known, reading = self._begin()
            if known is not None and reading is None:
                return known
            if reading is not None:
                reading.result()

    def close(self) -> None:
        """Read no more."""
        self._reader.shutdown(cancel_futures=True)

    def _begin(self) -> tuple[Snapshot | None, Future[Snapshot] | None]:
        """What has been read, and the reading of what has changed since."""
        seen = fingerprint(self.folder)
        with self._lock:
            if self._latest is not None and seen == self._seen:
                return self._latest, None
            if self._reading is None or self._reading.done():
                self._reading, self._since = self._reader.submit(self._read), monotonic()
            return self._latest, self._reading

    def _read(self) -> Snapshot:
        """The graph as it is now, which is the latest from here on."""
        before = self._latest
        seen, snapshot = self._opened(before)
        with self._lock:
            self._latest, self._seen = snapshot, seen
        if before is None or snapshot.index is not before.index:
            save_columns(snapshot.index.columns, kept_file(self.folder), vocabulary_sha256=self._vocabulary.sha256)
        return snapshot

    def _opened(self, before: Snapshot | None) -> tuple[object, Snapshot]:
        """The graph as it is now, and what its files were just before."""
        while True:
            seen = fingerprint(self.folder)
            try:
                return seen, self._built(LocalStore.open_readonly(self.folder), _version(seen), before)
            except StoreError:
                # A writer takes away files that the handle has not opened yet.
                if seen == fingerprint(self.folder):
                    raise

    def _built(self, store: LocalStore, version: str, before: Snapshot | None) -> Snapshot:
        known = self._kept() if before is None else before.index.columns
        columns = updated(known, read_states(store), lambda states: read_studies(store, self._vocabulary, states))
        is_same = before is not None and columns is known
        return Snapshot(store, version, before.index if before is not None and is_same else FindingIndex(columns, self._vocabulary))

    def _kept(self) -> Columns:
        kept = load_columns(kept_file(self.folder), vocabulary_sha256=self._vocabulary.sha256)
        return columns_of([]) if kept is None else kept


def current(request: Request) -> Snapshot:
    """The graph that this request is answered from: one and the same until it is done."""
    snapshot: Snapshot | None = request.scope.get(_PINNED)
    if snapshot is None:
        snapshot = request.scope[_PINNED] = request.app.state.snapshots.latest()
    return snapshot


def _version(seen: object) -> str:
    return sha256_hex(repr(seen))[:16]
