"""Which sentences and mentions report a result of the study.

Left out, and why: background, aims and methods (other people's or planned results), baseline features (no outcomes), cells and
diseases that are only mentioned, purposes ("to prevent GVHD"), conclusions without a number (they repeat a result).
"""

import re

from kg.extract.any_case import any_case
from kg.extract.findings.cues import Cue, CueKind
from kg.extract.findings.governing import association, governing_cue, is_attributive, names_later, shares_cue
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene, between
from kg.extract.occurrence import BEFELL, FARED, HAD
from kg.model import SectionLabel

_BASELINE = any_case(
    r"\b(?:at (?:(?:the )?(?:time|start) of )?(?:baseline|(?:study )?(?:enrol\w+|entry|inclusion)|diagnosis)|baseline characteristics"
    r"|(?:before|prior to) (?:[\w-]+ ){0,3}(?:therapy|treatment|infusions?|administration) (?:was|were)"
    r"|had (?:biopsy|histolog\w+)[- ](?:proven|confirmed|verified)|had entered with|median age"
    r"|aged|were matched"
    r"|matched for|(?:were|was) (?:severe|moderate|mild|male|female)\b(?! in (?:\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"|performance status|\bKPS\b|\bECOG\b|eligible"
    r"|were excluded|characteristics were|(?:was|were) (?:men|women|boys|girls|males?|females?)|(?:were|was) balanced"
    r"|(?:was|were|being) the (?:\w+ )?(?:indications?|diagnos[ei]s|underlying diseases?)"
    r"|(?:indications?|diagnos[ei]s) (?:for \w+ )?(?:was|were|included)|(?:was|were|being) involved in \d+"
    r"|(?:was|were) (?:\w+ )?(?:younger|older|heavier)|at the time(?=[.,;])|(?:was|were) (?:diseased|affected) in \d+"
    r"|before (?:transplant\w*|treatment|conditioning|infusion) (?:was|were)"
    r")\b",
)
#: "Had been falling", "had dropped in the months leading up to treatment": the course until the study began.
_UNTIL_THEN = any_case(
    r"\bhad been (?:\w+ly )?\w+ing\b|\bleading up to\b|\bhad (?:\w+ly )?(?:been|fallen|dropped|risen|declined|worsened|lost)\b[^;]*"
    r"\bbefore (?:the )?(?:first |start of )?(?:\w+ )?(?:session|infusion|dose|cells|treatment|therapy|enrol\w+|study|trial)\b"
)
#: "Evidence on quality of life |was lacking|": nothing was found out.
_NOTHING_KNOWN = any_case(
    r"\b(?:evidence|data|information|results|reports|figures)\b[^.;]{0,60}?\b(?:was|were|is|are) (?:\w+ )?(?:lacking|scarce|missing|absent"
    r"|unavailable|sparse|insufficient|scant|not (?:available|reported|given|collected))\b"
)
#: Kinds of numbers that words tell: "no", "many", "half".
_IN_WORDS = ("none", "some", "share")


#: "Fell from 0.5 at baseline to 0.1", "above their level at baseline", "by grade at baseline, response was 73% in …".
_FROM_BASELINE = any_case(
    r"\bfrom [^;]{1,40}at (?:baseline|entry|enrolment|inclusion) to\b|\b(?:compared (?:with|to)|than|above|below|over|from) "
    r"(?:\w+ ){0,3}(?:at )?(?:baseline|entry)\b"
    r"|\b(?:stratified|grouped|divided|split|adjust\w+|regardless|irrespective|according|depend\w+|by|(?:patients|children|those|recipients)"
    r" (?:with|who|whose|in))\b[^,;.]{0,60}\bat (?:\w+ ){0,3}(?:baseline|enrol\w+|entry|inclusion|diagnosis)\b"
)
_CONCLUDING = any_case(
    r"(?:to our knowledge|it (?:would )?(?:seems?|appears?) that|taken together|(?:our|these|the present) (?:data|findings"
    r"|results|observations)|in (?:conclusion|summary)"
    r"|we conclude|thus|therefore|hence|overall,|collectively)\b",
)


_ABSENT_BEFORE = any_case(
    r"\b(?:no|neither(?! (?:arm|group|cohort|of the|one)\b)|nor|without(?: any)?|never|at no (?:time|point)|in no (?:patient|case"
    r"|instance|animal|mouse)|nothing like"
    r"|not a single (?:case|instance|episode) of)"
    r"(?: [\w-]+){0,4}? ?$"
)


