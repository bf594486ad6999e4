"""Sentences that say outright that the arms did not differ, whatever else they say.

In: a scene, a draft and the direction word that speaks of its outcome. Out: the rule that makes it no difference, and whether a
test is said to have found nothing. As in "improved in both arms (P = .04), with no difference between the groups".
"""

import re
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.cues import Cue, CueKind
from kg.extract.findings.draft import Draft
from kg.extract.findings.scene import Scene, between

_BETWEEN_ARMS = any_case(
    r"\b(?:between|among|across|inter)[-‐ ]?(?:\w+ ){0,4}(?:groups?|arms?|cohorts?|treatments?|regimens?|conditions|two)\b"
)
_NULL = any_case(
    r"\b(?:no|not|nor|neither|without|non)\b[^;.]{0,45}?\b(?:differ(?:ent|ence|ences|ed)?|significan\w+)\b"
    r"|\b(?:similar|comparable|equivalent|same)\b",
)
_OF_SOMETHING_ELSE = re.compile(r"\b(?:except|for|in|regarding|respect)\b")
_YET_NOT = any_case(
    r"\b(?:but|although|though|however|yet)\b[^;.]{0,60}?\b(?:not|no|non)\b[^;.]{0,30}\b(?:significan\w+|differen\w+|differ)\b",
)
_ANOTHER_STATEMENT = any_case(
    r";|\b(?:but|although|while|whereas|however|except|despite|and (?:\w+ ){0,4}(?:was|were|had|showed|increased|decreased|improved))\b",
)
_NO_CHANGE_IN = any_case(r"differ|effect|similar|compar|change|impact|influenc|affect")
#: A P value printed as "NS".
_NS = re.compile(r"\b[Pp](?:[- ]?values?)? ?= ?(?:NS|N\.S\.?|n\.?s\.?)(?!\w)|[(\[,;] ?(?:NS|n\.s\.|N\.S\.?) ?[)\],;]")


_NONE_SIGNIFICANT = any_case(
    r"\b(?:neither|none|no)(?: of (?:the|these))?(?: differences?| effects?| changes?)? (?:was|were|being"
    r"|reached) (?:statistically )?significan",
)


@dataclass(frozen=True, slots=True)
class Null:
    """Why nothing differed; ``significant`` is False where a test is said to have found nothing."""

    rule: str
    significant: bool | None = None


def find_null(scene: Scene, draft: Draft, cue: Cue | None, *, is_tested: bool) -> Null | None:
    """The statement that overrules the words; ``is_tested`` when a test of the draft's own found a difference."""
    if _ns_printed(scene, draft):
        return Null("P printed as NS", significant=False)
    if not is_tested and _NONE_SIGNIFICANT.search(scene.text, draft.at, scene.end):
        return Null("none of the differences was significant", significant=False)
    if _says_between_arms(scene, draft, is_tested=is_tested):
        return Null("no difference between the arms")
    if _yet_not(scene, draft):
        return Null("but not significant")
    if cue is not None and _governs_change(scene, cue):
        return Null("no difference in a change")
    return None


def _ns_printed(scene: Scene, draft: Draft) -> bool:
    """As in "relapse 12% vs 15% (P = NS)": a test before any printed P value of the outcome."""
    until = next((o.start for o in scene.outcomes if o.start >= draft.outcome.end and o.start > draft.at), scene.end)
    match = _NS.search(scene.text, draft.outcome.end, until)
    return match is not None and (draft.probability is None or match.start() < draft.probability.start)


def _says_between_arms(scene: Scene, draft: Draft, *, is_tested: bool) -> bool:
    own = scene.clause(draft.outcome.start)
    for index, clause in enumerate(scene.clauses):
        words = scene.text[clause.start : clause.end]
        null = _NULL.search(words)
        if null is None or _BETWEEN_ARMS.search(words) is None:
            continue
        if index == own:
            return not (is_tested and len(draft.numbers) == 2)
        if _OF_SOMETHING_ELSE.search(words, null.end()) is None and not _has_outcome(scene, clause.start, clause.end):
            home = scene.clauses[own]
            both = {m.number for m in between(scene.arms, home.start, home.end)} == {INTERVENTION, CONTROL}
            return not (both and is_tested and draft.probability is not None)
    return False


def _has_outcome(scene: Scene, start: int, end: int) -> bool:
    return any(not o.is_weak for o in between(scene.outcomes, start, end))


def _yet_not(scene: Scene, draft: Draft) -> bool:
    """As in "relapse was lower, but the difference was not significant"."""
    until = next((o.start for o in scene.outcomes if o.start >= draft.outcome.end and not o.is_weak), scene.end)
    match = _YET_NOT.search(scene.text, draft.outcome.end, until)
    if match is None:
        return False
    still = (CueKind.SAME, CueKind.TREND, CueKind.SIGNIFICANT, CueKind.NOT_SIGNIFICANT, CueKind.ASSOCIATED)
    return all(c.kind in still for c in between(scene.cues, match.start(), match.end()))


def _governs_change(scene: Scene, cue: Cue) -> bool:
    """As in "no differences for the increase in X": the null before the noun of change governs."""
    if cue.kind is CueKind.SAME:
        return False
    clause = scene.clauses[scene.clause(cue.start)]
    nulls = [c for c in between(scene.cues, clause.start, cue.start) if c.kind is CueKind.SAME and _NO_CHANGE_IN.search(c.text)]
    return bool(nulls) and _ANOTHER_STATEMENT.search(scene.gap(nulls[-1].end, cue.start)) is None
