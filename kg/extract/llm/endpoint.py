"""One question to a chat-completions endpoint, with patience and a deadline.

In: the body of a request. Out: the words of the first choice. Whatever else the endpoint does becomes an ``ExtractionError`` with
its status and the start of its words. The key goes into the request and nowhere else.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

import requests
from pydantic import BaseModel, Field, ValidationError
from requests.auth import AuthBase

from kg.errors import ExtractionError
from kg.fetch.patience import retry_after_s

log = logging.getLogger(__name__)

_BODY_SHOWN = 400
#: No list of findings is that long; a page that never ends is.
_MOST_BYTES = 4_000_000
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
#: An endpoint that asks for more has closed for the day, and the user should hear of it.
_LONGEST_ASKED_FOR_S = 300.0


@dataclass(frozen=True, slots=True)
class Words:
    """What the model said, and how many requests it took."""

    content: str
    requests: int


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: tuple[_Choice, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An HTTP answer; no status where none came in time."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_temporary(self) -> bool:
        """True where asking again may help: no answer in time, too many requests, trouble on the server's side."""
        return self.status is None or self.status == requests.codes.too_many_requests or self.status >= requests.codes.internal_server_error


class _Bearer(AuthBase):
    """The key as a header. Given as ``auth``, so that no .netrc of the user takes its place."""

    def __init__(self, key: str | None) -> None:
        self._key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._key is not None:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request


@dataclass(frozen=True)
class Endpoint:
    """Where to ask, and how long to wait."""

    url: str
    session: requests.Session = field(repr=False)
    api_key: str | None = field(repr=False)
    #: For one request, from asking to the last byte of the answer.
    timeout_s: float
    #: Further requests after one that failed for the time being.
    retries: int
    sleep: Callable[[float], None] = field(repr=False)

    def complete(self, body: bytes, *, record: str) -> Words:
        """Ask, and ask again while the trouble is temporary: after 1, 2, 4 … seconds, or when the endpoint says.

        Raises:
            ExtractionError: no answer in time, an error status, a refusal, or an answer that is cut off or no chat completion.
        """
        asked = 0
        while True:
            answer = self._post(body, record)
            asked += 1
            if not answer.is_temporary:
                return Words(self._content(answer, record), asked)
            if asked > self.retries:
                raise self._error(f"{self._complaint(answer)} ({asked} requests)", record)
            pause_s = self._pause_s(answer, asked, record)
            log.info("%s: %s; asking again in %g s", record, "no answer in time" if answer.status is None else answer.status, pause_s)
            self.sleep(pause_s)

    def _post(self, body: bytes, record: str) -> _Answer:
        deadline = monotonic() + self.timeout_s
        try:
            with self.session.post(
                self.url,
                data=body,
                headers={"Content-Type": "application/json", "Accept": "application/json"},
                auth=_Bearer(self.api_key),
                timeout=self.timeout_s,
                stream=True,
                allow_redirects=False,  # A redirected POST becomes a GET, and the key may go elsewhere.
            ) as response:
                return self._read(response, deadline, record)
        except requests.RequestException as exc:
            # requests calls a time-out within the body a lost connection.
            if isinstance(exc, requests.Timeout) or monotonic() >= deadline:
                return _Answer()
            raise self._error(f"cannot be reached: {exc}", record, remedy="Is the server running at this address?") from exc

    def _read(self, response: requests.Response, deadline: float, record: str) -> _Answer:
        """The answer, read byte by byte: larger reads wait for a server that sends a blank now and then while the model thinks."""
        body = bytearray()
        for byte in response.iter_content(1):
            body += byte
            if monotonic() >= deadline:
                return _Answer()
            if len(body) > _MOST_BYTES:
                raise self._error(f"answered {response.status_code} with more than {_MOST_BYTES} bytes", record)
        return _Answer(response.status_code, response.headers, bytes(body))

    def _content(self, answer: _Answer, record: str) -> str:
        if answer.status != requests.codes.ok:
            raise self._error(self._complaint(answer), record)
        try:
            choice = _Completion.model_validate_json(answer.body).choices[0]
        except ValidationError as exc:
            raise self._error(f"answered 200 with what is no chat completion: {self._excerpt(answer.body)}", record) from exc
        message = choice.message
        if message.refusal:
            raise self._error(f"answered 200 and refused: {self._excerpt(message.refusal.encode())}", record)
        if choice.finish_reason == "length":
            raise self._error("answered 200 with words cut off at its token limit", record, remedy="Raise the limit at the endpoint")
        if not message.content:
            raise self._error(f"answered 200 without words (finish reason {choice.finish_reason})", record)
        return message.content

    def _pause_s(self, answer: _Answer, asked: int, record: str) -> float:
        said = retry_after_s(answer.headers)
        if said is None:
            return min(_FIRST_PAUSE_S * 2.0 ** (asked - 1), _LONGEST_PAUSE_S)
        if said > _LONGEST_ASKED_FOR_S:
            raise self._error(f"{self._complaint(answer)} (wants {said:g} s of patience)", record, remedy="Try again later")
        return said

    def _complaint(self, answer: _Answer) -> str:
        if answer.status is None:
            return f"did not answer within {self.timeout_s:g} s"
        return f"answered {answer.status}: {self._excerpt(answer.body)}"

    def _excerpt(self, body: bytes) -> str:
        """The start of the words on one line; some endpoints repeat the key they refuse."""
        words = " ".join(body.decode("utf-8", "replace").split())
        return (words.replace(self.api_key, "[key]") if self.api_key else words)[:_BODY_SHOWN] or "no words"

    def _error(self, message: str, record: str, *, remedy: str | None = None) -> ExtractionError:
        return ExtractionError(message, location=self.url, record=record, remedy=remedy)