#: "|No clear| adverse effects associated with the infusion were observed": nothing but its own adjectives parts it from its "no".
_NO_RIGHT_BEFORE = any_case(
    r"\bno (?:(?!(?:difference|change|increase|decrease|effect|improvement|reduction|rise|fall|association|correlation|relation\w*"
    r"|significant|statistical\w*|evidence|other|more|fewer|less|further)\b)[\w-]+ ){0,2}$"
)


_WAS_SEEN = any_case(
    r"(?: (?:\w+ly )?(?:associated|related|attribut\w+|due|linked|ascribed|caused|traced)\b[^,;.]{0,50}?)?"
    r" (?:was|were|could be) (?:\w+ly )?"
    r"(?:observed|seen|noted|found|recorded|reported|detected|documented|encountered)\b"
)


_ABSENT_AFTER = re.compile(
    r"^[^;.]{0,60}?\b(?:absent|lacking|(?:not|never) (?:be |been )?(?:observed|seen|detected|detectable|reported|recorded|noted|found|occur"
    r"|encountered|met with|identified|documented|diagnosed|registered|arise|appear|develop|emerge|recur|ensue|supervene|flare)"
    r"|failed to (?:occur|appear|develop|recur|emerge)|(?:was|were) (?:ruled out|excluded)"
    r"|(?:came|come) to light)\b",
)


_OCCURRED = any_case(
    rf"\b(?:observed|seen|detected|reported|recorded|noted|met|found|encountered|identified|registered|came|attributed|related|caused"
    rf"|traced|{HAD}"
    rf"|{BEFELL}|{FARED})\b"
)


_PURPOSE = any_case(r"\b(?:to|can|could|may|might|would|should|will|must|whether|if|of|for)(?: \w+ly)? $")


_FREQUENT = any_case(
    r"\b(?:was|were|proved) (?:the )?(?:(?!more|less)\w+ )?(?:frequent|common(?:est)?|most (?:common|frequent)|rare|uncommon|infrequent"
    r"|few|many"
    r"|numerous|the (?:rule|exception)|occasional)\b(?! as\b)"
    r"|\b(?:seen|met with|reported|noted|recorded|encountered) most (?:often|frequently)\b"
)
_MOST_COMMON = re.compile(
    r"\b(?:most (?:common|frequent)(?:ly)?|main|leading|chief|commonest|principal|predominant)\b[^.;]*\b(?:was|were|included|being)\b",
)
#: "Infections were common: sepsis in 3, …": the details are the result.
_DETAILED = any_case(r"^[^.;:]{0,60}: .*\d")
#: "Interferon declined and TNF |likewise|".
_LIKEWISE_AFTER = any_case(r" (?:likewise|similarly|too|as well|did (?:so )?too)(?=[.,;]|$)")
#: Too vague to be a result without a number.
_VAGUE = frozenset({"safety", "treatment outcome", "prognosis", "efficacy"})
_MODAL = any_case(
    r"\b(?:may|might|should|would|could(?! be (?:\w+ed|cut|withdrawn)\b))\b(?! (?:be|have been) (?:shown|seen|found"
    r"|demonstrated))[^.;]{0,35}$"
)
_FOUND_TO = any_case(r"\b(?:found|shown|proved|proven|failed|seen|observed|demonstrated|led|tended)(?: to)(?: \w+ly)? $")


_MOVED = (CueKind.UP, CueKind.DOWN, CueKind.BETTER, CueKind.WORSE, CueKind.FASTER, CueKind.SLOWER)


def is_result(scene: Scene) -> bool:
    """True when the sentence may report a result of this study."""
    if scene.role in (SectionLabel.BACKGROUND, SectionLabel.OBJECTIVE, SectionLabel.METHODS):
        return False
    if scene.role is SectionLabel.CONCLUSIONS or _CONCLUDING.match(scene.sentence):
        has_figures = any(n.kind not in _IN_WORDS for n in scene.numbers) or scene.ratios or scene.probabilities
        return bool(has_figures and scene.outcomes)
    return bool(scene.outcomes) and _NOTHING_KNOWN.search(scene.sentence) is None


