"""A view as SVG: the picture of a browser without scripts, and the file to take away. Colour is never the only sign of a direction."""

import textwrap
from html import escape
from math import sqrt

from kg.draw.svg import number
from kg.network import Point
from kg.page import DASHES, tag
from kg.web.edges import ViewEdge
from kg.web.layout import HEIGHT, WIDTH, Placed
from kg.web.view import State, View, ViewNode

_LINE = 25
STYLE = """
svg.graph { background: #fff; font: 13px system-ui, "Segoe UI", Roboto, sans-serif; }
.graph text { fill: #1d2329; text-anchor: middle; } .graph a { text-decoration: none; }
.graph path { fill: none; stroke-opacity: .8; } .graph rect { stroke-width: 1.5; }
.graph .opened rect { stroke-width: 3; }
.increased { stroke: #c94f00; } .decreased { stroke: #0067ad; } .no_difference { stroke: #00845f; } .mixed { stroke: #a2489a; }
.reported { stroke: #8d959d; } .setting { stroke: #b9a878; }
.condition rect { fill: #fbe9ec; stroke: #b3475f; } .transplant rect { fill: #fdf4dc; stroke: #b98d1f; }
.cell rect { fill: #dcf1ee; stroke: #1f8478; }
.drug rect { fill: #ece7fa; stroke: #7459c4; } .outcome rect { fill: #eef1f4; stroke: #5b6671; }
.paper rect, .other rect { fill: #fff; stroke: #b5bcc4; }
"""


def draw_view(view: View, placed: Placed, state: State, *, is_alone: bool) -> str:
    """The picture; on a page its nodes and lines lead to what is behind them, and styles come from the page."""
    lines = "".join(_line(each, placed, state, is_alone=is_alone) for each in view.edges)
    boxes = "".join(_box(each, placed.points[each.id], state, is_alone=is_alone) for each in view.nodes)
    size = {"viewBox": f"0 0 {placed.width} {placed.height}", "width": str(placed.width), "height": str(placed.height)}
    alone = {"xmlns": "http://www.w3.org/2000/svg"} if is_alone else {}
    style = f"<style>{STYLE}</style>" if is_alone else ""
    return tag("svg", tag("title", "Graph of findings") + style + lines + boxes, klass="graph", **size, **alone)


def fitted(label: str) -> list[str]:
    """The label in two lines at most; what does not fit ends in an ellipsis."""
    return textwrap.wrap(label, _LINE, max_lines=2, placeholder="…") or [label[:_LINE]]


def edge_width(edge: ViewEdge) -> float:
    """Grows with the cohorts behind it, up to what its box can bear."""
    return min(1.2 + 0.8 * sqrt(edge.studies - 1), 6.0)


def _line(edge: ViewEdge, placed: Placed, state: State, *, is_alone: bool) -> str:
    one, other = placed.points[edge.source], placed.points[edge.target]
    left, right = (one, other) if one.x <= other.x else (other, one)
    x1, x2 = left.x + WIDTH // 2, right.x - WIDTH // 2
    bend = max((x2 - x1) // 2, 40)
    way = f"M{x1},{left.y} C{x1 + bend},{left.y} {x2 - bend},{right.y} {x2},{right.y}"
    dashes = " ".join(map(str, DASHES[edge.sense]))
    drawn = tag("path", "", klass=edge.sense, d=way, stroke_width=number(edge_width(edge)), stroke_dasharray=dashes)
    return drawn if is_alone else tag("a", drawn, href=state.choosing(edge.id).address(), aria_hidden="true", tabindex="-1")


def _box(node: ViewNode, point: Point, state: State, *, is_alone: bool) -> str:
    frame = tag(
        "rect", "", x=str(point.x - WIDTH // 2), y=str(point.y - HEIGHT // 2), width=str(WIDTH), height=str(HEIGHT), rx=_round(node)
    )
    lines = fitted(f"RETRACTED {node.label}" if node.is_withdrawn else node.label)
    top = point.y + 5 - 8 * (len(lines) - 1)
    written = "".join(tag("text", escape(line), x=str(point.x), y=str(top + 16 * place)) for place, line in enumerate(lines))
    klass = f"{node.kind} opened" if node.is_opened else str(node.kind)
    group = tag("g", frame + written, klass=klass)
    return group if is_alone else tag("a", group, href=state.choosing(node.id).address(), aria_hidden="true", tabindex="-1")


def _round(node: ViewNode) -> str:
    """Shapes differ by kind as colours do: concepts of the setting are round, papers have sharp corners."""
    return {"condition": "19", "transplant": "19", "cell": "10", "drug": "10", "outcome": "5"}.get(node.kind, "")
