"""The direction of an outcome in the intervention against the comparator, and whether a test says so.

In: a scene and a draft whose numbers are bound to arms. Out: a verdict with the rules that made it. Order of trust: a test
that found nothing overrules words; words overrule the lean of the numbers; numbers and ratios speak where words are silent.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.arms import CONTROL, INTERVENTION
from kg.extract.binding import Draft
from kg.extract.cues import Cue, CueKind
from kg.extract.outcomes import Family, OutcomeMention
from kg.extract.scene import Scene, between
from kg.model import Desirable, Direction, Measure

_RATIOS = (Measure.HR, Measure.RR, Measure.OR)
_MOVES = (CueKind.UP, CueKind.DOWN, CueKind.BETTER, CueKind.WORSE, CueKind.FASTER, CueKind.SLOWER, CueKind.SAME)
_BEFORE_GAP = re.compile(
    r"^(?:[\w-]+ ){0,3}(?:(?:in|of|for|the|a|an|against|both|risk|rate|rates|incidence|toward|towards|to|on)\s+){0,5}(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_THAN = re.compile(r"\b(?:than|compared (?:with|to)|relative to|versus|vs\.?|against|over|set against)\b", re.IGNORECASE)
_BE = re.compile(r"\b(?:was|were|is|are|be|been|being|became|become|remained|proved|appeared|seemed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Direction, test result, and what they rest on."""

    direction: Direction
    significant: bool | None
    cues: tuple[Cue, ...] = ()
    rules: tuple[str, ...] = ()
    #: 0 to 1: how well words, numbers and tests agree.
    certainty: float = 0.5
    is_stated: bool = True


def judge(scene: Scene, draft: Draft) -> Verdict:
    """The verdict for one comparison."""
    cue = governing_cue(scene, draft.outcome, draft)
    significant, test_rule = _significance(scene, draft)
    words = _from_words(scene, draft, cue)
    numbers = _from_numbers(draft)
    ratio = _from_ratio(scene, draft)
    trend = _trend(scene, draft)
    rules = [rule for rule in (test_rule, trend and "trend without a test") if rule]
    cues = tuple(c for c in (cue,) if c is not None)
    if significant is False or (trend and significant is None):
        return Verdict(Direction.NO_DIFFERENCE, significant, cues, tuple(rules), 0.95 if significant is False else 0.8)
    if words is Direction.NO_DIFFERENCE and significant is not True:
        return Verdict(words, significant, cues, (*rules, "words: no difference"), 0.9)
    spoken = ((numbers, "numbers"), (words, "words")) if draft.is_bound else ((words, "words"), (numbers, "numbers"))
    for direction, name in (*spoken, (ratio, "ratio")):
        if direction in (Direction.INCREASED, Direction.DECREASED):
            agreeing = [d for d in (words, numbers, ratio) if d in (Direction.INCREASED, Direction.DECREASED)]
            certainty = 0.9 if len(set(agreeing)) == 1 else 0.5
            return Verdict(
                direction,
                significant,
                cues,
                (*rules, f"direction from {name}"),
                certainty,
                is_stated=name == "words" or significant is not None,
            )
    if numbers is Direction.NO_DIFFERENCE:
        return Verdict(Direction.NO_DIFFERENCE, significant, cues, (*rules, "numbers equal"), 0.6, is_stated=False)
    return Verdict(Direction.UNCLEAR, significant, cues, (*rules, "nothing decides"), 0.3, is_stated=False)


