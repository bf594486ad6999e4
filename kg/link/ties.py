"""Which papers are not independent of each other, as far as links between papers tell. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from kg.model import Link, LinkKind

_ONE_SOURCE = frozenset({LinkKind.SAME_PAPER, LinkKind.SAME_COHORT})


@dataclass(frozen=True)
class Ties:
    """Pairs of paper ids."""

    same_source: frozenset[frozenset[str]] = frozenset()
    #: A review and a study that it pools.
    pooled: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def of(cls, links: Iterable[Link]) -> Self:
        """The ties that links between papers state; links of other kinds are passed over."""
        pairs = [(link.kind, frozenset({link.subject_paper, link.object_paper})) for link in links]
        return cls(
            same_source=frozenset(pair for kind, pair in pairs if kind in _ONE_SOURCE),
            pooled=frozenset(pair for kind, pair in pairs if kind is LinkKind.INCLUDES_STUDY),
        )
