"""PubMed and Europe PMC on this machine: a few papers of ours, the services' real formats, and the faults they have.

As a program (``python tests/fetch_world.py``) it serves until it is ended, and first prints the two addresses as shell variables.
"""

import argparse
import base64
import json
import random
import re
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.sax.saxutils import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

EUTILS, EUROPEPMC = "/entrez/eutils", "/europepmc/webservices/rest"
TODAY = date(2026, 6, 30)
_SOURCES = ("umbilical cord", "bone marrow", "adipose tissue", "placenta")


@dataclass(frozen=True)
class FakePaper:
    """A paper of ours, as a service knows it."""

    pmid: str
    title: str
    abstract: tuple[tuple[str, str], ...]
    #: Day on which it came into the database.
    entered: date
    author: str = "Moro"
    doi: str | None = None
    pmcid: str | None = None
    registration: str | None = None
    licence: str | None = None
    cites: tuple[str, ...] = ()
    #: Criteria of PubMed that its record fits.
    kinds: tuple[str, ...] = ("english[la]",)

    @property
    def words(self) -> str:
        return " ".join([self.title, *(text for _, text in self.abstract), self.registration or ""]).lower()


def make_papers(count: int, *, first: int = 40_000_001, days: int = 300, seed: int = 0) -> list[FakePaper]:
    """Trials of mesenchymal stromal cells, entered over the days before ``TODAY``; the same for the same arguments."""
    return [
        _paper(number, TODAY - timedelta(days=(number * 7919) % days), random.Random(seed * 1_000_003 + number))  # noqa: S311  # no secret
        for number in range(first, first + count)
    ]


def _paper(number: int, entered: date, chance: random.Random) -> FakePaper:
    source = chance.choice(_SOURCES)
    n, low = 2 * chance.randint(15, 90), chance.randint(10, 30)
    high = low + chance.randint(8, 30)
    return FakePaper(
        pmid=str(number),
        title=f"Stromal cells from {source} to prevent chronic graft-versus-host disease: trial {number}",
        abstract=(
            ("BACKGROUND", "Chronic graft-versus-host disease (GVHD) limits survival after transplantation."),
            ("METHODS", f"We randomized {n} patients to {source} mesenchymal stromal cells (MSCs) or placebo."),
            (
                "RESULTS",
                f"Chronic GVHD at 2 years was seen in {low}% of patients given MSCs and in {high}% given placebo "
                f"(P = .0{chance.randint(1, 4)}).",
            ),
        ),
        entered=entered,
        doi=f"10.5555/trial.{number}",
        registration=f"NCT{number % 100_000_000:08d}",
    )


# ---------------------------------------------------------------- faults

#: Says which fault the nth request has, if any; it sees the tool that is asked.
Faults = Callable[[int, str], str | None]

EVERYWHERE = ("429", "500", "503", "html", "json_429", "truncated", "cut_connection", "reset", "slow")
IN_PUBMED = (*EVERYWHERE, "wrong_count", "cut_list", "earlier_page", "twice", "forgotten", "backend_failed")
IN_EUROPEPMC = (*EVERYWHERE, "wrong_count", "earlier_page", "twice")


def no_faults(_number: int, _tool: str) -> str | None:
    return None


def random_faults(seed: int, kinds: Sequence[str], *, rate: float = 0.4, longest: int = 4) -> Faults:
    """A pattern of faults; never more than ``longest`` one after another, as a service recovers in the end."""
    chance = random.Random(seed)  # noqa: S311  # the same pattern on every run
    run = 0

    def fault(_number: int, _tool: str) -> str | None:
        nonlocal run
        run = run + 1 if run < longest and chance.random() < rate else 0
        return chance.choice(kinds) if run else None

    return fault


def burst(kind: str, requests: range) -> Faults:
    """That fault at the requests of these numbers, the first being 0."""
    return lambda number, _tool: kind if number in requests else None


