"""How many people each of two arms has, where the text sets the two numbers side by side.

In: material. Out: the two counts, intervention first. Arms are printed in few ways: with "n =" behind each name ("MSC (n = 40), control
(n = 37)"), as a list that shares its verb or its noun ("52 had C-DLI and 15 G-DLI", "23 received thawed and 21 fresh cells"), and as a
group set against its controls ("14 children … compared with 47 historical patients"). Numbers of those with an event look the same; so
a pair counts only if its sentence says that something was given or to which group people belonged, and none of the two is an event.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.facts.material import Hit, Material
from kg.extract.facts.people_counts import EQUALS, NUMBER, PEOPLE, WORD, number_of, parse_people
from kg.extract.facts.wording import wording
from kg.model import ArmCounts, Fact, SectionLabel, Span, TermKind

_GROUP = r"(?:group|arm|cohort|series|stratum)s?"
_GIVEN = (
    r"(?:received|underwent|got|took|had(?! (?:a |an )?(?:\w+ )?(?:response|relapse|remission)s?\b)|(?:were|was"
    r"|had been) (?:\w+ ){0,2}?(?:given"
    r"|assigned|allocated|randomi[sz]ed|treated|transplanted|infused|grafted|in|on)|(?:randomly )?(?:assigned|allocated|given)|given"
    r"|treated|receiving|to(?! \d)|on|with|without|in)"
)
#: What follows a number that is no count of people.
_NO_PEOPLE = (
    r"(?! ?%| ?[×x] ?10| ?/| ?(?:mg|kg|µg|g|Gy|IU|mL|cells|days?|weeks?|months?|years?|hours?|cent(?:er|re)s|hospitals|sites|studies"
    r"|trials|doses?|infusions?|lines?|times|units?|events|deaths|or more|to \d)\b|[-–.,]\d)"
)
_FIRST = rf"(?<![\w.,^=≥≤<>/-])(?P<number_first>{NUMBER}){_NO_PEOPLE}"
_SECOND = rf"(?P<number_second>{NUMBER}){_NO_PEOPLE}"
_AND = r"(?:,? and|,? but|, |; |,? while|,? whereas|,? or|,? (?:vs\.?|versus)|,? compared (?:with|to)|,? as against|,? against) ?"
_LIST = wording(
    " and | versus | vs|, |; | while | whereas |against|compared| or ",
    rf"{_FIRST}(?: (?:of (?:them|these|whom)|others))?(?: {WORD}){{0,2}}?(?: {PEOPLE})?,? (?:who "
    rf"|that )?{_GIVEN}\b(?P<first>(?:(?!\b\d+(?! ?mg)\b|of (?:whom|which|them|these)\b)[^.;]|\([^()]*\)){{1,110}}?)"
    rf"(?:\)|\]|\b|(?<=\))){_AND}(?:(?:the|of the) )?(?:other |remaining |another |those of the "
    rf"|that of )?{_SECOND}(?P<second> [^.;]{{2,90}})",
)
_BESIDE = wording(
    " and ",
    rf"{_FIRST} and {_SECOND} (?P<noun>{PEOPLE}),? [^.;]{{0,60}}\b(?:(?:two|both) (?:{_GROUP})|respectively|(?:{_GROUP}))\b",
)
_AGAINST = wording(
    "compar|match|against|beside|with|by| of | and ",
    rf"{_FIRST}(?: {WORD}){{0,3}}? {PEOPLE}\b[^;]{{0,260}}?\b(?:compar\w+ (?:with|to|against)|matched [^.;]{{0,12}}?with|against|beside"
    rf"|that of|those of|with|by|and) (?:the |an? )?(?:\w+ ){{0,3}}?{_SECOND}(?P<second>(?: (?:\w+[ -]){{0,3}}?(?:{PEOPLE}"
    rf"|controls))\b[^.;]{{0,60}})",
)
_ALLOCATED = any_case(
    rf"\b(?:assign\w+|allocat\w+|randomi\w+|randomly|by lot|received?|given|treated|underwent|undergo\w*|infus\w+|transplant\w*"
    rf"|{_GROUP}|cohorts?|prophylaxis|regimen|therapy|graft\w*)\b",
)
_CONTROL = any_case(
    r"\b(?:controls?|placebo|alone|without|standard|conventional(?:ly)?|observation|no (?:treatment|MSCs?|cells|prophylaxis|infusions?|ATG)"
    r"|none|neither|untreated|historical|best available|BAT|vehicle|saline|did not|non-?MSC|itself|by themselves|preceded|only"
    r"|unmanipulated|reference|comparison|usual care|not given)\b",
)
_EVENT = any_case(
    r"^[^,.;]{0,30}\b(?:died|deaths?|relaps\w+|develop\w+|respon\w+|surviv\w+|alive|engraft\w+|remission|reject\w+|had (?:grade"
    r"|acute|chronic))\b",
)
#: A second number that is what was left of the first.
_LEFT = re.compile(
    r"^ (?:of (?:them|these|whom) )?(?:were |was |could be |had )?(?:treated|analy|evalua|complet|includ|assess|eligib|transplanted as)"
)
_ARM_BEFORE = re.compile(r"[^(),;:.]{0,80}(?=\([^()]{0,12}$)")
_TREATMENTS = frozenset({TermKind.CELL_TYPE, TermKind.DRUG, TermKind.TRANSPLANT, TermKind.PROCEDURE, TermKind.TISSUE_SOURCE})
_ROLES = frozenset({SectionLabel.BACKGROUND, SectionLabel.OBJECTIVE, SectionLabel.METHODS, SectionLabel.RESULTS})


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: int
    hit: Hit
    #: True where the words of the second number, or only those of the first, are a control's.
    is_reversed: bool
    #: True when the words tell two arms apart, so that the number taken for the whole study may be one of them.
    is_sure: bool = True


def find_arm_sizes(material: Material, *, n: int | None, is_whole: bool) -> tuple[ArmCounts, Fact] | None:
    """The sizes of two arms; ``n`` is the number of participants found, which they make up; without ``is_whole`` it may be one of them."""
    pairs = [*_equations(material), *_listed(material), *_against(material)]
    fitting = [pair for pair in pairs if _fits(pair, n, is_whole=is_whole)]
    whole = next((pair for pair in fitting if pair.first + pair.second == n), None)
    nearly = next((pair for pair in fitting if n is not None and pair.first + pair.second < n), None)
    chosen = whole or nearly or next(iter(fitting), None)
    if chosen is None:
        return None
    sizes = (chosen.second, chosen.first) if chosen.is_reversed else (chosen.first, chosen.second)
    return ArmCounts(intervention=sizes[0], comparator=sizes[1]), chosen.hit.fact("n_arms", "arms-side-by-side")


def _fits(pair: _Pair, n: int | None, *, is_whole: bool) -> bool:
    """True when the arms make up the study, or one of them was taken for it, or the study's size is not known."""
    if min(pair.first, pair.second) < 2:
        return False
    total = pair.first + pair.second
    is_grown = (
        pair.is_sure and not is_whole and n in (pair.first, pair.second) and max(pair.first, pair.second) < 5 * min(pair.first, pair.second)
    )
    return n is None or n == total or is_grown or total < n <= 1.15 * total


