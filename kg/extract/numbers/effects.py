"""Effect estimates: hazard, risk and odds ratios, mean and risk differences, correlations.

In: text. Out: one ``PrintedEffect`` per estimate, in order, with its interval where one belongs to it. Estimates that share
a measure ("SMD -1.2 and -0.6") come one by one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.any_case import any_case
from kg.extract.numbers.intervals import IntervalKind, PrintedInterval, find_intervals, match_unlabelled
from kg.extract.numbers.numerals import DECIMAL_POINT, MINUS, UNSIGNED, Printed, parse_number
from kg.extract.openings import with_look_ahead
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
        return Effect(measure=self.measure, value=self.value, ci_low=low, ci_high=high, text=self.text, start=self.start, end=self.end)


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
_NO_DIGIT = rf"(?!\d|{DECIMAL_POINT}\d)"
_PREFIX = (
    r"(?P<prefix>(?:(?:[Aa]djusted|[Uu]nadjusted|[Mm]ultivaria(?:te|ble)|[Uu]nivaria(?:te|ble)|[Ss]ubdistribution|[Ww]eighted|"
    r"[Pp]ooled|[Aa]bsolute|[Cc]rude|[Ii]ncidence|[Cc]ause-specific) )*)"
)
_NAME = (
    r"(?P<name>(?:a|s|m|u|sd|cs)?HRs?|[ac]?RRs?|IRRs?|[am]?ORs?|SMDs?|W?MDs?|A?RDs?|r|rho|ρ"
    r"|[Hh]azards? [Rr]atios?|[Rr]elative [Hh]azards?|[Rr]isk [Rr]atios?|[Rr]elative [Rr]isks?|[Rr]ate [Rr]atios?|[Oo]dds [Rr]atios?"
    r"|(?:[Ss]tandardi[sz]ed |[Ss]tandard )?[Mm]ean [Dd]ifferences?|[Rr]isk [Dd]ifferences?|[Hh]edges['’] ?g|[Cc]ohen['’]s d|"
    r"[Cc]orrelation coefficients?)(?![A-Za-z-])"
)
_SHORT_FORM = r"(?:,? ?[\[(](?:[a-z]{0,2}(?:HR|RR|OR|MD|RD)s?|SMD|WMD|r|rho)[\])],?)?"
#: "for chronic GVHD in the control arm", between name and verb.
_OF_WHAT = r"(?: (?:for|of|in|between|comparing) (?!\d)[^.;()\d]{2,80}?(?= (?:was|of|=|were|is) |,? ?\d))?"
_EFFECT = re.compile(
    with_look_ahead(
        rf"(?<![A-Za-z-]){_PREFIX}{_NAME}{_SHORT_FORM}{_OF_WHAT}"
        rf"(?:\s?[=:,]\s?|\s(?:was|of|were|is|at|to be)\s|\s?)(?:[=(\[]\s?)?(?P<value>{_SIGNED}){_NO_DIGIT}(?P<unit> ?(?:%|"
        rf"(?:percentage )?points?\b|days?\b|weeks?\b|months?\b|m[lLg]\b|kg\b|g\b))?(?!-(?:day|week|month|year))"
    )
)
#: "difference -3 points, 95% CI -14 to 8", "differed by 0.2 (95% CI …)": an effect only with its interval.
_DIFFERENCE = re.compile(
    rf"(?<![Mm]ean )(?<![Rr]isk )\b[Dd]iffer(?:ences?|ed by)(?: (?:in|between|for) [^.;()\d]{{2,60}}?)?(?:\s?[=:,]\s?|\s(?:was|of|"
    rf"were|is)\s|\s)(?P<value>{_SIGNED}){_NO_DIGIT}(?P<unit> ?(?:%|(?:percentage )?points?\b)| ?[a-zA-Zµμ]+(?:/[a-zA-Zµμ]+)?\b)?"
)
#: "2.7 times as likely", "1.5-fold higher risk".
_TIMES_AS = any_case(
    rf"(?<![\w.])(?P<value>{UNSIGNED})(?: times|[- ]?fold) (?:as|more|less|higher|lower|greater|increased|reduced|increase in|"
    rf"decrease in)(?: (?:likely|high|the|risk|odds|hazard))?(?P<word>[^.;()]{{0,80}})",
)
#: "The hazard of death with MSCs was 0.60 (95% CI 0.40-0.90)": a ratio only with its interval.
_PLAIN_RATIO = any_case(
    rf"\b(?:relative )?(?P<what>hazards?|risks?|odds) (?:of|for) [^.;()\d]{{3,90}}? (?:was|were|came to|amounted to|stood at) (?:only )?"
    rf"(?P<value>{UNSIGNED}){_NO_DIGIT}(?! ?%)"
)
#: Further estimates that share the measure's name, with or without a P value and a group between them.
_FURTHER = re.compile(
    rf"\)?(?:[,;] ?[Pp] ?[=<>≤] ?[\d.·]+)?\)?(?: (?:in|for|with|among|at) [^\d,;().]{{1,40}}?)?(?:,? and |, |"
    rf"; )(?:(?!and )[A-Za-z][\w -]{{0,20}}: )?(?P<value>{_SIGNED}){_NO_DIGIT}(?! ?%| ?[-–]\d| (?:to|vs|versus|patients|days|weeks|"
    rf"months|years)\b)"
)
#: What may stand between an estimate and its interval: a bracket, a comma, a P value.
_BEFORE_INTERVAL = re.compile(
    r"(?: (?:for|in|with) [^;,()\[\]\d]{2,40}(?=[,;] ?95))?\s?[,;:]?\s?[\[(]?\s?(?:[Pp] ?[=<>≤] ?[\d.·]+[,;] ?"
    r"|with (?:an? )?(?:corresponding )?)?"
)
_ADJUSTED = re.compile(r"(?<![Uu]n)[Aa]djusted|[Mm]ultivaria|^[am][HRO]R")
_DIFFERENCES = (Measure.MD, Measure.SMD, Measure.RD)
_Intervals = Mapping[int, PrintedInterval]


def find_effects(text: str, *, intervals: Sequence[PrintedInterval] | None = None) -> tuple[PrintedEffect, ...]:
    """Every printed estimate in order; ``intervals`` are those of the text, where the caller has them already."""
    known = find_intervals(text) if intervals is None else intervals
    starts = {interval.start: interval for interval in known if interval.kind is IntervalKind.CI}
    found = [effect for match in _EFFECT.finditer(text) for effect in _named(text, match, starts)]
    found += [effect for match in _DIFFERENCE.finditer(text) if (effect := _difference(text, match, starts)) is not None]
    found += [effect for match in _PLAIN_RATIO.finditer(text) if (effect := _plain_ratio(text, match, starts)) is not None]
    found += [effect for match in _TIMES_AS.finditer(text) if (effect := _times_as(text, match, known)) is not None]
    return tuple(sorted(found, key=lambda effect: effect.start))


def _named(text: str, match: re.Match[str], intervals: _Intervals) -> tuple[PrintedEffect, ...]:
    """The estimate after a measure's name, and those that share the name."""
    measure = _measure(match["name"])
    if not _is_possible(measure, parse_number(match["value"]), match["unit"]):
        return ()
    found = [_estimate(text, match.start(), match, measure, intervals)]
    while (more := _FURTHER.match(text, found[-1].end)) is not None and _is_estimate(text, more):
        further = _estimate(text, more.start("value"), more, measure, intervals)
        if further.interval is None and more.group().startswith(")"):
            break
        found.append(further)
    is_adjusted = _ADJUSTED.search(match["prefix"] + match["name"]) is not None
    return tuple(replace(effect, is_adjusted=is_adjusted, position=place, size=len(found)) for place, effect in enumerate(found))


