"""Which of two arms is the intervention.

In: the names of both, title and text. Out: True when the first is. Signs vote, the plainest first: what replaces, what a word such as
"standard" or "alone" marks as usual, the order of a title that says "versus", the one that the title names at all, the order of the
aim ("to compare A with B"), the subject of the conclusion, what the field takes as reference, the smaller group, who is named first.
"""

import re
from collections.abc import Sequence

from kg.extract.any_case import lowered

_WITH = r"(?:versus|vs\.?|against|or|and|with|to|beside)"
_REPLACING = r"(?:instead of|in place of|in lieu of|rather than|in preference to|in exchange for|over)"
_REPLACES = (
    r"(?:(?:can|could|may|might|should|would|to|will|must|thus|therefore) ){0,2}(?:replac|displac|supersed|supplant"
    r"|substitut)(?:e[sd]?|ing|s)?"
    r"(?: for)?"
)
_ALTERNATIVE = (
    r"\b(?:alternatives?|substitutes?|replacement|option|choice|superior|inferior|preferable|preferred|similar|comparable|equivalent|equal"
    r"|match(?:es)?|improv\w+|better|reduc\w+|lower\w*|increas\w+|safe|feasible|offers?|provid\w+)\b"
)
_USUAL = (
    r"(?:standard|conventional|usual|routine|traditional|established|untreated|naive|naïve|resting|unprimed"
    r"|unlicensed|historical|supportive)"
)
#: What the field takes as reference where two options are set side by side.
_REFERENCE = re.compile(
    r"\b(?:(?:matched|hla-identical|identical|related)[- ]sibling|siblings?|msd|mrd|sib|matched related|myeloablative|mac"
    r"|bone marrow|marrow|bm"
    r"|cyclosporine?|ciclosporin|csa|methotrexate|mtx|(?:cortico)?steroids?|prednis\w+|best available therapy|no|non-\S+)\b",
    re.IGNORECASE,
)


def leads(one: Sequence[str], two: Sequence[str], *, title: str, text: str, sizes: tuple[int | None, int | None] = (None, None)) -> bool:
    """True when the arm called ``one`` is the intervention, ``two`` the comparator; ``sizes`` are the numbers of people, if printed."""
    first, second, title, text = _any_of(one), _any_of(two), lowered(title), lowered(text)
    votes = [
        6.0 * (_replaces(first, second, title, text) - _replaces(second, first, title, text)),
        4.0 * (_is_usual(second, title, text) - _is_usual(first, title, text)),
        _by_title(first, second, title),
        2.0 * (_compared(first, second, text) - _compared(second, first, text)),
        1.5 * _by_conclusion(first, second, text),
        1.0 * (any(map(is_reference, two)) - any(map(is_reference, one))),
        0.0 if None in sizes or sizes[0] == sizes[1] else 1.0 if (sizes[0] or 0) < (sizes[1] or 0) else -1.0,
        0.25 if _place(first, text) <= _place(second, text) else -0.25,
    ]
    return sum(votes) > 0


def is_reference(name: str) -> bool:
    """True for what the field takes as reference, such as a matched sibling donor."""
    return _REFERENCE.fullmatch(name) is not None or _REFERENCE.fullmatch(name.removesuffix("s")) is not None


def _any_of(names: Sequence[str]) -> str:
    """A pattern for any of the names, spaces and hyphens alike."""
    spelled = (r"[- ]".join(re.escape(part) for part in re.split(r"[- ]", lowered(name))) for name in sorted(names, key=len, reverse=True))
    return rf"(?<![\w+-])(?:{'|'.join(spelled)})s?(?![\w+-])"


def _place(name: str, text: str) -> int:
    found = re.search(name, text)
    return len(text) if found is None else found.start()


def _replaces(name: str, other: str, title: str, text: str) -> bool:
    active = rf"{name}[^.;:]{{0,40}}? (?:{_REPLACING}|{_REPLACES}) [^.;:,]{{0,30}}?{other}"
    passive = (
        rf"{other}[^.;:]{{0,30}}? (?:be|is|was|were|been) (?:replaced|displaced|superseded|supplanted) (?:by|with) [^.;:,]{{0,30}}?{name}"
    )
    return any(re.search(pattern, source) is not None for pattern in (active, passive) for source in (title, text))


def _is_usual(name: str, title: str, text: str) -> bool:
    marked = rf"\b{_USUAL} (?:[\w-]+ )?{name}|{name}(?: \w+)? (?:alone|as (?:the )?(?:standard|reference|controls?))\b"
    return any(re.search(marked, source) is not None for source in (title, text))


def _by_title(first: str, second: str, title: str) -> float:
    """The title's own "A versus B"; else the only one that it names; else the order in which it names them."""
    one, two = _place(first, title), _place(second, title)
    if one == two:
        return 0.0
    sign = 1.0 if one < two else -1.0
    if len(title) in (one, two):
        return 3.0 * sign
    between = title[min(one, two) : max(one, two)]
    return (4.0 if re.search(r"\b(?:versus|vs|against|compared|rather|instead|place|lieu|opposed)\b", between) else 1.5) * sign


def _compared(name: str, other: str, text: str) -> bool:
    """As in "we compared A with B"; what stands behind "compared with" is the other one."""
    active = (
        rf"\b(?:compar(?:ed?|ing|isons?)|contrast(?:ed|ing)?|weigh(?:ed|ing)?|set(?:ting)?)(?! (?:with|to)\b) [^.;:]{{0,60}}?{name}"
        rf"[^.;:]{{0,60}}? {_WITH} [^.;:]{{0,60}}?{other}"
    )
    return re.search(active, text) is not None


def _by_conclusion(first: str, second: str, text: str) -> float:
    """The subject of the last sentence, where it tells no numbers: "A is an alternative to B"."""
    end = re.split(r"[.!?] ", text.rstrip(".!? "))[-1]
    one, two = _place(first, end), _place(second, end)
    if one == two or re.search(r"\d%", end) is not None or re.search(_ALTERNATIVE, end) is None:
        return 0.0
    return 1.0 if one < two else -1.0
