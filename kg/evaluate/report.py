"""An ``Evaluation`` as aligned text, Markdown, JSON."""

import json
from collections.abc import Sequence

from kg.evaluate.bootstrap import Estimate
from kg.evaluate.calibration import Calibration
from kg.evaluate.figures import F1, Disagreement, Evaluation, Share
from kg.model import Direction, Effect, Finding, PValue, Value

Row = Sequence[str]

_F1_HEAD = ("figure", "precision", "recall", "F1", "F1 95% interval", "gold", "predicted")
_SHARE_HEAD = ("figure", "right", "95% interval", "n")


def render_table(evaluation: Evaluation, *, errors: int = 0) -> str:
    """The whole evaluation as aligned text, with the first ``errors`` disagreements."""
    parts = [_summary(evaluation)]
    parts += [f"{title}\n{_aligned(rows)}" for title, rows in _tables(evaluation)]
    parts += [_disagreement_text(each) for each in evaluation.disagreements[:errors]]
    return "\n\n".join(parts) + "\n"


def render_markdown(evaluation: Evaluation, *, errors: int = 0) -> str:
    """The same as Markdown."""
    parts = [_summary(evaluation)]
    parts += [f"## {title}\n\n{_markdown(rows)}" for title, rows in _tables(evaluation)]
    if errors and evaluation.disagreements:
        parts.append("## Disagreements listed")
    parts += [f"```text\n{_disagreement_text(each)}\n```" for each in evaluation.disagreements[:errors]]
    return "\n\n".join(parts) + "\n"


def render_json(evaluation: Evaluation, *, errors: int = 0) -> str:
    """The same as JSON; figures that are not defined are null."""
    report = {
        "records": evaluation.records,
        "without_prediction": evaluation.without_prediction,
        "without_gold": evaluation.without_gold,
        "seconds_per_record": evaluation.seconds_per_record,
        "f1": [_f1_fields(each) for each in evaluation.f1],
        "accuracy": [_share_fields(each) for each in evaluation.shares],
        "findings_on_hard_negatives": evaluation.on_hard_negatives,
        "direction_confusion": [{"gold": gold, "predicted": predicted, "n": n} for (gold, predicted), n in evaluation.confusion.items()],
        "calibration": _calibration_fields(evaluation.calibration),
        "disagreement_counts": dict(evaluation.disagreement_counts),
        "disagreements_withheld": evaluation.withheld,
        "disagreements": [_disagreement_fields(each) for each in evaluation.disagreements[:errors]],
    }
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def _summary(evaluation: Evaluation) -> str:
    lines = [f"{evaluation.records} records, {evaluation.without_prediction} without a prediction"]
    if evaluation.without_gold:
        lines.append(f"predictions for ids that gold does not have, not counted: {evaluation.without_gold}")
    if evaluation.seconds_per_record is not None:
        lines.append(f"{1000 * evaluation.seconds_per_record:.1f} ms per abstract")
    lines.append(f"findings predicted on texts that report none: {evaluation.on_hard_negatives}")
    if evaluation.withheld:
        lines.append(f"disagreements of the measuring half, counted and not listed: {evaluation.withheld}")
    return "\n".join(lines)


def _tables(evaluation: Evaluation) -> list[tuple[str, list[Row]]]:
    f1 = [
        (
            f"{each.group}: {each.name}",
            *(f"{measure.value:.3f}" for measure in (each.precision, each.recall, each.f1)),
            _interval(each.f1),
            str(each.gold),
            str(each.predicted),
        )
        for each in evaluation.f1
    ]
    counts = [(what, str(n)) for what, n in evaluation.disagreement_counts.items()]
    return [
        ("Found", [_F1_HEAD, *f1]),
        ("Right", [_SHARE_HEAD, *(_share_row(each) for each in evaluation.shares)]),
        ("Direction: gold in rows, predicted in columns", _confusion(evaluation)),
        ("Confidence", _calibration(evaluation.calibration)),
        ("Disagreements", [("what", "n"), *counts]),
    ]


def _share_row(share: Share) -> Row:
    name = f"{share.group}: {share.name}"
    return (name, "-", "-", "0") if share.right is None else (name, f"{share.right.value:.3f}", _interval(share.right), str(share.n))