# ---------------------------------------------------------------- the services


@dataclass
class FakeServices:
    """Answers requests about its papers; ``asked`` keeps tool and parameters of each request."""

    papers: list[FakePaper]
    faults: Faults = no_faults
    #: PubMed's limit of 9,999 records a query.
    most: int = 9_999
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    _sets: dict[str, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def install(self, server: HTTPServer) -> dict[str, str]:
        """Answer for that server; the settings that point there."""
        server.expect_request(re.compile(".*")).respond_with_handler(self.respond)
        return {"GRAFTGRAPH_EUTILS_URL": server.url_for(EUTILS), "GRAFTGRAPH_EUROPEPMC_URL": server.url_for(EUROPEPMC)}

    def tools(self) -> list[str]:
        return [tool for tool, _ in self.asked]

    def respond(self, request: Request) -> Response:
        with self._lock:
            path, params = request.path, request.values.to_dict()
            tool = path.rpartition("/")[2].removesuffix(".fcgi")
            fault = self.faults(len(self.asked), tool)
            self.asked.append((tool, params))
            self.headers.append(dict(request.headers))
            broken = _broken_before(fault, request)
            if broken is not None:
                return broken
            answer = self._eutils(tool, params, fault) if path.startswith(EUTILS) else self._europepmc(path, params, fault)
        return _broken_after(fault, answer)

    # PubMed

    def _eutils(self, tool: str, params: dict[str, str], fault: str | None) -> Response:
        if fault == "backend_failed":
            return _xml("<eSearchResult><ERROR>Search Backend failed: Timeout</ERROR></eSearchResult>")
        answers = {"esearch": self._esearch, "epost": self._epost, "efetch": self._efetch, "elink": self._elink}
        return answers[tool](params, fault)

    def _esearch(self, params: dict[str, str], fault: str | None) -> Response:
        hits = [paper.pmid for paper in self.papers if _matches(paper, params)]
        ids = sorted(hits, key=int, reverse=True)
        listed = ids[: min(int(params["retmax"]), self.most)]
        count = len(ids) + (7 if fault == "wrong_count" else 0)
        if fault == "cut_list":
            listed = listed[:-3]
        remarks = "" if ids else f"<ErrorList><PhraseNotFound>{escape(params['term'])}</PhraseNotFound></ErrorList>"
        place = f"<QueryKey>1</QueryKey><WebEnv>{self._keep(ids)}</WebEnv>"
        items = "".join(f"<Id>{each}</Id>\n" for each in listed)
        return _xml(
            '<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
            '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
            f"<eSearchResult><Count>{count}</Count><RetMax>{len(listed)}</RetMax><RetStart>0</RetStart>{place}<IdList>\n{items}</IdList>"
            f"<TranslationSet/><QueryTranslation>{escape(params['term'])}</QueryTranslation>{remarks}</eSearchResult>"
        )

    def _epost(self, params: dict[str, str], fault: str | None) -> Response:
        return _xml(f"<ePostResult>\n\t<QueryKey>1</QueryKey>\n\t<WebEnv>{self._keep(params['id'].split(','))}</WebEnv>\n</ePostResult>")

    def _efetch(self, params: dict[str, str], fault: str | None) -> Response:
        if params["db"] == "pmc":
            found = [paper for paper in self.papers if paper.pmcid == f"PMC{params['id']}"]
            return _xml("<pmc-articleset>" + "".join(map(_jats, found)) + "</pmc-articleset>")
        known = self._sets.get(params.get("WebEnv", ""))
        if fault == "forgotten" or known is None:
            error = f"Cannot retrieve history data. query_key: {params.get('query_key')}, WebEnv: {params.get('WebEnv')}"
            return _xml(f"<eFetchResult>\n\t<ERROR>{error}</ERROR>\n</eFetchResult>", status=400)
        start, size = int(params["retstart"]), int(params["retmax"])
        if fault == "earlier_page":
            start = max(0, start - size)
        by_pmid = {paper.pmid: paper for paper in self.papers}
        records = [_record(by_pmid[each]) for each in known[start : start + size] if each in by_pmid]
        if fault == "twice" and records:
            records[-1] = records[0]
        return _xml(
            '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
            '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
            f"<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>"
        )

    def _elink(self, params: dict[str, str], fault: str | None) -> Response:
        origin, name, own = params["dbfrom"], params["linkname"], params["id"]
        linked = {
            "pubmed_pubmed_citedin": [paper.pmid for paper in self.papers if own in paper.cites],
            "pubmed_pubmed_refs": [each for paper in self.papers if paper.pmid == own for each in paper.cites],
            "pubmed_pubmed": [own, *(paper.pmid for paper in self.papers if paper.pmid != own)][:4],
            "pmc_pubmed": [paper.pmid for paper in self.papers if paper.pmcid == f"PMC{own}" and not paper.pmid.startswith("0")],
        }[name]
        items = "".join(f"\n        <Link>\n\t\t\t\t<Id>{each}</Id>\n\t\t\t</Link>" for each in linked)
        found = f"<LinkSetDb>\n      <DbTo>pubmed</DbTo>\n      <LinkName>{name}</LinkName>{items}\n    </LinkSetDb>" if linked else ""
        return _xml(
            f"<eLinkResult>\n  <LinkSet>\n    <DbFrom>{origin}</DbFrom>\n    <IdList>\n      <Id>{own}</Id>\n    </IdList>\n    {found}\n"
            "  </LinkSet>\n</eLinkResult>"
        )

    def _keep(self, ids: list[str]) -> str:
        name = f"MCID_{len(self._sets):024x}"
        self._sets[name] = ids
        return name

    # Europe PMC

    def _europepmc(self, path: str, params: dict[str, str], fault: str | None) -> Response:
        rest = path.removeprefix(EUROPEPMC + "/")
        if rest == "search":
            return self._search_page(params, fault)
        if rest.endswith("/fullTextXML"):
            found = [paper for paper in self.papers if paper.pmcid == rest.partition("/")[0] and paper.licence is not None]
            return _xml(_jats(found[0], body=True)) if found else Response(status=404)
        source_id, _, verb = rest.rpartition("/")
        return self._link_page(source_id.partition("/")[2], verb, params)

    def _search_page(self, params: dict[str, str], fault: str | None) -> Response:
        hits = sorted((paper for paper in self.papers if _matches_europepmc(paper, params["query"])), key=lambda paper: paper.pmid)
        size, cursor = int(params["pageSize"]), params["cursorMark"]
        start = _offset(cursor)
        if fault == "earlier_page" and start > 0:
            start = max(0, start - size)
        page = hits[start : start + size]
        results = [_result(paper) for paper in page]
        if fault == "twice" and results:
            results[-1] = results[0]
        following = _cursor(start + len(page)) if page else cursor
        return _json(
            {
                "version": "6.9",
                "hitCount": len(hits) - (3 if fault == "wrong_count" else 0),
                "nextCursorMark": following,
                "request": {"queryString": params["query"], "resultType": "core", "cursorMark": cursor, "pageSize": size},
                "resultList": {"result": results},
            }
        )

    def _link_page(self, pmid: str, verb: str, params: dict[str, str]) -> Response:
        if verb == "citations":
            linked = [paper.pmid for paper in self.papers if pmid in paper.cites]
        else:
            linked = [each for paper in self.papers if paper.pmid == pmid for each in paper.cites]
        number, size = int(params["page"]), min(int(params["pageSize"]), 2)
        entries = [{"id": each, "source": "MED", "citationType": "journal article"} for each in linked[(number - 1) * size : number * size]]
        name, entry = ("citationList", "citation") if verb == "citations" else ("referenceList", "reference")
        return _json({"version": "6.9", "hitCount": len(linked), "request": {"id": pmid, "source": "MED"}, name: {entry: entries}})


def _matches(paper: FakePaper, params: dict[str, str]) -> bool:
    if "mindate" in params:
        first, last = (date(*map(int, params[name].split("/"))) for name in ("mindate", "maxdate"))
        if not first <= paper.entered <= last:
            return False
    return _matches_term(paper, params["term"])


def _matches_term(paper: FakePaper, term: str) -> bool:
    if parted := re.fullmatch(r"\((.*)\) (AND|NOT) (\S+\[la\]|\S+ \S+\[pt\]|\S+\[mh\]|\S+\[sb\]|hasabstract)", term):
        return _matches_term(paper, parted[1]) and _is_a(paper, parted[3]) is (parted[2] == "AND")
    if tagged := re.fullmatch(r'"?(.+?)"?\[(doi|si)\]', term):
        return tagged[1].lower() == str(paper.doi if tagged[2] == "doi" else paper.registration).lower()
    return _has_words(paper, term)


def _is_a(paper: FakePaper, criterion: str) -> bool:
    return bool(paper.abstract) if criterion == "hasabstract" else criterion in paper.kinds


def _matches_europepmc(paper: FakePaper, query: str) -> bool:
    if bounded := re.fullmatch(r"\((.*)\) AND \(FIRST_IDATE:\[(\S+) TO (\S+)\]\)", query):
        return bounded[2] <= str(paper.entered) <= bounded[3] and _has_words(paper, bounded[1])
    if named := re.fullmatch(r'DOI:"(.*)"', query):
        return named[1] == paper.doi
    return _has_words(paper, query)


def _has_words(paper: FakePaper, query: str) -> bool:
    return all(word in paper.words for word in query.lower().replace('"', "").split() if word != "and")


def _record(paper: FakePaper) -> str:
    parts = "".join(f'<AbstractText Label="{label}">{escape(text)}</AbstractText>' for label, text in paper.abstract)
    ids = "".join(
        f'<ArticleId IdType="{kind}">{value}</ArticleId>'
        for kind, value in (("pubmed", paper.pmid), ("pmc", paper.pmcid), ("doi", paper.doi))
        if value is not None
    )
    bank = (
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>"
        f"{paper.registration}</AccessionNumber></AccessionNumberList></DataBank></DataBankList>"
    )
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{paper.pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>{paper.entered.year}</Year></PubDate></JournalIssue>
<Title>Journal of Stromal Cells</Title></Journal><ArticleTitle>{escape(paper.title)}</ArticleTitle>
{f"<Abstract>{parts}</Abstract>" if parts else ""}
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>{paper.author}</LastName><ForeName>Ana</ForeName></Author></AuthorList>
<Language>eng</Language>{bank if paper.registration else ""}</Article></MedlineCitation>
<PubmedData><ArticleIdList>{ids}</ArticleIdList></PubmedData></PubmedArticle>
"""


def _result(paper: FakePaper) -> dict[str, object]:
    record: dict[str, object] = {
        "id": paper.pmid,
        "source": "MED",
        "pmid": paper.pmid,
        "doi": paper.doi,
        "title": paper.title,
        "authorList": {"author": [{"fullName": f"{paper.author} A", "firstName": "Ana", "lastName": paper.author, "initials": "A"}]},
        "journalInfo": {"yearOfPublication": paper.entered.year, "journal": {"title": "Journal of Stromal Cells"}},
        "pubYear": str(paper.entered.year),
        "abstractText": "".join(f"<h4>{label.capitalize()}</h4>{escape(text)}" for label, text in paper.abstract),
        "firstIndexDate": str(paper.entered),
    }
    extra = {"pmcid": paper.pmcid, "license": paper.licence}
    return record | {name: value for name, value in extra.items() if value is not None}


def _jats(paper: FakePaper, *, body: bool = False) -> str:
    ids = "".join(
        f'<article-id pub-id-type="{kind}">{value}</article-id>'
        for kind, value in (("pmid", paper.pmid), ("pmc", (paper.pmcid or "").removeprefix("PMC")), ("doi", paper.doi))
        if value and not value.startswith("0")
    )
    abstract = "".join(f"<sec><title>{label.capitalize()}</title><p>{escape(text)}</p></sec>" for label, text in paper.abstract)
    text = (
        "<body><sec><title>Results</title><p>One patient of the cell group had a fever after the infusion.</p></sec></body>" if body else ""
    )
    by = '<license xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://creativecommons.org/licenses/by/4.0/"><p>Open.</p></license>'
    permissions = "" if paper.licence is None else f"<permissions>{by}</permissions>"
    return (
        f"<article><front><journal-meta><journal-title-group><journal-title>Journal of Stromal Cells</journal-title></journal-title-group>"
        f"</journal-meta><article-meta>{ids}<title-group><article-title>{escape(paper.title)}</article-title></title-group>"
        f"<pub-date><year>{paper.entered.year}</year></pub-date>{permissions}<abstract>{abstract}</abstract></article-meta></front>{text}</article>"
    )


def _xml(body: str, *, status: int = 200) -> Response:
    return Response('<?xml version="1.0" encoding="UTF-8" ?>\n' + body, status=status, content_type="text/xml; charset=UTF-8")


def _json(value: object) -> Response:
    return Response(json.dumps(value), content_type="application/json;charset=UTF-8")


def _cursor(offset: int) -> str:
    return "AoI" + base64.b64encode(str(offset).encode()).decode()


def _offset(cursor: str) -> int:
    return 0 if cursor == "*" else int(base64.b64decode(cursor.removeprefix("AoI")))


def _broken_before(fault: str | None, request: Request) -> Response | None:
    """Faults that are there whatever is asked."""
    limit = '{"error":"API rate limit exceeded","api-key":"203.0.113.7","count":"4","limit":"3"}'
    html = "<html><head><title>Error</title></head><body><h1>WWW Error 500 Diagnostic</h1></body></html>"
    if fault == "429":
        return Response(limit, status=429, headers={"Retry-After": "2"}, content_type="application/json")
    if fault == "json_429":
        return Response(limit, content_type="application/json")
    if fault in {"500", "503"}:
        return Response(html, status=int(fault), content_type="text/html")
    if fault == "html":
        return Response(html, content_type="text/html")
    if fault == "reset":
        return Response(_reset(request.environ["werkzeug.socket"]), content_type="text/xml")
    return None


def _broken_after(fault: str | None, answer: Response) -> Response:
    """Faults of the way back."""
    body = answer.get_data()
    if fault == "truncated":
        answer.set_data(body[: len(body) // 2])
    elif fault == "cut_connection":
        cut = Response(_cut(body[: len(body) // 2]), headers={"Content-Length": str(len(body))}, content_type=answer.content_type)
        return cut
    elif fault == "slow":
        return Response(_drip(body), content_type=answer.content_type, headers={"Content-Length": str(len(body))})
    return answer


def _reset(connection: socket.socket) -> Iterator[bytes]:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise ConnectionResetError
    yield b""


def _cut(half: bytes) -> Iterator[bytes]:
    yield half
    raise ConnectionAbortedError


def _drip(body: bytes) -> Iterator[bytes]:
    """A byte now and then, for longer than anybody waits, and never silent for long."""
    pause = threading.Event()
    for start in range(len(body)):
        yield body[start : start + 1]
        pause.wait(0.02)


def main() -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=12)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options = parser.parse_args()
    server = HTTPServer(port=options.port, threaded=True)
    server.start()
    for name, url in FakeServices(make_papers(options.papers)).install(server).items():
        sys.stdout.write(f"export {name}={url}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
