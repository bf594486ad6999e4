"""The direction of an outcome in the intervention against the comparator.

In: a scene and a draft whose numbers are bound to arms. Out: a verdict with the rules that made it. Order of trust: a test
that found nothing overrules words; numbers that the text itself gives to an arm, then words, then other numbers, then ratios.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.cues import Cue, CueKind
from kg.extract.findings.draft import Draft
from kg.extract.findings.governing import BE, MOVES, association, governing_cue
from kg.extract.findings.nulls import find_null
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene, between, is_compared_with
from kg.extract.findings.significance import RATIOS, find_significance, is_trend
from kg.model import Desirable, Direction, Measure

#: Words that lessen or heighten whatever they govern, good or bad.
_EASED = any_case(r"attenuat|alleviat|mitigat|ameliorat|lessen|milder|eas|reliev|protect")
_AGGRAVATED = any_case(r"exacerbat|aggravat")
#: As in "improved in the MSC group but not in controls".
_BUT_NOT_IN = any_case(r"\b(?:not|no change|rather than) (?:in|with|after|among|for)\b")
#: Between the two arms of a ratio: "controls |relative to| MSCs".
_AGAINST = any_case(
    r"(?: \w+)?,? (?:than|compared (?:with|to)|relative to|versus|vs\.?|against|over|as against|as opposed to|in comparison (?:with|to))"
    r"(?: (?:the|those|that|with|in|on|of|given|receiving))* "
)
#: "The hazard of relapse |for controls| was 1.8".
_IN_ARM = any_case(r"\b(?:hazards?|risks?|odds|ratio|HR|RR|OR)\b[^.;]{0,60}? (?:in|with|for|among|under|of)(?: the)? $")
#: "Reached 79% |from a| control value of 57%": where it came from is no subject.
_FROM_ARM = any_case(r"\bfrom (?:an? |the |those (?:of|in) )?$")
_THAN = any_case(
    r"\b(?:than|compared (?:with|to)|relative to|versus|vs\.?|against|over|set against"
    r"|(?:half|third|quarter|twice|double|times)(?: of)? (?:that|those) (?:of|in|with|after|seen))\b"
)


#: Verbs whose object is what the subject is compared with: "MSC recipients outlived controls".
_OUTDOES = any_case(r"(?:exceed(?:s|ed)?|surpass(?:es|ed)|outlast(?:s|ed)|outliv(?:es|ed)|outperform(?:s|ed))\b")


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
    significant, test_rule = find_significance(scene, draft)
    words = direction_from_words(scene, draft, cue)
    numbers = direction_from_numbers(draft)
    ratio = direction_from_ratio(scene, draft)
    trend = is_trend(scene, draft)
    rules = [rule for rule in (test_rule, trend and "trend without a test") if rule]
    cues = tuple(c for c in (cue,) if c is not None)
    if significant is False or (trend and significant is None):
        return Verdict(Direction.NO_DIFFERENCE, significant, cues, tuple(rules), 0.95 if significant is False else 0.8)
    if words is Direction.NO_DIFFERENCE and significant is not True:
        return Verdict(words, significant, cues, (*rules, "words: no difference"), 0.9)
    null = find_null(scene, draft, cue, is_tested=significant is True)
    if null is not None:
        return Verdict(Direction.NO_DIFFERENCE, null.significant, cues, (*rules, null.rule), 0.75)
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
    return _last_resort(scene, draft, Verdict(Direction.UNCLEAR, significant, cues, tuple(rules), 0.3, is_stated=False))


def _last_resort(scene: Scene, draft: Draft, unclear: Verdict) -> Verdict:
    """Where no word speaks of the outcome itself: words of the whole sentence that all say the same."""
    nulls = [c for c in scene.cues if c.kind in (CueKind.SAME, CueKind.NOT_SIGNIFICANT)]
    factor = association(scene, draft.outcome)
    if factor is not None and (said := cue_direction(factor, draft.outcome)) is not None:
        return replace(unclear, direction=said, cues=(factor,), rules=(*unclear.rules, "a factor of the outcome"), certainty=0.6)
    spoken = {d for c in scene.cues if c.kind is not CueKind.ASSOCIATED and (d := direction_from_words(scene, draft, c)) is not None}
    if len(spoken) == 1 and not (unclear.significant and Direction.NO_DIFFERENCE in spoken):
        return replace(unclear, direction=spoken.pop(), rules=(*unclear.rules, "all words of the sentence agree"), certainty=0.5)
    if nulls and unclear.significant is not True:
        return replace(unclear, direction=Direction.NO_DIFFERENCE, rules=(*unclear.rules, "null words of the sentence"), certainty=0.5)
    return replace(unclear, rules=(*unclear.rules, "nothing decides"))


def direction_from_words(scene: Scene, draft: Draft, cue: Cue | None) -> Direction | None:
    """What the words say of the intervention; None when they say nothing."""
    if cue is None:
        return None
    if cue.kind is CueKind.SAME:
        return Direction.NO_DIFFERENCE
    direction = cue_direction(cue, draft.outcome)
    if direction is None:
        return None
    return _flip(direction) if subject_is_control(scene, draft, cue) else direction


def cue_direction(cue: Cue, outcome: OutcomeMention) -> Direction | None:
    """What a cue says of its subject's outcome quantity."""
    if cue.kind is CueKind.UP:
        return Direction.INCREASED
    if cue.kind is CueKind.DOWN:
        return Direction.DECREASED
    if cue.kind is CueKind.ASSOCIATED:
        return Direction.DECREASED if cue.text.lower().startswith(("inverse", "negative")) else Direction.INCREASED
    if cue.kind in (CueKind.FASTER, CueKind.SLOWER):
        faster = cue.kind is CueKind.FASTER
        if outcome.family is Family.TIME:
            return Direction.DECREASED if faster else Direction.INCREASED
        return Direction.INCREASED if faster else Direction.DECREASED
    if cue.kind in (CueKind.BETTER, CueKind.WORSE) and outcome.desirable is Desirable.NONE:
        return Direction.DECREASED if _EASED.match(cue.text) else Direction.INCREASED if _AGGRAVATED.match(cue.text) else None
    if cue.kind in (CueKind.BETTER, CueKind.WORSE):
        good = cue.kind is CueKind.BETTER
        higher = outcome.desirable is Desirable.HIGHER
        return Direction.INCREASED if good == higher else Direction.DECREASED
    return None


