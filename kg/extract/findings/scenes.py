"""Sentences into scenes: every element that was found in the whole text, laid out by sentence."""

import re
from collections.abc import Iterable, Sequence

from kg.extract.findings.arm_book import CONTROL, ArmBook
from kg.extract.findings.arms import ArmMention, find_arm_mentions
from kg.extract.findings.clauses import find_clauses
from kg.extract.findings.cues import find_cues
from kg.extract.findings.outcomes import Family, OutcomeMention, find_outcomes
from kg.extract.findings.scene import Number, Probability, Ratio, Scene, Timepoint
from kg.extract.numbers.effects import PrintedEffect
from kg.extract.numbers.p_values import PrintedP
from kg.extract.numbers.reader import Numbers
from kg.extract.numbers.values import PrintedValue, ValueKind
from kg.model import Effect, PValue, SectionLabel, Span, Term, Value
from kg.vocabulary import Vocabulary


def build_scenes(
    text: str,
    sentences: Sequence[Span],
    roles: Sequence[SectionLabel],
    *,
    numbers: Numbers,
    terms: Sequence[Term],
    book: ArmBook,
    vocabulary: Vocabulary,
) -> tuple[Scene, ...]:
    """One scene per sentence; ``roles`` has one label per sentence."""
    values = tuple(_number(value) for value in numbers.values if value.kind is not ValueKind.GROUP_SIZE and not _in_term(value, terms))
    ratios = tuple(_ratio(effect) for effect in numbers.effects)
    ratios, values = _with_carried(text, ratios, values)
    probabilities = _without_twins(_probability(p) for p in numbers.p_values if p.value is not None)
    times = tuple(
        Timepoint(t.start, t.end, t.iso) for t in numbers.timepoints if not t.is_follow_up and not _GIVEN_AT.search(text[: t.start])
    )
    scenes: list[Scene] = []
    for sentence, role in zip(sentences, roles, strict=True):
        start, end = sentence.start, sentence.end
        arms = find_arm_mentions(text, start, end, book=book, terms=terms, vocabulary=vocabulary)
        arms = _with_anaphora(text, start, end, arms, scenes[-1].arms if scenes else ())
        outcomes = find_outcomes(text, start, end, terms=terms, vocabulary=vocabulary)
        cues = find_cues(text[start:end], offset=start)
        scene_numbers = tuple(
            v
            for v in values
            if start <= v.start and v.end <= end and not (v.kind == "none" and any(c.start <= v.start < c.end for c in cues))
        )
        scene_times = tuple(t for t in times if start <= t.start and t.end <= end)
        late = [(n, t) for n in scene_numbers if (t := _time_of(text, n)) is not None]
        scene_times = tuple(sorted((*scene_times, *(t for _, t in late)), key=lambda t: t.start))
        scene_numbers = tuple(n for n in scene_numbers if all(n is not taken for taken, _ in late))
        days = _durations(text, outcomes, scene_numbers, scene_times)
        scenes.append(
            Scene(
                text=text,
                start=start,
                end=end,
                role=role,
                is_comparative=book.is_comparative,
                clauses=find_clauses(text, start, end),
                outcomes=tuple(o for o in outcomes if not _is_arm(o, arms)),
                arms=arms,
                numbers=tuple(sorted((*scene_numbers, *days), key=lambda n: n.start)),
                ratios=tuple(r for r in ratios if start <= r.start and r.end <= end),
                probabilities=tuple(p for p in probabilities if start <= p.start and p.end <= end),
                timepoints=tuple(t for t in scene_times if all(t.end <= d.start or d.end <= t.start for d in days)),
                cues=cues,
            )
        )
    return tuple(scenes)


def _is_arm(outcome: OutcomeMention, arms: Sequence[ArmMention]) -> bool:
    """True for the name of an arm, and for a bare cell that overlaps one."""
    return any(
        (m.start <= outcome.start and outcome.end <= m.end) or (outcome.is_weak and m.start < outcome.end and outcome.start < m.end)
        for m in arms
    )


_ANAPHORA = re.compile(r"\bthe (former|latter)\b", re.IGNORECASE)


