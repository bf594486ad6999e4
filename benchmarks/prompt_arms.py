"""Where a sentence names the intervention and the comparator of a prompt.

In: a text and the two phrases. Out: arm mentions, the intervention as arm 1 and the comparator as arm 2: by words that only one of
the phrases has, by short forms, by lettered groups, and by control words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.prompt_words import WORD, Reading, Word, stem, stems_of, with_long_forms
from kg.extract.findings.arm_book import CONTROL, INTERVENTION
from kg.extract.findings.arm_words import CONTROL_GROUP, TREATED_GROUP
from kg.extract.findings.arms import ArmMention

_CONTROL_LIKE = re.compile(
    r"\b(?:controls?|placebo|usual|standard|no|none|sham|baseline|saline|vehicle|conventional|untreated|without|before|pre|non"
    r"|waiting|wait|routine|dummy)\b",
    re.IGNORECASE,
)
_BASELINE = re.compile(r"\b(?:baseline|before|pre-?\w*|prior)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|post-?\w*|following|at follow-up)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:[Gg]roups?|GROUP|[Aa]rms?|[Cc]ohort)[ -](?P<name>[A-Z]{1,4}\d?|[1-6]|I{1,3}V?|IV)\b|\b(?P<ahead>[A-Z]{1,4}\d?)[ -]groups?\b"
)
_WEAK_WORDS = (
    "hour minute weekly when presence absence two three four one day iv oral orally intravenous intravenously single double start"
    " following after before early late medication drug intervention program programme regimen protocol daily twice once in out"
    " blood patient infusion injection tablet capsule per"
)
#: Stems of words that any regimen has: they name an arm only where nothing else does.
_WEAK = frozenset(stem(word) for word in _WEAK_WORDS.split())


@dataclass(frozen=True)
class Contrast:
    """Two arms as stems: ``only`` tells them apart, ``all`` may stand beside; each pair is intervention, comparator."""

    only: tuple[frozenset[str], frozenset[str]]
    all: tuple[frozenset[str], frozenset[str]]
    shorts: tuple[frozenset[str], frozenset[str]]
    #: Lettered groups and their arm numbers.
    groups: dict[str, int]
    #: The arm that control words stand for.
    control: int
    #: True when the comparator is the state before treatment.
    is_change: bool


def read_contrast(reading: Reading, intervention: str, comparator: str) -> Contrast:
    """What the two phrases share and what tells them apart."""
    (a, short_a), (b, short_b) = (with_long_forms(reading, phrase) for phrase in (intervention, comparator))
    if not (a - b and b - a):  # "sensor on" against "sensor off": little words tell them apart
        every_a, every_b = (set(stems_of(phrase, frozenset())) for phrase in (intervention, comparator))
        a, b = (every_a, every_b) if every_a - every_b and every_b - every_a else (a, b)
    only = (_telling(a - b), _telling(b - a))
    swapped = _CONTROL_LIKE.search(intervention) is not None and _CONTROL_LIKE.search(comparator) is None
    control = INTERVENTION if swapped else CONTROL
    for abbreviation in reading.abbreviations:
        long_stems = set(stems_of(abbreviation.long))
        shared = [len(long_stems & stems) / len(long_stems) for stems in only]
        if CONTROL_GROUP.fullmatch(abbreviation.long):
            (short_a if control == INTERVENTION else short_b).add(abbreviation.short)
        elif max(shared) >= 0.5 and min(shared) == 0:
            (short_a if shared[0] else short_b).add(abbreviation.short)
    groups = _lettered(reading.text, only) | _said(comparator, CONTROL) | _said(intervention, INTERVENTION)
    shorts = (frozenset(short_a - short_b), frozenset(short_b - short_a))
    return Contrast(only, (frozenset(a), frozenset(b)), shorts, groups, control, _BASELINE.search(comparator) is not None)


def find_arms(reading: Reading, contrast: Contrast, place: int, taken: Sequence[tuple[int, int]]) -> tuple[ArmMention, ...]:
    """Arm mentions of sentence number ``place`` outside ``taken``; the surer reading wins an overlap, then the longer."""
    kept: list[tuple[int, int, int, int]] = []
    for item in sorted(_found(reading, contrast, place), key=lambda f: (f[0], f[1] - f[2], f[1])):
        _, start, end, _ = item
        if all(end <= other[1] or other[2] <= start for other in kept) and all(end <= a or b <= start for a, b in taken):
            kept.append(item)
    kept.sort(key=lambda item: item[1])
    return tuple(ArmMention(start, end, reading.text[start:end], number, number == CONTROL) for _, start, end, number in kept)


def _found(reading: Reading, contrast: Contrast, place: int) -> Iterator[tuple[int, int, int, int]]:
    """Rank, start, end, arm number; rank 0 is the surest."""
    sentence = reading.sentences[place]
    for rank, pattern, number in _patterns(contrast):
        for match in pattern.finditer(reading.text, sentence.start, sentence.end):
            if match.group().lower() != "with":
                yield rank, match.start(), match.end(), number
    for match in _GROUP.finditer(reading.text, sentence.start, sentence.end):
        if _name(match) in contrast.groups:
            yield 0, match.start(), match.end(), contrast.groups[_name(match)]
    for start, end, number in _runs(reading.words[place], contrast):
        yield 2, start, end, number


def _patterns(contrast: Contrast) -> Iterator[tuple[int, re.Pattern[str], int]]:
    for number, shorts in zip((INTERVENTION, CONTROL), contrast.shorts, strict=True):
        for short in sorted(shorts):
            yield 1, re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w])"), number
    yield 3, CONTROL_GROUP, contrast.control
    yield 3, TREATED_GROUP, 3 - contrast.control
    if contrast.is_change:
        yield 4, _BASELINE, CONTROL
        yield 4, _AFTER, INTERVENTION


def _runs(words: Sequence[Word], contrast: Contrast) -> Iterator[tuple[int, int, int]]:
    """Runs of words of one side with at least one that tells the sides apart."""
    either = contrast.all[0] | contrast.all[1]
    i = 0
    while i < len(words):
        j, side = i, None
        while j < len(words) and words[j].stem in either and (j == i or words[j].start - words[j - 1].end <= 2):
            here = next((n for n in (0, 1) if words[j].stem in contrast.only[n]), None)
            if here is not None and side is not None and here != side:
                break
            side = here if side is None else side
            j += 1
        if j > i and side is None:
            side = _side_without_words(words[i:j], contrast)
        if j > i and side is not None:
            yield words[i].start, words[j - 1].end, side + 1
        i = max(j, i + 1)


def _side_without_words(run: Sequence[Word], contrast: Contrast) -> int | None:
    """The arm whose phrase is part of the other: "lidocaine" beside "lidocaine with epinephrine"."""
    empty = next((n for n in (0, 1) if not contrast.only[n]), None)
    if empty is None:
        return None
    shared = {word.stem for word in run} & contrast.all[empty]
    return empty if len(shared) >= max(1, len(contrast.all[empty]) // 2) else None


def _telling(stems: set[str]) -> frozenset[str]:
    words = {s for s in stems if not s.isdigit() and len(s) > 1}
    return frozenset(words - _WEAK or words or stems)


def _name(match: re.Match[str]) -> str:
    return str(match["name"] or match["ahead"])


def _said(phrase: str, number: int) -> dict[str, int]:
    """The group that the prompt itself letters: "ropivacaine (group R)"."""
    found = {_name(match) for match in _GROUP.finditer(phrase)}
    return dict.fromkeys(found, number) if len(found) == 1 else {}


def _lettered(text: str, only: tuple[frozenset[str], frozenset[str]]) -> dict[str, int]:
    """Lettered groups of the text by the words beside their names."""
    votes: dict[str, float] = {}
    found = list(_GROUP.finditer(text))
    for i, match in enumerate(found):
        left = found[i - 1].end() if i else 0
        right = found[i + 1].start() if i + 1 < len(found) else len(text)
        ahead = _stems_in(text[left : match.start()][-80:].rsplit(". ", maxsplit=1)[-1])
        behind = _stems_in(text[match.end() : right][:120].split(". ", maxsplit=1)[0])
        in_bracket = text[match.start() - 1 : match.start()] == "("
        for sign, stems in zip((1.0, -1.0), only, strict=True):
            weight = (1.5 if in_bracket else 0.2) * len(ahead & stems) + (0.2 if in_bracket else 1.0) * len(behind & stems)
            votes[_name(match)] = votes.get(_name(match), 0.0) + sign * weight / (1 + len(stems)) ** 0.5
    return {name: INTERVENTION if vote > 0 else CONTROL for name, vote in votes.items() if abs(vote) > 0.15}


def _stems_in(text: str) -> set[str]:
    return {stem(match.group()) for match in WORD.finditer(text)}
