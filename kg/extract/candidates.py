"""A phrase that may become a term, counted in words of the text."""

from dataclasses import dataclass

from kg.model import TermKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``first`` to ``last`` (excluded) as a term; ``concept`` is None for a phrase that the vocabulary lacks."""

    first: int
    last: int
    kind: TermKind
    label: str
    concept: str | None = None
