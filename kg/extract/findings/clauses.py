"""Clauses of a sentence: the reach of a predicate.

In: text and a sentence's span. Out: half-open clause spans in order that cover the sentence. Brackets never split, and a
clause is split only where a connective starts a new statement, so that lists of outcomes stay with their predicate.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.model import Span

_BRACKET = re.compile(r"(?P<open>[(\[{])|[)\]}]")
_VERB = r"(?:was|were|did|had|has|rose|fell|showed|remained|increased|decreased|declined|improved|suffered|there was)"
_FINITE = re.compile(
    r"(?<!-)\b(?:was|were|is|are|had|has|have|did|rose|fell|came|took|gave|led|grew|lay|stood|went|became|[a-z]{3,}ed"
    r"|[a-z]{3,}s(?= (?:the|a|an|in|by|to)\b))\b|%"
)
_BORDER = re.compile(
    r";|,? (?:whereas|while|whilst|although|though|however)\b|,? (?:but|yet)\b(?! (?:[a-z]+ ){0,4}\d)"
    rf"|, (?:and|so|nor) (?=(?:[\w/-]+ ){{1,7}}?{_VERB}\b)"
    r"|, (?=there was )"
    r"|, (?:as (?:was|were|did)|and so (?:was|did|were))\b"
    r"|, (?:with|by which time|for which) (?=[^,;]{0,80}\d)",
)


def find_clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Clauses of ``text[start:end]``."""
    cuts = [start]
    for match in _BORDER.finditer(text, start, end):
        if match.start() > cuts[-1] and not _open_brackets(text, start, match.start()) and not _is_list(match, text, cuts[-1]):
            cuts.append(match.start())
    edges = [*cuts, end]
    return tuple(Span(start=a, end=b) for a, b in pairwise(edges) if b > a)


def _is_list(match: re.Match[str], text: str, since: int) -> bool:
    """As in "A, B, and C rose": the last member of a list, since nothing has been said of the first yet."""
    return re.match(r", (?:and|nor) ", match.group()) is not None and _FINITE.search(text, since, match.start()) is None


def clause_of(clauses: Sequence[Span], position: int) -> int:
    """Index of the clause that holds a position; the last one when it lies past the end."""
    return next((i for i, clause in enumerate(clauses) if clause.start <= position < clause.end), len(clauses) - 1)


def bracket_of(text: str, start: int, position: int) -> tuple[int, int] | None:
    """The innermost bracket around ``position`` that opens after ``start``, as (open, close) offsets."""
    around = _open_brackets(text, start, position)
    return (around[-1], _closing(text, around[-1])) if around else None


def _open_brackets(text: str, start: int, position: int) -> list[int]:
    """Where the brackets around ``position`` open, the innermost last; a closing bracket without an opening one is ignored."""
    around: list[int] = []
    for bracket in _BRACKET.finditer(text, start, position):
        if bracket["open"]:
            around.append(bracket.start())
        elif around:
            around.pop()
    return around


def _closing(text: str, opened: int) -> int:
    """Behind the bracket that closes the one at ``opened``; the end of the text where none does."""
    level = 0
    for bracket in _BRACKET.finditer(text, opened):
        level += 1 if bracket["open"] else -1
        if level == 0:
            return bracket.end()
    return len(text)
