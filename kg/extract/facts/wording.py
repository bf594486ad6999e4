"""A pattern with the word stems that tell quickly whether it can match at all.

Most texts say most things not at all. A look for a few stems in the lower-cased text costs a hundredth of running the pattern, and lets
most patterns be skipped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import AnyCase, any_case
from kg.extract.openings import with_look_ahead


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A pattern; whatever it matches contains one of ``stems``, in lower case. Two wordings are the same only if they are one object."""

    pattern: re.Pattern[str] | AnyCase
    stems: tuple[str, ...]
    #: A cheap pattern over lower case without which the costly one cannot match.
    probe: re.Pattern[str] | None = None

    def find(self, text: str, lowered: str) -> Iterator[re.Match[str]]:
        """Matches in order; ``lowered`` is the text in lower case."""
        return self.pattern.finditer(text) if self.is_possible(lowered) else iter(())

    def is_possible(self, lowered: str) -> bool:
        """False where no stem stands in the lower-cased text."""
        for stem in self.stems:  # a plain loop: "any" costs more than most of what it looks through
            if stem in lowered:
                return self.probe is None or self.probe.search(lowered) is not None
        return False


def wording(stems: str, pattern: str, *, heeds_case: bool = False, probe: str | None = None) -> Wording:
    """A wording; ``stems`` are parted by "|"."""
    compiled = re.compile(with_look_ahead(pattern)) if heeds_case else any_case(pattern)
    return Wording(compiled, tuple(stems.split("|")), None if probe is None else re.compile(probe))
