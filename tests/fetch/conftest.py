"""A server for the fake services, and clients that do not wait."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from fetch_world import EUROPEPMC, EUTILS, TODAY, FakeServices
from pytest_httpserver import HTTPServer

from kg.fetch.cache import AnswerCache
from kg.fetch.client import Client
from kg.fetch.europepmc import EuropePmc
from kg.fetch.europepmc_papers import EuropePmcPapers
from kg.fetch.eutils import Eutils
from kg.fetch.limiter import Limiter
from kg.fetch.lookup import Services
from kg.fetch.pubmed_papers import PubMedPapers


@pytest.fixture(scope="module")
def threaded_server() -> Iterator[HTTPServer]:
    """One that goes on answering while a slow answer is under way."""
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def server(threaded_server: HTTPServer) -> Iterator[HTTPServer]:
    yield threaded_server
    threaded_server.clear()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[AnswerCache]:
    with AnswerCache(tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def pauses() -> list[float]:
    """The pauses a client would have made."""
    return []


@pytest.fixture
def make_client(session: requests.Session, pauses: list[float]) -> Callable[..., Client]:
    def make(**options: object) -> Client:
        given: dict[str, object] = {
            "service": "PubMed",
            "session": session,
            "limiter": Limiter(1e9),
            "sleep": pauses.append,
            "chance": lambda: 0.0,
            "timeout_s": 5.0,
            "identity": {"tool": "graftgraph", "email": "moro@example.org"},
        }
        return Client(**{**given, **options})

    return make


@pytest.fixture
def services(server: HTTPServer, make_client: Callable[..., Client], cache: AnswerCache) -> Callable[..., Services]:
    """The real services over fake ones."""

    def make(world: FakeServices, *, batch: int = 200, refresh: bool = False, **options: object) -> Services:
        world.install(server)
        client = make_client(**options)
        eutils = Eutils(client, server.url_for(EUTILS), cache, refresh, most_ids=world.most)
        europepmc = EuropePmc(client, server.url_for(EUROPEPMC), cache, refresh)
        return Services(PubMedPapers(eutils, lambda: TODAY, batch), EuropePmcPapers(europepmc, lambda: TODAY, batch))

    return make
