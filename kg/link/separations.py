"""In which factors two studies differ, and how well each factor separates findings of different ways over the whole graph.

In: profiles. Out: ``Difference``s, ranked. A separation is the information that a factor's value gives about the way a finding
went, as a share of what there is to know (Theil's uncertainty coefficient), less what so few papers give by chance (the bias of
Miller 1955). Each cohort counts once per way. Where too few say, it is None.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import e, log2

from kg.link.factors import FACTORS, Said, read_factors
from kg.link.matching import Profile
from kg.link.verdicts import Way
from kg.model import Design, Difference
from kg.store.factors import Cell, FactorCounts, Row, cells_of, count_cells, factor_key
from kg.vocabulary import Vocabulary

#: Papers that must state a factor, and papers on each side, before its separation means anything.
LEAST_PAPERS = 6
LEAST_PER_SIDE = 2

_REVIEWS = frozenset({Design.META_ANALYSIS, Design.REVIEW})


@dataclass(frozen=True)
class Separations:
    """Cohorts by group and factor, and there by band and way."""

    counts: FactorCounts = field(default_factory=dict)

    def of(self, row: Row, ways: tuple[Way, Way]) -> float | None:
        """How well the factor separates these two ways, 0 to 1; None where too few cohorts say or the ways are one."""
        names = {way_name(way) for way in ways}
        counts = {cell: number for cell, number in self.counts.get(row, {}).items() if cell[1] in names}
        per_way = _sums(counts, part=1)
        if sum(per_way.values()) < LEAST_PAPERS or len(per_way) < 2 or min(per_way.values()) < LEAST_PER_SIDE:
            return None
        return round(_uncertainty_coefficient(counts), 3)


def find_separations(profiles: Iterable[Profile], vocabulary: Vocabulary) -> Separations:
    """Counts over all profiles that have a group and a stance; a retracted paper does not count."""
    said: defaultdict[str, set[Cell]] = defaultdict(set)
    for profile in profiles:
        if not (profile.claim.is_retracted or profile.context.is_retracted):
            said[profile.claim.counts_as].update(cells_of(factor_keys([profile], vocabulary)))
    return Separations(count_cells(said.values()))


def factor_keys(profiles: Iterable[Profile], vocabulary: Vocabulary) -> tuple[str, ...]:
    """What findings say of factors, as their papers' links graphs state it, sorted."""
    return tuple(sorted({key for each in profiles if (key := _factor_key(each, vocabulary)) is not None}))


def rows_of(profiles: Iterable[Profile]) -> frozenset[Row]:
    """The rows that separations of these findings rest on."""
    return frozenset(Row(group, factor) for each in profiles if (group := group_of(each)) is not None for factor in FACTORS)


def _factor_key(profile: Profile, vocabulary: Vocabulary) -> str | None:
    group = group_of(profile)
    # A review would count its trials again.
    if group is None or profile.stance is None or profile.claim.design in _REVIEWS:
        return None
    bands = {factor: said.band for factor, said in read_factors(profile, vocabulary).items()}
    return factor_key(group, way_name(profile.stance.way), bands)


def way_name(way: Way) -> str:
    """A way as keys and counts name it."""
    return way.name.lower()


def group_of(profile: Profile) -> str | None:
    """The quantity and what was given; None where either is not known. Findings of two groups are never comparable."""
    if profile.quantity is None or not profile.contrast.given:
        return None
    return f"{profile.quantity.concept}|{'+'.join(sorted(profile.contrast.given))}"


def differing_factors(subject: Profile, other: Profile, separations: Separations, vocabulary: Vocabulary) -> tuple[Difference, ...]:
    """Factors in which the two differ, the best separating first; those that only one paper states come last."""
    left, right = read_factors(subject, vocabulary), read_factors(other, vocabulary)
    group, ways = group_of(subject), _ways(subject, other)
    differences = []
    for factor in FACTORS:
        one, two = left.get(factor), right.get(factor)
        if _says_the_same(one, two):
            continue
        is_known = one is not None and two is not None
        separation = separations.of(Row(group, factor), ways) if is_known and group is not None and ways is not None else None
        differences.append(Difference(factor=factor, subject=_shown(one), object=_shown(two), separation=separation))
    return tuple(sorted(differences, key=_rank))


def _ways(subject: Profile, other: Profile) -> tuple[Way, Way] | None:
    return None if subject.stance is None or other.stance is None else (subject.stance.way, other.stance.way)


def _says_the_same(one: Said | None, two: Said | None) -> bool:
    """Values of one band are no difference; so is that neither paper speaks of it."""
    if one is None or two is None:
        return one is two
    return one.band == two.band


def _shown(said: Said | None) -> str | None:
    return None if said is None else said.shown


def _rank(difference: Difference) -> tuple[bool, float, int]:
    is_one_sided = difference.subject is None or difference.object is None
    return is_one_sided, 1.0 if difference.separation is None else -difference.separation, FACTORS.index(difference.factor)


def _uncertainty_coefficient(counts: Mapping[tuple[str, str], int]) -> float:
    """Share of the uncertainty about the way that the band takes away, corrected for chance, never below 0."""
    bands, ways = _sums(counts, part=0), _sums(counts, part=1)
    total = sum(ways.values())
    uncertain = _entropy(ways.values(), total)
    gained = uncertain + _entropy(bands.values(), total) - _entropy(counts.values(), total)
    by_chance = (len(bands) - 1) * (len(ways) - 1) / (2 * total) * log2(e)
    return max(0.0, min(1.0, (gained - by_chance) / uncertain))


def _sums(counts: Mapping[tuple[str, str], int], *, part: int) -> Counter[str]:
    sums = Counter[str]()
    for cell, count in counts.items():
        sums[cell[part]] += count
    return sums


def _entropy(counts: Iterable[int], total: int) -> float:
    return -sum(count / total * log2(count / total) for count in counts if count)
