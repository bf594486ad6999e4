"""Every mention of a vocabulary term in a text, in the form of the gold standard.

In: a text, a ``TermMatcher`` and the abbreviations that the text defines. Out: ``Term`` records in order, none inside another,
the longest phrase at each place. Names come from the vocabulary; what a list cannot hold (grades, sources, donors) is put
together by the phrase grammars, and a phrase that is clearly an outcome, cell or drug but has no concept is kept with its text.
"""

from collections.abc import Iterable, Sequence

from kg.extract.abbreviations import Abbreviation
from kg.extract.ambiguity import choose_entry
from kg.extract.candidates import Candidate, Reading
from kg.extract.cell_phrases import phenotypes, sourced_cells
from kg.extract.coined import coined_terms
from kg.extract.defined import settle_defined
from kg.extract.gvhd import gvhd_phrases
from kg.extract.matcher import TermMatcher, split_words
from kg.extract.outcome_phrases import composed_outcomes, incidences
from kg.extract.transplants import cell_transplants, transplant_phrases
from kg.model import Term, TermKind

#: "Steroid-refractory" speaks of the disease; the drug in it is no mention.
_RESPONSES = frozenset(
    {
        "refractory", "refractoriness", "resistant", "resistance", "dependent", "dependence", "unresponsive", "sparing", "naive", "free",
    }
)  # fmt: skip
_KINDS = frozenset(kind.value for kind in TermKind)


def find_terms(text: str, matcher: TermMatcher, *, abbreviations: Sequence[Abbreviation] = ()) -> tuple[Term, ...]:
    """Terms of the text in order of place, without overlap."""
    reading = Reading(text, split_words(text), matcher, {each.short: each.long for each in abbreviations})
    chosen = longest([*_listed(reading), *gvhd_phrases(reading), *transplant_phrases(reading)])
    chosen = longest([*chosen, *sourced_cells(reading, chosen), *phenotypes(reading)])
    cells = [each for each in chosen if each.kind is TermKind.CELL_TYPE]
    grown = [
        *cell_transplants(reading, cells),
        *incidences(reading, chosen),
        *composed_outcomes(reading, chosen),
        *coined_terms(reading, chosen),
    ]
    settled = settle_defined(reading, longest([*chosen, *grown]), abbreviations)
    return tuple(reading.term(each) for each in longest(settled))


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


def _listed(reading: Reading) -> list[Candidate]:
    """Mentions under a name of the vocabulary; short forms that the text does not bear out are left out."""
    keys = frozenset(word.key for word in reading.words)
    found = []
    for match in reading.matcher.match(reading.words):
        entry = choose_entry(match, reading.words, keys, reading.matcher)
        if entry is not None and entry.kind in _KINDS and not (entry.slug == "corticosteroid" and reading.key(match.last) in _RESPONSES):
            found.append(Candidate(match.first, match.last, TermKind(entry.kind), entry.label, entry.slug))
    return found
