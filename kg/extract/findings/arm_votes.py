"""Which arm a number was printed for.

In: a scene and a draft with one or two numbers. Out: the draft with each number bound to an arm. Several signs vote: a number
right beside an arm, the order of arms, a legend, the subject of a comparison, "from … to …", and the direction words.
"""

import re
from dataclasses import replace
from itertools import pairwise

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION, VERSUS
from kg.extract.findings.arms import ArmMention
from kg.extract.findings.cues import CueKind
from kg.extract.findings.draft import Draft
from kg.extract.findings.scene import Scene, arm_beside, between, follows_as_arm, is_compared_with, is_right_before
from kg.model import Span

Vote = tuple[float, str]

_FROM = any_case(r"\bfrom (?:a |an )?(?:median |mean |average )?(?:of )?$")
#: The time before what is told: "which had been |74%", "the old one had achieved |48%".
_HAD_BEEN = any_case(r"\bhad (?:been|achieved|reached|stood at|given|left|seen|yielded|had|come to|amounted to)(?: only| just| at)? $")
_TO = re.compile(r"[^,;%]{0,80}\bto\b")
_IN_ORDER = any_case(r"^\s*(?:\(\w+\))?(?:[\w ]{0,25}?)(?:\band\b|\bor\b|/|\bversus\b|\bvs\.?|\bthan\b|\bcompared with\b|,)")


def assign_arms(scene: Scene, draft: Draft, *, default_order: bool, habit: float = 0.0) -> Draft:
    """The draft with its one or two numbers bound to arms by votes.

    ``habit`` is 1 when the sentence has given the intervention first so far, -1 when the comparator, 0 when it has not said.
    """
    numbers = [number for number, _ in draft.numbers]
    if len(numbers) == 1:
        return replace(draft, numbers=((numbers[0], arm_beside(scene, numbers[0])),))
    if len(numbers) != 2 or draft.is_assigned:
        return draft
    votes = _votes(scene, draft)
    if habit:
        votes.append((1.2 * habit, "same order as before"))
    if default_order:
        votes.append((-0.4, "comparator first so far") if scene.is_control_first else (0.4, "intervention first by default"))
    total = sum(weight for weight, _ in votes)
    if total == 0:
        return draft
    first, second = (INTERVENTION, CONTROL) if total > 0 else (CONTROL, INTERVENTION)
    rules = tuple(dict.fromkeys(f"arms: {name}" for weight, name in votes if (weight > 0) == (total > 0)))
    margin = abs(total) / max(sum(abs(weight) for weight, _ in votes), 1.0)
    return replace(draft, numbers=((numbers[0], first), (numbers[1], second)), rules=draft.rules + rules, margin=margin)


def _votes(scene: Scene, draft: Draft) -> list[Vote]:
    """Positive when the first number belongs to the intervention."""
    first, second = draft.spans()
    reference = _reference(scene, first, second)
    if reference is not None:
        placed: list[Vote] = [(-3.0 * _sign(reference), "the reference comes second")]
    else:
        placed = [*_ahead(scene, first, second), *_subject(scene, first)]
    behind = _behind(scene, first, second)
    agree = len(behind) > 1 and abs(sum(weight for weight, _ in behind)) > 5  # "37% |in controls| to 19% |with MSCs|"
    if agree or (behind and _is_from_to(scene, first, second)):
        return behind
    return [*behind, *placed, *_earlier(scene, first, second), *_ordered(scene, first, second), *_changed(scene, draft, first, second)]


def _reference(scene: Scene, first: Span, second: Span) -> ArmMention | None:
    """As in "rarer than in controls (12% v 30%)": the arm ahead of both numbers is what the other was compared with."""
    last = next((m for m in reversed(scene.arms) if m.end <= first.start), None)
    if last is None or any(between(scene.arms, first.start, second.end)) or any(between(scene.numbers, last.end, first.start)):
        return None
    is_set_off = re.search(r"[,(:;]", scene.gap(last.end, first.start + 1)) is not None
    return last if is_set_off and is_compared_with(scene, last) else None


def _earlier(scene: Scene, first: Span, second: Span) -> list[Vote]:
    """As in "held to 21%; it |had been| 24%": what had been before is the comparator's."""
    had = [_HAD_BEEN.search(scene.text, max(scene.start, span.start - 40), span.start) is not None for span in (first, second)]
    return [(2.0 if had[1] else -2.0, "what had been before")] if had[0] != had[1] else []


def _sign(mention: ArmMention) -> float:
    return 1.0 if mention.number == INTERVENTION else -1.0


def _behind(scene: Scene, first: Span, second: Span) -> list[Vote]:
    """As in "61% with MSCs": the arm right behind a number."""
    votes: list[Vote] = []
    for span, sign in ((first, 1.0), (second, -1.0)):
        inside = next((m for m in scene.arms if span.start <= m.start and m.end <= span.end), None)
        mention = next((m for m in scene.arms if m.start >= span.end), None)
        led_in = next((m for m in scene.arms if m.end <= span.start and is_right_before(scene, m, span.start)), None)
        own = inside or led_in
        if own is not None:
            votes.append((3.0 * sign * _sign(own), "number beside its arm"))
        elif mention is not None and span is second and _is_set_off(scene, first, second, mention):
            votes.append((2.0 * _sign(mention), "subject of the comparison first"))
        elif mention is not None and follows_as_arm(scene, span.end, mention):
            votes.append((3.0 * sign * _sign(mention), "number beside its arm"))
    return votes


