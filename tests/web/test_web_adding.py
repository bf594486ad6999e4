"""What a visitor gives, what is understood of it, and jobs; without a server."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from rdf_world import full_paper, shapes, vocabulary
from web_world import build_store

from kg.build import Pipeline
from kg.errors import FetchError, ReadError, RefusedError, StoreError
from kg.extract.pipeline import build_extractor
from kg.fetch.identifiers import Identifier, Kind
from kg.model import Direction
from kg.read.outcome import Failed, Outcome, Read
from kg.report import BuildReport, Failure, Trouble
from kg.store import LocalStore
from kg.web.adding import BusyError, Desk, Dropped, Jobs, Named, Pasted, Standing, State, UnfitError, read_source
from kg.web.adding.desk import Planned, Step, Told
from kg.web.adding.preview import understand
from kg.web.adding.source import LONGEST_TEXT, MOST_PAPERS, Source, read_outcomes
from kg.web.pages.add import file_name

ABSTRACT = (
    "METHODS: We gave umbilical cord-derived mesenchymal stromal cells or placebo to 124 patients after transplantation. "
    "RESULTS: The 2-year cumulative incidence of chronic GVHD was 27.4% with the cells and 49.0% with placebo "
    "(HR 0.55, 95% CI 0.36 to 0.84; P = .021)."
)


def no_fetch(identifier: Identifier) -> Sequence[Outcome]:
    raise AssertionError(identifier)


# ------------------------------------------------------------ what is given


def test_each_way_of_giving_is_known_by_what_is_filled_in() -> None:
    assert read_source(identifier=" pmid: 27400945 ") == Named(Identifier(Kind.PMID, "27400945"))
    assert read_source(title=" A\n title ", text=" some text ") == Pasted("some text", "A title")
    assert read_source(file=Dropped("a.nbib", b"x")) == Dropped("a.nbib", b"x")


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "identifier"), ({"identifier": "  ", "text": " "}, "identifier"), ({"identifier": "Gao 2016"}, "identifier"),
     ({"title": "a"}, "text"),
     ({"identifier": "1", "text": "b"}, "text"), ({"text": "b", "file": Dropped("a", b"x")}, "file"), ({"file": Dropped("a", b"")}, "file"),
     ({"text": "x" * (LONGEST_TEXT + 1)}, "text"), ({"text": "x", "title": "y" * 2000}, "title")],
)  # fmt: skip
def test_what_cannot_be_used_is_told_at_its_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(UnfitError) as caught:
        read_source(**given)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_a_pasted_text_takes_the_title_that_was_typed() -> None:
    [outcome] = read_outcomes(Pasted(ABSTRACT, "Cord cells"), no_fetch)
    assert isinstance(outcome, Read)
    assert (outcome.paper.title, outcome.paper.text.startswith("METHODS")) == ("Cord cells", True)


def test_more_papers_than_are_taken_at_a_time_are_refused_as_a_whole() -> None:
    lines = b"".join(b'{"id": "p%d", "title": "t", "text": "Some words of a text."}\n' % number for number in range(MOST_PAPERS + 1))
    [outcome] = read_outcomes(Dropped("many.jsonl", lines), no_fetch)
    assert isinstance(outcome, Failed) and "kg add" in str(outcome.error)
    assert len(read_outcomes(Dropped("fewer.jsonl", lines.split(b"\n", 1)[1]), no_fetch)) == MOST_PAPERS


@pytest.mark.parametrize(("cause", "is_advised"), [(FetchError("no answer"), True), (RefusedError("answered 400"), False), (None, False)])
def test_where_no_service_answers_pasting_is_offered(cause: FetchError | None, is_advised: bool) -> None:
    error = ReadError("no answer", record="PMID 1", remedy="Run the same command later")
    error.__cause__ = cause
    [outcome] = read_outcomes(Named(Identifier(Kind.PMID, "1")), lambda _: [Failed(error)])
    assert isinstance(outcome, Failed)
    assert ("paste the abstract" in str(outcome.error), "same command" in str(outcome.error)) == (is_advised, not is_advised)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a.nbib", "a.nbib"), ("C:\\texts\\a.nbib", "a.nbib"), ("../../etc/passwd", "passwd"), ("", "the file"), ("a\nb\x1b.txt", "ab.txt")],
)
def test_a_file_goes_by_its_own_name_alone(given: str, shown: str) -> None:
    assert file_name(given) == shown


# ------------------------------------------------------------ what is understood


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("adding") / "store")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(build_extractor(vocabulary()), vocabulary(), shapes())


def read(**changes: object) -> Read:
    return Read(full_paper(**changes), "x", "record 1")


def test_a_preview_shows_what_adding_would_read_and_stores_nothing(store: Path, pipeline: Pipeline) -> None:
    with LocalStore.open_readonly(store) as opened:
        before = opened.count()
        found = understand("it", read_outcomes(Pasted(ABSTRACT, "<b>Cord</b>"), no_fetch), opened, pipeline)
        assert opened.count() == before
    [paper] = found.papers
    assert (paper.standing, found.addable) == (Standing.NEW, (paper,))
    assert paper.extraction is not None and [each.direction for each in paper.extraction.findings] == [Direction.DECREASED]
    assert {paper.paper.text[mark.start : mark.end] for mark in paper.marks if mark.role == "number"} >= {"27.4%", "49.0%"}
    assert paper.explanation is not None and 'id="paper-1-finding-1"' in paper.explanation.findings


def test_a_paper_that_the_graph_has_is_known_under_any_of_its_names(store: Path, pipeline: Pipeline) -> None:
    again = read(id="doi-10.1234%2Fother", pmid="1000", pmcid="PMC999", doi="10.1234/other")
    with LocalStore.open_readonly(store) as opened:
        found = understand("it", [again], opened, pipeline)
    assert [(each.standing, each.stored_as) for each in found.papers] == [(Standing.KNOWN, ("pmid-102",))]


def test_a_record_with_less_in_it_than_the_graphs_own_is_not_added(store: Path, pipeline: Pipeline) -> None:
    poorer = read(id="pmid-102", pmid="102", pmcid=None, doi=None, text="")
    with LocalStore.open_readonly(store) as opened:
        found = understand("it", [poorer], opened, pipeline)
    assert [each.standing for each in found.papers] == [Standing.OUTDONE]
    assert found.addable == ()


def test_what_cannot_be_read_is_named_beside_what_can(store: Path, pipeline: Pipeline) -> None:
    outcomes = [*read_outcomes(Pasted(ABSTRACT), no_fetch), *read_outcomes(Dropped("a.pdf", b"%PDF-1.4"), no_fetch)]
    with LocalStore.open_readonly(store) as opened:
        found = understand("them", outcomes, opened, pipeline)
    assert len(found.papers) == 1
    assert [(each.trouble, each.place) for each in found.failures] == [(Trouble.FAILED, "a.pdf")]


# ------------------------------------------------------------ jobs

Script = Callable[[Source, Callable[[Told], None]], BuildReport]


class FakeDesk(Desk):
    """Adds as its script says, without a process."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def add(self, source: Source, show: Callable[[Told], None]) -> BuildReport:
        return self._script(source, show)

    def close(self) -> None:
        pass


