"""Groups that a paper names itself: "the PTCy group", "standard prophylaxis (n = 40)", "patients in arm B".

In: text and title. Out: the group names in order of first mention, spelled as a key that further mentions are found by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.any_case import any_case, lowered
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Group:
    """A named group; ``key`` is its name in lower case without article and noun, ``count`` how often it is named."""

    key: str
    start: int
    count: int
    n: int | None = None


_NOUN = r"(?:groups?|arms?|cohorts?|regimen|strategy|protocol)"
#: Nouns of what is given or of those who get it.
_HEAD = (
    r"(?:recipients|patients|mice|animals|children|donors?|grafts?|cells?|transplants?|transplantation|infusions?|units?|schedule"
    r"|prophylaxis|conditioning|M?SCs?|HS?CT|starters?|start|treatment|therapy|users?|use|transfer|administration)"
)
_ANCHOR = any_case(rf"\b(?P<noun>{_NOUN[3:-1]}|recipients)\b")
_SIZED = any_case(rf"(?:\b{_NOUN} )?\((?:group \w+[,;] ?)?n ?= ?(?P<n>\d+)\)")
_NOUN_AFTER = any_case(rf"(?:[- ](?:treated|based))?(?: patients)? (?:{_NOUN}|{_HEAD})\b")
#: A name without its noun: "after |marrow, …", "with |the lower dose (…)".
_GIVEN_BEFORE = any_case(r"\b(?:with|after|under|than|of|in|at|for|on|and|between|from|versus|the|a|more|fewer|most) $|\($|[.;] $")
_ENDS_AFTER = re.compile(
    r"[.,;:)]| \(| \d| (?:and|or|than|versus|vs|but|was|were|had|did|in|at|with|as|while|whereas|rather|compared|to"
    r"|it|they|against|after|by|only|there)\b|$"
)
#: What a name is cut out of when it stands right beside it.
_NAME_SIGN = re.compile(r"[\w+-]")
_WORD_BEFORE = re.compile(r"(?<![\w+/.-])([\w+/.-]*\w[+]?) $")
_NOUNS = frozenset({"group", "groups", "arm", "arms", "cohort", "cohorts", "regimen", "strategy", "protocol"})
#: Words that end a name when read backwards.
_STOP = frozenset(
    {
        "the", "a", "an", "in", "of", "and", "or", "to", "with", "for", "than", "by", "from",
        "versus", "both", "each", "either", "neither", "two", "three", "these", "this", "that", "was", "were", "is", "are",
        "had", "patients", "all", "other", "same", "age", "study", "treatment", "whole", "entire", "per", "between", "among",
        "within", "as", "one", "first", "second", "our", "which", "subjects", "compared", "received", "given", "underwent", "having",
        "treated", "into", "across", "new", "itself", "them", "it", "they", "its", "their", "his", "her", "every",
        "any", "some", "most", "no", "more", "less", "graft", "donor", "stem", "single-arm", "vs", "vs.",
        "newer", "older", "old", "earlier", "previous", "standard", "conventional", "experimental", "investigational",
    }
)  # fmt: skip
#: Words that describe any group and name none.
_GENERIC = frozenset(
    {
        "control", "controls", "treatment", "study", "experimental", "intervention", "patient", "age", "risk", "whole",
        "placebo", "historical", "comparison", "same", "matched", "test", "response", "sex", "donor", "prospective",
        "retrospective", "pediatric", "paediatric", "adult", "validation", "training", "discovery", "derivation", "single", "large",
        "small", "adolescents", "children", "adults", "infants", "women", "men", "mice", "animals",
        "recipients",
    }
)  # fmt: skip


def find_groups(text: str) -> tuple[Group, ...]:
    """Named groups in order of first mention; control words and generic ones are left to the arms."""
    first: dict[str, int] = {}
    counts: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for key, start, n in sorted(_mentions(text), key=lambda item: item[1]):
        first.setdefault(key, start)
        counts[key] = counts.get(key, 0) + 1
        if n is not None:
            sizes.setdefault(key, n)
    return tuple(Group(key, start, counts[key], sizes.get(key)) for key, start in first.items())


def group_mentions(key: str, text: str, start: int, end: int) -> Iterator[Span]:
    """Further mentions of a group in ``text[start:end]``: with its noun, or bare.

    A short form stands bare anywhere, an ordinary word such as "blood" only where something is given: "after blood".
    """
    words, name = _unhyphenated(text), lowered(key).replace("-", " ")
    is_short = _is_short_form(key) and not _is_word(key, text)
    at = words.find(name, start, end)
    while at >= 0:
        after = at + len(name)
        after += (text[after - 1 : after].isupper() or not is_short) and text[after : after + 1] == "s"
        last = _end_of_mention(text, at, after, end, is_short=is_short)
        if last is not None:
            yield Span(start=at, end=last)
        at = words.find(name, at + 1 if last is None else last, end)


def _end_of_mention(text: str, at: int, after: int, end: int, *, is_short: bool) -> int | None:
    """Where the mention whose name stands at ``at`` ends; None when the name is part of a longer word, or names nothing."""
    if at > 0 and _NAME_SIGN.match(text, at - 1, at) is not None:
        return None
    noun = _NOUN_AFTER.match(text, after, end)
    if noun is not None:
        return noun.end()
    if is_short:
        return after if _NAME_SIGN.match(text, after, end) is None else None
    is_given = _GIVEN_BEFORE.search(text[max(0, at - 8) : at]) is not None
    return after if is_given and _ENDS_AFTER.match(text, after, end) is not None else None


def _is_word(name: str, text: str) -> bool:
    """True for what the text prints in small letters, so that it is no short form."""
    return name.isalpha() and name in text and re.search(rf"(?<![\w-]){name}(?![\w-])", text) is not None


@lru_cache(maxsize=8)
def _unhyphenated(text: str) -> str:
    """The text in lower case with blanks for hyphens, which a name may have or lack."""
    return lowered(text).replace("-", " ")


def _is_short_form(key: str) -> bool:
    return len(key) <= 16 and " " not in key and (any(c.isdigit() or c in "+/-" for c in key) or len(key) <= 6)


def _mentions(text: str) -> Iterator[tuple[str, int, int | None]]:
    for match in _ANCHOR.finditer(text):
        noun = match["noun"].lower()
        name, start = _name_before(text, match.start())
        if noun != "recipients":
            yield from _keyed(name, start, None)
        if name and noun.endswith("s"):
            yield from _paired(text, name, start)
    for match in _SIZED.finditer(text):
        name, start = _name_before(text, match.start())
        yield from _keyed(name, start, int(match["n"]))


def _paired(text: str, name: str, start: int) -> Iterator[tuple[str, int, int | None]]:
    """As in "the MSC and no-MSC cohorts": the word before "and" names a group too."""
    joint = re.search(r" (?:and|or|versus|vs\.?) (?:the )?$", text[max(0, start - 16) : start])
    if joint is None:
        return
    end = start - len(joint.group())
    other = _WORD_BEFORE.search(text[max(0, end - 40) : end] + " ")
    if other is not None and other[1].lower() not in _STOP and other[1].lower() not in _GENERIC:
        yield from _keyed(other[1], end - len(other[1]), None)
        yield from _keyed(name, start, None)


def _name_before(text: str, end: int) -> tuple[str, int]:
    """Up to three words right before an offset, none of them a stop word, and where they start."""
    start = end
    for _ in range(3):
        match = _WORD_BEFORE.search(text, max(0, start - 40), start)
        if match is None or match[1].lower() in _STOP or match[1].lower() in _NOUNS:
            break
        start = match.start(1)
    return text[start:end].strip(), start


def _keyed(name: str, start: int, n: int | None) -> Iterator[tuple[str, int, int | None]]:
    key = re.sub(r"(?<=[A-Z])s$", "", name.strip()).lower()
    words = key.split()
    if words and not words[0][0].isdigit() and not all(word in _GENERIC for word in words) and re.search(r"[a-z]", key):
        yield key, start, n
