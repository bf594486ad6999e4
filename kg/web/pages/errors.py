"""Errors as pages for people and as JSON for programs: what happened and what to do; never a trace."""

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import CurationError, GraftGraphError, QueryError, ShapeError, UnknownFindingError
from kg.web.access import Refusal
from kg.web.answering import STATUS, QueryTroubleError
from kg.web.negotiate import wants_page
from kg.web.pages.templates import page
from kg.web.review import SeenAnotherError

log = logging.getLogger(__name__)

_WORDS = {404: "There is no such page.", 405: "That cannot be done with this address."}


def install(app: FastAPI) -> None:
    """Answer every error of the application."""

    @app.exception_handler(HTTPException)
    async def of_http(request: Request, exc: HTTPException) -> Response:
        words = _WORDS.get(exc.status_code, str(exc.detail)) if exc.detail in _GENERIC else str(exc.detail)
        answer = _told(request, exc.status_code, words)
        answer.headers.update(exc.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def of_request(request: Request, exc: RequestValidationError) -> Response:
        wrong = "; ".join(f"{'.'.join(str(part) for part in error['loc'][1:])}: {error['msg'].lower()}" for error in exc.errors())
        return _told(request, 422, wrong)

    @app.exception_handler(GraftGraphError)
    async def of_ours(request: Request, exc: GraftGraphError) -> Response:
        return _told(request, status_of(exc), str(exc))

    @app.exception_handler(QueryTroubleError)
    async def of_query(request: Request, exc: QueryTroubleError) -> Response:
        return _told(request, STATUS[exc.trouble], str(exc))

    @app.exception_handler(Exception)
    async def of_any(request: Request, exc: Exception) -> Response:
        log.error("unforeseen error at %s", request.url.path, exc_info=exc)
        return _told(request, 500, "Something went wrong here that should not. It was written to the log of this server.")


#: By kind of error, the first that fits.
_STATUS = ((QueryError, 400), (UnknownFindingError, 404), (SeenAnotherError, 409), (CurationError, 422), (ShapeError, 422))


def status_of(error: GraftGraphError) -> int:
    """The HTTP status of an error of ours; 500 where whoever asked could not have avoided it."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def refuse(request: Request, refusal: Refusal) -> Response:
    """The answer to a request that may not write."""
    answer = _told(request, refusal.status, refusal.words)
    answer.headers.update(refusal.headers)
    return answer


_GENERIC = frozenset({"Not Found", "Method Not Allowed"})
_TITLES = {401: "Sign in first", 403: "Not allowed", 404: "Not found", 413: "Too long"}


def _told(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith("/api/") or not wants_page(request.headers.get("accept")):
        return JSONResponse({"error": words}, status_code=status)
    return page(request, "error.html", {"words": words, "notice": None}, title=_TITLES.get(status, "Error"), status=status)
