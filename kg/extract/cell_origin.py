"""Where a cell comes from: its tissue and its donor.

In: a cell mention with the paper around it. Out: tissues and donor. A name says its own tissue ("UC-MSCs"); a list before or behind
the name says several ("bone marrow, adipose tissue and cord MSCs"); a sentence on how the cells were made says it for the whole paper.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.cell_words import DONORS, GROWN_FROM, GROWN_OF, JOINED, OF_GRAFT, PARTED, SOURCE_WAS, SOURCES, THIRD_PARTY_DONOR
from kg.model import Paper, SectionLabel, Span, Term, TermKind
from kg.vocabulary import Vocabulary

#: The parts of an abstract that tell of this study.
FOUND_IN = frozenset({SectionLabel.OBJECTIVE, SectionLabel.METHODS, SectionLabel.RESULTS})
_DONOR_WINDOW = 25


@dataclass(frozen=True)
class Place:
    """A cell mention with the sentence around it; neither for a mention of the title."""

    term: Term
    sentence: Span | None
    role: SectionLabel | None


@dataclass(frozen=True)
class Origins:
    """Answers for one paper; ``sentences`` have the roles that were settled for its cells."""

    paper: Paper
    terms: Sequence[Term]
    title_terms: Sequence[Term]
    sentences: Sequence[tuple[Span, SectionLabel]]
    vocabulary: Vocabulary

    def text_of(self, place: Place) -> str:
        """The text that the mention stands in."""
        return self.paper.title or "" if place.sentence is None else self.paper.text

    def source(self, term: Term) -> str | None:
        """The tissue that the cell's own name says, by concept or by words of the phrase."""
        concept = self.vocabulary.concepts.get(term.concept or "")
        named = self.vocabulary[concept.tissue_source].label if concept is not None and concept.tissue_source is not None else term.text
        return next(iter(_tissues_of(named)), None)

    def sources(self, place: Place) -> list[str]:
        """Tissues of the mention: that of its name, and those listed right before it or behind it."""
        own = self.source(place.term)
        if own is None:
            return []
        terms = self.title_terms if place.sentence is None else self.terms
        text = self.text_of(place)
        before = self._chain(text, terms, place.term.start, forward=False)
        behind = self._chain(text, terms, place.term.end, forward=True)
        return list(dict.fromkeys([*_tissues(reversed(before)), own, *_tissues(behind)]))

    def sources_elsewhere(self) -> list[str]:
        """Tissues that a sentence, the title or the name of the product ties to the cells."""
        title = self.paper.title or ""
        titled = _tissues(term for term in self.title_terms if OF_GRAFT.match(title, term.end) is None)
        if len(titled) == 1:
            return titled
        grown = self.grown_from()
        if grown:
            return grown
        named = (self.product_tissue(term) for term in (*self.title_terms, *self.terms))
        first = next((tissue for tissue in named if tissue is not None), None)
        return [] if first is None else [first]

    def product_tissue(self, term: Term) -> str | None:
        """The tissue that cells under a name of their own are made from; None for other terms."""
        concept = self.vocabulary.concepts.get(term.concept or "") if term.kind is TermKind.DRUG else None
        return None if concept is None or concept.tissue_source is None else self.vocabulary[concept.tissue_source].label

    def grown_from(self) -> list[str]:
        """Tissues of the first sentence on how the cells were made: "the cells were grown from bone marrow"."""
        for match, span in self._made():
            near = [t for t in self.terms if match.end() <= t.start <= match.end() + 40 and t.end <= span.end]
            first = next((t for t in near if t.kind is TermKind.TISSUE_SOURCE and _tissues([t])), None)
            if first is not None:
                return _tissues([first, *self._chain(self.paper.text, self.terms, first.end, forward=True)])
            if any(t.concept == "pluripotent-stem-cell" for t in near):
                return ["induced pluripotent stem cell"]
        return self._said_to_be_source()

    def _said_to_be_source(self) -> list[str]:
        """Tissues called the source, or taken to grow cells from: "the marrow of volunteers served as the source"."""
        for span, role in self.sentences:
            if role not in FOUND_IN:
                continue
            said = GROWN_OF.search(self.paper.text, span.start, span.end)
            start, end = (span.start, said.start()) if said is not None else (0, 0)
            if said is None and (said := SOURCE_WAS.search(self.paper.text, span.start, span.end)) is not None:
                start, end = said.end(), min(span.end, said.end() + 60)
            tissues = _tissues(t for t in self.terms if start <= t.start < end)
            if tissues:
                return tissues
        return []

    def donor(self, places: Iterable[Place], *, is_made: bool = False) -> str | None:
        """Donor by the words in or right before a mention; with ``is_made`` also by how the cells were made."""
        for place in places:
            text = self.text_of(place)
            window = text[max(0, place.term.start - _DONOR_WINDOW) : place.term.start]
            donor = _donor_of(PARTED.split(window)[-1] + text[place.term.start : place.term.end])
            if donor is not None:
                return donor
            if THIRD_PARTY_DONOR.match(text, place.term.end) is not None:
                return "third-party"
        if is_made:
            made = (_donor_of(self.paper.text[match.start() : span.end]) for match, span in self._made())
            return next((donor for donor in made if donor is not None), None)
        return None

    def _made(self) -> Iterable[tuple[re.Match[str], Span]]:
        for span, role in self.sentences:
            match = GROWN_FROM.search(self.paper.text, span.start, span.end) if role in FOUND_IN else None
            if match is not None:
                yield match, span

    def _chain(self, text: str, terms: Sequence[Term], at: int, *, forward: bool) -> list[Term]:
        """Tissues joined to a place by commas and conjunctions, nearest first."""
        chain: list[Term] = []
        while True:
            following = (t for t in terms if t.kind is TermKind.TISSUE_SOURCE and _is_joined(text, t, at, forward=forward))
            term = next(following, None)
            if term is None:
                return chain
            chain.append(term)
            at = term.end if forward else term.start


def _is_joined(text: str, tissue: Term, at: int, *, forward: bool) -> bool:
    start, end = (at, tissue.start) if forward else (tissue.end, at)
    return start < end <= start + 30 and JOINED.fullmatch(text, start, end) is not None


def _tissues(terms: Iterable[Term]) -> list[str]:
    names = (name for term in terms if term.kind is TermKind.TISSUE_SOURCE for name in _tissues_of(term.label))
    return list(dict.fromkeys(names))


def _tissues_of(words: str) -> list[str]:
    return [name for name, pattern in SOURCES.items() if pattern.search(words) is not None]


def _donor_of(words: str) -> str | None:
    return next((donor for donor, pattern in DONORS if pattern.search(words) is not None), None)