def _estimate(text: str, start: int, match: re.Match[str], measure: Measure, intervals: _Intervals) -> PrintedEffect:
    value = parse_number(match["value"])
    interval = _interval(text, match.end(), value, intervals)
    end = match.end() if interval is None else interval.end
    return PrintedEffect(start, end, text[start:end], measure, value, interval)


def _is_possible(measure: Measure, value: float, unit: str | None) -> bool:
    """False for "OR 73%" (a response rate), a correlation above 1, a negative ratio."""
    if unit is not None and measure not in _DIFFERENCES:
        return False
    if measure is Measure.R:
        return abs(value) <= 1
    return value >= 0 or measure in _DIFFERENCES


def _is_estimate(text: str, more: re.Match[str]) -> bool:
    """True where a number further on is followed by its P value or interval, or closes the list."""
    return re.match(r"\s?(?:[,;(\[]|\)|\.(?:\s|$)|$| respectively| (?:in|for|with|among) )", text[more.end() : more.end() + 15]) is not None


def _difference(text: str, match: re.Match[str], intervals: _Intervals) -> PrintedEffect | None:
    value = parse_number(match["value"])
    interval = _interval(text, match.end(), value, intervals)
    if interval is None:
        return None
    unit = (match["unit"] or "").strip()
    measure = Measure.RD if unit == "%" or unit.endswith(("point", "points")) else Measure.MD
    return PrintedEffect(match.start(), interval.end, text[match.start() : interval.end], measure, value, interval)


def _plain_ratio(text: str, match: re.Match[str], intervals: _Intervals) -> PrintedEffect | None:
    value = parse_number(match["value"])
    interval = _interval(text, match.end(), value, intervals)
    if interval is None or interval.is_percent:
        return None
    measure = {"h": Measure.HR, "r": Measure.RR, "o": Measure.OR}[match["what"][0].lower()]
    start = match.start("value")
    return PrintedEffect(start, interval.end, text[start : interval.end], measure, value, interval)


def _times_as(text: str, match: re.Match[str], intervals: Sequence[PrintedInterval]) -> PrintedEffect | None:
    """A ratio in words; it needs an interval of its own close behind, or it is just a manner of speaking."""
    value = parse_number(match["value"])
    for interval in intervals:
        if match.end() <= interval.start <= match.end() + 4 and interval.kind is IntervalKind.CI and interval.contains(value):
            measure = Measure.OR if "odds" in match.group().lower() else Measure.HR if "hazard" in match.group().lower() else Measure.RR
            return PrintedEffect(match.start(), interval.end, text[match.start() : interval.end], measure, value, interval)
    return None


def _interval(text: str, end: int, value: float, intervals: _Intervals) -> PrintedInterval | None:
    gap = _BEFORE_INTERVAL.match(text, end)
    labelled = intervals.get(end if gap is None else gap.end())
    if labelled is not None:
        return labelled
    bare = match_unlabelled(text, end)
    return bare if bare is not None and bare.contains(value) and not bare.is_percent else None


def _measure(name: str) -> Measure:
    """The measure of a printed name: short forms lose the small letters before them, all lose the plural."""
    plain = re.sub(r"^[a-z]{1,2}(?=(?:HR|RR|OR))", "", name).replace("’", "'").lower()
    return _NAMES[plain] if plain in _NAMES else _NAMES[plain.removesuffix("s")]
