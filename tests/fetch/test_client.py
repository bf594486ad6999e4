"""One question over a real socket: asked again as often as it makes sense, and an error that says why where it does not."""

import logging
from collections.abc import Callable

import pytest
import requests
from fetch_world import burst
from pytest_httpserver import HTTPServer
from werkzeug import Request as ServerRequest
from werkzeug import Response

from kg.errors import FetchError, RefusedError
from kg.fetch.client import Client, Request
from kg.fetch.patience import Patience

MakeClient = Callable[..., Client]


def all_is_well(_body: bytes) -> None:
    return None


def asked(server: HTTPServer) -> Request:
    return Request(server.url_for("/tool"), {"term": "msc"}, "POST")


def test_two_failures_and_an_answer_are_three_requests(httpserver: HTTPServer, make_client: MakeClient, pauses: list[float]) -> None:
    httpserver.expect_ordered_request("/tool").respond_with_data("busy", status=503)
    httpserver.expect_ordered_request("/tool").respond_with_data("busy", status=502)
    httpserver.expect_ordered_request("/tool").respond_with_data("papers")
    assert make_client().ask(asked(httpserver), check=all_is_well) == b"papers"
    assert len(httpserver.log) == 3
    assert pauses == [1.0, 2.0]
    httpserver.check()


def test_a_burst_of_429_waits_as_long_as_the_service_says(httpserver: HTTPServer, make_client: MakeClient, pauses: list[float]) -> None:
    for _ in range(3):
        httpserver.expect_ordered_request("/tool").respond_with_data("slower", status=429, headers={"Retry-After": "9"})
    httpserver.expect_ordered_request("/tool").respond_with_data("papers")
    assert make_client().ask(asked(httpserver), check=all_is_well) == b"papers"
    assert pauses == [9.0, 9.0, 9.0]


def test_who_wants_more_patience_than_minutes_gets_none(httpserver: HTTPServer, make_client: MakeClient, pauses: list[float]) -> None:
    httpserver.expect_request("/tool").respond_with_data("closed", status=503, headers={"Retry-After": "86400"})
    with pytest.raises(FetchError, match=r"answered 503: closed \(wants 86400 s of patience\)"):
        make_client().ask(asked(httpserver), check=all_is_well)
    assert pauses == []


def test_the_last_failure_is_the_error(httpserver: HTTPServer, make_client: MakeClient, pauses: list[float]) -> None:
    httpserver.expect_request("/tool").respond_with_data("<h1>out of order</h1>", status=500)
    with pytest.raises(FetchError, match=r"/tool: answered 500: <h1>out of order</h1> \(3 requests\)\. Run the same command later"):
        make_client(patience=Patience(requests=3)).ask(asked(httpserver), check=all_is_well)
    assert len(httpserver.log) == 3
    assert pauses == [1.0, 2.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 301])
