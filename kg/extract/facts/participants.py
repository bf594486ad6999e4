"""How many take part: analysed, enrolled, planned, per arm, studies pooled.

In: material. Out: counts with where they stand. A count of people is a fact of the study when its sentence says that they were
studied; counts of those with an event ("seven patients died", "12 patients (40%)") are results and never the size of a study.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.facts.arm_sizes import find_arm_sizes
from kg.extract.facts.laboratory import animals_are_patients
from kg.extract.facts.material import Hit, Material
from kg.extract.facts.people_counts import COUNT, EQUALS, EVENT_AFTER, NUMBER, PEOPLE, TOTAL, WORD, Scored, number_of
from kg.extract.facts.wording import wording
from kg.model import ArmCounts, Design, Fact, SectionLabel

_ENROLLED = any_case(r"\b(?:enrol\w+|recruit\w+|screened|registered|assigned|randomi[sz]ed)\b")
_CONTROLS = wording(
    "control|without|not receiving|did not|had not|received no|served as",
    rf"\b(?P<number>{NUMBER})(?: {WORD}){{0,3}}? (?:controls|(?:patients|recipients|children|cases) (?:who (?:did not|had not"
    rf"|received no)|not receiving|without (?:MSCs?|cells|infusions?)|served as|in the control(?: group| arm)?))\b"
    rf"|\bcontrols? (?:group )?(?:\(n ?= ?|of |comprised |included |consisted of )(?P<number_last>{NUMBER})\b",
)
_A_CASE = wording(
    "case|patient|boy|girl|man|child|infant|male|old",
    r"\ban? \d+[- ](?:year|month)s?[- ]old\b|\b(?:an?|one|the) (?:[\w-]+ ){0,3}(?:case|patient|boy|girl|man|woman|child|infant"
    r"|male|female)\b",
)
_STUDIES = wording(
    "studies|trials|articles|publications|reports|rcts",
    rf"\b(?P<number>{NUMBER})(?: (?!and\b|of\b){WORD}(?: and {WORD})?){{0,4}}? (?:studies|trials|articles|publications|reports"
    rf"|RCTs)\b",
)
_PLANNED = wording(
    "will|sample|plan|target",
    rf"\b(?:will (?:be )?(?:enrol\w*|recruit\w*|includ\w*|randomi[sz]\w*|assign\w*)|sample size(?: of| is| was)?|plan\w* (?:to (?:enrol"
    rf"|recruit|include)\w*)?|target(?:ed)? (?:enrol\w+|sample))"
    rf"[^.;]{{0,60}}?\b(?P<number>{NUMBER})\b|(?P<number_first>{NUMBER})(?: {WORD}){{0,4}}? {PEOPLE}[^.;]{{0,40}}? will be\b",
)
_ANIMALS = wording(
    "animals|mice|rats|cats|dogs|horses|ponies",
    rf"\b(?P<number>{NUMBER})(?: (?:\w+[- ])?{WORD}){{0,2}}? (?:animals|mice|rats|cats|dogs|horses|ponies)\b",
)


@dataclass(frozen=True)
class Participants:
    """Counts as found; None where the text does not say."""

    n: int | None = None
    n_enrolled: int | None = None
    n_planned: int | None = None
    n_arms: ArmCounts | None = None
    n_studies: int | None = None
    facts: tuple[Fact, ...] = ()
    #: True when those counted only lent their cells.
    is_lending: bool = False


def find_participants(material: Material, counts: Sequence[Scored], *, design: Design | None, species: str | None) -> Participants:
    """What ``counts`` of people make of the study; of animals only where a pooled analysis counts them."""
    if design is Design.PROTOCOL:
        return _planned(material)
    if design in (Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL):
        return Participants()
    studies = _pooled_studies(material) if design in (Design.META_ANALYSIS, Design.REVIEW) else None
    if design is Design.REVIEW:
        return Participants(n_studies=None if studies is None else studies[0], facts=() if studies is None else (studies[1],))
    is_animal = (species is not None and species != "human") or animals_are_patients(material)
    scored = _animals(material) if is_animal else list(counts)
    people = _largest(scored) if design is Design.META_ANALYSIS else _best(scored)
    if people is not None and design is not Design.META_ANALYSIS:
        people = _with_other_arms(material, people)
    if people is None and design is Design.CASE_SERIES:
        return _one_case(material)
    return _counted(material, people, studies)


def _one_case(material: Material) -> Participants:
    """A report of "a case" counts one, as no number says."""
    hit = material.first(_A_CASE, roles=frozenset(SectionLabel))
    return Participants() if hit is None else Participants(n=1, facts=(hit.fact("n", "a-case"),))


def _counted(material: Material, people: Scored | None, studies: tuple[int, Fact] | None) -> Participants:
    n = None if people is None else people.count
    facts = [] if people is None else [people.hit.fact("n", "people-studied")]
    arms, n = _arms(material, people, n, facts)
    enrolled = _enrolled(material, n)
    facts += [] if enrolled is None else [enrolled.hit.fact("n_enrolled", "people-enrolled")]
    facts += [] if studies is None else [studies[1]]
    return Participants(
        n=n,
        n_enrolled=None if enrolled is None else enrolled.count,
        n_arms=arms,
        n_studies=None if studies is None else studies[0],
        facts=tuple(facts),
        is_lending=people is not None and people.is_lending,
    )


def _arms(material: Material, people: Scored | None, n: int | None, facts: list[Fact]) -> tuple[ArmCounts | None, int | None]:
    """Sizes of two arms, and the number of participants with both counted in."""
    is_whole = people is not None and TOTAL.pattern.search(people.hit.match.group()) is not None
    found = find_arm_sizes(material, n=n, is_whole=is_whole)
    if found is not None:
        arms, fact = found
        facts.append(fact)
        both = (arms.intervention or 0) + (arms.comparator or 0)
        if people is None:
            facts.append(fact.model_copy(update={"field": "n"}))
        return arms, both if n is None or n < both else n
    controls = next((each for each in material.in_sentences(_CONTROLS) if not _is_aside(each)), None)
    others = None if controls is None else number_of(controls)
    if people is None or n is None or controls is None or others is None or people.hit.match.group() == controls.match.group():
        return None, n
    if _is_total(material, people, others):
        return None, n
    facts.append(controls.fact("n_arms", "controls-counted"))
    return ArmCounts(intervention=n, comparator=others), n + others


def _is_aside(controls: Hit) -> bool:
    """True for healthy people, and for controls of whom something is told that befell them."""
    after = controls.match.string[controls.match.end() : controls.match.end() + 60]
    return "healthy" in controls.match.group().lower() or EVENT_AFTER.match(after) is not None or after.startswith(" had ")


def _is_total(material: Material, people: Scored, controls: int) -> bool:
    """True when the count found holds the controls: it is called a total, or what is left of it without them is printed too."""
    printed = people.hit.match.group().lower()
    rest = people.count - controls
    is_sum = rest > 0 and any(number_of(hit) == rest for pattern in (COUNT, EQUALS) for hit in material.in_sentences(pattern))
    return TOTAL.pattern.search(printed) is not None or "all" in printed.split() or is_sum


def _best(scored: list[Scored]) -> Scored | None:
    able = [each for each in scored if each.score > 0]
    return max(able, key=lambda each: each.score) if able else None


def _with_other_arms(material: Material, people: Scored) -> Scored:
    """Sizes of arms printed as "n = 40 … n = 37" in one sentence make up the study, where no total is printed."""
    if not people.hit.match.group().lower().startswith("n") or people.hit.start is None:
        return people
    sentence = next((span for span, _ in material.sentences if span.start <= (people.hit.start or 0) < span.end), None)
    sizes = (
        []
        if sentence is None
        else [h for h in material.in_sentences(EQUALS) if h.start is not None and sentence.start <= h.start < sentence.end]
    )
    counts = [count for hit in sizes if (count := number_of(hit)) is not None]
    return Scored(people.hit, _once_divided(counts), people.score) if len(counts) > 1 else people


def _once_divided(counts: Sequence[int]) -> int:
    """The sum of the parts; people divided twice, by donor and by arm, are counted once."""
    total = sum(counts)
    is_twice = any(2 * sum(counts[:at]) == total for at in range(2, len(counts) - 1))
    return total // 2 if is_twice else total


def _largest(scored: list[Scored]) -> Scored | None:
    """What a pooled analysis counts in all studies exceeds every other count of people in it."""
    return max((each for each in scored if each.score > 0), key=lambda each: each.count, default=None)


def _animals(material: Material) -> list[Scored]:
    hits = material.in_sentences(_ANIMALS)
    return [Scored(hit, count, 1.0) for hit in hits if (count := number_of(hit)) is not None]


def _enrolled(material: Material, n: int | None) -> Scored | None:
    """The first count that was enrolled and is not the number analysed."""
    for hit in material.in_sentences(COUNT):
        count = number_of(hit)
        near = hit.match.string[max(0, hit.match.start() - 60) : hit.match.end() + 60]
        if count is not None and n is not None and count > n and _ENROLLED.search(near) is not None:
            return Scored(hit, count, 1.0)
    return None


def _pooled_studies(material: Material) -> tuple[int, Fact] | None:
    for hit in _studies(material):
        count = number_of(hit)
        if count is not None and count > 1:
            return count, hit.fact("n_studies", "studies-pooled")
    return None


def _studies(material: Material) -> Iterator[Hit]:
    yield from material.in_sentences(_STUDIES)
    yield from material.in_title(_STUDIES)


def _planned(material: Material) -> Participants:
    hit = material.first(_PLANNED, roles=frozenset(SectionLabel))
    count = None if hit is None else number_of(hit)
    if hit is None or count is None:
        return Participants()
    return Participants(n_planned=count, facts=(hit.fact("n_planned", "people-planned"),))
