"""Answers that follow from the address and the state of the graph alone are given again, and not worked out again, while that state lasts.

Such an answer is known by its ETag (``VersionedRoute``). What is kept is compressed as it went out, and the oldest goes when there is too
much of it.
"""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.web.snapshot import Snapshots

_MOST_BYTES = 16_000_000
_Key = tuple[bytes, ...]


@dataclass(frozen=True)
class _Answer:
    start: Message
    body: bytes
    version: str


class Remembered:
    """Gives answers again; all on one thread, the server's own."""

    def __init__(self, app: ASGIApp, *, snapshots: Snapshots, most_bytes: int = _MOST_BYTES) -> None:
        self._app, self._snapshots, self._most = app, snapshots, most_bytes
        self._answers: OrderedDict[_Key, _Answer] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or remember the answer."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = (scope["raw_path"], scope["query_string"], *(headers.get(name, "").encode() for name in ("accept", "accept-encoding")))
        known = self._answers.get(key)
        if known is None or "if-none-match" in headers:
            await self._app(scope, receive, _Recorder(self, key, send))
        elif known.version != (await run_in_threadpool(self._snapshots.latest)).version:
            self._forget(key)
            await self._app(scope, receive, _Recorder(self, key, send))
        else:
            self._answers.move_to_end(key)
            await send(known.start)
            await send({"type": "http.response.body", "body": known.body})

    def keep(self, key: _Key, start: Message, body: bytes) -> None:
        """Remember a whole answer that has a version."""
        tag = Headers(raw=start["headers"]).get("etag", "")
        if start["status"] == 200 and tag.startswith('W/"') and len(body) < self._most:
            self._forget(key)
            self._answers[key] = _Answer(start, body, tag.removeprefix('W/"').partition("-")[0])
            self._bytes += len(body)
            while self._bytes > self._most:
                self._forget(next(iter(self._answers)))

    def _forget(self, key: _Key) -> None:
        gone = self._answers.pop(key, None)
        self._bytes -= len(gone.body) if gone is not None else 0


class _Recorder:
    """Sends an answer on and hands it over when it is whole."""

    def __init__(self, remembered: Remembered, key: _Key, send: Send) -> None:
        self._remembered, self._key, self._send = remembered, key, send
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif self._start is not None and b"etag" in dict(self._start["headers"]):
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._remembered.keep(self._key, self._start, b"".join(self._parts))
        await self._send(message)
