"""Every IRI of ours dereferences: ``https://w3id.org/graftgraph/X`` is redirected to ``/X`` here.

People get the page that shows the thing; programs get what the graph states of it, in the form that ``Accept`` ranks highest.
"""

from collections.abc import Mapping

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from pyoxigraph import Literal, NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.namespaces import BASE
from kg.store import LocalStore
from kg.web.addresses import sent_path
from kg.web.answering import GRAPHS
from kg.web.answering import Request as Asked
from kg.web.labels import Shown, local_path, read_labels, short_name
from kg.web.negotiate import choose, wants_page
from kg.web.pages.templates import page
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)

#: First parts of the paths of our IRIs.
KINDS = (
    "ontology", "vocabulary", "paper", "text", "study", "arm", "finding", "value", "effect", "evidence", "target", "quote", "position",
    "span",
    "run", "engine", "link", "summary", "graph", "mention", "unmapped",
)  # fmt: skip
#: Forms in which the data of a thing may be taken away, by the part of the address that names each.
FORMS = {"turtle": "Turtle", "jsonld": "JSON-LD", "nquads": "N-Quads"}
_FORM_TYPES = {"turtle": "text/turtle", "jsonld": "application/ld+json", "nquads": "application/n-quads"}
_ENDINGS = {"turtle": "ttl", "jsonld": "jsonld", "nquads": "nq"}
_MOST = 500


@router.get("/data/{form}/{kind}/{rest:path}", name="data")
async def data(request: Request, form: str, kind: str) -> Response:
    """The data of a thing as a file, for those whose browser asks for pages."""
    if form not in FORMS or kind not in KINDS:
        raise HTTPException(404)
    path = sent_path(request).removeprefix(f"/data/{form}/")
    try:
        node = NamedNode(BASE + path)
    except ValueError:
        raise HTTPException(404) from None
    if not await run_in_threadpool(_is_stated, request, node):
        raise HTTPException(404, f"Nothing is stated of {node.value}.")
    asked = Asked(sparql=_construct(node), graph_type=_FORM_TYPES[form])
    written = await run_in_threadpool(request.app.state.workers.answer, asked)
    headers = {"Content-Disposition": f'attachment; filename="graftgraph.{_ENDINGS[form]}"'}
    return Response(written.content, media_type=written.media_type, headers=headers)


# Any path that begins with a kind of thing; so it stands last.
@router.get("/{kind}/{rest:path}", name="thing")
async def thing(request: Request, kind: str) -> Response:
    """What is stated of an IRI, to read or as data."""
    if kind not in KINDS:
        raise HTTPException(404)
    iri = BASE + sent_path(request).lstrip("/")
    try:
        node = NamedNode(iri)
    except ValueError:
        raise HTTPException(404) from None
    if wants_page(request.headers.get("accept")):
        return await run_in_threadpool(_page, request, node)
    media_type = choose(request.headers.get("accept"), list(GRAPHS))
    if media_type is None:
        return PlainTextResponse(f"On offer: text/html, {', '.join(GRAPHS)}\n", status_code=406, headers={"Vary": "Accept"})
    written = await run_in_threadpool(request.app.state.workers.answer, Asked(sparql=_construct(node), graph_type=media_type))
    if not await run_in_threadpool(_is_stated, request, node):
        return PlainTextResponse(f"Nothing is stated of {iri}.\n", status_code=404, headers={"Vary": "Accept"})
    return Response(written.content, media_type=written.media_type, headers={"Vary": "Accept"})


def _construct(node: NamedNode) -> str:
    """The whole graph where it is one, all of a paper's graph where it is a paper, else the statements about it."""
    iri = node.value
    if iri.startswith(BASE + "graph/"):
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}"
    if iri.startswith(BASE + "paper/"):
        graph = NamedNode(BASE + "graph/" + iri.removeprefix(BASE))
        return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    return f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ GRAPH ?g {{ {node} ?p ?o }} }}"


def _is_stated(request: Request, node: NamedNode) -> bool:
    store = current(request).store
    return bool(store.query(f"ASK {{ {{ GRAPH ?g {{ {node} ?p ?o }} }} UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }}"))


def _page(request: Request, node: NamedNode) -> Response:
    """The statements about a thing, and those that lead to it."""
    store = current(request).store
    if not _is_stated(request, node):
        raise HTTPException(404, f"Nothing is stated of {node.value}.")
    said = _rows(store, f"SELECT DISTINCT ?p ?o WHERE {{ GRAPH ?g {{ {node} ?p ?o }} }} ORDER BY ?p STR(?o) LIMIT {_MOST}")
    led = _rows(store, f"SELECT DISTINCT ?s ?p WHERE {{ GRAPH ?g {{ ?s ?p {node} }} }} ORDER BY ?p ?s LIMIT {_MOST}")
    labels = read_labels(store, {term.value for row in (*said, *led) for term in row if isinstance(term, NamedNode)} | {node.value})
    parts = {
        "iri": node.value,
        "said": [(_shown(p, labels), _shown(o, labels)) for p, o in said],
        "led": [(_shown(s, labels), _shown(p, labels)) for s, p in led],
        "notice": None,
    }
    return page(request, "thing.html", parts, title=labels.get(node.value, node.value.removeprefix(BASE)))


def _rows(store: LocalStore, sparql: str) -> list[tuple[NamedNode | Literal, ...]]:
    return [tuple(term for term in row if isinstance(term, NamedNode | Literal)) for row in store.select(sparql).rows]


def _shown(term: NamedNode | Literal, labels: Mapping[str, str]) -> Shown:
    if isinstance(term, Literal):
        return Shown(term.value)
    return Shown(labels.get(term.value) or short_name(term.value), local_path(term.value), term.value)
