"""Arm values: per cents, counts of totals, medians and means, plain numbers, "none", "not reached".

In: text and what other modules already claimed of it. Out: ``PrintedValue`` records in order. What is no result is not
returned: doses, ages, grades, stages, day numbers, years, registration numbers, confidence levels, follow-up; a group size
("n = 12") is returned and labelled so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.extract.numbers.intervals import IntervalKind, PrintedInterval, match_unlabelled
from kg.extract.numbers.numerals import DECIMAL_POINT, UNSIGNED, WORD_NUMBER, HasSpan, Printed, parse_count, parse_number
from kg.model import Value


class ValueKind(StrEnum):
    """What a number counts."""

    PERCENT = "percent"
    #: A count of a total, with or without the per cent.
    FRACTION = "fraction"
    #: People, animals, events: "seven patients", "24 (55.8%)".
    COUNT = "count"
    DURATION = "duration"
    #: A number with another unit, or mean ± SD.
    QUANTITY = "quantity"
    #: A number that prints neither unit nor noun: a score, or a count whose noun stands elsewhere.
    NUMBER = "number"
    #: "none", "no patients".
    NONE = "none"
    NOT_REACHED = "not_reached"
    #: "n = 12": no result.
    GROUP_SIZE = "group_size"


@dataclass(frozen=True, slots=True)
class PrintedValue(Printed):
    """A number that may be a result of one arm."""

    kind: ValueKind
    value: float | None = None
    unit: str | None = None
    count: int | None = None
    total: int | None = None
    #: Confidence interval, IQR or range that belongs to the number.
    interval: PrintedInterval | None = None
    #: "median" or "mean" where it is said of this number.
    statistic: str | None = None

    def to_model(self) -> Value:
        """The record for a finding."""
        interval = self.interval if self.interval is not None and self.interval.is_confidence else None
        return Value(
            value=self.value,
            unit=self.unit,
            count=self.count,
            total=self.total,
            ci_low=None if interval is None else interval.low,
            ci_high=None if interval is None else interval.high,
            text="none" if self.kind is ValueKind.NONE else self.text,
        )


_NUMBER = rf"(?:{UNSIGNED}|{WORD_NUMBER})"
_PERCENT_SIGN = r"(?: ?%| ?per ?cent\b(?!age point))"
_TIME_UNIT = r"(?:years?|months?|weeks?|days?|hours?|minutes?|min|h)\b"
_PEOPLE = (
    r"(?:patients?|children|child|adults?|infants?|recipients?|subjects?|participants?|individuals?|people|persons?|men|women|boys?|girls?|donors?"
    r"|controls?|cases?|deaths?|events?|episodes?|infections?|relapses?|animals?|mice|mouse|rats?|dogs?|cats?|survivors?|responders?|transplants?|evaluable)\b"
)
_NOUN = rf"(?: [a-z][a-z-]+){{0,2}}? {_PEOPLE}"
_NUMERAL = re.compile(rf"(?<![\w.^/+·-])(?<!\d,)(?:{UNSIGNED}(?![\w^]|{DECIMAL_POINT}\d)|\b{WORD_NUMBER})", re.IGNORECASE)
_INSIDE = r"[^()\[\]]{0,60}?"
_FRACTION = re.compile(
    rf"(?P<count>{_NUMBER}) ?(?:(?:/| of | out of | from among | among ) ?(?:the |all |a total of |these |our )*)(?P<total>{_NUMBER})(?![\w/]|{DECIMAL_POINT}\d|%| %)"
    rf"(?:(?P<noun>{_NOUN})?,? ?[\[(](?P<percent>{UNSIGNED}) ?%(?P<inside>{_INSIDE})[\])])?",
    re.IGNORECASE,
)
_COUNT_PERCENT = re.compile(
    rf"(?P<count>{_NUMBER})(?:{_NOUN}| [a-z-]+)? ?[\[(](?P<percent>{UNSIGNED}) ?%(?P<inside>{_INSIDE})[\])]"
    rf"(?: of (?:the |all )?(?P<total>{_NUMBER})(?![\w/.%]))?",
    re.IGNORECASE,
)
_PERCENT_COUNT = re.compile(
    rf"(?P<percent>{UNSIGNED}){_PERCENT_SIGN} ?[\[(](?:n ?= ?)?(?P<count>{_NUMBER})(?:(?:/| of | out of ) ?(?:the )?(?P<total>{_NUMBER}))?(?:{_NOUN})?(?P<inside>(?:[;,] ?{_INSIDE})?)[\])]",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?P<percent>{UNSIGNED}){_PERCENT_SIGN}(?: ?(?:±|\+/-|\+-) ?(?P<spread>{UNSIGNED}) ?%?)?", re.IGNORECASE)
_SHARED = re.compile(
    rf"(?P<first>{UNSIGNED})(?:(?:, | ?/ ?| vs\.? | versus | and | or | to | with | ?[-–] ?|, and | compared with | v )(?:{UNSIGNED}))*?"
    rf"(?P<joint>, | ?/ ?| vs\.? | versus | and | or |, and | compared with | v )(?P<last>{UNSIGNED}) ?%"
)
_PERCENT_RANGE = re.compile(rf"(?P<low>{UNSIGNED}) ?%?(?: ?[-–] ?| to )(?P<high>{UNSIGNED}) ?%")
_SPREAD = re.compile(rf"(?P<value>{UNSIGNED}) ?(?:±|\+/-|\+-) ?{UNSIGNED}(?: ?(?P<unit>%|{_TIME_UNIT}|[a-zA-Zµμ]+/[a-zA-Zµμ]+))?")
_DURATION = re.compile(
    rf"(?P<value>{_NUMBER})(?P<bare> ?[\[(]{UNSIGNED} ?(?:-|–|to) ?{UNSIGNED}[\])])?[ -](?P<unit>{_TIME_UNIT})", re.IGNORECASE
)
_UNIT = (
    r"(?:[pnµμum]?[gM]/(?:m|µ|μ|d)?[lL]|(?:m|µ|μ)mol/[lL]|(?:cells|copies)/(?:µ|μ|u|m)[lL]|[kM]?I?U/(?:m|d)?[lL]|mg/kg(?:/day|/d)?"
    r"|10\^?[69]/[lL]|points?|-?fold|times|mm ?Hg|kg|cm|mm)(?![\w])"
)
_QUANTITY = re.compile(rf"(?P<value>{_NUMBER})(?:(?: |-)?(?P<unit>{_UNIT}))")
_COUNT = re.compile(rf"(?P<count>{_NUMBER})(?: of (?:the|these|those|our|them)(?: \w+)??)?(?:{_NOUN})", re.IGNORECASE)
_GROUP_SIZE_BEFORE = re.compile(r"\b[nN] ?= ?$")
_NO_RESULT_BEFORE = re.compile(
    r"(?:\b(?:grades?|stages?|phase|groups?|arms?|types?|lines?|levels?|version|class|score of at least|aged?|age of|ages|older than|younger than|under|over|table|fig(?:ure)?\.?"
    r"|no\.|number|ref(?:erence)?s?\.?|category|step|cycles?|week|day|year|month|in|since|until|from|between|during|before|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|criteria|ratio of|at least|least|most|than|HLA|KPS|chapter|volume|days|weeks|months|years)|[≥≤<>~=]) ?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_HLA = re.compile(r" ?-?(?:HLA|MMUD|MUD|mismatch|match|allele|loc|unrelated|antigen)", re.IGNORECASE)
_NOT_REACHED = re.compile(r"\b(?:not (?:yet )?(?:been )?reached|unreached)\b", re.IGNORECASE)
_NONE = re.compile(rf"\b(?:none|no(?:{_NOUN}))(?: of (?:the |these |those |all )?(?P<total>{_NUMBER})(?![\w/.%]))?", re.IGNORECASE)
_GAP = re.compile(r"\s?[,;:]?\s?[\[(]?\s?")
_STATISTIC = re.compile(r"\b(?P<word>median|mean|average)\b[^.;]{0,60}$", re.IGNORECASE)
_AGE = re.compile(r"\s?(?:years? |yrs? |months? )?(?:of age|old\b|-old)", re.IGNORECASE)


def find_values(text: str, *, intervals: Sequence[PrintedInterval], taken: Iterable[HasSpan]) -> tuple[PrintedValue, ...]:
    """Every arm value in order, leaving alone what ``taken`` and the intervals cover."""
    claimed = _mask(text, (*intervals, *taken))
    starts = {interval.start: interval for interval in intervals}
    found = list(_words(text))
    done = 0
    for match in _NUMERAL.finditer(text):
        if match.start() < done or claimed[match.start()]:
            continue
        for value in _read(text, match, starts, claimed):
            found.append(value)
            done = max(done, value.end)
    return _link(text, sorted(found, key=lambda value: value.start))


def _mask(text: str, spans: Iterable[HasSpan]) -> bytearray:
    claimed = bytearray(len(text))
    for span in spans:
        claimed[span.start : span.end] = b"\x01" * (span.end - span.start)
    return claimed


def _words(text: str) -> list[PrintedValue]:
    found = [PrintedValue(m.start(), m.end(), m.group(), ValueKind.NOT_REACHED) for m in _NOT_REACHED.finditer(text)]
    for m in _NONE.finditer(text):
        total = parse_count(m["total"]) if m["total"] else None
        found.append(PrintedValue(m.start(), m.end(), m.group(), ValueKind.NONE, 0.0, None, 0, total))
    return found


def _read(text: str, numeral: re.Match[str], starts: dict[int, PrintedInterval], claimed: bytearray) -> list[PrintedValue]:
    start = numeral.start()
    counted = _counted(text, start, starts)
    if counted is not None:
        return [counted]
    percents = _percents(text, start, starts)
    if percents:
        return percents
    measured = _measured(text, start, starts)
    if measured is not None:
        return [measured]
    return _plain(text, numeral)


def _counted(text: str, start: int, starts: dict[int, PrintedInterval]) -> PrintedValue | None:
    """A count with its total or its per cent."""
    for pattern in (_FRACTION, _COUNT_PERCENT, _PERCENT_COUNT):
        match = pattern.match(text, start)
        if match is None:
            continue
        count, total = parse_count(match["count"]), parse_count(match["total"]) if match["total"] else None
        if count is None or (total is not None and (count > total or _HLA.match(text, match.end()))):
            continue
        percent = parse_number(match["percent"]) if match["percent"] else None
        interval = next((i for s, i in starts.items() if match.start() < s < match.end()), None)
        kind = ValueKind.FRACTION if total is not None else ValueKind.COUNT if pattern is _COUNT_PERCENT else ValueKind.PERCENT
        return PrintedValue(
            match.start(), match.end(), match.group(), kind, percent, None if percent is None else "%", count, total, interval
        )
    return None


def _percents(text: str, start: int, starts: dict[int, PrintedInterval]) -> list[PrintedValue]:
    """One per cent with its interval, a range, or several that share the sign."""
    match = _PERCENT.match(text, start)
    if match is not None:
        return [
            _with_interval(
                text, PrintedValue(start, match.end(), match.group(), ValueKind.PERCENT, parse_number(match["percent"]), "%"), starts
            )
        ]
    spread = _PERCENT_RANGE.match(text, start)
    if spread is not None:
        low, high = parse_number(spread["low"]), parse_number(spread["high"])
        interval = PrintedInterval(start, spread.end(), spread.group(), IntervalKind.RANGE, low, high, is_percent=True)
        return [PrintedValue(start, spread.end(), spread.group(), ValueKind.PERCENT, None, "%", interval=interval)]
    shared = _SHARED.match(text, start)
    if shared is None:
        return []
    numbers = list(re.finditer(UNSIGNED, text[: shared.end("last")][start:]))
    found = []
    for number in numbers:
        begin, end = start + number.start(), start + number.end()
        end = shared.end() if number is numbers[-1] else end
        found.append(PrintedValue(begin, end, text[begin:end], ValueKind.PERCENT, parse_number(number.group()), "%"))
    return found


def _measured(text: str, start: int, starts: dict[int, PrintedInterval]) -> PrintedValue | None:
    """A number with a unit or a spread."""
    match = _SPREAD.match(text, start)
    if match is not None:
        return PrintedValue(
            start, match.end(), match.group(), ValueKind.QUANTITY, parse_number(match["value"]), match["unit"], statistic="mean"
        )
    match = _DURATION.match(text, start)
    if match is not None:
        if _AGE.match(text, match.end()):
            return None
        unit = match["unit"].lower()
        value = PrintedValue(
            start, match.end(), match.group(), ValueKind.DURATION, _amount(match["value"]), unit if unit.endswith("s") else unit + "s"
        )
        return _with_interval(text, value, starts)
    match = _QUANTITY.match(text, start)
    if match is None:
        return None
    return _with_interval(
        text, PrintedValue(start, match.end(), match.group(), ValueKind.QUANTITY, _amount(match["value"]), match["unit"]), starts
    )


def _plain(text: str, numeral: re.Match[str]) -> list[PrintedValue]:
    """A group size, a count of people, or a bare number; nothing where the words before say that it is no result."""
    start, printed = numeral.start(), numeral.group()
    before = text[max(0, start - 30) : start]
    if _GROUP_SIZE_BEFORE.search(before) is not None:
        return [PrintedValue(start, numeral.end(), printed, ValueKind.GROUP_SIZE, count=parse_count(printed))]
    counted = _COUNT.match(text, start)
    if counted is not None:
        return [PrintedValue(start, counted.end(), counted.group(), ValueKind.COUNT, count=parse_count(counted["count"]))]
    if _NO_RESULT_BEFORE.search(before) is not None or _YEAR.fullmatch(printed) is not None or _AGE.match(text, numeral.end()):
        return []
    return [PrintedValue(start, numeral.end(), printed, ValueKind.NUMBER, _amount(printed), count=parse_count(printed))]


def _with_interval(text: str, value: PrintedValue, starts: dict[int, PrintedInterval]) -> PrintedValue:
    statistic = _STATISTIC.search(text, max(0, value.start - 80), value.start)
    if statistic is not None:
        value = replace(value, statistic=statistic["word"].lower().replace("average", "mean"))
    gap = _GAP.match(text, value.end)
    interval = starts.get(value.end if gap is None else gap.end())
    if interval is None:
        bare = match_unlabelled(text, value.end)
        interval = bare if bare is not None and value.value is not None and bare.contains(value.value) else None
    if interval is None:
        return value
    end = interval.end + 1 if text[interval.end : interval.end + 1] in (")", "]") else interval.end
    return replace(value, end=end, text=text[value.start : end], interval=interval)


def _link(text: str, values: list[PrintedValue]) -> tuple[PrintedValue, ...]:
    """Give a per cent the count and total that stand elsewhere in its sentence, where the arithmetic is exact."""
    return tuple(values)


def _amount(printed: str) -> float:
    count = parse_count(printed)
    return parse_number(printed) if count is None else float(count)
