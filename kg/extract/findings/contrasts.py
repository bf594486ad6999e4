"""Arms that a paper never defines, known only from how its results set them side by side.

In: text and title. Out: the two names that are contrasted most often, as in "31% with ATG-F and 28% with ATG-T", "12% (PB) versus
9% (BM)", "more relapse after MUD than after MSD transplantation". The one that the title or else the text names first leads.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION

_NUMBER = r"\d[\d.,·]*\s?%?(?: (?:days|weeks|months|years|patients|mg/kg))?(?: \([^()]*\))?"
_PREPOSITION = r"(?:in|with|after|for|of|under|on|among|following)(?: an?| the)?"
_NAME = (
    r"(?P<{0}>(?!the\b|patients\b|those\b|both\b)[A-Za-z0-9αβγ][\w+/-]*"
    r"(?:[- ](?!(?:had|has|was|were|and|or|than|versus|who|showed|with|in|as)\b)[A-Za-z][\w+/-]*)?)"
)
_NOUN = r"(?: (?:groups?|arms?|cohorts?|patients|recipients|transplant\w*|transplantation|donors?|grafts?|HSCT|HCT|SCT))?"
_JOINT = r"(?: \([^()]*\))?,? (?:and|versus|vs\.?|but|compared with|against|as against)(?: only)?"
_ONE, _TWO = _NAME.format("a"), _NAME.format("b")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER} {_PREPOSITION} {_ONE}{_NOUN}{_JOINT} {_NUMBER} {_PREPOSITION} {_TWO}(?={_NOUN}(?:[.,;)]| \())",
        rf"{_NUMBER[:-17]} \({_ONE}\){_JOINT} {_NUMBER[:-17]} \({_TWO}(?=[);,])",
        rf"\b(?:higher|lower|better|worse|more|less|longer|shorter|faster|slower|earlier|later|fewer"
        rf"|rarer)\b[^.;()]{{0,60}}? {_PREPOSITION} "
        rf"{_ONE}{_NOUN}(?: \([^()]*\))? than (?:those |patients |recipients "
        rf"|that )?(?:\w+ed )?{_PREPOSITION} {_TWO}(?={_NOUN}(?:[.,;)]| \())",
        rf"\b(?:[Tt]hose|[Pp]atients"
        rf"|[Rr]ecipients) (?:\w+ed )?{_PREPOSITION} {_ONE}{_NOUN} (?!than)[^.;]{{0,120}}? than (?:those |patients "
        rf"|recipients )?(?:\w+ed )?"
        rf"{_PREPOSITION} {_TWO}(?={_NOUN}(?:[.,;)]| \())",
        rf"\bthe {_ONE} (?:and|versus|vs\.?)(?: the)? {_TWO}(?= (?:groups|arms|cohorts)\b)",
        rf"\bbetween {_ONE}{_NOUN} and {_TWO}(?={_NOUN}[.,;])",
    )
)
#: "(G-DLI) against DLI collected in the conventional way (C-DLI)": two short forms set against each other.
_DEFINED_PAIR = re.compile(
    r"\((?P<a>[A-Z][\w/+-]{1,15})\)[^.;()]{0,90}(?<![\w-])(?:against|versus|vs\.?|compared (?:with|to)"
    r"|or)(?![\w-])[^.;()]{0,90}\((?P<b>[A-Z][\w/+-]{1,15})\)"
)
_NO_NAME = any_case(
    r"^(?:\d|(?:day|month|year|week|grade|stage|group|arm|cohort|control|placebo|responder|non-?responder|men|women|male|female"
    r"|children|adults|"
    r"first|second|last|skin|gut|liver|mice|all|one|two|each|other|same|acute|chronic|extensive|limited|severe|OS|PFS|DFS|NRM"
    r"|TRM|GRFS|baseline|"
    r"follow|transplant|remission|complete|partial)\b)",
)


def find_contrast(title: str, text: str) -> tuple[str, str] | None:
    """The two names in lower case, the leading one first; None when no pair is set side by side with both names used again."""
    pairs: Counter[frozenset[str]] = Counter()
    for one, two in _pairs(text):
        if one != two and min(len(re.findall(rf"(?<![\w+-]){re.escape(name)}(?![\w+-])", text.lower())) for name in (one, two)) > 1:
            pairs[frozenset((one, two))] += 1
    if not pairs:
        return None
    best = max(pairs.items(), key=lambda item: (item[1], -text.lower().find(min(item[0])), sorted(item[0])))[0]
    first, second = sorted(best, key=lambda name: _place(name, title.lower(), text.lower()))
    return first, second


def defined_pair(text: str) -> tuple[tuple[str, int], tuple[str, int]] | None:
    """Two short forms that the text sets against each other and goes on using, alike in their last part."""
    for match in _DEFINED_PAIR.finditer(text):
        a, b = match["a"], match["b"]
        alike = "-" in a and "-" in b and a.split("-")[-1] == b.split("-")[-1]
        if alike and text.count(a) > 1 and text.count(b) > 1:
            return (a, INTERVENTION), (b, CONTROL)
    return None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _PATTERNS):
        one, two = _key(match["a"]), _key(match["b"])
        if one is not None and two is not None:
            yield one, two


def _key(name: str) -> str | None:
    """The name without the noun it ends in; None for what names no arm."""
    key = re.sub(r" (?:groups?|arms?|cohorts?|patients|recipients|donors?|transplant\w*|and|HSCT|HCT|SCT)$", "", name)
    return None if _NO_NAME.match(key) or len(key) < 2 or (key.islower() and " " not in key and "-" not in key) else key.lower()


def _place(name: str, title: str, text: str) -> tuple[bool, int]:
    """Names of the title before others, in their order."""
    word = re.compile(rf"(?<![\w+-]){re.escape(name)}(?![\w+-])")
    found, told = word.search(title), word.search(text)
    return (found is None, found.start() if found is not None else told.start() if told is not None else len(text))
