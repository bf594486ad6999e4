"""Where a sentence names an arm.

In: text, a sentence, the paper's ``ArmBook``. Out: mentions that do not overlap.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.findings.arm_book import ArmBook
from kg.extract.findings.arm_words import (
    CONTROL,
    CONTROL_GROUP,
    INTERVENTION,
    LETTERED_GROUP,
    NEGATED_AFTER,
    NEGATED_BEFORE,
    TREATED_GROUP,
    USUAL_ARM,
    WITHOUT_IT,
    lettered_name,
)
from kg.extract.findings.comparisons import term_key
from kg.extract.findings.groups import group_mentions
from kg.model import Arm, Quote, Term, TermKind
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ArmMention:
    """A place where a sentence names an arm; ``number`` counts arms as in ``Extraction.arms``."""

    start: int
    end: int
    text: str
    number: int
    is_control: bool
    #: True for "the others", which name an arm only by another.
    is_anaphor: bool = False


def find_arm_mentions(
    text: str, start: int, end: int, *, book: ArmBook, terms: Iterable[Term], vocabulary: Vocabulary
) -> tuple[ArmMention, ...]:
    """Arm mentions inside ``text[start:end]`` in order, none overlapping; the longer one wins."""
    found = [*_group_mentions(text, start, end, book), *_control_mentions(text, start, end), *_name_mentions(text, start, end, book)]
    if book.is_comparative:
        found += [ArmMention(*m.span("arm"), m["arm"], CONTROL, True) for m in USUAL_ARM.finditer(text, start, end)]
        found += [ArmMention(m.start(), m.end(), m.group(), INTERVENTION, False) for m in TREATED_GROUP.finditer(text, start, end)]
    for term in terms:
        if start <= term.start and term.end <= end:
            mention = _term_mention(text, term, book, vocabulary)
            if mention is not None:
                found.append(mention)
    return _without_overlap(found)


def arm_records(book: ArmBook, mentions: Iterable[ArmMention], *, used: Iterable[int]) -> tuple[Arm, ...]:
    """The arms as records, with every mention; ``used`` are numbers that findings refer to, named in the text or not."""
    by_number: dict[int, list[Quote]] = {number: [] for number in used}
    for mention in mentions:
        by_number.setdefault(mention.number, []).append(Quote(start=mention.start, end=mention.end, text=mention.text))
    labels = {INTERVENTION: book.intervention_label or "intervention", CONTROL: book.comparator_label or "comparator"}
    slugs = {INTERVENTION: book.intervention, CONTROL: book.comparator}
    return tuple(
        Arm(
            number=number, label=labels[number], is_control=number == CONTROL, concepts=tuple(sorted(slugs[number])), mentions=tuple(quotes)
        )
        for number, quotes in sorted(by_number.items())
    )


def _group_mentions(text: str, start: int, end: int, book: ArmBook) -> list[ArmMention]:
    numbers = dict(book.groups)
    return [
        ArmMention(m.start(), m.end(), m.group(), numbers[lettered_name(m)], numbers[lettered_name(m)] == CONTROL)
        for m in LETTERED_GROUP.finditer(text, start, end)
        if lettered_name(m) in numbers
    ]


def _name_mentions(text: str, start: int, end: int, book: ArmBook) -> list[ArmMention]:
    return [
        ArmMention(m.start, m.end, text[m.start : m.end], number, number == CONTROL)
        for name, number in book.names
        for m in group_mentions(name, text, start, end)
    ]


def _control_mentions(text: str, start: int, end: int) -> list[ArmMention]:
    return [
        ArmMention(m.start(), m.end(), m.group(), CONTROL, True)
        for pattern in (CONTROL_GROUP, WITHOUT_IT)
        for m in pattern.finditer(text, start, end)
    ]


def _is_short_for_given(term: Term, book: ArmBook, vocabulary: Vocabulary) -> bool:
    """As in "MSCs" where umbilical cord MSCs are given and no other kind of them is compared: the wider name stands for the same cells."""
    if term.kind is not TermKind.CELL_TYPE or term.concept is None:
        return False
    of_kind = [
        [slug for slug in side if slug in vocabulary and vocabulary.is_a(slug, term.concept)]
        for side in (book.intervention, book.comparator)
    ]
    return bool(of_kind[0]) and not of_kind[1]


def _term_mention(text: str, term: Term, book: ArmBook, vocabulary: Vocabulary) -> ArmMention | None:
    key = term_key(term)
    if key in book.comparator:
        return ArmMention(term.start, term.end, term.text, CONTROL, True)
    if key not in book.intervention and not _is_short_for_given(term, book, vocabulary):
        return None
    before = NEGATED_BEFORE.search(text[max(0, term.start - 40) : term.start])
    if before is not None:
        at = term.start - len(before.group())
        return ArmMention(at, term.end, text[at : term.end], CONTROL, True)
    if NEGATED_AFTER.search(text[term.end : term.end + 4]):
        return ArmMention(term.start, term.end, term.text, CONTROL, True)
    return ArmMention(term.start, term.end, term.text, INTERVENTION, False)


def _without_overlap(found: list[ArmMention]) -> tuple[ArmMention, ...]:
    kept: list[ArmMention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
