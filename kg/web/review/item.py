"""One finding as a curator sees it: its sentence, its parts as they were read and as they stand, and what was decided on it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.build import stored_decisions
from kg.build.decisions import named_finding, overlay_of
from kg.curation import Entry, entry_of, find_conflicts, merge, stated
from kg.curation.overlay import Overlay
from kg.errors import UnknownFindingError
from kg.model import Decision, Finding, Verdict
from kg.namespaces import data_iri
from kg.rdf.curation import changed_fields
from kg.store import LocalStore
from kg.web.evidence import Opposed, read_opposed
from kg.web.spans import Piece, Place, cut, named_arms
from kg.wording import against, duration_words, effect_words, printed_p

#: Signs of the text before and after the sentence that help to judge it.
_CONTEXT = 260
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Said:
    """A decision on the finding."""

    id: str
    verdict: str
    curator: str
    time: str
    reason: str
    #: What was changed, in words.
    correction: str
    #: Whether it is the one that holds.
    holds: bool
    #: Whether it says otherwise than the one that holds, of another curator.
    is_conflict: bool


@dataclass(frozen=True)
class Item:
    """A finding to be reviewed."""

    finding: str
    paper: str
    study: str
    before: str
    sentence: str
    after: str
    pieces: tuple[Piece, ...]
    #: Names and values of its parts as they stand.
    parts: tuple[tuple[str, str], ...]
    #: What the curator may change, by field, as it stands.
    stated: Mapping[str, str]
    confidence: float
    #: What fired when it was read.
    rules: tuple[str, ...]
    #: Accepted, rejected or corrected, where decided.
    curation: str
    #: Oldest first; the last holds.
    decisions: tuple[Said, ...]
    opposed: tuple[Opposed, ...]

    @property
    def seen(self) -> str:
        """The decision that holds; to be sent back with a new one, which replaces it knowingly."""
        return self.decisions[-1].id if self.decisions else ""


def read_item(store: LocalStore, finding: str, names: Mapping[str, str]) -> Item:
    """The finding, by IRI or short name, as the store has it.

    Raises:
        UnknownFindingError: the store does not have it.
    """
    paper, key = named_finding(store, finding)
    overlay, source = overlay_of(store, paper, merge(stored_decisions(store)))
    entry = entry_of(overlay, key)
    if entry is None:
        raise UnknownFindingError(f"{paper} has no finding {key} any more", remedy="Take the next one of the queue")
    shown = _shown(entry)
    start, end = shown.evidence.start, shown.evidence.end
    sentence = source.text[start:end]
    opposed = read_opposed(store, [paper], names).get(data_iri("finding", "") + f"{paper}/{key}", ())
    return Item(
        finding=f"{paper}/{key}",
        paper=paper,
        study=names.get(paper, paper),
        before=_before(source.text, start),
        sentence=sentence,
        after=_after(source.text, end),
        pieces=tuple(cut(sentence, _places(shown, sentence))),
        parts=tuple(part for part in _parts(shown) if part[1]),
        stated=stated(shown),
        confidence=round((entry.extracted or shown).confidence, 3),
        rules=(entry.extracted or shown).rules,
        curation="" if entry.decision is None else entry.decision.verdict.value,
        decisions=tuple(_said(entry, overlay)),
        opposed=tuple(opposed),
    )


def _shown(entry: Entry) -> Finding:
    """As it stands; a rejected one as it was read."""
    is_rejected = entry.finding.curation is Verdict.REJECTED
    return entry.extracted if is_rejected and entry.extracted is not None else entry.finding


def _before(text: str, start: int) -> str:
    """What stands before the sentence; whole words, and three dots where it is cut."""
    begin = max(0, start - _CONTEXT)
    words = _BLANKS.sub(" ", text[begin:start]).strip()
    return words if begin == 0 else f"… {words.partition(' ')[2]}"


def _after(text: str, end: int) -> str:
    """What stands after the sentence, likewise."""
    words = _BLANKS.sub(" ", text[end : end + _CONTEXT]).strip()
    return words if end + _CONTEXT >= len(text) else f"{words.rpartition(' ')[0]} …"


def _places(finding: Finding, sentence: str) -> Iterator[Place]:
    """What was read where in the sentence."""
    at = finding.evidence.start
    yield finding.outcome.start - at, finding.outcome.end - at, "outcome"
    yield from ((each.start - at, each.end - at, "direction") for each in finding.cues)
    for each in (finding.values.intervention, finding.values.comparator, finding.effect, finding.p):
        if each is not None and each.start is not None and each.end is not None:
            yield each.start - at, each.end - at, "number"
    yield from named_arms(sentence, finding.intervention, finding.comparator)


def _parts(finding: Finding) -> Iterator[tuple[str, str]]:
    """Parts in words; what is not stated is empty."""
    values = finding.values
    named = "" if finding.outcome.text == finding.outcome.label else f" (“{finding.outcome.text}”)"
    yield "outcome", f"{finding.outcome.label}{named}{'' if finding.outcome.concept else ', not in the vocabulary'}"
    yield "direction", finding.direction.replace("_", " ")
    yield "significance", {True: "significant", False: "not significant", None: "not stated"}[finding.significant]
    yield "kind", finding.kind.replace("_", " ")
    yield "arms", against(finding.intervention, finding.comparator)
    yield "values", against(*(None if each is None else each.text for each in (values.intervention, values.comparator)))
    yield "effect", "" if finding.effect is None else finding.effect.text or effect_words(finding.effect)
    yield "P", "" if finding.p is None else printed_p(finding.p)
    yield "time", "" if finding.timepoint is None else duration_words(finding.timepoint)
    yield "population", finding.population or ""


def _said(entry: Entry, overlay: Overlay) -> Iterator[Said]:
    conflicts = {loser.id for _, loser in find_conflicts(overlay)}
    if entry.decision is not None:
        for each in (*entry.outvoted, entry.decision):
            yield _one(each, holds=each is entry.decision, is_conflict=each.id in conflicts)


def _one(each: Decision, *, holds: bool, is_conflict: bool) -> Said:
    correction = "; ".join(changed_fields(each.extracted, each.decided)) if each.verdict is Verdict.CORRECTED else ""
    return Said(each.id, each.verdict.value, each.curator, each.time, each.reason, correction, holds, is_conflict)
