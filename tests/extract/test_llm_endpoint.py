"""What an endpoint may do instead of answering."""

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import requests
from llm_world import PATH, build, completion, engine, found, paper
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kg.errors import ExtractionError, SettingsError

KEY = "sk-local-0123456789"
PAGE = "<html><body>\n<h1>Please sign in</h1></body></html>"


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as each:
        yield each


@pytest.fixture
def slow_server() -> Iterator[tuple[HTTPServer, threading.Event]]:
    """A server that answers several at once, and what lets its handlers go."""
    release = threading.Event()
    with HTTPServer(threaded=True) as server:
        yield server, release
        release.set()


def refuse(httpserver: HTTPServer, status: int, headers: dict[str, str] | None = None) -> None:
    httpserver.expect_ordered_request(PATH, method="POST").respond_with_data("busy", status=status, headers=headers)


def answer(httpserver: HTTPServer, *findings: dict[str, str | None]) -> None:
    httpserver.expect_ordered_request(PATH, method="POST").respond_with_data(completion(*findings), content_type="application/json")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_two_refusals_for_now_and_an_answer_are_three_requests(httpserver: HTTPServer, session: requests.Session, status: int) -> None:
    refuse(httpserver, status)
    refuse(httpserver, status)
    answer(httpserver, found())
    pauses: list[float] = []
    extraction, report = engine(httpserver, session=session, pauses=pauses).extract_with_report(paper())
    assert len(extraction.findings) == 1
    assert report.requests == 3
    assert len(httpserver.log) == 3
    assert pauses == [1.0, 2.0]
    assert len({request.get_data() for request, _ in httpserver.log}) == 1


def test_after_the_last_retry_the_refusal_is_the_error(httpserver: HTTPServer, session: requests.Session) -> None:
    httpserver.expect_request(PATH).respond_with_data("all\n busy", status=429)
    pauses: list[float] = []
    with pytest.raises(ExtractionError, match=r"answered 429: all busy \(3 requests\)") as caught:
        engine(httpserver, session=session, pauses=pauses, retries=2).extract(paper())
    assert (caught.value.location, caught.value.record) == (httpserver.url_for(PATH), "pmid-1")
    assert len(httpserver.log) == 3
    assert pauses == [1.0, 2.0]


def test_pauses_double_up_to_a_minute(httpserver: HTTPServer, session: requests.Session) -> None:
    httpserver.expect_request(PATH).respond_with_data("busy", status=503)
    pauses: list[float] = []
    with pytest.raises(ExtractionError, match="9 requests"):
        engine(httpserver, session=session, pauses=pauses, retries=8).extract(paper())
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]


@pytest.mark.parametrize(
    ("headers", "pause_s"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "Wed, 01 Jan 2025 00:00:00 GMT"}, 0.0),
        ({"Retry-After": "soon"}, 1.0),
        ({"Retry-After": "-5"}, 1.0),
    ],
)
def test_the_endpoint_says_how_long_to_wait(
    httpserver: HTTPServer, session: requests.Session, headers: dict[str, str], pause_s: float
) -> None:
    refuse(httpserver, 429, headers)
    answer(httpserver)
    pauses: list[float] = []
    engine(httpserver, session=session, pauses=pauses).extract(paper())
    assert pauses == [pause_s]


def test_the_endpoint_says_until_when_to_wait(httpserver: HTTPServer, session: requests.Session) -> None:
    # The server writes the date of its answer itself.
    refuse(httpserver, 429, {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)})
    answer(httpserver)
    pauses: list[float] = []
    engine(httpserver, session=session, pauses=pauses).extract(paper())
    assert pauses == [pytest.approx(100, abs=5)]


def test_an_endpoint_that_closes_for_an_hour_is_an_error(httpserver: HTTPServer, session: requests.Session) -> None:
    refuse(httpserver, 429, {"Retry-After": "3600"})
    pauses: list[float] = []
    with pytest.raises(ExtractionError, match=r"429: busy \(wants 3600 s of patience\)"):
        engine(httpserver, session=session, pauses=pauses).extract(paper())
    assert pauses == []


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (200, PAGE, "answered 200 with what is no chat completion: <html><body> <h1>Please sign in</h1></body></html>"),
        (200, '{"choices": []}', 'no chat completion: {"choices": \\[\\]}'),
        (200, '{"error": {"message": "no such model"}}', "no chat completion: .*no such model"),
        (200, "", "no chat completion: no words"),
        (200, completion(content='{"findings": [{"evidence_quote": "Ove'), "answered 200 with findings out of form: Invalid JSON"),
        (200, completion(content='{"findings": [', finish_reason="length"), "answered 200 with words cut off at its token limit"),
        (200, completion(content=""), r"answered 200 without words \(finish reason stop\)"),
        (200, '{"choices": [{"message": {"content": null}, "finish_reason": "content_filter"}]}', "finish reason content_filter"),
        (200, '{"choices": [{"message": {"content": null, "refusal": "I will\\n not"}}]}', "answered 200 and refused: I will not"),
        (200, completion(content="There are no findings."), "out of form: Invalid JSON"),
        (200, completion(found(direction="better")), "out of form: findings.0.direction: Input should be 'increased'"),
        (200, completion(found(kind="miracle")), "out of form: findings.0.kind"),
        (200, completion(found(significance="very")), "out of form: findings.0.significance"),
        (200, completion(found(), found(verdict="cured")), "out of form: findings.1.verdict: Extra inputs"),
        (200, completion({"evidence_quote": "x"}), "out of form: findings.0.outcome_quote: Field required"),
        (200, completion(content='{"findings": null}'), "out of form: findings: "),
        (400, '{"error": "temperature is not supported"}', "answered 400: .*temperature is not supported"),
        (401, "who are you", "answered 401: who are you"),
        (404, "", "answered 404: no words"),
        (302, "over there", "answered 302: over there"),
    ],
)
def test_what_is_no_answer_is_an_error_at_once(
    httpserver: HTTPServer, session: requests.Session, status: int, body: str, message: str
) -> None:
    headers = {"Location": "/elsewhere"} if status == 302 else None
    httpserver.expect_request(PATH).respond_with_data(body, status=status, headers=headers)
    with pytest.raises(ExtractionError, match=message) as caught:
        engine(httpserver, session=session).extract(paper())
    assert caught.value.record == "pmid-1"
    assert len(httpserver.log) == 1


