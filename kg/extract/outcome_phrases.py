"""Outcomes that are put together from words: "risk of cGVHD", "GVHD/relapse-free survival", "time to next treatment".

In: a text in words and the candidates found so far. Out: candidates for outcomes. Where the vocabulary has the outcome, its
concept; elsewhere the phrase itself as label, so that nothing measured is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.candidates import Candidate, Reading
from kg.model import TermKind

_BRACKET = re.compile(r"\([^()]*\)")
_OCCURRENCE = frozenset({"incidence", "risk", "rate", "probability", "occurrence"})
_CAUSE_LINKS = frozenset({"related", "associated", "attributable", "specific"})
_RECOVERY = frozenset({"recovery", "engraftment", "reconstitution"})
_FATAL = frozenset({"mortality", "death"})
#: Participles that open a sentence with a capital.
_OPENERS = frozenset({"Comparing", "Using", "Assessing", "Measuring", "Evaluating", "Analysing", "Analyzing", "Rating"})
_SCALES = frozenset({"score", "scale", "index", "questionnaire"})
#: The word that each kind of composed outcome turns on.
_HEADS = _FATAL | _RECOVERY | _SCALES | {"survival", "time", "rate"}
#: A phrase that names an event ends before any of these.
_STOPS = frozenset(
    {
        "the", "a", "an", "of", "in", "on", "at", "by", "for", "with", "was", "were", "is", "are", "and", "or", "to", "from", "between",
        "after", "during", "within", "as", "that", "which", "than", "had", "has", "be", "been", "not", "did", "it", "both", "all", "this",
        "there", "their", "its", "no", "any", "day", "week", "month", "year", "high", "higher", "low", "lower", "best", "treatment",
        "clinic",
    }
)  # fmt: skip


def incidences(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield "incidence of X" and "X incidence" where the vocabulary has an outcome that counts X; elsewhere X stays a condition."""
    for condition in found:
        outcome = reading.matcher.incidence.get(condition.concept or "")
        if outcome is None:
            continue
        first, last = condition.first, condition.last
        before = first
        while reading.key(before - 1) in {"developing", "the", "subsequent", "late"}:
            before -= 1
        if reading.key(before - 1) in {"of", "for"} and reading.key(before - 2) in _OCCURRENCE:
            first = before - 2
            while reading.key(first - 1) in {"cumulative", "estimated"}:
                first -= 1
        elif reading.key(last) in _OCCURRENCE:
            last += 1
        else:
            continue
        yield Candidate(first, last, TermKind.OUTCOME, outcome.label, outcome.slug)


def composed_outcomes(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Survival free of events, mortality by cause, times to events, recovery of cells, response rates, scores."""
    causes = {each.last: each for each in found if each.kind is TermKind.CONDITION}
    cells = {each.first: each for each in found if each.kind is TermKind.CELL_TYPE}
    for at, word in enumerate(reading.words):
        if word.key not in _HEADS:
            continue
        before, after = reading.key(at - 1), reading.key(at + 1)
        if word.key == "survival" and before == "free" and at > 1:
            yield _event_free(reading, at)
        elif word.key in _FATAL and before in _CAUSE_LINKS:
            yield from _mortality(reading, at, causes)
        elif word.key == "time" and after == "to":
            yield from _time_to(reading, at)
        elif word.key in _RECOVERY and after == "of":
            yield from _recovery_of(reading, at, cells)
        elif word.key == "rate" and before == "response":
            yield from _response_rate(reading, at)
        elif word.key in _SCALES:
            yield from _score(reading, at)


def _event_free(reading: Reading, at: int) -> Candidate:
    """Read "GVHD-free, relapse-free survival" or "GvHD-relapse-free survival": the events before "free", however they are joined."""
    first = at - 1
    events: list[str] = []
    while first > 0 and len(events) < 3:
        key = reading.key(first - 1)
        is_joint = first < at - 1 and (key in {"/", "free"} or (key in {",", "and"} and reading.key(first - 2) == "free"))
        is_event = (
            key.isalnum() and key not in _STOPS and (not events or reading.gap(first) != " " or reading.key(first) in {"free", "/", ","})
        )
        if not is_joint and not is_event:
            break
        if is_event and key != "free":
            events.insert(0, reading.words[first - 1].text)
        first -= 1
    while reading.key(first) in {",", "/", "and", "free"} and first < at:
        first += 1
    return _outcome(
        reading, first, at + 1, f"{', '.join(f'{event}-free' for event in events)} survival", f"{'-'.join(events)}-free survival"
    )


def _mortality(reading: Reading, at: int, causes: Mapping[int, Candidate]) -> Iterator[Candidate]:
    cause = causes.get(at - 1)
    if cause is not None:
        name = "GVHD" if cause.label.endswith("graft-versus-host disease") else cause.label
        yield reading.named(cause.first, at + 1, TermKind.OUTCOME, f"{name}-related mortality")


def _recovery_of(reading: Reading, at: int, cells: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """Read "recovery of neutrophils" as neutrophil recovery."""
    cell = cells.get(at + 2)
    if cell is not None:
        outcome = reading.named(at, cell.last, TermKind.OUTCOME, f"{cell.label} {reading.key(at)}")
        if outcome.concept is not None:
            yield outcome


def _time_to(reading: Reading, at: int) -> Iterator[Candidate]:
    """Take "time to" and the up to three words that name an event."""
    last = at + 2
    while last < at + 5 and reading.key(last).isalpha() and (reading.key(last) not in _STOPS or reading.key(last) == "treatment"):
        last += 1
    if last > at + 2:
        yield _outcome(reading, at, last)


def _response_rate(reading: Reading, at: int) -> Iterator[Candidate]:
    kind = reading.key(at - 2)
    if kind.isalpha() and kind not in _STOPS:
        yield _outcome(reading, at - 2, at + 1)


def _score(reading: Reading, at: int) -> Iterator[Candidate]:
    """A scale with a proper name: two or more capitalised words, an abbreviation in brackets allowed, then "score"."""
    words = reading.words
    first = at
    while first > 0 and (words[first - 1].text[0].isupper() or words[first - 1].text in "()" or words[first - 1].key in _SCALES):
        first -= 1
    while first < at and (words[first].text in "()" or words[first].key in _STOPS or words[first].text in _OPENERS):
        first += 1
    names = [word for word in words[first:at] if word.text[0].isupper()]
    if len(names) >= 2 or (len(names) == 1 and len(names[0].text) > 1 and names[0].text.isupper()):
        yield _outcome(reading, first, at + 2 if reading.key(at + 1) in _SCALES else at + 1)


def _outcome(reading: Reading, first: int, last: int, *names: str) -> Candidate:
    """The outcome under one of the names or under its own words; its own words are the label where the vocabulary has none."""
    printed = " ".join(_BRACKET.sub(" ", reading.printed(first, last)).split())
    spelled_out = " ".join(reading.long_forms.get(word, word) for word in printed.split(" "))
    for name in (*names, printed, spelled_out):
        concept = reading.matcher.concept_named(name)
        if concept is not None:
            return Candidate(first, last, TermKind.OUTCOME, concept.label, concept.slug)
    return Candidate(first, last, TermKind.OUTCOME, _free_label(spelled_out))


def _free_label(printed: str) -> str:
    """A capital at the start of a sentence goes, names and abbreviations keep theirs."""
    parts = printed.split(" ")
    capitals = sum(part[:1].isupper() for part in parts)
    return printed if capitals > 1 else " ".join(part.lower() if part[1:].islower() else part for part in parts)