def _equations(material: Material) -> Iterator[_Pair]:
    """Two "n =" of one sentence, each with the name of its arm before it."""
    by_sentence: dict[int, list[Hit]] = {}
    for hit in material.in_sentences(EQUALS, roles=_ROLES):
        by_sentence.setdefault(_sentence_start(material, hit), []).append(hit)
    for start, hits in by_sentence.items():
        if len(hits) != 2:
            continue
        text = material.paper.text
        names = [_ARM_BEFORE.search(text, max(start, (hit.start or 0) - 100), hit.start or 0) for hit in hits]
        told = ["" if name is None else name.group() for name in names]
        counts = [number_of(hit) for hit in hits]
        between = text[start : (hits[1].end or 0) + 60]
        if counts[0] is not None and counts[1] is not None and _ALLOCATED.search(between) is not None and not _are_diseases(material, hits):
            yield _Pair(counts[0], counts[1], hits[0], _is_reversed(told[0], told[1]))


def _are_diseases(material: Material, hits: list[Hit]) -> bool:
    """True for "aGVHD (n = 46) or late aGVHD (n = 30)": what the people had, not what they were given."""

    def names_disease(hit: Hit) -> bool:
        near = [term for term in material.terms if 0 <= (hit.start or 0) - term.end <= 4]
        return any(term.kind in (TermKind.CONDITION, TermKind.OUTCOME) for term in near)

    return all(names_disease(hit) for hit in hits)