def _flip(direction: Direction) -> Direction:
    return {Direction.INCREASED: Direction.DECREASED, Direction.DECREASED: Direction.INCREASED}.get(direction, direction)


def subject_is_control(scene: Scene, draft: Draft, cue: Cue) -> bool:
    """True when the words describe the control arm: "higher in controls than with MSCs"."""
    clause = scene.clauses[scene.clause(cue.start)]
    arms = [m for m in scene.arms if clause.start <= m.start < clause.end and scene.bracket(m.start) == scene.bracket(cue.start)]
    than = _OUTDOES.match(scene.text, cue.start, cue.end) or next(_THAN.finditer(scene.text, cue.start, clause.end), None)
    limit = clause.end if than is None else than.start()
    if than is not None and any(c.kind in MOVES for c in between(scene.cues, cue.end, than.start())):
        than = None
    if than is not None:
        behind = [m for m in arms if m.start >= than.end() and not _is_set_off(scene, than.end(), m.start)]
        if behind:
            return behind[0].number == INTERVENTION and all(m.number != INTERVENTION or m.start >= than.start() for m in arms)
    named = [
        m
        for m in arms
        if m.start < limit
        and not is_compared_with(scene, m)
        and _BUT_NOT_IN.search(scene.gap(cue.end, m.start)) is None
        and not _FROM_ARM.search(scene.text[max(scene.start, m.start - 20) : m.start])
    ]
    after = [m for m in named if m.start >= cue.end and not _has_number_between(scene, cue.end, m.start)]
    before = [m for m in named if m.end <= cue.start]
    subject = (before[-1] if before else None) or (after[0] if after else None)
    if before and after and BE.search(scene.gap(before[-1].end, cue.start)) is None:
        subject = before[-1]
    return subject is not None and subject.number == CONTROL


def _has_number_between(scene: Scene, start: int, end: int) -> bool:
    """As in "was cut to 17%, |controls| relapsing in 34%": an arm behind a number of the statement is not what it speaks of."""
    return any(scene.bracket(n.start) is None and scene.gap(n.end, end).startswith((",", ";")) for n in between(scene.numbers, start, end))


def _is_set_off(scene: Scene, than: int, arm: int) -> bool:
    """As in "slower, 84 versus 58 days, in double-unit recipients": the number is what "versus" leads to, the arm is the subject."""
    numbers = list(between(scene.numbers, than, arm))
    return bool(numbers) and scene.gap(numbers[-1].end, arm).startswith((",", "),"))


def direction_from_numbers(draft: Draft) -> Direction | None:
    """What the two arms' numbers say; None when they are not both there."""
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


def direction_from_ratio(scene: Scene, draft: Draft) -> Direction | None:
    """What the ratio says; a hazard ratio of a survival outcome is the hazard of dying."""
    if draft.ratio is None:
        return None
    effect = draft.ratio.effect
    null = 1.0 if effect.measure in RATIOS else 0.0
    if effect.value == null:
        return Direction.NO_DIFFERENCE
    direction = Direction.INCREASED if effect.value > null else Direction.DECREASED
    if effect.measure is Measure.HR and draft.outcome.family is Family.SURVIVAL:
        direction = _flip(direction)  # the hazard is that of dying, the outcome is staying alive
    return _flip(direction) if _ratio_of_control(scene, draft) else direction


def _ratio_of_control(scene: Scene, draft: Draft) -> bool:
    """As in "The hazard ratio … in the control arm", "with MSC as reference"."""
    if draft.ratio is None:
        return False
    if re.search(r"\b(?:as|being) (?:the )?reference\b", scene.sentence):
        reference = [m for m in scene.arms if re.match(r"[^,.;]{0,15}\b(?:as|being) (?:the )?reference", scene.text[m.end : m.end + 40])]
        return bool(reference) and reference[0].number == INTERVENTION
    clause = scene.clauses[scene.clause(draft.ratio.start)]
    named = [m for m in scene.arms if clause.start <= m.start and m.end <= draft.ratio.start]
    for one, two in pairwise(named):
        if one.number != two.number and _AGAINST.fullmatch(scene.gap(one.end, two.start)) is not None:
            return one.number == CONTROL
    lone = named[0] if len({m.number for m in named}) == 1 else None
    return lone is not None and lone.number == CONTROL and _IN_ARM.search(scene.text[clause.start : lone.start]) is not None
