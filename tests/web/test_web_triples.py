"""The graph that a query makes, in the explorer."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
import requests
from lxml import html
from rdf_world import vocabulary
from web_world import build_store, serving

from kg.web.triples import find_picture, read_triples

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
GGV, PAPER = "https://w3id.org/graftgraph/vocabulary/", "https://w3id.org/graftgraph/paper/"
STUDY = "https://w3id.org/graftgraph/study/pmid-102"
QUERY = f"DESCRIBE <{STUDY}>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_store(tmp_path_factory.mktemp("triples") / "store")) as address:
        yield address


def get(site: str, path: str) -> requests.Response:
    return requests.get(site + path, headers=BROWSER, timeout=30)


def written(*triples: str) -> bytes:
    return "".join(f"{each} .\n" for each in triples).encode()


def test_things_ties_and_literals_are_told_apart() -> None:
    content = written(
        f"<{PAPER}pmid-1> <http://x.example/on> <{GGV}mesenchymal-stromal-cell>",
        f'<{PAPER}pmid-1> <http://x.example/says> "<b>"',
        "_:b <http://x.example/on> <http://x.example/y>",
    )
    picture = find_picture(read_triples(content), {f"{PAPER}pmid-1": "Moro 2019"}, vocabulary())
    assert {(each.label, each.kind, each.node) for each in picture.things} == {
        ("Moro 2019", "paper", "paper:pmid-1"),
        ("ggv:mesenchymal-stromal-cell", "cell", "cell:mesenchymal-stromal-cell"),
    }
    assert [each.facts for each in picture.things if each.kind == "paper"] == [(("http://x.example/says", "<b>"),)]
    assert [(each.source, each.target) for each in picture.ties] == [(f"{PAPER}pmid-1", f"{GGV}mesenchymal-stromal-cell")]


def test_of_many_things_those_with_most_ties_are_drawn_and_none_lies_on_another() -> None:
    content = written(*(f"<http://x.example/{number}> <http://x.example/p> <http://x.example/hub>" for number in range(600)))
    picture = find_picture(read_triples(content), {}, vocabulary())
    assert (len(picture.things), picture.left_out) == (400, 201)
    assert "http://x.example/hub" in picture.points
    assert len(set(picture.points.values())) == 400
    assert len(picture.ties) == 399
    assert find_picture(read_triples(content), {}, vocabulary()) == picture


def test_a_query_that_makes_a_graph_leads_to_its_picture(site: str) -> None:
    page = html.document_fromstring(get(site, f"/query?query={quote(QUERY)}").text)
    [address] = page.xpath("//a[text()='Open in the explorer']/@href")
    shown = html.document_fromstring(get(site, address).text)
    assert shown.xpath("//svg//rect")
    assert "study/pmid-102" in shown.xpath("string(//ul[@class='nodes'])")
    assert html.document_fromstring(get(site, "/query").text).xpath("//a[text()='Open in the explorer']") == []


def test_a_chosen_thing_shows_what_is_stated_of_it(site: str) -> None:
    page = html.document_fromstring(get(site, f"/explore/query?query={quote(QUERY)}&s={quote(STUDY)}").text)
    facts = page.xpath("string(//section[@id='panel'])")
    assert "61" in facts and "randomized" in facts.lower()
    assert page.xpath("//section[@id='panel']//a[@href='/study/pmid-102']")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT 1", 400, "makes a table"),
        ("DESCRIBE", 400, ""),
        ("DROP ALL", 400, "read only"),
        ("CONSTRUCT { ?s ?p ?o } { FILTER(false) }", 200, "no triple"),
    ],
)
def test_what_makes_no_picture_is_told(site: str, query: str, status: int, said: str) -> None:
    answer = get(site, f"/explore/query?query={quote(query)}")
    assert (answer.status_code, said in html.document_fromstring(answer.text).text_content()) == (status, True)


def test_the_picture_is_taken_away_as_a_file(site: str) -> None:
    answer = get(site, f"/explore/query.svg?query={quote(QUERY)}")
    assert (answer.headers["Content-Type"], "<style>" in answer.text) == ("image/svg+xml", True)
