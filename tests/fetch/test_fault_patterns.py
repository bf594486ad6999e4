"""A thousand papers through services that fail in every way they are known to: none lost, none doubled."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from fetch_world import IN_EUROPEPMC, IN_PUBMED, FakeServices, make_papers, random_faults

from kg.fetch.job import Position, Question, Source, fetch_all
from kg.fetch.lookup import Services
from kg.read.outcome import Outcome, Read

PAPERS = make_papers(1000)


def stored(services: Services, question: Question) -> tuple[Counter[str], list[Outcome], Position]:
    """The PMIDs that a fetch hands on to be stored, how often each, and what else it hands on."""
    taken: list[Outcome] = []
    source = services.pubmed if question.source is Source.PUBMED else services.europepmc
    position = fetch_all(source, question, take=taken.extend, save=lambda _position: None, progress=lambda *_: None)
    pmids = Counter(each.paper.pmid or "" for each in taken if isinstance(each, Read))
    return pmids, [each for each in taken if not isinstance(each, Read)], position


@pytest.mark.parametrize("seed", range(25))
def test_no_paper_of_pubmed_is_lost_or_doubled(seed: int, services: Callable[..., Services]) -> None:
    world = FakeServices(PAPERS, faults=random_faults(seed, IN_PUBMED), most=300)
    pmids, others, position = stored(services(world, timeout_s=0.3), Question(query="stromal"))
    assert others == []
    assert pmids == Counter(paper.pmid for paper in PAPERS)
    assert position.done == 1000


@pytest.mark.parametrize("seed", range(25))
def test_no_paper_of_europe_pmc_is_lost_or_doubled(seed: int, services: Callable[..., Services]) -> None:
    world = FakeServices(PAPERS, faults=random_faults(seed, IN_EUROPEPMC))
    pmids, others, position = stored(services(world, timeout_s=0.3), Question(query="stromal", source=Source.EUROPEPMC))
    assert others == []
    assert pmids == Counter(paper.pmid for paper in PAPERS)
    assert position.done == position.total == 1000


def test_the_patterns_hold_every_fault() -> None:
    patterns = [random_faults(seed, IN_PUBMED) for seed in range(25)]
    seen = {pattern(number, "efetch") for pattern in patterns for number in range(30)}
    assert seen - {None} == set(IN_PUBMED)


def test_papers_differ() -> None:
    titles: Sequence[str] = [paper.title for paper in PAPERS]
    assert len(set(titles)) == 1000
