"""Answers of the services on disk, by what was asked.

Only answers that passed their check come here. Who asked (key, e-mail, name of the program) is not part of a question, so it is
neither written nor needed to find the answer again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlencode

import requests
from requests_cache.backends.sqlite import SQLiteCache
from requests_cache.cache_keys import create_key
from requests_cache.models.request import CachedRequest
from requests_cache.models.response import CachedResponse

from kg.errors import StoreError
from kg.fetch.client import Request

_FILE = "answers.sqlite"


@dataclass(frozen=True)
class Kept:
    """An answer and the question."""

    url: str
    params: dict[str, str]
    body: bytes
    at: datetime


class AnswerCache:
    """A folder with one SQLite file of requests-cache."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Open it, made where there is none.

        Raises:
            StoreError: the folder cannot be made or the file cannot be opened.
        """
        self._now = now
        self._location = str(folder / _FILE)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._answers = SQLiteCache(folder / _FILE, busy_timeout=30_000)
        except (OSError, sqlite3.Error) as exc:
            raise StoreError(f"the kept answers cannot be opened: {exc}", location=self._location, remedy=_REMEDY) from exc

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._answers.close()  # type: ignore[no-untyped-call]  # The library leaves it without types.

    def get(self, request: Request) -> bytes | None:
        """The answer to that question, None where there is none that still holds."""
        try:
            kept = self._answers.get_response(_key(request))
        except sqlite3.Error as exc:
            raise self._broken(exc) from exc
        if kept is None or (kept.expires is not None and kept.expires <= self._now()):
            return None
        return kept.content or b""

    def put(self, request: Request, body: bytes, *, lifetime: timedelta | None = None) -> None:
        """Keep an answer, for good or for some time."""
        now = self._now()
        asked = CachedRequest(method=request.method, url=request.url, body=urlencode(sorted(request.params.items())).encode())
        answer = CachedResponse(
            content=body,
            request=asked,
            url=request.url,
            status_code=requests.codes.ok,
            created_at=now,
            expires=None if lifetime is None else now + lifetime,
        )
        try:
            self._answers.responses[_key(request)] = answer
        except sqlite3.Error as exc:
            raise self._broken(exc) from exc

    def answers(self) -> Iterator[Kept]:
        """All answers by key, those included that hold no longer."""
        try:
            for key in sorted(self._answers.responses.keys()):
                kept = self._answers.get_response(key)
                if kept is not None:
                    yield Kept(kept.url, dict(parse_qsl(kept.request.body.decode())), kept.content or b"", kept.created_at)
        except sqlite3.Error as exc:
            raise self._broken(exc) from exc

    def _broken(self, exc: sqlite3.Error) -> StoreError:
        return StoreError(f"the kept answers cannot be read or written: {exc}", location=self._location, remedy=_REMEDY)


_REMEDY = "See that the disk is not full; the file may be deleted, its answers are then asked for again"


def _key(request: Request) -> str:
    return create_key(requests.Request("GET", request.url, params=sorted(request.params.items())))
