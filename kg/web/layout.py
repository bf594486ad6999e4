"""Places for the nodes of a view: columns by kind, each as near to square as its labels allow. Pure, and the same everywhere.

A column is ordered by the mean height of what its nodes are tied to, so that lines cross little; what is opened stands in the middle.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from kg.network import Point
from kg.web.findings import Kind
from kg.web.view import View, ViewNode

#: A node's box.
WIDTH = 200
HEIGHT = 38
_ROW = 54
_COLUMN = WIDTH + 26
#: Room for lines between two kinds.
_ALLEY = 130
_ROWS = 14
#: Kinds that share a column, from left to right.
_COLUMNS = ((Kind.CONDITION, Kind.TRANSPLANT), (Kind.CELL, Kind.DRUG), (Kind.OUTCOME,), (Kind.PAPER,))


@dataclass(frozen=True)
class Placed:
    """Where all stands; places are the middles of boxes."""

    points: Mapping[str, Point]
    width: int
    height: int


def place(view: View) -> Placed:
    """A place for each node."""
    near: dict[str, list[str]] = defaultdict(list)
    for edge in view.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    points: dict[str, Point] = {}
    left = WIDTH // 2 + 10
    columns = [[node for node in view.nodes if node.kind in kinds] for kinds in _COLUMNS]
    tallest = max((min(len(column), _ROWS) for column in columns), default=1)
    for column in columns:
        if column:
            across = ceil(len(column) / _ROWS)
            points |= _stack(_ordered(column, near, points), left=left, across=across, height=tallest * _ROW)
            left += across * _COLUMN + _ALLEY
    return Placed(points, left - _ALLEY - _COLUMN + WIDTH + WIDTH // 2 - 70, tallest * _ROW + 10)


def _ordered(column: Sequence[ViewNode], near: Mapping[str, Sequence[str]], points: Mapping[str, Point]) -> list[ViewNode]:
    def height(node: ViewNode) -> Fraction:
        placed = [points[each].y for each in near[node.id] if each in points]
        return Fraction(sum(placed), len(placed)) if placed else Fraction(0)

    ordered = sorted(column, key=lambda node: (height(node), -node.studies, node.label, node.id))
    opened = [node for node in ordered if node.is_opened]
    rest = [node for node in ordered if not node.is_opened]
    middle = len(rest) // 2
    return [*rest[:middle], *opened, *rest[middle:]]


def _stack(column: Sequence[ViewNode], *, left: int, across: int, height: int) -> dict[str, Point]:
    """Top to bottom, in as many stacks side by side as needed, the middle of each at half the height."""
    rows = ceil(len(column) / across)
    top = (height - rows * _ROW) // 2 + _ROW // 2 + 5
    return {node.id: Point(left + number // rows * _COLUMN, top + number % rows * _ROW) for number, node in enumerate(column)}
