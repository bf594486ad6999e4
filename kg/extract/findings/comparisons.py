"""The two sides that a title or an aim sets against each other, whether the vocabulary has names for them or not.

In: title, text and their terms. Out: two ``Side`` values, the intervention first, as in "umbilical cord versus bone marrow stem
cells", "tacrolimus or cyclosporine", "we compared marrow with blood", "two units in place of one", "7.5 or 10 mg/kg". A side keeps
what only it has: the words that both sides share name no arm.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.any_case import any_case, lowered
from kg.extract.facts.wording import wording
from kg.extract.findings.arm_order import leads
from kg.extract.findings.arm_words import CONTROL_GROUP, CONTROL_LIKE
from kg.extract.findings.groups import group_mentions
from kg.extract.findings.side_names import NO_NAMES, short_forms, spellings
from kg.model import Term, TermKind

GIVEN_KINDS = (TermKind.CELL_TYPE, TermKind.DRUG, TermKind.PROCEDURE, TermKind.TRANSPLANT)
_NO_ARMS = (TermKind.CONDITION, TermKind.OUTCOME, TermKind.BIOMARKER)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: label as printed, concepts and names by which sentences call it."""

    label: str
    concepts: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Two phrases of one source."""

    source: str
    one: str
    two: str
    end: int


_CHARACTER = r"(?:[^.;:?()\[\]]|\.(?=\d))"
_PHRASE = rf"(?:(?:either|both|the|an?) )?(?P<{{0}}>[A-Za-z0-9αβγ]{_CHARACTER}{{{{1,80}}}}?)"
_BRACKET = r"(?: \([^()]*\))?"
_ONE, _TWO = _PHRASE.format("a").replace("{{", "{").replace("}}", "}"), _PHRASE.format("b").replace("{{", "{").replace("}}", "}")
_STOPS = (
    r"in|for|as|after|before|on|at|by|with|among|during|from|when|who|that|which|to|of|and|or|until|through|while|each|both|added|given"
    r"|following|beside|over|under|using|between|regarding|compared|plus|together|alongside|was|were|is|are|did|had|can|should|may"
)
#: "90 recipients of |marrow", "those from |older siblings", "that of |controls": people and pronouns before the second thing.
_WHOSE = (
    r"(?:(?:\d[\d,]* )?(?:those|that|recipients|patients|transplants|ones|outcomes|mice|animals) (?:of|from|with|after|given|on|receiving"
    r"|who (?:received|had|got)|treated with|transplanted with) )?"
)
_END = rf"(?=,? (?:{_STOPS})\b|{_BRACKET}[.,;:?)]|{_BRACKET}$|{_BRACKET},? (?:{_STOPS})\b| \()"
_VERSUS = r"(?:versus|vs\.?|against|as against|compared (?:with|to)|in comparison (?:with|to)|as opposed to|relative to)"
_REPLACING = r"(?:instead of|in place of|in lieu of|rather than|in preference to|in exchange for)"
_REPLACES = (
    r"(?:(?:can|could|may|might|should|would|to|will|must) )?(?:(?:replac|displac|supersed|supplant)(?:e[sd]?|ing|s)?|take the place of)"
)
#: "89 |went straight to| haploidentical transplantation while 69 |began with| drugs".
_GOT = (
    r"(?:had|received|got|underwent|took|(?:were |was |been )?(?:given|treated with|managed with|transplanted with|infused with)"
    r"|began with|started (?:on|with)|went (?:\w+ )?to|proceeded to|chose)"
)
#: What a trial gives, with what stands against it: "oral microbiota capsules |or matching placebo".
_OR_CONTROL = re.compile(
    rf"\b(?:to|receiv\w+|given|got|took|had|either|of) {_ONE}{_BRACKET},? or (?:to )?(?:an? )?(?:matching |matched |identical )?"
    r"(?:placebo|no (?:treatment|prophylaxis|such)|nothing|saline|vehicle|PBS)\b"
)
_FORMS = frozenset(
    {
        "oral", "capsule", "capsules", "tablet", "tablets", "infusion", "infusions", "injection", "injections", "daily", "weekly",
        "monthly", "intravenous", "subcutaneous", "double", "blind", "single", "either", "matching", "active", "study", "doses",
        "treatment", "allogeneic",
    }
)  # fmt: skip
#: Wordings of an aim or an allocation, each with words without which it cannot match.
_IN_TEXT = tuple(
    wording(stems, pattern, heeds_case=True)
    for stems, pattern in (
        (
            "compar|contrast|weigh|set|pitted",
            rf"\b(?:[Cc]ompar(?:e|ing|isons? (?:of|between))|[Ww]e (?:\w+ )?compared|[Cc]ontrast(?:ed|ing|)|[Ww]eigh(?:ed|ing)?"
            rf"|[Ss]et(?:ting)?|[Pp]itted) {_ONE}{_BRACKET},? (?:with|to|and|{_VERSUS}|beside) {_WHOSE}{_TWO}{_END}",
        ),
        (
            "instead of|in place of|in lieu of|rather than|in preference to|in exchange for",
            rf"(?:^|[.:;?,] |\b(?:[Ww]hether|[Ii]f|that|infus\w+|giv\w+|us\w+|[Rr]eceiv\w+|and) ){_ONE}{_BRACKET} (?:\w+ )?{_REPLACING}"
            rf" {_WHOSE}{_TWO}{_END}",
        ),
        (
            "replac|displac|supersed|supplant|take the place of",
            rf"(?:^|[.:;?,] |\b(?:[Ww]hether|[Ii]f|that|[Ss]hould|[Cc]an|[Mm]ay) ){_ONE}{_BRACKET} {_REPLACES} {_WHOSE}{_TWO}{_END}",
        ),
        (
            "randomi|assigned|allo|divided|split|drew lots",
            rf"\b(?:randomi[sz]ed|assigned|allocated|allotted|divided|split|drew lots)\b[^.;:]{{0,40}}?\b(?:to|between|for|receiv\w+"
            rf"|into) {_ONE}{_BRACKET},? (?:or|and|{_VERSUS}) (?:to )?{_WHOSE}{_TWO}{_END}",
        ),
        (
            " or ",
            rf"\b(?:received|given|got|took|had|underwent|treated with|injected with"
            rf"|infused with) {_ONE}{_BRACKET},? or (?:with )?{_WHOSE}{_TWO}{_END}",
        ),
        (
            "compared",
            rf"(?:^|[.;,] )(?:[Hh]alf (?:got|had|received) )?{_ONE}{_BRACKET} (?:and|was|were|is) (?:\w+ )?(?:compared (?:with"
            rf"|to) )?{_WHOSE}{_TWO}"
            rf" were (?:\w+ )?compared\b",
        ),
        ("compared", rf"(?:^|[.;,] ){_ONE}{_BRACKET} (?:was|were|is) (?:\w+ )?compared (?:with|to) {_WHOSE}{_TWO}{_END}"),
        (
            "and|while|whereas|but",
            rf"\b\d+(?: \w+)?(?: of (?:whom|them))? {_GOT} {_ONE}{_BRACKET},? (?:and|while|whereas|but) (?:the (?:other"
            rf"|remaining) )?\d+(?: \w+)?"
            rf"(?: {_GOT})? {_TWO}{_END}",
        ),
        ("trial of|study of|comparison of", rf"\b(?:trial|study|comparison) of {_ONE}{_BRACKET},? (?:{_VERSUS}) {_WHOSE}{_TWO}{_END}"),
    )
)
_TITLE = (any_case(rf"(?<![\w-])(?:{_VERSUS}|{_REPLACING}|{_REPLACES})(?![\w-])"), re.compile(r"\bor\b"))
_TITLE_AND = re.compile(r"\band\b")
_COMPARES = any_case(r"\bcompar(?:ison|ing|ed|ative)\b")
_LEAD = re.compile(
    r"^.*\b(?:of|after|with|given|receiv\w+|got|had|between|using|by|at|whether|from|comparing|through|for|in|on|to|into|should|can"
    r"|does|do|may|is|are)\s+(?=\S)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^\d[\d,]* (?!\S*g\b|\S*g/|Gy|units?\b|million)|^(?:these|those|outcomes?|patients?|recipients?|mice|animals|children"
    r"|adults|that|the|an?|either|all) "
    r"|[ -](?:recipients?|patients?|groups?|arms?|cohorts?|mice|children|adults|alone|donations?)$",
    re.IGNORECASE,
)
#: Three things or more: which two are meant is told by each result alone.
_MORE_SIDES = re.compile(r"\b(?:versus|vs|or)\b|,(?!\d)")
_WORD = re.compile(r"[A-Za-z0-9αβγ](?:[\w/+'’.-]*[\w+])?")
_EMPTY = frozenset(
    {
        "the", "a", "an", "of", "and", "or", "with", "in", "to", "for", "both", "either", "other", "same", "new", "its", "their",
        "patients", "patient", "recipients", "group", "groups", "arm", "arms", "cohort", "cohorts", "therapy", "treatment", "prophylaxis",
        "regimen", "strategy", "use", "outcome", "outcomes", "schedule", "mobilized", "alone", "each", "sole", "unaccompanied", "week",
    }
)  # fmt: skip
#: Heads that a side leaves out when the other side prints them: "marrow versus blood grafts".
_HEADS = frozenset(
    {
        "graft", "grafts", "cell", "cells", "stem", "stromal", "mesenchymal", "transplantation", "transplants", "transplant", "donor",
        "donors", "unit", "units", "dose", "doses", "infusion", "infusions", "conditioning", "mscs", "msc", "products",
        "hct", "hsct", "product", "injection", "injections",
    }
)  # fmt: skip
#: What is compared with itself, or names no arm.
_NO_SIDE = any_case(
    r"^(?:not|no|non|without|acute|chronic|before|after|years?|months?|days?|more|less|better|worse|survival|relapse|death|host|one another"
    r"|each other|efficacy|safety|it|them|this|these|those|baseline|how|when|outcomes?|results?|that|controls?|placebo|responders?"
    r"|grades?|others?|rates?|data|historical|published|previous)\b"
)


def find_comparison(title: str, text: str, terms: Sequence[Term], title_terms: Sequence[Term]) -> tuple[Side, Side] | None:
    """Intervention and comparator; None where neither title nor text sets two things against each other and uses them again."""
    known = (*terms, *title_terms)
    for candidate in (*_of_title(title), *_of_text(text)):
        sides = _resolved(candidate, title, text, known)
        if sides is not None:
            one, two = sides
            usual = [CONTROL_LIKE.search(phrase) is not None for phrase in (candidate.one, candidate.two)]
            first = usual[1] if usual[0] != usual[1] else leads((*one.names, one.label), (*two.names, two.label), title=title, text=text)
            return (one, two) if first else (two, one)
    return None


def sides_of(one: str, two: str, text: str, terms: Sequence[Term]) -> tuple[Side, Side]:
    """Two phrases that are known to name arms, in their order; a side that has no word of its own keeps its phrase as label."""
    phrases = [_clipped(one), _clipped(two)]
    own = _own_words(*([word for word in _words(phrase) if word not in NO_NAMES] for phrase in phrases), text=text.lower())
    sides = [
        _side(words, other, _printed(words, phrase), text, terms) if words else Side(phrase, frozenset(), ())
        for words, other, phrase in ((own[0], own[1] or [""], phrases[0]), (own[1], own[0] or [""], phrases[1]))
    ]
    one_side, two_side = (replace(side, names=tuple(name for name in side.names if name not in _HEADS)) for side in sides)
    return _apart(one_side, two_side), _apart(two_side, one_side)


def given_against_control(text: str) -> tuple[str, ...]:
    """Names of what is given where the other arm gets a placebo or nothing, in lower case."""
    for match in _OR_CONTROL.finditer(text):
        words = [word for word in _words(_clipped(match["a"])) if word not in _FORMS and len(word) > 4]
        if 0 < len(words) < 4 and not any(sign.search(match["a"]) for sign in (CONTROL_GROUP, CONTROL_LIKE, _MORE_SIDES)):
            return tuple(word for word in words if next(group_mentions(word, text, match.end(), len(text)), None) is not None)
    return ()


def term_key(term: Term) -> str:
    """The slug of a term, else its label: what an arm book holds."""
    return term.concept or term.label.lower()


def _of_title(title: str) -> Iterator[_Candidate]:
    for part in re.split(r"[:?()]|\. ", title):
        comparing = (_TITLE_AND,) if _COMPARES.search(title) is not None else ()
        for connector in (*_TITLE, *comparing):
            for match in connector.finditer(part):
                two = re.match(rf"[ ,]*{_WHOSE}{_TWO}{_END}", part[match.end() :])
                if two is not None and match.start() > 0:
                    yield _Candidate(title, part[: match.start()].strip(" ,"), two["b"], -1)


def _of_text(text: str) -> Iterator[_Candidate]:
    for pattern in _IN_TEXT:
        for match in pattern.find(text, lowered(text)):
            yield _Candidate(text, match["a"], match["b"], match.end("b"))


def _resolved(candidate: _Candidate, title: str, text: str, terms: Sequence[Term]) -> tuple[Side, Side] | None:
    """The two sides, each with what only it has; None for a side that names no arm or never comes back."""
    phrases = [_clipped(candidate.one), _clipped(candidate.two)]
    if any(CONTROL_GROUP.search(p) is not None or _NO_SIDE.match(p) is not None or _MORE_SIDES.search(p) is not None for p in phrases):
        return None
    one, two = _own_words(*(_words(phrase) for phrase in phrases), text=f"{candidate.source}\n{text}".lower())
    one, two = _without_product(one, two, terms), _without_product(two, one, terms)
    if not one or not two or _is_added(one, two) or any(_is_no_arm(words, terms) for words in (one, two)):
        return None
    labels = [_printed(words, phrase) for words, phrase in zip((one, two), phrases, strict=True)]
    sides = [_side(words, other, label, text, terms) for words, other, label in ((one, two, labels[0]), (two, one, labels[1]))]
    first, second = (_apart(side, other) for side, other in ((sides[0], sides[1]), (sides[1], sides[0])))
    back = [_comes_back(side, text, candidate.end, terms) for side in (first, second)]
    told = [is_back or _names(side, title) for is_back, side in zip(back, (first, second), strict=True)]
    return (first, second) if any(back) and all(told) and (candidate.source is not title or all(back)) else None


def _apart(side: Side, other: Side) -> Side:
    return replace(side, concepts=side.concepts - other.concepts, names=tuple(name for name in side.names if name not in other.names))


def _clipped(phrase: str) -> str:
    """The phrase without what leads up to it and without the people: "tacrolimus" from "outcome of 90 tacrolimus recipients"."""
    phrase = _LEAD.sub("", phrase)
    while (shorter := _PEOPLE.sub("", phrase, count=1)) != phrase:
        phrase = shorter
    return phrase


def _words(phrase: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(phrase) if word.lower() not in _EMPTY]


def _own_words(one: list[str], two: list[str], *, text: str) -> tuple[list[str], list[str]]:
    """What each side has for itself: shared words go, and a head that only one side prints for both."""
    shared = {_singular(word) for word in one} & {_singular(word) for word in two}
    one, two = ([word for word in side if _singular(word) not in shared] for side in (one, two))
    return _without_head(one, two, text), _without_head(two, one, text)


def _without_head(side: list[str], other: list[str], text: str) -> list[str]:
    while len(side) > 1 and side[-1] in _HEADS and other and " ".join((*other, side[-1])) in text.replace("-", " "):
        side = side[:-1]
    while len(side) > 1 and side[-1] in _HEADS and not (other and other[-1] in _HEADS):
        side = side[:-1]
    return side


def _without_product(side: list[str], other: list[str], terms: Sequence[Term]) -> list[str]:
    """As in "weekly versus monthly rituximab": what is given at all is no name of one side where the other leaves it out."""
    given = {tuple(_words(term.text)) for term in terms if term.kind in GIVEN_KINDS}
    if any(tuple(other[i:]) in given for i in range(len(other))):
        return side
    return next((side[:i] for i in range(1, len(side)) if tuple(side[i:]) in given), side)


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _printed(words: Sequence[str], phrase: str) -> str:
    """The words as the phrase prints them."""
    found = re.search(r"[ \w/.-]*?".join(re.escape(word) for word in words), phrase, re.IGNORECASE)
    return found.group() if found is not None else " ".join(words)


def _is_added(one: Sequence[str], two: Sequence[str]) -> bool:
    """As in "HID+MSC versus HID": one thing with and without another is told by what was added."""
    return any(part == word for a, b in ((one, two), (two, one)) for word in a for long in b for part in long.split("+") if "+" in long)


def _is_no_arm(words: Sequence[str], terms: Sequence[Term]) -> bool:
    """Diseases and outcomes are not given to anyone."""
    name = " ".join(words)
    return any(term.kind in _NO_ARMS and (term.text.lower() == name or name in term.text.lower().split()) for term in terms)


def _side(words: Sequence[str], other: Sequence[str], label: str, text: str, terms: Sequence[Term]) -> Side:
    given = [term for term in terms if term.kind in GIVEN_KINDS]
    concepts = {term_key(term) for term in given if _holds(term, words) and not _holds(term, other)}
    names = spellings(words, other, text)
    shorts = [short for name in names for short in short_forms(name, text)]
    last = [words[-1]] if len(words) > 1 and words[-1].isalpha() and words[-1] not in (*_HEADS, *other) else []
    return Side(label, frozenset(concepts), tuple(dict.fromkeys((*names, *shorts, *last))))


def _holds(term: Term, words: Sequence[str]) -> bool:
    own = {_singular(word) for word in re.findall(r"[\w/+.]+", term.text.lower())} | {_singular(word) for word in _words(term.text)}
    wanted = {_singular(part) for word in words for part in ([word] if _singular(word) in own else re.split(r"[-]", word)) if part}
    return bool(wanted) and wanted <= own


def _comes_back(side: Side, text: str, end: int, terms: Sequence[Term]) -> bool:
    if any(term_key(term) in side.concepts and term.start >= end and term.text in text[term.start : term.end] for term in terms):
        return True
    return any(True for name in side.names for _ in group_mentions(name, text, max(end, 0), len(text)))


def _names(side: Side, title: str) -> bool:
    printed = [name for name in side.names if name.lower() in lowered(title)]
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", title, re.IGNORECASE) is not None for name in printed)
