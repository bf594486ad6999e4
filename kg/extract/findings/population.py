"""The part of the participants that one finding is about: "in children", "among patients with liver involvement".

The whole study population, the arms, the outcome itself and the sides of a contrast ("in children than in adults") are no parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.findings.draft import Draft
from kg.extract.findings.governing import governing_cue
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.scene import Number, Scene

_PERSON = r"(?:patients|children|adults|adolescents|recipients|those|participants|subjects|individuals|cases|ones|mice|animals)"
_SET = r"(?:subgroups?|subsets?|group|cohort)"
_VERB = (
    r"(?:was|were|had|has|have|is|are|did|rose|fell|showed|reached|achieved|responded|survived|died|remained|occurred|receiv\w+|treated"
    r"|given)"
)
_STOP = rf"(?=[,;:(.%]|$| (?:{_VERB}|and|but|or|than|vs|versus|compared|while|at|by|on|after|in|the|who|from|with|respectively)\b| \d)"
_GVHD = r"(?:G[Vv]HD|graft[- ]versus[- ]host disease)"
_MARKED = r"[\w/-]+-(?:refractory|dependent|resistant|na[iï]ve|positive|negative|risk)|relapsed/refractory"

#: What names a part; the group holds the words that are kept.
_PARTS = (
    rf"(?:{_PERSON}|{_SET}) (?:with|having|who had) ((?:[^,;:()%]){{2,60}}?){_STOP}",
    rf"(?:{_PERSON}|{_SET}) (without [^,;:()%]{{2,60}}?){_STOP}",
    rf"({_PERSON} (?:whose|in whom) [^,;:()%]{{4,60}}?)(?=[,;:(.]|$| \d)",
    rf"({_PERSON} (?:aged|(?:younger|older) than|over|under) [^,;:()%]{{1,30}}?)(?=[,;:(.]|$| {_VERB}\b)",
    rf"({_MARKED}) (?:{_PERSON}|disease)\b",
    r"((?:complete |partial )?(?:non-?)?responders)\b",
    r"((?:those|patients) (?:who|that) (?:had (?:not )?|did not )?respond(?:ed)?)\b",
    rf"(children|adults|adolescents|infants|(?:pa?ediatric|adult|elderly|older|younger) {_PERSON})\b"
    r"(?! (?:with|without|whose|treated|given|receiving)\b)",
    rf"((?:late |classic )?(?:acute|chronic) (?:{_GVHD}|disease)|[ac]{_GVHD})\b(?!-)",
    rf"(grades? (?:[A-D]|I[IV]*|[1-4])(?:(?:[-–/]| and | to )(?:[A-D]|I[IV]*|[1-4]))?(?: (?:acute |a)?{_GVHD}| disease)?)(?![\w-])",
    r"((?!same\b|whole\b|other\b|entire\b)[\w-]+(?: [\w-]+){0,2}) (?:subgroup|subset|stratum)\b",
    r"((?!same\b|other\b|this\b)[\w-]+(?: [\w-]+){0,2} model|(?:first|second|third) trial|n?RCTs)\b",
)
_PART = "|".join(_PARTS)
_PHRASE = re.compile(rf"\b(?:in|among|for|within|of|with)(?: (?:the|a|an|those|all|our|\d+|only)){{0,2}} (?:{_PART})", re.IGNORECASE)
_SUBJECT = re.compile(rf"(?:(?:the|all) )?(?:{_PART}) (?=had\b|reached\b|showed\b|achieved\b)", re.IGNORECASE)
#: Between two sides of a contrast.
_THAN = r"\b(?:than|versus|vs\.?|compared (?:with|to)|rather than|as against|as in|between)"
_THAN_BEFORE = re.compile(rf"{_THAN}(?: that)? ?$")
_THAN_AFTER = re.compile(rf"[^.;%]{{0,25}}?{_THAN} (?:that )?(?:in|among|for|of|those|with)\b")
#: What does not tell one participant from another.
_NO_PART = re.compile(
    r"\b(?:evaluable|available|follow-up|treated|transplant\w*|median|both|either|MSCs?|complete data|infusions?|therapy|treatment"
    r"|prophylaxis|CI)\b|^(?:these|this|in vitro|animal|mouse|murine|the|our|a)\b",
    re.IGNORECASE,
)
_OPPOSITES = (("child", "adult"), ("ediatric", "adult"), ("acute", "chronic"), ("agvhd", "cgvhd"))
_ORGAN = re.compile(
    r"\b(?:(?:(?:upper|lower) )?(?:gastrointestinal|GI)(?: tract)?|skin|liver|gut|lungs?|eyes?|mouth|oral|ocular|musculoskeletal"
    r"|joints(?: and fascia)?)\b",
    re.IGNORECASE,
)
_ORGAN_AFTER = re.compile(rf"(?: \([^)]*\))? (?:in|of|for) (?:the )?(?P<organ>{_ORGAN.pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """A phrase that names a part, and the words of it that are kept."""

    start: int
    #: Where the kept words begin.
    first: int
    end: int
    words: str


def find_population(scene: Scene, draft: Draft) -> str | None:
    """The part named behind the number, else right before it, else at the head of its clause, else at the head of the sentence."""
    organ = _organ(scene, draft)
    if organ is not None:
        return organ
    clause = scene.clauses[scene.clause(draft.at)]
    parts = [part for part in _parts(scene) if _can_hold(scene, draft, part)]
    if any(_is_contrasted(scene, part) for part in parts if clause.start <= part.start < clause.end):
        return None
    numbers = [number for number, _ in draft.numbers]
    beside = [_beside(scene, number, parts) for number in numbers]
    if len(numbers) > 1 and any(beside[:-1]):
        return None  # each number has its own part: the parts are the sides
    if beside and beside[-1] is not None:
        return beside[-1].words
    heads = [part for part in parts if _is_head(scene, part, clause.start)] or [p for p in parts if _is_head(scene, p, scene.start)]
    if heads:
        return heads[0].words
    inside = [part for part in parts if draft.outcome.end <= part.start and part.end <= min((n.start for n in numbers), default=-1)]
    return inside[-1].words if len(inside) == 1 and not _compares(scene, draft) else None


def _parts(scene: Scene) -> Iterator[_Part]:
    """Phrases of the sentence that name a part, the part that is its subject first."""
    subject = _SUBJECT.match(scene.text, scene.start, scene.end)
    for match in (*([subject] if subject is not None else []), *_PHRASE.finditer(scene.text, scene.start, scene.end)):
        group = match.lastindex or 0
        yield _Part(match.start(), match.start(group), match.end(), re.sub(r"^(?:the|an?|their) ", "", match[group].strip()))


def _can_hold(scene: Scene, draft: Draft, part: _Part) -> bool:
    """False for the arms, the outcome itself and the participants of the whole study."""
    if _NO_PART.search(part.words) or any(m.start < part.end and part.start < m.end for m in scene.arms):
        return False
    if draft.outcome.start < part.end and part.start < draft.outcome.end:
        return False
    if scene.text[part.start : part.start + 3].lower() in ("of ", "in ") and _is_counted(scene, draft, part):
        return False
    return not _is_everyone(scene, part.words)


def _is_counted(scene: Scene, draft: Draft, part: _Part) -> bool:
    """True for an event that is listed among the outcomes: "no difference in acute GVHD or relapse"."""
    named = [o for o in scene.outcomes if part.first <= o.start and o.end <= part.end and not o.is_weak]
    return bool(named) and draft.outcome.family not in (Family.RESPONSE, Family.SURVIVAL)


def _is_everyone(scene: Scene, words: str) -> bool:
    """True when the paper took in nobody else: no opposite is printed, or its opening says the same of the participants."""
    low, text = words.lower(), scene.text.lower()
    for one, other in (*_OPPOSITES, *(pair[::-1] for pair in _OPPOSITES)):
        if one in low:
            return other not in text
    opening = text[: min(scene.start, len(text) // 3)]
    return re.search(rf"(?<![\w-]){re.escape(low)}(?![\w-])", opening) is not None


def _is_contrasted(scene: Scene, part: _Part) -> bool:
    """True for a side of a contrast: "in children than in adults"."""
    before, after = scene.text[scene.start : part.start], scene.text[part.end : scene.end]
    return _THAN_BEFORE.search(before) is not None or _THAN_AFTER.match(after) is not None


def _is_head(scene: Scene, part: _Part, start: int) -> bool:
    """True when the part opens a clause, a connective aside."""
    return start <= part.start and re.fullmatch(r"[;,]? ?(?:[\w-]+,? ){0,2}", scene.text[start : part.start]) is not None


def _beside(scene: Scene, number: Number, parts: list[_Part]) -> _Part | None:
    """The part right behind a number, "78% in children", else right before it, "in children 78%"."""
    for part in parts:
        if (
            re.fullmatch(r"(?: \([^)]*\))?,? ?(?:of the patients )?", scene.text[number.end : max(part.start, number.end)])
            and part.start >= number.end
        ):
            return part
    for part in parts:
        if part.end <= number.start and re.fullmatch(r",? (?:\(|it was |was )?", scene.text[part.end : number.start]):
            return part
    return None


def _compares(scene: Scene, draft: Draft) -> bool:
    """True when sides are compared, the part perhaps being one of them."""
    return draft.is_bare or len(draft.numbers) != 1 or draft.ratio is not None or governing_cue(scene, draft.outcome, draft) is not None


def _organ(scene: Scene, draft: Draft) -> str | None:
    """Where responses are told organ by organ, the organ that the number belongs to."""
    organs = list(_ORGAN.finditer(scene.text, scene.start, scene.end))
    if (
        draft.outcome.family is not Family.RESPONSE
        or len(draft.numbers) != 1
        or len(organs) < 2
        or draft.outcome.start == organs[0].start()
    ):
        return None
    number = draft.numbers[0][0]
    behind = _ORGAN_AFTER.match(scene.text, number.end, scene.end)
    if behind is not None:
        return behind["organ"]
    before = [o for o in organs if o.end() <= number.start]
    if not before or any(before[-1].end() <= n.start < number.start for n in scene.numbers) or number.start - before[-1].end() > 60:
        return None
    return before[-1].group()
