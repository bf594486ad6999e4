"""Outcomes that are put together from words: "risk of cGVHD", "GVHD/relapse-free survival", "time to next treatment".

In: words and the candidates found so far. Out: candidates for outcomes. Where the vocabulary has the outcome, its concept; elsewhere
the phrase itself as label, so that nothing measured is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.candidates import Candidate
from kg.extract.matcher import TermMatcher, Word
from kg.model import TermKind

_BRACKET = re.compile(r"\([^()]*\)")
_OCCURRENCE = frozenset({"incidence", "risk", "rate", "probability", "occurrence"})
_RATE_WORDS = frozenset({"cumulative", "estimated", "overall", "low", "lower", "high", "higher", "increased", "reduced"})
_CAUSE_LINKS = frozenset({"related", "associated", "attributable", "specific"})
_RECOVERY = frozenset({"recovery", "engraftment", "reconstitution"})
_FATAL = frozenset({"mortality", "death"})
_SCALES = frozenset({"score", "scale", "index", "questionnaire"})
#: A phrase that names what is timed ends before any of these.
_STOPS = frozenset(
    "the a an of in on at by for with was were is are and or to from between after during within as that which than had has be been"
    " not did significantly it both all this there than".split()
)


def incidences(words: Sequence[Word], found: Sequence[Candidate], matcher: TermMatcher) -> Iterator[Candidate]:
    """ "Incidence of X" and "X incidence", where the vocabulary has an outcome that counts X; elsewhere X stays a condition."""
    for condition in found:
        outcome = matcher.incidence.get(condition.concept or "")
        if outcome is None:
            continue
        first, last = condition.first, condition.last
        if first >= 2 and words[first - 1].key == "of" and words[first - 2].key in _OCCURRENCE:
            first -= 2
            while first > 0 and words[first - 1].key in {"cumulative", "estimated"}:
                first -= 1
        elif last < len(words) and words[last].key in _OCCURRENCE:
            last += 1
        else:
            continue
        yield Candidate(first, last, TermKind.OUTCOME, outcome.label, outcome.slug)


def composed_outcomes(text: str, words: Sequence[Word], found: Sequence[Candidate], matcher: TermMatcher) -> Iterator[Candidate]:
    """Survival free of events, mortality by cause, times to events, scores."""
    by_end = {each.last: each for each in found if each.kind is TermKind.CONDITION}
    by_start = {each.first: each for each in found if each.kind is TermKind.CELL_TYPE}
    for at, word in enumerate(words):
        if word.key == "survival" and at > 1 and words[at - 1].key == "free":
            yield _event_free(text, words, at, matcher)
        elif word.key in _FATAL and at > 1 and words[at - 1].key in _CAUSE_LINKS:
            yield from _mortality(words, at, by_end, matcher)
        elif word.key == "time" and [each.key for each in words[at + 1 : at + 2]] == ["to"]:
            yield from _time_to(text, words, at, matcher)
        elif word.key in _RECOVERY and [each.key for each in words[at + 1 : at + 2]] == ["of"]:
            yield from _recovery_of(words, at, by_start, matcher)
        elif (
            word.key == "rate"
            and at > 1
            and words[at - 1].key == "response"
            and words[at - 2].text.isalpha()
            and words[at - 2].key not in _STOPS
        ):
            yield _outcome(at - 2, at + 1, (), text, words, matcher)
        elif word.key in _SCALES:
            yield from _score(text, words, at, matcher)


def _event_free(text: str, words: Sequence[Word], at: int, matcher: TermMatcher) -> Candidate:
    """ "GVHD-free, relapse-free survival", "GvHD-relapse-free survival": the events before "free", however they are joined."""
    first = at - 1
    events: list[str] = []
    while first > 0 and len(events) < 3:
        key = words[first - 1].key
        is_joined = first < at - 1 and (key in {"/", "free"} or (key in {",", "and"} and words[first - 2].key == "free"))
        is_event = words[first - 1].text[-1].isalnum() and key not in _STOPS and (not events or _is_joined(text, words, first))
        if not is_joined and not is_event:
            break
        if is_event and key != "free":
            events.insert(0, words[first - 1].text)
        first -= 1
    while first < at and words[first].key in {",", "/", "and", "free"}:
        first += 1
    names = (f"{', '.join(f'{event}-free' for event in events)} survival", f"{'-'.join(events)}-free survival")
    return _outcome(first, at + 1, names, text, words, matcher)


def _is_joined(text: str, words: Sequence[Word], first: int) -> bool:
    """True when a hyphen, slash or "free" ties the word before ``first`` to it, so that both name events."""
    gap = text[words[first - 1].end : words[first].start]
    return gap != " " or words[first].key in {"free", "/", ","}


def _mortality(words: Sequence[Word], at: int, by_end: Mapping[int, Candidate], matcher: TermMatcher) -> Iterator[Candidate]:
    cause = by_end.get(at - 1)
    if cause is None:
        return
    first_name = "GVHD" if cause.label.endswith("graft-versus-host disease") else cause.label
    label = f"{first_name}-related mortality"
    concept = matcher.concept_named(label)
    yield Candidate(
        cause.first, at + 1, TermKind.OUTCOME, label if concept is None else concept.label, None if concept is None else concept.slug
    )


def _recovery_of(words: Sequence[Word], at: int, by_start: Mapping[int, Candidate], matcher: TermMatcher) -> Iterator[Candidate]:
    """ "Recovery of neutrophils" is neutrophil recovery."""
    cell = by_start.get(at + 2)
    concept = matcher.concept_named(f"{cell.label} {words[at].key}") if cell is not None else None
    if cell is not None and concept is not None:
        yield Candidate(at, cell.last, TermKind.OUTCOME, concept.label, concept.slug)


def _time_to(text: str, words: Sequence[Word], at: int, matcher: TermMatcher) -> Iterator[Candidate]:
    """ "time to" and the up to three words that name an event."""
    last = at + 2
    while last < min(len(words), at + 5) and words[last].text.isalpha() and words[last].key not in _STOPS:
        last += 1
    if last > at + 2:
        yield _outcome(at, last, (), text, words, matcher)


def _score(text: str, words: Sequence[Word], at: int, matcher: TermMatcher) -> Iterator[Candidate]:
    """A scale with a proper name: two or more capitalised words, an abbreviation in brackets allowed, then "score"."""
    first = at
    while first > 0 and (words[first - 1].text[0].isupper() or words[first - 1].text in "()" or words[first - 1].key in _SCALES):
        first -= 1
    while first < at and (words[first].text in "()" or (first and words[first - 1].text == "." and words[first].key in _STOPS)):
        first += 1
    names = [word for word in words[first:at] if word.text[0].isupper()]
    if len(names) >= 2 or (len(names) == 1 and len(names[0].text) > 1 and names[0].text.isupper()):
        last = at + 1 if at + 1 >= len(words) or words[at + 1].key not in _SCALES else at + 2
        yield _outcome(first, last, (), text, words, matcher)


def _outcome(first: int, last: int, names: Sequence[str], text: str, words: Sequence[Word], matcher: TermMatcher) -> Candidate:
    """The outcome under one of the names or under its own words; its own words are the label where the vocabulary has none."""
    printed = " ".join(_BRACKET.sub(" ", text[words[first].start : words[last - 1].end]).split())
    concepts = [concept for name in (*names, printed) if (concept := matcher.concept_named(name)) is not None]
    label = concepts[0].label if concepts else _free_label(printed)
    return Candidate(first, last, TermKind.OUTCOME, label, concepts[0].slug if concepts else None)


def _free_label(printed: str) -> str:
    """Words of a sentence's start are lower-cased, names and abbreviations keep their capitals."""
    parts = printed.split(" ")
    capitals = sum(part[:1].isupper() for part in parts)
    return printed if capitals > 1 else " ".join(part.lower() if part[1:].islower() else part for part in parts)
