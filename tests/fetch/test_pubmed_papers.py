"""A query of PubMed from its list to its papers."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from fetch_world import TODAY, FakePaper, FakeServices, burst, make_papers

from kg.errors import FetchError
from kg.fetch.job import Position, Question, fetch_all
from kg.fetch.lookup import Services
from kg.read.outcome import Failed, Outcome, Read

MakeServices = Callable[..., Services]


def ids_of(outcomes: Sequence[Outcome]) -> list[str]:
    return [each.paper.pmid or "" for each in outcomes if isinstance(each, Read)]


def fetched(services: Services, question: Question, *, known: frozenset[str] = frozenset()) -> tuple[list[Outcome], Position]:
    taken: list[Outcome] = []
    position = fetch_all(
        services.pubmed, question, known=known, take=taken.extend, save=lambda _position: None, progress=lambda *_progress: None
    )
    return taken, position


def test_records_come_by_post_from_the_history_server(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    taken, position = fetched(services(world, batch=2), Question(query="stromal"))
    assert ids_of(taken) == ["40000005", "40000004", "40000003", "40000002", "40000001"]
    assert world.tools() == ["esearch", "efetch", "efetch", "efetch"]
    assert [params.get("retstart") for tool, params in world.asked if tool == "efetch"] == ["0", "2", "4"]
    assert all("id" not in params for tool, params in world.asked if tool == "efetch")
    assert (position.total, position.done, position.duplicates, position.is_finished) == (5, 5, 0, True)


def test_a_papers_record_is_whole(services: MakeServices) -> None:
    (taken,), _ = fetched(services(FakeServices(make_papers(1))), Question(query="stromal"))
    assert isinstance(taken, Read)
    assert (taken.location, taken.record) == ("PubMed", "record 1 (PMID 40000001)")
    assert taken.paper.doi == "10.5555/trial.40000001"
    assert taken.paper.registrations[0].number == "NCT40000001"
    assert taken.paper.text.startswith("BACKGROUND: Chronic graft-versus-host disease")


def test_nothing_found_asks_for_no_record(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    taken, position = fetched(services(world), Question(query="porcine"))
    assert (taken, position.total, position.is_finished) == ([], 0, True)
    assert position.remarks == ("no paper has “porcine”",)
    assert world.tools() == ["esearch"]


def test_the_newest_are_taken_where_there_is_a_limit(services: MakeServices) -> None:
    taken, position = fetched(services(FakeServices(make_papers(9)), batch=2), Question(query="stromal", limit=3))
    assert ids_of(taken) == ["40000009", "40000008", "40000007"]
    assert (position.total, position.done) == (3, 3)


def test_only_what_came_in_since_a_day_is_taken(services: MakeServices) -> None:
    papers = [FakePaper(str(each), "Stromal cells", (), TODAY - timedelta(days=each)) for each in range(1, 6)]
    taken, _ = fetched(services(FakeServices(papers)), Question(query="stromal", since=TODAY - timedelta(days=3)))
    assert sorted(ids_of(taken)) == ["1", "2", "3"]


def test_more_than_pubmed_lists_is_split_by_entry_date(services: MakeServices) -> None:
    world = FakeServices(make_papers(200), most=30)
    taken, position = fetched(services(world), Question(query="stromal"))
    assert len(ids_of(taken)) == len(set(ids_of(taken))) == 200
    assert position.total == 200
    windows = [params for tool, params in world.asked if tool == "esearch" and "mindate" in params]
    assert len(windows) >= 7
    assert {params["datetype"] for params in windows} == {"edat"}


def test_a_limit_within_a_split_stops_listing(services: MakeServices) -> None:
    papers = make_papers(200)
    world = FakeServices(papers, most=30)
    taken, _ = fetched(services(world), Question(query="stromal", limit=40))
    entered = {paper.pmid: paper.entered for paper in papers}
    assert len(taken) == 40
    oldest_taken = min(entered[each] for each in ids_of(taken))
    assert sum(paper.entered > oldest_taken for paper in papers) <= 60
    limited = world.tools().count("esearch")
    fetched(services(world, refresh=True), Question(query="stromal"))
    assert limited < world.tools().count("esearch") - limited


def test_a_day_with_too_many_papers_is_parted_by_what_they_are(services: MakeServices) -> None:
    abstract = (("RESULTS", "Stromal cells were given."),)
    kinds = (("english[la]",), (), ("english[la]", "humans[mh]"), ("medline[sb]",))
    papers = [
        FakePaper(str(number), "Stromal cells", abstract if number % 2 else (), TODAY, kinds=kinds[number % 4]) for number in range(1, 36)
    ]
    world = FakeServices([*papers, *make_papers(20)], most=10)
    taken, position = fetched(services(world), Question(query="stromal"))
    assert sorted(ids_of(taken)) == sorted(each.pmid for each in world.papers)
    assert position.duplicates == 0


def test_a_day_with_too_many_papers_of_one_kind_is_an_error(services: MakeServices) -> None:
    papers = [FakePaper(str(each), "Stromal cells", (), TODAY) for each in range(1, 12)]
    with pytest.raises(
        FetchError, match=r"query “stromal”: 11 papers of one kind came in on 2026-06-30 alone.*no paper was got\. Narrow the query"
    ):
        fetched(services(FakeServices(papers, most=10)), Question(query="stromal"))


def test_parts_that_do_not_add_up_to_the_count_are_an_error(services: MakeServices) -> None:
    papers = make_papers(40)
    # Older than any window reaches, so that the windows together miss it.
    papers.append(FakePaper("7", "Stromal cells in antiquity", (), date(1650, 1, 1)))
    with pytest.raises(FetchError, match="counts 41 papers, and lists 40 in parts by entry date; no paper was got"):
        fetched(services(FakeServices(papers, most=30)), Question(query="stromal"))


def test_what_a_page_lacks_is_posted_and_asked_for(services: MakeServices) -> None:
    world = FakeServices(make_papers(4), faults=burst("twice", range(1, 2)))
    taken, position = fetched(services(world), Question(query="stromal"))
    assert sorted(ids_of(taken)) == ["40000001", "40000002", "40000003", "40000004"]
    assert position.duplicates == 1
    assert world.tools() == ["esearch", "efetch", "epost", "efetch"]
    assert world.asked[2][1]["id"] == "40000001"


def test_a_page_sent_before_is_dropped_counted_and_asked_for(services: MakeServices) -> None:
    world = FakeServices(make_papers(4), faults=burst("earlier_page", range(2, 3)))
    taken, position = fetched(services(world, batch=2), Question(query="stromal"))
    assert ids_of(taken) == ["40000004", "40000003", "40000002", "40000001"]
    assert position.duplicates == 2
    assert world.tools() == ["esearch", "efetch", "efetch", "epost", "efetch"]


def test_a_forgotten_set_is_posted_anew(services: MakeServices) -> None:
    world = FakeServices(make_papers(4), faults=burst("forgotten", range(1, 2)))
    taken, _ = fetched(services(world), Question(query="stromal"))
    assert len(ids_of(taken)) == 4
    assert world.tools() == ["esearch", "efetch", "epost", "efetch"]


def test_a_record_that_pubmed_never_sends_is_named(services: MakeServices) -> None:
    world = FakeServices(make_papers(3))
    gone = world.papers[1].pmid
    made = services(world)
    begun = made.pubmed.begin(Question(query="stromal"))
    world.papers.pop(1)
    step = made.pubmed.step(Question(query="stromal"), begun, frozenset())
    assert len(ids_of(step.outcomes)) == 2
    (failed,) = [each for each in step.outcomes if isinstance(each, Failed)]
    assert str(failed.error) == f"PubMed, PMID {gone}: PubMed has no such record, or does not send it"
    assert step.position.is_finished


def test_known_papers_are_not_asked_for(services: MakeServices) -> None:
    world = FakeServices(make_papers(4))
    known = frozenset({"pmid-40000001", "pmid-40000003", "pmid-40000004"})
    taken, position = fetched(services(world, batch=2), Question(query="stromal"), known=known)
    assert ids_of(taken) == ["40000002"]
    assert (position.known, position.done) == (3, 4)
    assert world.tools() == ["esearch", "epost", "efetch"]


def test_a_second_fetch_asks_nothing(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    made = services(world, batch=2)
    first, _ = fetched(made, Question(query="stromal"))
    asked = len(world.asked)
    again, _ = fetched(made, Question(query="stromal"))
    assert ids_of(again) == ids_of(first)
    assert len(world.asked) == asked


def test_records_are_kept_whatever_set_they_came_in(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    made = services(world)
    fetched(made, Question(query="stromal"))
    asked = len(world.asked)
    made.pubmed.eutils.search("stromal", anew=True)
    fetched(made, Question(query="stromal"))
    assert world.tools()[asked:] == ["esearch"]


def test_refresh_asks_again(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    fetched(services(world), Question(query="stromal"))
    fetched(services(world, refresh=True), Question(query="stromal"))
    assert world.tools() == ["esearch", "efetch"] * 2
