"""Short forms that the text itself defines mean what their long form means.

In: words, the candidates found so far and the abbreviations. Out: candidates with every defined short form settled: one that the
vocabulary does not know takes the concept of its long form, one that the vocabulary reads otherwise is corrected, and one that the
vocabulary reads as the same thing or something wider keeps its own reading: "allogeneic HCT (HCT)" defines plain HCT.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.abbreviations import Abbreviation
from kg.extract.ambiguity import STATISTICS, is_followed_by_number
from kg.extract.candidates import Candidate, Reading
from kg.extract.matcher import TermMatcher, Word, has_capitals, words_of_name


@dataclass(frozen=True, slots=True)
class _Meaning:
    """The long form of an abbreviation, and the term it is, if it is one."""

    words: frozenset[str]
    term: Candidate | None
    #: True when the term says more than the long form: "allogeneic" before "hematopoietic cell transplantation (HCT)".
    is_wider: bool = False


def settle_defined(reading: Reading, found: Sequence[Candidate], abbreviations: Sequence[Abbreviation]) -> list[Candidate]:
    """The candidates with those of defined short forms added, corrected or dropped."""
    words = reading.words
    settled = {(each.first, each.last): each for each in found}
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word.key].append(at)
    for short, defined in _meanings(words, found, abbreviations).items():
        meaning = _as_settled(defined, settled)
        for place in _mentions(words, short, places):
            if short not in STATISTICS or not is_followed_by_number(place[1], words):
                meant = _settled(place, settled.pop(place, None), meaning, reading.matcher)
                if meant is not None:
                    settled[place] = meant
    return list(settled.values())


def _as_settled(meaning: _Meaning, settled: Mapping[tuple[int, int], Candidate]) -> _Meaning:
    """The meaning after what was settled before: in "swine APCs (sAPCs)" a short form stands in the long one."""
    term = meaning.term
    return meaning if term is None else replace(meaning, term=settled.get((term.first, term.last)))


def _meanings(words: Sequence[Word], found: Sequence[Candidate], abbreviations: Sequence[Abbreviation]) -> dict[str, _Meaning]:
    """Meaning by short form; of several definitions the first whose long form is a term."""
    by_end = {words[each.last - 1].end: each for each in found}
    meanings: dict[str, _Meaning] = {}
    for abbreviation in abbreviations:
        span = abbreviation.long_span
        earlier = meanings.get(abbreviation.short)
        if span is not None and (earlier is None or earlier.term is None):
            term = by_end.get(span.end)
            is_inside = term is not None and words[term.last - 1].start >= span.start
            long_words = frozenset(word.key for word in words_of_name(abbreviation.long))
            is_wider = term is not None and words[term.first].start < span.start
            meanings[abbreviation.short] = _Meaning(long_words, term if is_inside else None, is_wider)
    return meanings


def _mentions(words: Sequence[Word], short: str, places: Mapping[str, Sequence[int]]) -> Iterator[tuple[int, int]]:
    short_words = words_of_name(short)
    target, bare = [word.key for word in short_words], "".join(word.text for word in short_words)
    for first in places.get(target[0], ()):
        last = first + len(target)
        if [word.key for word in words[first:last]] == target and has_capitals(words[first:last], bare):
            yield first, last


def _settled(place: tuple[int, int], known: Candidate | None, meaning: _Meaning, matcher: TermMatcher) -> Candidate | None:
    long = meaning.term
    if long is None:
        # no term: the vocabulary's reading stands only if one of its names has a word of the long form
        names = matcher.context.get(known.concept or "", ()) if known is not None else ()
        return known if any(name & meaning.words for name in names) else None
    if known is not None and known.concept is not None and long.concept is not None:
        is_a = matcher.vocabulary.is_a
        if meaning.is_wider or is_a(long.concept, known.concept) or is_a(known.concept, long.concept):
            return known
    return Candidate(place[0], place[1], long.kind, long.label, long.concept)
