"""What the phrase grammars of this package share: the text in words, and phrases of it that may become terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.matcher import TermMatcher, Word
from kg.model import Term, TermKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``first`` to ``last`` (excluded) as a term; ``concept`` is None for a phrase that the vocabulary lacks."""

    first: int
    last: int
    kind: TermKind
    label: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text split into words, with what is needed to name its phrases."""

    text: str
    words: Sequence[Word]
    matcher: TermMatcher
    #: Short form to long form, as the text defines them.
    long_forms: Mapping[str, str] = field(default_factory=dict)

    def key(self, at: int) -> str:
        """Key of a word; "" outside of the text."""
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def keys(self, first: int, last: int) -> list[str]:
        """Keys of the words from ``first`` to ``last`` (excluded) as far as the text goes."""
        return [word.key for word in self.words[max(0, first) : max(0, last)]]

    def printed(self, first: int, last: int) -> str:
        """The text of the words as printed."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def gap(self, at: int) -> str:
        """What stands between a word and the word before it."""
        return self.text[self.words[at - 1].end : self.words[at].start]

    def named(self, first: int, last: int, kind: TermKind, label: str) -> Candidate:
        """The words as a term of that label, with its concept where the vocabulary has one."""
        concept = self.matcher.concept_named(label)
        return Candidate(first, last, kind, label if concept is None else concept.label, None if concept is None else concept.slug)

    def term(self, candidate: Candidate) -> Term:
        """The candidate as a record with its span."""
        start, end = self.words[candidate.first].start, self.words[candidate.last - 1].end
        return Term(start=start, end=end, text=self.text[start:end], kind=candidate.kind, label=candidate.label, concept=candidate.concept)
