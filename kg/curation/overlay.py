"""Findings as they were read, with what curators decided laid over them. Pure.

Out of it come the findings of the paper's graph, what they took the place of, and the decisions that found nothing to apply to.

* A rejected finding keeps its place in the list, marked, and goes into no graph.
* An accepted one is as it was when it was accepted, whatever newer rules make of it, with confidence 1.
* A corrected one is as the curator has it.
* An accepted or corrected finding that newer rules no longer read is put back, as long as its sentence is in the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.curation.locate import locate
from kg.curation.matching import Subject, assign, find_candidates, find_subjects, timepoint
from kg.curation.numbers import move_numbers, without_places
from kg.model import Decision, Finding, Outcome, Quote, Span, Verdict

#: Why a decision finds nothing to apply to.
NO_SENTENCE = "its sentence is not in the text of the paper"
NO_OUTCOME = "the words of its outcome are not in the text of the paper"
NO_FINDING = "its sentence no longer gives a finding on this outcome"
COVERED = "newer decisions cover all findings of its sentence on this outcome"


@dataclass(frozen=True)
class Entry:
    """One finding: as it was read (None where newer rules do not read it) and as it stands; with the decision that holds, if any."""

    extracted: Finding | None
    finding: Finding
    decision: Decision | None = None
    #: Decisions on the same finding that a newer one took the place of, oldest first.
    outvoted: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Overlay:
    """All findings of a paper in the order they were read, those put back at the end."""

    entries: tuple[Entry, ...]
    #: Decisions that do not apply, and why.
    stale: tuple[tuple[Decision, str], ...] = ()
    #: Rejections of what now reads otherwise, and how it reads: they hold, and want another look.
    changed: tuple[tuple[Decision, str], ...] = field(default=())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, rejected ones marked and in their place."""
        return tuple(entry.finding for entry in self.entries)

    @property
    def live(self) -> tuple[Finding, ...]:
        """The findings that stand."""
        return tuple(each for each in self.findings if each.curation is not Verdict.REJECTED)

    @property
    def decided(self) -> tuple[Entry, ...]:
        """The entries that a decision holds for."""
        return tuple(entry for entry in self.entries if entry.decision is not None)


def lay_over(findings: Sequence[Finding], text: str, decisions: Sequence[Decision]) -> Overlay:
    """Apply the decisions on one paper to its findings; ``text`` is the text that the findings were read from."""
    if not decisions:
        return Overlay(tuple(Entry(each, each) for each in findings))
    subjects, lost = find_subjects(decisions, text)
    chosen = assign(subjects, findings)
    by_place = {place: subjects[number] for number, place in chosen.items()}
    entries = [_entry(each, by_place.get(place), text) for place, each in enumerate(findings)]
    stale = [(decision, NO_SENTENCE) for decision in lost]
    for number, subject in enumerate(subjects):
        if number not in chosen:
            put_back = _put_back(subject, findings, text)
            if isinstance(put_back, Entry):
                entries.append(put_back)
            else:
                stale += [(decision, put_back) for decision in subject.decisions]
    changed = [(entry.decision, words) for entry in entries if entry.decision is not None and (words := _change(entry)) is not None]
    return Overlay(tuple(entries), tuple(stale), tuple(changed))


def find_conflicts(overlay: Overlay) -> list[tuple[Decision, Decision]]:
    """Decisions that hold beside the newest of each other curator that says otherwise."""
    return [
        (entry.decision, other)
        for entry in overlay.decided
        if entry.decision is not None
        for other in _newest_of_each_curator(entry.outvoted)
        if other.curator != entry.decision.curator and not _say_the_same(entry.decision, other)
    ]


def same_content(one: Finding, other: Finding) -> bool:
    """True when two findings say the same, wherever they stand and whatever read them."""
    return _content(without_places(one)) == _content(without_places(other))