def test_a_long_page_is_cut(httpserver: HTTPServer, session: requests.Session) -> None:
    httpserver.expect_request(PATH).respond_with_data("x" * 10_000, status=400)
    with pytest.raises(ExtractionError) as caught:
        engine(httpserver, session=session).extract(paper())
    assert 400 < len(caught.value.message) < 450


def test_no_answer_in_time_is_asked_for_again(slow_server: tuple[HTTPServer, threading.Event], session: requests.Session) -> None:
    server, release = slow_server

    def wait(_: Request) -> Response:
        release.wait(10)
        return Response("late")

    server.expect_request(PATH).respond_with_handler(wait)
    pauses: list[float] = []
    with pytest.raises(ExtractionError, match=r"did not answer within 0.2 s \(2 requests\)"):
        engine(server, session=session, pauses=pauses, timeout_s=0.2, retries=1).extract(paper())
    assert pauses == [1.0]


def test_a_server_that_only_sends_blanks_runs_out_of_time(
    slow_server: tuple[HTTPServer, threading.Event], session: requests.Session
) -> None:
    server, release = slow_server

    def keep_alive(_: Request) -> Response:
        return Response(b" " for _ in iter(lambda: release.wait(0.02), True))

    server.expect_request(PATH).respond_with_handler(keep_alive)
    with pytest.raises(ExtractionError, match=r"did not answer within 0.3 s"):
        engine(server, session=session, timeout_s=0.3, retries=0).extract(paper())


def test_an_answer_that_stops_half_way_runs_out_of_time(slow_server: tuple[HTTPServer, threading.Event], session: requests.Session) -> None:
    server, release = slow_server

    def stall(_: Request) -> Response:
        def parts() -> Iterator[bytes]:
            yield b'{"choices": '
            release.wait(10)

        return Response(parts())

    server.expect_request(PATH).respond_with_handler(stall)
    with pytest.raises(ExtractionError, match=r"did not answer within 0.2 s"):
        engine(server, session=session, timeout_s=0.2, retries=0).extract(paper())


def test_nobody_at_the_address_is_an_error(session: requests.Session) -> None:
    with HTTPServer() as server:
        pass
    with pytest.raises(ExtractionError, match="cannot be reached") as caught:
        engine(server, session=session).extract(paper())
    assert caught.value.remedy == "Is the server running at this address?"


def test_an_endless_answer_is_an_error(httpserver: HTTPServer, session: requests.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.extract.llm.endpoint._MOST_BYTES", 1000)
    httpserver.expect_request(PATH).respond_with_data("x" * 2000)
    with pytest.raises(ExtractionError, match="answered 200 with more than 1000 bytes"):
        engine(httpserver, session=session).extract(paper())


def test_the_key_is_sent_and_shown_nowhere(httpserver: HTTPServer, session: requests.Session, caplog: pytest.LogCaptureFixture) -> None:
    refuse(httpserver, 503)
    httpserver.expect_ordered_request(PATH).respond_with_data(f"wrong key: {KEY}", status=401)
    extractor = engine(httpserver, session=session, api_key=KEY)
    with caplog.at_level(logging.DEBUG), pytest.raises(ExtractionError) as caught:
        extractor.extract(paper())
    assert [request.headers["Authorization"] for request, _ in httpserver.log] == [f"Bearer {KEY}"] * 2
    assert caught.value.message == "answered 401: wrong key: [key]"
    assert "asking again in 1 s" in caplog.text
    assert KEY not in caplog.text + str(caught.value) + repr(extractor)


def test_without_a_key_none_is_sent(httpserver: HTTPServer, session: requests.Session) -> None:
    answer(httpserver)
    engine(httpserver, session=session).extract(paper())
    assert "Authorization" not in httpserver.log[0][0].headers


def test_a_netrc_file_does_not_replace_the_key(
    httpserver: HTTPServer, session: requests.Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    answer(httpserver)
    engine(httpserver, session=session, api_key=KEY).extract(paper())
    assert httpserver.log[0][0].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"base_url": "localhost:8080/v1"}, "no plain http address"),
        ({"base_url": "file:///etc/passwd"}, "no plain http address"),
        ({"base_url": "http://[::1/v1"}, "is no address"),
        ({"base_url": "http://host/v1?key=secret"}, "no plain http address"),
        ({"base_url": "http://me:secret@host/v1"}, "holds a user or password"),
        ({"api_key": "secret\n"}, "the key holds what no header may"),
        ({"api_key": "se cré t"}, "the key holds what no header may"),
        ({"api_key": ""}, "the key holds what no header may"),
        ({"timeout_s": 0.0}, "out of range"),
        ({"timeout_s": float("nan")}, "out of range"),
        ({"retries": -1}, "out of range"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        build(**{"base_url": "http://host/v1", **changes})  # type: ignore[arg-type]  # the table holds values of several types
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("base_url", ["https://host/v1", "https://host/v1/"])
def test_the_address_ends_at_the_version(base_url: str) -> None:
    assert build(base_url).endpoint.url == "https://host/v1/chat/completions"
