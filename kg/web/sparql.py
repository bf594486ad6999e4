"""``/sparql``: the query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), read only.

By GET, by a POSTed form, and by POST of the query itself (2.1); results and graphs in the form that ``Accept`` ranks highest; the Service
Description (https://www.w3.org/TR/sparql11-service-description/) on GET without a query, and for a person's browser the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.web.answering import GRAPHS, RESULTS, STATUS, QueryTroubleError, Request, Trouble
from kg.web.description import service_description
from kg.web.negotiate import choose, wants_page
from kg.web.refusals import READ_ONLY, refusal
from kg.web.workers import QueryWorkers

#: Other names by which clients ask for the same forms.
_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
_RETRY_S = "5"
#: Bytes of a request; the protocol sets no limit.
LONGEST_REQUEST = 1_000_000


class _RefusedError(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class _Asked:
    """The parameters of the protocol that a request carries."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def answer(request: HttpRequest, workers: QueryWorkers, *, page: str) -> Response:
    """Answer a request; ``page`` is where the page for people is."""
    try:
        parameters = await _parameters(request)
        if parameters is None:
            return _describe(request, page)
        if request.method == "GET" and wants_page(request.headers.get("accept")):
            return RedirectResponse(f"{page}?{urlencode({'query': parameters.query})}", status_code=303, headers={"Vary": "Accept"})
        asked = _wanted(parameters, request.headers.get("accept"))
        written = await run_in_threadpool(workers.answer, asked)
    except _RefusedError as exc:
        return _told(exc.status, str(exc))
    except QueryTroubleError as exc:
        return _told(STATUS[exc.trouble], str(exc), retry=exc.trouble is Trouble.BUSY)
    return Response(written.content, media_type=written.media_type, headers={"Vary": "Accept"})


async def _parameters(request: HttpRequest) -> _Asked | None:
    """What is asked; None for a GET without a query."""
    if request.method == "GET":
        return None if not request.query_params else _asked(request.query_params.multi_items())
    body = await _body(request)
    match request.headers.get("content-type", "").partition(";")[0].strip().lower():
        case "application/x-www-form-urlencoded":
            # The dataset may stand in the address too, as in the W3C's test query_post_form.
            return _asked([*parse_qsl(body, keep_blank_values=True, errors="strict"), *request.query_params.multi_items()])
        case "application/sparql-query":
            return _asked([("query", body), *request.query_params.multi_items()])
        case "application/sparql-update":
            raise _RefusedError(403, READ_ONLY)
    raise _RefusedError(415, "POST a form (application/x-www-form-urlencoded) or the query itself (application/sparql-query).")


async def _body(request: HttpRequest) -> str:
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > LONGEST_REQUEST:
            raise _RefusedError(413, f"The request has more than {LONGEST_REQUEST} bytes.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise _RefusedError(400, "The request is not UTF-8.") from None


def _asked(parameters: Sequence[tuple[str, str]]) -> _Asked:
    """Exactly one query (2.1.1); graphs as often as need be."""
    if any(name == "update" for name, _ in parameters):
        raise _RefusedError(403, READ_ONLY)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise _RefusedError(400, "Give one parameter named query." if not queries else "Give one query, not several.")
    why = refusal(queries[0])
    if why is not None:
        raise _RefusedError(403, why)

    def all_of(wanted: str) -> tuple[str, ...]:
        return tuple(value for name, value in parameters if name == wanted)

    return _Asked(queries[0], all_of("default-graph-uri"), all_of("named-graph-uri"))


def _wanted(asked: _Asked, accept: str | None) -> Request:
    """The request to a worker, in the forms that ``Accept`` ranks highest for a table and for a graph."""
    results, graph = _choose(accept, RESULTS), _choose(accept, GRAPHS)
    if results is None and graph is None:
        offered = ", ".join([*RESULTS, *GRAPHS])
        raise _RefusedError(406, f"Nothing that Accept names is on offer. Ask for one of {offered}.")
    return Request(
        sparql=asked.query,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        results_type=results or next(iter(RESULTS)),
        graph_type=graph or next(iter(GRAPHS)),
    )


def _choose(accept: str | None, offered: Iterable[str]) -> str | None:
    names = list(offered)
    aliases = [alias for alias, name in _ALIASES.items() if name in names]
    chosen = choose(accept, [*names, *aliases])
    return None if chosen is None else _ALIASES.get(chosen, chosen)


def _describe(request: HttpRequest, page: str) -> Response:
    if wants_page(request.headers.get("accept")):
        return RedirectResponse(page, status_code=303, headers={"Vary": "Accept"})
    media_type = _choose(request.headers.get("accept"), GRAPHS)
    if media_type is None:
        raise _RefusedError(406, f"The service description is on offer as {', '.join(GRAPHS)}.")
    content = service_description(str(request.url_for("sparql")), media_type)
    return Response(content, media_type=media_type, headers={"Vary": "Accept"})


def _told(status: int, message: str, *, retry: bool = False) -> Response:
    return PlainTextResponse(message + "\n", status_code=status, headers={"Vary": "Accept"} | ({"Retry-After": _RETRY_S} if retry else {}))
