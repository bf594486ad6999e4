"""Whom a finding favours: every pair of direction and desirable direction."""

import pytest

from kg.model import Desirable, Direction, Favours
from kg.rdf import favours


@pytest.mark.parametrize(
    ("direction", "lower", "higher", "none"),
    [
        ("increased", "comparator", "intervention", None),
        ("decreased", "intervention", "comparator", None),
        ("no_difference", "neither", "neither", "neither"),
        ("reported", None, None, None),
        ("unclear", None, None, None),
    ],
)
def test_favours_follows_direction_and_what_is_desirable(direction: str, lower: str | None, higher: str | None, none: str | None) -> None:
    expected = [None if each is None else Favours(each) for each in (lower, higher, none, none)]
    assert [favours(Direction(direction), each) for each in (Desirable.LOWER, Desirable.HIGHER, Desirable.NONE, None)] == expected


def test_every_direction_is_in_the_table() -> None:
    assert {"increased", "decreased", "no_difference", "reported", "unclear"} == {each.value for each in Direction}