def _entry(finding: Finding, subject: Subject | None, text: str) -> Entry:
    if subject is None:
        return Entry(finding, finding)
    decision = subject.newest
    marked = {"curation": decision.verdict, "confidence": 1.0}
    if decision.decided is None:
        stands = finding.model_copy(update={"curation": decision.verdict})
    elif same_content(decision.decided, finding):
        stands = finding.model_copy(update=marked)
    else:
        moved = _move(decision, subject.place, text) or _keep_words(decision.decided, finding)
        arms = _arms(moved, finding)
        stands = moved.model_copy(update={**marked, **arms, "evidence": finding.evidence})
    return Entry(finding, stands, decision, subject.decisions[:-1])


def _put_back(subject: Subject, findings: Sequence[Finding], text: str) -> Entry | str:
    """The finding that the curator stands by, or why there is none."""
    decision = subject.newest
    if decision.decided is None:
        return NO_FINDING
    if decision.selector.alike == 1 and find_candidates(subject, findings):
        return COVERED
    moved = _move(decision, subject.place, text)
    if moved is None:
        return NO_OUTCOME
    arms = {"intervention_arm": None, "comparator_arm": None}
    stands = moved.model_copy(update={**arms, "curation": decision.verdict, "confidence": 1.0, "evidence": subject.place})
    return Entry(None, stands, decision, subject.decisions[:-1])


def _move(decision: Decision, place: Span, text: str) -> Finding | None:
    """The decided finding with its places in this text; None where the text lacks the words of its outcome."""
    finding, shift = decision.decided, place.start - decision.selector.evidence.start
    if finding is None:
        return None
    outcome = _moved(finding.outcome, shift, text)
    if outcome is None:
        return None
    words = {"label": finding.outcome.label, "concept": finding.outcome.concept}
    cues = tuple(moved for each in finding.cues if (moved := _moved(each, shift, text)) is not None)
    return move_numbers(finding, shift, text).model_copy(update={"outcome": Outcome(**outcome.model_dump(), **words), "cues": cues})


def _keep_words(decided: Finding, finding: Finding) -> Finding:
    """The decided finding with the places of the one that is read now."""
    outcome = finding.outcome.model_copy(update={"label": decided.outcome.label, "concept": decided.outcome.concept})
    return without_places(decided).model_copy(update={"outcome": outcome, "cues": finding.cues})


def _moved(quote: Quote, shift: int, text: str) -> Quote | None:
    place = locate(text, quote.text, near=quote.start + shift)
    return None if place is None else Quote(start=place.start, end=place.end, text=text[place.start : place.end])


def _arms(decided: Finding, finding: Finding) -> dict[str, int | None]:
    """Arms are numbered anew in each reading; a side that has another name than now has no arm."""
    return {
        "intervention_arm": finding.intervention_arm if decided.intervention == finding.intervention else None,
        "comparator_arm": finding.comparator_arm if decided.comparator == finding.comparator else None,
    }


def _change(entry: Entry) -> str | None:
    """How a rejected finding reads now, where it reads otherwise than when it was rejected."""
    decision, now = entry.decision, entry.extracted
    if decision is None or decision.verdict is not Verdict.REJECTED or now is None or now.direction is decision.extracted.direction:
        return None
    return f"{_words(decision.extracted.direction)} when rejected, now read as {_words(now.direction)}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _newest_of_each_curator(decisions: Sequence[Decision]) -> list[Decision]:
    return list({each.curator: each for each in decisions}.values())


def _say_the_same(one: Decision, other: Decision) -> bool:
    """Accepting what another corrected to the same is agreement."""
    if one.decided is None or other.decided is None:
        return one.decided is other.decided
    return same_content(one.decided, other.decided)


def _content(finding: Finding) -> tuple[object, ...]:
    return (
        finding.kind,
        finding.outcome.concept or finding.outcome.label,
        finding.direction,
        finding.significant,
        finding.intervention,
        finding.comparator,
        frozenset(finding.intervention_concepts),
        frozenset(finding.comparator_concepts),
        finding.population,
        finding.values,
        finding.effect,
        finding.p,
        timepoint(finding),
    )
