"""One query from its first paper to its last, in steps that can be taken up again where they were left.

A position says how far a fetch has come. It moves on only after the papers of a step were taken, so that whatever happens in
between, the step is made again and no paper is lost; what a step brings twice is told by its id and dropped.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kg.errors import FetchError, RefusedError
from kg.model import Record
from kg.read.outcome import Outcome

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


class Source(StrEnum):
    """Where papers come from."""

    PUBMED = "pubmed"
    EUROPEPMC = "europepmc"


class Question(Record):
    """What is fetched."""

    query: str
    source: Source = Source.PUBMED
    #: Only what came into the database on this day or later.
    since: date | None = None
    #: At most so many papers, the newest ones.
    limit: int | None = None


class ListedSet(Record):
    """A run of listed ids that the history server holds, or held."""

    size: int
    web_env: str
    query_key: str


class Position(Record):
    """How far a fetch has come."""

    #: Papers to get, as far as the service has told.
    total: int
    #: Papers gone through: stored, known before, or named as failed.
    done: int = 0
    is_finished: bool = False
    #: PubMed: all PMIDs to get, newest first. Europe PMC: the ids that were got.
    ids: tuple[str, ...] = ()
    sets: tuple[ListedSet, ...] = ()
    #: Europe PMC's mark of the next page, and how often its pages were gone through before.
    cursor: str = ""
    passes: int = 0
    #: Ids that came in this pass.
    passed: tuple[str, ...] = ()
    #: Records that came a second time and were dropped.
    duplicates: int = 0
    #: Papers that were there already and not asked for.
    known: int = 0
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """What one step brought, and the position once that is stored."""

    outcomes: Sequence[Outcome]
    position: Position


class PaperSource(Protocol):
    """A service that answers queries with papers."""

    def begin(self, question: Question) -> Position:
        """How much there is, as far as it can be told before anything is got."""
        ...

    def step(self, question: Question, position: Position, known: Collection[str]) -> Step:
        """The next papers but those that go by a known name ("pmid-1", "doi-…")."""
        ...


def fetch_all(
    source: PaperSource,
    question: Question,
    *,
    begun: Position | None = None,
    known: Collection[str] = frozenset(),
    take: Callable[[Sequence[Outcome]], None],
    save: Callable[[Position], None],
    progress: Progress,
) -> Position:
    """Go on from ``begun`` to the end; ``take`` stores papers, and then ``save`` keeps the position.

    Raises:
        FetchError: the service failed; it says what was asked and how many papers had been taken.
    """
    position = begun
    try:
        if position is None:
            position = source.begin(question)
            save(position)
        if position.total > 0:
            progress("fetch", position.done, position.total)
        while not position.is_finished:
            step = source.step(question, position, known)
            take(step.outcomes)
            position = step.position
            save(position)
            progress("fetch", position.done, position.total)
    except FetchError as error:
        raise _told(error, question, position) from error
    return position


def _told(error: FetchError, question: Question, position: Position | None) -> FetchError:
    """The error with the query, and with what was got so far."""
    got = "no paper was got" if position is None or position.done == 0 else f"{position.done} of {position.total} papers are done"
    kind = RefusedError if isinstance(error, RefusedError) else FetchError
    return kind(
        f"{error.message}; {got}", location=error.location or question.source, record=f"query “{question.query}”", remedy=error.remedy
    )
