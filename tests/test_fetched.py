"""A fetch into a store, and its job file."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from kg.build.fetched import Job, fetch_into, job_path, known_names
from kg.errors import FetchError, StoreError
from kg.fetch.job import Position, Question, Step
from kg.model import Paper
from kg.namespaces import sha256_hex
from kg.read.outcome import Outcome, Read
from kg.report import BuildReport
from kg.store import LocalStore

ASKED = Question(query="stromal")
Into = Callable[[LocalStore], Callable[[Sequence[Outcome]], BuildReport]]


def paper(number: int, text: str = "Chronic GVHD was seen in 20% of patients given MSCs and in 40% given placebo (P = .02).") -> Read:
    return Read(Paper(id=f"pmid-{number}", pmid=str(number), text=text, source_format="pubmed", sha256=sha256_hex(text)), "PubMed", "1")


class Shelf:
    """A service that has three papers and gives one a step; it may fail at one."""

    def __init__(self, *, fails_at: int | None = None) -> None:
        self.fails_at = fails_at
        self.known: list[frozenset[str]] = []
        self.begun = 0

    def begin(self, question: Question) -> Position:
        self.begun += 1
        return Position(total=3)

    def step(self, question: Question, position: Position, known: Sequence[str]) -> Step:
        self.known.append(frozenset(known))
        if position.done == self.fails_at:
            raise FetchError("answered 503", location="shelf")
        done = position.done + 1
        return Step([paper(done, "" if done == 3 else "MSCs lowered chronic GVHD.")], Position(total=3, done=done, is_finished=done == 3))


@pytest.fixture(scope="module")
def make_pipeline() -> Callable[[], object]:
    from kg.cli.engine import DefaultPipeline

    return DefaultPipeline()


@pytest.fixture
def into(make_pipeline: Callable[[], object]) -> Into:
    from kg.build import ingest
    from kg.cli.parts import default_vocabulary

    def of(store: LocalStore) -> Callable[[Sequence[Outcome]], BuildReport]:
        return lambda outcomes: ingest(
            outcomes,
            store,
            make_pipeline,  # type: ignore[arg-type]
            vocabulary=default_vocabulary(),
            software_version="1",
            workers=1,
            progress=lambda *_progress: None,
        )

    return of


@pytest.fixture
def store() -> Iterator[LocalStore]:
    with LocalStore.in_memory() as opened:
        yield opened


def fetched(store: LocalStore, shelf: Shelf, into: Into, job: Path | None, *, refresh: bool = False):
    return fetch_into(store, shelf, ASKED, take=into(store), job=job, refresh=refresh, progress=lambda *_progress: None)


def test_all_papers_are_stored_and_told(store: LocalStore, into: Into, tmp_path: Path) -> None:
    done = fetched(store, Shelf(), into, tmp_path / "job.json")
    assert done.added == store.paper_ids() == ("pmid-1", "pmid-2", "pmid-3")
    assert done.failures == ()
    assert not (tmp_path / "job.json").exists()


def test_a_broken_fetch_goes_on_from_its_job(store: LocalStore, into: Into, tmp_path: Path) -> None:
    job = tmp_path / "jobs" / "job.json"
    with pytest.raises(FetchError, match="2 of 3 papers are done"):
        fetched(store, Shelf(fails_at=2), into, job)
    assert store.paper_ids() == ("pmid-1", "pmid-2")
    assert Job.model_validate_json(job.read_bytes()) == Job(question=ASKED, position=Position(total=3, done=2))
    again = Shelf()
    assert fetched(store, again, into, job).added == ("pmid-3",)
    assert again.begun == 0
    assert not job.exists()


def test_refresh_begins_at_the_beginning_and_knows_nothing(store: LocalStore, into: Into, tmp_path: Path) -> None:
    job = tmp_path / "job.json"
    with pytest.raises(FetchError):
        fetched(store, Shelf(fails_at=2), into, job)
    again = Shelf()
    assert fetched(store, again, into, job, refresh=True).added == ("pmid-3",)
    assert again.begun == 1
    assert again.known == [frozenset()] * 3


def test_papers_with_a_text_are_known_and_those_without_are_asked_for_again(store: LocalStore, into: Into) -> None:
    fetched(store, Shelf(), into, None)
    assert known_names(store) == {"pmid-1", "pmid-2"}
    again = Shelf()
    assert fetched(store, again, into, None).added == ()
    assert again.known[0] == {"pmid-1", "pmid-2"}


def test_a_job_of_another_question_is_left_alone(store: LocalStore, into: Into, tmp_path: Path) -> None:
    job = tmp_path / "job.json"
    job.write_text(Job(question=Question(query="other"), position=Position(total=9, done=9)).model_dump_json(), encoding="utf-8")
    shelf = Shelf()
    fetched(store, shelf, into, job)
    assert shelf.begun == 1


def test_a_job_that_cannot_be_read_is_an_error(store: LocalStore, into: Into, tmp_path: Path) -> None:
    job = tmp_path / "job.json"
    job.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"job\.json: no job that can be read\. Delete it"):
        fetched(store, Shelf(), into, job)


def test_each_question_has_a_job_of_its_own(tmp_path: Path) -> None:
    questions = [
        ASKED,
        Question(query="stromal", limit=3),
        Question(query="stromal", since=date(2026, 1, 1)),
        Question(query="mesenchymal"),
    ]
    assert len({job_path(tmp_path, each) for each in questions}) == 4
    assert job_path(tmp_path, ASKED) == job_path(tmp_path, Question(query="stromal"))
