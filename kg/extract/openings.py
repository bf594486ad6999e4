"""With what letters the matches of a pattern begin, so that most places of a text need not be tried.

``re`` tries the members of an alternation one after the other, and where they begin with a group it does not know their first letters.
A look-ahead for the first letters, drawn up as a tree, fails at the first or second letter nearly everywhere. The letters are read off the
parsed pattern; what this reading does not know may begin with anything, and then there is no look-ahead.
"""

import re
from collections.abc import Iterable
from re import _constants as code  # type: ignore[attr-defined]  # the parsed form of a pattern has no public name
from re import _parser  # type: ignore[attr-defined]
from typing import Any

#: How many letters are looked at, and how many beginnings are listed at most.
_LETTERS, _MOST = 3, 2000
_DIGITS = range(ord("0"), ord("9") + 1)

_Letters = tuple[str, ...]
#: A beginning, each letter as a pattern of its own, and whether what comes next in the pattern follows right behind.
_Opening = tuple[_Letters, bool]
_ANYTHING: frozenset[_Opening] = frozenset({((), False)})
_NOTHING: frozenset[_Opening] = frozenset({((), True)})


def with_look_ahead(pattern: str) -> str:
    """A pattern with the same matches that looks for their first letters first; the pattern itself where these are not known."""
    openings = {letters for letters, _ in _of_sequence(_parser.parse(pattern))}
    return pattern if () in openings or len(openings) > _MOST else f"(?={_tree(openings)})(?:{pattern})"


def _of_sequence(nodes: Iterable[tuple[object, Any]]) -> frozenset[_Opening]:
    done: set[_Letters] = set()
    growing: set[_Letters] = {()}
    for node in nodes:
        longer = {(before + letters, goes_on) for before in growing for letters, goes_on in _of_node(*node)}
        growing = {letters for letters, goes_on in longer if goes_on and len(letters) < _LETTERS}
        done |= {letters[:_LETTERS] for letters, goes_on in longer if not goes_on or len(letters) >= _LETTERS}
        if not growing or len(growing) > _MOST:
            break
    else:
        return frozenset({(letters, False) for letters in done} | {(letters, True) for letters in growing})
    return frozenset((letters, False) for letters in done | growing)


def _of_node(kind: object, content: Any) -> frozenset[_Opening]:
    """The openings of one node as ``re`` parses it."""
    if kind is code.LITERAL:
        return frozenset({((re.escape(chr(content)),), True)})
    if kind is code.IN:
        return _of_class(content)
    if kind is code.BRANCH:
        return frozenset().union(*(_of_sequence(member) for member in content[1]))
    if kind is code.SUBPATTERN:
        return _of_sequence(content[-1])
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT):
        return _of_repeat(*content)
    return _NOTHING if kind in (code.AT, code.ASSERT, code.ASSERT_NOT) else _ANYTHING


def _of_class(members: Iterable[tuple[object, Any]]) -> frozenset[_Opening]:
    """One opening for each letter of a class of few; digits may be told as a range."""
    letters = set()
    for kind, content in members:
        if kind is code.LITERAL:
            letters.add(re.escape(chr(content)))
        elif kind is code.CATEGORY and content is code.CATEGORY_DIGIT:
            letters.add(r"\d")
        elif kind is code.RANGE and content[0] in _DIGITS and content[1] in _DIGITS:
            letters.add(f"[{chr(content[0])}-{chr(content[1])}]")
        else:
            return _ANYTHING
    return frozenset(((letter,), True) for letter in letters)


def _of_repeat(least: int, most: int, item: Iterable[tuple[object, Any]]) -> frozenset[_Opening]:
    """The openings of the item; what comes behind several is not followed up."""
    once = _of_sequence(item)
    openings = once if most == 1 else frozenset((letters, False) for letters, _ in once)
    return openings | _NOTHING if least == 0 else openings


def _tree(openings: set[_Letters]) -> str:
    """A pattern for any of the beginnings; one that is the head of others stands for them."""
    if () in openings:
        return ""
    heads = sorted({letters[0] for letters in openings})
    branches = [head + _tree({letters[1:] for letters in openings if letters[0] == head}) for head in heads]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
