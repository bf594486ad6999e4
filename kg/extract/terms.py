"""Every mention of a vocabulary term in a text, in the form of the gold standard.

In: a text, a ``TermMatcher`` and the abbreviations that the text defines. Out: ``Term`` records in order, none inside another,
the longest phrase at each place. Names come from the vocabulary; what a list cannot hold (grades, sources, donors) is put
together by the phrase grammars, and a phrase that is clearly an outcome, cell or drug but has no concept is kept with its text.
"""

from collections.abc import Iterable, Sequence

from kg.extract.ambiguity import choose_entry
from kg.extract.candidates import Candidate
from kg.extract.cell_phrases import phenotypes, sourced_cells
from kg.extract.coined import coined_terms
from kg.extract.gvhd import gvhd_phrases
from kg.extract.matcher import TermMatcher, Word, split_words
from kg.extract.outcome_phrases import composed_outcomes, incidences
from kg.extract.transplants import cell_transplants, transplant_phrases
from kg.model import Term, TermKind

_KINDS = frozenset(kind.value for kind in TermKind)


def find_terms(text: str, matcher: TermMatcher) -> tuple[Term, ...]:
    """Terms of the text in order of place, without overlap."""
    words = split_words(text)
    chosen = longest(_phrases(words, matcher))
    chosen = longest([*chosen, *sourced_cells(words, chosen, matcher), *phenotypes(words, matcher)])
    cells = [each for each in chosen if each.kind is TermKind.CELL_TYPE]
    grown = [
        *cell_transplants(words, cells, matcher),
        *incidences(words, chosen, matcher),
        *composed_outcomes(text, words, chosen, matcher),
        *coined_terms(text, words, chosen, matcher),
    ]
    return tuple(_term(text, words, each) for each in longest([*chosen, *grown]))


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates that do not overlap: the longest wins, then the earlier in the text, then the earlier in the list."""
    taken: set[int] = set()
    chosen = []
    for candidate in sorted(candidates, key=lambda each: (each.first - each.last, each.first)):
        place = range(candidate.first, candidate.last)
        if taken.isdisjoint(place):
            taken.update(place)
            chosen.append(candidate)
    return sorted(chosen, key=lambda each: each.first)


def _phrases(words: Sequence[Word], matcher: TermMatcher) -> list[Candidate]:
    return [*_named(words, matcher), *gvhd_phrases(words, matcher), *transplant_phrases(words, matcher)]


def _named(words: Sequence[Word], matcher: TermMatcher) -> list[Candidate]:
    """Mentions under a name of the vocabulary; short forms that the text does not bear out are left out."""
    keys = frozenset(word.key for word in words)
    found = []
    for match in matcher.match(words):
        entry = choose_entry(match, words, keys, matcher)
        if entry is not None and entry.kind in _KINDS:
            found.append(Candidate(match.first, match.last, TermKind(entry.kind), entry.label, entry.slug))
    return found


def _term(text: str, words: Sequence[Word], candidate: Candidate) -> Term:
    start, end = words[candidate.first].start, words[candidate.last - 1].end
    return Term(start=start, end=end, text=text[start:end], kind=candidate.kind, label=candidate.label, concept=candidate.concept)
