"""Decisions of curators at the server: into the file beside the store and into the store, one after the other."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from kg.build.decisions import DecisionsFile
from kg.curation import Word
from kg.errors import CurationError, StoreError
from kg.model import Decision, Verdict
from kg.store import LocalStore
from kg.web.review.item import read_item

#: How long a decision waits for another process that writes.
_BUSY_S = 8.0
_STEP_S = 0.2


class SeenAnotherError(CurationError):
    """Somebody has decided since the curator looked."""


@dataclass(frozen=True)
class ReviewDesk:
    """Where decisions go, and the clock they are dated by."""

    store: Path
    file: DecisionsFile
    now: Callable[[], str]
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def decide(
        self, finding: str, verdict: Verdict, *, curator: str, reason: str, changes: dict[str, str] | None, seen: str | None
    ) -> Decision:
        """Decide on a finding; ``seen`` is the decision that the curator saw ("" for none), None where that does not matter.

        Raises:
            UnknownFindingError: there is no such finding.
            SeenAnotherError: another decision holds by now.
            CurationError: a wrong ORCID iD, no reason, or a correction that is none.
            StoreError: another process writes for too long, or a file cannot be written.
        """
        with self._lock, self._open() as store:
            if seen is not None and read_item(store, finding, {}).seen != seen:
                raise SeenAnotherError("somebody has decided on this meanwhile", remedy="Look at what was decided, then decide again")
            return self.file.decide(store, finding, Word(verdict, curator, self.now(), reason, changes))

    def _open(self) -> LocalStore:
        until = monotonic() + _BUSY_S
        while True:
            try:
                return LocalStore.open(self.store, create=False)
            except StoreError:
                if monotonic() > until:
                    raise
                sleep(_STEP_S)
