"""Per cents: with an interval or SD, sharing one sign, or as a range.

Each function reads at one numeral. "39.5 vs 62.7%" and "from 46 to 23%" are two values, "30-50%" and "30 to 50%" one range.
"""

import re
from collections.abc import Mapping

from kg.extract.any_case import any_case
from kg.extract.numbers.intervals import IntervalKind, PrintedInterval
from kg.extract.numbers.numerals import UNSIGNED, parse_number
from kg.extract.numbers.printed_value import PrintedValue, ValueKind, with_interval

_SIGN = r"(?: ?%| ?per ?cent(?![A-Za-z]))"
_PERCENT = any_case(rf"(?P<percent>{UNSIGNED}){_SIGN}(?: ?(?:±|\+/-|\+-) ?{UNSIGNED} ?%?)?(?! ?-?(?:CIs?|confidence|credible|power)\b)")
_RANGE = re.compile(rf"(?P<low>{UNSIGNED}){_SIGN}?(?: ?[-–] ?| to )(?P<high>{UNSIGNED}){_SIGN}")
_FROM = any_case(r"\bfrom (?:an? |the )?(?:(?:median|mean|baseline|average)(?: of)? )?$")


def match_percents(text: str, start: int, intervals: Mapping[int, PrintedInterval]) -> tuple[PrintedValue, ...]:
    """The per cent at ``start``, as a range where it is one; empty where there is none."""
    spread = _RANGE.match(text, start)
    if spread is not None and _FROM.search(text, max(0, start - 30), start) is None:
        low, high = parse_number(spread["low"]), parse_number(spread["high"])
        interval = PrintedInterval(start, spread.end(), spread.group(), IntervalKind.RANGE, low, high, is_percent=True)
        return (PrintedValue(start, spread.end(), spread.group(), ValueKind.PERCENT, None, "%", interval=interval),)
    match = _PERCENT.match(text, start)
    if match is None:
        return ()
    return (
        with_interval(
            text, PrintedValue(start, match.end(), match.group(), ValueKind.PERCENT, parse_number(match["percent"]), "%"), intervals
        ),
    )
