"""What two comparable findings say to each other.

In: two claims on one quantity. Out: agrees, contradicts, tension or weak contrast. Only what was tested can contradict: a
difference that nobody tested is weak evidence of a difference, and at best in weak contrast to another finding.
"""

from dataclasses import dataclass
from enum import IntEnum

from kg.model import Claim, Direction, Effect, LinkKind, Measure, PValue, Value

#: Two-sided level of significance.
ALPHA = 0.05

_NULL_VALUE = {Measure.HR: 1.0, Measure.RR: 1.0, Measure.OR: 1.0, Measure.MD: 0.0, Measure.SMD: 0.0, Measure.RD: 0.0, Measure.R: 0.0}


_RATIOS = frozenset({Measure.HR, Measure.RR, Measure.OR})
#: An estimate nearer to "no effect" than this leans nowhere: a ratio by a tenth, other measures by Cohen's small effect.
_LEAST_RATIO = 1.1
#: Within 0.8 to 1.25 of each other, the bounds of bioequivalence, two untested numbers are no finding of a difference.
_TELLING_RATIO = 1.25
_LEAST_DIFFERENCE = {Measure.SMD: 0.2, Measure.R: 0.1}


class Way(IntEnum):
    """Which way the quantity goes."""

    LESS = -1
    SAME = 0
    MORE = 1


_WAYS = {Direction.INCREASED: Way.MORE, Direction.DECREASED: Way.LESS, Direction.NO_DIFFERENCE: Way.SAME}


@dataclass(frozen=True)
class Stance:
    """Which way a quantity goes, and whether a test says that it does; None where none is stated or the statements disagree."""

    way: Way
    significant: bool | None
    #: Which way the numbers of a finding of no difference lean; None where it prints none.
    lean: Way | None = None


def stance_of(claim: Claim, *, is_inverted: bool = False) -> Stance | None:
    """Where a claim stands on its quantity.

    None where it compares nothing, says no difference with a significant test, or rests on two numbers alone that hardly differ.
    """
    way = _WAYS.get(claim.direction)
    if way is None:
        return None
    significant = _significance(claim)
    if way is not Way.SAME and significant is None and _hardly_differ(claim):
        return None
    if way is Way.SAME:
        return None if significant else Stance(way, significant, _lean(claim, is_inverted=is_inverted))
    return Stance(Way(-way) if is_inverted else way, significant)


def verdict(one: Stance, other: Stance) -> LinkKind:
    """How two stances on the same quantity go together; the order does not matter.

    Where nothing is significant, numbers that lean the way the other finding goes are no contrast to it.
    """
    if one.way is other.way or (_found_nothing(one) and _found_nothing(other)):
        return LinkKind.AGREES
    if not one.significant and not other.significant and (one.lean is other.way or other.lean is one.way):
        return LinkKind.AGREES
    tested = [stance for stance in (one, other) if stance.significant]
    if len(tested) == 2:
        return LinkKind.CONTRADICTS
    if len(tested) == 1 and all(stance.significant or _found_nothing(stance) for stance in (one, other)):
        return LinkKind.TENSION
    return LinkKind.WEAK_CONTRAST


def interval_says(effect: Effect) -> bool | None:
    """Whether the confidence interval leaves out "no effect"; None without an interval, or where a limit is that very value."""
    null = _NULL_VALUE[effect.measure]
    if effect.ci_low is None or effect.ci_high is None or null in {effect.ci_low, effect.ci_high}:
        return None
    return not effect.ci_low < null < effect.ci_high


def p_says(p: PValue) -> bool | None:
    """Whether the P value lies below ``ALPHA``; None where it does not tell, as in P = .05 or P < .1."""
    if p.operator in {"<", "<="} and p.value <= ALPHA:
        return True
    if p.operator in {">", ">="} and p.value >= ALPHA:
        return False
    if p.operator == "=" and p.value != ALPHA:
        return p.value < ALPHA
    return None


def _lean(claim: Claim, *, is_inverted: bool) -> Way | None:
    """The way of the estimate, else of the arms' numbers, told of the quantity itself."""
    if claim.effect is not None:
        # A hazard ratio of survival is one of deaths.
        turned = is_inverted and not (claim.effect.measure is Measure.HR and "survival" in claim.outcome_label)
        return _turned(_way_of(claim.effect), is_inverted=turned)
    sides = claim.values.intervention, claim.values.comparator
    one, other = (None if value is None else _size(value) for value in sides)
    if one is None or other is None or one[1] != other[1] or one[0] <= 0 or other[0] <= 0:
        return None
    return _turned(_way_of_ratio(one[0] / other[0]), is_inverted=is_inverted)


def _hardly_differ(claim: Claim) -> bool:
    """Arms' numbers, without any test or estimate beside them, of which neither is a quarter larger than the other.

    Of shares both ends count: 79% and 65% with a response are 21% and 35% without.
    """
    if claim.p is not None or claim.effect is not None:
        return False
    sides = claim.values.intervention, claim.values.comparator
    one, other = (None if value is None else _size(value) for value in sides)
    if one is None or other is None or one[1] != other[1]:
        return False
    pairs = [(one[0], other[0]), (100 - one[0], 100 - other[0])] if one[1] == "%" else [(one[0], other[0])]
    return all(low > 0 and high / low < _TELLING_RATIO for low, high in map(sorted, pairs))


def _way_of(effect: Effect) -> Way | None:
    """None for a difference in units of its own, which may be large or small."""
    if effect.measure in _RATIOS:
        return _way_of_ratio(effect.value) if effect.value > 0 else None
    least = _LEAST_DIFFERENCE.get(effect.measure)
    if least is None:
        return None
    return Way.SAME if abs(effect.value) < least else Way.MORE if effect.value > 0 else Way.LESS


def _way_of_ratio(ratio: float) -> Way:
    return Way.MORE if ratio >= _LEAST_RATIO else Way.LESS if ratio <= 1 / _LEAST_RATIO else Way.SAME


def _turned(way: Way | None, *, is_inverted: bool) -> Way | None:
    return Way(-way) if is_inverted and way is not None else way


def _size(value: Value) -> tuple[float, str | None] | None:
    """A number with its unit, or a share; a bare count says nothing without its total."""
    if value.value is not None:
        return value.value, value.unit
    if value.count is not None and value.total:
        return 100 * value.count / value.total, "%"
    return None


def _found_nothing(stance: Stance) -> bool:
    """No difference was found, be it said or tested."""
    return stance.way is Way.SAME or stance.significant is False


def _significance(claim: Claim) -> bool | None:
    """What the text, the P value and the interval say together."""
    said = {
        claim.significant,
        None if claim.p is None else p_says(claim.p),
        None if claim.effect is None else interval_says(claim.effect),
    } - {None}
    return said.pop() if len(said) == 1 else None
