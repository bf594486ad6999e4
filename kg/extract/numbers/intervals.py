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
_UNIT = r"(?:\s?(?:days?|weeks?|months?|years?))?"
_PAIR = rf"(?P<low>{_SIGNED}){_UNIT}{_JOINT}(?P<high>{_SIGNED})(?!\d|:)(?P<percent> ?%)?"
#: The label, what may stand between it and the limits, the limits. The level before it is looked up afterwards: a pattern that
#: begins with a word is found many times faster than one that begins with digits.
_LABELLED = re.compile(
    r"(?<![A-Za-z])"
    r"(?:(?P<ci>[Cc]onfidence (?:[Ii]ntervals?|[Ll]imits?)|[Cc]redible [Ii]ntervals?|C\.I\.|CIs?|CrI|CL)"
    r"|(?P<iqr>[Ii]nter-?quartile(?: [Rr]anges?)?|IQR|[Qq]uartiles|25th(?: ?(?:-|–|to|and) ?| percentile, )75th percentiles?)"
    r"|(?P<range>[Rr]ang(?:es?|ing|ed)))(?![A-Za-z])"
    r"(?:\s?[\[(](?:CI|IQR|95 ?% ?CI)[\])])?(?:\s?\(?(?P<level_after>9[059]) ?%\)?)?"
    r"(?:\s?[:,=;(\[]\s?|\s(?:of|was|were|is|from|between)\s|\s?)*" + _PAIR,
)
_LEVEL_BEFORE = re.compile(r"(?<![\d.])(?P<level>\d{2}(?:\.\d+)?) ?%[ -]?$")
_UNLABELLED = re.compile(rf"(?:,? ?[\[(]|[,;] )\s?{_PAIR}(?=\s?(?:[\])]|,? ?[Pp] ?[=<>]|{_UNIT}\s?[\]),;]))")


#: "95% CI, 9.8 to not reached": a limit that follow-up was too short for.
_OPEN = re.compile(
    rf"(?<![A-Za-z])(?:[Cc]onfidence [Ii]ntervals?|CIs?|IQR|[Rr]ange)[\])]?\s?[:,=(\[]?\s?{_SIGNED}{_UNIT} ?(?:to|{MINUS}|,) ?"
    r"(?:not (?:yet )?(?:been )?(?:reached|attained|estimable|evaluable)|NR|NE|∞|infinity)(?![\w-])"
)


def find_open_intervals(text: str) -> tuple[Printed, ...]:
    """Intervals without an upper limit, from their label on; their lower limit is no value of its own."""
    return tuple(Printed(match.start(), match.end(), match.group()) for match in _OPEN.finditer(text))


def find_intervals(text: str) -> tuple[PrintedInterval, ...]:
    """Every labelled interval in order."""
    return tuple(interval for match in _LABELLED.finditer(text) if (interval := _labelled(text, match)) is not None)


def match_unlabelled(text: str, start: int) -> PrintedInterval | None:
    """The interval without a label whose bracket or comma stands at ``start``; its span leaves the bracket out."""
    match = _UNLABELLED.match(text, start)
    return None if match is None else _read(text, match, match.start("low"), IntervalKind.UNLABELLED, None)


def _labelled(text: str, match: re.Match[str]) -> PrintedInterval | None:
    kind = IntervalKind.CI if match["ci"] else IntervalKind.IQR if match["iqr"] else IntervalKind.RANGE
    before = _LEVEL_BEFORE.search(text, max(0, match.start() - 7), match.start())
    start = match.start() if before is None else before.start()
    printed = match["level_after"] if before is None else before["level"]
    return _read(text, match, start, kind, None if printed is None else parse_number(printed))


def _read(text: str, match: re.Match[str], start: int, kind: IntervalKind, level: float | None) -> PrintedInterval | None:
    low, high = parse_number(match["low"]), parse_number(match["high"])
    if low > high:
        return None
    return PrintedInterval(
        start, match.end(), text[start : match.end()], kind, low, high, level, "%" in text[match.start("low") : match.end()]
    )
