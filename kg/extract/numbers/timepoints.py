"""Time points of outcomes: "at 2 years", "day +100", "one-year", "within 6 weeks of".

In: text. Out: one ``Timepoint`` per mention, in order, as an ISO 8601 duration with the unit as printed (P12M, not P1Y). Ages
are no time points; follow-up is marked.
"""

import re
from dataclasses import dataclass

from kg.extract.numbers.numerals import UNSIGNED, WORD_NUMBER, Printed, parse_count, parse_number


@dataclass(frozen=True, slots=True)
class Timepoint(Printed):
    """When an outcome was looked at."""

    #: "P2Y", "P28D", "PT24H".
    iso: str
    #: True for a length of follow-up, which is no time point of an outcome.
    is_follow_up: bool = False


_NUMBER = rf"(?:{UNSIGNED}|{WORD_NUMBER})"
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|h)"
_LETTER = {"y": "Y", "m": "M", "w": "W", "d": "D", "h": "H"}
_BEFORE_UNIT = re.compile(
    rf"(?P<cue>(?:\b(?:at|by|within|after|until|before|through(?:out)?|during|over|up to|in|to|of|for|and|or|the)\b|[(,;/-]|^)\s(?:about |approximately |the first |the )?|(?<![\w.])|(?<=\())"
    rf"(?P<number>{_NUMBER})(?P<joint>[-– ])(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)
_AFTER_UNIT = re.compile(
    rf"\b(?:(?P<unit>days?|weeks?|months?|years?)(?: \+ ?| \(\+\) ?| ?\+|[- ])(?P<number>\d{{1,4}}|{WORD_NUMBER})|(?P<letter>[DdWwMm])(?:\+ ?)?(?P<short>\d{{1,3}}))(?![\w%]|\.\d|[-–]?month)",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:at|by|within|after|until|through|up to|during|beyond|over|to|in)(?: about| approximately| the first| the)? $", re.IGNORECASE
)
_FOLLOW_UP_BEFORE = re.compile(r"(?:follow(?:ed)?[- ]?up|followed|observ\w+|surviv\w+ (?:was|of))[^.;]{0,60}$", re.IGNORECASE)
_FOLLOW_UP_MEDIAN = re.compile(
    r"\b(?:median|mean|average|minimum|follow(?:ed)?[- ]?up (?:of|was|for|time|period|duration))\b", re.IGNORECASE
)
_FOLLOW_UP_AFTER = re.compile(r"(?: \([^)]*\))?,?(?: of)? (?:(?:median|mean) )?follow-?up", re.IGNORECASE)
_AGE = re.compile(r"\s?(?:of age|old\b|-old)", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|older than|younger than|under|age of|ages?)(?: [\w≥≤<>]+){0,3} $", re.IGNORECASE)


def find_timepoints(text: str) -> tuple[Timepoint, ...]:
    """Every time point in order."""
    found = [point for match in _BEFORE_UNIT.finditer(text) if (point := _number_first(text, match)) is not None]
    found += [point for match in _AFTER_UNIT.finditer(text) if (point := _unit_first(match)) is not None]
    return tuple(sorted(found, key=lambda point: (point.start, point.end)))


def _number_first(text: str, match: re.Match[str]) -> Timepoint | None:
    start, end = match.start("number"), match.end()
    before = text[max(0, start - 80) : start]
    if _AGE.match(text, end) is not None or _AGE_BEFORE.search(before) is not None:
        return None
    is_adjective = match["joint"] != " " or match["unit"].lower() in ("year", "month", "week", "day") and not _is_one(match["number"])
    is_follow_up = _is_follow_up(text, before, end)
    if not is_follow_up and not is_adjective and _AT.search(before) is None:
        return None
    return Timepoint(start, end, text[start:end], _iso(match["number"], match["unit"]), is_follow_up)


def _unit_first(match: re.Match[str]) -> Timepoint | None:
    unit, number = (match["unit"], match["number"]) if match["unit"] else (match["letter"], match["short"])
    if match["letter"] and match["letter"] not in "Dd":
        return None
    return Timepoint(match.start(), match.end(), match.group(), _iso(number, unit))


def _is_follow_up(text: str, before: str, end: int) -> bool:
    if _FOLLOW_UP_AFTER.match(text, end) is not None and _FOLLOW_UP_MEDIAN.search(before[-25:] + text[end : end + 25]) is not None:
        return True
    near = _FOLLOW_UP_BEFORE.search(before)
    return near is not None and _FOLLOW_UP_MEDIAN.search(before) is not None


def _is_one(number: str) -> bool:
    return number.lower() in ("1", "one")


def _iso(number: str, unit: str) -> str:
    count = parse_count(number)
    amount = f"{count}" if count is not None else f"{parse_number(number):g}"
    letter = _LETTER[unit[0].lower()]
    return f"PT{amount}H" if letter == "H" else f"P{amount}{letter}"
