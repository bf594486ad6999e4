"""The part of the participants that one finding is about: "in children", "among patients with liver involvement".

The whole study population, the arms, the outcome itself and the sides of a contrast ("in children than in adults") are no parts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.findings.draft import Draft
from kg.extract.findings.governing import governing_cue
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.scene import Scene, follows_as_arm

_PERSON = r"(?:patients|children|adults|adolescents|recipients|those|participants|subjects|individuals|cases|ones|mice|animals|experiments)"
_SET = r"(?:subgroups?|subsets?|group|cohort)"
_VERB = r"(?:was|were|had|has|have|is|are|did|rose|fell|showed|reached|achieved|responded|survived|died|remained|receiv\w+|treated|given)"
_STOP = rf"(?=[,;:(.%]|$| (?:{_VERB}|and|but|or|than|vs|versus|compared|while|also|at|by|on|after|in|the|who|from|with)\b| \d)"
_GVHD = r"(?:G[Vv]HD|graft[- ]versus[- ]host disease)"
_MARKED = r"[\w/-]+-(?:refractory|dependent|resistant|na[iï]ve|positive|negative|risk)|relapsed/refractory"
_GRADE = r"(?:[A-D]|I[IV]*|[1-4])"

#: What names a part; the one group of each holds the words that are kept.
_PARTS = (
    rf"(?:{_PERSON}|{_SET}) (?:with|having|who had) ([^,;:()%]{{2,60}}?){_STOP}",
    rf"(?:{_PERSON}|{_SET}) (without [^,;:()%]{{2,60}}?){_STOP}",
    rf"({_PERSON} (?:whose|in whom) [^,;:()%]{{4,60}}?)(?=[,;:(.]|$| \d)",
    rf"({_PERSON} (?:aged|(?:younger|older) than|over|under) [^,;:()%]{{1,30}}?)(?=[,;:(.]|$| {_VERB}\b)",
    rf"({_MARKED}) (?:{_PERSON}|disease)\b",
    r"((?:complete |partial )?(?:non-?)?responders)\b",
    r"((?:those|patients) (?:who|that) (?:had (?:not )?|did not )?respond(?:ed)?)\b",
    rf"(children|adults|adolescents|infants|(?:pa?ediatric|adult|elderly|older|younger) {_PERSON})\b"
    r"(?! (?:with|without|whose|treated|given|receiving)\b)",
    rf"((?:late |classic )?(?:acute|chronic) (?:{_GVHD}|disease)|[ac]{_GVHD})\b(?!-)",
    rf"(grades? {_GRADE}(?:(?:[-–/]| and | to ){_GRADE})?(?: (?:acute |a)?{_GVHD}| disease)?)(?![\w-])",
    r"((?!same\b|whole\b|other\b|entire\b|the\b)[\w-]+(?: [\w-]+){0,2}) (?:subgroup|subset|stratum)\b",
    r"((?!same\b|other\b|this\b|the\b|an?\b)[\w-]+(?: [\w-]+){0,2} model|(?:first|second|third)(?: trial| study|(?= \())|n?RCTs)\b",
)
_PART = "|".join(_PARTS)
_PHRASE = any_case(rf"\b(?:in|among|for|within|of|with|turning to)(?: (?:the|a|an|those|all|our|\d+|only)){{0,2}} (?:{_PART})")
_SUBJECT = any_case(rf"(?:(?:the|all) )?(?:{_PART}) (?=had\b|reached\b|showed\b|achieved\b|responded\b)")
_LABEL = any_case(rf"(?<=[(;] )(?:{_PART}): |(?<=\()(?:{_PART}): ")
#: Kinds of disease, which are outcomes as often as they are parts.
_DISEASE = any_case(rf"grades? |.*{_GVHD}|(?:acute|chronic) disease")
#: Between the sides of a contrast.
_THAN = r"\b(?:than|versus|vs\.?|compared (?:with|to)|rather than|as against|as in|between)"
_THAN_BEFORE = re.compile(rf"{_THAN}(?: that)? ?$")
_THAN_SHARE_BEFORE = re.compile(rf"{_THAN}(?: that)?(?: [\d.]+%?)? ?$")
_THAN_AFTER = re.compile(rf"[^.;%]{{0,25}}?{_THAN} (?:that )?(?:in|among|for|of|those|with)\b")
_OPENING = any_case(
    r"[;,]? ?(?:(?:and|but|whereas|while|whilst|however|likewise|similarly|also|notably|conversely|by contrast|in contrast|overall"
    r"|moreover|finally|here),? ){0,2}",
)
#: What does not tell one participant from another.
_NO_PART = any_case(
    r"\b(?:evaluable|available|follow-up|treated|transplant\w*|median|both|either|MSCs?|complete data|infusions?|therapy|treatment(?!-)"
    r"|prophylaxis|CI)\b|^(?:these|this|in vitro|animal|mouse|murine|the|our|a)\b",
)
#: Of each kind, what must be printed somewhere for it to be a part.
_OPPOSITES = {"child|ediatric": "adult", "adult": "child|ediatric", "acute|agvhd": "chronic|cgvhd| late ", "chronic|cgvhd": "acute|agvhd"}
_ORGAN = any_case(
    r"\b(?:(?:(?:upper|lower) )?(?:gastrointestinal|GI)(?: tract)?|skin|liver|gut|lungs?|eyes?|mouth|oral|ocular|musculoskeletal"
    r"|joints(?: and fascia)?)\b",
)
_ORGAN_AFTER = any_case(rf"(?: \([^)]*\))? (?:in|of|for) (?:the )?(?P<organ>{_ORGAN.pattern})")


@dataclass(frozen=True, slots=True)
class _Part:
    """A phrase that names a part, and the words of it that are kept."""

    start: int
    end: int
    words: str


def find_population(scene: Scene, draft: Draft) -> str | None:
    """The part named right beside what is printed, else at the head of the clause or of the sentence, else before the number."""
    organ = _organ(scene, draft)
    if organ is not None:
        return organ
    named = [part for part in _parts(scene, draft) if _can_hold(scene, draft, part)]
    told = {part.words.lower() for n in scene.numbers if (part := _behind(scene, n.end, named) or _before(scene, n.start, named))}
    parts = named if len(told) > 1 else [part for part in named if not _is_everyone(scene, part.words)]
    clause = scene.clauses[scene.clause(draft.at)]
    if _has_sides(scene, draft, [part for part in parts if clause.start <= part.start < clause.end]):
        return None
    chosen = _printed_with(scene, draft, parts) or _heading(scene, parts, clause.start) or _on_the_way(scene, draft, parts)
    return chosen.words if chosen is not None else None


def _parts(scene: Scene, draft: Draft) -> Iterator[_Part]:
    """Phrases of the sentence that name a part: its subject unless that is compared, after a preposition, as a label in brackets."""
    subject = None if _is_compared(scene, draft) else _SUBJECT.match(scene.text, scene.start, scene.end)
    named = (match for pattern in (_PHRASE, _LABEL) for match in pattern.finditer(scene.text, scene.start, scene.end))
    for match in (subject, *named):
        if match is not None and (own := _before_outcome(match, draft.outcome.start)) is not None:
            words = next(words for words in own.groups() if words is not None)
            yield _Part(own.start(), own.end(), re.sub(r"^(?:the|an?|their) ", "", words.strip()))


def _before_outcome(match: re.Match[str], outcome: int) -> re.Match[str] | None:
    """The phrase up to the outcome that follows without a comma: "in patients with gut involvement |survival was 61%"."""
    runs_on = match.start() < outcome < match.end() and not match.string.startswith(",", match.end())
    return match.re.match(match.string, match.start(), outcome - 1) if runs_on else match


def _is_compared(scene: Scene, draft: Draft) -> bool:
    """True when something other than one number is told of the outcome."""
    return len(draft.numbers) != 1 or draft.ratio is not None or governing_cue(scene, draft.outcome, draft) is not None


def _can_hold(scene: Scene, draft: Draft, part: _Part) -> bool:
    """False for the arms, for the outcome itself and for a disease that is counted, as in "a risk of acute GVHD"."""
    if _NO_PART.search(part.words) or any(m.start < part.end and part.start < m.end for m in scene.arms):
        return False
    if draft.outcome.start < part.end and part.start < draft.outcome.end:
        return False
    told_of = draft.outcome.family in (Family.RESPONSE, Family.SURVIVAL) and scene.text[part.start : part.start + 3].lower() != "of "
    return told_of or _DISEASE.match(part.words) is None


def _is_everyone(scene: Scene, words: str) -> bool:
    """True when the paper took in nobody else: no opposite is printed, or its opening third says the same of the participants."""
    low, text = words.lower(), scene.text.lower()
    for kind, opposite in _OPPOSITES.items():
        if re.search(kind, low):
            return re.search(opposite, text) is None
    opening = text[: min(scene.start, len(text) // 3)]
    return low in opening and re.search(rf"(?<![\w-]){re.escape(low)}(?![\w-])", opening) is not None


def _has_sides(scene: Scene, draft: Draft, parts: Sequence[_Part]) -> bool:
    """True when parts are compared: "in children than in adults", or one part for each number."""
    for part in parts:
        before = _THAN_SHARE_BEFORE if scene.text.startswith("of ", part.start) else _THAN_BEFORE
        if before.search(scene.text[scene.start : part.start]) or _THAN_AFTER.match(scene.text, part.end, scene.end):
            return True
    return len(draft.numbers) > 1 and _behind(scene, draft.numbers[0][0].end, parts) is not None


def _printed_with(scene: Scene, draft: Draft, parts: Sequence[_Part]) -> _Part | None:
    """The part right behind or before the numbers, the estimate and the P value of a draft."""
    if not draft.numbers and draft.ratio is None and not scene.arms:
        return None  # "response was better in children (P = .02)": a side, the other unsaid
    printed = [*(number for number, _ in draft.numbers), *(x for x in (draft.ratio, draft.probability) if x is not None)]
    behind = [_behind(scene, element.end, parts) for element in reversed(printed)]
    return next((part for part in (*behind, *(_before(scene, x.start, parts) for x in printed[:1])) if part is not None), None)


def _behind(scene: Scene, end: int, parts: Sequence[_Part]) -> _Part | None:
    """As in "78% in children" and "41% with MSCs in children", but not "78%, in children 50%"."""
    arm = next((m.end for m in scene.arms if follows_as_arm(scene, end, m)), end)
    gap = re.compile(r"(?: \([^)]*\))?\)?,? (?:of the patients |with it |without it )?")
    free = [part for part in parts if all(n.start != part.end + 1 for n in scene.numbers)]
    return next((part for part in free for place in (end, arm) if gap.fullmatch(scene.gap(place, part.start))), None)


def _before(scene: Scene, start: int, parts: Sequence[_Part]) -> _Part | None:
    """As in "in children 78%" and "(children: 78%)"."""
    gap = re.compile(r"(?:,? (?:\(|it was |was |where )?)?")
    return next((part for part in parts if part.end <= start and gap.fullmatch(scene.text[part.end : start])), None)


def _heading(scene: Scene, parts: Sequence[_Part], clause: int) -> _Part | None:
    """The part that opens the clause, else the sentence, a connective aside."""
    opened = (p for start in (clause, scene.start) for p in parts if start <= p.start and _OPENING.fullmatch(scene.text[start : p.start]))
    return next((p for p in opened if not scene.text.startswith(("of ", "Of "), p.start)), None)


def _on_the_way(scene: Scene, draft: Draft, parts: Sequence[_Part]) -> _Part | None:
    """The one part between an outcome and its only number: "response at day 28 in children was 60%"."""
    if _is_compared(scene, draft):
        return None
    inside = [p for p in parts if draft.outcome.end <= p.start and p.end <= draft.numbers[0][0].start]
    return inside[0] if len(inside) == 1 else None


def _organ(scene: Scene, draft: Draft) -> str | None:
    """Where responses are told organ by organ, the organ that the number belongs to."""
    organs = list(_ORGAN.finditer(scene.text, scene.start, scene.end))
    if draft.outcome.family is not Family.RESPONSE or len(draft.numbers) != 1 or len(organs) < 2:
        return None
    number = draft.numbers[0][0]
    bracket = scene.bracket(number.start)
    if bracket is not None and "respectively" in scene.text[slice(*bracket)]:
        return None
    behind = _ORGAN_AFTER.match(scene.text, number.end, scene.end)
    if behind is not None:
        return behind["organ"]
    before = [o for o in organs if o.end() <= number.start]
    if not before or number.start - before[-1].end() > 60 or any(before[-1].end() <= n.start < number.start for n in scene.numbers):
        return None
    return before[-1].group()
