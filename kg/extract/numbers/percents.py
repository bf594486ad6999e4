"""Per cents: with an interval or SD, sharing one sign, or as a range.

Each function reads at one numeral. "39.5 vs 62.7%" and "from 46 to 23%" are two values, "30-50%" and "30 to 50%" one range.
"""

import re
from collections.abc import Mapping

from kg.extract.any_case import any_case
from kg.extract.numbers.intervals import IntervalKind, PrintedInterval
from kg.extract.numbers.numerals import UNSIGNED, WORD_NUMBER, parse_amount, parse_number
from kg.extract.numbers.printed_value import PrintedValue, ValueKind, with_interval

_SIGN = r"(?: ?%| ?per ?cent(?![A-Za-z]))"
_PERCENT = any_case(
    rf"(?P<percent>{UNSIGNED}|{WORD_NUMBER}(?= per ?cent)){_SIGN}(?: ?(?:±|\+/-|\+-) ?{UNSIGNED} ?%?)?"
    r"(?! ?-?(?:CIs?|confidence|credible|power)\b)"
)
_RANGE = re.compile(rf"(?P<low>{UNSIGNED}){_SIGN}?(?: ?[-–] ?| to )(?P<high>{UNSIGNED}){_SIGN}")
#: A comparison that two numbers follow, set off by a comma, colon or bracket.
_COMPARED_BEFORE = any_case(
    r"\b(?:favou?r\w*|better|worse|higher|lower|superior|inferior|fewer|less|more|longer|shorter|greater|smaller|outperform\w*|beat|lag\w*|trail\w*"
    r"|ahead)\b[^.;%()]{0,70}(?:[,:] ?|\()$"
)
_FROM = any_case(r"\bfrom (?:an? |the )?(?:(?:median|mean|baseline|average)(?: of)? )?$")


def _is_score(text: str, spread: re.Match[str]) -> bool:
    """As in "the better survival, 68% to 47%", "favored the drug, 10% to 16%": what falls, or follows a comparison, is no range."""
    if "%" not in spread.group()[:-1] or " to " not in spread.group():
        return False
    falls = parse_number(spread["low"]) > parse_number(spread["high"])
    return falls or _COMPARED_BEFORE.search(text, max(0, spread.start() - 90), spread.start()) is not None


def match_percents(text: str, start: int, intervals: Mapping[int, PrintedInterval]) -> tuple[PrintedValue, ...]:
    """The per cent at ``start``, as a range where it is one; empty where there is none."""
    spread = _RANGE.match(text, start)
    if spread is not None and _FROM.search(text, max(0, start - 30), start) is None and not _is_score(text, spread):
        low, high = parse_number(spread["low"]), parse_number(spread["high"])
        interval = PrintedInterval(start, spread.end(), spread.group(), IntervalKind.RANGE, low, high, is_percent=True)
        return (PrintedValue(start, spread.end(), spread.group(), ValueKind.PERCENT, None, "%", interval=interval),)
    match = _PERCENT.match(text, start)
    if match is None:
        return ()
    return (
        with_interval(
            text, PrintedValue(start, match.end(), match.group(), ValueKind.PERCENT, parse_amount(match["percent"]), "%"), intervals
        ),
    )
