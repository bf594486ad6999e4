"""Groups that a paper names itself: "the PTCy group", "standard prophylaxis (n = 40)", "patients in arm B".

In: text and title. Out: the group names in order of first mention, spelled as a key that further mentions are found by.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A named group; ``key`` is its name in lower case without article and noun, ``count`` how often it is named."""

    key: str
    start: int
    count: int
    n: int | None = None


_WORD = r"[\w+/.-]*\w[+]?"
_NOUN = r"(?:groups?|arms?|cohorts?|regimen|strategy)"
_STOP = (
    r"(?:the|a|an|in|of|and|or|to|with|for|than|by|from|versus|vs\.?|both|each|either|two|three|these|this|that|was|were|is|are"
    r"|had|patients|all|other|same|age|study"
    r"|treatment|whole|entire|per|between|among|within|as|one|first|second|our|which|subjects|compared|received|given|underwent"
    r"|had|having|treated|into|across|new|itself|them|it|they|its|their|his|her|every|any|some|most|no|more|less|than|graft"
    r"|donor|stem|single-arm)"
)
_NAMED = re.compile(rf"(?<![\w+-])(?P<name>(?:(?!(?:{_STOP}|{_NOUN})(?![\w+-])){_WORD} ){{1,3}}){_NOUN}\b", re.IGNORECASE)
_PAIR_NAMED = re.compile(
    rf"(?<![\w+-])(?P<a>(?!{_STOP}(?![\w+-])){_WORD}) (?:and|or|versus"
    rf"|vs\.?) (?:the )?(?P<b>(?!{_STOP}(?![\w+-])){_WORD}(?: (?!{_STOP}(?![\w+-])){_WORD})?) (?:groups|arms|cohorts|recipients)\b",
    re.IGNORECASE,
)
_SIZED = re.compile(
    rf"(?<![\w+-])(?P<name>(?:(?!(?:{_STOP}|{_NOUN})(?![\w+-])){_WORD} ){{1,3}})(?:{_NOUN} )?\((?:group \w+[,;] ?)?n ?= ?(?P<n>\d+)\)",
    re.IGNORECASE,
)
#: Words that describe any group and name none.
_GENERIC = frozenset(
    {
        "control", "controls", "treatment", "study", "experimental", "intervention", "patient", "age", "risk", "whole",
        "placebo", "historical", "comparison", "same", "matched", "test", "response", "sex", "donor", "prospective",
        "retrospective", "pediatric", "paediatric", "adult", "validation", "training", "discovery", "derivation", "single", "large",
        "small",
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


def group_pattern(key: str) -> re.Pattern[str]:
    """Matches further mentions of a group: with its noun, or bare when the name is a short form."""
    name = r"[- ]".join(re.escape(part) for part in re.split(r"[- ]", key))
    bare = rf"|(?<![\w+-]){name}(?![\w+-])" if _is_short_form(key) else ""
    return re.compile(rf"(?<![\w+-]){name}(?:[- ](?:treated|based))?(?: patients)? (?:{_NOUN}|recipients|patients)\b{bare}", re.IGNORECASE)


def _is_short_form(key: str) -> bool:
    return len(key) <= 16 and " " not in key and (any(c.isdigit() or c in "+/" for c in key) or len(key) <= 6)


def _mentions(text: str) -> Iterator[tuple[str, int, int | None]]:
    for match in _NAMED.finditer(text):
        yield from _keyed(match["name"], match.start(), None)
    for match in _PAIR_NAMED.finditer(text):
        yield from _keyed(match["a"], match.start("a"), None)
        yield from _keyed(match["b"], match.start("b"), None)
    for match in _SIZED.finditer(text):
        yield from _keyed(match["name"], match.start(), int(match["n"]))


def _keyed(name: str, start: int, n: int | None) -> Iterator[tuple[str, int, int | None]]:
    key = name.strip().lower()
    words = key.split()
    if words and not words[0][0].isdigit() and not all(word in _GENERIC for word in words) and re.search(r"[a-z]", key):
        yield key, start, n
