"""A query of Europe PMC page by page, and what else it is asked."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from fetch_world import TODAY, FakePaper, FakeServices, burst, make_papers
from pytest_httpserver import HTTPServer

from kg.errors import FetchError, RefusedError
from kg.fetch.job import Position, Question, Source, fetch_all
from kg.fetch.lookup import Services
from kg.read.outcome import Outcome, Read

MakeServices = Callable[..., Services]


def asked(**options: object) -> Question:
    return Question.model_validate({"query": "stromal", "source": Source.EUROPEPMC, **options})


def fetched(services: Services, question: Question, *, known: frozenset[str] = frozenset()) -> tuple[list[Outcome], Position]:
    taken: list[Outcome] = []
    position = fetch_all(
        services.europepmc, question, known=known, take=taken.extend, save=lambda _position: None, progress=lambda *_progress: None
    )
    return taken, position


def ids_of(outcomes: Sequence[Outcome]) -> list[str]:
    return [each.paper.pmid or "" for each in outcomes if isinstance(each, Read)]


def test_pages_are_followed_by_their_marks(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    taken, position = fetched(services(world, batch=2), asked())
    assert ids_of(taken) == ["40000001", "40000002", "40000003", "40000004", "40000005"]
    assert [params["cursorMark"] for _, params in world.asked] == ["*", "AoIMg==", "AoINA==", "AoINQ=="]
    assert {params["resultType"] for _, params in world.asked} == {"core"}
    assert (position.total, position.done, position.duplicates) == (5, 5, 0)


def test_the_service_is_told_who_asks(services: MakeServices) -> None:
    world = FakeServices(make_papers(1))
    fetched(services(world, headers={"From": "moro@example.org"}, identity={}), asked())
    assert {headers["From"] for headers in world.headers} == {"moro@example.org"}


def test_a_record_is_told_by_source_and_number(services: MakeServices) -> None:
    (taken,), _ = fetched(services(FakeServices(make_papers(1))), asked())
    assert isinstance(taken, Read)
    assert taken.location == "Europe PMC MED/40000001"
    assert taken.paper.text.startswith("Background: Chronic graft-versus-host disease")


def test_nothing_found_is_no_failure(services: MakeServices) -> None:
    taken, position = fetched(services(FakeServices(make_papers(3))), asked(query="porcine"))
    assert (taken, position.total, position.is_finished) == ([], 0, True)


def test_a_limit_cuts_the_last_page(services: MakeServices) -> None:
    taken, position = fetched(services(FakeServices(make_papers(9)), batch=2), asked(limit=5))
    assert len(taken) == 5
    assert (position.total, position.done) == (5, 5)


def test_only_what_was_indexed_since_a_day_is_taken(services: MakeServices) -> None:
    papers = [FakePaper(str(each), "Stromal cells", (), TODAY - timedelta(days=each)) for each in range(1, 6)]
    taken, _ = fetched(services(FakeServices(papers)), asked(since=TODAY - timedelta(days=3)))
    assert ids_of(taken) == ["1", "2", "3"]


def test_known_papers_are_not_handed_on(services: MakeServices) -> None:
    taken, position = fetched(services(FakeServices(make_papers(3))), asked(), known=frozenset({"doi-10.5555%2Ftrial.40000002"}))
    assert ids_of(taken) == ["40000001", "40000003"]
    assert (position.known, position.done) == (1, 3)


def test_a_page_sent_before_is_asked_for_again(services: MakeServices) -> None:
    world = FakeServices(make_papers(4), faults=burst("earlier_page", range(1, 2)))
    taken, _ = fetched(services(world, batch=2), asked())
    assert ids_of(taken) == ["40000001", "40000002", "40000003", "40000004"]
    assert [params["cursorMark"] for _, params in world.asked] == ["*", "AoIMg==", "AoIMg==", "AoINA=="]


def test_a_page_that_goes_on_holding_papers_sent_before_is_taken_and_they_are_counted(services: MakeServices) -> None:
    # Four times in place of the second page: an index that really lists a paper twice.
    world = FakeServices(make_papers(4), faults=burst("twice", range(1, 5)))
    taken, position = fetched(services(world, batch=2), asked())
    assert sorted(ids_of(taken)) == ["40000001", "40000002", "40000003", "40000004"]
    assert position.duplicates == 1
    # The paper that the page left out came when the pages were gone through once more.
    assert position.passes == 1


@pytest.mark.parametrize(("at", "requests"), [(0, 4), (2, 5), (3, 5)])
def test_a_count_that_is_too_low_ends_nothing_early(at: int, requests: int, services: MakeServices) -> None:
    world = FakeServices(make_papers(5), faults=burst("wrong_count", range(at, at + 1)))
    taken, position = fetched(services(world, batch=2), asked())
    assert len(ids_of(taken)) == 5
    assert position.total == 5
    # Below what was sent, the count is asked for again; above, nothing contradicts it yet.
    assert len(world.asked) == requests


def test_papers_that_are_counted_and_never_come_are_an_error(services: MakeServices, httpserver: HTTPServer) -> None:
    made = services(FakeServices([]))
    position = Position(total=4, cursor="AoIMw==", done=3, ids=("MED/40000001", "MED/40000002", "MED/40000003"), passes=2)
    page = '{"hitCount": 4, "nextCursorMark": "AoIMw==", "resultList": {"result": []}}'
    httpserver.expect_request("/search").respond_with_data(page)
    from dataclasses import replace

    service = replace(made.europepmc.service, base_url=httpserver.url_for("/"))
    with pytest.raises(FetchError, match="counts 4 papers and sends 3"):
        replace(made.europepmc, service=service).step(asked(), position, frozenset())


@pytest.mark.parametrize(
    "first",
    ['{"hitCount": 1, "resultList": {"result": [', "<html>out of order</html>", '{"version": "6.9"}', ""],
)
def test_what_is_no_answer_is_asked_for_again(first: str, services: MakeServices, httpserver: HTTPServer) -> None:
    from dataclasses import replace

    made = services(FakeServices([])).europepmc
    httpserver.expect_ordered_request("/search").respond_with_data(first)
    httpserver.expect_ordered_request("/search").respond_with_data('{"hitCount": 0, "resultList": {"result": []}}')
    service = replace(made.service, base_url=httpserver.url_for("/"))
    source = replace(made, service=service)
    assert source.step(asked(), source.begin(asked()), frozenset()).position.is_finished
    assert len(httpserver.log) == 2


def test_a_refusal_is_told(services: MakeServices, httpserver: HTTPServer) -> None:
    from dataclasses import replace

    made = services(FakeServices([])).europepmc
    httpserver.expect_request("/search").respond_with_data('{"errCode": 400, "errMsg": "Invalid query"}')
    service = replace(made.service, base_url=httpserver.url_for("/"))
    with pytest.raises(RefusedError, match="answered: Invalid query"):
        replace(made, service=service).step(asked(), made.begin(asked()), frozenset())


def test_citations_and_references_are_gone_through_to_the_last_page(services: MakeServices) -> None:
    papers = [FakePaper("1", "One", (), TODAY), *(FakePaper(str(each), "Citing", (), TODAY, cites=("1",)) for each in range(2, 7))]
    papers.append(FakePaper("9", "Review", (), TODAY, cites=("1", "2", "3")))
    service = services(FakeServices(papers)).europepmc.service
    assert service.citations("MED/1") == ("MED/2", "MED/3", "MED/4", "MED/5", "MED/6", "MED/9")
    assert service.references("MED/9") == ("MED/1", "MED/2", "MED/3")
    assert service.citations("MED/9") == ()


def test_full_text_is_there_or_is_not(services: MakeServices) -> None:
    papers = [FakePaper("1", "Open", (), TODAY, pmcid="PMC11", licence="cc by"), FakePaper("2", "Closed", (), TODAY, pmcid="PMC12")]
    service = services(FakeServices(papers)).europepmc.service
    text = service.full_text("PMC11")
    assert text is not None
    assert b"fever after the infusion" in text
    assert service.full_text("PMC12") is None
