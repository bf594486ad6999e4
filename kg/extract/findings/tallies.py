"""Which numbers are results: not group sizes, thresholds, relative changes or bare digits."""

import re

from kg.extract.any_case import any_case
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Number, Scene
from kg.extract.occurrence import BEFELL, FARED, HAD

#: Kinds that are results wherever they stand beside an outcome.
_PLAIN = ("percent", "fraction", "duration", "quantity", "none", "not_reached")
#: Shares of patients told without a number.
IN_WORDS = ("share", "some")
#: "In none |did it become chronic": the verb before its subject.
_INVERTED = any_case(r"^ (?:did|was|were|had|has|could)(?: (?:it|they|the \w+|any|\w+))? $")
_COUNT_VERB = any_case(rf"\b(?:{HAD}|{FARED}|an?|with|complete(?:ly)?)\b")


_TALLY_BEFORE = any_case(rf"\b(?:in|by|of|was|were|among|observed|seen|reached|for|including|had|another|with|{BEFELL})\b|[:(]")


_GROUP_BEFORE = any_case(
    r"\b(?:of (?:the|these|those|all)?|among(?: the)?|total of|enrol\w+|included|including|studied|treated|reviewed|evaluated"
    r"|randomi[sz]ed|in a? ?(?:total|series|cohort|study) of"
    r"|study of|trial of|all|the other) ?$",
)


#: "By at least 50%", "≥ 7 points": a criterion or a relative change, no arm's value.
_THRESHOLD = any_case(
    r"(?:\b(?:at least|(?<!no )more than|(?<!no )less than|over|under|above|below|exceeding|by (?:a )?(?:median|mean) of|by at least"
    r"|within)|[≥≤<>]"
    r"|\b(?:most(?! (?:common|frequent))|many"
    r"|majority|some|half)\b[^()]{0,20}\() ?$",
)


_CHANGED_BY = any_case(
    r"\b(?:reduc\w+|decreas\w+|increas\w+|lower\w*|rais\w+|improv\w+|fell|rose|dropped|declined|cut|differ\w*|grew)(?: \w+){0,4} by $",
)


#: "Chimerism |was measured in| 12 patients": how many were looked at.
_MEASURED = any_case(
    r"\b(?:was|were|could be) (?:\w+ly )?(?:measured|assessed|evaluated|determined|monitored|tested|analy[sz]ed|available|evaluable|studied"
    r"|examined|graded|scored)\b"
)
#: "Half were alive |at a median of| 12 months": how long they were watched.
_FOLLOWED = any_case(r"\b(?:at|after|with|over) (?:a |the )?(?:median|mean)(?: follow-up)?(?: of)? $")
#: "I2 = |22%": how much studies differ, "loss to follow-up of |3%": how many were lost sight of.
_NO_OUTCOME_BEFORE = any_case(r"(?:\bI ?[2²]|\bheterogeneity|\bfollow-up)(?: (?:was|of|in))?,? ?[=:]? ?$")
#: "None |of which was related|": whose doing it was, not how many there were.
_ATTRIBUTED = any_case(
    r" (?:of (?:which|them|these|those|the [\w-]+|the \w+ [\w-]+) )?(?:(?:was|were|being|could be|had been|is) (?:\w+ly )?"
    r"(?:attribut\w+|related"
    r"|due|put|caused|considered|judged|deemed|thought|felt|linked|ascribed|traced|assigned|fatal|serious|unexpected)|came|stemmed|resulted"
    r"|led|required|proved)\b"
)
#: "24 days |earlier": by how much, no arm's value.
_BY_HOW_MUCH = any_case(
    r" (?:earlier|sooner|later|longer|shorter|faster|slower|quicker|higher|lower|greater|more|less|fewer|rarer|commoner|likelier)\b"
)
_OR_MORE = any_case(r" or (?:more|less|higher|above|older|greater)\b|\s?[×x] ?10")
_UNIT_AHEAD = any_case(r"^(?:[-–]\d| ?(?:months?|weeks?|days?|years?)\b|[:/]\d)")


