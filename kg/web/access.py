"""Who may change the graph: what a request's headers say, and why it is refused. Pure.

Reading is free. Writing without a token is for the person at this machine: the server listens at a loopback address alone, the
request names such an address too (else a page of another site could reach it under a name that resolves to 127.0.0.1), and no proxy
passed it on. All others need the token, in the header ``Authorization`` or by signing in. Where the browser adds by itself what makes a
request welcome, the request must also come from a page of ours.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers

#: Characters of a token: too many to be guessed over a network.
SHORTEST_TOKEN = 16
#: Names and addresses by which a machine knows itself; ``Host`` may add a port.
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(?::\d{1,5})?", re.IGNORECASE)
_LOCAL_NAME = "localhost"
#: Any of these says that the request came by way of another server (RFC 7239, RFC 9110 7.6.3, and what came before them).
_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
#: Media types that a form of another site may send without asking first (Fetch, "CORS-safelisted request-header").
FORM_TYPES = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})
_FROM_BROWSERS = ("origin", "sec-fetch-site", "cookie", "referer")


@dataclass(frozen=True)
class Access:
    """How a server was started; by default nobody writes."""

    #: Whether it listens at a loopback address and at no other.
    is_loopback: bool = False
    token: str | None = field(default=None, repr=False)

    @property
    def is_closed(self) -> bool:
        """Whether nobody may write at all."""
        return self.token is None and not self.is_loopback


@dataclass(frozen=True)
class Refusal:
    """Why a request is not done, in words to show."""

    status: int
    words: str
    headers: Mapping[str, str] = field(default_factory=dict)


def find_refusal(access: Access, headers: Headers, *, is_signed_in: bool) -> Refusal | None:
    """Why whoever sent these headers may not write; None where they may."""
    if access.token is not None:
        return None if is_signed_in or has_token(access, headers) else _no_token(headers)
    if access.is_closed:
        return Refusal(403, f"This server listens at a network address and was started without a token, so it can only be read. {_START}")
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not is_loopback(hosts[0]) or any(name in headers for name in _PASSED_ON):
        return Refusal(403, f"Without a token this server takes changes only from its own machine, at http://127.0.0.1. {_START}")
    return None


def has_token(access: Access, headers: Headers) -> bool:
    """Whether the header ``Authorization`` carries the server's token (RFC 6750, 2.1)."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return scheme.lower() == "bearer" and is_token(access, given.strip())


def is_token(access: Access, given: str) -> bool:
    """Whether this is the server's token; takes as long whatever was given."""
    return access.token is not None and hmac.compare_digest(given.encode(), access.token.encode())


def is_loopback(host: str) -> bool:
    """Whether a host, with or without port, is this machine's own name or address for itself."""
    found = _HOST.fullmatch(host.strip())
    if found is None:
        return False
    name = found["six"] or found["name"].lower()
    try:
        return name == _LOCAL_NAME or ip_address(name).is_loopback
    except ValueError:
        return False


def find_stranger(headers: Headers) -> Refusal | None:
    """A refusal where a page of another site asks; requests of programs that are no browser say nothing of a page."""
    site = headers.get("sec-fetch-site", "none")
    named = headers.get("origin") or headers.get("referer")
    if site in {"none", "same-origin"} and (named is None or _is_own(named, headers.get("host", ""))):
        return None
    return Refusal(403, f"A page of another site asked for this ({named or site}), so nothing was changed. Open the page here and send it.")


def needs_proof(headers: Headers) -> bool:
    """Whether the request must carry a sign that a page of ours sent it: a browser did, or it has the form of what browsers send."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type in FORM_TYPES or any(name in headers for name in _FROM_BROWSERS)


_START = "Start it with kg serve --token or the variable GRAFTGRAPH_TOKEN, and sign in."


def _no_token(headers: Headers) -> Refusal:
    words = (
        "The token is not the one this server was started with."
        if "authorization" in headers
        else "Changing the graph needs this server's token. Sign in at /session, or send it as the header Authorization: Bearer TOKEN."
    )
    return Refusal(401, words, {"WWW-Authenticate": 'Bearer realm="GraftGraph"'})


def _is_own(named: str, host: str) -> bool:
    """Whether an address begins with the host that was asked; the scheme may differ, since a proxy may add TLS."""
    try:
        address = urlsplit(named)
    except ValueError:
        return False
    default = _DEFAULT_PORTS.get(address.scheme)
    return default is not None and address.netloc.lower().removesuffix(default) == host.lower().removesuffix(default)
