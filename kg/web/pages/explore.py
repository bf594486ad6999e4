"""``/explore``: the graph node by node, whole without scripts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter
from fastapi.exceptions import HTTPException
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kg.page import DASHES
from kg.vocabulary import Vocabulary
from kg.web.facets import RANGES, range_start
from kg.web.findings import Kind
from kg.web.index import FindingIndex
from kg.web.layout import HEIGHT, WIDTH, Placed, place
from kg.web.pages.evidence import index_and_vocabulary, panel
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.search import find_nodes
from kg.web.sketch import draw_view, edge_width, fitted
from kg.web.snapshot import current
from kg.web.versions import VersionedRoute
from kg.web.view import MOST_FREE, STEP, State, View, find_view, read_state
from kg.web.words import FACETS, KINDS, LEVELS, SENSES, value_label

router = APIRouter(include_in_schema=False, route_class=VersionedRoute)

#: The release whose licence and behaviour were checked; pyvis ships an older one beside it.
_VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
_VALUES = 12
_MOST_STARTS = 8


@dataclass(frozen=True)
class Choice:
    """A value of a facet as a check box."""

    value: str
    label: str
    count: int
    is_set: bool


@router.get("/static/vis-network.js", name="vis-network")
def vis_network() -> Response:
    """The library that draws on the canvas, out of the installed package; pages show a picture without it."""
    # Importing the package would take half a second.
    found = find_spec("pyvis")
    file = None if found is None or found.origin is None else Path(found.origin).parent / _VIS_NETWORK
    if file is None or not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})


@router.get("/explore", name="explore")
def explore(request: Request, q: str = "", a: str = "", b: str = "") -> Response:
    """The view that the address says; ``q`` searches, ``a`` and ``b`` are names between which a path is wanted."""
    index, vocabulary = index_and_vocabulary(request)
    state = read_state(request.query_params.multi_items())
    ends = tuple(found[0].id for name in (a, b) if name and (found := find_nodes(index, vocabulary, name, limit=1)))
    if len(ends) == 2:
        state = replace(state, path=(ends[0], ends[1]))
    view = find_view(index, state)
    placed = place(view)
    store = current(request).store
    parts = {
        "state": state,
        "view": view,
        "step": STEP,
        "q": q,
        "hits": find_nodes(index, vocabulary, q, limit=20),
        "picture": Markup(draw_view(view, placed, state, is_alone=False)) if view.nodes else "",  # noqa: S704  # made of escaped text
        "data": json.dumps(_data(view, placed, state), separators=(",", ":")),
        "facets": _facets(view, state, vocabulary),
        "starts": _starts(index),
        "edges": _shown_edges(index, view, state),
        "svg": state.choosing("").address("/explore.svg"),
        "ends": tuple(index.labels.get(each, "") for each in state.path or ("", "")),
        "missed": bool(a or b) and len(ends) < 2,
        "kinds": KINDS,
        "relaid": replace(state, is_free=not state.is_free).address() if len(view.nodes) <= MOST_FREE else None,
        "senses": SENSES,
        "dashes": DASHES,
        "notice": read_notice(store),
        **panel(request, state.chosen, state),
    }
    return page(request, "explore.html", parts, title="Explore")


@router.get("/explore.svg", name="explore-file")
def explore_file(request: Request) -> Response:
    """The picture to take away."""
    state = read_state(request.query_params.multi_items())
    view = find_view(index_and_vocabulary(request)[0], state)
    drawn = draw_view(view, place(view), state, is_alone=True)
    return Response(drawn, media_type="image/svg+xml", headers={"Content-Disposition": 'attachment; filename="graph.svg"'})


def _facets(view: View, state: State, vocabulary: Vocabulary) -> list[tuple[str, str, list[Choice]]]:
    """Name, heading and values of each facet that has something to choose; values that are set are always among them."""
    found = []
    given: dict[str, frozenset[str]] = {"kind": frozenset(state.kinds)} | {facet.value: values for facet, values in state.facets.items()}
    for name, heading in FACETS.items():
        chosen = given.get(name, frozenset())
        counts = dict(view.facets[name])
        most = list(counts)[:_VALUES]
        values = [*most, *sorted(chosen - set(most))]
        if name in RANGES:
            values.sort(key=range_start)
        choices = [Choice(each, value_label(each, vocabulary), counts.get(each, 0), each in chosen) for each in values]
        if len(choices) > 1 or chosen:
            found.append((name, heading, choices))
    return found


def _starts(index: FindingIndex) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Where a first visit may begin: by kind, the nodes with most findings."""
    kinds = (Kind.CELL, Kind.OUTCOME, Kind.CONDITION)
    sizes = {node: int(size) for node, size in zip(index.columns.nodes, index.sizes, strict=True)}
    starts = []
    for kind in kinds:
        nodes = (each for each in sizes if each.startswith(f"{kind}:"))
        most = nsmallest(_MOST_STARTS, nodes, key=lambda each: (-sizes[each], each))
        if most:
            starts.append((KINDS[kind], [(State().opening(each).address(), index.labels[each], sizes[each]) for each in most]))
    return starts


def _shown_edges(index: FindingIndex, view: View, state: State) -> list[tuple[str, str, str, str, int]]:
    """Address, ends, sense, level and findings of each edge, most findings first."""
    ordered = sorted(view.edges, key=lambda each: (-each.findings, each.id))
    return [
        (
            state.choosing(each.id).address(),
            f"{index.labels[each.source]} → {index.labels[each.target]}",
            each.sense.value,
            LEVELS[each.level],
            each.findings,
        )
        for each in ordered
    ]


def _data(view: View, placed: Placed, state: State) -> dict[str, object]:
    """What the canvas draws."""
    return {
        "nodes": list(_node_data(view, placed, state)),
        "edges": [
            {
                "id": each.id,
                "from": each.source,
                "to": each.target,
                "sense": each.sense,
                "width": edge_width(each),
                "href": state.choosing(each.id).address(),
            }
            for each in view.edges
        ],
        "dashes": DASHES,
        "box": {"width": WIDTH, "height": HEIGHT},
        "isFree": state.is_free and len(view.nodes) <= MOST_FREE,
        "chosen": state.chosen,
    }


def _node_data(view: View, placed: Placed, state: State) -> Iterator[dict[str, object]]:
    for each in view.nodes:
        label = f"RETRACTED {each.label}" if each.is_withdrawn else each.label
        yield {
            "id": each.id,
            "kind": each.kind,
            "label": "\n".join(fitted(label)),
            "name": label,
            "x": placed.points[each.id].x,
            "y": placed.points[each.id].y,
            "isOpened": each.is_opened,
            "href": state.choosing(each.id).address(),
            "open": state.opening(each.id).address(),
        }
