"""The sentence that shares people out between two arms, where neither title nor aim has named them.

In: text and its terms. Out: the two phrases in the order printed, as in "40 received MSCs plus prophylaxis and 38 prophylaxis only",
"conditioning was busulfan-based in 60 patients and treosulfan-based in 58", "randomized to 2 mg/kg or 1 mg/kg".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.any_case import any_case
from kg.extract.findings.arm_order import leads
from kg.extract.findings.arm_words import CONTROL_GROUP, CONTROL_LIKE, IN_PLACE_OF
from kg.extract.findings.comparisons import GIVEN_KINDS, Side, sides_of, term_key
from kg.extract.findings.side_names import amount_of
from kg.extract.numbers.numerals import WORD_NUMBER
from kg.model import Span, Term, TermKind

_SIZE = rf"(?:the (?:other|remaining|first|next|last|latter|former|subsequent) (?:\d+|{WORD_NUMBER}|half)|\d[\d,]*|{WORD_NUMBER}|half)"
_WHO = (
    r"(?:,? (?:of (?:them|whom|these|those|the (?:\d+ )?\w+)|patients|recipients|children|adults|mice|animals|rats|cases|transplants|others"
    r"|consecutive patients))?"
)
_GOT = (
    r"(?:had|received|got|underwent|took|drew"
    r"|(?:were |was |been |to be )?(?:given|treated with|managed with|transplanted (?:with|from|after)"
    r"|infused with|injected with|conditioned with|prepared with|offered|assigned to|allocated to|allotted to|randomi[sz]ed to|put on"
    r"|kept on|started on)|began with|started (?:on|with)|went (?:\w+ )?to|proceeded to|continued(?: on| with)?)"
)
_THINGS = r"[^.;:()%]{2,80}?"
_AND = r"(?:(?: \([^()]*\))?[,;]? (?:and|while|whereas|whilst|but|against|versus) |(?: \([^()]*\))?[;,] )"
_END = r"(?=(?: \([^()]*\))?(?:[.;:]|, (?:and|all|both|each|with|from|in|at|who|which)\b|$))"
_PATTERNS = (
    any_case(
        rf"\b{_SIZE}{_WHO} (?:had )?{_GOT} (?P<a>{_THINGS}){_AND}{_SIZE}{_WHO}(?: (?:had )?{_GOT}| to| with| on| from)? "
        rf"(?P<b>{_THINGS}){_END}"
    ),
    any_case(
        rf"(?:^|[.;:,] )(?P<a>[^.;:,()%]{{2,90}}?) in {_SIZE}{_WHO}(?:, | )(?:and|while|whereas|but|against) (?P<b>{_THINGS}) in {_SIZE}"
        rf"{_WHO}{_END}"
    ),
    any_case(
        rf"\b(?:randomi[sz]ed|assigned|allocated|allotted|divided|injected|infused|treated)\b[^.;:,]{{0,30}}? (?:to|between|with) "
        rf"(?:either )?(?P<a>{_THINGS}),? (?:or|versus) (?:to |with )?(?P<b>{_THINGS}){_END}"
    ),
)
_SUFFERED = (TermKind.CONDITION, TermKind.OUTCOME)
#: What is done or chosen, where the vocabulary knows no word of the phrase.
_DONE = any_case(r"\b(?:donors?|grafts?|infus\w+|inject\w+|conditioning|prophylaxis|regimen|mg/kg|cells/kg)\b")
#: A third arm within a phrase: "MUD |and 315 a haplo|".
_THIRD = re.compile(r"(?:\band|,) (?:the other |the )?\d{2,}(?! ?(?:mg|µg|g|Gy|×|x)\b)")
#: What a text says that sets two arms against each other.
_COMPARES = any_case(r"\bp ?[=<>≤]|\b(?:versus|vs|than|respectively|as against|counterparts?)\b|\bcompar|\bdiffer")
_LACKS = any_case(r"\b(?:only|alone|no|none|neither|nothing|without|not|unaccompanied)\b")
_ADDS = any_case(r"\b(?:as well|also|too|in addition|plus|added|together with|on top|besides|supplement\w*)\b|\+")


@dataclass(frozen=True, slots=True)
class Allocation:
    """The two arms, the intervention first; ``is_control_first`` when the text tells them the other way round."""

    sides: tuple[Side, Side]
    is_control_first: bool


def find_allocation(title: str, text: str, terms: Sequence[Term], given: Sequence[Term]) -> Allocation | None:
    """The first sentence that shares people out; ``given`` are the terms of the intervention, known from elsewhere."""
    for one, two in _candidates(text) if _COMPARES.search(text) is not None else ():
        inside = [t for t in terms if one.start <= t.start and t.end <= two.end]
        is_given = any(t.kind in GIVEN_KINDS for t in inside) or _DONE.search(text, one.start, two.end) is not None
        if is_given and not any(t.kind in _SUFFERED and not text.startswith(("prophylaxis", "-"), t.end + 1) for t in inside):
            phrases = text[one.start : one.end], text[two.start : two.end]
            sides = sides_of(*phrases, text, terms)
            names = frozenset(term.text.lower() for term in given)
            first = _first_is_tested(*phrases, names)
            if first is None:
                first = leads(*((*side.names, side.label) for side in sides), title=title, text=text)
            tested, other = sides if first else (sides[1], sides[0])
            if _names_one_of(names, phrases[0 if first else 1]):
                tested = Side(given[0].label, frozenset(term_key(term) for term in given), ())
            phrase = phrases[1 if first else 0]
            if _LACKS.search(phrase) is not None and _LACKS.search(other.label) is None:
                other = replace(other, label=phrase)
            return Allocation((tested, other), is_control_first=not first)
    return None


def _names_one_of(names: Iterable[str], phrase: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}", phrase.lower()) is not None for name in names)


def _candidates(text: str) -> Iterator[tuple[Span, Span]]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if "%" not in match.group() and _THIRD.search(match["a"]) is None and _THIRD.search(match["b"]) is None:
                yield Span(start=match.start("a"), end=match.end("a")), Span(start=match.start("b"), end=match.end("b"))


def _first_is_tested(one: str, two: str, given: frozenset[str]) -> bool | None:
    """By a word of control, by what is added, by the name of the intervention, by the dose; None where nothing tells."""
    replaces = [IN_PLACE_OF.search(side) is not None for side in (one, two)]
    if replaces[0] != replaces[1]:
        return replaces[0]
    usual = [CONTROL_GROUP.search(side) is not None or _LACKS.search(side) is not None for side in (one, two)]
    if usual[0] != usual[1]:
        return usual[1]
    adds = [_ADDS.search(side) is not None for side in (one, two)]
    if adds[0] != adds[1]:
        return adds[0]
    named = [_names_one_of(given, side) for side in (one, two)]
    if named[0] != named[1]:
        return named[0]
    plain = [CONTROL_LIKE.search(side) is not None for side in (one, two)]
    if plain[0] != plain[1]:
        return plain[1]
    doses = amount_of(one), amount_of(two)
    return None if doses[0] is None or doses[1] is None or doses[0] == doses[1] else doses[0] > doses[1]