def governing_cue(scene: Scene, outcome: OutcomeMention, draft: Draft | None = None) -> Cue | None:
    """The direction word that speaks of an outcome, by place in its clause.

    A word right before the outcome ("lower relapse"), then a predicate after it ("relapse was lower"), then an active verb
    further before ("MSCs reduced acute GVHD and relapse"), then the whole sentence's only cue.
    """
    clause = scene.clauses[scene.clause(outcome.start)]
    cues = [
        c for c in scene.cues if c.kind in _MOVES and not (outcome.start < c.end and c.start < outcome.end and c.kind is not CueKind.SAME)
    ]
    cues = [c for c in cues if c.text.lower() not in ("more", "less") or is_attributive(scene, c, outcome)]
    bracket = scene.bracket(outcome.start)
    local = [
        c
        for c in cues
        if clause.start <= c.start < clause.end
        and scene.bracket(c.start) in (bracket, None)
        and (c.end <= outcome.start or scene.bracket(c.start) == bracket)
    ]
    before = [c for c in local if c.end <= outcome.start]
    after = [c for c in local if c.start >= outcome.end]
    shared = [c for c in cues if clause.start <= c.start < clause.end and c.text.lower().startswith("in both")]
    if shared and draft is not None and not draft.numbers:
        return shared[0]
    neither = [c for c in local if c.text.lower() == "neither" and c.end <= outcome.start]
    if neither:
        return neither[0]
    attributive = [c for c in before if is_attributive(scene, c, outcome)]
    if attributive:
        return attributive[-1]
    predicate = [c for c in after if _is_predicate(scene, outcome, c)]
    if predicate:
        return predicate[0]
    if before:
        return before[-1]
    if after:
        return after[0]
    if not local and draft is not None and len({c.kind for c in cues}) == 1 and not draft.numbers:
        return cues[0]
    return next((c for c in reversed(cues) if c.end <= clause.start and not draft_has_own_numbers(draft)), None)


def _cue_of_ellipsis(scene: Scene, draft: Draft) -> Cue | None:
    """ "…, but favoured MSCs in children (78% vs 50%)": a clause without an outcome of its own speaks with its own words."""
    place = scene.clause(draft.at)
    clause = scene.clauses[place]
    if place == scene.clause(draft.outcome.start) or any(between(scene.outcomes, clause.start, clause.end)):
        return None
    cues = [c for c in between(scene.cues, clause.start, clause.end) if c.kind in _MOVES]
    before = [c for c in cues if c.end <= draft.at]
    return before[-1] if before else cues[0] if cues else None


def draft_has_own_numbers(draft: Draft | None) -> bool:
    """True when numbers or a ratio were printed for the draft."""
    return draft is not None and (bool(draft.numbers) or draft.ratio is not None)


# ---------------------------------------------------------------- words


def is_attributive(scene: Scene, cue: Cue, outcome: OutcomeMention) -> bool:
    gap = scene.gap(cue.end, outcome.start).strip()
    crosses = any(between(scene.outcomes, cue.end, outcome.start)) or any(between(scene.numbers, cue.end, outcome.start))
    return (
        not crosses
        and len(gap) <= 45
        and (not gap or _BEFORE_GAP.match(gap + " ") is not None)
        and not re.search(r"[,;:]|\b(?:and|or|but|than|was|were|after|with)\b", gap)
    )


def _is_predicate(scene: Scene, outcome: OutcomeMention, cue: Cue) -> bool:
    """No other outcome right after the cue that it would belong to, or a form of "be" in between."""
    gap = scene.gap(outcome.end, cue.start)
    following = [o for o in scene.outcomes if o.start >= cue.end]
    taken = bool(following) and is_attributive(scene, cue, following[0]) and not _BE.search(gap)
    return not taken


def _from_words(scene: Scene, draft: Draft, cue: Cue | None) -> Direction | None:
    if cue is None:
        return None
    if cue.kind is CueKind.SAME:
        return Direction.NO_DIFFERENCE
    direction = cue_direction(cue, draft.outcome)
    if direction is None:
        return None
    return _flip(direction) if _subject_is_control(scene, draft, cue) else direction


def cue_direction(cue: Cue, outcome: OutcomeMention) -> Direction | None:
    """What a cue says of its subject's outcome quantity."""
    if cue.kind is CueKind.UP:
        return Direction.INCREASED
    if cue.kind is CueKind.DOWN:
        return Direction.DECREASED
    if cue.kind in (CueKind.FASTER, CueKind.SLOWER):
        faster = cue.kind is CueKind.FASTER
        if outcome.family is Family.TIME:
            return Direction.DECREASED if faster else Direction.INCREASED
        return Direction.INCREASED if faster else Direction.DECREASED
    if cue.kind in (CueKind.BETTER, CueKind.WORSE) and outcome.desirable is not Desirable.NONE:
        good = cue.kind is CueKind.BETTER
        higher = outcome.desirable is Desirable.HIGHER
        return Direction.INCREASED if good == higher else Direction.DECREASED
    return None


def _flip(direction: Direction) -> Direction:
    return {Direction.INCREASED: Direction.DECREASED, Direction.DECREASED: Direction.INCREASED}.get(direction, direction)


