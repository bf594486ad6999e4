"""By what findings may be narrowed, and the ranges that numbers fall into. Pure."""

from bisect import bisect_right
from enum import StrEnum


class Facet(StrEnum):
    """By what findings may be narrowed, besides the kind of the nodes shown."""

    DIRECTION = "direction"
    SIGNIFICANCE = "significance"
    GROUP = "group"
    SOURCE = "source"
    TRANSPLANT = "transplant"
    CONDITION = "condition"
    INTENT = "intent"
    DESIGN = "design"
    SPECIES = "species"
    YEARS = "years"
    #: Participants, in ranges.
    N = "n"


#: Facets whose values stand in their own order and not by how many findings they have.
RANGES = frozenset({Facet.YEARS, Facet.N})
_YEARS_TOGETHER = 5
#: Where ranges of the number of participants begin.
_SIZES = (1, 20, 50, 100, 200, 500)


def years_around(year: int | None) -> tuple[str, ...]:
    """The years that a year stands among: ("2015-2019",); nothing where none is stated."""
    if year is None:
        return ()
    first = year - year % _YEARS_TOGETHER
    return (f"{first}-{first + _YEARS_TOGETHER - 1}",)


def size_range(n: int | None) -> tuple[str, ...]:
    """The range that a number of participants lies in: ("20-49",), ("500+",); nothing where none is stated."""
    if n is None or n < _SIZES[0]:
        return ()
    place = bisect_right(_SIZES, n)
    return (f"{_SIZES[place - 1]}-{_SIZES[place] - 1}" if place < len(_SIZES) else f"{_SIZES[-1]}+",)


def range_start(value: str) -> int:
    """Where a range begins; what is none comes first."""
    first = value.rstrip("+").partition("-")[0]
    return int(first) if first.isdecimal() else 0
