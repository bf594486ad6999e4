"""The chance that a finding's outcome and direction are right, from what it rests on.

In: evidence by name, with its strength. Out: a probability. A logistic model with few weights, of which none has a sign against
sense: a test never makes a null less likely, a number left over never makes a finding surer. ``benchmarks/train_confidence.py`` fits it
on digests that the rules were not developed on.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from kg.extract.findings.draft import Draft
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.scene import Scene, between
from kg.model import Direction

Evidence = dict[str, float]

#: Which way each piece of evidence may count: 1 for, -1 against, 0 either.
SENSE: Mapping[str, int] = MappingProxyType(
    {
        "outcome without a concept": -1,
        "amount or level": -1,
        "numbers left over in the clause": -1,
        "one arm": 0,
        "one arm where arms are compared": -1,
        "said of none, or of many": 1,
        "chance of the direction": 1,
        "a test found no difference": 1,
        "numbers of both arms": 1,
        "words and numbers disagree": -1,
        "no direction": -1,
    }
)
_LEFT_OVER = 2
_FARTHEST = 0.02


class Weigher(Protocol):
    """Turns evidence into a probability."""

    def weigh(self, evidence: Evidence) -> float:
        """Between 0 and 1."""
        ...


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model; ``level`` is the log-odds where no evidence is given."""

    level: float
    weights: Mapping[str, float]

    def weigh(self, evidence: Evidence) -> float:
        """The probability, to two decimals; never 0 or 1."""
        total = self.level + sum(self.weights[name] * strength for name, strength in evidence.items())
        return round(min(1 - _FARTHEST, max(_FARTHEST, 1 / (1 + math.exp(-total)))), 2)


#: Fitted by ``benchmarks/train_confidence.py``.
SHIPPED_CONFIDENCE = Confidence(
    0.55,
    MappingProxyType(
        {
            "outcome without a concept": -0.40,
            "amount or level": -0.59,
            "numbers left over in the clause": -0.79,
            "one arm": 0.64,
            "one arm where arms are compared": -0.82,
            "said of none, or of many": 0.21,
            "chance of the direction": 0.63,
            "a test found no difference": 0.55,
            "numbers of both arms": 0.84,
            "words and numbers disagree": -1.30,
            "no direction": -0.73,
        }
    ),
)


def evidence_of_comparison(
    scene: Scene, draft: Draft, *, direction: Direction, significant: bool | None, chance: float, is_disputed: bool
) -> Evidence:
    """What a comparison rests on; ``chance`` is that of its direction by the second opinion, else by the rules."""
    found = _common(scene, draft)
    if direction is Direction.UNCLEAR:
        found["no direction"] = 1.0
    else:
        bounded = min(1 - _FARTHEST, max(_FARTHEST, chance))
        found["chance of the direction"] = math.log(bounded / (1 - bounded))
    if direction is Direction.NO_DIFFERENCE and significant is False:
        found["a test found no difference"] = 1.0
    if len(draft.numbers) == 2:
        found["numbers of both arms"] = 1.0
    if is_disputed:
        found["words and numbers disagree"] = 1.0
    return found


def evidence_of_report(scene: Scene, draft: Draft, *, is_value: bool, is_comparative: bool) -> Evidence:
    """What a finding of one arm rests on: a value, or words that say of nobody or of many."""
    found = _common(scene, draft)
    found["one arm"] = 1.0
    if not is_value:
        found["said of none, or of many"] = 1.0
    elif is_comparative:
        found["one arm where arms are compared"] = 1.0
    return found


def _common(scene: Scene, draft: Draft) -> Evidence:
    found: Evidence = {}
    if draft.outcome.concept is None:
        found["outcome without a concept"] = 1.0
    if draft.outcome.family is Family.QUANTITY:
        found["amount or level"] = 1.0
    clause = scene.clauses[scene.clause(draft.outcome.start)]
    used = {number.start for number, _ in draft.numbers}
    left = sum(number.start not in used for number in between(scene.numbers, clause.start, clause.end))
    if left:
        found["numbers left over in the clause"] = min(_LEFT_OVER, left) / _LEFT_OVER
    return found
