"""Which quantity an outcome concept stands for, so that two papers' outcomes can be told to be the same or not.

In: an outcome's slug and the vocabulary. Out: a ``Quantity``, or how near two of them are. Mortality and overall survival are one
quantity seen from two ends (``gg:complementOf``), and so are chronic GVHD and its incidence (``gg:measures``). Narrower is not the
same: grade II-IV acute GVHD is not grade III-IV, and a complete response is not any response.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Desirable
from kg.vocabulary import Concept, Vocabulary

ACUTE_GVHD = "acute-graft-versus-host-disease"
CHRONIC_GVHD = "chronic-graft-versus-host-disease"

#: A name that is its broader concept's with a time before it: "day-28 overall response", "6-month survival".
_TIMED = re.compile(r"(?:day|week|month|year)[- ]\d+ |\d+[- ](?:day|week|month|year) ", re.IGNORECASE)
#: A share counted at a stated time is the quantity itself.
_COUNTED_AT_A_TIME = {"survival-rate": "overall-survival"}


@dataclass(frozen=True)
class Quantity:
    """What is measured: ``concept`` is the harmful one of two complements, and the condition rather than its incidence."""

    concept: str
    #: True where more of the outcome is less of ``concept``: survival against death.
    is_inverted: bool = False


class Near(StrEnum):
    """How two quantities that are not the same stand to each other."""

    ACUTE_CHRONIC = "acute_chronic"
    GRADE = "grade"
    NARROWER = "narrower"
    SIBLING = "sibling"
    UNRELATED = "unrelated"


def quantity_of(outcome: str, vocabulary: Vocabulary) -> Quantity | None:
    """The quantity behind an outcome; None where the vocabulary lacks the outcome."""
    if outcome not in vocabulary:
        return None
    concept = vocabulary[_untimed(outcome, vocabulary)]
    is_inverted = concept.complement is not None and concept.desirable is Desirable.HIGHER
    if is_inverted and concept.complement is not None:
        concept = vocabulary[concept.complement]
    return Quantity(_condition_of(concept, vocabulary), is_inverted)


def outcomes_of(concepts: Collection[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Every outcome slug whose quantity is one of the concepts: those that a store is to be asked for."""
    found = ((slug, quantity_of(slug, vocabulary)) for slug in vocabulary.concepts)
    return frozenset(slug for slug, quantity in found if quantity is not None and quantity.concept in concepts)


def nearness(one: str, other: str, vocabulary: Vocabulary) -> Near:
    """How two different quantities, as concept slugs, are related."""
    kinds = {_gvhd_kind(one, vocabulary), _gvhd_kind(other, vocabulary)}
    if kinds == {ACUTE_GVHD, CHRONIC_GVHD}:
        return Near.ACUTE_CHRONIC
    if kinds == {ACUTE_GVHD}:
        return Near.GRADE
    if vocabulary.is_a(one, other) or vocabulary.is_a(other, one):
        return Near.NARROWER
    shared = set(vocabulary[one].broader) & set(vocabulary[other].broader)
    return Near.SIBLING if shared else Near.UNRELATED


def _untimed(slug: str, vocabulary: Vocabulary) -> str:
    """The broader concept that a timed one is, at that time."""
    if slug in _COUNTED_AT_A_TIME:
        return _COUNTED_AT_A_TIME[slug]
    if not _TIMED.match(vocabulary[slug].label):
        return slug
    untimed = (each for each in vocabulary[slug].broader if not _TIMED.match(vocabulary[each].label))
    return next(untimed, slug)


def _condition_of(concept: Concept, vocabulary: Vocabulary) -> str:
    """The condition that this outcome alone measures; a condition measured in several ways is none of them."""
    if concept.measures is None:
        return concept.slug
    measuring = [each for each in vocabulary.of_kind(concept.kind) if each.measures == concept.measures]
    return concept.measures if len(measuring) == 1 else concept.slug


def _gvhd_kind(slug: str, vocabulary: Vocabulary) -> str | None:
    return next((kind for kind in (ACUTE_GVHD, CHRONIC_GVHD) if vocabulary.is_a(slug, kind)), None)
