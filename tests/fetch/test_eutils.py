"""The E-utilities: what goes out, what comes back, and what is no answer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from fetch_world import FakePaper, FakeServices, burst, make_papers
from pytest_httpserver import HTTPServer

from kg.errors import FetchError, RefusedError
from kg.fetch.cache import AnswerCache
from kg.fetch.client import Client
from kg.fetch.eutils import Eutils, History, Link
from kg.fetch.lookup import Services
from kg.fetch.windows import Window

MakeServices = Callable[..., Services]


@pytest.fixture
def eutils(httpserver: HTTPServer, make_client: Callable[..., Client], cache: AnswerCache) -> Eutils:
    """For answers given by hand."""
    return Eutils(make_client(), httpserver.url_for("/"), cache)


def search_answer(count: str, *ids: str) -> str:
    items = "".join(f"<Id>{each}</Id>" for each in ids)
    place = "<QueryKey>1</QueryKey><WebEnv>MCID_1</WebEnv>"
    return f"<eSearchResult><Count>{count}</Count><RetMax>{len(ids)}</RetMax>{place}<IdList>{items}</IdList></eSearchResult>"


def test_a_search_asks_for_history_dates_of_entry_and_says_who_asks(httpserver: HTTPServer, eutils: Eutils) -> None:
    httpserver.expect_request("/esearch.fcgi", method="POST").respond_with_data(search_answer("2", "12", "11"))
    found = eutils.search("msc AND gvhd", window=Window(date(2026, 1, 2), date(2026, 3, 4)))
    assert (found.count, found.ids, found.history) == (2, ("12", "11"), History("MCID_1", "1"))
    ((request, _),) = httpserver.log
    assert parse_qs(request.get_data(as_text=True)) == {
        "db": ["pubmed"],
        "term": ["msc AND gvhd"],
        "retmode": ["xml"],
        "retmax": ["9999"],
        "usehistory": ["y"],
        "datetype": ["edat"],
        "mindate": ["2026/01/02"],
        "maxdate": ["2026/03/04"],
        "tool": ["graftgraph"],
        "email": ["moro@example.org"],
    }


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        (search_answer("3", "12", "11"), "counts 3 papers and lists 2"),
        (search_answer("2", "12", "11", "10"), "counts 2 papers and lists 3"),
        (search_answer("3", "12", "11", "12"), "listed 1 papers twice"),
        (search_answer("", "12"), "without a count"),
        (search_answer("2", "12", "x"), "with ids that are none"),
        ("<eSearchResult><ERROR>Search Backend failed: Timeout</ERROR></eSearchResult>", "Search Backend failed: Timeout"),
        ("<html><body>WWW Error 500 Diagnostic</body></html>", "<html> in place of <eSearchResult>"),
        ('{"error":"API rate limit exceeded","count":"4","limit":"3"}', "no whole XML: .*rate limit exceeded"),
        (search_answer("2", "12", "11")[:-30], "no whole XML"),
        ("", "no whole XML: nothing"),
    ],
)
def test_a_list_that_does_not_add_up_is_asked_for_again(
    first: str, complaint: str, httpserver: HTTPServer, eutils: Eutils, caplog: pytest.LogCaptureFixture
) -> None:
    import re

    caplog.set_level("INFO", logger="kg.fetch.client")
    httpserver.expect_ordered_request("/esearch.fcgi").respond_with_data(first)
    httpserver.expect_ordered_request("/esearch.fcgi").respond_with_data(search_answer("2", "12", "11"))
    assert eutils.search("msc").ids == ("12", "11")
    assert len(httpserver.log) == 2
    assert re.search(complaint, caplog.text)


def test_a_list_that_never_adds_up_is_an_error_and_not_kept(httpserver: HTTPServer, eutils: Eutils, cache: AnswerCache) -> None:
    httpserver.expect_request("/esearch.fcgi").respond_with_data(search_answer("3", "12"))
    with pytest.raises(FetchError, match=r"counts 3 papers and lists 1 \(7 requests\)"):
        eutils.search("msc")
    assert list(cache.answers()) == []


def test_an_error_about_the_request_is_not_asked_again(httpserver: HTTPServer, eutils: Eutils) -> None:
    said = "Search Backend failed: Exception: 'retstart' cannot be larger than 9998."
    httpserver.expect_request("/esearch.fcgi").respond_with_data(f"<eSearchResult><ERROR>{said}</ERROR></eSearchResult>")
    with pytest.raises(RefusedError, match="cannot be larger than 9998"):
        eutils.search("msc")
    assert len(httpserver.log) == 1


def test_no_paper_is_an_answer_with_what_pubmed_does_not_know(httpserver: HTTPServer, eutils: Eutils) -> None:
    httpserver.expect_request("/esearch.fcgi").respond_with_data(
        "<eSearchResult><Count>0</Count><RetMax>0</RetMax><RetStart>0</RetStart><IdList/><TranslationSet/>"
        "<ErrorList><PhraseNotFound>stromol</PhraseNotFound><FieldNotFound>titel</FieldNotFound></ErrorList>"
        "<WarningList><PhraseIgnored>the</PhraseIgnored><OutputMessage>No items found.</OutputMessage></WarningList></eSearchResult>"
    )
    found = eutils.search("the stromol[titel]")
    assert (found.count, found.ids) == (0, ())
    assert found.remarks == ("no paper has “stromol”", "no field “titel”", "“the” left out")


def test_real_answers_are_read(reference: Path, httpserver: HTTPServer, eutils: Eutils) -> None:
    folder = reference / "corpus" / "ncbi"
    httpserver.expect_ordered_request("/esearch.fcgi").respond_with_data((folder / "esearch8.xml").read_bytes())
    httpserver.expect_ordered_request("/epost.fcgi").respond_with_data((folder / "epost1.xml").read_bytes())
    httpserver.expect_ordered_request("/elink.fcgi").respond_with_data((folder / "elink4.xml").read_bytes())
    httpserver.expect_ordered_request("/efetch.fcgi").respond_with_data((folder / "pubmed4.xml").read_bytes())
    assert eutils.search("abcXYZ").remarks == ("no paper has “abcXYZ”",)
    posted = eutils.post(["11237011"])
    assert posted == History("MCID_692851c130aec64bed0a8c2a", "1")
    related = eutils.links(["12242737"], Link.RELATED)["12242737"]
    assert related[:3] == ("38997184", "37474462", "36642882")
    assert "12242737" not in related
    assert b"<PubmedArticle>" in eutils.records(posted, start=0, size=10)
    httpserver.check()


def test_real_refusals_are_read(reference: Path, httpserver: HTTPServer, eutils: Eutils) -> None:
    folder = reference / "corpus" / "ncbi"
    for name, words in (("epost2.xml", "Invalid db name specified: nothing"), ("epost3.xml", "Empty ID list; Nothing to store")):
        httpserver.expect_oneshot_request("/epost.fcgi").respond_with_data((folder / name).read_bytes())
        with pytest.raises(RefusedError, match=words):
            eutils.post(["1"])


def test_links_say_who_cites_whom(services: MakeServices) -> None:
    papers = [
        FakePaper("1", "One", (), date(2026, 1, 1), pmcid="PMC11"),
        FakePaper("2", "Two", (), date(2026, 1, 1), cites=("1",)),
        FakePaper("3", "Three", (), date(2026, 1, 1), cites=("1", "2")),
    ]
    eutils = services(FakeServices(papers)).pubmed.eutils
    assert eutils.links(["1", "2"], Link.CITED_BY) == {"1": ("2", "3"), "2": ("3",)}
    assert eutils.links(["3"], Link.CITES) == {"3": ("1", "2")}
    assert eutils.links(["2"], Link.RELATED) == {"2": ("1", "3")}
    assert eutils.links(["11"], Link.PMC_TO_PUBMED) == {"11": ("1",)}


def test_the_same_question_goes_out_once(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    eutils = services(world).pubmed.eutils
    first = eutils.search("stromal")
    assert eutils.search("stromal") == first
    assert world.tools() == ["esearch"]
    assert eutils.search("stromal", anew=True).ids == first.ids
    assert world.tools() == ["esearch", "esearch"]


def test_a_failure_is_asked_for_again_the_next_time(services: MakeServices, cache: AnswerCache) -> None:
    world = FakeServices(make_papers(5), faults=burst("html", range(7)))
    eutils = services(world).pubmed.eutils
    with pytest.raises(FetchError):
        eutils.search("stromal")
    assert list(cache.answers()) == []
    assert eutils.search("stromal").count == 5


def test_who_asks_is_not_kept(services: MakeServices, tmp_path: Path) -> None:
    made = services(FakeServices(make_papers(5)), identity={"tool": "graftgraph", "email": "moro@example.org", "api_key": "k-123"})
    history = made.pubmed.eutils.search("stromal").history
    made.pubmed.eutils.records(history, start=0, size=5)
    made.pubmed.records(["40000001"])
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").iterdir())
    assert b"40000001" in kept
    assert b"k-123" not in kept
    assert b"moro@example.org" not in kept


def test_an_answer_asked_for_with_a_key_is_found_without(services: MakeServices) -> None:
    world = FakeServices(make_papers(5))
    services(world, identity={"email": "moro@example.org", "api_key": "k-123"}).pubmed.eutils.search("stromal")
    services(world, identity={"email": "rossi@example.org"}).pubmed.eutils.search("stromal")
    assert world.tools() == ["esearch"]