def _listed(material: Material) -> Iterator[_Pair]:
    hits = [again for hit in material.in_sentences(_LIST, roles=_ROLES) for again in _overlapping(material, hit)]
    for hit in (*hits, *material.in_sentences(_BESIDE, roles=_ROLES)):
        groups = hit.match.groupdict()
        first, second = groups.get("first") or "", groups.get("second") or ""
        counts = _counts(hit)
        sentence = _sentence(material, hit)
        if (
            counts is None
            or _ALLOCATED.search(sentence) is None
            or _EVENT.search(first) is not None
            or _EVENT.search(second) is not None
            or _LEFT.match(second)
        ):
            continue
        if "noun" in groups or _names_treatment(material, hit):
            yield _Pair(*counts, hit, _is_reversed(first, second), is_sure=_tells_arms_apart(first, second) or _is_gapped(material, hit))


def _overlapping(material: Material, hit: Hit) -> Iterator[Hit]:
    """The list that was found, and those that begin with its second number: "112 patients, 56 to A and 56 to B"."""
    yield hit
    at, span = hit.match.start("number_second"), _span(material, hit)
    while span is not None and (match := _LIST.pattern.search(material.paper.text, at, span.end)) is not None:
        yield Hit(hit.origin, match, match.start(), match.end(), hit.role)
        at = match.start("number_second")


def _against(material: Material) -> Iterator[_Pair]:
    for hit in material.in_sentences(_AGAINST, roles=_ROLES):
        counts, second = _counts(hit), hit.match.group("second")
        if counts is None or _CONTROL.search(second) is None or _EVENT.search(second) is not None:
            continue
        rest = counts[0] - counts[1]
        if rest > 1 and re.search(rf"\b{rest}\b", _sentence(material, hit)) is not None:
            counts = (rest, counts[1])  # the first is both together
        yield _Pair(*counts, hit, is_reversed=False)


def _counts(hit: Hit) -> tuple[int, int] | None:
    numbers = [parse_people(hit.match.group(name)) for name in ("number_first", "number_second")]
    return None if numbers[0] is None or numbers[1] is None else (numbers[0], numbers[1])


def _is_reversed(first: str, second: str) -> bool:
    return _CONTROL.search(first) is not None and _CONTROL.search(second) is None


def _tells_arms_apart(first: str, second: str) -> bool:
    """True when one side is a control, or both are called groups."""
    groups = [re.search(rf"\b{_GROUP}\b", side) is not None for side in (first, second)]
    controls = [_CONTROL.search(side) is not None for side in (first, second)]
    return all(groups) or controls[0] != controls[1]


def _is_gapped(material: Material, hit: Hit) -> bool:
    """True when both share one verb and one noun, and something to be given stands behind each: "101 patients had A and 48 B"."""
    if "second" not in hit.match.groupdict() or _PEOPLE.search(hit.match.group()) is None:
        return False
    is_verbless = _VERB_FIRST.match(hit.match.group("second")) is None
    sides = [(hit.match.start(name), min(hit.match.end(name), hit.match.start(name) + 50)) for name in ("first", "second")]
    given = [any(t.kind in _TREATMENTS and start <= t.start < end for t in material.terms) for start, end in sides]
    return is_verbless and all(given)


_PEOPLE = any_case(rf"\b{PEOPLE}\b")
_VERB_FIRST = re.compile(r"^ (?:were|was|had|have|did|did|received|underwent|died|of|patients|children|in whom)\b")


def _names_treatment(material: Material, hit: Hit) -> bool:
    """True when a group, a control or something to be given stands behind either number."""
    start, end = hit.start or 0, hit.end or 0
    said = hit.match.group("first") + hit.match.group("second")
    is_group = re.search(rf"\b{_GROUP}\b", said) is not None or _CONTROL.search(said) is not None
    return is_group or any(term.kind in _TREATMENTS and start <= term.start < end for term in material.terms)


def _sentence_start(material: Material, hit: Hit) -> int:
    span = _span(material, hit)
    return 0 if span is None else span.start


def _sentence(material: Material, hit: Hit) -> str:
    span = _span(material, hit)
    return "" if span is None else material.paper.text[span.start : span.end]


def _span(material: Material, hit: Hit) -> Span | None:
    return next((span for span, _ in material.sentences if span.start <= (hit.start or 0) < span.end), None)
