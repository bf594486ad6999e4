"""One question to a service, asked until it is answered or until that has no more sense.

In: a request and a check of the answer. Out: the bytes of an answer that passed. Everything else becomes a ``FetchError``. What
is secret goes into the body of a request and nowhere else: no address, no log, no error shows it.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

import requests
import urllib3

from kg.errors import FetchError, RefusedError
from kg.fetch.limiter import Limiter
from kg.fetch.patience import Patience, retry_after_s

log = logging.getLogger(__name__)

#: 200 records of PubMed take 5 MB, the longest full text 20 MB; a page that never ends is longer.
_MOST_BYTES = 128 << 20
_PIECE_BYTES = 1 << 16
_SHOWN = 200

#: Says what is wrong with an answer, in words that follow "answered"; None where nothing is. Trouble that asking again will not
#: mend is raised as ``RefusedError``.
Check = Callable[[bytes], str | None]


@dataclass(frozen=True)
class Request:
    """What is asked, without what says who asks."""

    url: str
    params: Mapping[str, str]
    method: Literal["GET", "POST"] = "GET"


@dataclass(frozen=True)
class Client:
    """Asks one service: with its pace, as the same user, with the same patience."""

    service: str
    session: requests.Session = field(repr=False)
    limiter: Limiter = field(repr=False)
    sleep: Callable[[float], None] = field(repr=False)
    #: Hears why and how long there is a pause, so that nobody takes waiting for hanging.
    tell: Callable[[str], None] = field(repr=False, default=log.debug, kw_only=True)
    #: From 0 to 1.
    chance: Callable[[], float] = field(repr=False)
    #: For one answer, from asking to the last byte.
    timeout_s: float
    patience: Patience = field(default_factory=Patience)
    #: Who asks, as parameters and as headers.
    identity: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    #: What must not be shown where an answer repeats it.
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def ask(self, request: Request, *, check: Check) -> bytes:
        """The answer.

        Raises:
            RefusedError: the service says that it will not answer this.
            FetchError: no answer that passes the check, however often it was asked.
        """
        failures = 0
        while True:
            answer = self._send(request)
            trouble = answer.trouble or self._complaint(answer, request, check)
            if trouble is None:
                return answer.body
            failures += 1
            if failures >= self.patience.requests:
                raise FetchError(f"{trouble} ({failures} requests)", location=request.url, remedy=_LATER)
            pause_s = self._pause_s(failures, answer, trouble, request)
            log.info("%s %s; asking again in %.1f s", request.url, trouble, pause_s)
            self.tell(f"{self.service} {trouble}; asking again in {pause_s:.0f} s ({failures} of {self.patience.requests} requests failed)")
            self.sleep(pause_s)

    def _pause_s(self, failures: int, answer: "_Answer", trouble: str, request: Request) -> float:
        asked_for_s = retry_after_s(answer.headers)
        if asked_for_s is not None and asked_for_s > self.patience.longest_asked_for_s:
            raise FetchError(f"{trouble} (wants {asked_for_s:g} s of patience)", location=request.url, remedy=_LATER)
        return self.patience.pause_s(failures, asked_for_s=asked_for_s, chance=self.chance)

    def _complaint(self, answer: "_Answer", request: Request, check: Check) -> str | None:
        """What is wrong for the time being; what is wrong for good is raised."""
        status = answer.status
        if status == requests.codes.ok:
            try:
                return check(answer.body)
            except RefusedError as error:
                raise RefusedError(self._clean(error.message), location=request.url, remedy=error.remedy) from error
        said = f"answered {status}: {self._excerpt(answer.body)}"
        if status in {requests.codes.too_many_requests, requests.codes.request_timeout} or status >= _SERVER_TROUBLE:
            return said
        raise RefusedError(said, location=request.url, remedy=_REMEDIES.get(status))

    def _send(self, request: Request) -> "_Answer":
        """One request; an answer without status where there is none."""
        self.limiter.wait()
        deadline = monotonic() + self.timeout_s
        params = {**request.params, **self.identity}
        try:
            with self.session.request(
                request.method,
                request.url,
                params=params if request.method == "GET" else None,
                data=params if request.method == "POST" else None,
                headers=dict(self.headers),
                timeout=self.timeout_s,
                stream=True,
                allow_redirects=False,  # A redirected POST becomes a GET, with the key in the address.
            ) as response:
                return self._read(response, deadline)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            return self._no_answer()
        except ValueError as exc:
            raise FetchError(f"cannot be asked: {_cause(exc)}", location=request.url, remedy="Mend the address in the settings") from exc
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as exc:
            return self._no_answer() if monotonic() >= deadline else _Answer(trouble=f"broke the connection: {_cause(exc)}")

    def _read(self, response: requests.Response, deadline: float) -> "_Answer":
        """The answer, in pieces as they come: a read of more would wait for a server that sends a byte now and then."""
        body = bytearray()
        while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
            body += piece
            if monotonic() >= deadline:
                return self._no_answer()
            if len(body) > _MOST_BYTES:
                return _Answer(trouble=f"answered {response.status_code} with more than {_MOST_BYTES >> 20} MiB")
        return _Answer(response.status_code, response.headers, bytes(body))

    def _no_answer(self) -> "_Answer":
        return _Answer(trouble=f"did not answer within {self.timeout_s:g} s")

    def _excerpt(self, body: bytes) -> str:
        return excerpt(body, secrets=self.secrets)

    def _clean(self, words: str) -> str:
        return excerpt(words.encode(), secrets=self.secrets)


def excerpt(body: bytes, *, secrets: tuple[str, ...] = ()) -> str:
    """The start of the words of an answer on one line, for an error message."""
    words = " ".join(body[:4096].decode("utf-8", "replace").split())
    for secret in secrets:
        words = words.replace(secret, "[hidden]")
    return words[:_SHOWN] or "nothing"


@dataclass(frozen=True)
class _Answer:
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    #: Why there is no answer.
    trouble: str | None = None


_SERVER_TROUBLE = 500
_LATER = "Run the same command later: what is done is kept, and it goes on from there"
_REMEDIES = {
    301: "Mend the address in the settings",
    302: "Mend the address in the settings",
    401: "See that the API key is right",
    403: "The service may have blocked this address; write to it",
}


def _cause(exc: BaseException) -> str:
    """The innermost reason: the outer ones print addresses with all parameters."""
    while (inner := exc.__cause__ or exc.__context__) is not None:
        exc = inner
    if isinstance(exc, OSError) and exc.strerror:
        return exc.strerror
    return type(exc).__name__