def _with_anaphora(
    text: str, start: int, end: int, arms: tuple[ArmMention, ...], earlier: tuple[ArmMention, ...]
) -> tuple[ArmMention, ...]:
    """As in "17% of the former and 5% of the latter": the two arms named last, in their order."""
    order = list(dict.fromkeys(m.number for m in (*earlier, *arms)))
    if len(order) != 2:
        return arms
    found = [
        ArmMention(m.start(), m.end(), m.group(), number, number == CONTROL)
        for m in _ANAPHORA.finditer(text, start, end)
        for number in (order[0] if m[1].lower() == "former" else order[1],)
    ]
    return tuple(sorted((*arms, *found), key=lambda m: m.start))


def _in_term(value: PrintedValue, terms: Sequence[Term]) -> bool:
    """True for the digits of a name, such as those of 1-methyltryptophan."""
    return any(term.start <= value.start and value.end <= term.end for term in terms)


#: "MSCs given on day 7": when the cells were given, not when the outcome was read.
_GIVEN_AT = re.compile(
    r"\b(?:given|infused|infusions?|administered|administration|injected|injections?|transplanted|dosed)(?: \w+){0,3}? (?:on|at|from) $",
    re.IGNORECASE,
)
_LATER = re.compile(r"^,? (?:on\b(?!e)|into|after|later|out\b|from|post|following|past)", re.IGNORECASE)
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def _time_of(text: str, number: Number) -> Timepoint | None:
    """As in "thirty-six months into the study", "five years on": a duration that says when, not how much."""
    unit = (number.value.unit or "").rstrip("s")
    if (
        number.kind != "duration"
        or unit not in _UNITS
        or number.value.value is None
        or _LATER.match(text[number.end : number.end + 14]) is None
    ):
        return None
    amount = number.value.value
    return Timepoint(number.start, number.end, f"P{int(amount) if amount == int(amount) else amount}{_UNITS[unit]}")


_DAYS = re.compile(
    r"(?:(?:median )?day (?P<day>\d+)|(?P<number>\d+(?:\.\d+)?) (?P<unit>days?|weeks?|months?))(?: \((?:range|IQR)[^)]*\))?", re.IGNORECASE
)


def _durations(text: str, outcomes: Sequence[OutcomeMention], numbers: Sequence[Number], times: Sequence[Timepoint]) -> list[Number]:
    """As in "Platelet engraftment after 17 days": there the time is the result, not when it was measured."""
    found = []
    for time in times:
        owner = next((o for o in reversed(outcomes) if o.end <= time.start), None)
        match = _DAYS.search(text, time.start, time.end + 40)
        if owner is None or match is None or owner.family not in (Family.ENGRAFTMENT, Family.TIME) or time.start - owner.end > 30:
            continue
        if any(owner.end <= n.start < time.start or (n.start < match.end() and match.start() < n.end) for n in numbers):
            continue
        amount, unit = match["number"] or match["day"], (match["unit"] or "day").rstrip("s") + "s"
        value = Value(value=float(amount), unit=unit, text=match.group())
        found.append(Number(match.start(), match.end(), value, "duration"))
    return found


def _number(value: PrintedValue) -> Number:
    return Number(value.start, value.end, value.to_model(), value.kind.value)


def _ratio(printed: PrintedEffect) -> Ratio:
    low = None if printed.interval is None else printed.interval.low
    high = None if printed.interval is None else printed.interval.high
    return Ratio(
        printed.start, printed.end, Effect(measure=printed.measure, value=printed.value, ci_low=low, ci_high=high, text=printed.text)
    )


_CARRIED = re.compile(r"(?P<gap>[^;()]{0,60}?(?:;|,|\band)\s*(?:[\w-]+:\s*)?)(?P<sign>[-−–]?)$")


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
        carried.append(Ratio(start, number.end, Effect(measure=last.effect.measure, value=value, text=text[start : number.end])))
    return tuple(sorted((*ratios, *carried), key=lambda r: r.start)), tuple(kept)


def _without_twins(found: Iterable[Probability]) -> tuple[Probability, ...]:
    """The same P value read twice stays once, in its longer reading."""
    kept: list[Probability] = []
    for probability in sorted(found, key=lambda p: (p.start, -p.end)):
        if not kept or probability.start >= kept[-1].end:
            kept.append(probability)
    return tuple(kept)


def _probability(printed: PrintedP) -> Probability:
    value = 0.0 if printed.value is None else printed.value
    return Probability(printed.start, printed.end, PValue(operator=printed.operator, value=value, text=printed.text))
