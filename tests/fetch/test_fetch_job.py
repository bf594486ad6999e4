"""The position moves only after papers are stored."""

from collections.abc import Callable, Sequence

import pytest
from fetch_world import FakeServices, burst, make_papers

from kg.errors import FetchError, RefusedError
from kg.fetch.job import Position, Question, Source, fetch_all
from kg.fetch.lookup import Services
from kg.read.outcome import Outcome, Read

MakeServices = Callable[..., Services]


class Stopped(Exception):  # noqa: N818  # what a user does is no error
    """Ctrl-C, or the end of the process."""


def nothing(*_arguments: object) -> None:
    return None


@pytest.mark.parametrize("source", list(Source))
@pytest.mark.parametrize("whole_batches", range(5))
def test_a_fetch_stopped_at_any_batch_goes_on_without_loss(source: Source, whole_batches: int, services: MakeServices) -> None:
    made = services(FakeServices(make_papers(9)), batch=2)
    fetcher = made.pubmed if source is Source.PUBMED else made.europepmc
    question = Question(query="stromal", source=source)
    stored: list[Outcome] = []
    saved: list[Position] = []

    def take(outcomes: Sequence[Outcome]) -> None:
        if len(stored) == 2 * whole_batches:
            raise Stopped
        stored.extend(outcomes)

    with pytest.raises(Stopped):
        fetch_all(fetcher, question, take=take, save=saved.append, progress=nothing)
    assert saved[-1].done == len(stored) == 2 * whole_batches
    fetch_all(fetcher, question, begun=saved[-1], take=stored.extend, save=nothing, progress=nothing)
    assert sorted(each.paper.pmid or "" for each in stored if isinstance(each, Read)) == [paper.pmid for paper in make_papers(9)]


def test_a_position_survives_its_file(services: MakeServices) -> None:
    position = services(FakeServices(make_papers(9))).pubmed.begin(Question(query="stromal"))
    assert Position.model_validate_json(position.model_dump_json()) == position
    assert position.total == 9


def test_an_outage_says_the_query_and_how_far_it_came(services: MakeServices) -> None:
    world = FakeServices(make_papers(6), faults=lambda number, _tool: "503" if number >= 2 else None)
    with pytest.raises(FetchError, match=r"efetch\.fcgi, query “stromal”: answered 503.*\(7 requests\); 2 of 6 papers are done\. Run the"):
        fetch_all(services(world, batch=2).pubmed, Question(query="stromal"), take=nothing, save=nothing, progress=nothing)


def test_an_outage_at_the_start_is_no_empty_answer(services: MakeServices) -> None:
    world = FakeServices(make_papers(6), faults=burst("html", range(7)))
    with pytest.raises(FetchError, match=r"query “stromal”: .*no paper was got"):
        fetch_all(services(world).pubmed, Question(query="stromal"), take=nothing, save=nothing, progress=nothing)


def test_a_refusal_stays_a_refusal(services: MakeServices) -> None:
    from werkzeug import Response

    class Refusing(FakeServices):
        def _esearch(self, params: dict[str, str], fault: str | None) -> Response:
            return Response("<eSearchResult><ERROR>Empty term and query_key - nothing todo</ERROR></eSearchResult>")

    with pytest.raises(RefusedError, match=r"query “ ”: answered: Empty term"):
        fetch_all(services(Refusing([])).pubmed, Question(query=" "), take=nothing, save=nothing, progress=nothing)


def test_progress_is_told_at_the_start_and_after_each_batch(services: MakeServices) -> None:
    told: list[tuple[str, int, int]] = []
    fetch_all(
        services(FakeServices(make_papers(5)), batch=2).pubmed,
        Question(query="stromal"),
        take=nothing,
        save=nothing,
        progress=lambda *each: told.append(each),
    )
    assert told == [("fetch", 0, 5), ("fetch", 2, 5), ("fetch", 4, 5), ("fetch", 5, 5)]
