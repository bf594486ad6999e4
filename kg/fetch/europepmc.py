"""Europe PMC's REST service: search pages, citations, references, open-access full text.

In: queries, ids. Out: raw pages with what is needed to go on, plain ids, JATS. Format: https://europepmc.org/RestfulWebService .
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from kg.errors import ReadError, RefusedError
from kg.fetch.cache import AnswerCache
from kg.fetch.client import Check, Client, Request, excerpt
from kg.fetch.eutils import SEARCH_LIFETIME
from kg.fetch.windows import Window
from kg.read.json_values import items_at, look, parse_json, text_at

#: The first page.
BEGIN = "*"
_LINKS_LIFETIME = timedelta(days=1)
_LINKS_PAGE_SIZE = 1000


@dataclass(frozen=True)
class Page:
    """One page of a search; ``results`` are ids as source and number ("MED/29768149"), in order."""

    body: bytes
    count: int
    results: tuple[str, ...]
    #: None where it is the last page.
    next_cursor: str | None


@dataclass(frozen=True)
class EuropePmc:
    """The service, over a client that keeps to its pace."""

    client: Client
    base_url: str
    cache: AnswerCache
    refresh: bool = False
    search_lifetime: timedelta = SEARCH_LIFETIME

    def page(self, query: str, cursor: str, *, size: int, anew: bool, judge: Callable[[Page], str | None]) -> Page:
        """A page with the whole records; ``judge`` says what is wrong with it, and then it is asked for again.

        ``anew`` never takes a kept answer.
        """
        params = {"query": query, "format": "json", "resultType": "core", "pageSize": str(size), "cursorMark": cursor}
        request = Request(self._url("search"), {**params, "sort": "FIRST_IDATE_D desc"})

        def check(body: bytes) -> str | None:
            trouble = _check(body)
            return judge(_page(body, cursor)) if trouble is None else trouble

        return _page(self._ask(request, check=check, lifetime=self.search_lifetime, anew=anew), cursor)

    def citations(self, source_id: str) -> tuple[str, ...]:
        """Those who cite the record ("MED/29768149"), as such ids."""
        return tuple(self._linked(source_id, "citations", "citationList", "citation"))

    def references(self, source_id: str) -> tuple[str, ...]:
        """What the record cites, as far as Europe PMC knows it by an id."""
        return tuple(self._linked(source_id, "references", "referenceList", "reference"))

    def full_text(self, pmcid: str) -> bytes | None:
        """JATS of an open-access article, None where there is none."""
        request = Request(self._url(f"{pmcid}/fullTextXML"), {})
        try:
            return self._ask(request, check=_jats_check)
        except RefusedError as error:
            if "answered 404" in error.message:
                return None
            raise

    def _linked(self, source_id: str, verb: str, *path: str) -> Iterator[str]:
        got, number = 0, 1
        while True:
            request = Request(self._url(f"{source_id}/{verb}"), {"format": "json", "page": str(number), "pageSize": str(_LINKS_PAGE_SIZE)})
            answer = parse_json(self._ask(request, check=_links_check(got, path), lifetime=_LINKS_LIFETIME))
            entries = items_at(answer, *path)
            got, number = got + len(entries), number + 1
            for each in entries:
                source, own_id = text_at(each, "source"), text_at(each, "id")
                if source and own_id:
                    yield f"{source}/{own_id}"
            if got >= _count(answer):
                return

    def _ask(self, request: Request, *, check: Check, lifetime: timedelta | None = None, anew: bool = False) -> bytes:
        kept = None if anew or self.refresh else self.cache.get(request)
        if kept is not None:
            return kept
        body = self.client.ask(request, check=check)
        self.cache.put(request, body, lifetime=lifetime)
        return body

    def _url(self, path: str) -> str:
        return f"{self.base_url.rstrip('/')}/{path}"


def query_within(query: str, window: Window | None) -> str:
    """The query for records that were first indexed within the window."""
    return query if window is None else f"({query}) AND (FIRST_IDATE:[{window.first} TO {window.last}])"


def _check(body: bytes) -> str | None:
    try:
        answer = parse_json(body)
    except ReadError:
        return f"answered 200 with what is no whole JSON: {excerpt(body)}"
    if look(answer, "errMsg") is not None:
        raise RefusedError(f"answered: {text_at(answer, 'errMsg')}")
    return None if text_at(answer, "hitCount").isdecimal() else f"answered 200 without a count: {excerpt(body)}"


def _links_check(got: int, path: tuple[str, ...]) -> Check:
    def check(body: bytes) -> str | None:
        trouble = _check(body)
        if trouble is not None:
            return trouble
        answer = parse_json(body)
        return "sent an empty page before the last" if not items_at(answer, *path) and got < _count(answer) else None

    return check


def _jats_check(body: bytes) -> str | None:
    is_whole = b"<article" in body[:8192] and body.rstrip().endswith(b"</article>")
    return None if is_whole else f"answered 200 with what is no whole article: {excerpt(body)}"


def _page(body: bytes, cursor: str) -> Page:
    answer = parse_json(body)
    results = items_at(answer, "resultList", "result")
    following = text_at(answer, "nextCursorMark")
    ids = tuple(f"{text_at(each, 'source')}/{text_at(each, 'id')}" for each in results)
    return Page(body, _count(answer), ids, following if following not in {"", cursor} else None)


def _count(answer: object) -> int:
    return int(text_at(answer, "hitCount"))
