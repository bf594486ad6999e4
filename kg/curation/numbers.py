"""Where the numbers of a finding stand in the text, when the text has moved; and findings without these places. Pure."""

from collections.abc import Callable

from kg.curation.locate import locate
from kg.model import Effect, Finding, PValue, Value, Values

_Printed = Value | Effect | PValue
#: Start and end; None where a number stands nowhere.
_Place = tuple[int | None, int | None]


def move_numbers(finding: Finding, shift: int, text: str) -> Finding:
    """The finding with the places of its numbers in this text, in which its sentence stands so much further on.

    A number that is not there as printed has no place.
    """

    def moved(each: _Printed) -> _Place:
        found = None if each.start is None or not each.text else locate(text, each.text, near=each.start + shift)
        return (None, None) if found is None else (found.start, found.end)

    return _placed(finding, moved)


def without_places(finding: Finding) -> Finding:
    """The finding with its numbers as they are, wherever they stand."""
    return _placed(finding, lambda _: (None, None))


def _placed(finding: Finding, find: Callable[[_Printed], _Place]) -> Finding:
    values = finding.values
    return finding.model_copy(
        update={
            "values": Values(
                intervention=None if values.intervention is None else values.intervention.model_copy(update=_at(find(values.intervention))),
                comparator=None if values.comparator is None else values.comparator.model_copy(update=_at(find(values.comparator))),
            ),
            "effect": None if finding.effect is None else finding.effect.model_copy(update=_at(find(finding.effect))),
            "p": None if finding.p is None else finding.p.model_copy(update=_at(find(finding.p))),
        }
    )


def _at(place: _Place) -> dict[str, int | None]:
    return dict(zip(("start", "end"), place, strict=True))
