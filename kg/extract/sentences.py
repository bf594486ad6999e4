"""Sentences of scientific prose.

In: a text and its sections. Out: half-open spans over the raw text, white space and section headings left out, so that a
sentence is what a curator would quote. Semicolons and colons do not end a sentence; a line break and a section do.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extract.sections import heading_end
from kg.model import Section, Span

#: A full stop after these does not end a sentence, whatever follows.
_ALWAYS = frozenset(("vs", "v", "cf", "approx", "resp", "dr", "prof", "mr", "mrs", "e.g", "i.e", "viz", "spp", "subsp", "incl", "excl"))
#: Nor after these where a number follows: "Fig. 1", "No. 3".
_BEFORE_NUMBER = frozenset(
    ("fig", "figs", "eq", "eqs", "ref", "refs", "no", "nos", "vol", "pp", "p", "chap", "tab", "sect", "ca", "max", "min")
)
#: These end a sentence only before a word that often begins one: "et al. We", but "et al. Nature".
_SOMETIMES = frozenset(
    (
        "al",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "jr",
        "sr",
        "u.s",
        "u.k",
        "e.u",
        "u.s.a",
        "ph.d",
        "m.d",
        "a.m",
        "p.m",
        "n.s",
        "s.d",
        "s.e",
        "i.v",
        "s.c",
        "i.p",
        "p.o",
    )
)
#: Code points after which an open bracket no longer keeps a full stop from ending the sentence.
_LONGEST_ASIDE = 250
_STOP = re.compile(r"[.!?][\"'”’)\]]*(?:\s+|(?=\[\d)|$)|\n+")
_WORD_BEFORE = re.compile(r"[\w.’'^-]+$")
_STARTER = re.compile(r"[\"'“‘(\[]*(?:[A-Z0-9ÀÖØ-ÞΑ-Ω]|[a-z]{1,3}[A-Z0-9]|[α-ω]|[a-z]+-?\d|[≥≤~±<>]\s?\d|- )")
_INITIAL_BEFORE = re.compile(r"(?:^|[A-Z]\.[ -]?|[,(] ?|\b(?:and|by|Dr) )$")
_INITIAL_AFTER = re.compile(r"[A-Z]\. ?[A-Z]")
_LONE_STARTER = re.compile(
    r"(?:The|A|An|In|We|It|This|These|There|Our|However|Of|At|After|Among|No|All|Patients|Both|For|With|When|By|On|As|To|Results|"
    r"Conclusions?)\b"
)


def find_sentences(text: str, *, sections: Sequence[Section] = ()) -> tuple[Span, ...]:
    """The sentences in order; they cover all of the text but white space and the headings of ``sections``."""
    return tuple(span for start, end in _blocks(text, sections) for span in _split(text, start, end))


def _blocks(text: str, sections: Iterable[Section]) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: between sections, and each section without its heading."""
    position = 0
    for section in sections:
        if section.start > position:
            yield position, section.start
        yield heading_end(text, section), section.end
        position = section.end
    if position < len(text):
        yield position, len(text)


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.start() < begin or not _is_end(text, begin, match, end):
            continue
        yield from _span(text, begin, match.end())
        begin = match.end()
    yield from _span(text, begin, end)


def _span(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start=start, end=end)


def _is_end(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    if match.group().startswith("\n"):
        return match.end() >= end or match.group() != "\n" or not _is_wrapped(text, match)
    if match.end() >= end or "\n" in match.group():
        return True
    if _is_open(text, begin, match.start()) and not match.group().rstrip().endswith((")", "]")):
        return False
    if not _STARTER.match(text, match.end(), end):
        return False
    return text[match.start()] != "." or not _is_abbreviation(text, begin, match, end)


def _is_wrapped(text: str, match: re.Match[str]) -> bool:
    """True where a line break only folds a line: no stop before it and a small letter or a figure behind it."""
    return text[match.start() - 1] not in ".!?:;" and re.match(r"[a-z0-9(]", text[match.end() :]) is not None


def _is_open(text: str, begin: int, position: int) -> bool:
    """True inside brackets that opened in this sentence and did not close; one that is never closed is forgotten soon."""
    start = max(begin, position - _LONGEST_ASIDE)
    surplus = [text.count(left, start, position) - text.count(right, start, position) for left, right in ("()", "[]")]
    return max(surplus) > 0 and sum(surplus) > 0  # a half-open interval, "[4.4, ∞)", closes what it opens


def _is_abbreviation(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    found = _WORD_BEFORE.search(text, max(begin, match.start() - 20), match.start())
    if found is None:
        return False
    word = found.group().lower()
    if word in _ALWAYS or found.group() in ("St", "Mt", "Ste"):
        return True
    if word in _BEFORE_NUMBER and text[match.end()].isdecimal():
        return True
    if word in _SOMETIMES:
        return _LONE_STARTER.match(text, match.end(), end) is None
    return len(word) == 1 and word.isalpha() and found.group().isupper() and _is_initial(text, begin, match)


def _is_initial(text: str, begin: int, match: re.Match[str]) -> bool:
    """True for "J. R. Smith" and "by E. Low"; a capital that ends a sentence ("vitamin C.") has no initial beside it."""
    before = text[max(begin, match.start() - 12) : match.start() - 1]
    return _INITIAL_BEFORE.search(before) is not None or _INITIAL_AFTER.match(text, match.end()) is not None
