"""The cell populations that a study gives, grafts or measures, each once.

In: a paper with sentences, roles and terms of text and title. Out: ``Cell`` records: the generic cell, the tissue it comes from, its
donor, and its role. The tissue may be named in the title only, or in a sentence of its own ("the cells were grown from bone marrow"),
so that source and donor are gathered from the whole paper.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.cell_words import (
    CHANGED,
    DONOR_OF,
    DONORS,
    GIVEN_AFTER,
    GIVEN_BEFORE,
    GRAFT,
    GROWN_FROM,
    NOT_INVOLVED,
    PERIPHERAL,
    POOLED,
    RECOVERY,
    SOURCES,
    THIRD_PARTY_DONOR,
)
from kg.extract.facts.material import FURNITURE, find_citation, own_roles
from kg.model import Cell, CellRole, Paper, SectionLabel, Span, Term, TermKind
from kg.vocabulary import Vocabulary

_STROMAL = "mesenchymal-stromal-cell"
#: Cells that are given as a treatment, with all that stand below them; the first that a name falls under is the generic cell.
_PRODUCTS = (
    "decidua-stromal-cell",
    "msc-derived-extracellular-vesicle",
    "msc-derived-exosome",
    _STROMAL,
    "multipotent-adult-progenitor-cell",
    "donor-lymphocyte",
)
#: Cells that are given only if the text says so, else measured.
_SOMETIMES_GIVEN = ("regulatory-t-cell", "natural-killer-cell", "cytotoxic-t-cell")
_GRAFTS = {"peripheral-blood-stem-cell": "peripheral blood", "hematopoietic-stem-cell": None}
#: Products under a name of their own, with the tissue that they are made from.
_NAMED_PRODUCTS = {"remestemcel-l": "bone marrow"}
#: Counted to describe a graft or its recovery; not a population under study.
_NEVER_MEASURED = frozenset(
    {
        "mononuclear-cell", "hematopoietic-stem-and-progenitor-cell", "leukocyte", "neutrophil", "platelet", "erythrocyte",
        "pluripotent-stem-cell", "msc-conditioned-medium", "antigen-presenting-cell", "nonhematopoietic-stem-cell",
    }
)  # fmt: skip
_DONOR_WINDOW = 25
_FOUND_IN = frozenset({SectionLabel.OBJECTIVE, SectionLabel.METHODS, SectionLabel.RESULTS})


@dataclass(frozen=True)
class _Place:
    """A cell mention with the sentence around it; neither for a mention of the title."""

    term: Term
    sentence: Span | None
    role: SectionLabel | None


def find_cells(
    paper: Paper,
    sentences: Sequence[Span],
    roles: Sequence[SectionLabel],
    *,
    terms: Sequence[Term],
    title_terms: Sequence[Term],
    vocabulary: Vocabulary,
) -> tuple[Cell, ...]:
    """Given cells first, then grafts, then measured ones, each in order of first mention; ``roles`` has one label per sentence."""
    roles = own_roles(paper, sentences, roles)
    places = _places(paper, sentences, roles, terms, title_terms)
    reader = _Reader(paper, places, tuple(terms), tuple(title_terms), vocabulary, tuple(zip(sentences, roles, strict=True)))
    given = reader.given()
    return tuple(_once((*given, *reader.grafts(has_given=bool(given)), *reader.measured(given))))


def _places(
    paper: Paper, sentences: Sequence[Span], roles: Sequence[SectionLabel], terms: Sequence[Term], title_terms: Sequence[Term]
) -> tuple[_Place, ...]:
    """Cell mentions in the title and in sentences of the body; a citation line counts as title, page furniture not at all."""
    citation = find_citation(paper.text)
    places = [_Place(term, None, None) for term in title_terms if term.kind is TermKind.CELL_TYPE]
    for term in terms:
        if term.kind is not TermKind.CELL_TYPE:
            continue
        if citation is not None and citation.start <= term.start < citation.end:
            places.append(_Place(term, None, None))
            continue
        for span, role in zip(sentences, roles, strict=True):
            if span.start <= term.start < span.end and FURNITURE.search(paper.text, span.start, span.end) is None:
                places.append(_Place(term, span, role))
    return tuple(places)


@dataclass(frozen=True)
class _Reader:
    paper: Paper
    places: tuple[_Place, ...]
    terms: tuple[Term, ...]
    title_terms: tuple[Term, ...]
    vocabulary: Vocabulary
    sentences: tuple[tuple[Span, SectionLabel], ...]

    def given(self) -> list[Cell]:
        """Products named in the title or beyond the background, and cells that the text says were given."""
        cells = []
        for product in (*_PRODUCTS, *_SOMETIMES_GIVEN):
            places = [each for each in self.places if self._generic(each.term) == product]
            central = [each for each in places if each.sentence is None or each.role in _FOUND_IN]
            if product in _SOMETIMES_GIVEN and not any(self._is_given(each) for each in central):
                continue
            if central:
                cells += self._populations(product, places, central)
        return self._without_producers(cells)

    def grafts(self, *, has_given: bool) -> list[Cell]:
        """Stem cells that the text calls the graft or transplants; a transplant's name alone counts where no cells are given besides."""
        cells = []
        for place in self.places:
            slug = place.term.concept or ""
            if slug in _GRAFTS and place.role in _FOUND_IN and self._says(place, GRAFT) and DONOR_OF.match(self._after(place)) is None:
                cells.append(self._cell(slug, self._source_of(place.term) or _GRAFTS[slug], CellRole.GRAFT, [place]))
        return cells if cells or has_given else self._grafts_of_transplants()

    def measured(self, given: Sequence[Cell]) -> list[Cell]:
        """Cells whose sentence says that something changed in them; a donor's cells are not counted twice."""
        known = {cell.cell for cell in given}
        found: dict[str, list[_Place]] = {}
        for place in self.places:
            slug = self._generic(place.term)
            is_subject = (
                slug not in _NEVER_MEASURED and slug not in _GRAFTS and slug not in _PRODUCTS and self._label(slug, place.term) not in known
            )
            if is_subject and (place.sentence is None or self._is_measured(place)):
                found.setdefault(slug, []).append(place)
        kept = [slug for slug in found if not any(other.startswith("donor-") and self._is_above(slug, other) for other in found)]
        return [
            self._cell(slug, None, CellRole.MEASURED, found[slug])
            for slug in kept
            if any(each.sentence is not None for each in found[slug])
        ]

    def _populations(self, product: str, places: Sequence[_Place], central: Sequence[_Place]) -> list[Cell]:
        """One cell per source; a mention without source is one of them unless there is none."""
        if POOLED.search(self.paper.title or self.paper.text) is not None:
            # a pooled analysis spans sources: the one that a sentence names is that of some studies
            central = [each for each in central if each.sentence is None]
        sourced: dict[str, list[_Place]] = {}
        # the text says more exactly than the title; the title counts where the text names no source
        concluded = [each for each in central and places if each.role is SectionLabel.CONCLUSIONS]
        for group in (
            [each for each in central if each.sentence is not None],
            [each for each in central if each.sentence is None],
            concluded,
        ):
            for place in group if not sourced else []:
                source = self._source_of(place.term)
                if source is not None:
                    sourced.setdefault(source, []).append(place)
        if not sourced:
            return [self._cell(product, self._source_elsewhere(), CellRole.INTERVENTION, places)]
        return [
            self._cell(product, source, CellRole.INTERVENTION, [*each, *places] if len(sourced) == 1 else each)
            for source, each in sourced.items()
        ]

    def _cell(self, slug: str, source: str | None, role: CellRole, places: Sequence[_Place]) -> Cell:
        printed = sorted((each.term for each in places if each.sentence is not None), key=lambda term: term.start)
        first = printed[0] if printed else None
        named = places[0].term
        return Cell(
            cell=self._label(slug, named),
            source=source,
            donor=self._donor(places),
            role=role,
            start=None if first is None else first.start,
            end=None if first is None else first.end,
            concept=named.concept,
        )

    def _label(self, slug: str, term: Term) -> str:
        return self.vocabulary[slug].label if slug in self.vocabulary else term.label

    def _generic(self, term: Term) -> str:
        """Slug of the product that a cell is a kind of, else its own slug, else its label."""
        if term.concept is None:
            return term.label
        above = (term.concept, *self.vocabulary.ancestors(term.concept))
        return next((slug for slug in (*_PRODUCTS, *_SOMETIMES_GIVEN) if slug in above), term.concept)

    def _source_of(self, term: Term) -> str | None:
        """Tissue that the cell's own name says, by concept or by words of the phrase."""
        concept = self.vocabulary.concepts.get(term.concept or "")
        named = self.vocabulary[concept.tissue_source].label if concept is not None and concept.tissue_source is not None else term.text
        return next((tissue for tissue, pattern in SOURCES.items() if pattern.search(named) is not None), None)

    def _source_elsewhere(self) -> str | None:
        """A tissue that a sentence, the title or the name of the product ties to the cells: "the cells were grown from bone marrow"."""
        titled = self._tissues(self.title_terms)
        if len(titled) == 1:
            return titled[0]
        for span, role in self.sentences:
            grown = GROWN_FROM.search(self.paper.text, span.start, span.end) if role in _FOUND_IN else None
            if grown is not None:
                near = [t for t in self.terms if grown.end() <= t.start <= grown.end() + 40 and t.end <= span.end]
                tissues = self._tissues(near)
                if tissues:
                    return tissues[0]
                if any(t.concept == "pluripotent-stem-cell" for t in near):
                    return "induced pluripotent stem cell"
        return next((_NAMED_PRODUCTS[t.concept] for t in (*self.title_terms, *self.terms) if t.concept in _NAMED_PRODUCTS), None)

    def _tissues(self, terms: Iterable[Term]) -> list[str]:
        tissues = (term.label for term in terms if term.kind is TermKind.TISSUE_SOURCE)
        return list(dict.fromkeys(name for tissue in tissues for name, pattern in SOURCES.items() if pattern.search(tissue) is not None))

    def _donor(self, places: Sequence[_Place]) -> str | None:
        """Donor by the words in or right before a mention."""
        for place in places:
            text = self.paper.title or "" if place.sentence is None else self.paper.text
            window = text[max(0, place.term.start - _DONOR_WINDOW) : place.term.end]
            for donor, pattern in DONORS:
                if pattern.search(window.rsplit(". ", 1)[-1]) is not None:
                    return donor
            if THIRD_PARTY_DONOR.match(text, place.term.end) is not None:
                return "third-party"
        return None

    def _is_given(self, place: _Place) -> bool:
        return GIVEN_BEFORE.search(self._before(place)) is not None or GIVEN_AFTER.match(self._after(place)) is not None

    def _is_measured(self, place: _Place) -> bool:
        """True in a result that says that something changed, unless the cell is denied a part or only counted as recovered."""
        before = self._before(place)
        is_aside = NOT_INVOLVED.search(before) is not None or RECOVERY.search(before) is not None
        return place.role is SectionLabel.RESULTS and not is_aside and self._says(place, CHANGED)

    def _before(self, place: _Place) -> str:
        """Up to 120 characters of the sentence, or title, before the mention."""
        if place.sentence is None:
            return (self.paper.title or "")[max(0, place.term.start - 120) : place.term.start]
        return self.paper.text[max(place.sentence.start, place.term.start - 120) : place.term.start]

    def _after(self, place: _Place) -> str:
        """Up to 40 characters after the mention."""
        text = self.paper.title or "" if place.sentence is None else self.paper.text
        return text[place.term.end : place.term.end + 40]

    def _says(self, place: _Place, pattern: re.Pattern[str]) -> bool:
        return place.sentence is not None and pattern.search(self.paper.text, place.sentence.start, place.sentence.end) is not None

    def _is_above(self, slug: str, other: str) -> bool:
        return other in self.vocabulary and slug in self.vocabulary.ancestors(other)

    def _grafts_of_transplants(self) -> list[Cell]:
        """Peripheral blood stem cells of transplants named after them."""
        for term in self.terms:
            own = any(span.start <= term.start < span.end and role in _FOUND_IN for span, role in self.sentences)
            if (
                own
                and term.kind is TermKind.TRANSPLANT
                and PERIPHERAL.search(term.text) is not None
                and "peripheral-blood-stem-cell" in self.vocabulary
            ):
                graft = term.model_copy(
                    update={"kind": TermKind.CELL_TYPE, "concept": "peripheral-blood-stem-cell", "label": "peripheral blood stem cell"}
                )
                place = _Place(graft, Span(start=term.start, end=term.end), SectionLabel.METHODS)
                return [self._cell("peripheral-blood-stem-cell", "peripheral blood", CellRole.GRAFT, [place])]
        return []

    def _without_producers(self, cells: list[Cell]) -> list[Cell]:
        """Stromal cells that only made the vesicles under study are no population of their own."""
        slugs = [self._generic(each.term) for each in self.places if each.sentence is None]
        vesicles = [cell for cell in cells if "vesicle" in cell.cell or "exosome" in cell.cell]
        if vesicles and _STROMAL not in slugs:
            return [cell for cell in cells if cell in vesicles or cell.cell != self.vocabulary[_STROMAL].label]
        return cells


def _once(cells: Iterable[Cell]) -> list[Cell]:
    seen: dict[tuple[str, str | None, str | None], Cell] = {}
    for cell in cells:
        seen.setdefault((cell.cell, cell.source, cell.role), cell)
    return list(seen.values())
