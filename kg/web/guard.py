"""Lets through only requests that may write, no longer than they may be, and sent by our own pages where a browser sent them.

Everything but GET, HEAD and OPTIONS counts as writing, whatever its address, save the few addresses that are named as harmless; so a new
page is guarded before anybody thinks of it. Pages take the proof for their forms from ``proof`` and send it back as the field or the
header named here.
"""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.access import Access, Refusal, find_refusal, find_stranger, has_token, is_token, needs_proof
from kg.web.session import Session, Sessions

#: Where a form has the proof, and where a request of a script has it.
PROOF_FIELD, PROOF_HEADER = "proof", "X-Proof"
#: The page to sign in at; whoever may not write yet may use it.
SIGN_IN = "/session"
#: Takes POST and changes nothing; has limits of its own.
_HARMLESS = frozenset({"/sparql"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_VISIT = "graftgraph.visit"
#: Bytes of a request; addresses that take files may have more.
LONGEST_BODY = 1_000_000

Refuse = Callable[[Request, Refusal], Response]


class Visit:
    """One request's session, and whether its cookie must be sent."""

    def __init__(self, access: Access, sessions: Sessions, headers: Headers, session: Session | None) -> None:
        self.access = access
        self._sessions = sessions
        self._headers = headers
        self.session = session
        self.has_new_cookie = False
        self.has_proof = False

    @property
    def refusal(self) -> Refusal | None:
        """Why this visitor may not write."""
        return find_refusal(self.access, self._headers, is_signed_in=self.session is not None and self.session.is_signed_in)

    def prove(self) -> str:
        """A proof for a form or script of the page that is being made."""
        self.has_proof = True
        return self._sessions.prove(self.session or self._take(self._sessions.begin()))

    def is_proof(self, given: str) -> bool:
        """Whether this visitor was given that proof."""
        return self.session is not None and self._sessions.is_proof(given, self.session)

    def sign_in(self, token: str) -> bool:
        """Begin a session that may write, where the token is right."""
        if not is_token(self.access, token):
            return False
        self._take(self._sessions.signed_in())
        return True

    def sign_out(self) -> None:
        """Begin a session that may not."""
        self._take(self._sessions.begin())

    def cookie(self, scope: Scope) -> str:
        """The header that sets the cookie.

        ``Lax`` and not ``Strict``: who follows a link to us stays signed in. A proxy that adds TLS says so in ``X-Forwarded-Proto``.
        """
        value = self._sessions.write(self.session) if self.session is not None else ""
        secure = "; Secure" if scope["scheme"] == "https" else ""
        return f"{cookie_name(scope)}={value}; Path=/; HttpOnly; SameSite=Lax{secure}"

    def _take(self, session: Session) -> Session:
        self.session, self.has_new_cookie = session, True
        return session


class Guard:
    """Stands before the application.

    ``longest`` maps addresses to the bytes that each may take, where that is not ``LONGEST_BODY``. ``refuse`` makes the answer.
    """

    def __init__(self, app: ASGIApp, *, access: Access, sessions: Sessions, refuse: Refuse, longest: Mapping[str, int]) -> None:
        self._app = app
        self._access = access
        self._sessions = sessions
        self._refuse = refuse
        self._longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        session = self._sessions.read(request.cookies.get(cookie_name(scope)))
        visit = scope[_VISIT] = Visit(self._access, self._sessions, request.headers, session)
        sending = _sending(send, scope, visit)
        if request.method in _READING or scope["path"] in _HARMLESS:
            await self._app(scope, receive, sending)
            return
        try:
            checked = await self._check(request, visit)
        except ClientDisconnect:
            return
        if isinstance(checked, Refusal):
            await self._refuse(request, checked)(scope, receive, sending)
        else:
            await self._app(scope, _replay(checked, receive), sending)

    async def _check(self, request: Request, visit: Visit) -> bytes | Refusal:
        """The body of a request that may write; nothing is read of others."""
        has_header = has_token(self._access, request.headers)
        refusal = None if request.scope["path"] == SIGN_IN else visit.refusal
        refusal = refusal or (None if has_header else find_stranger(request.headers))
        if refusal is not None:
            return refusal
        body = await _read(request, self._longest.get(request.scope["path"], LONGEST_BODY))
        if isinstance(body, Refusal) or has_header or not needs_proof(request.headers):
            return body
        given = request.headers.get(PROOF_HEADER) or await _field(request, body)
        return body if visit.is_proof(given) else Refusal(403, _STALE, {PROOF_HEADER: visit.prove()})


def visit_of(request: Request) -> Visit:
    """The visit that a request belongs to."""
    visit: Visit = request.scope[_VISIT]
    return visit


def cookie_name(scope: Scope) -> str:
    """One for each port: browsers send a cookie to every server of a machine."""
    server = scope.get("server") or ("", 0)
    return f"graftgraph-{server[1]}"


_STALE = "This page was opened before the server was started again, or in another session. Reload it and send it once more."


def _sending(send: Send, scope: Scope, visit: Visit) -> Callable[[Message], Awaitable[None]]:
    """Adds the cookie, and keeps pages with a proof to one visitor."""

    async def with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if visit.has_new_cookie:
                headers.append("Set-Cookie", visit.cookie(scope))
            if visit.has_proof or visit.has_new_cookie:
                headers["Cache-Control"] = "private, no-cache"
                headers.add_vary_header("Cookie")
        await send(message)

    return with_cookie


async def _read(request: Request, longest: int) -> bytes | Refusal:
    """The body, whether its length was told or not; no more of it is read than may be."""
    too_long = Refusal(413, f"More than {longest:,} bytes were sent, which is the most that this address takes.")
    told = request.headers.get("content-length", "0")
    if not told.isascii() or not told.isdigit() or int(told) > longest:
        return too_long
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > longest:
            return too_long
    return bytes(body)


async def _field(request: Request, body: bytes) -> str:
    """The proof in a form; empty where there is none."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("latin-1"))).get(PROOF_FIELD, "")
    if media_type != "multipart/form-data":
        return ""
    try:
        async with Request(request.scope, _replay(body, request.receive)).form() as form:
            given = form.get(PROOF_FIELD)
    except (HTTPException, MultiPartException):
        return ""
    return given if isinstance(given, str) else ""


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read, then what comes after it."""
    is_given = False

    async def replay() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
