"""Three arms and more, in the order in which the text or its title lists them.

In: title and text. Out: their names as printed, as in "612 from matched siblings, 391 from matched unrelated donors and 207 from
haploidentical donors", "marrow (n = 40), blood (n = 52) and cord blood (n = 31)", "randomized to A, B or C". Results that print as many
numbers and no names follow that order.
"""

import re

from kg.extract.any_case import any_case, lowered
from kg.extract.facts.wording import wording
from kg.extract.numbers.numerals import WORD_NUMBER

_COUNT = rf"(?:\d[\d,]*|{WORD_NUMBER})"
_WHO = r"(?: (?:patients|recipients|children|adults|mice|animals|transplants|grafts|donors|cases|of them|of whom))?"
_GOT = (
    r"(?:(?:were |was |been )?(?:from|with|in|on|to|after|had|got|received|took|underwent|given|treated with|assigned to|transplanted from"
    r"|conditioned with|injected with) )?(?:an? |the )?"
)
_ITEM = r"[^.;:,()%]{2,60}?"
_N = r" \((?:[^()]{1,14}[,;] ?)?(?:n ?= ?)?\d[\d,]*\)"
_LAST = r"(?:,? and |,? or )"
_END = r"(?=[.;:,(]| \(| (?:who|that|which|were|was|between|from|after|in|at|for|and)\b|$)"
#: Each with words without which it cannot match.
_LISTS = (
    wording(
        " and | or ",
        rf"\b{_COUNT}{_WHO} {_GOT}(?P<a>{_ITEM}), {_COUNT}{_WHO} {_GOT}(?P<b>{_ITEM}){_LAST}(?:the remaining )?{_COUNT}{_WHO} {_GOT}"
        rf"(?P<c>{_ITEM}){_END}",
    ),
    wording(
        ") and |), and |) or |), or ",
        rf"\b{_GOT}(?P<a>{_ITEM}){_N}, {_GOT}(?P<b>{_ITEM}){_N}{_LAST}{_GOT}(?P<c>{_ITEM}){_N}",
        probe=rf"[\d,]\){_LAST}",
    ),
    wording(
        "randomi|assigned|allocated|receive|given|got|compar|between|treated with|injected with",
        rf"\b(?:randomi[sz]ed|assigned|allocated|received|receive|given|got|compared?|comparing|comparison of|between|treated with"
        rf"|injected with) (?:either |to )*(?:an? |the )?(?P<a>{_ITEM}), (?P<b>{_ITEM}){_LAST}(?P<c>{_ITEM}){_END}",
    ),
)
_TITLE = wording(", ", rf"^(?P<a>{_ITEM}), (?P<b>{_ITEM}),? (?:and|or|versus) (?P<c>{_ITEM})(?= (?:in|for|as|after|with|to)\b|[:?.]|$)")
#: A verb: what is listed are statements, not arms.
_TELLS = any_case(r"\b(?:were|was|had|is|are|died|compared|enrolled|between|whether)\b")
_NOUN = re.compile(r" (?:donors?|grafts?|groups?|arms?|transplants?|transplantation|recipients|patients|mice|each)$")


def find_roster(title: str, text: str) -> tuple[str, ...]:
    """The names in their order, as printed; empty where no three arms are listed."""
    *sized, unsized = ((pattern, text) for pattern in _LISTS)
    for pattern, source in (*sized, (_TITLE, title), unsized):
        for match in pattern.find(source, lowered(source)):
            names = tuple(_NOUN.sub("", match[name].strip()) for name in ("a", "b", "c"))
            if not any(_TELLS.search(name) is not None for name in names):
                return names
    return ()
