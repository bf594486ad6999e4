"""The record of a number that may be a result of one arm, and how it gets its interval."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.extract.any_case import any_case
from kg.extract.numbers.intervals import PrintedInterval, match_unlabelled
from kg.extract.numbers.numerals import Printed
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
    #: "none", "no patients", "were absent": zero in words.
    NONE = "none"
    NOT_REACHED = "not_reached"
    #: "Two thirds of the children", "one in five", "all but two": a size without a number.
    SHARE = "share"
    #: "Every patient", "most", "many": no size at all.
    SOME = "some"
    #: "n = 12": no result.
    GROUP_SIZE = "group_size"


@dataclass(frozen=True, slots=True)
class PrintedValue(Printed):
    """A number that may be a result of one arm."""

    kind: ValueKind
    value: float | None = None
    #: "%", a plural time unit, another unit as printed; None for counts and plain numbers.
    unit: str | None = None
    count: int | None = None
    total: int | None = None
    #: Confidence interval, IQR or range that belongs to the number; for a range of per cents, the range itself.
    interval: PrintedInterval | None = None
    #: "median" or "mean" where it is said of this number.
    statistic: str | None = None

    def to_model(self) -> Value:
        """The record for a finding; ranges and IQRs stay in its text."""
        interval = self.interval if self.interval is not None and self.interval.is_confidence else None
        return Value(
            value=self.value,
            unit=self.unit,
            count=self.count,
            total=self.total,
            ci_low=None if interval is None else interval.low,
            ci_high=None if interval is None else interval.high,
            text="none" if self.kind is ValueKind.NONE else self.text,
            start=self.start,
            end=self.end,
        )


_GAP = re.compile(r"\s?[,;:]?\s?[\[(]?\s?(?:with an? )?")
_STATISTIC = any_case(r"\b(?P<word>median|mean|average)\b[^.;,]{0,60}$")


def with_interval(text: str, value: PrintedValue, intervals: Mapping[int, PrintedInterval]) -> PrintedValue:
    """The value with the interval just behind it, if there is one, and with "median" or "mean" if said just before.

    ``intervals`` holds the labelled intervals of the text by their start. An interval without a label counts where it contains
    the value and, for a per cent, is not the arm value of another comparison ("61% (56-70)" yes, "61% (56, 70 and 12)" no).
    """
    statistic = _STATISTIC.search(text, max(0, value.start - 80), value.start)
    if statistic is not None:
        value = replace(value, statistic=statistic["word"].lower().replace("average", "mean"))
    gap = _GAP.match(text, value.end)
    interval = intervals.get(value.end if gap is None else gap.end())
    if interval is None:
        bare = match_unlabelled(text, value.end)
        interval = (
            bare if bare is not None and value.value is not None and bare.contains(value.value) and text[bare.start - 1] in "([ " else None
        )
    if interval is None:
        return value
    end = interval.end + 1 if text[interval.end : interval.end + 1] in (")", "]") else interval.end
    return replace(value, end=end, text=text[value.start : end], interval=interval)
