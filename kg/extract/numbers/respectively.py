"""Lists that a "respectively" aligns: "27%, 48% and 45% of patients receiving placebo, A and B, respectively".

In: text with its values and P values. Out: one ``RespectivelyList`` per "respectively", in order, with as many labels as
numbers, or none where the labels cannot be told. Both orders occur: numbers first and labels first.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.numbers.numerals import Printed
from kg.extract.numbers.p_values import PrintedP
from kg.extract.numbers.values import PrintedValue


@dataclass(frozen=True, slots=True)
class RespectivelyList(Printed):
    """Aligned numbers and labels; the span runs from the first of them to the word "respectively"."""

    numbers: tuple[PrintedValue | PrintedP, ...]
    #: As many as ``numbers`` and in the same order, or empty.
    labels: tuple[Printed, ...] = ()


_WORD = any_case(r"\brespectively\b")
#: What may stand between two numbers of one list: an aside in brackets and a joint.
_JOINT = re.compile(r"\s*(?:\([^()]*\))?\s*(?:,|;|/|,? and|,? or|,? vs\.?|,? versus|,? but|,? to|,? compared with)\s*")
_SEPARATOR = re.compile(r"\s*(?:, and |, or |,|;| and | or | versus | vs\.? )\s*")
#: How far before the word a list may begin.
_REACH = 600
_CLAUSE_EDGE = re.compile(r"[;:]\s|\.\s+(?=[A-Z])|\n")
#: The first label follows the last of these words: "of patients receiving |placebo".
_LEAD = re.compile(
    r".*\b(?:of|in|for|with|receiving|given|after|to|on|by|at|among|from|treated with|the|were|was|are|is|that|when|where|had|"
    r"both|between|rates?|incidences?)\s",
    re.DOTALL | re.IGNORECASE,
)
#: The last label before its numbers ends here: "overall survival |were".
_TAIL = re.compile(
    r"\s*(?:[,(:]\s*)?\b(?:(?:the|these|with|all) (?:\w+ )?(?:figures?|values|rates?|numbers|incidences?)|was|were|is|are|had|has|"
    r"reached|amounted|occurred|came|stood|being|of|at|in|by"
    r"|estimated|as|responded|developed|achieved|survived|died|differed|relapsed|improved|showed|fell|rose|increased|"
    r"decreased)\b.*|\s*[(:,=]\s*$",
    re.DOTALL | re.IGNORECASE,
)


def find_respectively_lists(text: str, *, values: Sequence[PrintedValue], p_values: Sequence[PrintedP]) -> tuple[RespectivelyList, ...]:
    """Every list that the text aligns by "respectively"."""
    items: list[PrintedValue | PrintedP] = sorted([*values, *p_values], key=lambda item: item.start)
    starts = [item.start for item in items]
    found = []
    for match in _WORD.finditer(text):
        near = max(0, match.start() - _REACH)
        begin = max((edge.end() for edge in _CLAUSE_EDGE.finditer(text, near, match.start())), default=near)
        inside = items[bisect_left(starts, begin) : bisect_left(starts, match.start())]
        aligned = _read(text, match, inside, begin)
        if aligned is not None:
            found.append(aligned)
    return tuple(found)


def _read(text: str, match: re.Match[str], items: Sequence[PrintedValue | PrintedP], begin: int) -> RespectivelyList | None:
    numbers = _last_chain(text, items)
    if len(numbers) < 2:
        return None
    size = len(numbers)
    labels = _labels(text, numbers[-1].end, match.start(), size) or _labels(text, begin, numbers[0].start, size)
    start = min(item.start for item in (*numbers, *labels))
    return RespectivelyList(start, match.end(), text[start : match.end()], numbers, labels)


def _last_chain(text: str, items: Sequence[PrintedValue | PrintedP]) -> tuple[PrintedValue | PrintedP, ...]:
    """The run of numbers nearest to the end with nothing but joints between them."""
    chain: list[PrintedValue | PrintedP] = []
    for item in reversed(items):
        if not chain or _JOINT.fullmatch(text, item.end, chain[0].start) is not None:
            chain.insert(0, item)
        elif len(chain) > 1:
            break
        else:
            chain = [item]
    return tuple(chain)


def _labels(text: str, start: int, end: int, size: int) -> tuple[Printed, ...]:
    """The last ``size`` items of the enumeration in the stretch, or nothing where it has fewer."""
    parts = _split(text, start, end)
    if len(parts) < size:
        return ()
    parts = parts[-size:]
    first_start, first_end = parts[0]
    lead = _LEAD.match(text, first_start, first_end)
    parts[0] = (first_start if lead is None else lead.end(), first_end)
    last_start, last_end = parts[-1]
    tail = _TAIL.search(text, last_start, last_end)
    parts[-1] = (last_start, last_end if tail is None else tail.start())
    if any(a >= b for a, b in parts):
        return ()
    return tuple(Printed(a, b, text[a:b]) for a, b in parts)


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut at commas and joints outside brackets, empty parts left out."""
    parts: list[tuple[int, int]] = []
    depth, position, begin = 0, start, start
    while position < end:
        character = text[position]
        depth += (character in "([") - (character in ")]")
        joint = _SEPARATOR.match(text, position, end) if depth <= 0 and character in " ,;/" else None
        if joint is not None and joint.end() > position:
            parts.append((begin, position))
            position = begin = joint.end()
        else:
            position += 1
    parts.append((begin, end))
    return [(a, b) for a, b in (_strip(text, a, b) for a, b in parts) if a < b]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n,;:(":
        start += 1
    while start < end and text[end - 1] in " \n,;:(=":
        end -= 1
    return start, end
