"""Standing searches run against a service that has new papers now and then."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kg.errors import FetchError, ReadError, SettingsError
from kg.fetch.job import Position, Question, Source, Step
from kg.model import Paper
from kg.namespaces import sha256_hex
from kg.read.outcome import Failed, Outcome, Read
from kg.report import BuildReport, Failure, Trouble
from kg.store import LocalStore
from kg.watch.run import Ran, run_searches
from kg.watch.searches import Searches, new_search, read_searches, write_searches

SIXTH = datetime(2026, 1, 6, 6, tzinfo=UTC)


def read(number: int) -> Read:
    text = "MSCs lowered chronic GVHD."
    return Read(Paper(id=f"pmid-{number}", pmid=str(number), text=text, source_format="pubmed", sha256=sha256_hex(text)), "PubMed", "1")


@dataclass
class Service:
    """Gives its papers one a step."""

    papers: list[Outcome]
    fails_at: int | None = None
    questions: list[Question] = field(default_factory=list)

    def begin(self, question: Question) -> Position:
        self.questions.append(question)
        return Position(total=len(self.papers), is_finished=not self.papers)

    def step(self, question: Question, position: Position, known: Collection[str]) -> Step:
        if position.done == self.fails_at:
            raise FetchError("answered 503", location="service")
        done = position.done + 1
        return Step([self.papers[done - 1]], Position(total=len(self.papers), done=done, is_finished=done == len(self.papers)))


@dataclass
class World:
    """A file of searches, a service, and what a store has."""

    path: Path
    service: Service
    has: set[str] = field(default_factory=set)
    told: list[tuple[str, ...]] = field(default_factory=list)

    def take(self, outcomes: Sequence[Outcome]) -> BuildReport:
        new = [each.paper.id for each in outcomes if isinstance(each, Read) and each.paper.id not in self.has]
        self.has |= set(new)
        failures = tuple(Failure(Trouble.FAILED, "PubMed", str(each.error)) for each in outcomes if isinstance(each, Failed))
        return BuildReport(papers=len(new), terms=0, findings={}, triples=0, seconds=0.0, failures=failures, new=tuple(new))

    def run(self, at: datetime = SIXTH, *, names: Sequence[str] = ()) -> list[Ran]:
        with LocalStore.in_memory() as store:
            return run_searches(
                self.path,
                store,
                {Source.PUBMED: self.service},
                names=names,
                take=self.take,
                now=lambda: at,
                progress=lambda *_progress: None,
                after_add=lambda added: self.told.append(tuple(added)),
            )


@pytest.fixture
def world(tmp_path: Path) -> World:
    path = tmp_path / "watches.json"
    write_searches(path, Searches().with_search("msc", new_search("stromal", Source.PUBMED, since=date(2026, 1, 1))))
    return World(path, Service([read(1), read(2)]))


def test_what_is_new_is_told_and_recorded(world: World) -> None:
    (ran,) = world.run()
    assert ran.added == ("pmid-1", "pmid-2")
    assert ran.is_complete
    assert world.told == [("pmid-1", "pmid-2")]
    (run,) = read_searches(world.path).searches["msc"].runs
    assert (run.at, run.since, run.found, run.added, run.failed) == (SIXTH, date(2026, 1, 1), 2, ("pmid-1", "pmid-2"), 0)


def test_a_second_run_asks_a_week_further_back_and_tells_nothing_twice(world: World) -> None:
    world.run()
    world.service.papers.append(read(3))
    (ran,) = world.run(datetime(2026, 2, 2, 6, tzinfo=UTC))
    assert ran.added == ("pmid-3",)
    (ran,) = world.run(datetime(2026, 2, 3, 6, tzinfo=UTC))
    assert ran.added == ()
    assert [each.since for each in world.service.questions] == [date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 25)]
    assert world.told == [("pmid-1", "pmid-2"), ("pmid-3",)]


def test_a_service_that_fails_leaves_the_watermark_and_the_next_run_tells_of_what_was_stored(world: World) -> None:
    world.service.fails_at = 1
    (ran,) = world.run()
    assert ran.run is None
    assert ran.error is not None
    assert not ran.is_complete
    assert world.told == []
    assert read_searches(world.path).searches["msc"].since == date(2026, 1, 1)
    world.service.fails_at = None
    (ran,) = world.run()
    assert ran.added == ("pmid-1", "pmid-2")
    (ran,) = world.run()
    assert ran.added == ()


def test_a_run_stopped_in_the_middle_loses_no_news(world: World) -> None:
    take = world.take

    def stop_at_second(outcomes: Sequence[Outcome]) -> BuildReport:
        if world.has:
            raise KeyboardInterrupt
        return take(outcomes)

    world.take = stop_at_second  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        world.run()
    world.take = take  # type: ignore[method-assign]
    (ran,) = world.run()
    assert ran.added == ("pmid-1", "pmid-2")


def test_a_report_that_fails_is_tried_again(world: World) -> None:
    class Full(Exception):  # noqa: N818
        """The disk, where the report should go."""

    def fail(_added: Sequence[str]) -> None:
        raise Full

    with LocalStore.in_memory() as store, pytest.raises(Full):
        run_searches(
            world.path,
            store,
            {Source.PUBMED: world.service},
            take=world.take,
            now=lambda: SIXTH,
            progress=lambda *_progress: None,
            after_add=fail,
        )
    assert world.run()[0].added == ("pmid-1", "pmid-2")


def test_one_search_that_fails_does_not_keep_the_others_from_running(world: World) -> None:
    searches = read_searches(world.path).with_search("a-first", new_search("gvhd", Source.EUROPEPMC, since=date(2026, 1, 1)))
    write_searches(world.path, searches)
    broken = Service([read(7)], fails_at=0)
    with LocalStore.in_memory() as store:
        ran = run_searches(
            world.path,
            store,
            {Source.PUBMED: world.service, Source.EUROPEPMC: broken},
            take=world.take,
            now=lambda: SIXTH,
            progress=lambda *_progress: None,
        )
    assert [(each.name, each.is_complete, each.added) for each in ran] == [("a-first", False, ()), ("msc", True, ("pmid-1", "pmid-2"))]


def test_a_record_that_cannot_be_read_is_counted(world: World) -> None:
    world.service.papers.append(Failed(ReadError("malformed XML", location="PubMed")))
    (ran,) = world.run()
    assert ran.run is not None
    assert ran.run.failed == 1
    assert not ran.is_complete


def test_only_the_named_are_run_and_an_unknown_name_is_misuse(world: World) -> None:
    write_searches(world.path, read_searches(world.path).with_search("other", new_search("gvhd", Source.PUBMED, since=date(2026, 1, 1))))
    assert [each.name for each in world.run(names=["other"])] == ["other"]
    with pytest.raises(SettingsError, match=r"no standing search “nobody”\. Those there are: msc, other"):
        world.run(names=["nobody"])
