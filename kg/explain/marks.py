"""What is marked in a text, and how marks that overlap are put inside each other.

In: a text and its extraction. Out: ``Mark`` records, and a tree of them. All offsets count code points.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kg.extract.numbers.reader import Numbers, read_numbers
from kg.extract.sections import heading_end
from kg.extract.sentences import find_sentences
from kg.model import Effect, Extraction, Finding, PValue, Span, Value
from kg.page import sense_of


class Role(StrEnum):
    """What a marked stretch is; of two marks of one stretch the earlier role stands outside."""

    HEADING = "heading"
    SENTENCE = "sentence"
    FACT = "fact"
    INCONSISTENCY = "inconsistency"
    OUTCOME = "outcome-of"
    ARM = "arm"
    TERM = "term"
    CUE = "cue"
    TIME = "time"
    NUMBER = "number"
    P = "p-value"


_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with what it was taken for."""

    start: int
    end: int
    role: Role
    #: What it was taken for, in words.
    name: str
    #: Term kind, sense of a direction, "given" or "control", "unused", "unmapped".
    style: str = ""
    #: Numbers of the findings that rest on it, counted from 1.
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A mark, or the part of one that fits, with the marks inside it."""

    mark: Mark
    #: The mark before it was cut.
    whole: Mark
    inside: "list[Node]" = field(default_factory=list)


def find_marks(text: str, extraction: Extraction) -> tuple[Mark, ...]:
    """Everything that is marked, in order of place."""
    numbers = read_numbers(text)
    findings = enumerate(extraction.findings, start=1)
    bound = _merged(mark for number, finding in findings for mark in _of_finding(numbers, number, finding))
    found = [
        *(Mark(each.start, heading_end(text, each), Role.HEADING, each.label) for each in extraction.sections),
        *_sentences(text, extraction),
        *_merged(Mark(f.start, f.end, Role.FACT, f.field) for f in extraction.study.facts if f.start is not None and f.end is not None),
        *(Mark(i.start, i.end, Role.INCONSISTENCY, i.message) for i in extraction.inconsistencies),
        *_arms(extraction),
        *(Mark(t.start, t.end, Role.TERM, *_term_words(t.label, t.kind, is_mapped=t.concept is not None)) for t in extraction.terms),
        *bound,
        *_unused_numbers(numbers, bound),
    ]
    return tuple(sorted((mark for mark in found if mark.start < mark.end), key=_order))


def nest(marks: Iterable[Mark]) -> list[Node]:
    """The marks as a tree in order of the text; one that reaches out of another is cut where that one ends."""
    waiting = [(_order(mark), number, mark, mark) for number, mark in enumerate(marks)]
    heapq.heapify(waiting)
    roots: list[Node] = []
    line: list[Node] = []
    while waiting:
        _, number, mark, whole = heapq.heappop(waiting)
        while line and line[-1].mark.end <= mark.start:
            line.pop()
        if line and mark.end > line[-1].mark.end:
            rest = replace(mark, start=line[-1].mark.end)
            heapq.heappush(waiting, (_order(rest), number, rest, whole))
            mark = replace(mark, end=rest.start)
        node = Node(mark, whole)
        (line[-1].inside if line else roots).append(node)
        line.append(node)
    return roots


def _order(mark: Mark) -> tuple[int, int, int, str]:
    return (mark.start, -mark.end, _RANK[mark.role], mark.name)


def _sentences(text: str, extraction: Extraction) -> Iterator[Mark]:
    for sentence in find_sentences(text, sections=extraction.sections):
        numbers = tuple(n for n, f in enumerate(extraction.findings, start=1) if _overlap(f.evidence, sentence))
        yield Mark(sentence.start, sentence.end, Role.SENTENCE, "", findings=numbers)


def _arms(extraction: Extraction) -> Iterator[Mark]:
    for arm in extraction.arms:
        users = [(n, f) for n, f in enumerate(extraction.findings, start=1) if arm.number in (f.intervention_arm, f.comparator_arm)]
        for mention in arm.mentions:
            numbers = tuple(n for n, f in users if _overlap(f.evidence, mention))
            style = "control" if arm.is_control else "given"
            yield Mark(mention.start, mention.end, Role.ARM, f"arm {arm.number}: {arm.label}", style, numbers)


def _term_words(label: str, kind: str, *, is_mapped: bool) -> tuple[str, str]:
    """Name and style of a term."""
    name = f"{kind.replace('_', ' ')}: {label}"
    return (name, kind) if is_mapped else (f"{name} (not in the vocabulary)", f"{kind} unmapped")


def _of_finding(numbers: Numbers, number: int, finding: Finding) -> Iterator[Mark]:
    """Outcome, cues, numbers and time of one finding."""
    sense = sense_of(finding.direction)
    outcome = finding.outcome
    yield Mark(outcome.start, outcome.end, Role.OUTCOME, f"outcome: {outcome.label}", sense, (number,))
    for cue in finding.cues:
        yield Mark(cue.start, cue.end, Role.CUE, f"direction: {finding.direction.replace('_', ' ')}", sense, (number,))
    for role, name, printed in _printed(finding):
        if printed.start is not None and printed.end is not None:
            yield Mark(printed.start, printed.end, role, name, findings=(number,))
    for time in numbers.timepoints:
        if time.iso == finding.timepoint and finding.evidence.start <= time.start and time.end <= finding.evidence.end:
            yield Mark(time.start, time.end, Role.TIME, f"time: {time.iso}", findings=(number,))


def _printed(finding: Finding) -> Iterator[tuple[Role, str, Value | Effect | PValue]]:
    """Role and name of the finding's numbers."""
    if finding.values.intervention is not None:
        yield Role.NUMBER, "value, intervention", finding.values.intervention
    if finding.values.comparator is not None:
        yield Role.NUMBER, "value, comparator", finding.values.comparator
    if finding.effect is not None:
        yield Role.NUMBER, f"effect: {finding.effect.measure}", finding.effect
    if finding.p is not None:
        yield Role.P, "P value", finding.p


def _merged(marks: Iterable[Mark]) -> list[Mark]:
    """Marks of one stretch and role as one; where findings disagree on the direction its sense is mixed."""
    groups: dict[tuple[int, int, Role], list[Mark]] = defaultdict(list)
    for mark in marks:
        groups[mark.start, mark.end, mark.role].append(mark)
    return [
        replace(
            group[0],
            name="; ".join(dict.fromkeys(mark.name for mark in group)),
            style=group[0].style if len({mark.style for mark in group}) == 1 else "mixed",
            findings=tuple(dict.fromkeys(number for mark in group for number in mark.findings)),
        )
        for group in groups.values()
    ]


def _unused_numbers(numbers: Numbers, bound: Sequence[Mark]) -> Iterator[Mark]:
    """Numbers that were read and that no finding rests on."""
    used = [mark for mark in bound if mark.role in (Role.NUMBER, Role.P, Role.OUTCOME)]
    printed = [*((Role.NUMBER, each) for each in (*numbers.effects, *numbers.values)), *((Role.P, each) for each in numbers.p_values)]
    for role, each in printed:
        if not any(mark.start < each.end and each.start < mark.end for mark in used):
            yield Mark(each.start, each.end, role, "number that no finding uses", "unused")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