def _subject_is_control(scene: Scene, draft: Draft, cue: Cue) -> bool:
    """True when the words describe the control arm: "higher in controls than with MSCs"."""
    clause = scene.clauses[scene.clause(cue.start)]
    arms = [m for m in scene.arms if clause.start <= m.start < clause.end and scene.bracket(m.start) == scene.bracket(cue.start)]
    than = next((m for m in _THAN.finditer(scene.text, cue.start, clause.end)), None)
    if than is not None and any(c.kind in _MOVES for c in between(scene.cues, cue.end, than.start())):
        than = None
    if than is not None:
        behind = [m for m in arms if m.start >= than.end()]
        if behind:
            return behind[0].number == INTERVENTION and all(m.number != INTERVENTION or m.start >= than.start() for m in arms)
    named = [m for m in arms if than is None or m.start < than.start()]
    after = [m for m in named if m.start >= cue.end]
    before = [m for m in named if m.end <= cue.start]
    subject = (before[-1] if before else None) or (after[0] if after else None)
    if before and after and _BE.search(scene.gap(before[-1].end, cue.start)) is None:
        subject = before[-1]
    return subject is not None and subject.number == CONTROL


# ---------------------------------------------------------------- numbers and tests


def _from_numbers(draft: Draft) -> Direction | None:
    by_arm = {arm: number for number, arm in draft.numbers if arm is not None}
    if set(by_arm) != {INTERVENTION, CONTROL}:
        return None
    given, other = by_arm[INTERVENTION], by_arm[CONTROL]
    if "not_reached" in (given.kind, other.kind):
        longer = Direction.INCREASED if given.kind == "not_reached" else Direction.DECREASED
        return None if given.kind == other.kind else longer
    a, b = given.magnitude, other.magnitude
    if a is None or b is None:
        return None
    if a == b:
        return Direction.NO_DIFFERENCE
    return Direction.INCREASED if a > b else Direction.DECREASED


def _from_ratio(scene: Scene, draft: Draft) -> Direction | None:
    if draft.ratio is None:
        return None
    effect = draft.ratio.effect
    null = 1.0 if effect.measure in _RATIOS else 0.0
    if effect.value == null:
        return Direction.NO_DIFFERENCE
    direction = Direction.INCREASED if effect.value > null else Direction.DECREASED
    if effect.measure is Measure.HR and draft.outcome.family is Family.SURVIVAL:
        direction = _flip(direction)  # the hazard is that of dying, the outcome is staying alive
    return _flip(direction) if _ratio_of_control(scene, draft) else direction


def _ratio_of_control(scene: Scene, draft: Draft) -> bool:
    """ "The hazard ratio … in the control arm", "with MSC as reference"."""
    if draft.ratio is None:
        return False
    if re.search(r"\b(?:as|being) (?:the )?reference\b", scene.sentence):
        reference = [m for m in scene.arms if re.match(r"[^,.;]{0,15}\b(?:as|being) (?:the )?reference", scene.text[m.end : m.end + 40])]
        return bool(reference) and reference[0].number == INTERVENTION
    return (
        re.search(
            r"\bin (?:the )?controls?\b(?: (?:arm|group))?(?: was| of|,)? *$",
            scene.text[max(scene.start, draft.ratio.start - 30) : draft.ratio.start],
        )
        is not None
    )


def _significance(scene: Scene, draft: Draft) -> tuple[bool | None, str | None]:
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
    null = 1.0 if effect.measure in _RATIOS else 0.0
    return not effect.ci_low <= null <= effect.ci_high


def _significance_from_words(scene: Scene, draft: Draft) -> tuple[bool | None, str | None]:
    clause = scene.clauses[scene.clause(draft.at)]
    kinds = {c.kind for c in between(scene.cues, clause.start, clause.end)}
    if CueKind.NOT_SIGNIFICANT in kinds:
        return False, "said not to be significant"
    if CueKind.SIGNIFICANT in kinds and CueKind.SAME not in kinds:
        return True, "said to be significant"
    return None, None


def _trend(scene: Scene, draft: Draft) -> bool:
    clause = scene.clauses[scene.clause(draft.outcome.start)]
    return any(c.kind is CueKind.TREND for c in between(scene.cues, clause.start, clause.end))


def kinds_in_clause(scene: Scene, position: int) -> Sequence[CueKind]:
    """Kinds of the cues in the clause around a position."""
    clause = scene.clauses[scene.clause(position)]
    return [c.kind for c in between(scene.cues, clause.start, clause.end)]
