"""What a test said of a contrast: P value, then the ratio's interval, then the words."""

import re

from kg.extract.findings.cues import CueKind
from kg.extract.findings.draft import Draft
from kg.extract.findings.scene import Scene, between
from kg.model import Measure

_NEITHER = re.compile(
    r"\bneither\b[^;.]*\b(?:differ(?:ed|s)? (?:statistically )?significantly|significantly (?:differ\w*|affected|influenced"
    r"|changed))"
)
RATIOS = (Measure.HR, Measure.RR, Measure.OR)


def find_significance(scene: Scene, draft: Draft) -> tuple[bool | None, str | None]:
    """What a test said: P value, then the ratio's interval, then the words."""
    if "the other was not significant" in draft.rules:
        return False, None
    if "the other was significant" in draft.rules:
        return True, None
    if draft.probability is not None:
        p = draft.probability.p
        if p.operator in ("<", "<=") and p.value <= 0.05:
            return True, "P below .05"
        if p.operator == "=" and p.value != 0.05:
            return p.value < 0.05, "P below .05" if p.value < 0.05 else "P not below .05"
        if p.operator in (">", ">="):
            return (False, "P above .05") if p.value >= 0.05 else (None, None)
        if p.operator == "=":
            return None, None
    interval = _interval_excludes_null(draft)
    if interval is not None:
        return interval, "interval excludes no effect" if interval else "interval includes no effect"
    return _significance_from_words(scene, draft)


def _interval_excludes_null(draft: Draft) -> bool | None:
    if draft.ratio is None:
        return None
    effect = draft.ratio.effect
    if effect.ci_low is None or effect.ci_high is None:
        return None
    null = 1.0 if effect.measure in RATIOS else 0.0
    return not effect.ci_low <= null <= effect.ci_high


def _significance_from_words(scene: Scene, draft: Draft) -> tuple[bool | None, str | None]:
    clause = scene.clauses[scene.clause(draft.at)]
    kinds = {c.kind for c in between(scene.cues, clause.start, clause.end)}
    if CueKind.NOT_SIGNIFICANT in kinds:
        return False, "said not to be significant"
    told = [c for c in between(scene.cues, clause.start, clause.end) if c.kind is CueKind.SAME]
    if _NEITHER.search(scene.text, clause.start, clause.end) or any("significan" in c.text for c in told):
        return False, "said not to be significant"
    if CueKind.SIGNIFICANT in kinds and CueKind.SAME not in kinds:
        return True, "said to be significant"
    return None, None


def is_trend(scene: Scene, draft: Draft) -> bool:
    """True when the clause speaks of a trend or tendency."""
    clause = scene.clauses[scene.clause(draft.outcome.start)]
    return any(c.kind is CueKind.TREND for c in between(scene.cues, clause.start, clause.end))
