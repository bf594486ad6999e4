"""Arm values: per cents, counts of totals, medians and means, plain numbers, "none", "not reached".

In: text and what other modules already claimed of it. Out: ``PrintedValue`` records in order. What is no result is not
returned: doses, ages, grades, stages, day numbers, years, registration numbers, confidence levels, follow-up; a group size
("n = 12") is returned and labelled so.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.any_case import any_case
from kg.extract.numbers.counts import find_none, match_counted, match_plain
from kg.extract.numbers.intervals import PrintedInterval, find_open_intervals
from kg.extract.numbers.measures import match_measured, match_shared
from kg.extract.numbers.numerals import DECIMAL_POINT, UNSIGNED, WORD_NUMBER, HasSpan, parse_count
from kg.extract.numbers.percents import match_percents
from kg.extract.numbers.printed_value import PrintedValue, ValueKind
from kg.extract.numbers.shares import find_shares

__all__ = ["PrintedValue", "ValueKind", "find_values"]

#: A number that stands free: not glued to a name ("CYP-001", "IL-10", "9/10"), a decimal or another number.
_NUMERAL = any_case(
    rf"(?<!\bper )(?<![\w.^+·×])(?<![×x] )(?<![\w)][-–/])(?<!\d,)(?:{UNSIGNED}(?![\dA-Za-z_^]|{DECIMAL_POINT}\d)|\b{WORD_NUMBER})"
)
_NOT_REACHED = any_case(r"\b(?:not (?:yet )?(?:been )?(?:attained|reached)|unreached)\b")
#: "11% of the |79 who took it": how many the share is of.
_WHOLE = any_case(
    r" of (?:the |all |these |those )?(?P<whole>\d{1,5})(?= (?:\w+ )?(?:patients|children|adults|recipients|participants|subjects"
    r"|individuals|mice|animals|women|men|who|whom|given|treated|infused|with|without|in|on|receiving|assigned)\b)"
)
#: "χ2 = 3.97", "t(38) = 2.1", "I² = 45%": says how a test came out or how studies differed, not what was measured.
_TEST_STATISTIC = re.compile(
    r"(?<![\w-])(?:(?:I ?(?:²|\^?2)|[τΤ](?:²|\^?2)|[Tt]au(?:²|\^?2)?|[Cc]ochran['’]?s? ?Q) ?(?:[=:<>,]|of|was) ?\d[\d.,·]* ?%?"
    r"|(?:[χΧ] ?[2²]|[Cc]hi[- ]?squared?|[tFzZUH]|df|SE|SEM|SEE|ES)(?: ?\(\d[\d, ]*\))? ?[=:] ?[-−–]?\d[\d.,·]*(?![\w%]))"
)
_SENTENCE_EDGE = re.compile(r"[.!?]\)?\s+(?=[A-Z(])|\n")
#: How far back a total is looked for, and among how many fractions: no sentence of prose has more.
_REACH, _MOST = 300, 12
_OF_TOTAL = any_case(rf"\b(?:of|among|in) (?:the |these |those |all |our )*(?P<total>\d{{1,5}}|{WORD_NUMBER})(?![\w%.,/]\S)")


def find_values(text: str, *, intervals: Sequence[PrintedInterval], taken: Iterable[HasSpan]) -> tuple[PrintedValue, ...]:
    """Every arm value in order, leaving alone what ``taken`` and the intervals cover."""
    open_intervals = find_open_intervals(text)
    claimed = _mask(text, (*intervals, *open_intervals, *taken))
    for match in _TEST_STATISTIC.finditer(text):
        claimed[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    starts = {interval.start: interval for interval in intervals}
    found = [
        PrintedValue(m.start(), m.end(), m.group(), ValueKind.NOT_REACHED) for m in _NOT_REACHED.finditer(text) if not claimed[m.start()]
    ]
    for value in (*find_none(text), *find_shares(text)):
        found.append(value)
        claimed[value.start : value.end] = b"\x01" * (value.end - value.start)
    done = 0
    for match in _NUMERAL.finditer(text):
        if match.start() < done or claimed[match.start()]:
            continue
        for value in _read(text, match, starts):
            found.append(value)
            done = value.end
            whole = _WHOLE.match(text, value.end) if value.unit == "%" else None
            if whole is not None:
                claimed[whole.start("whole") : whole.end()] = b"\x01" * (whole.end() - whole.start("whole"))
    return _link(text, sorted(found, key=lambda value: value.start))


def _mask(text: str, spans: Iterable[HasSpan]) -> bytearray:
    claimed = bytearray(len(text))
    for span in spans:
        claimed[span.start : span.end] = b"\x01" * (span.end - span.start)
    return claimed


def _read(text: str, numeral: re.Match[str], intervals: Mapping[int, PrintedInterval]) -> tuple[PrintedValue, ...]:
    """What begins at the numeral: the richest reading first."""
    start = numeral.start()
    counted = match_counted(text, start, intervals)
    if counted is not None:
        return (counted,)
    several = match_percents(text, start, intervals) or match_shared(text, start, intervals)
    if several:
        return several
    single = match_measured(text, start, intervals) or match_plain(text, numeral)
    return () if single is None else (single,)


def _link(text: str, values: Sequence[PrintedValue]) -> tuple[PrintedValue, ...]:
    """Give a per cent the count or total that stands elsewhere in its sentence, where the arithmetic says that it is its own."""
    starts = [value.start for value in values]
    edges = [0, *(edge.end() for edge in _SENTENCE_EDGE.finditer(text)), len(text)]
    linked: list[PrintedValue] = []
    for begin, end in pairwise(edges):
        inside = values[bisect_left(starts, begin) : bisect_left(starts, end)]
        fractions = [value for value in inside if value.kind is ValueKind.FRACTION and value.value is None]
        linked += [_linked(text, begin, value, fractions) for value in inside]
    return tuple(linked)


def _linked(text: str, begin: int, value: PrintedValue, fractions: Sequence[PrintedValue]) -> PrintedValue:
    if value.unit != "%" or value.value is None or value.total is not None:
        return value
    if value.count is not None:
        near = max(begin, value.start - _REACH)
        totals = [parse_count(match["total"]) for match in _OF_TOTAL.finditer(text, near, value.start)]
        fitting = [total for total in totals if total is not None and is_ratio(value.count, total, value.value, value.text)]
        return replace(value, total=fitting[-1]) if fitting else value
    near_by = ((f.count, f.total) for f in fractions[-_MOST:] if f.count is not None and f.total is not None)
    own = {(count, total) for count, total in near_by if is_ratio(count, total, value.value, value.text)}
    if len(own) != 1:
        return value
    count, total = own.pop()
    return replace(value, count=count, total=total)


def is_ratio(count: int, total: int, percent: float, printed: str) -> bool:
    """True when count of total is the per cent, rounded either way to the decimals printed."""
    if total <= 0:
        return False
    decimals = re.search(r"\d[.·](\d+) ?(?:%|per)", printed)
    tolerance = 10.0 ** -(0 if decimals is None else len(decimals[1]))
    return abs(100 * count / total - percent) < tolerance
