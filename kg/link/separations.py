"""In which factors two studies differ, and how well each factor separates findings of different ways over the whole graph.

In: profiles. Out: ``Difference``s, ranked. A separation is the information that a factor's value gives about the way a finding
went, as a share of what there is to know (Theil's uncertainty coefficient), less what so few papers give by chance (the bias of
Miller 1955). Each paper counts once per way. Where too few papers say, it is None.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import e, log2

from kg.link.factors import FACTORS, Said, read_factors
from kg.link.matching import Profile
from kg.link.verdicts import Way
from kg.model import Design, Difference
from kg.vocabulary import Vocabulary

#: Papers that must state a factor, and papers on each side, before its separation means anything.
LEAST_PAPERS = 6
LEAST_PER_SIDE = 2

#: Quantity and intervention classes: findings of one group may be comparable, findings of two never are.
Group = tuple[str, frozenset[str]]
_REVIEWS = frozenset({Design.META_ANALYSIS, Design.REVIEW})
_Papers = Mapping[tuple[str, Way], frozenset[str]]


@dataclass(frozen=True)
class Separations:
    """Papers by group, factor, band and way."""

    papers: Mapping[Group, Mapping[str, _Papers]] = field(default_factory=dict)

    def of(self, group: Group, factor: str, ways: tuple[Way, Way]) -> float | None:
        """How well the factor separates these two ways, 0 to 1; None where too few papers say or the ways are one."""
        cells = self.papers.get(group, {}).get(factor, {})
        counts = {cell: len(papers) for cell, papers in cells.items() if cell[1] in ways}
        per_way = _sums(counts, part=1)
        if sum(per_way.values()) < LEAST_PAPERS or len(per_way) < 2 or min(per_way.values()) < LEAST_PER_SIDE:
            return None
        return round(_uncertainty_coefficient(counts), 3)


def find_separations(profiles: Iterable[Profile], vocabulary: Vocabulary) -> Separations:
    """Counts over all profiles that have a group and a stance."""
    papers: dict[Group, dict[str, dict[tuple[str, Way], set[str]]]] = {}
    for profile in profiles:
        group = group_of(profile)
        if group is None or profile.stance is None or not _counts(profile):
            continue
        factors = papers.setdefault(group, defaultdict(lambda: defaultdict(set)))
        for factor, said in read_factors(profile, vocabulary).items():
            factors[factor][said.band, profile.stance.way].add(profile.claim.paper)
    return Separations({group: {name: _frozen(cells) for name, cells in factors.items()} for group, factors in papers.items()})


def _counts(profile: Profile) -> bool:
    """A review would count its trials again, and a retracted paper does not count."""
    return profile.claim.design not in _REVIEWS and not (profile.claim.is_retracted or profile.context.is_retracted)


def group_of(profile: Profile) -> Group | None:
    """The group of a profile; None where its outcome or what was given is not known."""
    if profile.quantity is None or not profile.contrast.given:
        return None
    return profile.quantity.concept, profile.contrast.given


def differing_factors(subject: Profile, other: Profile, separations: Separations, vocabulary: Vocabulary) -> tuple[Difference, ...]:
    """Factors in which the two differ, the best separating first; those that only one paper states come last."""
    left, right = read_factors(subject, vocabulary), read_factors(other, vocabulary)
    group, ways = group_of(subject), _ways(subject, other)
    differences = []
    for factor in FACTORS:
        one, two = left.get(factor), right.get(factor)
        if _says_the_same(one, two):
            continue
        is_known = group is not None and ways is not None and one is not None and two is not None
        separation = separations.of(group, factor, ways) if is_known and group is not None and ways is not None else None
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


def _uncertainty_coefficient(counts: Mapping[tuple[str, Way], int]) -> float:
    """Share of the uncertainty about the way that the band takes away, corrected for chance, never below 0."""
    bands, ways = _sums(counts, part=0), _sums(counts, part=1)
    total = sum(ways.values())
    uncertain = _entropy(ways.values(), total)
    gained = uncertain + _entropy(bands.values(), total) - _entropy(counts.values(), total)
    by_chance = (len(bands) - 1) * (len(ways) - 1) / (2 * total) * log2(e)
    return max(0.0, min(1.0, (gained - by_chance) / uncertain))


def _sums(counts: Mapping[tuple[str, Way], int], *, part: int) -> Counter[str | Way]:
    sums = Counter[str | Way]()
    for cell, count in counts.items():
        sums[cell[part]] += count
    return sums


def _entropy(counts: Iterable[int], total: int) -> float:
    return -sum(count / total * log2(count / total) for count in counts if count)


def _frozen(cells: Mapping[tuple[str, Way], set[str]]) -> _Papers:
    return {cell: frozenset(names) for cell, names in cells.items()}
