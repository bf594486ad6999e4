"""A fetch into a store: what the services send is extracted and added step by step, and the position kept in a file beside it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from kg.build.outputs import write_whole
from kg.build.records import known_in
from kg.errors import StoreError
from kg.fetch.job import PaperSource, Position, Progress, Question, fetch_all
from kg.model import Record
from kg.read.outcome import Outcome
from kg.report import BuildReport, Failure
from kg.store.protocol import Store

#: Extracts and adds what was read, and reports on it.
Take = Callable[[Sequence[Outcome]], BuildReport]


class Job(Record):
    """A fetch that was begun."""

    question: Question
    position: Position


@dataclass(frozen=True)
class Fetched:
    """What a fetch brought into the store."""

    position: Position
    #: Papers that were stored, those included that the store had before.
    papers: int
    #: Ids of papers that the store had in no form before.
    added: tuple[str, ...]
    failures: tuple[Failure, ...]


def fetch_into(
    store: Store, source: PaperSource, question: Question, *, take: Take, job: Path | None, refresh: bool, progress: Progress
) -> Fetched:
    """Fetch all papers of a question; where ``job`` holds an unfinished fetch of it, go on from there.

    Papers that the store has with a text are not asked for. With ``refresh`` they are, and the fetch begins at its beginning.

    Raises:
        FetchError: the service failed; what came before is stored, and the job file says how far.
    """
    reports: list[BuildReport] = []

    def add(outcomes: Sequence[Outcome]) -> None:
        if outcomes:
            reports.append(take(outcomes))

    def save(position: Position) -> None:
        if job is None:
            return
        if position.is_finished:
            job.unlink(missing_ok=True)
        else:
            write_whole(job, Job(question=question, position=position).model_dump_json().encode())

    known = frozenset() if refresh else known_names(store)
    begun = None if refresh else _begun(job, question)
    position = fetch_all(source, question, begun=begun, known=known, take=add, save=save, progress=progress)
    return Fetched(
        position,
        papers=sum(each.papers for each in reports),
        added=tuple(paper for each in reports for paper in each.new),
        failures=tuple(failure for each in reports for failure in each.failures),
    )


def known_names(store: Store) -> frozenset[str]:
    """What the papers go by that need no asking for: real records with a text; one without may have got its abstract since."""
    return frozenset(name for known in known_in(store) if known.is_real and known.has_text for name in known.names)


def job_path(folder: Path, question: Question) -> Path:
    """Where the job of a question is kept."""
    return folder / f"{hashlib.sha256(question.model_dump_json().encode()).hexdigest()[:16]}.json"


def _begun(job: Path | None, question: Question) -> Position | None:
    if job is None or not job.is_file():
        return None
    try:
        saved = Job.model_validate_json(job.read_bytes())
    except (OSError, ValidationError) as exc:
        raise StoreError("no job that can be read", location=str(job), remedy="Delete it and run the same command again") from exc
    return saved.position if saved.question == question else None
