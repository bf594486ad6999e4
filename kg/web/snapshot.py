"""The store as pages read it: a read-only handle that is opened anew when the store has changed.

A read-only handle shows the store as it was when it was opened. Threads share one; results of pyoxigraph are read to their end in the
thread that asked, so none crosses to another.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from kg.namespaces import sha256_hex
from kg.store import LocalStore
from kg.web.workers import fingerprint


@dataclass(frozen=True)
class Snapshot:
    """The store at one moment."""

    store: LocalStore
    #: Changes with the store; short, for ETag.
    version: str


class Snapshots:
    """Gives the newest snapshot; may be asked from many threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._seen: object = None
        self._latest: Snapshot | None = None

    def latest(self) -> Snapshot:
        """The store as it is now.

        Raises:
            StoreError: it cannot be opened.
        """
        with self._lock:
            seen = fingerprint(self.folder)
            if self._latest is None or seen != self._seen:
                # The old handle goes when the last request that uses it is done.
                self._latest = Snapshot(LocalStore.open_readonly(self.folder), _version(seen))
                self._seen = seen
            return self._latest


def _version(seen: object) -> str:
    return sha256_hex(repr(seen))[:16]
