"""The numbers of a text as elements of scenes.

In: ``Numbers`` of the whole text. Out: ``Elements`` with values, ratios, P values and times, each in order of place.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.findings.scene import Number, Probability, Ratio, Timepoint
from kg.extract.numbers.effects import PrintedEffect
from kg.extract.numbers.printed_value import PrintedValue, ValueKind
from kg.extract.numbers.reader import Numbers
from kg.model import Effect, Term

#: "MSCs given on day 7": when the cells were given, not when the outcome was read.
_GIVEN_AT = any_case(
    r"\b(?:given|infused|infusions?|administered|administration|injected|injections?|transplanted|dosed)(?: \w+){0,3}? (?:on|at|from) $",
)
_CARRIED = re.compile(r"(?P<gap>[^;()]{0,60}?(?:;|,|\band)\s*(?:[\w-]+:\s*)?)(?P<sign>[-−–]?)$")


@dataclass(frozen=True, slots=True)
class Elements:
    """Everything numeric that a scene may hold."""

    numbers: tuple[Number, ...]
    ratios: tuple[Ratio, ...]
    probabilities: tuple[Probability, ...]
    times: tuple[Timepoint, ...]


def read_elements(text: str, numbers: Numbers, terms: Sequence[Term]) -> Elements:
    """Elements of the whole text; digits of names, group sizes and follow-up times are left out."""
    values = tuple(_number(v) for v in numbers.values if v.kind is not ValueKind.GROUP_SIZE and not _in_term(v, terms))
    ratios, values = _with_carried(text, tuple(_ratio(effect) for effect in numbers.effects), values)
    probabilities = _without_twins(Probability(p.start, p.end, printed) for p in numbers.p_values if (printed := p.to_model()) is not None)
    times = tuple(
        Timepoint(t.start, t.end, t.iso)
        for t in numbers.timepoints
        if not t.is_follow_up and _GIVEN_AT.search(text, max(0, t.start - 80), t.start) is None
    )
    return Elements(values, ratios, probabilities, times)


def _in_term(value: PrintedValue, terms: Sequence[Term]) -> bool:
    """True for the digits of a name, such as those of 1-methyltryptophan."""
    return any(term.start <= value.start and value.end <= term.end for term in terms)


def _number(value: PrintedValue) -> Number:
    return Number(value.start, value.end, value.to_model(), value.kind.value)


def _ratio(printed: PrintedEffect) -> Ratio:
    return Ratio(printed.start, printed.end, printed.to_model(), position=printed.position, size=printed.size)


def _with_carried(text: str, ratios: tuple[Ratio, ...], values: tuple[Number, ...]) -> tuple[tuple[Ratio, ...], tuple[Number, ...]]:
    """As in "SMD −1.20, p = 0.04 in RCTs and −0.54, p = 0.04": a bare number with a P value of its own carries the measure on."""
    carried: list[Ratio] = []
    kept: list[Number] = []
    for number in values:
        last = max((r for r in (*ratios, *carried) if r.end <= number.start), key=lambda r: r.end, default=None)
        match = _CARRIED.match(text[last.end : number.start]) if last is not None and number.kind == "number" else None
        tested = re.match(r",? ?[(\[]?(?:P|p)(?:[- ]?value)? ?[=<>]", text[number.end : number.end + 12])
        if last is None or match is None or tested is None or number.value.value is None:
            kept.append(number)
            continue
        value = -number.value.value if match["sign"] else number.value.value
        start = number.start - len(match["sign"])
        effect = Effect(measure=last.effect.measure, value=value, text=text[start : number.end], start=start, end=number.end)
        carried.append(Ratio(start, number.end, effect))
    return tuple(sorted((*ratios, *carried), key=lambda r: r.start)), tuple(kept)


def _without_twins(found: Iterable[Probability]) -> tuple[Probability, ...]:
    """The same P value read twice stays once, in its longer reading."""
    kept: list[Probability] = []
    for probability in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or probability.start >= kept[-1].end:
            kept.append(probability)
    return tuple(kept)
