"""Effect estimates: hazard, risk and odds ratios, mean and risk differences, correlations.

In: text. Out: one ``PrintedEffect`` per estimate, in order, with its interval where one belongs to it. Estimates that share
a measure ("SMD -1.2 and -0.6") come one by one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.numbers.intervals import IntervalKind, PrintedInterval, find_intervals, match_unlabelled
from kg.extract.numbers.numerals import DECIMAL_POINT, MINUS, UNSIGNED, Printed, parse_number
from kg.model import Effect, Measure


@dataclass(frozen=True, slots=True)
class PrintedEffect(Printed):
    """A printed estimate; its span runs from the measure's name to the end of number or interval."""

    measure: Measure
    value: float
    interval: PrintedInterval | None = None
    is_adjusted: bool = False
    #: Place in a list that shares one measure's name: 0 of 1 for one that stands alone.
    position: int = 0
    size: int = 1

    @property
    def is_ratio(self) -> bool:
        """True where no effect is 1, False where it is 0."""
        return self.measure in (Measure.HR, Measure.RR, Measure.OR)

    def to_model(self) -> Effect:
        """The record for a finding."""
        low, high = (None, None) if self.interval is None else (self.interval.low, self.interval.high)
        return Effect(measure=self.measure, value=self.value, ci_low=low, ci_high=high, text=self.text)


_NAMES: dict[str, Measure] = {
    "hr": Measure.HR, "hrs": Measure.HR, "hazard ratio": Measure.HR, "hazards ratio": Measure.HR, "relative hazard": Measure.HR,
    "rr": Measure.RR, "rrs": Measure.RR, "irr": Measure.RR, "risk ratio": Measure.RR, "relative risk": Measure.RR, "rate ratio": Measure.RR,
    "or": Measure.OR, "ors": Measure.OR, "odds ratio": Measure.OR,
    "md": Measure.MD, "wmd": Measure.MD, "mean difference": Measure.MD,
    "smd": Measure.SMD, "standardized mean difference": Measure.SMD, "standardised mean difference": Measure.SMD,
    "standard mean difference": Measure.SMD, "hedges' g": Measure.SMD, "cohen's d": Measure.SMD,
    "rd": Measure.RD, "ard": Measure.RD, "risk difference": Measure.RD,
    "r": Measure.R, "rho": Measure.R, "ρ": Measure.R, "correlation coefficient": Measure.R,
}  # fmt: skip
_SIGNED = rf"(?:{MINUS} ?)?{UNSIGNED}"
_EFFECT = re.compile(
    r"(?<![A-Za-z-])(?P<prefix>(?:[Aa]djusted |[Uu]nadjusted |[Mm]ultivaria(?:te|ble) |[Ss]ubdistribution |[Ww]eighted |[Pp]ooled |[Aa]bsolute )*)"
    r"(?P<name>(?:[asw]|sd|cs|u|m)?HRs?|(?:a|c)?RRs?|IRR|aOR|a?ORs?|SMD|W?MD|A?RD|r|rho|ρ|[Hh]azards? [Rr]atios?|[Rr]elative [Hh]azards?|[Rr]isk [Rr]atios?|[Rr]elative [Rr]isks?|(?:[Ii]ncidence )?[Rr]ate [Rr]atios?|[Oo]dds [Rr]atios?"
    r"|(?:[Ss]tandardi[sz]ed |[Ss]tandard )?[Mm]ean [Dd]ifferences?|[Rr]isk [Dd]ifferences?|[Hh]edges['’] ?g|[Cc]ohen['’]s d|[Cc]orrelation coefficients?)(?![A-Za-z])"
    r"(?:,? ?[\[(](?:[a-z]{0,2}(?:HR|RR|OR|MD|RD)|SMD|WMD|r|rho)[\])],?)?"
    r"(?: (?:for|of|in) (?!\d)[^.;()\d]{2,80}?(?= (?:was|of|=|were|is) ))?"
    rf"(?:\s?[=:,]\s?|\s(?:was|of|were|is|at|to be)\s|\s?)(?:[=(\[]\s?)?(?P<value>{_SIGNED})(?!\d|{DECIMAL_POINT}\d| ?%|[-–]\d+ (?:days|weeks|months))"
)
_FURTHER = re.compile(rf"(?:,? and |, )(?P<value>{_SIGNED})(?!\d|{DECIMAL_POINT}\d| ?%)")
#: What may stand between an estimate and its interval: a bracket, a comma, a P value.
_BEFORE_INTERVAL = re.compile(r"\s?[,;:]?\s?[\[(]?\s?(?:[Pp] ?[=<>≤] ?[\d.·]+[,;] ?|with an? |with (?:a )?)?")
_ADJUSTED = re.compile(r"[Aa]djusted|[Mm]ultivaria|^a[HRO]R")


def find_effects(text: str, *, intervals: Sequence[PrintedInterval] | None = None) -> tuple[PrintedEffect, ...]:
    """Every printed estimate in order; ``intervals`` are those of the text, where the caller has them already."""
    known = find_intervals(text) if intervals is None else intervals
    starts = {interval.start: interval for interval in known if interval.kind is IntervalKind.CI}
    return tuple(effect for match in _EFFECT.finditer(text) for effect in _read(text, match, starts))


def _read(text: str, match: re.Match[str], intervals: dict[int, PrintedInterval]) -> Iterator[PrintedEffect]:
    measure = _measure(match["name"])
    value = parse_number(match["value"].replace(" ", ""))
    if (measure is Measure.R and abs(value) > 1) or (measure in (Measure.HR, Measure.RR, Measure.OR) and value < 0):
        return
    is_adjusted = _ADJUSTED.search(match["prefix"] + match["name"]) is not None
    interval = _interval(text, match.end(), value, intervals)
    end = match.end() if interval is None else interval.end
    further = _further(text, match.end()) if interval is None else []
    yield PrintedEffect(match.start(), end, text[match.start() : end], measure, value, interval, is_adjusted, 0, len(further) + 1)
    for position, more in enumerate(further, start=1):
        yield PrintedEffect(
            more.start("value"),
            more.end(),
            more["value"],
            measure,
            parse_number(more["value"].replace(" ", "")),
            None,
            is_adjusted,
            position,
            len(further) + 1,
        )


def _interval(text: str, end: int, value: float, intervals: dict[int, PrintedInterval]) -> PrintedInterval | None:
    gap = _BEFORE_INTERVAL.match(text, end)
    labelled = intervals.get(end if gap is None else gap.end())
    if labelled is not None:
        return labelled
    bare = match_unlabelled(text, end)
    return bare if bare is not None and bare.contains(value) and not bare.is_percent else None


def _further(text: str, end: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    while (match := _FURTHER.match(text, end)) is not None:
        found.append(match)
        end = match.end()
    return found


def _measure(name: str) -> Measure:
    plain = name.lower().replace("’", "'").removeprefix("incidence ")
    for form in (plain, plain.removesuffix("s"), plain.lstrip("asdcwum"), plain[1:]):
        if form in _NAMES:
            return _NAMES[form]
    return _NAMES[plain[-2:]]
