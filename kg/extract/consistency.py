"""What in one paper cannot all be true: listed with a plain sentence, never corrected.

In: findings, study, text and its numbers. Out: ``Inconsistency`` records in order of the text. Kinds: ``percent_and_count``,
``percent_above_100``, ``estimate_outside_interval``, ``p_and_interval``, ``arms_and_total``.
"""

import re
from collections.abc import Iterable, Iterator

from kg.extract.any_case import any_case
from kg.extract.numbers.effects import PrintedEffect
from kg.extract.numbers.p_values import ALPHA, PrintedP
from kg.extract.numbers.reader import Numbers
from kg.extract.numbers.values import PrintedValue, is_ratio
from kg.model import Effect, Finding, Inconsistency, Measure, PValue, Study

#: A share of something else than a group, or a change, may exceed all of it.
_MAY_EXCEED = any_case(
    r"\b(?:by|increas\w*|rose|rise|higher|gain\w*|baseline|controls?|predicted|expected|fold|relative|normal|below|above|under|over|"
    r"more|less|level)\b",
)
#: What may stand between an estimate and the P value that belongs to it.
_TO_P = re.compile(r"\s?[)\]]?[,;]?\s?[(\[]?\s?(?:log-?rank )?")
_TWO_ARMS = any_case(r"\b(?:two|2) (?:\w+ )?(?:groups|arms|cohorts)\b")
_RATIOS = (Measure.HR, Measure.RR, Measure.OR)


def find_inconsistencies(findings: Iterable[Finding], study: Study, text: str, *, numbers: Numbers) -> tuple[Inconsistency, ...]:
    """All contradictions among printed numbers, each once."""
    printed = [*_of_values(numbers.values, text), *_of_effects(numbers.effects), *_of_estimates_and_p(numbers, text)]
    found = [*printed, *_of_findings(findings, printed), *_of_arms(study, text)]
    unique = {(item.kind, item.start, item.end): item for item in found}
    return tuple(sorted(unique.values(), key=lambda item: (item.start, item.end, item.kind)))


def _of_values(values: Iterable[PrintedValue], text: str) -> Iterator[Inconsistency]:
    for value in values:
        if value.unit != "%" or value.value is None:
            continue
        if value.count is not None and value.total and not is_ratio(value.count, value.total, value.value, value.text):
            share = 100 * value.count / value.total
            yield _at(value, "percent_and_count", f"{value.count} of {value.total} is {share:.1f}%, not {value.value:g}%")
        if value.value > 100 and _MAY_EXCEED.search(text, max(0, value.start - 50), value.end + 40) is None:
            yield _at(value, "percent_above_100", f"{value.value:g}% is more than all")
        interval = value.interval
        if interval is not None and interval.is_confidence and not interval.contains(value.value):
            yield _at(
                value, "estimate_outside_interval", f"{value.value:g}% lies outside its interval, {interval.low:g} to {interval.high:g}"
            )


def _of_effects(effects: Iterable[PrintedEffect]) -> Iterator[Inconsistency]:
    for effect in effects:
        interval = effect.interval
        if interval is not None and not interval.contains(effect.value):
            message = f"{effect.measure} {effect.value:g} lies outside its interval, {interval.low:g} to {interval.high:g}"
            yield _at(effect, "estimate_outside_interval", message)


def _of_estimates_and_p(numbers: Numbers, text: str) -> Iterator[Inconsistency]:
    """Estimates with the P value just behind them."""
    starts = {p.start: p for p in numbers.p_values if p.size == 1}
    for effect in numbers.effects:
        gap = _TO_P.match(text, effect.end)
        p = None if gap is None else starts.get(gap.end())
        value = None if p is None else p.to_model()
        message = None if value is None else _p_against_interval(effect.to_model(), value)
        if p is not None and message is not None:
            yield Inconsistency(kind="p_and_interval", message=message, start=effect.start, end=p.end)


def _of_findings(findings: Iterable[Finding], printed: Iterable[Inconsistency]) -> Iterator[Inconsistency]:
    """P values and intervals that only the finding brings together, where they were not seen side by side."""
    seen = [item for item in printed if item.kind == "p_and_interval"]
    for finding in findings:
        message = None if finding.effect is None or finding.p is None else _p_against_interval(finding.effect, finding.p)
        evidence = finding.evidence
        if message is not None and not any(evidence.start <= item.start < evidence.end for item in seen):
            yield Inconsistency(kind="p_and_interval", message=message, start=evidence.start, end=evidence.end)


def _p_against_interval(effect: Effect, p: PValue) -> str | None:
    """What is wrong between a 95% interval and a P value; None where they agree or either is too near to tell."""
    if effect.ci_low is None or effect.ci_high is None or effect.measure is Measure.R:
        return None
    null = 1.0 if effect.measure in _RATIOS else 0.0
    interval = f"The interval {effect.ci_low:g} to {effect.ci_high:g}"
    if not effect.ci_low <= null <= effect.ci_high and p.operator in ("=", ">", ">=") and p.value > ALPHA:
        return f"{interval} leaves out {null:g}, no effect, yet P {p.operator} {p.value:g}"
    if (
        effect.ci_low < null < effect.ci_high
        and p.operator in ("=", "<", "<=")
        and (p.value < ALPHA or (p.value == ALPHA and p.operator == "<"))
    ):
        return f"{interval} holds {null:g}, no effect, yet P {p.operator} {p.value:g}"
    return None


def _of_arms(study: Study, text: str) -> Iterator[Inconsistency]:
    """Arms that make more than all participants, or fewer where there are only two."""
    arms = study.n_arms
    if arms is None or arms.intervention is None or arms.comparator is None or study.n is None:
        return
    total = arms.intervention + arms.comparator
    if total in (study.n, study.n_enrolled, study.n_planned) or (total < study.n and _TWO_ARMS.search(text) is None):
        return
    fact = next((f for f in study.facts if f.field in ("n_arms", "n") and f.start is not None and f.end is not None), None)
    start, end = (0, len(text)) if fact is None or fact.start is None or fact.end is None else (fact.start, fact.end)
    message = f"Arms of {arms.intervention} and {arms.comparator} make {total}, not {study.n}"
    yield Inconsistency(kind="arms_and_total", message=message, start=start, end=end)


def _at(place: PrintedValue | PrintedEffect | PrintedP, kind: str, message: str) -> Inconsistency:
    return Inconsistency(kind=kind, message=message, start=place.start, end=place.end)