def _is_set_off(scene: Scene, first: Span, second: Span, mention: ArmMention) -> bool:
    """As in "slower, 84 versus 58 days, in double-unit recipients": the arm behind a comma belongs to the whole statement."""
    gap = scene.gap(second.end, mention.start)
    return (
        VERSUS.search(scene.gap(first.end, second.start)) is not None
        and re.match(r"\)?(?: \([^()]*\))?, ?(?:(?:\w+ly )?(?:\w+er|more|less|worse)(?: \w+)? )?(?:in|with|for|among|after|under)\b", gap)
        is not None
    )


def _ahead(scene: Scene, first: Span, second: Span) -> list[Vote]:
    """As in "Among controls it was 49%": the arm ahead of a number in its clause, with no other number between."""
    votes: list[Vote] = []
    for span, sign in ((first, 1.0), (second, -1.0)):
        clause = scene.clauses[scene.clause(span.start)]
        ahead = [
            m
            for m in scene.arms
            if clause.start <= m.start
            and m.end <= span.start
            and not any(between(scene.numbers, m.end, span.start))
            and scene.bracket(m.start) in (None, scene.bracket(span.start))
        ]
        if not ahead or (span is first and len(ahead) > 1):
            continue
        if span is second and first.end <= ahead[-1].start and VERSUS.search(scene.gap(ahead[-1].end, span.start)):
            continue
        near = 1.0 if span.start - ahead[-1].end < 60 else 0.6
        votes.append((2.0 * near * sign * _sign(ahead[-1]), "arm before its number"))
    return votes


def _ordered(scene: Scene, first: Span, second: Span) -> list[Vote]:
    """Two different arms named together, before or after both numbers, in the same order; or a legend."""
    clause = scene.clauses[scene.clause(first.start)]
    ahead = [m for m in scene.arms if clause.start <= m.start and m.end <= first.start]
    behind = [m for m in scene.arms if second.end <= m.start < clause.end and not any(between(scene.numbers, second.end, m.start))]
    ahead = [m for m in ahead if not (is_compared_with(scene, m) and m is ahead[0])]
    for region in (ahead, behind):
        for a, b in pairwise(region):
            if a.number != b.number and _IN_ORDER.match(scene.gap(a.end, b.start)):
                return [(4.0 * _sign(a), "arms and numbers in the same order")]
    follow_all = bool(scene.arms and scene.numbers) and scene.arms[0].start >= scene.numbers[-1].end
    if "respectively" in scene.sentence or follow_all:
        for a, b in pairwise(scene.arms):
            if a.number != b.number and a.start >= second.end and _IN_ORDER.match(scene.gap(a.end, b.start)):
                return [(3.0 * _sign(a), "arms and numbers in the same order")]
    if len(ahead) > 1 and ahead[-1].number != ahead[-2].number and not any(between(scene.numbers, ahead[-2].end, ahead[-1].start)):
        return [(2.5 * _sign(ahead[-2]), "arms and numbers in the same order")]
    for a, b in pairwise([m for m in scene.arms if m.end <= first.start]):
        if a.number != b.number and scene.text[a.end : b.start].strip(" -+−") in {"/", "vs", "versus", "vs."}:
            return [(4.0 * _sign(a), "order given by a legend")]
    return []


def _subject(scene: Scene, first: Span) -> list[Vote]:
    """The only arm named before the numbers is the subject: the first number is its own."""
    clause = scene.clauses[scene.clause(first.start)]
    named = [m for m in scene.arms if clause.start <= m.start and m.end <= first.start]
    subjects = {m.number for m in named if not is_compared_with(scene, m)}
    if len(subjects) == 1 and scene.bracket(first.start) is not None:
        return [(1.5 if INTERVENTION in subjects else -1.5, "subject of the comparison first")]
    return []


def _changed(scene: Scene, draft: Draft, first: Span, second: Span) -> list[Vote]:
    """As in "From X to Y" puts the comparator first; one direction word without a control arm speaks for the intervention."""
    if re.fullmatch(r",?\s*(?:down |up )?from (?:a |an )?(?:median |mean )?(?:of )?", scene.gap(first.end, second.start)):
        return [(5.0, "from … to …")]
    if _is_from_to(scene, first, second):
        return [(-5.0, "from … to …")]
    clause = scene.clauses[scene.clause(first.start)]
    a, b = draft.numbers[0][0].magnitude, draft.numbers[1][0].magnitude
    arms = {m.number for m in scene.arms if clause.start <= m.start < clause.end}
    cues = [c for c in between(scene.cues, clause.start, clause.end) if c.kind in (CueKind.UP, CueKind.DOWN)]
    if a is None or b is None or a == b or len(cues) != 1 or CONTROL in arms:
        return []
    return [(1.0 if (a > b) == (cues[0].kind is CueKind.UP) else -1.0, "direction word and numbers")]


def _is_from_to(scene: Scene, first: Span, second: Span) -> bool:
    """As in "from 12% with placebo to 35%"."""
    opens = _FROM.search(scene.text[max(scene.start, first.start - 30) : first.start]) is not None
    return opens and _TO.match(scene.gap(first.end, second.start)) is not None
