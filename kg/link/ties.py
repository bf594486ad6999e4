"""Which papers are not independent of each other, as far as links between papers tell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from kg.model import Link, LinkKind

#: Below this score a study is a possible member of a review's pool; the RDF draws the line there too.
_KNOWN = 0.5
#: Kinds of links between papers on the same participants.
ONE_SOURCE = frozenset({LinkKind.SAME_PAPER, LinkKind.SAME_COHORT})


@dataclass(frozen=True)
class Ties:
    """Pairs of paper ids."""

    same_source: frozenset[frozenset[str]] = frozenset()
    #: A review and a study that it pools.
    pooled: frozenset[frozenset[str]] = frozenset()
    #: A review and a study that it may pool, as nothing speaks against it.
    perhaps_pooled: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, links: Iterable[Link]) -> Self:
        """The ties that links between papers state; links of other kinds are passed over."""
        tied = [(link, frozenset({link.subject_paper, link.object_paper})) for link in links]
        included = [(link.score >= _KNOWN, pair) for link, pair in tied if link.kind is LinkKind.INCLUDES_STUDY]
        return cls(
            same_source=frozenset(pair for link, pair in tied if link.kind in ONE_SOURCE),
            pooled=frozenset(pair for is_known, pair in included if is_known),
            perhaps_pooled=frozenset(pair for is_known, pair in included if not is_known),
        )
