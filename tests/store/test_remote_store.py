"""What a server may answer instead of an answer."""

import threading
from collections.abc import Iterator

import pytest
import requests
from pyoxigraph import Literal, NamedNode
from pytest_httpserver import HTTPServer
from store_world import finding, paper
from werkzeug import Request, Response

from kg.errors import QueryError, StoreError
from kg.store import RemoteStore, Server, Statements, oxigraph_server, virtuoso_server

SELECT = "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"
JSON = "application/sparql-results+json"
EMPTY = '{"head": {"vars": ["s", "p", "o"]}, "results": {"bindings": []}}'


@pytest.fixture
def store(httpserver: HTTPServer) -> Iterator[RemoteStore]:
    with requests.Session() as session:
        yield RemoteStore(oxigraph_server(httpserver.url_for("")), session=session, timeout_s=0.5)


def test_a_failed_query_gives_status_and_body(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_ordered_request("/query", method="POST").respond_with_data("out of\n  memory", status=503)
    with pytest.raises(StoreError, match="503: out of memory") as caught:
        store.query(SELECT)
    assert caught.value.location == httpserver.url_for("/query")


def test_a_failed_update_gives_status_and_body(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_request("/query").respond_with_data(EMPTY, content_type=JSON)
    httpserver.expect_request("/update").respond_with_data("read only", status=403)
    with pytest.raises(StoreError, match="403: read only"):
        store.add_paper("p1", paper("p1", finding()).quads)


def test_an_error_without_a_body_gives_its_reason(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_request("/query").respond_with_data("", status=502)
    with pytest.raises(StoreError, match="502: BAD GATEWAY"):
        store.query(SELECT)


def test_a_long_body_is_cut(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_request("/query").respond_with_data("x" * 10_000, status=500)
    with pytest.raises(StoreError) as caught:
        store.query(SELECT)
    assert 300 < len(caught.value.message) < 500


def test_a_bad_query_is_a_query_error(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_request("/query").respond_with_data("error at 1:1", status=400)
    with pytest.raises(QueryError, match="SELEC: is refused: error at 1:1"):
        store.query("SELEC\n *")


def test_an_answer_that_is_cut_is_an_error(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_request("/query").respond_with_data(EMPTY, content_type=JSON, headers={"X-SPARQL-MaxRows": "10000"})
    with pytest.raises(StoreError, match="cut the answer at 10000 rows"):
        store.query(SELECT)


@pytest.mark.parametrize("body", ["<html>Welcome</html>", '{"head": {', ""])
def test_what_is_no_result_is_an_error(httpserver: HTTPServer, store: RemoteStore, body: str) -> None:
    httpserver.expect_request("/query").respond_with_data(body, content_type="text/html")
    with pytest.raises(StoreError, match="no result"):
        store.query(SELECT)


def test_a_server_that_is_not_there_is_named() -> None:
    with requests.Session() as session, pytest.raises(StoreError, match="cannot be reached") as caught:
        RemoteStore(oxigraph_server("http://127.0.0.1:9"), session=session).query(SELECT)
    assert caught.value.location == "http://127.0.0.1:9/query"


def test_a_server_that_is_slow_is_given_up(httpserver: HTTPServer) -> None:
    is_given_up = threading.Event()

    def wait(_: Request) -> Response:
        is_given_up.wait(timeout=10)
        return Response(EMPTY, content_type=JSON)

    httpserver.expect_request("/query").respond_with_handler(wait)
    with requests.Session() as session:
        store = RemoteStore(oxigraph_server(httpserver.url_for("")), session=session, timeout_s=0.05)
        with pytest.raises(StoreError, match=r"did not answer within 0\.05 s"):
            store.query(SELECT)
        is_given_up.set()


@pytest.mark.parametrize(
    "sparql",
    [
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "# SELECT\nPREFIX select: <urn:ASK#>\n base <urn:x>\n describe <urn:a>",
        "PREFIX : <urn:a> construct{?s ?p ?o}where{?s ?p ?o}",
    ],
)
def test_triples_are_asked_for_where_the_query_builds_them(httpserver: HTTPServer, store: RemoteStore, sparql: str) -> None:
    httpserver.expect_request("/query", headers={"Accept": "application/n-triples"}).respond_with_data("<urn:a> <urn:b> <urn:c> .")
    answer = store.query(sparql)
    assert isinstance(answer, Statements)
    assert len(answer.triples) == 1


@pytest.mark.parametrize("sparql", ["SELECT ?construct {}", "PREFIX construct: <urn:a>\nASK {}", "# CONSTRUCT\nSELECT ?s {}"])
def test_tables_are_asked_for_elsewhere(httpserver: HTTPServer, store: RemoteStore, sparql: str) -> None:
    httpserver.expect_request("/query", headers={"Accept": JSON}).respond_with_data(EMPTY, content_type=JSON)
    assert store.select(sparql).rows == ()


def test_the_session_that_is_given_is_used_and_stays_open(httpserver: HTTPServer) -> None:
    seen: list[str | None] = []

    def answer(request: Request) -> Response:
        seen.append(request.headers.get("Authorization"))
        return Response(EMPTY, content_type=JSON)

    httpserver.expect_request("/query").respond_with_handler(answer)
    with requests.Session() as session:
        session.headers["Authorization"] = "Bearer key"
        with RemoteStore(oxigraph_server(httpserver.url_for("")), session=session) as store:
            assert store.paper_ids() == ()
        assert session.get(httpserver.url_for("/query"), timeout=5).ok
    assert seen == ["Bearer key", "Bearer key"]


def test_a_count_without_a_number_is_an_error(httpserver: HTTPServer, store: RemoteStore) -> None:
    body = '{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "uri", "value": "urn:a"}}]}}'
    httpserver.expect_request("/query").respond_with_data(body, content_type=JSON)
    with pytest.raises(StoreError, match="without a number"):
        store.count()


def test_a_graph_that_is_no_ntriples_is_an_error(httpserver: HTTPServer, store: RemoteStore) -> None:
    httpserver.expect_request("/query").respond_with_data(EMPTY, content_type=JSON)
    httpserver.expect_request("/store").respond_with_data("<html>")
    with pytest.raises(StoreError, match="no N-Triples"):
        store.dump()


def test_a_datatype_that_a_server_spoils_is_sent_as_words(httpserver: HTTPServer) -> None:
    duration = "http://www.w3.org/2001/XMLSchema#duration"
    sent: list[str] = []

    def keep(request: Request) -> Response:
        sent.append(request.get_data(as_text=True))
        return Response("")

    httpserver.expect_request("/query").respond_with_data(EMPTY, content_type=JSON)
    httpserver.expect_request("/update").respond_with_handler(keep)
    urls = [httpserver.url_for(path) for path in ("/query", "/update", "/store")]
    given = paper("p1", finding(timepoint="P2Y"))
    assert Literal("P2Y", datatype=NamedNode(duration)) in {quad.object for quad in given.quads}
    with requests.Session() as session:
        RemoteStore(Server(*urls, spoils=frozenset({duration})), session=session).add_paper("p1", given.quads)
    assert len(sent) == 1
    assert '"P2Y" .' in sent[0]
    assert duration not in sent[0]


def test_virtuoso_listens_at_the_addresses_that_ask_for_a_password() -> None:
    server = virtuoso_server("http://example.org:8890/")
    assert server.query_url == "http://example.org:8890/sparql-auth"
    assert server.graph_store_url == "http://example.org:8890/sparql-graph-crud-auth"
    assert server.portion == 1000