def report(papers: int = 1, *failures: Failure, new: tuple[str, ...] = ("p",)) -> BuildReport:
    return BuildReport(papers=papers, terms=0, findings={}, triples=0, seconds=0, failures=failures, new=new)


def run(folder: Path, script: Script) -> tuple[Jobs, str]:
    """A job that has come to its end."""
    jobs = Jobs(folder, FakeDesk(script))
    job = jobs.submit(Pasted("text", "A title"))
    jobs._worker.shutdown(wait=True)
    return jobs, job.id


def test_a_job_is_told_of_as_it_goes_and_kept_when_it_is_done(tmp_path: Path) -> None:
    seen = []

    def script(_: Source, show: Callable[[Told], None]) -> BuildReport:
        for told in (Planned(("p",), ("q",)), Step("extract", 1, 2)):
            show(told)
            [path] = tmp_path.glob("*.json")
            found = jobs.find(path.stem)
            assert found is not None
            seen.append((found.state, found.done, found.total, found.words))
        return report(2)

    jobs = Jobs(tmp_path, FakeDesk(script))
    job = jobs.submit(Pasted("text", "A title"))
    jobs._worker.shutdown(wait=True)
    assert seen == [(State.RUNNING, 0, 2, "Reading findings: 0 of 2 papers."), (State.RUNNING, 1, 2, "Reading findings: 1 of 2 papers.")]
    for asked in (jobs, Jobs(tmp_path, FakeDesk(script))):
        found = asked.find(job.id)
        assert found is not None
        assert (found.state, found.label, found.new, found.again) == (State.DONE, "A title", ("p",), ("q",))


