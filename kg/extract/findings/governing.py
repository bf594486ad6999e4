"""Which direction word speaks of an outcome."""

import re

from kg.extract.any_case import any_case
from kg.extract.findings.cues import Cue, CueKind
from kg.extract.findings.draft import Draft
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene, between

MOVES = (CueKind.UP, CueKind.DOWN, CueKind.BETTER, CueKind.WORSE, CueKind.FASTER, CueKind.SLOWER, CueKind.SAME)


_BEFORE_GAP = any_case(
    r"^(?:[\w-]+ ){0,3}(?:(?:in|of|for|the|a|an|against|both|risk|rate|rates|incidence|toward|towards|to|on)\s+){0,5}(?:[\w-]+ ){0,2}$",
)


BE = any_case(r"\b(?:was|were|is|are|be|been|being|became|become|remained|proved|appeared|seemed)\b")


def governing_cue(scene: Scene, outcome: OutcomeMention, draft: Draft | None = None) -> Cue | None:
    """The direction word that speaks of an outcome, by place in its clause.

    A word right before the outcome ("lower relapse"), then a predicate after it ("relapse was lower"), then an active verb
    further before ("MSCs reduced acute GVHD and relapse"), then the whole sentence's only cue.
    """
    asked = (outcome.start, outcome.end, draft is None, draft is not None and bool(draft.numbers), draft_has_own_numbers(draft))
    if asked not in scene.known:
        scene.known[asked] = _find_governing(scene, outcome, draft)
    return scene.known[asked]


def _find_governing(scene: Scene, outcome: OutcomeMention, draft: Draft | None) -> Cue | None:
    clause = scene.clauses[scene.clause(outcome.start)]
    cues = [
        c
        for c in scene.cues
        if c.kind in MOVES
        and not (outcome.start < c.end and c.start < outcome.end and c.kind is not CueKind.SAME and outcome.label != "survival time")
    ]
    if outcome.label == "survival time" and (own := [c for c in cues if outcome.start < c.end and c.start < outcome.end]):
        return own[0]  # "lived longer" says it itself
    cues = [c for c in cues if c.text.lower() not in ("more", "less") or is_attributive(scene, c, outcome) or shares_cue(scene, c, outcome)]
    bracket = scene.bracket(outcome.start)
    local = [
        c
        for c in cues
        if clause.start <= c.start < clause.end
        and scene.bracket(c.start) in (bracket, None)
        and (c.end <= outcome.start or scene.bracket(c.start) == bracket)
    ]
    before = [c for c in local if c.end <= outcome.start]
    after = [c for c in local if c.start >= outcome.end and not (c.is_verb and not _is_predicate(scene, outcome, c))]
    shared = [c for c in cues if clause.start <= c.start < clause.end and c.text.lower().startswith(("in both", "in either", "in every"))]
    if shared and draft is not None and not draft.numbers:
        return shared[0]
    neither = [c for c in local if c.text.lower() == "neither" and c.end <= outcome.start]
    if neither:
        return neither[0]
    attributive = [c for c in before if is_attributive(scene, c, outcome) or names_later(scene, c, outcome)]
    if attributive:
        return attributive[-1]
    predicate = [c for c in after if _is_predicate(scene, outcome, c)]
    if predicate:
        return next((c for c in after if _leads_to_neither(scene, predicate[0], c)), predicate[0])
    if before:
        return before[-1]
    if after:
        return after[0]
    if not local and draft is not None and len({c.kind for c in cues}) == 1 and not draft.numbers:
        return cues[0]
    return next((c for c in reversed(cues) if c.end <= clause.start and not draft_has_own_numbers(draft)), None)


#: "associated with |more infections", "a risk factor for |relapse".
_ASSOCIATION_GAP = any_case(
    r"^(?: (?:with|of|for|to|by))?(?: (?:the|a|an|any|future|subsequent|later|development|occurrence|onset|of|risk|and|both"
    r"|severe|early|late))* $",
)


