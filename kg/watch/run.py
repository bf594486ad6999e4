"""Standing searches run: what came into the database since the last time goes into the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg.build.fetched import Take, fetch_into
from kg.errors import FetchError
from kg.fetch.job import PaperSource, Progress, Question, Source
from kg.read.outcome import Outcome
from kg.report import BuildReport, Failure, Trouble
from kg.store.protocol import Store
from kg.watch.searches import Run, Search, read_searches, write_searches


@dataclass(frozen=True)
class Ran:
    """What one search brought; without a run, the service failed, which ``error`` tells."""

    name: str
    search: Search
    run: Run | None
    failures: tuple[Failure, ...] = ()
    error: FetchError | None = None

    @property
    def added(self) -> tuple[str, ...]:
        """Ids of papers that are new in the store."""
        return () if self.run is None else self.run.added

    @property
    def is_complete(self) -> bool:
        """False where the service failed, or a record could not be read or stored."""
        return self.run is not None and all(failure.trouble is Trouble.SKIPPED for failure in self.failures)


def run_searches(
    path: Path,
    store: Store,
    sources: Mapping[Source, PaperSource],
    *,
    names: Sequence[str] = (),
    take: Take,
    now: Callable[[], datetime],
    progress: Progress,
    after_add: Callable[[Sequence[str]], None] | None = None,
) -> list[Ran]:
    """Run all searches of the file, or those named, by name; one that fails does not keep the others from running.

    The file is written after each search, once its papers are stored. ``after_add`` is called with the ids that a search added,
    where there are any, before the file says that it ran: where it raises, the search is run again.

    Raises:
        SettingsError: a name is not in the file.
    """
    searches = read_searches(path)
    for name in names:
        searches.without(name)
    ran = []
    for name in sorted(names or searches.searches):
        watch = _Watch(path, name, take)
        result = _run(watch, store, sources, now=now, progress=progress)
        if result.added and after_add is not None:
            after_add(result.added)
        if result.run is not None:
            watch.write(result.search)
        ran.append(result)
    return ran


@dataclass(frozen=True)
class _Watch:
    """A search in its file."""

    path: Path
    name: str
    take: Take

    def read(self) -> Search:
        return read_searches(self.path).searches[self.name]

    def write(self, search: Search) -> None:
        write_searches(self.path, read_searches(self.path).with_search(self.name, search))

    def take_and_note(self, outcomes: Sequence[Outcome]) -> BuildReport:
        """Store papers, and note at once which are new: a run that breaks off later finds them known."""
        report = self.take(outcomes)
        if report.new:
            search = self.read()
            self.write(search.model_copy(update={"untold": (*search.untold, *report.new)}))
        return report


def _run(watch: _Watch, store: Store, sources: Mapping[Source, PaperSource], *, now: Callable[[], datetime], progress: Progress) -> Ran:
    at, search = now(), watch.read()
    question = Question(query=search.query, source=search.source, since=search.since)
    source = sources[search.source]
    try:
        fetched = fetch_into(store, source, question, take=watch.take_and_note, job=None, refresh=False, progress=progress)
    except FetchError as error:
        return Ran(watch.name, search, None, error=error)
    failed = sum(failure.trouble is not Trouble.SKIPPED for failure in fetched.failures)
    run = Run(at=at, since=search.since, found=fetched.position.total, added=watch.read().untold, failed=failed)
    # The service counts days where it stands; the last one may not be over there.
    until = at.astimezone(UTC).date() - timedelta(days=1)
    return Ran(watch.name, search.with_run(run, until=until), run, fetched.failures)
