"""The E-utilities of NCBI: one function a tool, each from plain values to plain values.

In: search terms, PMIDs. Out: counts, ids, XML of records. Format: https://www.ncbi.nlm.nih.gov/books/NBK25499/ . Everything is
asked by POST, since lists of ids are long and the key must stay out of addresses.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from lxml import etree

from kg.errors import FetchError, RefusedError
from kg.fetch.cache import AnswerCache
from kg.fetch.client import Check, Client, Request, excerpt
from kg.fetch.windows import Window

#: PubMed lists and serves no more of one query: "ESearch can only retrieve the first 9,999 records", silently cut at that.
MOST_IDS = 9_999
SEARCH_LIFETIME = timedelta(hours=1)

#: Words of an ``ERROR`` that goes by; others are about the request.
_PASSING = re.compile(r"time-?d?\s?out|backend failed|external viewer|empty response|temporar|unavailable|internal", re.IGNORECASE)
_NEVER_PASSES = re.compile(r"retstart", re.IGNORECASE)


class Link(StrEnum):
    """Names of links between records (https://eutils.ncbi.nlm.nih.gov/entrez/query/static/entrezlinks.html)."""

    CITED_BY = "pubmed_pubmed_citedin"
    CITES = "pubmed_pubmed_refs"
    RELATED = "pubmed_pubmed"
    PMC_TO_PUBMED = "pmc_pubmed"


@dataclass(frozen=True)
class History:
    """A set of records that the history server holds for some hours."""

    web_env: str
    query_key: str


@dataclass(frozen=True)
class Found:
    """The answer to a search: all ids, or the first ``MOST_IDS``, newest first."""

    count: int
    ids: tuple[str, ...]
    history: History
    #: Phrases that PubMed does not know, and what else it remarks.
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Eutils:
    """The tools, over a client that keeps to NCBI's rules."""

    client: Client
    base_url: str
    cache: AnswerCache
    #: Ask again for what is kept.
    refresh: bool = False
    most_ids: int = MOST_IDS
    #: How long a list holds: new papers come every day, and the history server forgets within hours.
    search_lifetime: timedelta = SEARCH_LIFETIME

    def search(self, term: str, *, window: Window | None = None, anew: bool = False) -> Found:
        """PMIDs of a query, of those entered within the window where one is given; ``anew`` never takes a kept answer."""
        params = {"db": "pubmed", "term": term, "retmode": "xml", "retmax": str(self.most_ids), "usehistory": "y", **_dates(window)}
        request = self._request("esearch", params)
        body = self._ask(request, check=_listing_check(self.most_ids), lifetime=self.search_lifetime, anew=anew)
        return _found(_parse(body))

    def post(self, ids: Sequence[str]) -> History:
        """Put PMIDs onto the history server."""
        request = self._request("epost", {"db": "pubmed", "id": ",".join(ids)})
        return _history(_parse(self.client.ask(request, check=_check("ePostResult"))))

    def records(self, history: History, *, start: int, size: int) -> bytes:
        """PubMed XML of a slice of a set."""
        place = {"WebEnv": history.web_env, "query_key": history.query_key, "retstart": str(start), "retmax": str(size)}
        request = self._request("efetch", {"db": "pubmed", "retmode": "xml", **place})
        return self.client.ask(request, check=_check("PubmedArticleSet"))

    def kept_records(self, ids: Sequence[str]) -> bytes | None:
        """What ``keep_records`` kept for these PMIDs together."""
        return None if self.refresh else self.cache.get(self._records_request(ids))

    def keep_records(self, ids: Sequence[str], body: bytes) -> None:
        """Keep PubMed XML as what these PMIDs are answered with, whichever set it was a slice of."""
        self.cache.put(self._records_request(ids), body)

    def pmc_articles(self, numbers: Sequence[str]) -> bytes:
        """JATS of articles in PMC; the body only where its licence allows. ``numbers`` are PMCIDs without "PMC"."""
        request = self._request("efetch", {"db": "pmc", "id": ",".join(numbers), "retmode": "xml"})
        return self._ask(request, check=_check("pmc-articleset"))

    def links(self, ids: Sequence[str], link: Link) -> dict[str, tuple[str, ...]]:
        """For each id, the PMIDs that it is linked to, in the order of the service."""
        origin = "pmc" if link is Link.PMC_TO_PUBMED else "pubmed"
        linked: dict[str, tuple[str, ...]] = {}
        for each in ids:
            # One id a request: a list would be answered for all together, without which belongs to which.
            params = {"dbfrom": origin, "db": "pubmed", "id": each, "linkname": link, "cmd": "neighbor"}
            body = self._ask(self._request("elink", params), check=_check("eLinkResult"), lifetime=timedelta(days=1))
            found = _parse(body).iterfind(f"LinkSet/LinkSetDb[LinkName='{link}']/Link/Id")
            linked[each] = tuple(number for number in map(_text, found) if number != each or origin == "pmc")
        return linked

    def _request(self, tool: str, params: Mapping[str, str]) -> Request:
        return Request(f"{self.base_url.rstrip('/')}/{tool}.fcgi", params, "POST")

    def _records_request(self, ids: Sequence[str]) -> Request:
        return self._request("efetch", {"db": "pubmed", "id": ",".join(sorted(ids)), "retmode": "xml"})

    def _ask(self, request: Request, *, check: Check, lifetime: timedelta | None = None, anew: bool = False) -> bytes:
        kept = None if anew or self.refresh else self.cache.get(request)
        if kept is not None:
            return kept
        body = self.client.ask(request, check=check)
        self.cache.put(request, body, lifetime=lifetime)
        return body


def _dates(window: Window | None) -> dict[str, str]:
    if window is None:
        return {}
    return {"datetype": "edat", "mindate": f"{window.first:%Y/%m/%d}", "maxdate": f"{window.last:%Y/%m/%d}"}


def _parse(body: bytes) -> etree._Element:
    """The root of an answer; entities are not expanded, nothing is loaded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(body, parser)


def _check(root: str) -> Check:
    def check(body: bytes) -> str | None:
        try:
            answer = _parse(body)
        except etree.XMLSyntaxError:
            return f"answered 200 with what is no whole XML: {excerpt(body)}"
        error = " ".join(filter(None, map(_text, answer.iter("ERROR"))))
        if error and (_NEVER_PASSES.search(error) or not _PASSING.search(error)):
            raise RefusedError(f"answered: {error}")
        if error:
            return f"answered: {error}"
        return None if answer.tag == root else f"answered 200 with <{answer.tag}> in place of <{root}>: {excerpt(body)}"

    return check


def _listing_check(most_ids: int) -> Check:
    """Count and ids must agree: NCBI now and then cuts a list short, and a count that is wrong would lose papers."""
    is_answer = _check("eSearchResult")

    def check(body: bytes) -> str | None:
        trouble = is_answer(body)
        if trouble is not None:
            return trouble
        answer = _parse(body)
        ids, count = [_text(each) for each in answer.iterfind("IdList/Id")], _text(answer.find("Count"))
        if not count.isdecimal() or not all(each.isdecimal() for each in ids):
            return f"answered 200 without a count or with ids that are none: {excerpt(body)}"
        expected = min(int(count), most_ids)
        if len(ids) != len(set(ids)):
            return f"listed {len(ids) - len(set(ids))} papers twice"
        return None if len(ids) == expected else f"counts {count} papers and lists {len(ids)}"

    return check


def _found(answer: etree._Element) -> Found:
    ids = tuple(_text(each) for each in answer.iterfind("IdList/Id"))
    count = int(_text(answer.find("Count")))
    unknown = [f"no paper has “{_text(each)}”" for each in answer.iterfind("ErrorList/PhraseNotFound")]
    unknown += [f"no field “{_text(each)}”" for each in answer.iterfind("ErrorList/FieldNotFound")]
    unknown += [f"“{_text(each)}” left out" for each in answer.iterfind("WarningList/PhraseIgnored")]
    unknown += [f"“{_text(each)}” is no known phrase" for each in answer.iterfind("WarningList/QuotedPhraseNotFound")]
    return Found(count, ids, _history(answer) if count else History("", ""), tuple(unknown))


def _history(answer: etree._Element) -> History:
    history = History(_text(answer.find("WebEnv")), _text(answer.find("QueryKey")))
    if not history.web_env or not history.query_key:
        raise FetchError(f"answered without a place on the history server: {excerpt(etree.tostring(answer))}", location="E-utilities")
    return history


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext())).strip()
