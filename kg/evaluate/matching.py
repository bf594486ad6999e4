"""Which predicted finding means which gold finding, and on what the two agree.

A prediction can match where outcome spans overlap or outcome labels are equal, and evidence overlaps by at least 0.3 of the
predicted evidence (it is a sentence, not the abstract). Pairs are one to one, best agreement first.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kg.evaluate.gold import GoldFinding
from kg.model import Effect, Finding, PValue, Span, Value, Values

_MIN_EVIDENCE_SHARE = 0.3
_DURATION = re.compile(r"P(\d+(?:\.\d+)?)([DWMY])")
#: Months and days are not comparable: ISO 8601 leaves a month's length open.
_UNITS = {"D": ("days", 1), "W": ("days", 7), "M": ("months", 1), "Y": ("months", 12)}


@dataclass(frozen=True)
class Agreement:
    """On what a gold and a predicted finding agree."""

    direction: bool
    significant: bool
    values: bool
    effect: bool
    p: bool
    timepoint: bool

    @property
    def is_exact(self) -> bool:
        """True when all but the time point agrees."""
        return self.direction and self.significant and self.values and self.effect and self.p

    def score(self) -> int:
        """How many fields agree."""
        return sum(asdict(self).values())

    def wrong(self) -> tuple[str, ...]:
        """Names of the fields that do not agree."""
        return tuple(name for name, is_right in asdict(self).items() if not is_right)


@dataclass(frozen=True)
class Pair:
    """A gold and a predicted finding that mean the same, by position."""

    gold: int
    predicted: int
    agreement: Agreement


def pair_findings(gold: Sequence[GoldFinding], predicted: Sequence[Finding]) -> tuple[Pair, ...]:
    """One-to-one pairs, best first: most fields agree, equal labels, longest overlap of outcomes, then in printed order."""
    candidates: list[tuple[tuple[int, bool, int, int, int], Pair]] = []
    for i, one in enumerate(gold):
        for j, other in enumerate(predicted):
            if _can_match(one, other):
                pair = Pair(i, j, agreement(one, other))
                shared = _overlap(one.outcome, other.outcome)
                candidates.append(((pair.agreement.score(), _same_outcome_label(one, other), shared, -i, -j), pair))
    candidates.sort(key=lambda each: each[0], reverse=True)
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs: list[Pair] = []
    for _, pair in candidates:
        if pair.gold not in taken_gold and pair.predicted not in taken_predicted:
            taken_gold.add(pair.gold)
            taken_predicted.add(pair.predicted)
            pairs.append(pair)
    return tuple(pairs)


def agreement(gold: GoldFinding, predicted: Finding) -> Agreement:
    """Compare field by field; gold is read as its complement where the prediction names that outcome."""
    reading = _read_as(gold, predicted.outcome.label)
    return Agreement(
        direction=predicted.direction in {reading.direction, *reading.direction_alternatives},
        significant=gold.significant == predicted.significant,
        values=_same_values(reading.values, predicted.values),
        effect=_same_effect(reading, predicted.effect),
        p=_same_p(gold.p, predicted.p),
        timepoint=_duration(gold.timepoint) == _duration(predicted.timepoint),
    )


def normal(text: str | None) -> str:
    """A label as it is compared: lower case, hyphens as blanks, white space collapsed."""
    return " ".join((text or "").lower().replace("-", " ").split())


def overlaps(one: Span, other: Span) -> bool:
    """True when two spans share a character."""
    return _overlap(one, other) > 0


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _same_outcome_label(one: Finding, other: Finding) -> bool:
    return normal(one.outcome.label) == normal(other.outcome.label)


def _can_match(gold: Finding, predicted: Finding) -> bool:
    if not _same_outcome_label(gold, predicted) and not overlaps(gold.outcome, predicted.outcome):
        return False
    shared = _overlap(gold.evidence, predicted.evidence)
    return shared > 0 and shared >= _MIN_EVIDENCE_SHARE * (predicted.evidence.end - predicted.evidence.start)


def _read_as(gold: GoldFinding, label: str) -> GoldFinding:
    other = gold.equivalent
    if other is None or normal(label) != normal(other.outcome):
        return gold
    update: dict[str, object] = {"direction": other.direction, "direction_alternatives": other.direction_alternatives}
    if other.values is not None:
        intervention = Value(value=other.values.intervention, text="")
        comparator = Value(value=other.values.comparator, text="")
        update["values"] = Values(intervention=intervention, comparator=comparator)
    return gold.model_copy(update=update)


def _same_values(gold: Values, predicted: Values) -> bool:
    return _same_value(gold.intervention, predicted.intervention) and _same_value(gold.comparator, predicted.comparator)


def _same_value(gold: Value | None, predicted: Value | None) -> bool:
    """True when the printed number is the same: the value, or the count (of the total)."""
    if gold is None or predicted is None:
        return gold is predicted
    if gold.value is None and gold.count is None:
        # Words without a number, such as "not reached".
        return predicted.value is None and predicted.count is None
    if _is_close(gold.value, predicted.value):
        return True
    return gold.count is not None and gold.count == predicted.count and gold.total in {None, predicted.total}


def _same_effect(gold: GoldFinding, predicted: Effect | None) -> bool:
    if gold.effect is None or predicted is None:
        return gold.effect is predicted
    return any(_is_estimate(each, predicted) for each in (gold.effect, *gold.effect_alternatives))


def _is_estimate(gold: Effect, predicted: Effect) -> bool:
    limits = ((gold.ci_low, predicted.ci_low), (gold.ci_high, predicted.ci_high))
    same_limits = all(printed is None or _is_close(printed, read) for printed, read in limits)
    return gold.measure is predicted.measure and _is_close(gold.value, predicted.value) and same_limits


def _same_p(gold: PValue | None, predicted: PValue | None) -> bool:
    if gold is None or predicted is None:
        return gold is predicted
    return gold.operator == predicted.operator and _is_close(gold.value, predicted.value)


def _is_close(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _duration(text: str | None) -> tuple[str, float] | str | None:
    """P12M and P1Y, P4W and P28D as the same; what is no plain duration as it is."""
    match = _DURATION.fullmatch(text or "")
    if match is None:
        return text
    unit, factor = _UNITS[match[2]]
    return unit, float(match[1]) * factor
