"""Criteria on a candidate -> include, exclude or maybe, each with its reason and what it rests on. Pure.

A paper is excluded where it fails a criterion, is left for a person where one is unclear, and is included where all are met. It fails
a criterion by what it says, or, for population and intervention, where neither title nor abstract names what is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Design
from kg.rdf.flags import AgeGroup
from kg.screen.criteria import Criteria
from kg.screen.records import Candidate, Decided, Evidence, Ground, Reason, Screening, Standing, decide_by_rules
from kg.vocabulary import Vocabulary

#: PubMed publication types that report no study.
_NO_STUDIES = frozenset(
    {"Editorial", "Comment", "News", "Published Erratum", "Retraction of Publication", "Expression of Concern", "Biography"}
)
_REASONS_OF_DESIGN = {Design.REVIEW: Reason.REVIEW, Design.PROTOCOL: Reason.PROTOCOL}
_ORDER = list(Reason)


def screen(candidate: Candidate, criteria: Criteria, vocabulary: Vocabulary) -> Screening:
    """The decision of the rules on one paper."""
    evidence = tuple(_weigh(candidate, criteria, vocabulary))
    failed = sorted((each.reason for each in evidence if each.reason is not None), key=_ORDER.index)
    if failed:
        return decide_by_rules(candidate, Decided.EXCLUDE, failed[0], evidence)
    is_unclear = any(each.standing is Standing.UNCLEAR for each in evidence)
    return decide_by_rules(candidate, Decided.MAYBE if is_unclear else Decided.INCLUDE, None, evidence)


def _weigh(candidate: Candidate, criteria: Criteria, vocabulary: Vocabulary) -> Iterator[Evidence]:
    yield from _record(candidate, criteria)
    yield from _design(candidate, criteria)
    for name, grounds, reason in (
        ("species", candidate.species, Reason.SPECIES),
        ("population", candidate.population, Reason.POPULATION),
        ("intervention", candidate.interventions, Reason.INTERVENTION),
    ):
        must_be_named = candidate.has_abstract and name != "species"
        criterion = _Criterion(name, grounds, candidate.mentions, reason, must_be_named, vocabulary)
        yield from criterion.weigh(getattr(criteria.include, name), getattr(criteria.exclude, name))


def _record(candidate: Candidate, criteria: Criteria) -> Iterator[Evidence]:
    """What the record itself says: retraction, language, year, abstract, kind of publication."""
    paper = candidate.paper
    if paper.is_retracted:
        yield _fails("retraction", Reason.RETRACTED, "the paper was retracted")
    yield from _language(paper.language, criteria)
    yield from _year(paper.year, criteria)
    if not candidate.has_abstract:
        says = "the record has no abstract"
        yield _fails("abstract", Reason.NO_ABSTRACT, says) if criteria.abstract_needed else _unclear("abstract", says)
    kinds = sorted(_NO_STUDIES.intersection(paper.publication_types))
    if kinds:
        yield _fails("publication type", Reason.PUBLICATION_TYPE, f"the record is of type {', '.join(kinds)}")


def _language(language: str | None, criteria: Criteria) -> Iterator[Evidence]:
    wanted, unwanted = criteria.include.language, criteria.exclude.language
    if language is None or not (wanted or unwanted):
        return
    is_right = (not wanted or language in wanted) and language not in unwanted
    says = f"the paper is in {language}"
    yield _meets("language", says) if is_right else _fails("language", Reason.LANGUAGE, says)


def _year(year: int | None, criteria: Criteria) -> Iterator[Evidence]:
    first, last = criteria.years.first, criteria.years.last
    if first is None and last is None:
        return
    if year is None:
        yield _unclear("year", "the record has no year")
    elif (first is None or year >= first) and (last is None or year <= last):
        yield _meets("year", f"published in {year}")
    else:
        yield _fails("year", Reason.YEAR, f"published in {year}")


def _design(candidate: Candidate, criteria: Criteria) -> Iterator[Evidence]:
    wanted, unwanted, found = criteria.include.design, criteria.exclude.design, candidate.design
    if not (wanted or unwanted):
        return
    if found is None:
        yield _unclear("design", "no study design is named")
        return
    design, says = Design(found.value), found.label
    if design in unwanted or (wanted and design not in wanted and design is not Design.OTHER):
        yield _fails("design", _REASONS_OF_DESIGN.get(design, Reason.DESIGN), says, found)
    elif wanted and design not in wanted:
        yield _unclear("design", says, found)
    else:
        yield _meets("design", says, found)


@dataclass(frozen=True)
class _Criterion:
    """What a paper says that bears on one criterion."""

    name: str
    grounds: Sequence[Ground]
    mentions: Sequence[Ground]
    reason: Reason
    #: True where a paper that does not name what is asked for fails.
    must_be_named: bool
    vocabulary: Vocabulary

    def weigh(self, wanted: Sequence[str], unwanted: Sequence[str]) -> Iterator[Evidence]:
        """How the paper stands to what is asked for and to what is not wanted."""
        against = self._among(self.grounds, unwanted)
        if against:
            yield _fails(self.name, self.reason, _labels(against), *against)
        if wanted:
            yield self._weigh_wanted(wanted)

    def _weigh_wanted(self, wanted: Sequence[str]) -> Evidence:
        met = self._among(self.grounds, wanted)
        if met:
            return _meets(self.name, _labels(met), *met)
        named = _once(self._among(self.mentions, wanted))
        if named:
            return _unclear(self.name, f"{_labels(named)} is named, but not as the {self.name}", *named)
        wider = _once([each for each in (*self.grounds, *self.mentions) if any(self._is(other, each.value) for other in wanted)])
        if wider:
            return _unclear(self.name, f"only {_labels(wider)} is named", *wider)
        asked = " or ".join(self.vocabulary.label(each) for each in wanted)
        if self.grounds:
            return _fails(self.name, self.reason, f"{_labels(self.grounds)}, not {asked}", *self.grounds)
        if self.must_be_named:
            return _fails(self.name, self.reason, f"neither title nor abstract names {asked}")
        return _unclear(self.name, f"nothing is said of the {self.name}")

    def _among(self, grounds: Sequence[Ground], concepts: Sequence[str]) -> list[Ground]:
        return [each for each in grounds if any(self._is(each.value, other) for other in concepts)]

    def _is(self, value: str, other: str) -> bool:
        """True for the same value, a narrower concept, or an outcome that measures one; those of mixed age are of each age."""
        if value == AgeGroup.MIXED and other in set(AgeGroup):
            return True
        if value == other or value not in self.vocabulary or other not in self.vocabulary:
            return value == other
        measured = self.vocabulary[value].measures
        return self.vocabulary.is_a(value, other) or (measured is not None and self.vocabulary.is_a(measured, other))


def _labels(grounds: Sequence[Ground]) -> str:
    return ", ".join(dict.fromkeys(each.label for each in grounds))


def _once(grounds: Sequence[Ground]) -> list[Ground]:
    return list({each.value: each for each in reversed(grounds)}.values())[::-1]


def _meets(criterion: str, says: str, *grounds: Ground) -> Evidence:
    return Evidence(criterion=criterion, standing=Standing.MEETS, says=says, grounds=grounds)


def _fails(criterion: str, reason: Reason, says: str, *grounds: Ground) -> Evidence:
    return Evidence(criterion=criterion, standing=Standing.FAILS, says=says, grounds=grounds, reason=reason)


def _unclear(criterion: str, says: str, *grounds: Ground) -> Evidence:
    return Evidence(criterion=criterion, standing=Standing.UNCLEAR, says=says, grounds=grounds)
