"""May two findings be compared, and if not, why.

In: two profiles. Out: None, or an ``Obstacle`` with its reason in words. The rules are strict on purpose: a pair that a reader
would wave away as apples and oranges costs more than a pair that is missed. ``docs/linking.md`` gives an example of each.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kg.link.interventions import Contrast, contrast_of, named_concepts
from kg.link.populations import HUMAN, Population, Purpose, condition_of, is_same_species, population_of
from kg.link.quantities import Near, Quantity, nearness, quantity_of
from kg.link.ties import Ties
from kg.link.verdicts import Stance, stance_of
from kg.model import Claim, Design, FindingKind, StudyContext
from kg.store.statements import registration_key
from kg.vocabulary import Vocabulary

_SPEAKS_OF_PARTS = re.compile(r"\bpost[- ]hoc\b|\bsub(?:group|set|analys[ie]s)|\bstratified\b", re.IGNORECASE)


class Obstacle(StrEnum):
    """Why two findings are not compared."""

    SAME_PAPER = "same_paper"
    SAME_COHORT = "same_cohort"
    RETRACTED = "retracted"
    OUTCOME = "outcome"
    GRADE = "grade"
    ACUTE_CHRONIC = "acute_chronic"
    SINGLE_ARM = "single_arm"
    CONTRAST = "contrast"
    UNDECIDED = "undecided"
    INTERVENTION = "intervention"
    COMPARATOR = "comparator"
    SPECIES = "species"
    SETTING = "setting"
    INTENT = "intent"
    POPULATION = "population"
    SUBGROUP = "subgroup"


@dataclass(frozen=True)
class Profile:
    """A claim with all that comparing asks of it, worked out once."""

    claim: Claim
    context: StudyContext
    quantity: Quantity | None
    stance: Stance | None
    contrast: Contrast
    population: Population

    @property
    def registered(self) -> dict[str, str]:
        """Trial registrations as they compare, with the number as printed; papers that share one speak of the same participants."""
        return {registration_key(number): number for number in self.context.registrations}

    @property
    def is_of_unnamed_part(self) -> bool:
        """True for a contrast of subgroups, or a sentence on some, of which the claim does not say which."""
        has_part = self.population.part is not None
        return not has_part and (self.claim.kind is FindingKind.SUBGROUP or _SPEAKS_OF_PARTS.search(self.claim.sentence) is not None)


@dataclass(frozen=True)
class Reason:
    """An obstacle and what stands in the way, in words."""

    obstacle: Obstacle
    text: str


class Profiler:
    """Makes profiles; what equal outcomes, conditions and names of sides stand for is looked up once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._quantity_of = cache(lambda outcome: quantity_of(outcome, vocabulary))
        self._condition_of = cache(lambda slug: condition_of(slug, vocabulary))
        self._named = cache(lambda label: named_concepts(label, vocabulary))

    def profile(self, claim: Claim, context: StudyContext | None) -> Profile:
        """The profile of a claim; without a context only what the claim itself says is known."""
        known = context if context is not None else StudyContext(paper=claim.paper, year=claim.year, transplants=claim.transplants)
        quantity = self._quantity_of(claim.outcome)
        return Profile(
            claim=claim,
            context=known,
            quantity=quantity,
            stance=stance_of(claim, is_inverted=quantity is not None and quantity.is_inverted),
            contrast=contrast_of(claim, self._vocabulary, named=self._named),
            population=population_of(claim, known, self._vocabulary, meaning=self._condition_of),
        )


def profile_of(claim: Claim, context: StudyContext | None, vocabulary: Vocabulary) -> Profile:
    """The profile of one claim."""
    return Profiler(vocabulary).profile(claim, context)


def find_obstacle(one: Profile, other: Profile, *, ties: Ties, vocabulary: Vocabulary) -> Reason | None:
    """The first thing that forbids comparing the two; None where nothing does. The order of the two does not matter."""
    source = _same_source(one, other, ties)
    if source is not None:
        return source
    for check in _CHECKS:
        reason = check(one, other, vocabulary)
        if reason is not None:
            return reason
    return None


def _same_source(one: Profile, other: Profile, ties: Ties) -> Reason | None:
    if one.claim.paper == other.claim.paper:
        return Reason(Obstacle.SAME_PAPER, "Both findings are of one paper.")
    if any(each.claim.is_retracted or each.context.is_retracted for each in (one, other)):
        return Reason(Obstacle.RETRACTED, "A paper was retracted.")
    if frozenset({one.claim.paper, other.claim.paper}) in ties.same_source:
        return Reason(Obstacle.SAME_COHORT, "Both papers report the same participants.")
    if Design.META_ANALYSIS in {one.claim.design, other.claim.design}:
        return None
    shared = sorted(one.registered.keys() & other.registered.keys())
    return Reason(Obstacle.SAME_COHORT, f"Both papers report trial {one.registered[shared[0]].upper()}.") if shared else None


def _outcome(one: Profile, other: Profile, vocabulary: Vocabulary) -> Reason | None:
    if one.quantity is None or other.quantity is None:
        return Reason(Obstacle.OUTCOME, "An outcome is not in the vocabulary.")
    left, right = sorted((one.quantity.concept, other.quantity.concept))
    if left == right:
        return None
    near = nearness(left, right, vocabulary)
    names = f"{vocabulary[left].label} and {vocabulary[right].label}"
    return _APART[near](names)


