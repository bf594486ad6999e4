"""Whom a finding is about: species, setting, intent, disease, part of the participants.

In: a claim and what is known of its study. Out: a ``Population`` that two claims can be matched by. What a paper does not say is
None, never a guess; only a clinical design makes a study human.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.link.quantities import ACUTE_GVHD, CHRONIC_GVHD
from kg.model import Claim, Design, FindingKind, Intent, StudyContext
from kg.vocabulary import Vocabulary, fold

HUMAN = "human"

_ANIMALS = "mixed animals"
_STEROID_REFRACTORY = frozenset(
    {"steroid-refractory-acute-graft-versus-host-disease", "steroid-refractory-chronic-graft-versus-host-disease"}
)
_MALIGNANCY, _APLASTIC_ANEMIA = "malignancy", "aplastic-anemia"
_NONMALIGNANT = frozenset({"hematologic-disease", "immune-system-disease", "inherited-metabolic-disorder"})
#: Where these conditions stand in a study's list they are what happens to patients, not why they came.
_NO_INDICATION = frozenset({"secondary-malignancy", "hemophagocytic-lymphohistiocytosis", "autoimmune-cytopenia"})
_CLINICAL = frozenset({Design.RCT, Design.NONRANDOMIZED_CONTROLLED, Design.SINGLE_ARM, Design.RETROSPECTIVE_COHORT, Design.CASE_SERIES})
#: Parts of a review's studies rather than of the participants.
_OF_STUDIES = re.compile(r"(?:n?rcts?|(?:non-?)?randomi[sz]ed (?:controlled )?(?:trials|studies))", re.IGNORECASE)


class Purpose(StrEnum):
    """Why cells or drugs were given, as far as findings can be compared: before GVHD, or against it."""

    PREVENT = "prevention"
    TREAT = "treatment"
    EXPLAIN = "mechanism"


#: Cells that are given with the graft are given to prevent.
_PURPOSES = {
    Intent.PROPHYLAXIS: Purpose.PREVENT,
    Intent.COTRANSPLANTATION: Purpose.PREVENT,
    Intent.TREATMENT: Purpose.TREAT,
    Intent.MECHANISM: Purpose.EXPLAIN,
}


@dataclass(frozen=True)
class Population:
    """Who was studied, and why they were given what they were given."""

    species: str | None
    is_in_vitro: bool
    purpose: Purpose | None
    #: Acute, chronic or both, of those who are treated for GVHD.
    treated: frozenset[str]
    #: "malignancy", or the slug of a non-malignant disease that is the reason for transplantation.
    diseases: frozenset[str]
    #: A part of the participants, as a concept's slug or folded words; None for all.
    part: str | None

    @property
    def has_only_nonmalignant(self) -> bool:
        """True where a non-malignant disease is the one reason given."""
        return bool(self.diseases) and _MALIGNANCY not in self.diseases


@dataclass(frozen=True)
class Condition:
    """What a condition of a study may stand for."""

    #: Acute, chronic, both or none.
    gvhd: frozenset[str]
    is_refractory: bool
    #: "malignancy", or a non-malignant disease; None where it is no reason for transplantation.
    disease: str | None


def condition_of(slug: str, vocabulary: Vocabulary) -> Condition:
    """What a condition of the vocabulary may stand for."""
    line = frozenset({slug, *vocabulary.ancestors(slug)})
    return Condition(
        gvhd=line & {ACUTE_GVHD, CHRONIC_GVHD},
        is_refractory=slug in _STEROID_REFRACTORY,
        disease=None if line & _NO_INDICATION else _disease(slug, line),
    )


def population_of(claim: Claim, context: StudyContext, vocabulary: Vocabulary, *, meaning: Callable[[str], Condition]) -> Population:
    """The population of a claim; ``meaning`` gives what a condition of the vocabulary may stand for."""
    conditions = [meaning(each) for each in context.conditions or claim.conditions if each in vocabulary]
    intent = claim.intent or context.intent
    is_in_vitro = claim.design is Design.IN_VITRO or claim.kind is FindingKind.MECHANISM
    purpose = None if intent is None else _PURPOSES[intent]
    return Population(
        species=_species(claim),
        is_in_vitro=is_in_vitro,
        purpose=Purpose.EXPLAIN if is_in_vitro else purpose,
        treated=_treated(conditions) if purpose is Purpose.TREAT else frozenset(),
        diseases=frozenset(each.disease for each in conditions if each.disease is not None),
        part=_part(claim.population, vocabulary),
    )


def is_same_species(one: str, other: str) -> bool:
    """True for equal species, and for animals of several kinds against one of them."""
    return one == other or (_ANIMALS in {one, other} and HUMAN not in {one, other})


def _species(claim: Claim) -> str | None:
    if claim.species is not None:
        return fold(claim.species)
    return HUMAN if claim.design in _CLINICAL else None


def _treated(conditions: Sequence[Condition]) -> frozenset[str]:
    """Kinds of GVHD among the conditions. A steroid-refractory kind is what was treated; another may be what came later."""
    refractory = [each for each in conditions if each.is_refractory]
    return frozenset(kind for each in refractory or conditions for kind in each.gvhd)


def _disease(slug: str, line: frozenset[str]) -> str | None:
    """Any malignancy is one reason for transplantation, non-malignant diseases are apart; a whole class of them names none."""
    if _MALIGNANCY in line:
        return _MALIGNANCY
    if slug in _NONMALIGNANT or not line & _NONMALIGNANT:
        return None
    return _APLASTIC_ANEMIA if _APLASTIC_ANEMIA in line else slug


def _part(population: str | None, vocabulary: Vocabulary) -> str | None:
    if population is None or _OF_STUDIES.fullmatch(population.strip()):
        return None
    concept = vocabulary.find(population, kind="condition")
    return fold(population) if concept is None else concept.slug
