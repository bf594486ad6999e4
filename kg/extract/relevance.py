"""Which sentences and drafts report a result of the study, and which numbers are results at all.

What is left out, and why: background, aims and methods (other people's or planned results), baseline features (no
outcomes), group sizes and bare digits, cells and diseases that are only mentioned, purposes ("to prevent GVHD") and
conclusions without a number (they repeat a result).
"""

import re

from kg.extract.cues import Cue, CueKind
from kg.extract.direction import governing_cue, is_attributive
from kg.extract.outcomes import Family, OutcomeMention
from kg.extract.scene import Number, Scene, between
from kg.model import SectionLabel

_BASELINE = re.compile(
    r"\b(?:at (?:baseline|enrol\w+ (?:had|were)|entry|inclusion|diagnosis)|baseline characteristics|had entered with|median age|aged|were matched"
    r"|matched for|(?:were|was) (?:severe|moderate|mild|male|female)\b|performance status|\bKPS\b|\bECOG\b|eligible|were excluded|characteristics were)\b",
    re.IGNORECASE,
)
_CONCLUDING = re.compile(
    r"(?:to our knowledge|it (?:would )?(?:seems?|appears?) that|taken together|(?:our|these|the present) (?:data|findings|results|observations)|in (?:conclusion|summary)"
    r"|we conclude|thus|therefore|hence|overall,|collectively)\b",
    re.IGNORECASE,
)
_ABSENT_BEFORE = re.compile(r"\b(?:no|neither|nor|without(?: any)?)(?: \w+){0,2}? ?$", re.IGNORECASE)
_ABSENT_AFTER = re.compile(
    r"^[^;.]{0,60}?\b(?:absent|lacking|(?:not|never) (?:observed|seen|detected|reported|recorded|noted|found|occur|encountered)|did not occur"
    r"|(?:came|come) to light)\b",
    re.IGNORECASE,
)
_OCCURRED = re.compile(
    r"\b(?:occurred|observed|seen|detected|reported|recorded|noted|found|encountered|developed|experienced|had|were|was|came|attributed|related)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\b(?:to|can|could|may|might|would|should|will|must|whether|if|of|for)(?: \w+ly)? $", re.IGNORECASE)
_FOUND_TO = re.compile(r"\b(?:found|shown|proved|proven|failed|seen|observed|demonstrated|led|tended)(?: to)(?: \w+ly)? $", re.IGNORECASE)
_COUNT_VERB = re.compile(
    r"\b(?:had|have|has|having|developed|experienced|achieved|attained|obtained|reached|showed|died|survived|responded|relapsed|suffered|remain(?:ed)?|are|were|was|an?|with|complete(?:ly)?)\b",
    re.IGNORECASE,
)
_TALLY_BEFORE = re.compile(
    r"\b(?:in|by|affected|was|were|occurred|among|observed|seen|reached|for|including|had|another|with)\b|[:(]", re.IGNORECASE
)
_GROUP_BEFORE = re.compile(
    r"\b(?:of (?:the|these|those|all)?|among(?: the)?|total of|enrol\w+|included|including|studied|treated|reviewed|evaluated|randomi[sz]ed|in a? ?(?:total|series|cohort|study) of"
    r"|study of|trial of|all|the other) ?$",
    re.IGNORECASE,
)
#: "By at least 50%", "≥ 7 points": a criterion or a relative change, no arm's value.
_THRESHOLD = re.compile(
    r"(?:\b(?:at least|more than|less than|over|under|by (?:a )?(?:median|mean) of|by at least|within)|[≥≤<>]|\b(?:most|many|majority|some|half)\b[^()]{0,20}\() ?$",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    r"\b(?:reduc\w+|decreas\w+|increas\w+|lower\w*|rais\w+|improv\w+|fell|rose|dropped|declined|cut|differ\w*|grew)(?: \w+){0,4} by $",
    re.IGNORECASE,
)
_UNIT_AHEAD = re.compile(r"^(?:[-–]\d| ?(?:months?|weeks?|days?|years?)\b|[:/]\d)", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:a |an )?(?:median |mean |average )?(?:of )?$", re.IGNORECASE)


_MOVED = (CueKind.UP, CueKind.DOWN, CueKind.BETTER, CueKind.WORSE, CueKind.FASTER, CueKind.SLOWER)


def is_result(scene: Scene) -> bool:
    """True when the sentence may report a result of this study."""
    if scene.role in (SectionLabel.BACKGROUND, SectionLabel.OBJECTIVE, SectionLabel.METHODS):
        return False
    if (scene.role is SectionLabel.CONCLUSIONS or _CONCLUDING.match(scene.sentence)) and not (
        scene.numbers or scene.ratios or scene.probabilities
    ):
        return False
    return bool(scene.outcomes)


def is_baseline(scene: Scene) -> bool:
    """True when the sentence describes patients before the intervention."""
    return _BASELINE.search(scene.sentence) is not None


