"""The endpoint as clients see it: the query operation of the SPARQL 1.1 Protocol, and clients that nobody here wrote."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
import requests
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper
from web_world import build_store, serving

from kg.web import Limits
from kg.web.refusals import NO_SERVICE, READ_ONLY

GG = "https://w3id.org/graftgraph/ontology/"
PAPERS = f"SELECT ?paper {{ GRAPH ?g {{ ?paper a <{GG}Paper> }} }} ORDER BY ?paper"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SERVICE = "SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GRAPH = "https://w3id.org/graftgraph/graph/paper/pmid-101"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = build_store(tmp_path_factory.mktemp("sparql") / "store")
    with serving(store, limits=Limits(time_s=3, rows=2000), cors=True) as address:
        yield f"{address}/sparql"


def rows(answer: requests.Response) -> int:
    assert answer.status_code == 200, answer.text
    return len(answer.json()["results"]["bindings"])


# ------------------------------------------------------------ the protocol's three ways (2.1.1 to 2.1.3)


def test_query_by_get(endpoint: str) -> None:
    assert rows(requests.get(endpoint, params={"query": PAPERS}, timeout=30)) == 2


def test_query_by_posted_form(endpoint: str) -> None:
    assert rows(requests.post(endpoint, data={"query": PAPERS}, timeout=30)) == 2


def test_query_by_post_of_the_query_itself(endpoint: str) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8"}
    assert rows(requests.post(endpoint, data=PAPERS.encode(), headers=headers, timeout=30)) == 2


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_the_dataset_of_the_protocol(endpoint: str, how: str) -> None:
    query = "SELECT * { ?s a <https://w3id.org/graftgraph/ontology/Paper> }"
    dataset = [("default-graph-uri", GRAPH)]
    match how:
        case "get":
            answer = requests.get(endpoint, params=[("query", query), *dataset], timeout=30)
        case "form":
            answer = requests.post(endpoint, data=[("query", query), *dataset], timeout=30)
        case _:
            headers = {"Content-Type": "application/sparql-query"}
            answer = requests.post(endpoint, params=dataset, data=query, headers=headers, timeout=30)
    assert rows(answer) == 1


def test_named_graphs_of_the_protocol(endpoint: str) -> None:
    asked = [("query", PAPERS), ("named-graph-uri", GRAPH)]
    assert rows(requests.get(endpoint, params=asked, timeout=30)) == 1
    assert rows(requests.get(endpoint, params=[*asked, ("named-graph-uri", GRAPH.replace("101", "102"))], timeout=30)) == 2


def test_without_a_dataset_the_default_graph_is_the_union(endpoint: str) -> None:
    assert rows(requests.get(endpoint, params={"query": f"SELECT * {{ ?s a <{GG}Paper> }}"}, timeout=30)) == 2


# ------------------------------------------------------------ forms


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/turtle;q=0.9, text/csv;q=0.5", "text/csv"),
    ],
)
def test_a_table_comes_in_the_form_asked_for(endpoint: str, accept: str | None, media_type: str) -> None:
    answer = requests.get(endpoint, params={"query": PAPERS}, headers={"Accept": accept}, timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, media_type)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own, when it reads a form with graphs
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ],
)
def test_a_graph_comes_in_the_form_asked_for_and_rdflib_reads_it(endpoint: str, accept: str, form: str) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    answer = requests.get(endpoint, params={"query": query}, headers={"Accept": accept}, timeout=30)
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, accept)
    size = rows(requests.get(endpoint, params={"query": f"SELECT * {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"}, timeout=30))
    # A Dataset, since two of the forms have graphs.
    assert len(list(rdflib.Dataset(default_union=True).parse(data=answer.content, format=form).triples((None, None, None)))) == size


def test_a_yes_or_no_is_answered(endpoint: str) -> None:
    assert requests.get(endpoint, params={"query": f"ASK {{ ?s a <{GG}Paper> }}"}, timeout=30).json()["boolean"] is True
    assert requests.get(endpoint, params={"query": f"ASK {{ ?s a <{GG}Nothing> }}"}, timeout=30).json()["boolean"] is False


# ------------------------------------------------------------ refusals and faults


@pytest.mark.parametrize(
    ("request_of", "status", "said"),
    [
        (lambda e: requests.get(e, params={"query": "SELECT ?s {"}, timeout=30), 400, "error at 1:"),
        (lambda e: requests.get(e, params={"other": "1"}, timeout=30), 400, "one parameter named query"),
        (lambda e: requests.get(e, params=[("query", PAPERS), ("query", PAPERS)], timeout=30), 400, "one query, not several"),
        (lambda e: requests.post(e, data=b"\xff\xfe", headers={"Content-Type": "application/sparql-query"}, timeout=30), 400, "not UTF-8"),
        (lambda e: requests.post(e, data={"update": "DROP ALL"}, timeout=30), 403, READ_ONLY),
        (lambda e: requests.post(e, data="DROP ALL", headers={"Content-Type": "application/sparql-update"}, timeout=30), 403, READ_ONLY),
        (lambda e: requests.get(e, params={"query": "LOAD <http://127.0.0.1:9/x>"}, timeout=30), 403, READ_ONLY),
        (lambda e: requests.get(e, params={"query": SERVICE}, timeout=30), 403, NO_SERVICE),
        (lambda e: requests.get(e, params={"query": PAPERS}, headers={"Accept": "image/png"}, timeout=30), 406, "Ask for one of"),
        (lambda e: requests.post(e, data="x", headers={"Content-Type": "text/plain"}, timeout=30), 415, "POST a form"),
        (lambda e: requests.post(e, data={"query": "#" * 1_100_000}, timeout=30), 413, "more than 1000000 bytes"),
        (lambda e: requests.get(e, params={"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }"}, timeout=30), 422, "more than 2000 rows"),
        (lambda e: requests.get(e, params={"query": RUNAWAY}, timeout=30), 504, "longer than 3 s"),
        (lambda e: requests.get(e, params=[("query", PAPERS), ("default-graph-uri", "no iri")], timeout=30), 400, "no iri"),
        (lambda e: requests.put(e, timeout=30), 405, "cannot be done"),
    ],
)  # fmt: skip
def test_what_is_refused_or_wrong_is_told_with_its_status(endpoint: str, request_of, status: int, said: str) -> None:
    answer = request_of(endpoint)
    assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_the_endpoint_describes_itself(endpoint: str) -> None:
    answer = requests.get(endpoint, headers={"Accept": "text/turtle"}, timeout=30)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    assert set(graph.subjects(sd.supportedLanguage, sd.SPARQL11Query)) == {rdflib.URIRef(endpoint)}
    assert set(graph.objects(None, sd.endpoint)) == {rdflib.URIRef(endpoint)}
    assert len(set(graph.objects(None, sd.resultFormat))) == 10


def test_a_persons_browser_is_led_to_the_page_with_its_query(endpoint: str) -> None:
    for parameters, place in (({}, "/query"), ({"query": PAPERS}, f"/query?{urlencode({'query': PAPERS})}")):
        answer = requests.get(endpoint, params=parameters, headers={"Accept": BROWSER}, timeout=30, allow_redirects=False)
        assert (answer.status_code, answer.headers["Location"]) == (303, place)


def test_pages_of_other_sites_may_read_it_where_that_is_switched_on(endpoint: str, tmp_path: Path) -> None:
    origin = {"Origin": "https://x.example"}
    assert requests.get(endpoint, params={"query": PAPERS}, headers=origin, timeout=30).headers["Access-Control-Allow-Origin"] == "*"
    with serving(build_store(tmp_path / "store")) as address:
        answer = requests.get(f"{address}/sparql", params={"query": PAPERS}, headers=origin, timeout=30)
        assert "Access-Control-Allow-Origin" not in answer.headers


# ------------------------------------------------------------ clients that nobody here wrote


def test_sparqlwrapper_asks_it(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint)
    client.setQuery(PAPERS)
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 2
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().count("\r\n") == 3
    client.setQuery("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 5")
    client.setReturnFormat(TURTLE)
    client.setMethod("POST")
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 5


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_it_as_a_store(endpoint: str, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint, method=method))
    assert len(list(graph.query(PAPERS))) == 2
    assert len(list(graph.triples((None, rdflib.RDF.type, rdflib.URIRef(GG + "Paper"))))) == 2


def test_curl_asks_it(endpoint: str) -> None:
    done = subprocess.run(["curl", "-sS", "--data-urlencode", f"query={PAPERS}", endpoint], capture_output=True, check=True)
    assert len(json.loads(done.stdout)["results"]["bindings"]) == 2