#: Other words need a form of "be" before them: "mortality associated with GVHD" tells nothing.
_SAYS_BY_ITSELF = any_case(r"(?:predicted|predictors?|risk factors?|went with|emerged for|correlated)$")


def _leads_to_neither(scene: Scene, cue: Cue, other: Cue) -> bool:
    """As in "engraftment suffered from neither preparation": what the predicate says is said of no arm."""
    return (
        other.text.lower() == "neither"
        and re.fullmatch(r" (?:from|by|in|with|for|on|under|after) ", scene.gap(cue.end, other.start)) is not None
    )


def association(scene: Scene, outcome: OutcomeMention) -> Cue | None:
    """As in "liver involvement was associated with relapse": a factor that goes with an outcome; never one that goes against it."""
    factor = next((c for c in reversed(scene.cues) if c.kind is CueKind.ASSOCIATED and c.end <= outcome.start), None)
    if factor is None or _ASSOCIATION_GAP.match(scene.gap(factor.end, outcome.start)) is None:
        return None
    is_told = BE.search(scene.text[max(scene.start, factor.start - 30) : factor.start]) is not None
    return factor if is_told or _SAYS_BY_ITSELF.match(factor.text) is not None else None


def draft_has_own_numbers(draft: Draft | None) -> bool:
    """True when numbers or a ratio were printed for the draft."""
    return draft is not None and (bool(draft.numbers) or draft.ratio is not None)


def is_attributive(scene: Scene, cue: Cue, outcome: OutcomeMention) -> bool:
    """As in "lower relapse": the cue stands right before the outcome, with nothing but its own words between."""
    gap = scene.gap(cue.end, outcome.start).strip()
    crosses = any(between(scene.outcomes, cue.end, outcome.start)) or any(between(scene.numbers, cue.end, outcome.start))
    return (
        not crosses
        and len(gap) <= 45
        and (not gap or _BEFORE_GAP.match(gap + " ") is not None)
        and not re.search(r"[,;:]|\b(?:and|or|but|than|was|were|after|with)\b", gap)
    )


#: "Improvement was seen as regards |bilirubin": what moved is named further on.
_AS_REGARDS = any_case(
    r"\b(?:as regards?|with regards? to|regarding|in terms of|as (?:assessed|measured|judged|evidenced|shown) by) [^.;:]{0,60}$",
)


def names_later(scene: Scene, cue: Cue, outcome: OutcomeMention) -> bool:
    """As in "Improvement was seen as regards bilirubin": the cue comes first, and what moved is named further on."""
    gap = scene.gap(cue.end, outcome.start)
    return _AS_REGARDS.search(gap) is not None and not any(c.kind in MOVES for c in between(scene.cues, cue.end, outcome.start))


def shares_cue(scene: Scene, cue: Cue, outcome: OutcomeMention) -> bool:
    """As in "Lower levels of A, B and C": the word reaches every member of the list."""
    words = []
    position = cue.end
    for other in scene.outcomes:
        if cue.end <= other.start and other.end <= outcome.start:
            words.append(scene.text[position : other.start])
            position = other.end
    words.append(scene.text[position : outcome.start])
    return len(words) > 1 and all(re.fullmatch(r"\s*(?:,|and|or|of|in|the|both|levels|serum|plasma|\s)*", word) for word in words)


def _is_predicate(scene: Scene, outcome: OutcomeMention, cue: Cue) -> bool:
    """No other outcome right after the cue that it would belong to, or a form of "be" in between."""
    gap = scene.gap(outcome.end, cue.start)
    if cue.is_verb and re.fullmatch(r"\s*,?\s*and\s*", gap):  # "reduced A and B and increased C"
        return not any(c.is_verb for c in between(scene.cues, scene.start, outcome.start))
    following = [o for o in scene.outcomes if o.start >= cue.end]
    taken = bool(following) and is_attributive(scene, cue, following[0]) and not BE.search(gap)
    return not taken
