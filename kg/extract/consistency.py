"""What in one paper cannot all be true: listed with a plain sentence, never corrected.

In: findings, study, text and its numbers. Out: ``Inconsistency`` records in order of the text.
"""

from collections.abc import Iterable, Iterator

from kg.extract.numbers.effects import PrintedEffect
from kg.extract.numbers.p_values import ALPHA
from kg.extract.numbers.reader import Numbers
from kg.extract.numbers.values import PrintedValue
from kg.model import Effect, Finding, Inconsistency, Measure, PValue, Study


def find_inconsistencies(findings: Iterable[Finding], study: Study, text: str, *, numbers: Numbers) -> tuple[Inconsistency, ...]:
    """All contradictions among printed numbers, each once."""
    found = [*_of_values(numbers.values), *_of_effects(numbers.effects), *_of_findings(findings), *_of_study(study, text)]
    unique = {(item.kind, item.start, item.end): item for item in found}
    return tuple(sorted(unique.values(), key=lambda item: (item.start, item.end, item.kind)))


def _of_values(values: Iterable[PrintedValue]) -> Iterator[Inconsistency]:
    for value in values:
        if value.unit != "%" or value.value is None:
            continue
        if value.count is not None and value.total and not _rounds_to(value.count, value.total, value.value, value.text):
            real = 100 * value.count / value.total
            yield Inconsistency(
                kind="percent_and_count",
                message=f"{value.count} of {value.total} is {real:.1f}%, not {value.value:g}%",
                start=value.start,
                end=value.end,
            )
        if value.interval is not None and value.interval.is_confidence and not value.interval.contains(value.value):
            yield Inconsistency(
                kind="estimate_outside_interval",
                message=f"{value.value:g}% lies outside its interval {value.interval.low:g} to {value.interval.high:g}",
                start=value.start,
                end=value.end,
            )


def _rounds_to(count: int, total: int, percent: float, text: str) -> bool:
    """True when the per cent is the ratio rounded, up or down, to the decimals printed."""
    decimals = len(text.partition(f"{int(percent)}.")[2].split("%")[0]) if f"{int(percent)}." in text else 0
    return abs(100 * count / total - percent) <= 10.0**-decimals


def _of_effects(effects: Iterable[PrintedEffect]) -> Iterator[Inconsistency]:
    for effect in effects:
        if effect.interval is not None and not effect.interval.contains(effect.value):
            yield Inconsistency(
                kind="estimate_outside_interval",
                message=f"{effect.measure} {effect.value:g} lies outside its interval {effect.interval.low:g} to {effect.interval.high:g}",
                start=effect.start,
                end=effect.end,
            )


def _of_findings(findings: Iterable[Finding]) -> Iterator[Inconsistency]:
    for finding in findings:
        message = None if finding.effect is None or finding.p is None else _p_against_interval(finding.effect, finding.p)
        if message is not None:
            yield Inconsistency(kind="p_and_interval", message=message, start=finding.evidence.start, end=finding.evidence.end)


def _p_against_interval(effect: Effect, p: PValue) -> str | None:
    if effect.ci_low is None or effect.ci_high is None:
        return None
    null = 1.0 if effect.measure in (Measure.HR, Measure.RR, Measure.OR) else 0.0
    excludes = null < effect.ci_low or null > effect.ci_high
    interval = f"the interval {effect.ci_low:g} to {effect.ci_high:g}"
    if excludes and p.operator in ("=", ">", ">=") and p.value > ALPHA:
        return f"{interval} excludes {null:g}, yet P {p.operator} {p.value:g}"
    if effect.ci_low < null < effect.ci_high and p.operator in ("=", "<", "<=") and p.value < ALPHA:
        return f"{interval} includes {null:g}, yet P {p.operator} {p.value:g}"
    return None


def _of_study(study: Study, text: str) -> Iterator[Inconsistency]:
    arms = study.n_arms
    if arms is None or study.n is None or arms.intervention is None or arms.comparator is None:
        return
    if arms.intervention + arms.comparator > study.n:
        yield Inconsistency(
            kind="arms_and_total",
            message=f"arms of {arms.intervention} and {arms.comparator} make {arms.intervention + arms.comparator}, more than {study.n}",
            start=0,
            end=len(text),
        )