_FROM = any_case(r"\bfrom (?:a |an )?(?:median |mean |average )?(?:of )?$")


def is_result_number(scene: Scene, number: Number, outcome: OutcomeMention, *, is_paired: bool) -> bool:
    """False for group sizes ("of 43 patients"), thresholds, relative changes and bare digits that stand alone."""
    before = scene.text[max(scene.start, number.start - 40) : number.start]
    after = scene.text[number.end : scene.end]
    if _is_no_value(number, outcome, before, after, is_paired=is_paired):
        return False
    if number.kind == "none" and _is_no_tally_of_none(number, outcome, before, after):
        return False
    if number.kind == "none" and not is_paired:
        return after.startswith(" of ") or _is_tally(scene, number, outcome, before)
    if number.kind in IN_WORDS:
        return outcome.family not in (Family.QUANTITY, Family.TIME) and _is_tally(scene, number, outcome, before)
    if is_paired or number.kind in _PLAIN or (number.kind != "number" and number.value.value is not None):
        return True
    if number.kind == "number" and (_UNIT_AHEAD.match(after) or before.endswith((":", "/"))):
        return False
    measured = number.kind == "number" and (outcome.family in (Family.QUANTITY, Family.TIME) or _FROM.search(before) is not None)
    return measured or _is_tally(scene, number, outcome, before)


def _is_no_tally_of_none(number: Number, outcome: OutcomeMention, before: str, after: str) -> bool:
    """Times and amounts are never none; "none of them was fatal" and "which nobody would call relevant" speak of something else."""
    is_behind = outcome.end <= number.start
    return outcome.family in (Family.TIME, Family.QUANTITY) or (
        is_behind and (_ATTRIBUTED.match(after) is not None or before.endswith("which "))
    )


def _is_no_value(number: Number, outcome: OutcomeMention, before: str, after: str, *, is_paired: bool) -> bool:
    """Times of events, percentage points, thresholds, margins, relative changes."""
    if number.kind == "duration" and outcome.family in (Family.SURVIVAL, Family.RESPONSE) and _FOLLOWED.search(before):
        return True
    if _NO_OUTCOME_BEFORE.search(before) is not None:
        return True
    timed = outcome.family in (Family.ENGRAFTMENT, Family.TIME)  # "engrafted 15 days after the graft"
    if (
        number.kind == "duration"
        and not timed
        and (outcome.family is Family.EVENT or re.match(r" (?:after|post|following|from|before)\b", after))
    ):
        return True
    if _OR_MORE.match(after) or (number.kind in ("duration", "quantity") and _BY_HOW_MUCH.match(after)):
        return True
    if "percentage point" in number.value.text or re.match(r"[^,;()]{0,30}\bmargin\b", after):
        return True
    is_threshold = _THRESHOLD.search(before) is not None and not (is_paired and before.endswith(" over "))
    return is_threshold or (not is_paired and number.kind == "percent" and _CHANGED_BY.search(before) is not None)


def _is_tally(scene: Scene, number: Number, outcome: OutcomeMention, before: str) -> bool:
    """As in "Seven patients developed X", "X affected seven patients", "X in four"; not "of 43 patients … X"."""
    if outcome.start < number.end and number.start < outcome.end:  # "apart from one catheter infection"
        return number.kind != "none" and (number.start < outcome.start or number.end > outcome.end)
    if outcome.start >= number.end:
        gap = scene.gap(number.end, outcome.start)
        is_verb = not gap.strip() or _COUNT_VERB.search(gap) is not None or _INVERTED.match(gap) is not None
        is_deed = not gap.strip() and before.lower().endswith("all ")  # "all 21 responded"
        return (_GROUP_BEFORE.search(before) is None or is_deed) and len(gap) < 60 and is_verb
    gap = scene.gap(outcome.end, number.start)
    if _MEASURED.search(gap) is not None:
        return False
    in_all = re.search(r"\b(?:in|by) all (?:of )?(?:the )?$", before) is not None
    return len(gap) < 70 and _TALLY_BEFORE.search(gap) is not None and (in_all or _GROUP_BEFORE.search(before) is None)
