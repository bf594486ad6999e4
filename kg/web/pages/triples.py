"""``/explore/query``: the graph that a query makes, in the explorer; the address holds the query."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError
from kg.network import Sense
from kg.page import DASHES
from kg.web.answering import Request as Asked
from kg.web.labels import Shown, local_path, read_labels
from kg.web.layout import HEIGHT, WIDTH
from kg.web.pages.home import read_notice
from kg.web.pages.templates import page
from kg.web.refusals import refusal
from kg.web.sketch import fitted
from kg.web.snapshot import current
from kg.web.triples import OTHER, Picture, Thing, draw_picture, find_picture, read_triples
from kg.web.view import MOST_FREE, STEP, State
from kg.web.words import KINDS

router = APIRouter(include_in_schema=False)

PATH = "/explore/query"
_N_TRIPLES = "application/n-triples"


@router.get(PATH, name="triples")
def triples(request: Request, query: str, s: str = "") -> Response:
    """The view; ``s`` is the thing that the panel is about."""
    picture = _ask(request, query)
    addresses = {each.iri: _address(query, each.iri) for each in picture.things}
    chosen = next((each for each in picture.things if each.iri == s), None)
    drawn = draw_picture(picture, addresses, is_alone=False)
    parts = {
        "query": query,
        "view": picture,
        "picture": Markup(drawn) if picture.things else "",  # noqa: S704  # made of escaped text
        "data": json.dumps(_data(picture, addresses, s), separators=(",", ":")),
        "addresses": addresses,
        "opening": {each.iri: _opening(each) for each in picture.things},
        "chosen": chosen,
        "link": None if chosen is None else local_path(chosen.iri),
        "near": [] if chosen is None else _near(picture, chosen, addresses),
        "svg": f"{PATH}.svg?{urlencode({'query': query})}",
        "kinds": {**{kind.value: words for kind, words in KINDS.items()}, OTHER: "other things"},
        "notice": read_notice(current(request).store),
    }
    return page(request, "triples.html", parts, title="Graph of an answer")


@router.get(f"{PATH}.svg", name="triples-file")
def triples_file(request: Request, query: str) -> Response:
    """The picture to take away."""
    drawn = draw_picture(_ask(request, query), {}, is_alone=True)
    return Response(drawn, media_type="image/svg+xml", headers={"Content-Disposition": 'attachment; filename="graph.svg"'})


def graph_address(query: str) -> str:
    """Where the graph that a query makes is drawn."""
    return f"{PATH}?{urlencode({'query': query})}"


def _ask(request: Request, query: str) -> Picture:
    """What the query makes, asked of a worker.

    Raises:
        QueryError, QueryTroubleError: it is refused, wrong, takes too much, or makes no graph.
    """
    why = refusal(query)
    if why is not None:
        raise QueryError(why)
    written = request.app.state.workers.answer(Asked(sparql=query, graph_type=_N_TRIPLES))
    if written.media_type != _N_TRIPLES:
        raise QueryError("this query makes a table and no graph", remedy="Ask with CONSTRUCT or DESCRIBE, or open it on the page Query")
    read = read_triples(written.content)
    return find_picture(read, read_labels(current(request).store, read.iris), request.app.state.vocabulary)


def _address(query: str, iri: str) -> str:
    return f"{PATH}?{urlencode({'query': query, 's': iri})}"


def _opening(thing: Thing) -> str:
    """Its neighbourhood in the explorer; of what is no node there, all that is stated of it."""
    if thing.node:
        return State(opened=((thing.node, STEP),), chosen=thing.node).address()
    return _address(f"DESCRIBE <{thing.iri}>", thing.iri)


def _near(picture: Picture, chosen: Thing, addresses: Mapping[str, str]) -> list[tuple[str, Shown]]:
    """Properties of the thing and the things that they lead to; those that lead to it, the other way round."""
    labels = {each.iri: each.label for each in picture.things}
    found = [(tie.label, tie.target) for tie in picture.ties if tie.source == chosen.iri]
    found += [(f"is {tie.label} of", tie.source) for tie in picture.ties if tie.target == chosen.iri and tie.source != chosen.iri]
    return [(name, Shown(labels[iri], addresses[iri], iri)) for name, iri in found]


def _data(picture: Picture, addresses: Mapping[str, str], chosen: str) -> dict[str, object]:
    """What the canvas draws."""
    nodes = [
        {
            "id": each.iri,
            "kind": each.kind,
            "label": "\n".join(fitted(each.label)),
            "name": each.label,
            "x": picture.points[each.iri].x,
            "y": picture.points[each.iri].y,
            "isOpened": False,
            "href": addresses[each.iri],
            "open": _opening(each),
        }
        for each in picture.things
    ]
    ties = [
        {
            "id": each.id,
            "from": each.source,
            "to": each.target,
            "label": each.label,
            "sense": Sense.SETTING,
            "width": 1.4,
            "href": addresses[each.source],
        }
        for each in picture.ties
    ]
    return {
        "nodes": nodes,
        "edges": ties,
        "dashes": {**DASHES, Sense.SETTING: ()},
        "box": {"width": WIDTH, "height": HEIGHT},
        "chosen": chosen,
        "isFree": len(nodes) <= MOST_FREE,
    }
