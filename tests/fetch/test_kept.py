"""Papers out of kept answers."""

from collections.abc import Callable

from fetch_world import TODAY, FakePaper, FakeServices, make_papers

from kg.fetch.cache import AnswerCache
from kg.fetch.job import Question, Source, fetch_all
from kg.fetch.kept import kept_papers
from kg.fetch.lookup import Services
from kg.model import TextKind

MakeServices = Callable[..., Services]


def nothing(*_arguments: object) -> None:
    return None


def test_records_of_every_service_are_read_again_and_lists_are_passed_over(services: MakeServices, cache: AnswerCache) -> None:
    world = FakeServices([*make_papers(2), FakePaper("9", "Stromal cells", (("RESULTS", "Well."),), TODAY, pmcid="PMC9", licence="cc by")])
    made = services(world)
    fetch_all(made.pubmed, Question(query="stromal"), take=nothing, save=nothing, progress=nothing)
    fetch_all(made.europepmc, Question(query="stromal", source=Source.EUROPEPMC), take=nothing, save=nothing, progress=nothing)
    made.europepmc.service.full_text("PMC9")
    asked = len(world.asked)
    kept = [(each.read.paper.source_format, each.read.paper.id) for each in kept_papers(cache)]
    assert sorted(kept) == [
        ("europepmc", "pmid-40000001"),
        ("europepmc", "pmid-40000002"),
        ("europepmc", "pmid-9"),
        ("jats", "pmid-9"),
        ("pubmed", "pmid-40000001"),
        ("pubmed", "pmid-40000002"),
        ("pubmed", "pmid-9"),
    ]
    assert len(world.asked) == asked
    kinds = {each.read.paper.text_kind for each in kept_papers(cache, body=True) if each.read.paper.source_format == "jats"}
    assert kinds == {TextKind.FULL_TEXT}
