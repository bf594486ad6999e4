"""Pages and addresses that hold for the whole site."""

from collections.abc import Iterator

import pytest
import rdflib
import requests
from lxml import html
from web_world import HOSTILE, build_store, serving

from kg.web.pages.paper import stretches

PAGES = [
    "/",
    "/explore",
    "/explore?x=outcome:incidence-of-chronic-gvhd&s=outcome:incidence-of-chronic-gvhd",
    "/evidence?of=outcome:incidence-of-chronic-gvhd",
    "/map",
    "/forest",
    "/forest?outcome=incidence-of-chronic-gvhd",
    "/query",
    "/query?saved=findings-for-outcome&run=1",
    "/about",
    "/paper/pmid-102",
    "/nosuch",
]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_store(tmp_path_factory.mktemp("site") / "store")) as address:
        yield address


def get(site: str, path: str, **headers: str) -> requests.Response:
    return requests.get(site + path, headers=BROWSER | headers, timeout=30, allow_redirects=False)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_but_our_own_files_runs_on_a_page(site: str, path: str) -> None:
    answer = get(site, path)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = html.document_fromstring(answer.text)
    assert [each for each in page.xpath("//script") if each.get("src") is None] == []
    assert page.xpath("//@style | //@onclick") == []
    assert [each for each in page.xpath("//script/@src | //link/@href | //img/@src") if not each.startswith("/static/")] == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_language_a_title_and_one_heading(site: str, path: str) -> None:
    page = html.document_fromstring(get(site, path).text)
    assert page.get("lang") == "en"
    assert page.findtext(".//title").endswith("· GraftGraph")
    assert len(page.xpath("//h1")) == 1


def test_the_home_page_says_what_the_graph_holds(site: str) -> None:
    page = html.document_fromstring(get(site, "/").text)
    counts = {each.findtext("dt"): each.findtext("dd") for each in page.xpath("//dl[@class='counts']/div")}
    assert counts == {"papers": "2", "cohorts": "1", "findings": "4", "newest": "2016"}
    assert len(page.xpath("//ul[@class='cards']/li/a")) == 10


def test_each_example_question_of_the_home_page_is_answered(site: str) -> None:
    page = html.document_fromstring(get(site, "/").text)
    for address in page.xpath("//ul[@class='cards']/li/a/@href"):
        answered = html.document_fromstring(get(site, address).text)
        assert answered.xpath("//h2[@id='answer']"), address


# ------------------------------------------------------------ questions


def test_a_question_is_narrowed_by_its_form(site: str) -> None:
    every = html.document_fromstring(get(site, "/query?saved=findings-for-outcome&run=1").text)
    none = html.document_fromstring(get(site, "/query?saved=findings-for-outcome&run=1&outcome=overall+survival").text)
    # Two findings of the paper that was not retracted.
    assert [page.xpath("string(//h2[@id='answer'])") for page in (every, none)] == ["2 rows", "0 rows"]
    assert none.xpath("//input[@id='p-outcome']/@value") == ["overall survival"]


def test_a_wrong_value_is_told_with_what_to_do_and_the_form_keeps_it(site: str) -> None:
    page = html.document_fromstring(get(site, "/query?saved=findings-for-outcome&run=1&outcome=survivall").text)
    assert "survival" in page.xpath("string(//p[@role='alert'])")
    assert page.xpath("//input[@id='p-outcome']/@value") == ["survivall"]


def test_sparql_of_ones_own_is_answered_with_labels_and_links(site: str) -> None:
    sparql = "SELECT ?o { GRAPH ?g { ?f <https://w3id.org/graftgraph/ontology/direction> ?o } } LIMIT 1"
    page = html.document_fromstring(get(site, f"/query?query={requests.utils.quote(sparql)}").text)
    [link] = page.xpath("//tbody//a")
    assert (link.text, link.get("href")) == ("decreased", "/vocabulary/decreased")


@pytest.mark.parametrize("sparql", ["SELECT ?s {", "DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"])
def test_wrong_and_refused_sparql_is_told_and_kept(site: str, sparql: str) -> None:
    answer = get(site, f"/query?query={requests.utils.quote(sparql)}")
    page = html.document_fromstring(answer.text)
    assert page.xpath("string(//p[@role='alert'])")
    assert page.xpath("string(//textarea)") == sparql