def is_result_number(scene: Scene, number: Number, outcome: OutcomeMention, *, is_paired: bool) -> bool:
    """False for group sizes ("of 43 patients") and bare digits that stand alone."""
    if _THRESHOLD.search(scene.text[max(scene.start, number.start - 30) : number.start]):
        return False
    before = scene.text[max(scene.start, number.start - 40) : number.start]
    if number.kind == "percent" and _CHANGED_BY.search(before):
        return False
    if number.kind == "none" and not is_paired:
        return scene.text[number.end : number.end + 4] == " of " or _is_tally(scene, number, outcome, before)
    if re.match(r"[^,;()]{0,30}\bmargin\b", scene.text[number.end : scene.end]):
        return False
    if number.kind == "duration" and re.match(r" (?:after|post|following|from|before)\b", scene.text[number.end : number.end + 12]):
        return False
    if is_paired or number.kind in ("percent", "fraction", "duration", "quantity", "none", "not_reached"):
        return True
    if number.kind == "number":
        if _UNIT_AHEAD.match(scene.text[number.end : number.end + 10]) or before.endswith((":", "/")):
            return False
        measured = outcome.family in (Family.QUANTITY, Family.TIME)
        return measured or _FROM.search(before) is not None or _is_tally(scene, number, outcome, before)
    if number.value.value is not None:
        return True
    return _is_tally(scene, number, outcome, before)


def _is_tally(scene: Scene, number: Number, outcome: OutcomeMention, before: str) -> bool:
    """ "Seven patients developed X", "X affected seven patients", "X in four"; not "of 43 patients … X"."""
    if outcome.start >= number.end:
        gap = scene.gap(number.end, outcome.start)
        is_verb = not gap.strip() or _COUNT_VERB.search(gap) is not None
        return _GROUP_BEFORE.search(before) is None and len(gap) < 60 and is_verb
    gap = scene.gap(outcome.end, number.start)
    in_all = re.search(r"\b(?:in|by) all (?:of )?(?:the )?$", before) is not None
    return len(gap) < 70 and _TALLY_BEFORE.search(gap) is not None and (in_all or _GROUP_BEFORE.search(before) is None)


def is_absent(scene: Scene, outcome: OutcomeMention) -> bool:
    """True for "no X occurred", "X was not seen", "neither X nor Y came to light"."""
    before, after = scene.text[scene.start : outcome.start], scene.text[outcome.end : scene.end]
    covered = any(c.kind is CueKind.SAME and c.text.lower() != "neither" for c in scene.cues)
    if covered or before.endswith("other "):
        return False
    clause = scene.clauses[scene.clause(outcome.start)]
    if any(c.kind in _MOVED for c in between(scene.cues, clause.start, clause.end)):
        return False
    if _ABSENT_AFTER.match(after) is not None:
        return True
    listed = next((o for o in reversed(scene.outcomes) if o.end <= outcome.start), None)
    if (
        listed is not None
        and re.fullmatch(r",? ?(?:or|nor|and|,) (?:any )?", scene.text[listed.end : outcome.start])
        and is_absent(scene, listed)
    ):
        return True
    return _ABSENT_BEFORE.search(before) is not None and (_OCCURRED.search(after[:120]) is not None or _OCCURRED.search(before) is not None)


def speaks_of(scene: Scene, outcome: OutcomeMention) -> Cue | None:
    """The cue that makes a bare mention a result, or None: stated as fact, close to the outcome, no purpose."""
    cue = governing_cue(scene, outcome)
    if cue is None or cue.kind in (CueKind.SIGNIFICANT, CueKind.ASSOCIATED) or (cue.text.lower() == "neither" and not scene.arms):
        return None
    before = scene.text[max(scene.start, cue.start - 40) : cue.start]
    if _PURPOSE.search(before) and not _FOUND_TO.search(before) and cue.is_verb:
        return None
    follows_suit = (
        re.match(r",? (?:as|and so) (?:did|was|were)\b", scene.text[scene.clauses[scene.clause(outcome.start)].start : outcome.start])
        is not None
    )
    if outcome.is_weak and not follows_suit and not _is_close(scene, outcome, cue):
        return None
    return cue


def _shares_cue(scene: Scene, cue: Cue, outcome: OutcomeMention) -> bool:
    """ "Lower levels of A, B and C": the word reaches every member of the list."""
    words = []
    position = cue.end
    for other in scene.outcomes:
        if cue.end <= other.start and other.end <= outcome.start:
            words.append(scene.text[position : other.start])
            position = other.end
    words.append(scene.text[position : outcome.start])
    return len(words) > 1 and all(re.fullmatch(r"\s*(?:,|and|or|of|in|the|both|levels|serum|plasma|\s)*", word) for word in words)


def _is_close(scene: Scene, outcome: OutcomeMention, cue: Cue) -> bool:
    if cue.end <= outcome.start:
        return is_attributive(scene, cue, outcome) or _shares_cue(scene, cue, outcome)
    others = [o for o in scene.outcomes if outcome.end <= o.start and o.end <= cue.start]
    nearest = others[-1].end if others else outcome.end
    gap = re.sub(r", (?:by contrast|in contrast|however|conversely|on the other hand|in turn|moreover),", "", scene.gap(nearest, cue.start))
    return len(gap) <= 30 and not re.search(r"[,;:()]", gap)
