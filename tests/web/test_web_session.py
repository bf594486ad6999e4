"""Cookies and proofs: ours are known, all others are not."""

import pytest

from kg.web.session import Session, Sessions, session_key

SESSIONS = Sessions(b"one key")


def test_a_cookie_says_again_what_was_put_into_it() -> None:
    for session in (SESSIONS.begin(), SESSIONS.signed_in()):
        assert SESSIONS.read(SESSIONS.write(session)) == session


@pytest.mark.parametrize("cookie", [None, "", ".", "..", "a.1.", "a.1.ü", "x" * 5000])
def test_what_we_did_not_write_is_no_session(cookie: str | None) -> None:
    assert SESSIONS.read(cookie) is None


def test_nobody_signs_himself_in() -> None:
    name, _, signature = SESSIONS.write(Session("abc")).split(".")
    assert SESSIONS.read(f"{name}.1.{signature}") is None
    assert SESSIONS.read(Sessions(b"another key").write(Session("abc", is_signed_in=True))) is None


def test_a_proof_holds_for_its_own_session_alone_and_is_never_the_same() -> None:
    one, other = SESSIONS.begin(), SESSIONS.begin()
    proof = SESSIONS.prove(one)
    assert SESSIONS.is_proof(proof, one)
    assert not SESSIONS.is_proof(proof, other)
    assert SESSIONS.prove(one) != proof
    assert not Sessions(b"another key").is_proof(proof, one)


def test_a_cookies_signature_is_no_proof_and_a_proofs_no_cookie() -> None:
    session = Session("abc")
    signature = SESSIONS.write(session).rpartition(".")[2]
    assert not SESSIONS.is_proof(f"abc.{signature}", session)
    assert not SESSIONS.is_proof("", session)
    assert SESSIONS.read(f"abc.{SESSIONS.prove(session).rpartition('.')[2]}") is None


def test_sessions_outlive_a_restart_with_the_same_token_and_end_with_another() -> None:
    session = SESSIONS.signed_in()
    cookie = Sessions(session_key("token one")).write(session)
    assert Sessions(session_key("token one")).read(cookie) == session
    assert Sessions(session_key("token two")).read(cookie) is None
    assert session_key(None) != session_key(None)
