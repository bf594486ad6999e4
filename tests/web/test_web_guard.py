"""The guard before a small application, over real connections: what passes, what is refused, what is never read."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from web_world import running

from kg.web.access import Access, Refusal
from kg.web.guard import PROOF_FIELD, PROOF_HEADER, Guard, visit_of
from kg.web.session import Sessions, session_key

TOKEN = "a-token-of-some-length"  # noqa: S105  # of a server that these tests make up
JSON = {"Content-Type": "application/json"}
LONGEST = 2000


async def write(request: Request) -> Response:
    size = len(await request.body())
    async with request.form() as form:
        return JSONResponse({"bytes": size, "fields": len(form)})


async def read(request: Request) -> Response:
    return PlainTextResponse(visit_of(request).prove())


async def sign_in(request: Request) -> Response:
    async with request.form() as form:
        return PlainTextResponse(str(visit_of(request).sign_in(str(form["token"]))))


def refuse(_: Request, refusal: Refusal) -> Response:
    return PlainTextResponse(refusal.words, status_code=refusal.status, headers=dict(refusal.headers))


def app(access: Access) -> Guard:
    routes = [
        Route("/write", write, methods=["POST", "PUT", "PATCH", "DELETE"]),
        Route("/sparql", write, methods=["POST"]),
        Route("/session", sign_in, methods=["POST"]),
        Route("/read", read),
    ]
    return Guard(
        Starlette(routes=routes), access=access, sessions=Sessions(session_key(access.token)), refuse=refuse, longest={"/write": LONGEST}
    )


@pytest.fixture(scope="module")
def here() -> Iterator[str]:
    with running(app(Access(is_loopback=True))) as address:
        yield address


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    with running(app(Access(token=TOKEN))) as address:
        yield address


@pytest.fixture
def visitor(here: str) -> requests.Session:
    """A browser that has a page of ours open."""
    return _visitor(here)


def _visitor(site: str) -> requests.Session:
    visitor = requests.Session()
    visitor.headers[PROOF_HEADER] = visitor.get(f"{site}/read", timeout=10).text
    visitor.headers["Origin"] = site
    return visitor


def post(site: str, path: str = "/write", *, data: object = b"{}", method: str = "POST", **headers: str) -> requests.Response:
    return requests.request(method, site + path, data=data, headers=JSON | headers, timeout=10)  # type: ignore[arg-type]


# ------------------------------------------------------------ who


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_program_at_this_machine_writes_and_under_another_name_does_not(here: str, method: str) -> None:
    assert post(here, method=method).status_code == 200
    assert post(here, method=method, Host="evil.example:8000").status_code == 403


def test_reading_and_asking_are_free_whatever_the_host(here: str, guarded: str) -> None:
    for site in (here, guarded):
        assert requests.get(f"{site}/read", headers={"Host": "evil.example"}, timeout=10).status_code == 200
        assert post(site, "/sparql", Host="evil.example", Origin="https://evil.example").status_code == 200


def test_an_address_nobody_thought_of_is_guarded(guarded: str) -> None:
    assert post(guarded, "/no/such/page").status_code == 401
    assert post(guarded, "/session/").status_code == 401


def test_a_network_address_without_a_token_is_told_why() -> None:
    with running(app(Access())) as site:
        answer = post(site)
        assert (answer.status_code, "--token" in answer.text) == (403, True)


def test_the_token_in_the_header_is_enough_for_a_program(guarded: str) -> None:
    assert post(guarded, Authorization=f"Bearer {TOKEN}").status_code == 200
    refused = post(guarded, Authorization="Bearer something-else-entirely")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="GraftGraph"')


def test_signing_in_with_the_token_lets_a_browser_write(guarded: str) -> None:
    visitor = _visitor(guarded)
    assert visitor.post(f"{guarded}/write", timeout=10).status_code == 401
    assert visitor.post(f"{guarded}/session", data={"token": "something-else-entirely"}, timeout=10).text == "False"
    assert visitor.post(f"{guarded}/session", data={"token": TOKEN}, timeout=10).text == "True"
    visitor.headers[PROOF_HEADER] = visitor.get(f"{guarded}/read", timeout=10).text
    assert visitor.post(f"{guarded}/write", timeout=10).status_code == 200


def test_another_site_signs_nobody_in(guarded: str) -> None:
    visitor = _visitor(guarded)
    answer = visitor.post(f"{guarded}/session", data={"token": TOKEN}, headers={"Origin": "https://evil.example"}, timeout=10)
    assert answer.status_code == 403
    del visitor.headers[PROOF_HEADER]
    assert visitor.post(f"{guarded}/session", data={"token": TOKEN}, timeout=10).status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(here: str) -> None:
    answer = requests.get(f"{here}/read", timeout=10)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Secure" not in cookie
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("private, no-cache", "Cookie")
    by_tls = requests.get(f"{here}/read", headers={"X-Forwarded-Proto": "https"}, timeout=10)
    assert by_tls.headers["Set-Cookie"].endswith("; Secure")


# ------------------------------------------------------------ from where


def test_a_page_of_ours_writes_with_its_proof_in_the_header_or_in_its_form(here: str, visitor: requests.Session) -> None:
    assert visitor.post(f"{here}/write", data=b"{}", headers=JSON, timeout=10).status_code == 200
    proof = visitor.headers.pop(PROOF_HEADER)
    assert visitor.post(f"{here}/write", data={PROOF_FIELD: proof}, timeout=10).json()["fields"] == 1
    form = visitor.post(f"{here}/write", data={PROOF_FIELD: proof}, files={"paper": ("a.txt", b"text")}, timeout=10)
    assert form.json()["fields"] == 2


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
     {"Origin": "http://127.0.0.1:1"}],
)  # fmt: skip
def test_a_page_of_another_site_is_refused_even_with_a_proof(here: str, visitor: requests.Session, headers: dict[str, str]) -> None:
    answer = visitor.post(f"{here}/write", data=b"{}", headers=JSON | headers, timeout=10)
    assert (answer.status_code, "another site" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "body",
    [{"data": {"a": "b"}}, {"data": {PROOF_FIELD: "x.y"}}, {"files": {"paper": ("a.txt", b"text")}}, {},
     *({"data": data, "headers": {"Content-Type": media_type}} for data, media_type in (
        (b"text", "text/plain"), (b"broken", "multipart/form-data; boundary=x"), (b"", "multipart/form-data"),
        (b"%FF=%FF&\xff", "application/x-www-form-urlencoded")))],
)  # fmt: skip
def test_a_form_without_its_proof_is_refused(here: str, visitor: requests.Session, body: dict[str, object]) -> None:
    del visitor.headers[PROOF_HEADER]
    assert visitor.post(f"{here}/write", timeout=10, **body).status_code == 403  # type: ignore[arg-type]


def test_the_proof_of_another_visitor_is_none(here: str, visitor: requests.Session) -> None:
    visitor.headers[PROOF_HEADER] = _visitor(here).headers[PROOF_HEADER]
    assert visitor.post(f"{here}/write", data=b"{}", headers=JSON, timeout=10).status_code == 403


def test_whoever_has_a_proof_from_before_a_restart_is_given_a_new_one(here: str, visitor: requests.Session) -> None:
    with running(app(Access(is_loopback=True))) as again:
        old = dict(visitor.cookies)
        name = f"graftgraph-{again.rpartition(':')[2]}"
        page = requests.Session()
        page.cookies.set(name, next(iter(old.values())))
        page.headers.update({"Origin": again, PROOF_HEADER: str(visitor.headers[PROOF_HEADER])})
        refused = page.post(f"{again}/write", data=b"{}", headers=JSON, timeout=10)
        assert refused.status_code == 403
        page.headers[PROOF_HEADER] = refused.headers[PROOF_HEADER]
        page.cookies.clear()
        page.cookies.set(name, refused.cookies[name])
        assert page.post(f"{again}/write", data=b"{}", headers=JSON, timeout=10).status_code == 200


def test_with_the_token_in_the_header_it_does_not_matter_which_page_asks(guarded: str) -> None:
    assert post(guarded, Authorization=f"Bearer {TOKEN}", Origin="https://tool.example").status_code == 200


# ------------------------------------------------------------ how much


@contextmanager
def wire_to(site: str, length: str) -> Iterator[socket.socket]:
    """A connection on which the head of a request was sent."""
    host, port = site.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(f"POST /write HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{length}\r\n\r\n".encode())
        yield wire


def test_a_body_of_the_most_that_is_taken_passes_and_one_byte_more_does_not(here: str) -> None:
    assert post(here, data=b"x" * LONGEST).json()["bytes"] == LONGEST
    answer = post(here, data=b"x" * (LONGEST + 1))
    assert (answer.status_code, "2,000 bytes" in answer.text) == (413, True)


def test_a_body_that_does_not_tell_its_length_is_measured(here: str) -> None:
    def parts(count: int) -> Iterator[bytes]:
        yield from (b"x" * 100 for _ in range(count))

    assert post(here, data=parts(LONGEST // 100)).json()["bytes"] == LONGEST
    assert post(here, data=parts(LONGEST // 100 + 1)).status_code == 413


def test_a_body_that_never_ends_is_not_read_on(here: str) -> None:
    host, port = here.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(
            f"POST /write HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        wire.sendall(b"".join(b"64\r\n" + b"x" * 100 + b"\r\n" for _ in range(30)))
        assert wire.recv(12) == b"HTTP/1.1 413"


def test_a_length_that_is_told_is_refused_before_anything_is_sent(here: str) -> None:
    with wire_to(here, f"Content-Length: {LONGEST + 1}") as wire:
        assert wire.recv(12) == b"HTTP/1.1 413"


def test_nothing_is_read_of_who_may_not_write(guarded: str) -> None:
    with wire_to(guarded, "Content-Length: 900") as wire:
        assert wire.recv(12) == b"HTTP/1.1 401"


def test_an_upload_that_is_broken_off_leaves_the_server_standing(here: str) -> None:
    with wire_to(here, "Content-Length: 900") as wire:
        wire.sendall(b"xx")
    assert post(here).status_code == 200