_APART: dict[Near, Callable[[str], Reason]] = {
    Near.ACUTE_CHRONIC: lambda names: Reason(Obstacle.ACUTE_CHRONIC, f"Acute is not chronic: {names}."),
    Near.GRADE: lambda names: Reason(Obstacle.GRADE, f"Near, but of different grade or form: {names}."),
    Near.NARROWER: lambda names: Reason(Obstacle.OUTCOME, f"Near, but one is narrower than the other: {names}."),
    Near.SIBLING: lambda names: Reason(Obstacle.OUTCOME, f"Near, but not the same: {names}."),
    Near.UNRELATED: lambda names: Reason(Obstacle.OUTCOME, f"Different outcomes: {names}."),
}


def _kind(one: Profile, other: Profile, _: Vocabulary) -> Reason | None:
    kinds = {one.claim.kind, other.claim.kind}
    if FindingKind.SINGLE_ARM in kinds:
        return Reason(Obstacle.SINGLE_ARM, "A value of one arm says nothing of an effect.")
    if one.stance is None or other.stance is None:
        return Reason(Obstacle.UNDECIDED, "A finding says neither which way its outcome went nor that it did not.")
    if len(kinds) > 1:
        names = " and ".join(sorted(kind.value.replace("_", " ") for kind in kinds))
        return Reason(Obstacle.CONTRAST, f"They contrast different things: {names}.")
    return None


def _intervention(one: Profile, other: Profile, vocabulary: Vocabulary) -> Reason | None:
    left, right = one.contrast, other.contrast
    if not left.given or not right.given:
        return Reason(Obstacle.INTERVENTION, "What was given is not known.")
    if left.given != right.given:
        return Reason(Obstacle.INTERVENTION, f"Different interventions: {_classes(one, other, 'given', vocabulary)}.")
    if left.against != right.against:
        return Reason(Obstacle.COMPARATOR, f"Different comparators: {_classes(one, other, 'against', vocabulary)}.")
    return None


def _classes(one: Profile, other: Profile, side: str, vocabulary: Vocabulary) -> str:
    sets = (one.contrast.given, other.contrast.given) if side == "given" else (one.contrast.against, other.contrast.against)
    names = sorted(" + ".join(sorted(vocabulary[slug].label for slug in slugs)) or "a control group" for slugs in sets)
    return " and ".join(names)


def _setting(one: Profile, other: Profile, _: Vocabulary) -> Reason | None:
    left, right = one.population, other.population
    if left.is_in_vitro != right.is_in_vitro:
        return Reason(Obstacle.SETTING, "Cell culture is not a living recipient.")
    return None


def _species(one: Profile, other: Profile, _: Vocabulary) -> Reason | None:
    left, right = one.population, other.population
    if left.is_in_vitro:
        return None
    if left.species is None or right.species is None:
        return Reason(Obstacle.SPECIES, "The species is not known.")
    if not is_same_species(left.species, right.species):
        names = " and ".join(sorted((left.species, right.species)))
        return Reason(Obstacle.SPECIES, f"Different species: {names}.")
    return None


def _intent(one: Profile, other: Profile, _: Vocabulary) -> Reason | None:
    purposes = {one.population.purpose, other.population.purpose}
    if None in purposes:
        return Reason(Obstacle.INTENT, "Why it was given is not known.")
    if len(purposes) > 1:
        return Reason(Obstacle.INTENT, "Prevention is not treatment, and neither is a study of mechanism.")
    return None


def _population(one: Profile, other: Profile, vocabulary: Vocabulary) -> Reason | None:
    left, right = one.population, other.population
    if left.purpose is Purpose.TREAT and left.species == HUMAN and not left.treated & right.treated:
        return Reason(Obstacle.POPULATION, _treated_apart(left, right, vocabulary))
    if (left.has_only_nonmalignant or right.has_only_nonmalignant) and not left.diseases & right.diseases:
        names = sorted(_diseases(each, vocabulary) for each in (left, right))
        return Reason(Obstacle.POPULATION, f"Different reasons for transplantation: {names[0]} and {names[1]}.")
    return None


def _treated_apart(left: Population, right: Population, vocabulary: Vocabulary) -> str:
    if not left.treated or not right.treated:
        return "Which kind of GVHD was treated is not known."
    names = sorted(" and ".join(sorted(vocabulary[slug].label for slug in each.treated)) for each in (left, right))
    return f"Different diseases treated: {names[0]} and {names[1]}."


def _diseases(population: Population, vocabulary: Vocabulary) -> str:
    return ", ".join(sorted(vocabulary[slug].label for slug in population.diseases)) or "not stated"


def _subgroup(one: Profile, other: Profile, _: Vocabulary) -> Reason | None:
    parts = {one.population.part, other.population.part}
    if len(parts) > 1:
        names = " and ".join(sorted(part if part is not None else "all participants" for part in parts))
        return Reason(Obstacle.SUBGROUP, f"Different parts of the participants: {names}.")
    if parts == {None} and any(each.is_of_unnamed_part for each in (one, other)):
        return Reason(Obstacle.SUBGROUP, "Which part of the participants a finding is about is not known.")
    return None


_Check = Callable[[Profile, Profile, Vocabulary], Reason | None]
_CHECKS: Sequence[_Check] = (_outcome, _setting, _kind, _species, _intervention, _intent, _population, _subgroup)
