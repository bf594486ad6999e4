"""Closed sets that stand in a graph only: what a record keeps as true, false or null, a graph keeps as a concept.

Engines differ on booleans, and "not stated" is no value. The values equal the ``skos:notation`` of ``ontologies/<set>.ttl``.
"""

from enum import StrEnum


class Allocation(StrEnum):
    """Whether chance decided who got what."""

    RANDOMIZED = "randomized"
    NOT_RANDOMIZED = "not_randomized"


class Centers(StrEnum):
    """Whether more than one centre took part."""

    MULTICENTER = "multicenter"
    SINGLE_CENTER = "single_center"


class InfusionRepetition(StrEnum):
    """Whether cells were given more than once."""

    REPEATED = "repeated"
    SINGLE = "single"


class SteroidResponse(StrEnum):
    """Whether the disease treated had failed to respond to steroids."""

    REFRACTORY = "refractory"
    NOT_REFRACTORY = "not_refractory"


class ArmRole(StrEnum):
    """Whether an arm is a control (placebo, no treatment, standard care, historical) or is given what is studied."""

    CONTROL = "control"
    ACTIVE = "active"


class AgeGroup(StrEnum):
    """Age of the participants."""

    PEDIATRIC = "pediatric"
    ADULT = "adult"
    MIXED = "mixed"


class Side(StrEnum):
    """The side of a comparison that a number belongs to."""

    INTERVENTION = "intervention"
    COMPARATOR = "comparator"


class Retraction(StrEnum):
    """Stated only of a paper that was retracted as a whole."""

    RETRACTED = "retracted"


def chosen(flag: bool | None, if_true: StrEnum, if_false: StrEnum) -> StrEnum | None:
    """The value that a flag stands for, None where it is not stated."""
    if flag is None:
        return None
    return if_true if flag else if_false
