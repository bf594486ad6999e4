"""The services that commands ask, put together from the settings.

Imported inside command functions only.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from urllib.parse import urlsplit

import requests

from kg.cli.console import say
from kg.errors import SettingsError
from kg.fetch.cache import AnswerCache
from kg.fetch.client import Client
from kg.fetch.europepmc import EuropePmc
from kg.fetch.europepmc_papers import EuropePmcPapers
from kg.fetch.eutils import SEARCH_LIFETIME, Eutils
from kg.fetch.job import PaperSource, Source
from kg.fetch.limiter import limiter_of
from kg.fetch.lookup import Services
from kg.fetch.patience import Patience
from kg.fetch.pubmed_papers import PubMedPapers
from kg.settings import Settings

#: https://www.ncbi.nlm.nih.gov/books/NBK25497/: requests a second without and with a key.
_NCBI_PER_SECOND, _NCBI_PER_SECOND_WITH_KEY = 3.0, 10.0
#: Europe PMC states no limit for everybody; this is what it is asked by well-behaved clients.
_EUROPEPMC_PER_SECOND = 5.0


#: For searches that want what came in since the last one, minutes ago.
NOT_AT_ALL = timedelta(0)


@contextmanager
def open_services(
    settings: Settings,
    *,
    quiet: bool = True,
    refresh: bool = False,
    lists_hold: timedelta = SEARCH_LIFETIME,
    patience: Patience | None = None,
) -> Iterator[Services]:
    """PubMed and Europe PMC; with ``refresh`` nothing that was kept is taken for an answer. Unless ``quiet``, pauses are told of.

    ``lists_hold`` is how long the list of a search is taken for an answer; ``patience`` how often a service that fails is asked.

    Raises:
        SettingsError: no e-mail address is set.
        StoreError: the kept answers cannot be opened.
    """
    if settings.email is None:
        raise SettingsError(
            "GRAFTGRAPH_EMAIL is not set; NCBI wants to know whom to write to",
            location="environment",
            remedy="Set it to your e-mail address",
        )
    with requests.Session() as session, AnswerCache(settings.cache_path) as cache:
        session.headers["User-Agent"] = f"{settings.tool}/{version('graftgraph')} (mailto:{settings.email})"
        tell = _silent if quiet else _say_wait
        clients = (make(settings, settings.email, session, tell) for make in (_ncbi, _europepmc))
        ncbi, ebi = (each if patience is None else replace(each, patience=patience) for each in clients)
        eutils = Eutils(ncbi, settings.eutils_url, cache, refresh, search_lifetime=lists_hold)
        europepmc = EuropePmc(ebi, settings.europepmc_url, cache, refresh, search_lifetime=lists_hold)
        yield Services(PubMedPapers(eutils, today), EuropePmcPapers(europepmc, today))


def sources_of(services: Services) -> Mapping[Source, PaperSource]:
    """The services by name."""
    return {Source.PUBMED: services.pubmed, Source.EUROPEPMC: services.europepmc}


def now() -> datetime:
    """The clock of commands that ask services; what these have is a matter of the day, so no setting replaces it."""
    return datetime.now(UTC)


def today() -> date:
    """The day by ``now``."""
    return now().date()


def _say_wait(text: str) -> None:
    say(f"kg: {text}")


def _silent(_text: str) -> None:
    """Says nothing."""


def _ncbi(settings: Settings, email: str, session: requests.Session, tell: Callable[[str], None]) -> Client:
    key = None if settings.ncbi_api_key is None else settings.ncbi_api_key.get_secret_value()
    per_second = settings.requests_per_second or (_NCBI_PER_SECOND if key is None else _NCBI_PER_SECOND_WITH_KEY)
    identity = {"tool": settings.tool, "email": email}
    return Client(
        service="PubMed",
        session=session,
        limiter=limiter_of(urlsplit(settings.eutils_url).netloc, per_second),
        sleep=time.sleep,
        tell=tell,
        chance=random.random,
        timeout_s=settings.fetch_timeout_s,
        identity=identity if key is None else {**identity, "api_key": key},
        secrets=() if key is None else (key,),
    )


def _europepmc(settings: Settings, email: str, session: requests.Session, tell: Callable[[str], None]) -> Client:
    return Client(
        service="Europe PMC",
        session=session,
        limiter=limiter_of(urlsplit(settings.europepmc_url).netloc, settings.requests_per_second or _EUROPEPMC_PER_SECOND),
        sleep=time.sleep,
        tell=tell,
        chance=random.random,
        timeout_s=settings.fetch_timeout_s,
        # RFC 9110, section 10.1.2: who is behind the request.
        headers={"From": email},
    )