@pytest.mark.parametrize(("form", "start"), [("csv", "paper\r\n"), ("json", '{"head"'), ("tsv", "?paper\n")])
def test_an_answer_is_taken_away_as_a_file(site: str, form: str, start: str) -> None:
    sparql = "SELECT ?paper { GRAPH ?g { ?paper a <https://w3id.org/graftgraph/ontology/Paper> } }"
    answer = get(site, f"/query/results.{form}?query={requests.utils.quote(sparql)}")
    assert answer.text.startswith(start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="results.{form}"'


# ------------------------------------------------------------ our IRIs


@pytest.mark.parametrize(
    "path", ["/paper/pmid-101", "/study/pmid-101", "/vocabulary/decreased", "/ontology/direction", "/graph/vocabulary"]
)
def test_our_iris_lead_to_a_page_and_to_data(site: str, path: str) -> None:
    assert get(site, path).headers["Content-Type"].startswith("text/html")
    data = get(site, path, Accept="text/turtle")
    assert (data.status_code, data.headers["Content-Type"].partition(";")[0]) == (200, "text/turtle")
    assert len(rdflib.Graph().parse(data=data.text, format="turtle")) > 0
    assert "Accept" in data.headers["Vary"]


def test_the_data_of_a_paper_is_its_whole_graph(site: str) -> None:
    graph = rdflib.Graph().parse(data=get(site, "/paper/pmid-101", Accept="text/turtle").text, format="turtle")
    assert (rdflib.URIRef("https://w3id.org/graftgraph/study/pmid-101"), None, None) in graph


def test_what_nothing_is_stated_of_is_not_found(site: str) -> None:
    assert get(site, "/paper/pmid-999").status_code == 404
    assert get(site, "/paper/pmid-999", Accept="text/turtle").status_code == 404
    assert get(site, "/nosuch/thing").status_code == 404


def test_a_hostile_title_is_text(site: str) -> None:
    page = html.document_fromstring(get(site, "/paper/pmid-102").text)
    assert page.xpath("//script[not(@src)]") == []
    assert page.xpath("string(//h1)") == HOSTILE


def test_void_tells_where_the_endpoint_is(site: str) -> None:
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    graph = rdflib.Graph().parse(data=get(site, "/.well-known/void", Accept="text/turtle").text, format="turtle")
    assert set(graph.objects(None, void.sparqlEndpoint)) == {rdflib.URIRef(f"{site}/sparql")}
    assert int(next(iter(graph.objects(None, void.documents)))) == 2


def test_an_error_is_a_page_for_people_and_json_for_programs(site: str) -> None:
    assert get(site, "/nosuch").headers["Content-Type"].startswith("text/html")
    answer = get(site, "/nosuch", Accept="application/json")
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no such page."})


# ------------------------------------------------------------ pictures


def test_each_place_of_the_map_leads_to_the_findings_behind_it(site: str) -> None:
    page = html.document_fromstring(get(site, "/map").text)
    places = page.xpath("//svg//a")
    assert places
    for place in places:
        behind = html.document_fromstring(get(site, place.get("href")).text)
        assert behind.xpath("//table[@class='findings']//q"), place.get("aria-label")


def test_the_forest_has_the_sentence_of_each_finding_below_it(site: str) -> None:
    page = html.document_fromstring(get(site, "/forest?outcome=chronic+GVHD").text)
    assert page.xpath("//svg//line[@class='whisker'] | //svg//rect[@class='box']")
    # One paper of two is retracted.
    assert len(page.xpath("//table[@class='findings']//q")) == 1
    assert page.xpath("//input[@id='outcome']/@value") == ["chronic graft-versus-host disease"]


@pytest.mark.parametrize("path", ["/map.svg", "/forest.svg?outcome=incidence-of-chronic-gvhd"])
def test_a_picture_is_taken_away_as_a_file_that_stands_alone(site: str, path: str) -> None:
    answer = get(site, path)
    assert (answer.headers["Content-Type"], "attachment" in answer.headers["Content-Disposition"]) == ("image/svg+xml", True)
    assert "<style>" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/forest?outcome=survivall", 400, "Did you mean"),
        ("/forest?outcome=overall+survival&cell=nonsense", 400, "no cell named"),
        ("/map?setting=moon", 404, "No setting"),
    ],
)
def test_what_is_not_known_is_told(site: str, path: str, status: int, said: str) -> None:
    answer = get(site, path)
    assert (answer.status_code, said in html.document_fromstring(answer.text).text_content()) == (status, True)


# ------------------------------------------------------------ a paper


def test_a_withdrawn_paper_says_so_first(site: str) -> None:
    page = html.document_fromstring(get(site, "/paper/pmid-101").text)
    first = page.xpath("//main/*")[0]
    assert (first.get("role"), first.text_content().strip().startswith("RETRACTED")) == ("alert", True)


def test_a_paper_shows_its_text_with_the_sentences_of_its_findings_or_else_these_alone(site: str) -> None:
    page = html.document_fromstring(get(site, "/paper/pmid-102").text)
    said = page.xpath("//p[@class='abstract']//span[@class='said'] | //ol[@class='quotes']//q")
    assert any("fell from 49% to 27.4%" in each.text_content() for each in said)


def test_a_finding_leads_to_its_place_on_its_papers_page(site: str) -> None:
    answer = get(site, "/finding/pmid-101/71-147-1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/paper/pmid-101#71-147-1")
    page = html.document_fromstring(get(site, "/paper/pmid-101").text)
    assert len(page.xpath("//*[@id='71-147-1']")) == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own, when it reads JSON-LD
@pytest.mark.parametrize(("form", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_the_data_of_a_paper_is_taken_away_as_a_file(site: str, form: str, parser: str) -> None:
    answer = get(site, f"/data/{form}/paper/pmid-101")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(rdflib.Graph().parse(data=answer.text, format=parser)) > 50


@pytest.mark.parametrize(
    ("places", "cut"),
    [
        ({}, [("abcdef", ())]),
        ({(0, 6): [1]}, [("abcdef", (1,))]),
        ({(2, 4): [1, 2]}, [("ab", ()), ("cd", (1, 2)), ("ef", ())]),
        ({(0, 4): [1], (2, 6): [2]}, [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]),
    ],
)
def test_the_text_is_cut_where_evidence_begins_and_ends(places: dict, cut: list) -> None:
    assert [(each.text, each.findings) for each in stretches("abcdef", places)] == cut
