"""Abbreviations and their long forms, after Schwartz and Hearst (2003), Pac Symp Biocomput, pages 451-462.

In: title and text. Out: one ``Abbreviation`` per definition, "long form (SF)" and "SF (long form)", and the places where the
short form is used elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A defined short form; spans are null where the title defines it."""

    short: str
    long: str
    short_span: Span | None
    long_span: Span | None


_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,120}(?:(?:\([^()]*\)|\[[^\[\]]*\])[^()\[\]]*){0,3})[)\]]")
_SHORT = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][\w+/&.’'α-ω^-]{0,14}(?: [A-Z0-9][\w-]{0,7})?")
_SPLIT = re.compile(r"[;,]\s|\s(?:or|and)\s|=\s?|\s?[(\[]")
_STOP = re.compile(r"[.;:()\[\],]\s")


def find_abbreviations(text: str, *, title: str | None = None) -> tuple[Abbreviation, ...]:
    """Definitions of the text in order, then those that only the title gives."""
    found = [Abbreviation(text[a:b], text[c:d], Span(start=a, end=b), Span(start=c, end=d)) for (a, b), (c, d) in _definitions(text)]
    known = {abbreviation.short for abbreviation in found}
    if title is not None:
        in_title = ((title[a:b], title[c:d]) for (a, b), (c, d) in _definitions(title))
        found += [Abbreviation(short, long, None, None) for short, long in in_title if short not in known]
    return tuple(found)


def find_mentions(text: str, abbreviation: Abbreviation) -> tuple[Span, ...]:
    """Where the short form stands, its plural included and its definition left out."""
    defined = -1 if abbreviation.short_span is None else abbreviation.short_span.start
    singular = abbreviation.short.removesuffix("s") if _is_plural(abbreviation.short) else abbreviation.short
    pattern = re.compile(rf"(?<![\w-]){re.escape(singular)}s?(?![\w])")
    return tuple(Span(start=m.start(), end=m.end()) for m in pattern.finditer(text) if m.start() != defined)


def _definitions(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for match in _BRACKET.finditer(text):
        inner_start = match.start(1)
        inner = _SPLIT.split(match[1], maxsplit=1)[0]
        outer = _candidate(text, match.start())
        if _is_short(inner):
            start = _find_long(inner, outer)
            if start is not None:
                offset = match.start() - len(outer)
                yield (inner_start, inner_start + len(inner)), (offset + start, offset + len(outer.rstrip()))
                continue
        yield from _reversed(text, match)


def _reversed(text: str, match: re.Match[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """SF (long form)."""
    word = re.search(r"[\w+/&^-]+(?= ?$)", text[max(0, match.start() - 20) : match.start()])
    if word is None or not _is_short(word.group()) or len(match[1].split()) < 2:
        return
    start = _find_long(word.group(), match[1])
    if start == 0:
        begin = max(0, match.start() - 20) + word.start()
        yield (begin, begin + len(word.group())), (match.start(1), match.end(1))


def _candidate(text: str, position: int) -> str:
    """The words before the bracket in which the long form is looked for."""
    window = text[max(0, position - 120) : position]
    stops = [stop.end() for stop in _STOP.finditer(window)]
    return window[stops[-1] :] if stops else window


def _is_plural(short: str) -> bool:
    return len(short) > 2 and short.endswith("s") and short[-2].isupper()


def _is_short(form: str) -> bool:
    """Two to ten characters, at most two words, a letter, the first alphanumeric (Schwartz and Hearst, section 3.1)."""
    return 2 <= len(form) <= 15 and _SHORT.fullmatch(form) is not None and any(c.isupper() for c in form) and not form.isdigit()


def _find_long(short: str, candidate: str) -> int | None:
    """Start of the shortest long form in the candidate, read from right to left (Schwartz and Hearst, figure 1)."""
    letters = [c.lower() for c in (short[:-1] if _is_plural(short) else short) if c.isalnum()]
    lower = candidate.lower()
    position = len(lower)
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= 0 and (lower[position] != letters[index] or (index == 0 and position > 0 and lower[position - 1].isalnum())):
            position -= 1
        if position < 0:
            return None
    start = candidate.rfind(" ", 0, position) + 1
    words = candidate[start:].split()
    too_long = len(words) > min(len(letters) + 5, len(letters) * 2)
    return None if too_long or len(candidate[start:].strip()) < len(short) or short in words else start
