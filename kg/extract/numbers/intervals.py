"""Intervals: confidence and credible intervals, interquartile ranges, ranges.

In: text. Out: one ``PrintedInterval`` per labelled interval, in order. Unlabelled ones ("0.70 (0.62-0.79)") are read by the
modules that know the number before them, through ``match_unlabelled``.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.numbers.numerals import MINUS, UNSIGNED, Printed, parse_number


class IntervalKind(StrEnum):
    """What an interval says of its number."""

    CI = "ci"
    IQR = "iqr"
    RANGE = "range"
    UNLABELLED = "unlabelled"


@dataclass(frozen=True, slots=True)
class PrintedInterval(Printed):
    """Two limits as printed, ``low <= high``; ``level`` is the confidence level in per cent where printed."""

    kind: IntervalKind
    low: float
    high: float
    level: float | None = None
    #: True where a per cent sign stands in the interval.
    is_percent: bool = False

    @property
    def is_confidence(self) -> bool:
        """True for a confidence interval, labelled or not."""
        return self.kind in (IntervalKind.CI, IntervalKind.UNLABELLED)

    def contains(self, value: float) -> bool:
        """True when the value lies inside, the limits included."""
        return self.low <= value <= self.high


_SIGNED = rf"(?:{MINUS} ?)?{UNSIGNED}"
_JOINT = rf"(?: ?%)? ?(?:to|and|through|,|;|/|{MINUS}|—|~|∼|\.\.\.?) ?"
_PAIR = rf"(?P<low>{_SIGNED})(?:\s?(?P<unit>days?|weeks?|months?|years?))?{_JOINT}(?P<high>{_SIGNED})(?!\d)(?P<percent> ?%)?"
_LABELLED = re.compile(
    rf"(?:(?P<level>\d{{2}}(?:\.\d+)?) ?%[ -]?|(?P<level_before>\bCI ?\(?9[059] ?%?\)?))?"
    r"(?:(?P<ci>(?<![A-Za-z])(?:[Cc]onfidence (?:[Ii]ntervals?|[Ll]imits?)|[Cc]redible [Ii]ntervals?|C\.I\.|CIs?|CrI|CL)(?![A-Za-z]))"
    r"|(?P<iqr>\b(?:[Ii]nter-?quartile(?: range)?|IQR|[Qq]uartiles|25th(?: ?(?:-|–|to|and) ?| percentile, )75th percentiles?)(?![A-Za-z]))"
    r"|(?P<range>\b[Rr]ang(?:e|es|ing|ed)\b))"
    r"(?:\s?[\[(](?:CI|IQR|95% CI)[\])])?"
    r"(?:\s?[:,=;(\[]\s?|\s(?:of|was|were|is|from|between|from:?)\s|\s?)*" + _PAIR,
)
_UNLABELLED = re.compile(rf"(?:,? ?[\[(]|[,;] )\s?{_PAIR}(?P<after>[ \w]*)[\])]?")


def find_intervals(text: str) -> tuple[PrintedInterval, ...]:
    """Every labelled interval in order."""
    return tuple(interval for match in _LABELLED.finditer(text) if (interval := _read(match)) is not None)


def match_unlabelled(text: str, start: int) -> PrintedInterval | None:
    """The interval without a label that begins at ``start`` with its bracket or comma."""
    match = _UNLABELLED.match(text, start)
    if match is None:
        return None
    low, high = parse_number(match["low"].replace(" ", "")), parse_number(match["high"].replace(" ", ""))
    begin, end = match.start("low"), match.end("percent") if match["percent"] else match.end("high")
    if low > high:
        return None
    return PrintedInterval(begin, end, text[begin:end], IntervalKind.UNLABELLED, low, high, is_percent="%" in text[begin:end])


def _read(match: re.Match[str]) -> PrintedInterval | None:
    low, high = parse_number(match["low"].replace(" ", "")), parse_number(match["high"].replace(" ", ""))
    if low > high:
        return None
    kind = IntervalKind.CI if match["ci"] else IntervalKind.IQR if match["iqr"] else IntervalKind.RANGE
    level = parse_number(match["level"]) if match["level"] else None
    is_percent = "%" in match.string[match.start("low") : match.end()]
    return PrintedInterval(match.start(), match.end(), match.group(), kind, low, high, level, is_percent)