def test_what_is_refused_is_not_asked_again(status: int, httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_request("/tool").respond_with_data("no", status=status, headers={"Location": "/elsewhere"})
    with pytest.raises(RefusedError, match=f"answered {status}: no"):
        make_client().ask(asked(httpserver), check=all_is_well)
    assert len(httpserver.log) == 1


def test_an_answer_that_fails_its_check_is_asked_for_again(httpserver: HTTPServer, make_client: MakeClient) -> None:
    httpserver.expect_ordered_request("/tool").respond_with_data("half")
    httpserver.expect_ordered_request("/tool").respond_with_data("whole")
    body = make_client().ask(asked(httpserver), check=lambda body: None if body == b"whole" else "answered half")
    assert body == b"whole"
    assert len(httpserver.log) == 2


def test_a_body_that_comes_byte_by_byte_is_cut_off_at_the_deadline(server: HTTPServer, make_client: MakeClient) -> None:
    from fetch_world import FakeServices, make_papers

    world = FakeServices(make_papers(30), faults=burst("slow", range(2)))
    world.install(server)
    request = Request(server.url_for("/entrez/eutils/esearch.fcgi"), {"term": "stromal", "retmax": "100"}, "POST")
    assert make_client(timeout_s=0.3).ask(request, check=all_is_well).endswith(b"</eSearchResult>")
    assert world.tools() == ["esearch"] * 3


def test_no_answer_in_time_is_an_error_that_says_so(server: HTTPServer, make_client: MakeClient) -> None:
    from fetch_world import FakeServices, make_papers

    FakeServices(make_papers(30), faults=burst("slow", range(9))).install(server)
    request = Request(server.url_for("/entrez/eutils/esearch.fcgi"), {"term": "stromal", "retmax": "100"}, "POST")
    with pytest.raises(FetchError, match=r"did not answer within 0\.1 s \(2 requests\)"):
        make_client(timeout_s=0.1, patience=Patience(requests=2)).ask(request, check=all_is_well)


@pytest.mark.parametrize("fault", ["reset", "cut_connection"])
def test_a_broken_connection_is_tried_again(fault: str, server: HTTPServer, make_client: MakeClient) -> None:
    from fetch_world import FakeServices, make_papers

    world = FakeServices(make_papers(3), faults=burst(fault, range(2)))
    world.install(server)
    request = Request(server.url_for("/entrez/eutils/esearch.fcgi"), {"term": "stromal", "retmax": "100"}, "POST")
    assert make_client().ask(request, check=all_is_well).endswith(b"</eSearchResult>")
    assert len(world.asked) == 3


def test_nobody_there_is_an_error_without_the_parameters(make_client: MakeClient) -> None:
    client = make_client(patience=Patience(requests=1), identity={"api_key": "k-123"})
    with pytest.raises(FetchError, match="Connection refused") as failed:
        client.ask(Request("http://localhost:9/tool", {"term": "msc"}), check=all_is_well)
    assert "k-123" not in str(failed.value)


def test_an_address_that_is_none_is_not_tried_again(make_client: MakeClient, pauses: list[float]) -> None:
    with pytest.raises(FetchError, match=r"nowhere: cannot be asked: MissingSchema\. Mend the address in the settings"):
        make_client().ask(Request("nowhere", {}), check=all_is_well)
    assert pauses == []


def test_a_gzipped_answer_is_unpacked(httpserver: HTTPServer, make_client: MakeClient) -> None:
    import gzip

    packed = gzip.compress(b"papers " * 50_000)
    httpserver.expect_request("/tool").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    assert make_client().ask(asked(httpserver), check=all_is_well) == b"papers " * 50_000


def test_a_chunked_answer_is_read_whole(httpserver: HTTPServer, make_client: MakeClient) -> None:
    def chunks(_request: ServerRequest) -> Response:
        return Response((b"papers " * 1000 for _ in range(40)), headers={"Transfer-Encoding": "chunked"})

    httpserver.expect_request("/tool").respond_with_handler(chunks)
    body = make_client().ask(asked(httpserver), check=all_is_well)
    assert body.count(b"papers") == 40_000


def test_who_asks_is_always_said_and_the_key_shown_nowhere(
    httpserver: HTTPServer, make_client: MakeClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    httpserver.expect_request("/tool").respond_with_data('{"error":"API key invalid","api-key":"k-123"}', status=429)
    client = make_client(
        patience=Patience(requests=2), identity={"tool": "graftgraph", "email": "moro@example.org", "api_key": "k-123"}, secrets=("k-123",)
    )
    with pytest.raises(FetchError) as failed:
        client.ask(asked(httpserver), check=all_is_well)
    for request, _ in httpserver.log:
        assert request.form.to_dict() == {"term": "msc", "tool": "graftgraph", "email": "moro@example.org", "api_key": "k-123"}
        assert request.query_string == b""
    assert "[hidden]" in str(failed.value)
    assert "k-123" not in str(failed.value) + caplog.text + repr(client)


def test_a_refusal_of_the_check_hides_the_key_too(httpserver: HTTPServer, make_client: MakeClient) -> None:
    def check(_body: bytes) -> str | None:
        raise RefusedError("answered: no such key k-123")

    httpserver.expect_request("/tool").respond_with_data("papers")
    with pytest.raises(RefusedError, match=r"no such key \[hidden\]"):
        make_client(secrets=("k-123",)).ask(asked(httpserver), check=check)


def test_connections_are_given_back(httpserver: HTTPServer, make_client: MakeClient, session: requests.Session) -> None:
    httpserver.expect_request("/tool").respond_with_data("papers")
    client = make_client()
    for _ in range(15):
        client.ask(asked(httpserver), check=all_is_well)
    pools = session.get_adapter("http://").poolmanager.pools  # type: ignore[attr-defined]
    assert len(pools) == 1
