"""Concepts of ``ontologies/*.ttl`` with labels, synonyms and hierarchy.

In: a folder of SKOS schemes in Turtle. Out: an immutable ``Vocabulary`` that extraction, queries and drawing look things up in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Desirable


@dataclass(frozen=True)
class Concept:
    """One SKOS concept; concepts are named by their slug, the local part of their IRI."""

    slug: str
    #: Scheme: a ``TermKind`` value, or "direction", "statistic", "significance", "phase", ….
    kind: str
    label: str
    #: skos:altLabel: synonyms as people write them.
    synonyms: tuple[str, ...] = ()
    #: skos:hiddenLabel: spelling variants that are matched and never shown.
    variants: tuple[str, ...] = ()
    notation: str = ""
    definition: str = ""
    #: Slugs of direct parents in the same scheme.
    broader: tuple[str, ...] = ()
    #: Stated or inherited; None where the concept is no outcome.
    desirable: Desirable | None = None
    #: Slug of the condition that this outcome measures.
    measures: str | None = None
    #: Slug of the complementary outcome.
    complement: str | None = None
    #: Slug of the tissue source of a cell concept, stated or inherited.
    tissue_source: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by slug; look up with ``[]``, which raises ``VocabularyError`` for an unknown slug."""

    concepts: Mapping[str, Concept]
    #: SHA-256 over the Turtle files in order of name, hex.
    sha256: str = ""
    _children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Slugs above, nearest first, without the concept itself."""
        raise NotImplementedError

    def descendants(self, slug: str) -> tuple[str, ...]:
        """Slugs below, sorted, without the concept itself."""
        raise NotImplementedError

    def is_a(self, slug: str, other: str) -> bool:
        """True when ``slug`` is ``other`` or below it."""
        raise NotImplementedError

    def of_kind(self, kind: str) -> Iterable[Concept]:
        """Concepts of one scheme, sorted by slug."""
        raise NotImplementedError

    def find(self, label: str, *, kind: str | None = None) -> Concept | None:
        """The concept whose preferred label, synonym or variant equals ``label``, case folded, hyphens as blanks."""
        raise NotImplementedError