def fail(_: Source, show: Callable[[Told], None]) -> BuildReport:
    show(Planned(("p",), ()))
    raise StoreError("another process has it", remedy="Wait")


def fall_over(_: Source, __: Callable[[Told], None]) -> BuildReport:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (fail, "another process has it. Wait"),
        (fall_over, "log"),
        (lambda *_: report(0, Failure(Trouble.FAILED, "PMID 1", "unknown")), "Nothing"),
    ],
)
def test_a_job_that_fails_says_why(tmp_path: Path, script: Script, words: str) -> None:
    jobs, job = run(tmp_path, script)
    found = jobs.find(job)
    assert found is not None and found.state is State.FAILED and words in found.trouble


def test_what_is_left_out_is_told_beside_what_is_added(tmp_path: Path) -> None:
    jobs, job = run(
        tmp_path, lambda *_: report(1, Failure(Trouble.SKIPPED, "a, record 2", "no paper"), Failure(Trouble.REFUSED, "q", "shapes"))
    )
    found = jobs.find(job)
    assert found is not None and found.state is State.DONE
    assert [(each.place, each.is_passed_over) for each in found.left] == [("a, record 2", True), ("q", False)]


def test_a_job_whose_server_was_stopped_says_so_at_the_next(tmp_path: Path) -> None:
    started, go_on = threading.Event(), threading.Event()

    def script(_: Source, show: Callable[[Told], None]) -> BuildReport:
        show(Planned(("p",), ()))
        started.set()
        go_on.wait(10)
        raise StoreError("stopped")

    jobs = Jobs(tmp_path, FakeDesk(script))
    running, waiting = jobs.submit(Pasted("one")), jobs.submit(Pasted("two"))
    assert started.wait(10)
    closing = threading.Thread(target=jobs.close)
    closing.start()
    while not jobs._is_closed:
        pass
    go_on.set()
    closing.join(10)
    found = [Jobs(tmp_path, FakeDesk(script)).find(each.id) for each in (running, waiting)]
    assert [each and (each.state, each.new) for each in found] == [(State.BROKEN_OFF, ("p",)), (State.BROKEN_OFF, ())]


@pytest.mark.parametrize("name", ["", "nosuchjob", "../store/CURRENT", "a" * 300, "ab/cdefgh", "..%2f..%2fjob"])
def test_what_is_no_job_is_not_looked_for(tmp_path: Path, name: str) -> None:
    assert Jobs(tmp_path, FakeDesk(fail)).find(name) is None


def test_not_more_wait_than_have_room(tmp_path: Path) -> None:
    go_on = threading.Event()

    def wait(_: Source, __: Callable[[Told], None]) -> BuildReport:
        go_on.wait(10)
        return report()

    jobs = Jobs(tmp_path, FakeDesk(wait))
    for _ in range(20):
        jobs.submit(Pasted("text"))
    with pytest.raises(BusyError):
        jobs.submit(Pasted("text"))
    go_on.set()
    jobs.close()
