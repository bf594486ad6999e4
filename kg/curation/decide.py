"""A curator's word on a finding -> ``Decision``; and what several decisions come to together. Pure; the clock is an argument."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.curation.corrections import correct
from kg.curation.matching import same_outcome, timepoint
from kg.curation.orcid import check_orcid
from kg.curation.order import oldest_first
from kg.curation.overlay import Entry, Overlay
from kg.errors import CurationError
from kg.model import Decision, Finding, Selector, Span, Verdict
from kg.rdf.terms import date_time
from kg.vocabulary import Vocabulary

#: Characters kept before and after a sentence.
_CONTEXT = 32


@dataclass(frozen=True)
class Word:
    """What a curator says: of whom, when and why."""

    verdict: Verdict
    curator: str
    #: ISO 8601 with a time zone.
    time: str
    reason: str
    #: Field and value, for a correction.
    changes: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Source:
    """The paper that a finding is of: its id, all ids it goes by, its text."""

    paper: str
    names: frozenset[str]
    text: str


def decide(entry: Entry, overlay: Overlay, source: Source, word: Word, *, vocabulary: Vocabulary) -> Decision:
    """The decision on one finding of a paper.

    Raises:
        CurationError: a wrong ORCID iD, no reason, a time without a zone, or a correction that is none.
    """
    curator, earlier = check_orcid(word.curator), entry.decision
    if not word.reason.strip():
        raise CurationError("no reason is given", remedy="Say in a few words why")
    time = _moment(word.time)
    if word.changes and word.verdict is not Verdict.CORRECTED:
        raise CurationError(f"a finding that is {word.verdict} cannot be corrected too", remedy="Correct it, and leave the other out")
    extracted = canonical(entry.extracted) if entry.extracted is not None else _read_earlier(earlier)
    selector = _select(extracted, overlay, source) if entry.extracted is not None or earlier is None else earlier.selector
    decided = _decided(entry, extracted, word, vocabulary)
    facts = (selector.model_copy(update={"names": ()}), word.verdict, curator, time, word.reason.strip(), extracted, decided)
    return Decision(
        id=_digest(*facts),
        selector=selector,
        verdict=word.verdict,
        curator=curator,
        time=time,
        reason=word.reason.strip(),
        extracted=extracted,
        decided=decided,
        revises=None if earlier is None else earlier.id,
    )


def merge(*many: Iterable[Decision]) -> tuple[Decision, ...]:
    """All decisions, each once, oldest first; the ids that a paper went by are joined."""
    names: dict[str, set[str]] = defaultdict(set)
    found: dict[str, Decision] = {}
    for decision in (each for decisions in many for each in decisions):
        names[decision.id] |= set(decision.selector.names)
        found[decision.id] = decision
    return tuple(oldest_first(_with_names(decision, names[decision.id]) for decision in found.values()))


def carry(decisions: Iterable[Decision], papers: Iterable[frozenset[str]]) -> tuple[Decision, ...]:
    """The decisions with all ids that their papers go by now; each of ``papers`` is the ids of one."""
    by_name = {name: names for names in papers for name in names}
    carried = []
    for decision in decisions:
        known = set(decision.selector.names).union(*(by_name.get(name, frozenset()) for name in decision.selector.names))
        carried.append(_with_names(decision, known))
    return tuple(carried)


def by_paper(decisions: Iterable[Decision], papers: Mapping[str, frozenset[str]]) -> dict[str, tuple[Decision, ...]]:
    """The decisions on each paper, by its id; ``papers`` gives all ids that a paper goes by."""
    named: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for name in decision.selector.names:
            named[name].append(decision)
    found = {paper: {each.id: each for name in sorted(names) for each in named.get(name, ())} for paper, names in papers.items()}
    return {paper: merge(of.values()) for paper, of in found.items() if of}


def canonical(finding: Finding) -> Finding:
    """The finding in the form in which a graph gives it back: what has no order there is sorted, and without a mark."""
    return finding.model_copy(
        update={
            "rules": tuple(sorted(finding.rules)),
            "cues": tuple(sorted(finding.cues, key=lambda each: (each.start, each.end))),
            "intervention_concepts": tuple(sorted(finding.intervention_concepts)),
            "comparator_concepts": tuple(sorted(finding.comparator_concepts)),
            "timepoint": timepoint(finding),
            "curation": None,
        }
    )


def _decided(entry: Entry, extracted: Finding, word: Word, vocabulary: Vocabulary) -> Finding | None:
    """What stands from now on: what is shown to the curator, with the changes; nothing where it is rejected."""
    if word.verdict is Verdict.REJECTED:
        return None
    shown = extracted if entry.finding.curation is Verdict.REJECTED else entry.finding
    if word.verdict is Verdict.ACCEPTED:
        return canonical(shown)
    if not word.changes:
        raise CurationError("no correction is stated", remedy="State what to change: --correct direction=decreased")
    return canonical(correct(shown, word.changes, vocabulary))


def _select(finding: Finding, overlay: Overlay, source: Source) -> Selector:
    start, end = finding.evidence.start, finding.evidence.end
    read = [each.extracted for each in overlay.entries if each.extracted is not None]
    alike = [each for each in read if each.evidence == finding.evidence and same_outcome(each.outcome, finding.outcome)]
    return Selector(
        paper=source.paper,
        names=tuple(sorted({source.paper, *source.names})),
        evidence=Span(start=start, end=end),
        quote=source.text[start:end],
        prefix=source.text[max(0, start - _CONTEXT) : start],
        suffix=source.text[end : end + _CONTEXT],
        outcome=finding.outcome.concept,
        outcome_label=finding.outcome.label,
        kind=finding.kind,
        alike=max(1, len(alike)),
    )


def _read_earlier(decision: Decision | None) -> Finding:
    if decision is None:
        raise CurationError("a finding that was put back has no decision", remedy="Build the store again")
    return decision.extracted


def _moment(time: str) -> str:
    """The moment in UTC, as a graph keeps it."""
    try:
        return date_time(time).value
    except ValueError as exc:
        raise CurationError(f"{time!r} is no moment with a time zone", remedy="Write it as 2026-01-31T12:00:00Z") from exc


def _with_names(decision: Decision, names: Iterable[str]) -> Decision:
    selector = decision.selector.model_copy(update={"names": tuple(sorted(names))})
    return decision.model_copy(update={"selector": selector})


def _digest(*facts: object) -> str:
    stated = [each.model_dump(mode="json") if isinstance(each, Selector | Finding) else each for each in facts]
    return hashlib.sha256(json.dumps(stated, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
