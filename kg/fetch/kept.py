"""Papers out of the answers that are kept, with no service asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from kg.fetch.cache import AnswerCache
from kg.read.outcome import Read
from kg.read.papers import read_stream


@dataclass(frozen=True)
class KeptPaper:
    """A paper, and when a service sent it."""

    read: Read
    at: datetime


def kept_papers(cache: AnswerCache, *, body: bool = False) -> Iterator[KeptPaper]:
    """Every record of every answer that holds papers; with ``body`` articles are read with their full text."""
    for kept in cache.answers():
        if _holds_papers(kept.url):
            for outcome in read_stream(BytesIO(kept.body), location=kept.url, body=body):
                if isinstance(outcome, Read):
                    yield KeptPaper(outcome, kept.at)


def _holds_papers(url: str) -> bool:
    return url.endswith(("/efetch.fcgi", "/search", "/fullTextXML"))
