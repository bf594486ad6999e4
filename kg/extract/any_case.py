"""Patterns for words in any case that cost a third of ``re.IGNORECASE``.

The regular-expression engine passes over a branch of an alternation by its first letter only where case counts. So the pattern is run in
lower case over the lower-cased text first, and over the text as printed only where that found something. A long one looks for the first
letters of its matches first (``openings``).
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.openings import with_look_ahead

#: Shorter patterns are quick without a look-ahead.
_LONG = 60
#: A character that is escaped, the head of a named group, a capital.
_CAPITAL = re.compile(r"(?P<kept>\\.|\(\?P=\w+|\(\?\(\w+)|\(\?P<\w+>|[A-Z]", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class AnyCase:
    """A pattern that takes no heed of case; its methods are those of ``re.Pattern`` and give the same matches."""

    exact: re.Pattern[str]
    #: The same in lower case, for lower-cased text, with a look-ahead where it is long.
    lower: re.Pattern[str]

    @property
    def pattern(self) -> str:
        """The pattern as written."""
        return self.exact.pattern

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in ``text[start:end]``."""
        found = self.lower.search(lowered(text), start, end)
        return None if found is None else self.exact.match(text, found.start(), end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match at ``start``."""
        return None if self.lower.match(lowered(text), start, end) is None else self.exact.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that takes all of ``text[start:end]``."""
        return None if self.lower.fullmatch(lowered(text), start, end) is None else self.exact.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, in order."""
        for found in self.lower.finditer(lowered(text), start, end):
            match = self.exact.match(text, found.start(), end)
            if match is not None:
                yield match


def any_case(pattern: str) -> AnyCase:
    """Compile a pattern for words in any case; it may hold no flags of its own."""
    lower = _in_lower_case(pattern)
    return AnyCase(re.compile(pattern, re.IGNORECASE), re.compile(with_look_ahead(lower) if len(lower) > _LONG else lower))


@lru_cache(maxsize=512)
def lowered(text: str) -> str:
    """The text in lower case, offsets kept: a capital whose small letter takes two characters ("İ") stays."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _in_lower_case(pattern: str) -> str:
    """The pattern without capitals and, unless it refers back to them, without names of groups, which only cost time."""
    if "(?P=" in pattern or "(?(" in pattern:
        return _CAPITAL.sub(lambda found: found.group() if len(found.group()) > 1 else found.group().lower(), pattern)
    return _CAPITAL.sub(lambda found: found["kept"] or ("(?:" if len(found.group()) > 1 else found.group().lower()), pattern)
