"""Jobs that add papers, one after the other: kept beside the store, so that a page that is opened again finds its job.

A job whose server was stopped is not taken up again, since nobody may be waiting for it any more; it says so, and what it was about to
add can be looked for.
"""

import logging
import re
import secrets
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from kg.errors import GraftGraphError
from kg.model import Record
from kg.report import BuildReport, Trouble
from kg.web.adding.desk import BusyError, Desk, FellOverError, Planned, Step, Told
from kg.web.adding.source import Source

log = logging.getLogger(__name__)

_ID = re.compile(r"[\w-]{8,40}", re.ASCII)
_ID_BYTES = 9
_MOST_WAITING = 20
_MOST_KEPT = 500


class State(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    #: It was told why; the store is as it was before.
    FAILED = "failed"
    #: Its server was stopped.
    BROKEN_OFF = "broken_off"


UNFINISHED = frozenset({State.WAITING, State.RUNNING})


class Left(Record):
    """Something that was given and is not in the store."""

    place: str
    reason: str
    #: Readable and no paper, or a paper that the store has a better record of.
    is_passed_over: bool


class Job(Record):
    """What a page is told of a job, as it is kept."""

    id: str
    #: What was given, in words.
    label: str
    state: State = State.WAITING
    #: "read", "extract"; empty before and after.
    stage: str = ""
    done: int = 0
    total: int = 0
    #: Ids of papers that the store did not have, and of those that were read again; before it is done, those that are planned.
    new: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    trouble: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether it will not change any more."""
        return self.state not in UNFINISHED

    @property
    def words(self) -> str:
        """How it stands, in a sentence."""
        if self.state is not State.RUNNING:
            return _WORDS[self.state]
        if self.stage == "read":
            return "Getting and reading it."
        if self.total and self.done >= self.total:
            return "Tying it to what the graph has."
        return f"Reading findings: {self.done} of {self.total} papers." if self.total > 1 else "Reading findings."


_WORDS = {
    State.WAITING: "Waiting for jobs before this one.",
    State.DONE: "Done.",
    State.FAILED: "Not added; the graph is as it was before.",
    State.BROKEN_OFF: "Broken off: the server was stopped while it was at work.",
}


class Jobs:
    """Takes jobs and does them in order; may be asked from many threads."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        self._folder = folder
        self._desk = desk
        self._lock = threading.Lock()
        self._live: dict[str, Job] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="adding")
        self._is_closed = False

    def warm(self) -> None:
        """Get ready for a job that is likely to come."""
        self._desk.warm()

    def submit(self, source: Source) -> Job:
        """A job that waits for its turn.

        Raises:
            BusyError: too many wait.
        """
        job = Job(id=secrets.token_urlsafe(_ID_BYTES), label=source.label)
        with self._lock:
            if len(self._live) >= _MOST_WAITING:
                raise BusyError(f"{_MOST_WAITING} jobs are waiting. Try again in a moment.")
            self._live[job.id] = job
        self._keep(job)
        self._worker.submit(self._run, job.id, source).add_done_callback(partial(self._settle, job.id))
        return job

    def find(self, job_id: str) -> Job | None:
        """The job; None where there is none of that id."""
        with self._lock:
            live = self._live.get(job_id)
        if live is not None or _ID.fullmatch(job_id) is None:
            return live
        kept = self._read(job_id)
        return kept if kept is None or kept.is_finished else kept.model_copy(update={"state": State.BROKEN_OFF})

    def close(self) -> None:
        """Do no more; what is being done is stopped."""
        self._is_closed = True
        self._worker.shutdown(wait=False, cancel_futures=True)
        self._desk.close()
        self._worker.shutdown(wait=True)

    def _run(self, job_id: str, source: Source) -> None:
        self._change(job_id, state=State.RUNNING, stage="read")
        try:
            report = self._desk.add(source, lambda told: self._tell(job_id, told))
        except (GraftGraphError, FellOverError, BusyError) as error:
            self._finish(job_id, state=State.FAILED, trouble=str(error))
        else:
            self._finish(job_id, **_outcome(report, planned=self._live[job_id]))

    def _settle(self, job_id: str, future: Future[None]) -> None:
        """End a job that fell over something unforeseen, else its page would wait for ever."""
        error = None if future.cancelled() else future.exception()
        if error is not None and job_id in self._live:
            log.error("unforeseen error in job %s", job_id, exc_info=error)
            self._finish(
                job_id, state=State.FAILED, trouble="Something went wrong here that should not. It was written to the server's log."
            )

    def _tell(self, job_id: str, told: Told) -> None:
        if isinstance(told, Step):
            self._change(job_id, stage=told.stage, done=told.done, total=told.total)
        elif isinstance(told, Planned):
            self._keep(self._change(job_id, stage="extract", done=0, total=len(told.new) + len(told.again), new=told.new, again=told.again))

    def _change(self, job_id: str, **changes: object) -> Job:
        with self._lock:
            job = self._live[job_id] = self._live[job_id].model_copy(update=changes)
        return job

    def _finish(self, job_id: str, **changes: object) -> None:
        if self._is_closed:
            # The file still says that it was at work, from which the next server knows that it was broken off.
            return
        try:
            self._keep(self._change(job_id, stage="", **changes))
        finally:
            with self._lock:
                del self._live[job_id]

    def _path(self, job_id: str) -> Path:
        return self._folder / f"{job_id}.json"

    def _read(self, job_id: str) -> Job | None:
        try:
            return Job.model_validate_json(self._path(job_id).read_bytes())
        except (OSError, ValidationError):
            return None

    def _keep(self, job: Job) -> None:
        """Write it whole: a server that is stopped here leaves the file of before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = self._path(job.id).with_suffix(".new")
        new.write_text(job.model_dump_json(), encoding="utf-8")
        new.replace(self._path(job.id))
        for old in sorted(self._folder.glob("*.json"), key=_age)[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _outcome(report: BuildReport, *, planned: Job) -> dict[str, object]:
    """What came of it; a job that added nothing has failed."""
    left = tuple(Left(place=each.place, reason=each.reason, is_passed_over=each.trouble is Trouble.SKIPPED) for each in report.failures)
    if report.papers == 0:
        return {"state": State.FAILED, "left": left, "new": (), "again": (), "trouble": "Nothing was added."}
    again = tuple(each for each in planned.again if each not in {failure.place for failure in report.failures})
    return {"state": State.DONE, "left": left, "new": report.new, "again": again}
