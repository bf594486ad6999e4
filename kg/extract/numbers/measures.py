"""Numbers with a unit: "13 days (range, 9–25)", "4.3 ± 1.2", "16 vs 24 days", "41 and 19%", "120 cells/µL".

Each function reads at one numeral. Numbers that share a unit get it one by one.
"""

import re
from collections.abc import Mapping

from kg.extract.any_case import any_case
from kg.extract.numbers.intervals import PrintedInterval
from kg.extract.numbers.numerals import DECIMAL_POINT, MINUS, UNSIGNED, WORD_NUMBER, parse_amount, parse_number
from kg.extract.numbers.printed_value import PrintedValue, ValueKind, with_interval

_NUMBER = rf"(?:{UNSIGNED}|{WORD_NUMBER})"
_TIME = r"(?:years?|months?|weeks?|days?|hours?|minutes?|yrs?|mos?|wks?|min|h)(?![\w-])"
_OTHER = (
    r"(?:[pnµμum]?g/(?:m|d|µ|μ)?[lL]|pg/cell|[mµμnp]?mol/[lL]|[mµμnp]M|(?:cells|copies)/(?:µ|μ|u|m)[lL]|[kM]?I?U/(?:m|d)?[lL]|"
    r"mg/kg(?:/day|/d)?|(?:mg|g|µg|μg)(?=\)| (?:vs|versus|compared))|m[lL]"
    r"|10\^?[69]/[lL]|(?:percentage )?points?|-?fold|times|mm ?Hg|kg|cm|mm|days/month)(?![\w])"
)
_SPREAD = re.compile(rf"(?P<value>{MINUS}?{UNSIGNED}) ?(?:±|\+/-|\+-) ?{UNSIGNED}(?: ?(?P<unit>%|{_TIME}|{_OTHER}))?")
_DURATION = any_case(
    rf"(?P<value>{_NUMBER})(?P<bare> ?[\[(](?:(?:range|IQR)[,:]? )?{UNSIGNED} ?(?:-|–|to) ?{UNSIGNED}[\])])? (?P<unit>{_TIME})"
)
_QUANTITY = any_case(rf"(?P<value>{_NUMBER})(?: |-(?=fold))?(?P<unit>{_OTHER})")
_JOINT = r"(?:, and |, or | and | or | vs\.? | versus | compared (?:with|to) | v | ?/ ?)"
#: A chain of bare numbers whose unit comes at its end; "to" only joins what "from" opens.
_SHARED = any_case(
    rf"(?P<first>{UNSIGNED})(?P<more>(?:, {UNSIGNED}){{0,4}}{_JOINT}{UNSIGNED}| to {UNSIGNED})(?P<unit> ?%| {_TIME}| {_OTHER})",
)
_ONE = re.compile(rf"(?<![\d.·]){UNSIGNED}(?!{DECIMAL_POINT}?\d)")
_FROM = any_case(r"\bfrom (?:an? |the )?(?:(?:median|mean|baseline|average)(?: of)? )?$")
_AGE = any_case(r"\s?(?:of age|old\b|-old)")
_AGE_BEFORE = any_case(
    r"(?:\b(?:aged?|ages|older than|younger than|under|age of|age was)(?: (?:of|was|between|at least|a median of))?|[≥≤]|>|<) ?$",
)


def match_shared(text: str, start: int, intervals: Mapping[int, PrintedInterval]) -> tuple[PrintedValue, ...]:
    """Two or more numbers that share the unit of the last: "41 and 19%", "16 vs 24 days"; empty where there are none."""
    match = _SHARED.match(text, start)
    if match is None or (match["more"].startswith(" to ") and _FROM.search(text, max(0, start - 30), start) is None):
        return ()
    unit = _unit(match["unit"])
    kind = ValueKind.PERCENT if unit == "%" else ValueKind.DURATION if _is_time(unit) else ValueKind.QUANTITY
    numbers = list(_ONE.finditer(text, start, match.start("unit")))
    found = [PrintedValue(n.start(), n.end(), n.group(), kind, parse_number(n.group()), unit) for n in numbers[:-1]]
    last = PrintedValue(
        numbers[-1].start(), match.end(), text[numbers[-1].start() : match.end()], kind, parse_number(numbers[-1].group()), unit
    )
    return (*found, with_interval(text, last, intervals))


def match_measured(text: str, start: int, intervals: Mapping[int, PrintedInterval]) -> PrintedValue | None:
    """A number with a unit, or with an SD."""
    match = _SPREAD.match(text, start)
    if match is not None:
        unit = None if match["unit"] is None else _unit(match["unit"])
        return PrintedValue(start, match.end(), match.group(), ValueKind.QUANTITY, parse_number(match["value"]), unit, statistic="mean")
    duration = _DURATION.match(text, start)
    match = duration or _QUANTITY.match(text, start)
    if match is None or (duration is not None and _is_age(text, start, match.end())):
        return None
    kind = ValueKind.QUANTITY if duration is None else ValueKind.DURATION
    return with_interval(
        text, PrintedValue(start, match.end(), match.group(), kind, parse_amount(match["value"]), _unit(match["unit"])), intervals
    )


def _is_age(text: str, start: int, end: int) -> bool:
    return _AGE.match(text, end) is not None or _AGE_BEFORE.search(text, max(0, start - 30), start) is not None


def _unit(printed: str) -> str:
    """The unit in its one spelling: time units in the plural, others as printed."""
    plain = printed.strip().lstrip("-")
    lower = plain.lower()
    for name, forms in _TIME_NAMES.items():
        if lower in forms:
            return name
    return plain


_TIME_NAMES = {
    "years": ("year", "years", "yr", "yrs"),
    "months": ("month", "months", "mo", "mos"),
    "weeks": ("week", "weeks", "wk", "wks"),
    "days": ("day", "days"),
    "hours": ("hour", "hours", "h"),
    "minutes": ("minute", "minutes", "min"),
}


def _is_time(unit: str) -> bool:
    return unit in _TIME_NAMES
