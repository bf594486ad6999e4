"""What adding needs from whoever starts the server: the engine, the services, the way into the store."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from kg.build import Pipeline, Progress
from kg.fetch.identifiers import Identifier
from kg.read.outcome import Outcome
from kg.report import BuildReport
from kg.store import LocalStore


class Tools(Protocol):
    """Goes to another process, so it must be picklable; what it opens it opens there."""

    def pipeline(self) -> Pipeline:
        """What papers are read with; made once in each process."""

    def fetch(self, identifier: Identifier) -> Sequence[Outcome]:
        """The papers of an identifier, or why there are none."""

    def open_store(self) -> AbstractContextManager[LocalStore]:
        """The store as it is now, to read."""

    def add(self, outcomes: Sequence[Outcome], show: Progress) -> BuildReport:
        """Put papers into the store; each is there as a whole afterwards, or not at all."""
