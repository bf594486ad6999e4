"""Who may change the graph, by what a request's headers say."""

import pytest
from starlette.datastructures import Headers

from kg.web.access import Access, find_refusal, find_stranger, is_loopback, needs_proof

TOKEN = "a-token-of-some-length"  # noqa: S105  # of a server that these tests make up
HERE, NETWORK = Access(is_loopback=True), Access()
WITH_TOKEN = Access(is_loopback=True, token=TOKEN)
LOCAL = {"host": "127.0.0.1:8000"}


def status(access: Access, headers: dict[str, str] | Headers, *, signed_in: bool = False) -> int | None:
    refusal = find_refusal(access, Headers(headers) if isinstance(headers, dict) else headers, is_signed_in=signed_in)
    return None if refusal is None else refusal.status


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "127.8.9.1:80", "localhost", "LocalHost:8000", "[::1]", "[::1]:8000"])
def test_this_machine_names_itself(host: str) -> None:
    assert is_loopback(host)
    assert status(HERE, {"host": host}) is None


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example@127.0.0.1",
     "127.0.0.1/evil", "10.0.0.1",
     "192.168.0.7:8000", "[::]", "::1", "[::1", "127.1", "2130706433", "0x7f.1", "localhost:8000:9", "127.0.0.1, evil.example"],
)  # fmt: skip
def test_a_name_that_merely_leads_here_is_not_this_machines_own(host: str) -> None:
    assert not is_loopback(host)
    assert status(HERE, {"host": host}) == 403


def test_two_hosts_or_none_are_refused() -> None:
    assert status(HERE, {}) == 403
    assert status(HERE, Headers(raw=[(b"host", b"127.0.0.1"), (b"host", b"evil.example")])) == 403


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"])
def test_what_a_proxy_passed_on_did_not_come_from_this_machine(header: str) -> None:
    assert status(HERE, LOCAL | {header: "203.0.113.9"}) == 403


def test_a_server_at_a_network_address_without_a_token_is_read_only() -> None:
    assert status(NETWORK, LOCAL) == 403
    assert status(NETWORK, LOCAL | {"Authorization": f"Bearer {TOKEN}"}, signed_in=True) == 403


def test_where_there_is_a_token_this_machine_needs_it_too() -> None:
    assert status(WITH_TOKEN, LOCAL) == 401
    assert status(WITH_TOKEN, LOCAL, signed_in=True) is None
    assert status(Access(token=TOKEN), {"host": "graph.example"}, signed_in=True) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [(f"Bearer {TOKEN}", None), (f"bearer  {TOKEN} ", None), ("Bearer ", 401), (f"Bearer {TOKEN}x", 401), (f"Bearer {TOKEN[:-1]}", 401),
     (f"Basic {TOKEN}", 401), (TOKEN, 401), ("Bearer töken", 401)],
)  # fmt: skip
def test_the_token_is_taken_whole_or_not(given: str, expected: int | None) -> None:
    headers = Headers(raw=[(b"host", b"graph.example"), (b"authorization", given.encode("utf-8"))])
    assert status(Access(token=TOKEN), headers) == expected


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:8000"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"},
     {"referer": "http://127.0.0.1:8000/add?x=1"}, {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}],
)  # fmt: skip
def test_pages_of_ours_and_programs_are_no_strangers(headers: dict[str, str]) -> None:
    assert find_stranger(Headers(LOCAL | headers)) is None


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9000"}, {"origin": "http://127.0.0.1"},
     {"origin": "http://127.0.0.1:8000.evil.example"}, {"origin": "http://127.0.0.1:8000@evil.example"}, {"origin": "file://127.0.0.1:8000"},
     {"origin": "http://[::1"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "Same-Origin"},
     {"referer": "https://evil.example/127.0.0.1:8000"}, {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "cross-site"},
     {"origin": "https://evil.example", "sec-fetch-site": "same-origin"}],
)  # fmt: skip
def test_pages_of_other_sites_are_strangers(headers: dict[str, str]) -> None:
    refusal = find_stranger(Headers(LOCAL | headers))
    assert refusal is not None and refusal.status == 403


@pytest.mark.parametrize(
    ("origin", "host"), [("https://graph.example", "graph.example"), ("https://graph.example:443", "graph.example"), ("http://a:80", "a")]
)
def test_the_port_that_a_scheme_means_need_not_be_said(origin: str, host: str) -> None:
    assert find_stranger(Headers({"host": host, "origin": origin})) is None


@pytest.mark.parametrize(
    ("headers", "needed"),
    [({"content-type": "application/json"}, False), ({"content-type": "application/octet-stream"}, False),
     ({"content-type": "application/json", "origin": "http://127.0.0.1:8000"}, True),
     ({"content-type": "application/json", "cookie": "a=b"}, True),
     ({}, True), ({"content-type": "text/plain; charset=utf-8"}, True), ({"content-type": "Application/X-WWW-Form-Urlencoded"}, True),
     ({"content-type": "multipart/form-data; boundary=x"}, True)],
)  # fmt: skip
def test_what_a_form_of_another_site_could_send_needs_a_proof(headers: dict[str, str], needed: bool) -> None:
    assert needs_proof(Headers(headers)) is needed


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(WITH_TOKEN)
