"""Which finding of a paper a decision is about, after the paper was read again. Pure.

A decision names a sentence and an outcome. Several findings of a sentence may be on one outcome, at two times or in two groups of
patients; then printed numbers, time, population, kind, sides and direction tell them apart, in this order of weight. Numbers weigh
most, since they are the text's own and no rule's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.curation.locate import fold_words, locate, overlap
from kg.curation.order import oldest_first
from kg.model import Decision, Finding, Outcome, Span
from kg.rdf.terms import duration

#: A sentence is the same one when this much of the shorter lies in the longer: rules may cut it otherwise.
_SAME_SENTENCE = 0.5


@dataclass(frozen=True)
class Subject:
    """What one or more decisions are about: a finding of a located sentence."""

    #: Oldest first; the last one holds.
    decisions: tuple[Decision, ...]
    place: Span

    @property
    def newest(self) -> Decision:
        """The decision that holds."""
        return self.decisions[-1]


def find_subjects(decisions: Sequence[Decision], text: str) -> tuple[list[Subject], list[Decision]]:
    """Decisions of one paper by what they are about, and those whose sentence the text does not have."""
    subjects: list[Subject] = []
    lost: list[Decision] = []
    for decision in oldest_first(decisions):
        place = locate(text, decision.selector.quote, near=decision.selector.evidence.start)
        if place is None:
            lost.append(decision)
            continue
        same = next((number for number, each in enumerate(subjects) if _is_about(decision, place, each)), None)
        if same is None:
            subjects.append(Subject((decision,), place))
        else:
            subjects[same] = Subject((*subjects[same].decisions, decision), subjects[same].place)
    return subjects, lost


def assign(subjects: Sequence[Subject], findings: Sequence[Finding]) -> dict[int, int]:
    """The number of the finding that each subject is about, by number of the subject; no finding has two subjects."""
    candidates = [find_candidates(subject, findings) for subject in subjects]
    pairs = [
        (-likeness(subject.newest.extracted, findings[place]), number, place)
        for number, subject in enumerate(subjects)
        for place in candidates[number]
        if may_be(subject, findings[place], alone=len(candidates[number]) == 1)
    ]
    chosen: dict[int, int] = {}
    for _, number, place in sorted(pairs):
        if number not in chosen and place not in chosen.values():
            chosen[number] = place
    return chosen


def find_candidates(subject: Subject, findings: Sequence[Finding]) -> list[int]:
    """Findings of the sentence on the outcome that was read, else on the one that the curator put in its place."""
    decision = subject.newest
    outcomes = [decision.extracted.outcome, *([] if decision.decided is None else [decision.decided.outcome])]
    for outcome in outcomes:
        found = [
            place
            for place, each in enumerate(findings)
            if overlap(each.evidence, subject.place) >= _SAME_SENTENCE and same_outcome(outcome, each.outcome)
        ]
        if found:
            return found
    return []


def likeness(one: Finding, other: Finding) -> int:
    """How much two findings of a sentence on an outcome agree; what one of them does not state counts nothing."""
    return sum(weight * _agreement(mine, theirs) for weight, mine, theirs in zip(_WEIGHTS, _marks(one), _marks(other), strict=True))


def may_be(subject: Subject, finding: Finding, *, alone: bool) -> bool:
    """False for a finding that states another time or population, unless nothing else was or is meant."""
    if alone and subject.newest.selector.alike == 1:
        return True
    one, other = subject.newest.extracted, finding
    return _agreement(timepoint(one), timepoint(other)) >= 0 and _agreement(one.population, other.population) >= 0


def same_outcome(one: Outcome, other: Outcome) -> bool:
    """True when concept, label or printed words are the same."""
    is_same_concept = one.concept is not None and one.concept == other.concept
    return is_same_concept or fold_words(one.label) == fold_words(other.label) or fold_words(one.text) == fold_words(other.text)


def timepoint(finding: Finding) -> str | None:
    """The time in the form in which a graph keeps it: P2Y for P24M."""
    found = duration(finding.timepoint)
    return None if found is None else found.value


def _is_about(decision: Decision, place: Span, subject: Subject) -> bool:
    """True when a decision is on what earlier ones are on: it says so, it was read alike, or the sentence has nothing else like it."""
    if decision.revises in {each.id for each in subject.decisions}:
        return True
    earlier = subject.newest
    if overlap(place, subject.place) < _SAME_SENTENCE or not same_outcome(decision.extracted.outcome, earlier.extracted.outcome):
        return False
    were_sole = decision.selector.alike == earlier.selector.alike == 1
    return were_sole or _marks(decision.extracted) == _marks(earlier.extracted)


#: Of printed values, effect, P value, time, population, kind, sides and direction.
_WEIGHTS = (8, 8, 8, 4, 6, 6, 2, 1, 1, 1)


def _marks(finding: Finding) -> tuple[str | None, ...]:
    one, other = finding.values.intervention, finding.values.comparator
    return (
        None if one is None else fold_words(one.text),
        None if other is None else fold_words(other.text),
        None if finding.effect is None else f"{finding.effect.measure} {finding.effect.value:g}",
        None if finding.p is None else f"{finding.p.operator} {finding.p.value:g}",
        timepoint(finding),
        finding.population,
        finding.kind,
        finding.intervention,
        finding.comparator,
        finding.direction,
    )


def _agreement(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return 0
    return 1 if one == other else -1