def is_baseline(scene: Scene) -> bool:
    """True when the sentence describes patients before the intervention, not what became of it since."""
    match = _BASELINE.search(scene.sentence)
    return match is not None and _FROM_BASELINE.search(scene.sentence) is None


def went_before(scene: Scene, outcome: OutcomeMention) -> bool:
    """True for what the clause tells of the time until treatment."""
    clause = scene.clauses[scene.clause(outcome.start)]
    return _UNTIL_THEN.search(scene.text, clause.start, clause.end) is not None


def is_absent(scene: Scene, outcome: OutcomeMention) -> bool:
    """True for "no X occurred", "X was not seen", "neither X nor Y came to light"."""
    before, after = scene.text[scene.start : outcome.start], scene.text[outcome.end : scene.end]
    if _NO_RIGHT_BEFORE.search(before) is not None and _WAS_SEEN.match(after) is not None:
        return True
    home = scene.clauses[scene.clause(outcome.start)]
    told = between(scene.cues, home.start, home.end)
    covered = any(c.kind is CueKind.SAME and not c.text.lower().startswith(("neither", "nor ")) for c in told)
    if covered or before.endswith("other ") or outcome.family is Family.QUANTITY:
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


def is_frequent(scene: Scene, outcome: OutcomeMention) -> bool:
    """True for "X and Y were frequent", "the most common adverse events were X and Y": reported without a number."""
    if outcome.is_weak or outcome.family is not Family.EVENT or outcome.label in ("adverse event", "serious adverse event", "toxicity"):
        return False
    clause = scene.clauses[scene.clause(outcome.start)]
    if any(c.kind is CueKind.SAME for c in between(scene.cues, clause.start, clause.end)):
        return False
    if _DETAILED.search(scene.text, outcome.end, scene.end):
        return False
    return (
        _FREQUENT.search(scene.text, outcome.end, clause.end) is not None
        or _MOST_COMMON.search(scene.text, clause.start, outcome.start) is not None
    )


#: "If symptoms improved", "patients whose symptoms improved": conditions and groups.
_SUPPOSED = any_case(r"\b(?:if|when|once|until|unless|after|before|who|whose|that|which|as soon as|in case)\b[^,;]{0,40}$")


def is_stated(scene: Scene, outcome: OutcomeMention) -> bool:
    """True for "the infusions were well tolerated", "blood counts recovered": the verb alone tells it, no number needed."""
    clause = scene.clauses[scene.clause(outcome.start)]
    before = scene.text[clause.start : outcome.start]
    return outcome.is_statement and _MODAL.search(before) is None and _SUPPOSED.search(before) is None


def speaks_of(scene: Scene, outcome: OutcomeMention) -> Cue | None:
    """The cue that makes a bare mention a result, or None: stated as fact, close to the outcome, no purpose."""
    cue = governing_cue(scene, outcome) or association(scene, outcome)
    if cue is None or cue.kind is CueKind.SIGNIFICANT:
        return None
    if outcome.label in _VAGUE and not (cue.kind is CueKind.SAME and outcome.end <= cue.start):
        return None
    if cue.text.lower() == "neither" and "other " in scene.text[max(scene.start, outcome.start - 12) : outcome.start]:
        return None
    before = scene.text[max(scene.start, cue.start - 40) : cue.start]
    if (_PURPOSE.search(before) and not _FOUND_TO.search(before) and cue.is_verb) or _MODAL.search(before):
        return None
    follows_suit = _LIKEWISE_AFTER.match(scene.text, outcome.end, scene.end) is not None or (
        re.match(r",? (?:as|and so) (?:did|was|were)\b", scene.text[scene.clauses[scene.clause(outcome.start)].start : outcome.start])
        is not None
    )
    if outcome.is_weak and not follows_suit and not _is_close(scene, outcome, cue):
        return None
    return cue


def _is_close(scene: Scene, outcome: OutcomeMention, cue: Cue) -> bool:
    if cue.end <= outcome.start:
        return names_later(scene, cue, outcome) or is_attributive(scene, cue, outcome) or shares_cue(scene, cue, outcome)
    others = [o for o in scene.outcomes if outcome.end <= o.start and o.end <= cue.start]
    nearest = others[-1].end if others else outcome.end
    gap = re.sub(r", (?:by contrast|in contrast|however|conversely|on the other hand|in turn|moreover),", "", scene.gap(nearest, cue.start))
    return len(gap) <= 30 and not re.search(r"[,;:()]", gap)
