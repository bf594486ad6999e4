"""The graph as one HTML page that opens anywhere and asks the network for nothing.

pyvis makes the node and edge data; the page around them is our own (``kg/pages/``), because pyvis links two content
networks even in its offline mode and writes titles into the page unescaped. Everything read from a paper reaches the page
as JSON and is shown as text; a content security policy with hashes lets only our own scripts run.
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

import networkx as nx
from pyvis.network import Network

from kg.model import DOUBTFUL_BELOW, Claim
from kg.network import Edge, Node, NodeKind, Point, Sense, edges_of, main_outcomes, nodes_of, place
from kg.page import DASHES, fill_page, page_file, script_json, sense_of

#: The release whose licence and behaviour were checked; pyvis ships an older one beside it.
_VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
_SENSES = {
    Sense.INCREASED: "increased",
    Sense.DECREASED: "decreased",
    Sense.NO_DIFFERENCE: "no difference",
    Sense.MIXED: "mixed or unclear",
    Sense.REPORTED: "reported, not compared",
    Sense.SETTING: "studied in",
}
#: Sentences in a tooltip; the panel beside the picture shows all.
_TOOLTIP_SENTENCES = 2
_LINE_LENGTH = 28
_WIDEST = 8


def draw_graph(graph: nx.MultiDiGraph, *, title: str = "GraftGraph", notice: str | None = None) -> str:
    """The page for a graph of ``kg.network.build_graph``.

    ``notice`` is shown above the picture and cannot be closed. The same graph gives the same bytes.
    """
    return fill_page(
        "graph.html",
        title=title,
        notice=notice,
        styles=("base.css", "graph.css"),
        scripts={
            "vis": files("pyvis").joinpath(_VIS_NETWORK).read_text(encoding="utf-8"),
            "script": page_file("graph.js"),
        },
        data=script_json(_page_data(graph)),
    )


def _page_data(graph: nx.MultiDiGraph) -> dict[str, object]:
    nodes, edges = nodes_of(graph), edges_of(graph)
    claims = _distinct(claim for edge in edges for claim in edge.claims)
    numbers = {claim.finding: number for number, claim in enumerate(claims)}
    labels = {node.id: node.label for node in nodes}
    net = Network(directed=True, cdn_resources="in_line")
    points, main = place(graph), main_outcomes(graph)
    for node in nodes:
        _add_node(net, node, points[node.id], is_main=node.kind is not NodeKind.OUTCOME or node.id in main)
    for number, edge in enumerate(edges):
        _add_edge(net, edge, number, labels, evidence=[numbers[claim.finding] for claim in edge.claims])
    shown_nodes, shown_edges, *_ = net.get_network_data()
    return {
        "nodes": shown_nodes,
        "edges": shown_edges,
        "claims": [_claim_data(claim, labels) for claim in claims],
        "columns": _columns(nodes, points, main),
        "senses": {sense.value: text for sense, text in _SENSES.items()},
        "dashes": DASHES,
    }


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    found = {claim.finding: claim for claim in claims}
    return [found[finding] for finding in sorted(found)]


def _add_node(net: Network, node: Node, point: Point, *, is_main: bool) -> None:
    lines = 1 if node.kind is NodeKind.PAPER else 2
    label = f"RETRACTED {node.label}" if node.is_retracted else node.label
    counted = (
        node.group.replace("_", " ") if node.kind is NodeKind.PAPER else f"{node.studies} {'study' if node.studies == 1 else 'studies'}"
    )
    net.add_node(
        node.id,
        label=_fit(label, lines=lines),
        shape="box",
        x=point.x,
        y=point.y,
        title="\n".join(part for part in (*textwrap.wrap(label, 70), counted) if part),
        kind=node.kind.value,
        name=label,
        studies=node.studies,
        main=is_main,
    )


def _add_edge(net: Network, edge: Edge, number: int, labels: Mapping[str, str], *, evidence: Sequence[int]) -> None:
    net.add_edge(
        edge.source,
        edge.target,
        id=f"e{number}",
        width=1 if edge.sense is Sense.SETTING else min(_WIDEST, round(1.5 * edge.studies**0.5, 1)),
        title=_tooltip(edge, labels),
        sense=edge.sense.value,
        level=edge.level.value,
        studies=edge.studies,
        evidence=evidence,
        doubtful=_is_doubtful(edge),
    )


def _tooltip(edge: Edge, labels: Mapping[str, str]) -> str:
    doubt = f", confidence below {DOUBTFUL_BELOW}" if _is_doubtful(edge) else ""
    studies = f"{edge.studies} {'study' if edge.studies == 1 else 'studies'}, {edge.level}{doubt}"
    if edge.sense is Sense.SETTING:
        return "\n".join([*textwrap.wrap(f"{labels[edge.target]}, studied in {labels[edge.source]}", 70), studies])
    lines = [*textwrap.wrap(f"{labels[edge.source]} → {labels[edge.target]}", 70), f"{_SENSES[edge.sense]} · {studies}"]
    sentences = list(dict.fromkeys(claim.sentence for claim in edge.claims))
    for sentence in sentences[:_TOOLTIP_SENTENCES]:
        lines += ["", *textwrap.wrap(f"“{sentence}”", 70)]
    if len(sentences) > _TOOLTIP_SENTENCES:
        lines += ["", f"and {len(sentences) - _TOOLTIP_SENTENCES} more; click to read all"]
    return "\n".join(lines)


def _is_doubtful(edge: Edge) -> bool:
    """True when the edge rests on doubtful findings alone."""
    return edge.sense is not Sense.SETTING and all(claim.is_doubtful for claim in edge.claims)


def _fit(label: str, *, lines: int) -> str:
    """The label in so many lines; what does not fit ends in an ellipsis."""
    width = _LINE_LENGTH if lines > 1 else _LINE_LENGTH - 5
    return "\n".join(textwrap.wrap(label, width, max_lines=lines, placeholder="…")) or label[: width - 1] + "…"


def _claim_data(claim: Claim, labels: Mapping[str, str]) -> dict[str, object]:
    return {
        "paper": f"paper:{claim.paper}",
        "id": claim.paper,
        "title": claim.title,
        "outcome": labels[f"outcome:{claim.outcome}"],
        "direction": claim.direction.value,
        "sense": sense_of(claim.direction),
        "sentence": claim.sentence,
        "arms": " against ".join(arm for arm in (claim.intervention, claim.comparator) if arm is not None),
        "doubt": f"confidence {claim.confidence:.2f}, below {DOUBTFUL_BELOW}" if claim.is_doubtful else "",
        "isDigest": claim.text_kind.value == "digest",
    }


def _columns(nodes: Sequence[Node], points: Mapping[str, Point], main: frozenset[str]) -> list[dict[str, object]]:
    """Heading and top left box of each column, for the picture's headings."""
    found: dict[str, list[Point]] = {}
    for node in nodes:
        if node.kind is NodeKind.OUTCOME:
            heading = "Outcomes" if node.id in main else "Less studied outcomes"
        else:
            heading = "Cells and drugs" if node.kind in {NodeKind.CELL, NodeKind.DRUG} else f"{node.kind}s".capitalize()
        found.setdefault(heading, []).append(points[node.id])
    return [
        {"label": label, "x": min(p.x for p in places), "y": min(p.y for p in places), "rare": label.startswith("Less")}
        for label, places in found.items()
    ]
