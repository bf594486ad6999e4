"""Which two numbers of one outcome are a contrast.

In: a scene and drafts with single numbers. Out: drafts in which two numbers that name different arms, stand in parallel phrases,
or share one P value have become a pair.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION, VERSUS
from kg.extract.findings.draft import Draft
from kg.extract.findings.scene import Number, Scene, arm_beside, between

_PERSONS = (
    r"(?:groups?|arms?|cohorts?|recipients|patients|children|adults|mice|animals|controls?|those|receiving|given|treated"
    r"|transplant\w*|donors?|without|alone|therapy|prophylaxis"
    r"|regimen|treatment|infusions?|SCT|HCT|HSCT|[A-Z]{2,}[\w+-]*)"
)


_PHRASE = rf"(?: \([^)]*\))?,? (?:in|with|for|among|of|after|on|under|when|where|at)\b[^.;%]{{1,80}}?\b{_PERSONS}\b"


_PARALLEL = re.compile(
    rf"^{_PHRASE}[^.;%]{{0,30}}?(?:,? and|,? versus|,? vs\.?|,? compared (?:with|to)|,? but|,? whereas|,? while"
    rf"|,? as against)\b[^.;%]{{0,40}}$"
)


#: A comparative verb between two numbers: "in 18.5%, exceeded the 13.5% of controls", "at 12%, was half the 24%".
_EXCEEDS = any_case(
    r"\b(?:exceed(?:s|ed|ing)|surpass(?:es|ed|ing)|outnumber(?:s|ed|ing)|outstripp?(?:s|ed)|topp(?:s|ed)"
    r"|(?:was |were )?(?:more than |less than |nearly |about |almost )*(?:half|twice|double|triple|thrice|two-thirds of"
    r"|a third of)) (?:the |that of the |its )?$"
)
#: Between two numbers of one unit: "37% with MSCs over 21%", "68% to 47%".
_OVER = any_case(r"\bover (?:the )?$|^\)? to (?:a |the )?(?:median |mean )?(?:of )?$")
#: "Exceeded 95% in every group": a bound, no value.
_BOUND = any_case(r"\b(?:exceed\w*|above|over|more than|less than|below|at least|at most|under|beyond) $|[<>≤≥] ?$")
#: "5.9%|, from |18.9%", "reaching 79%| from a control value of |57%".
_FROM_VALUE = any_case(
    r"(?: (?:with|in|under|on|after) [\w -]{2,30}?)?,?\s*(?:down |up )?from "
    r"(?:(?:an? |the )?(?:\w+ )?(?:value|rate|level|figure|median|mean) )?(?:an? |the )?(?:of )?"
)
#: "21%|; it had been |24%", "74% under A|, came to |88%".
_IT_HAD_BEEN = any_case(
    r"[^.;%]{0,40}[;,] (?:where|whereas |while )?(?:(?:it|they|this|that|the (?:figure|rate))(?: had)? "
    r"(?:been|was|were|stood at|came to|reached)"
    r"|came to|reached|rose to|fell to|went (?:up|down) to|dropped to)(?: only| just| at| up| down)? (?:in )?"
)
#: "76%) |than| in adults (58%", "twice as common after A (70%) |as after| B (35%".
_THAN = any_case(r"\bthan\b|(?<=[ )])as (?:in|with|after|under|on|among|for|of|those|that|when|without|at|by)\b")
#: "|from |12%| with placebo to |35%".
_FROM = any_case(r"\bfrom (?:an? |the )?(?:median |mean )?(?:of )?$")
_TO_VALUE = any_case(
    r"(?: \([^()]*\))? (?:in|with|for|among|of|after|under|on) [^,;.%()]{2,50} to (?:an? |the )?(?:median |mean )?(?:of )?"
)
_IN_BOTH = any_case(
    r"(?: \([^()]*\))?,? (?:irrespective of|regardless of|independent of|whether or not|with or without|whichever|whatever"
    r"|no matter (?:which|what|whether))\b|"
    r"(?: \([^()]*\))?,? (?:in|for|with|under|among|of|after) (?:both|either|each|every|the two)(?: of the)?(?: \w+)?"
    r" (?:groups?|arms?|cohorts?|recipients|patients|drugs?|doses?|regimens?|treatments?|strateg\w+|sources?|grafts?|donors?)\b"
    r"|(?: \([^()]*\))?,? (?:in|for|with|under|among|of|after) (?:both|either|each|the two)(?: alike)?(?= ?[.,;)]|$)"
    r"|(?: \([^()]*\))?,? (?:in|for|with|under|among|of|after) (?:[\w-]+ ){1,3}and (?:[\w-]+ ){1,3}alike\b"
)
#: "Six relapsed |after the combined procedure and| three of the controls": told of some, then of an arm.
_AND_OF_ARM = any_case(
    r"[^.;,%()\d]*\b(?:in|with|after|among|under|of|on|for|from)\b[^.;,%()\d]* (?:and|but|whereas|while)(?: in| by| at)? $"
)
_PHRASE_AFTER = re.compile(rf"^{_PHRASE}")


def joined_singles(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Two single numbers of one outcome become one contrast when they name different arms or share one P value."""
    done: list[Draft] = []
    for draft in drafts:
        last = done[-1] if done else None
        if (
            last is not None
            and last.outcome == draft.outcome
            and len(last.numbers) == len(draft.numbers) == 1
            and _is_pair(scene, last, draft)
        ):
            done[-1] = replace(last, numbers=last.numbers + draft.numbers)
        else:
            done.append(draft)
    return done


