"""Whom a finding favours: derived, and so never part of a paper's graph."""

from kg.model import Desirable, Direction, Favours

_GOOD = {(Direction.INCREASED, Desirable.HIGHER), (Direction.DECREASED, Desirable.LOWER)}


def favours(direction: Direction, desirable: Desirable | None) -> Favours | None:
    """Whom a finding of that direction favours, given which way its outcome should go for the patient's good.

    None where nothing was compared or decided, or where neither way is good in itself.
    """
    if direction is Direction.NO_DIFFERENCE:
        return Favours.NEITHER
    if direction in {Direction.REPORTED, Direction.UNCLEAR} or desirable in {None, Desirable.NONE}:
        return None
    return Favours.INTERVENTION if (direction, desirable) in _GOOD else Favours.COMPARATOR