def _confusion(evaluation: Evaluation) -> list[Row]:
    return [
        ("", *Direction),
        *((gold, *(str(evaluation.confusion.get((gold, predicted), 0)) for predicted in Direction)) for gold in Direction),
    ]


def _calibration(calibration: Calibration) -> list[Row]:
    filled = [
        (f"{each.low:.1f} to {each.high:.1f}", str(each.n), f"{each.confidence:.3f}", f"{each.right:.3f}")
        for each in calibration.bins
        if each.confidence is not None and each.right is not None
    ]
    totals = [
        (name, str(calibration.n), f"{each.value:.3f}", _interval(each))
        for name, each in (
            ("expected calibration error", calibration.expected_error),
            ("right in the more confident half", calibration.upper_half),
        )
        if each is not None
    ]
    return [("stated", "n", "mean", "right"), *filled, *totals]


def _interval(estimate: Estimate) -> str:
    return "-" if estimate.low is None or estimate.high is None else f"{estimate.low:.3f} to {estimate.high:.3f}"


def _aligned(rows: Sequence[Row]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        [cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))] for row in rows
    ]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _markdown(rows: Sequence[Row]) -> str:
    head, *body = rows
    rule = ["---", *("--:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body))


def _disagreement_text(each: Disagreement) -> str:
    sides = [
        f"  {name}: {_finding(finding)}" for name, finding in (("gold", each.gold), ("predicted", each.predicted)) if finding is not None
    ]
    rules = [f"  rules: {', '.join(each.predicted.rules)}"] if each.predicted is not None and each.predicted.rules else []
    return "\n".join([f"{each.record}: {each.what}", f"  text: {each.text}", *sides, *rules])


def _finding(finding: Finding) -> str:
    significant = {True: "significant", False: "not significant", None: "significance not stated"}[finding.significant]
    return "; ".join(
        [
            f"{finding.outcome.label} {finding.direction} ({significant})",
            f"values {_value(finding.values.intervention)} against {_value(finding.values.comparator)}",
            f"effect {_effect(finding.effect)}",
            f"p {_p(finding.p)}",
            f"time {finding.timepoint or '-'}",
        ]
    )


def _value(value: Value | None) -> str:
    if value is None:
        return "-"
    count = [] if value.count is None else [f"{value.count}" if value.total is None else f"{value.count}/{value.total}"]
    number = [] if value.value is None else [f"{value.value:g}"]
    return " = ".join(count + number) or repr(value.text)


def _effect(effect: Effect | None) -> str:
    if effect is None:
        return "-"
    limits = "" if effect.ci_low is None or effect.ci_high is None else f" ({effect.ci_low:g} to {effect.ci_high:g})"
    return f"{effect.measure} {effect.value:g}{limits}"


def _p(p: PValue | None) -> str:
    return "-" if p is None else f"{p.operator} {p.value:g}"


def _limits(estimate: Estimate | None) -> dict[str, float | None]:
    return (
        {"value": None, "low": None, "high": None}
        if estimate is None
        else {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    )


def _f1_fields(each: F1) -> dict[str, object]:
    measures = {"precision": _limits(each.precision), "recall": _limits(each.recall), "f1": _limits(each.f1)}
    return {"group": each.group, "name": each.name, **measures, "gold": each.gold, "predicted": each.predicted}


def _share_fields(each: Share) -> dict[str, object]:
    return {"group": each.group, "name": each.name, **_limits(each.right), "n": each.n}


def _calibration_fields(calibration: Calibration) -> dict[str, object]:
    return {
        "n": calibration.n,
        "expected_error": _limits(calibration.expected_error),
        "upper_half": _limits(calibration.upper_half),
        "bins": [
            {"low": each.low, "high": each.high, "n": each.n, "confidence": each.confidence, "right": each.right}
            for each in calibration.bins
        ],
    }


def _disagreement_fields(each: Disagreement) -> dict[str, object]:
    return {
        "record": each.record,
        "what": each.what,
        "text": each.text,
        "gold": None if each.gold is None else each.gold.model_dump(mode="json"),
        "predicted": None if each.predicted is None else each.predicted.model_dump(mode="json"),
    }