def _is_pair(scene: Scene, one: Draft, two: Draft) -> bool:
    first, second = one.numbers[0][0], two.numbers[0][0]
    if (
        first.value.unit != second.value.unit
        and None not in (first.value.unit, second.value.unit)
        and "not_reached" not in (first.kind, second.kind)
    ):
        return False
    timed = [t for t in scene.timepoints if first.end <= t.start < second.start] and [t for t in scene.timepoints if t.start >= second.end]
    if timed and not scene.arms:
        return False
    arms = {arm_beside(scene, first), arm_beside(scene, second)}
    if len(arms) == 2 and (None not in arms or _is_of_other_arm(scene, first, second)):
        return True
    if is_parallel(scene, first, second) or _than_between(scene, first, second) or _is_plain_pair(scene, first, second):
        return True
    between_p = any(between(scene.probabilities, first.end, second.start))
    shared_p = not between_p and any(0 <= p.start - second.end < 70 for p in scene.probabilities)
    return shared_p


def _is_of_other_arm(scene: Scene, first: Number, second: Number) -> bool:
    """The second number is printed with its arm, and what stands with the first is the other one."""
    is_coordinated = scene.is_comparative and _AND_OF_ARM.fullmatch(scene.gap(first.end, second.start)) is not None
    return is_coordinated and arm_beside(scene, first) is None


def _than_between(scene: Scene, first: Number, second: Number) -> bool:
    """As in "Better in children (76%) than in adults (58%)", "fell to 8% from 22%"."""
    gap = scene.gap(first.end, second.start)
    if _FROM.search(scene.text[max(scene.start, first.start - 25) : first.start]) is not None and _TO_VALUE.fullmatch(gap) is not None:
        return True
    if _IT_HAD_BEEN.fullmatch(gap) is not None and first.value.unit == second.value.unit:
        return True
    return len(gap) < 90 and (_THAN.search(gap) is not None or _FROM_VALUE.fullmatch(gap) is not None)


def _is_plain_pair(scene: Scene, first: Number, second: Number) -> bool:
    """As in "14% and 29%" of one outcome where the paper compares arms, unless they were read at two times."""
    clause = scene.clauses[scene.clause(first.start)]
    names_both = len({m.number for m in scene.arms}) > 1
    if not (scene.is_comparative or names_both) or len(list(between(scene.timepoints, clause.start, clause.end))) > 1:
        return False
    return re.fullmatch(r"\s*(?:,|,? and|/)\s*(?:in |by )?", scene.gap(first.end, second.start)) is not None


def in_both_arms(scene: Scene, draft: Draft) -> Draft:
    """As in "19 days in either group": one number that is said of both arms stands twice."""
    if len(draft.numbers) != 1:
        return draft
    number = draft.numbers[0][0]
    is_bound_only = _BOUND.search(scene.text[max(scene.start, number.start - 20) : number.start]) is not None
    if is_bound_only or _IN_BOTH.match(scene.text, number.end) is None:
        return draft
    return replace(draft, numbers=((number, INTERVENTION), (number, CONTROL)), rules=(*draft.rules, "the same in both arms"))


def sets_against(scene: Scene, first: Number, second: Number) -> bool:
    """As in "37% versus 21%", "37% with MSCs over 21%", "68% to 47%": words that make a contrast of two numbers."""
    gap = scene.gap(first.end, second.start)
    if VERSUS.search(gap) is not None or _EXCEEDS.search(gap) is not None:
        return True
    alike = first.value.unit is not None and first.value.unit == second.value.unit
    return alike and _OVER.search(gap) is not None


def is_parallel(scene: Scene, first: Number, second: Number) -> bool:
    """As in "41% in the A group and 19% in the B group": two numbers, each followed by a phrase that names people."""
    gap = scene.gap(first.end, second.start)
    return len(gap) < 160 and _PARALLEL.match(gap) is not None and _PHRASE_AFTER.match(scene.text[second.end : scene.end]) is not None
