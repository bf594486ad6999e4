"""What our SVG pictures share: elements, marks by direction, and the styles of a picture that stands alone.

On a page the styles come from its style sheet, since none may stand in the page itself. Shapes differ as well as colours.
"""

from html import escape
from math import sqrt

from kg.model import Direction
from kg.page import tag

#: How the mark of each direction is named to those who do not see it.
WORDS = {
    Direction.INCREASED: "rose",
    Direction.DECREASED: "fell",
    Direction.NO_DIFFERENCE: "did not differ",
    Direction.UNCLEAR: "went unclear ways",
    Direction.REPORTED: "is reported only",
}
STYLE = """
svg.picture { background: #fff; font: 13px system-ui, "Segoe UI", Roboto, sans-serif; }
.picture text { fill: #1d2329; } .picture .soft { fill: #5a6570; } .picture .head { font-weight: 600; }
.picture .rule { stroke: #dfe2e5; } .picture .axis { stroke: #5a6570; } .picture .whisker { stroke: #1d2329; stroke-width: 1.5; }
.picture .box { fill: #1d2329; }
.mark.increased { fill: #c94f00; } .mark.decreased { fill: #0067ad; } .mark.no_difference { fill: #00845f; }
.mark.unclear { fill: #a2489a; } .mark.reported { fill: none; stroke: #8d959d; stroke-width: 2; }
"""


def picture(inside: str, *, width: float, height: float, name: str, is_alone: bool) -> str:
    """A whole picture; ``name`` is read to those who do not see it. One that stands alone carries its styles."""
    style = f"<style>{STYLE}</style>" if is_alone else ""
    alone = {"xmlns": "http://www.w3.org/2000/svg"} if is_alone else {}
    size = {"viewBox": f"0 0 {number(width)} {number(height)}", "width": number(width), "height": number(height)}
    return tag("svg", tag("title", escape(name)) + style + inside, klass="picture", **size, **alone)


def mark(direction: Direction, x: float, y: float, radius: float) -> str:
    """The mark of a direction around a point."""
    r = radius
    match direction:
        case Direction.INCREASED:
            shape = _polygon((x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8))
        case Direction.DECREASED:
            shape = _polygon((x, y + r), (x + r, y - r * 0.8), (x - r, y - r * 0.8))
        case Direction.NO_DIFFERENCE:
            shape = _element("rect", x=x - r, y=y - r * 0.4, width=2 * r, height=r * 0.8)
        case Direction.UNCLEAR:
            shape = _polygon((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        case _:
            shape = _element("circle", cx=x, cy=y, r=r * 0.8)
    return shape.replace(" ", f' class="mark {direction}" ', 1)


def mark_radius(count: int) -> float:
    """Area grows with the count, up to a size that fits its cell."""
    return min(4 + 2 * sqrt(count), 11)


def words(text: str, x: float, y: float, *, klass: str = "", anchor: str = "") -> str:
    """A line of text."""
    return tag("text", escape(text), x=number(x), y=number(y), klass=klass, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, *, klass: str) -> str:
    """A straight line."""
    return _element("line", x1=x1, y1=y1, x2=x2, y2=y2).replace(" ", f' class="{klass}" ', 1)


def box(x: float, y: float, side: float) -> str:
    """A square around a point."""
    return _element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side).replace(" ", ' class="box" ', 1)


def number(value: float) -> str:
    """A coordinate with no more signs than it needs."""
    return f"{value:.1f}".removesuffix(".0")


def _polygon(*points: tuple[float, float]) -> str:
    return f'<polygon points="{" ".join(f"{number(x)},{number(y)}" for x, y in points)}"/>'


def _element(name: str, **places: float) -> str:
    written = "".join(f' {key}="{number(value)}"' for key, value in places.items())
    return f"<{name}{written}/>"
