"""Time points of outcomes: "at 2 years", "day +100", "one-year", "within 6 weeks of".

In: text. Out: one ``Timepoint`` per mention, in order, as an ISO 8601 duration with the unit as printed (P12M, not P1Y). Ages and
plain durations ("a median of 15 months") are no time points; lengths of follow-up are marked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.numbers.numerals import NUMBER_WORD, UNSIGNED, WORD_NUMBER, Printed, parse_amount


@dataclass(frozen=True, slots=True)
class Timepoint(Printed):
    """When an outcome was looked at."""

    #: "P2Y", "P28D", "PT24H".
    iso: str
    #: True for a length of follow-up, which is no time point of an outcome.
    is_follow_up: bool = False


_LETTERS = {"y": "Y", "m": "M", "w": "W", "d": "D", "h": "H"}
_NUMBER = rf"(?:{UNSIGNED}|{NUMBER_WORD})"
_UNIT = re.compile(
    r"(?<![A-Za-z])(?P<unit>(?:[Yy]ear|[Mm]onth|[Ww]eek|[Dd]ay|[Hh]our)s?|yrs?|mos?|wks?|hrs?|YEARS?|MONTHS?|DAYS?|"
    r"[Dd](?=\+? ?\d))(?![A-Za-z])"
)
#: "2-", "12 ", "6- and 12-", "1, 2 and 3 ", "1–3 " just before the unit; all but a range give one time point each.
_NUMBERS_BEFORE = any_case(
    rf"(?<![\w.,/^+-])(?P<numbers>(?:{_NUMBER}-?(?:, | and |, and | or | to | vs\.? |/|–|-(?=\d)))*{_NUMBER})(?P<joint>[-– ]| ?- ?)$",
)
#: " 28", " +100", " (+)2", "s 28 and 56", "-28" just after the unit.
_NUMBERS_AFTER = any_case(
    rf"(?: ?\+ ?| \(\+\) ?|[- ]|(?<=[Dd]))(?P<numbers>\d{{1,4}}(?:(?:, | and |, and | or |/)\+?\d{{1,4}}(?!\d|\.\d| ?%|"
    rf" (?:[a-z]+s|children|mice|men|women|people|of|out of)\b| ?\())*|{WORD_NUMBER})(?![\w%]|[.,]\d| ?%)",
)
_ONE_NUMBER = any_case(_NUMBER)
_RANGE = any_case(r"(?:\d|\b[a-z]+) ?(?:-|–|to) ?(?:\d|[a-z]+$)")
_AT = any_case(
    r"\b(?:at|by|within|after|until|through|up to|during|beyond|over|before|following|in|of|from|between)(?: about| approximately|"
    r" only| the first| the| a)? $",
)
#: "at 6 (…) and … at 12 months": the first number has no unit of its own.
_UNIT_LEFT_OUT = any_case(rf"\b(?:at|by) (?P<number>{_NUMBER})(?= (?:and|or|to|vs)\b|[,;] | \()(?=[^.;]{{1,70}}$)")
_DURATION_BEFORE = any_case(
    r"\b(?:median|mean|average|total|minimum|maximum|duration|period|time|survival)\b[^.;]{0,20} (?:of|after) (?:a |the )?$|"
    r"\b(?:lasted|for|every|ago|than) $",
)
_DURATION_AFTER = any_case(
    r"\s?[(\[](?:range|IQR|inter|95 ?%|CI|[\d.]+ ?(?:-|–|to) ?\d)|\s?±| (?:apart|earlier|ago|old|of age)\b|-old\b|,? (?:in (?:the|"
    r"those)|with|for) \w+ (?:versus|vs)",
)
_AGE_BEFORE = any_case(r"\b(?:aged?|older than|younger than|under|age of|ages?)(?: [\w≥≤<>]+){0,3} $")
_FOLLOW_UP_WORD = any_case(r"follow(?:ed)?[- ]?up\b|\bfollowed (?:for|over|a)\b|\bobserv(?:ed|ation)\b")
_LENGTH_WORD = any_case(r"\b(?:median|mean|average|minimum|maximum)\b|follow(?:ed)?[- ]?up (?:of|was|for|time|period|duration)\b")


#: "A year after", "half a year from", "within a month", "in the first year": one unit, the number left out.
_ONE_UNIT = any_case(
    r"\b(?:(?<=\bwithin )half a year|(?<=\bfor )half a year|(?<=\bat )half a year|(?<=\bafter )half a year"
    r"|(?:half a|half-a) year(?= (?:after|from|later|on|out|past|following|post|into|since)\b))"
    r"|\b(?:an? (?P<unit>year|month|week|day))(?= (?:after|from|later|on|out|past|following|post|into|since)\b)"
    r"|\b(?:at|by|within|after|over|during|in) (?:the end of )?(?:the first|a) (?P<first>year|month|week)\b(?! of (?:age|life))"
)


def find_timepoints(text: str) -> tuple[Timepoint, ...]:
    """Every time point in order."""
    found = [point for unit in _UNIT.finditer(text) for point in (_before(text, unit) or _after(text, unit))]
    worded = [Timepoint(m.start(), m.end(), m.group(), _one_unit(m)) for m in _ONE_UNIT.finditer(text)]
    return tuple(sorted([*found, *worded], key=lambda point: (point.start, point.end)))


def _one_unit(match: re.Match[str]) -> str:
    return "P6M" if match.group()[:4].lower() == "half" else f"P1{_LETTERS[(match['unit'] or match['first'])[0].lower()]}"


def _before(text: str, unit: re.Match[str]) -> list[Timepoint]:
    """Time points whose numbers stand before the unit."""
    near = max(0, unit.start() - 45)
    match = _NUMBERS_BEFORE.search(text, near, unit.start())
    if match is None or len(unit["unit"]) == 1:
        return []
    start = match.start()
    before, after = text[max(0, start - 70) : start], text[unit.end() : unit.end() + 40]
    follow_up = _is_follow_up(before, after)
    is_adjective = match["joint"] != " " or (not unit["unit"].lower().endswith("s") and match["numbers"].lower() not in ("1", "one"))
    if not follow_up and (_is_duration(before, after) or not (is_adjective or _AT.search(before) is not None)):
        return []
    return [*_without_unit(text, start, unit["unit"]), *_points(text, match, unit, follow_up)]


def _points(text: str, match: re.Match[str], unit: re.Match[str], is_follow_up: bool) -> Iterator[Timepoint]:
    numbers = list(_ONE_NUMBER.finditer(text, match.start("numbers"), match.end("numbers")))
    if _RANGE.search(match["numbers"]) is not None:
        start = match.start("numbers")
        yield Timepoint(start, unit.end(), text[start : unit.end()], _iso(numbers[-1].group(), unit["unit"]), is_follow_up)
        return
    for number in numbers:
        end = unit.end() if number is numbers[-1] else number.end()
        yield Timepoint(number.start(), end, text[number.start() : end], _iso(number.group(), unit["unit"]), is_follow_up)


def _without_unit(text: str, end: int, unit: str) -> list[Timepoint]:
    """An earlier number that shares the unit: "59% at 6 and 41% at 12 months"."""
    begin = max(0, end - 80)
    if re.search(r"\b(?:at|by) $", text[begin:end]) is None:
        return []
    match = _UNIT_LEFT_OUT.search(text, begin, end)
    if match is None or _UNIT.match(text, match.end() + 1) is not None:
        return []
    return [Timepoint(match.start("number"), match.end("number"), match["number"], _iso(match["number"], unit))]


def _after(text: str, unit: re.Match[str]) -> list[Timepoint]:
    """Time points whose numbers stand after the unit: "day +28", "days 28 and 56"."""
    match = _NUMBERS_AFTER.match(text, unit.end())
    if match is None:
        return []
    found = []
    for index, number in enumerate(_ONE_NUMBER.finditer(text, match.start("numbers"), match.end("numbers"))):
        start = unit.start() if index == 0 else number.start()
        found.append(Timepoint(start, number.end(), text[start : number.end()], _iso(number.group(), unit["unit"])))
    is_date = unit["unit"].lower().startswith(("month", "year")) and match["numbers"].isdecimal() and len(match["numbers"]) > 2
    return [] if is_date else found


def _is_duration(before: str, after: str) -> bool:
    return _DURATION_AFTER.match(after) is not None or _DURATION_BEFORE.search(before) is not None or _AGE_BEFORE.search(before) is not None


def _is_follow_up(before: str, after: str) -> bool:
    clause = before[max(before.rfind(mark) for mark in (". ", "; ", ", ")) + 1 :]
    tail = re.split(r"[,;]|\. ", after, maxsplit=1)[0]
    near = clause + "#" + tail[:25]
    return _FOLLOW_UP_WORD.search(near) is not None and _LENGTH_WORD.search(near) is not None


def _iso(number: str, unit: str) -> str:
    amount = f"{parse_amount(number):g}"
    letter = _LETTERS[unit[0].lower()]
    return f"PT{amount}H" if letter == "H" else f"P{amount}{letter}"
