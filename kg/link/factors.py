"""What a paper says of each factor in which studies of one intervention differ.

In: a profile. Out: by factor, what is shown and the band that papers are counted by. A paper that does not speak of a factor has
no entry for it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.link.matching import Profile
from kg.model import Intent
from kg.vocabulary import Vocabulary

_DONORS = {
    "haploidentical-hematopoietic-stem-cell-transplantation": "haploidentical",
    "matched-sibling-donor-transplantation": "matched sibling",
    "unrelated-donor-transplantation": "unrelated",
    "umbilical-cord-blood-transplantation": "umbilical cord blood",
}
_CONDITIONING = {"myeloablative-conditioning": "myeloablative", "reduced-intensity-conditioning": "reduced intensity"}
_GRADED = re.compile(r"grades? [\w–-]+|severe|moderate|mild|high-risk|extensive|limited", re.IGNORECASE)
_DURATION = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")


@dataclass(frozen=True)
class Said:
    """One paper on one factor."""

    shown: str
    #: Equal for values that should count as one: 183 and 190 participants, day 0 and day 1.
    band: str


def read_factors(profile: Profile, vocabulary: Vocabulary) -> dict[str, Said]:
    """What a paper says of each factor, in the order of ``FACTORS``."""
    read = {factor: reader(profile, vocabulary) for factor, reader in _READERS.items()}
    return {factor: said for factor, said in read.items() if said is not None}


def _cell_source(profile: Profile, vocabulary: Vocabulary) -> Said | None:
    tissues = (vocabulary[each].tissue_source for each in profile.claim.cells if each in vocabulary)
    return _listed(profile.context.cell_sources or (vocabulary[tissue].label for tissue in tissues if tissue is not None))


def _dose(profile: Profile, _: Vocabulary) -> Said | None:
    dose = profile.context.cells_per_kg
    if dose is None:
        return None
    return Said(f"{dose / 1e6:g}×10^6 cells/kg", "low" if dose < 1e6 else "middle" if dose < 2e6 else "high")


def _timing(profile: Profile, _: Vocabulary) -> Said | None:
    day = profile.context.infusion_day
    if day is not None:
        return Said(f"day {day}", "with the graft" if day <= 1 else "first month" if day <= 30 else "later")
    return Said("with the graft", "with the graft") if profile.claim.intent is Intent.COTRANSPLANTATION else None


def _infusions(profile: Profile, _: Vocabulary) -> Said | None:
    number, is_repeated = profile.context.infusions, profile.context.is_repeated
    if number is not None:
        return Said("1 infusion" if number == 1 else f"{number} infusions", "once" if number == 1 else "repeated")
    if is_repeated is None:
        return None
    return Said("repeated", "repeated") if is_repeated else Said("1 infusion", "once")


def _cell_donor(profile: Profile, _: Vocabulary) -> Said | None:
    return _listed(profile.context.donors)


def _donor(profile: Profile, vocabulary: Vocabulary) -> Said | None:
    return _listed(_named(_transplants(profile), _DONORS, vocabulary))


def _conditioning(profile: Profile, vocabulary: Vocabulary) -> Said | None:
    """Both intensities in one paper tell nothing of either."""
    names = _named(_transplants(profile), _CONDITIONING, vocabulary) or _named(profile.context.mentions, _CONDITIONING, vocabulary)
    return _listed(names) if len(names) == 1 else None


def _condition(profile: Profile, vocabulary: Vocabulary) -> Said | None:
    return _listed(vocabulary[each].label for each in profile.population.diseases)


def _age_group(profile: Profile, _: Vocabulary) -> Said | None:
    return _listed([profile.context.age_group] if profile.context.age_group is not None else [])


def _grade(profile: Profile, _: Vocabulary) -> Said | None:
    found = None if profile.claim.population is None else _GRADED.search(profile.claim.population)
    return None if found is None else Said(found.group(), found.group().casefold())


def _steroid_response(profile: Profile, _: Vocabulary) -> Said | None:
    if profile.context.is_steroid_refractory is None:
        return None
    return _listed(["steroid-refractory" if profile.context.is_steroid_refractory else "not steroid-refractory"])


def _design(profile: Profile, vocabulary: Vocabulary) -> Said | None:
    design = profile.claim.design
    return None if design is None else Said(vocabulary[f"design-{design.value.replace('_', '-')}"].label, design.value)


def _n(profile: Profile, _: Vocabulary) -> Said | None:
    n = profile.claim.n if profile.claim.n is not None else profile.context.n
    if n is None:
        return None
    return Said(str(n), next((f"below {limit}" for limit in (50, 100, 200) if n < limit), "200 or more"))


def _follow_up(profile: Profile, _: Vocabulary) -> Said | None:
    months = None if profile.context.follow_up is None else _months(profile.context.follow_up)
    if months is None:
        return None
    return Said(f"{months:.0f} months", "up to a year" if months <= 12 else "up to three years" if months <= 36 else "longer")


def _months(duration: str) -> float | None:
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    years, months, weeks, days = (int(match[part] or 0) for part in ("years", "months", "weeks", "days"))
    return years * 12 + months + weeks / 4.345 + days / 30.44


def _listed(names: Iterable[str]) -> Said | None:
    text = "; ".join(sorted(set(names)))
    return Said(text, text) if text else None


def _transplants(profile: Profile) -> tuple[str, ...]:
    return profile.context.transplants or profile.claim.transplants


def _named(slugs: Iterable[str], tops: Mapping[str, str], vocabulary: Vocabulary) -> set[str]:
    """Names of the tops at or above the concepts."""
    lines = ((slug, *vocabulary.ancestors(slug)) for slug in slugs if slug in vocabulary)
    return {tops[each] for line in lines for each in line if each in tops}


_READERS: Mapping[str, Callable[[Profile, Vocabulary], Said | None]] = {
    "cell_source": _cell_source,
    "dose": _dose,
    "timing": _timing,
    "infusions": _infusions,
    "cell_donor": _cell_donor,
    "donor": _donor,
    "conditioning": _conditioning,
    "condition": _condition,
    "age_group": _age_group,
    "grade": _grade,
    "steroid_response": _steroid_response,
    "design": _design,
    "n": _n,
    "follow_up": _follow_up,
}
#: How the cells were given comes before who got them, and both before how it was studied.
FACTORS = tuple(_READERS)
