"""A visitor's session: a signed cookie that says whether the token was given, and the proofs that a page of ours sent a request.

Nothing is kept here: the cookie carries its own signature, and each proof is bound to the cookie (a signed double submit). Where there
is a token, the key is made of it: sessions outlive a restart, and a new token ends them all.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

_ID_BYTES, _SALT_BYTES = 16, 8


@dataclass(frozen=True)
class Session:
    """What a cookie says."""

    id: str
    is_signed_in: bool = False


class Sessions:
    """Makes and reads cookies and proofs."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def begin(self) -> Session:
        """A session of a visitor who has none."""
        return Session(secrets.token_urlsafe(_ID_BYTES))

    def signed_in(self) -> Session:
        """A session of a visitor who gave the token; never the one from before, which somebody may have planted."""
        return replace(self.begin(), is_signed_in=True)

    def write(self, session: Session) -> str:
        """The value of the cookie."""
        said = f"{session.id}.{int(session.is_signed_in)}"
        return f"{said}.{self._sign('session', said)}"

    def read(self, cookie: str | None) -> Session | None:
        """The session of a cookie's value; None where we did not write it."""
        said, _, signature = (cookie or "").rpartition(".")
        if not said or not self._is_signed(signature, "session", said):
            return None
        name, _, is_signed_in = said.rpartition(".")
        return Session(name, is_signed_in == "1")

    def prove(self, session: Session) -> str:
        """A proof for the next request; another each time, so that compression tells nothing of it."""
        salt = secrets.token_urlsafe(_SALT_BYTES)
        return f"{salt}.{self._sign('proof', f'{salt}.{session.id}')}"

    def is_proof(self, given: str, session: Session) -> bool:
        """Whether the proof was made for this session."""
        salt, _, signature = given.rpartition(".")
        return bool(salt) and self._is_signed(signature, "proof", f"{salt}.{session.id}")

    def _sign(self, use: str, said: str) -> str:
        return hmac.new(self._key, f"{use}.{said}".encode(), hashlib.sha256).hexdigest()

    def _is_signed(self, given: str, use: str, said: str) -> bool:
        return hmac.compare_digest(given.encode(), self._sign(use, said).encode())


def session_key(token: str | None) -> bytes:
    """The key that signs: made of the token, or by chance where there is none."""
    return secrets.token_bytes(32) if token is None else hmac.new(token.encode(), b"graftgraph session", hashlib.sha256).digest()
