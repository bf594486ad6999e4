"""The addresses of the API."""

from bisect import bisect_right
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from kg.vocabulary import Vocabulary
from kg.web.api import examples, models
from kg.web.evidence import read_evidence
from kg.web.index import cursor_of, read_cursor
from kg.web.layout import place
from kg.web.search import find_nodes
from kg.web.snapshot import current
from kg.web.terms import find_terms
from kg.web.versions import VersionedRoute
from kg.web.view import find_behind, find_view, read_state
from kg.web.words import value_label

router = APIRouter(
    prefix="/api", route_class=VersionedRoute, tags=["graph"], responses={code: {"model": models.Trouble} for code in (400, 422)}
)
_Limit = Annotated[int, Query(ge=1, le=200, description="how many at most", examples=[50])]
_PLACE = r"^([0-9]{1,4}\|[^|]*\|[^|]*)?$"
_CURSOR = "where the page begins: next of the page before; nothing for the first"


@router.get("/search", name="api-search", responses=examples.showing(examples.HITS))
def search(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="part of a name", examples=["chronic gvhd"])],
    limit: Annotated[int, Query(ge=1, le=50, description="how many at most", examples=[12])] = 12,
) -> models.Hits:
    """Nodes by label, synonym, title or author."""
    return models.Hits(
        items=[models.Hit.model_validate(each) for each in find_nodes(current(request).index, _vocabulary(request), q, limit=limit)]
    )


@router.get("/graph", name="api-graph", responses=examples.showing(examples.GRAPH))
def graph(
    request: Request,
    x: Annotated[
        list[str] | None, Query(description="nodes to open, each with ~ and how many neighbours", examples=[[f"{examples.OUTCOME}~60"]])
    ] = None,
    path: Annotated[str, Query(description="two nodes, joined by |", examples=[f"{examples.CELL}|{examples.OUTCOME}"])] = "",
) -> models.Graph:
    """The view of an address of /explore, which takes the same parameters, facets among them."""
    view = find_view(current(request).index, read_state(request.query_params.multi_items()))
    points = place(view).points
    return models.Graph(
        nodes=[models.Node(**vars_of(each), x=points[each.id].x, y=points[each.id].y) for each in view.nodes],
        edges=[models.Edge.model_validate(each) for each in view.edges],
        facets={
            facet: [models.Count(value=value, label=value_label(value, _vocabulary(request)), count=count) for value, count in counts]
            for facet, counts in view.facets.items()
        },
        findings=view.findings,
        left_out=view.left_out,
        has_path=view.has_path,
    )


@router.get("/evidence", name="api-evidence", responses=examples.showing(examples.EVIDENCE))
def evidence(
    request: Request,
    of: Annotated[str, Query(description="a node, or an edge: its ends and its level, joined by |", examples=[examples.OUTCOME])],
    cursor: Annotated[str, Query(description=_CURSOR, pattern=_PLACE, examples=["2019|pmid-101|finding/pmid-101/812-934-1"])] = "",
    limit: _Limit = 50,
) -> models.EvidencePage:
    """Findings behind a node or an edge, each with its sentence; facets narrow them as on /explore."""
    snapshot = current(request)
    found = find_behind(snapshot.index, of, read_state(request.query_params.multi_items()))
    start = found.after(read_cursor(cursor)) if cursor else 0
    shown = found[start : start + limit]
    asked = {each.iri: each.study.paper for each in shown}
    rows = read_evidence(snapshot.store, _vocabulary(request), asked, snapshot.index.names)
    return models.EvidencePage(
        total=len(found),
        items=rows,
        next=cursor_of(shown[-1]) if start + limit < len(found) else None,
    )


@router.get("/papers", name="api-papers", responses=examples.showing(examples.PAPERS))
def papers(
    request: Request, cursor: Annotated[str, Query(description=_CURSOR, examples=[examples.PAPER])] = "", limit: _Limit = 50
) -> models.PapersPage:
    """Papers by id."""
    studies = current(request).index.studies
    ids = sorted(studies)
    start = bisect_right(ids, cursor) if cursor else 0
    shown = ids[start : start + limit]
    return models.PapersPage(
        total=len(ids),
        items=[
            models.Paper(id=each, **{name: getattr(studies[each], name) for name in ("label", "title", "year", "is_withdrawn")})
            for each in shown
        ],
        next=shown[-1] if start + limit < len(ids) else None,
    )


@router.get("/terms", name="api-terms", responses=examples.showing(examples.TERMS))
def terms(request: Request) -> models.Terms:
    """Names of ours that SPARQL may use, to complete while typing."""
    return models.Terms(items=[models.Term(name=name, label=label) for name, label in find_terms(_vocabulary(request))])


def vars_of(node: object) -> dict[str, object]:
    """The fields of a record."""
    return dict(vars(node))


def _vocabulary(request: Request) -> Vocabulary:
    vocabulary: Vocabulary = request.app.state.vocabulary
    return vocabulary
