"""The cell populations that a study gives, grafts or measures, each once.

In: a paper with sentences, roles and terms of text and title. Out: ``Cell`` records: the generic cell, the tissue it comes from, its
donor, and its role. The tissue may be named in the title only, or in a sentence of its own ("the cells were grown from bone marrow"),
so that source and donor are gathered from the whole paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.any_case import AnyCase
from kg.extract.cell_kinds import GRAFTS, NEVER_MEASURED, PRODUCTS, SOMETIMES_GIVEN, STROMAL, STROMAL_KINDS, VESICLES
from kg.extract.cell_names import Named, given_by_name, grafts_of_transplants, marrow_grafts
from kg.extract.cell_origin import FOUND_IN, Origins, Place
from kg.extract.cell_words import (
    ALONG,
    CELLS_AGAIN,
    CHANGED,
    DONOR_OF,
    GIVEN_AFTER,
    GIVEN_BEFORE,
    GRAFT,
    LIKENED_TO,
    MADE_BY,
    NOT_INVOLVED,
    POOLED,
    RECOVERY,
)
from kg.extract.facts.material import FURNITURE, find_citation, own_roles
from kg.extract.given_cells import most_given_cell
from kg.model import Cell, CellRole, Paper, SectionLabel, Span, Term, TermKind
from kg.vocabulary import Vocabulary


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
    origins = Origins(paper, tuple(terms), tuple(title_terms), tuple(zip(sentences, roles, strict=True)), vocabulary)
    reader = _Reader(origins, places)
    given = reader.given()
    return tuple(_once((*given, *reader.grafts(has_given=bool(given)), *reader.measured(given))))


def _places(
    paper: Paper, sentences: Sequence[Span], roles: Sequence[SectionLabel], terms: Sequence[Term], title_terms: Sequence[Term]
) -> tuple[Place, ...]:
    """Cell mentions in the title and in sentences of the body; a citation line counts as title, page furniture not at all."""
    citation = find_citation(paper.text)
    places = [Place(term, None, None) for term in title_terms if term.kind is TermKind.CELL_TYPE]
    for term in terms:
        if term.kind is not TermKind.CELL_TYPE:
            continue
        if citation is not None and citation.start <= term.start < citation.end:
            places.append(Place(term, None, None))
            continue
        for span, role in zip(sentences, roles, strict=True):
            if span.start <= term.start < span.end and FURNITURE.search(paper.text, span.start, span.end) is None:
                places.append(Place(term, span, role))
    return tuple(places)


@dataclass(frozen=True)
class _Reader:
    origins: Origins
    places: tuple[Place, ...]

    @cached_property
    def by_kind(self) -> dict[str, list[Place]]:
        """Mentions by the product that their cell is a kind of, else by the cell."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            found.setdefault(self._generic(place.term), []).append(place)
        return found

    def given(self) -> list[Cell]:
        """Products named in the title or beyond the background, and cells that the text says were given."""
        cells: list[Cell] = []
        for product in (*PRODUCTS, *SOMETIMES_GIVEN):
            places = self.by_kind.get(product, [])
            central = [each for each in places if each.sentence is None or (each.role in FOUND_IN and not self._is_likened(each))]
            if product in SOMETIMES_GIVEN and not any(self._is_given(each) for each in central):
                continue
            if product == STROMAL and self._only_made_vesicles(places):
                continue
            if central or (places and not cells and self._is_taken_up()):
                cells += self._populations(product, places, central or places)
        if cells:
            return [each for each in cells if not self._is_said_closer(each, cells)]
        if self._is_only_subject():
            return self._populations(STROMAL, self.by_kind[STROMAL], self.by_kind[STROMAL])
        named = [self._cell(named.slug, named.source, CellRole.INTERVENTION, [named.place]) for named in given_by_name(self.origins)]
        return named or self._most_given()

    def _most_given(self) -> list[Cell]:
        """Cells of any other kind that the text says again and again are given."""
        origins = self.origins
        term = most_given_cell(origins.paper.text, origins.terms, title=origins.paper.title or "", title_terms=origins.title_terms)
        slug = None if term is None else self._generic(term)
        return [] if slug is None else self._populations(slug, self.by_kind[slug], self.by_kind[slug])

    def grafts(self, *, has_given: bool) -> list[Cell]:
        """Stem cells that the text calls the graft or transplants; a transplant's name alone counts where no cells are given besides."""
        cells = []
        for place in self.places:
            slug = place.term.concept or ""
            if slug in GRAFTS and place.role in FOUND_IN and self._says(place, GRAFT) and DONOR_OF.match(self._after(place)) is None:
                cells.append(self._cell(slug, self.origins.source(place.term) or GRAFTS[slug], CellRole.GRAFT, [place]))
        if cells:
            return cells + self._named_grafts(marrow_grafts(self.origins))
        if has_given and (marrow := self._named_grafts(marrow_grafts(self.origins))):
            return marrow
        is_of_drug = any(term.kind is TermKind.DRUG and ALONG.search(self._title_before(term)) is None for term in self.origins.title_terms)
        return [] if has_given or is_of_drug else self._named_grafts(grafts_of_transplants(self.origins))

    def _is_said_closer(self, cell: Cell, cells: Sequence[Cell]) -> bool:
        """True for "NKT cells" beside "invariant NKT cells"; a kind of stromal cell is often given beside another."""
        slug = cell.concept or ""
        return slug in SOMETIMES_GIVEN and any(self._is_above(slug, other.concept or "") for other in cells)

    def _is_only_subject(self) -> bool:
        """True when stromal cells are all that is given in a text whose title names no cell and that names no drug, as in an essay."""
        titled = any(term.kind in (TermKind.DRUG, TermKind.CELL_TYPE) for term in self.origins.title_terms)
        titled = titled or any(term.kind is TermKind.DRUG for term in self.origins.terms)
        named = {self._generic(each.term) for each in self.places}
        return not titled and named == {STROMAL} and not any(given_by_name(self.origins))

    def _named_grafts(self, named: Iterable[Named]) -> list[Cell]:
        return [self._cell(each.slug, each.source, CellRole.GRAFT, [each.place]) for each in named]

    def measured(self, given: Sequence[Cell]) -> list[Cell]:
        """Cells whose sentence says that something changed in them; a donor's cells are not counted twice."""
        known = {cell.cell for cell in given}
        found: dict[str, list[Place]] = {}
        for place in self.places:
            slug = self._generic(place.term)
            is_subject = (
                slug not in NEVER_MEASURED and slug not in GRAFTS and slug not in PRODUCTS and self._label(slug, place.term) not in known
            )
            if is_subject and (place.sentence is None or self._is_measured(place)):
                found.setdefault(slug, []).append(place)
        kept = [slug for slug in found if not any(other.startswith("donor-") and self._is_above(slug, other) for other in found)]
        return [
            self._cell(slug, None, CellRole.MEASURED, found[slug])
            for slug in kept
            if any(each.sentence is not None for each in found[slug])
        ]

    def _populations(self, product: str, places: Sequence[Place], central: Sequence[Place]) -> list[Cell]:
        """One cell per source; a mention without source is one of them unless there is none."""
        if POOLED.search(self.origins.paper.title or self.origins.paper.text) is not None:
            # a pooled analysis spans sources: the one that a sentence names is that of some studies
            central = [each for each in central if each.sentence is None]
        sourced = self._by_source(places, central)
        if not sourced:
            made: list[str | None] = [*self.origins.sources_elsewhere()]
            made = made or [self._producers_source() if product in VESICLES else None]
            return [self._cell(product, source, CellRole.INTERVENTION, places) for source in made]
        listed = self.origins.grown_from()
        if len(listed) > 1 and set(sourced) <= set(listed):
            sourced = {source: sourced.get(source, list(places)) for source in listed}
        return [
            self._cell(product, source, CellRole.INTERVENTION, [*each, *places] if len(sourced) == 1 else each)
            for source, each in sourced.items()
        ]

    def _by_source(self, places: Sequence[Place], central: Sequence[Place]) -> dict[str, list[Place]]:
        """Mentions by tissue: the text says more exactly than the title, which counts where the text names none."""
        in_text = [each for each in central if each.sentence is not None]
        titled = [each for each in central if each.sentence is None]
        concluded = [each for each in places if each.role is SectionLabel.CONCLUSIONS] if central else []
        for group in (in_text, titled, concluded):
            sourced: dict[str, list[Place]] = {}
            for place in group:
                for source in self.origins.sources(place):
                    sourced.setdefault(source, []).append(place)
            if sourced:
                return sourced
        return {}

    def _producers_source(self) -> str | None:
        """Tissue of the stromal cells that made the vesicles."""
        told = (None, SectionLabel.METHODS, SectionLabel.RESULTS)
        stromal = (each for each in self.by_kind.get(STROMAL, ()) if each.role in told)
        return next((source for each in stromal if (source := self.origins.source(each.term)) is not None), None)

    def _only_made_vesicles(self, places: Sequence[Place]) -> bool:
        """True when vesicles are under study and no mention says that the cells themselves were given or compared."""
        vesicles = [each for slug in VESICLES for each in self.by_kind.get(slug, ())]
        has_vesicles = any(each.sentence is None or each.role in FOUND_IN for each in vesicles)
        own = [each for each in places if each.sentence is None or each.role in FOUND_IN]
        return has_vesicles and bool(own) and all(self._is_producer(each) for each in own)

    def _is_likened(self, place: Place) -> bool:
        """As in "decidual cells, which differ from |marrow MSCs|": named to say what other cells are like."""
        return LIKENED_TO.search(self._before(place)) is not None

    def _is_producer(self, place: Place) -> bool:
        return MADE_BY.search(self._before(place)) is not None or (place.sentence is not None and not self._is_given(place))

    def _is_taken_up(self) -> bool:
        """True when the study's own sentences speak of cells that only the background names."""
        text = self.origins.paper.text
        return any(role in FOUND_IN and CELLS_AGAIN.search(text, span.start, span.end) for span, role in self.origins.sentences)

    def _cell(self, slug: str, source: str | None, role: CellRole, places: Sequence[Place]) -> Cell:
        printed = sorted((each.term for each in places if each.sentence is not None), key=lambda term: term.start)
        first = printed[0] if printed else None
        named = places[0].term
        return Cell(
            cell=self._label(slug, named),
            source=source,
            donor=self.origins.donor(places, is_made=role is CellRole.INTERVENTION),
            role=role,
            start=None if first is None else first.start,
            end=None if first is None else first.end,
            concept=named.concept,
        )

    def _label(self, slug: str, term: Term) -> str:
        return self.origins.vocabulary[slug].label if slug in self.origins.vocabulary else term.label

    def _generic(self, term: Term) -> str:
        """Slug of the product that a cell is a kind of, else its own slug, else its label."""
        if term.concept is None:
            return term.label
        if term.concept in STROMAL_KINDS:
            return STROMAL
        above = (term.concept, *self.origins.vocabulary.ancestors(term.concept))
        return next((slug for slug in (*PRODUCTS, *SOMETIMES_GIVEN) if slug in above), term.concept)

    def _is_given(self, place: Place) -> bool:
        return GIVEN_BEFORE.search(self._before(place)) is not None or GIVEN_AFTER.match(self._after(place)) is not None

    def _is_measured(self, place: Place) -> bool:
        """True in a result that says that something changed, unless the cell is denied a part or only counted as recovered."""
        before = self._before(place)
        is_aside = NOT_INVOLVED.search(before) is not None or RECOVERY.search(before) is not None
        return place.role is SectionLabel.RESULTS and not is_aside and self._says(place, CHANGED)

    def _before(self, place: Place) -> str:
        """Up to 120 characters of the sentence, or title, before the mention."""
        if place.sentence is None:
            return (self.origins.paper.title or "")[max(0, place.term.start - 120) : place.term.start]
        return self.origins.paper.text[max(place.sentence.start, place.term.start - 120) : place.term.start]

    def _after(self, place: Place) -> str:
        """Up to 40 characters after the mention."""
        text = self.origins.paper.title or "" if place.sentence is None else self.origins.paper.text
        return text[place.term.end : place.term.end + 40]

    def _title_before(self, term: Term) -> str:
        return (self.origins.paper.title or "")[: term.start]

    def _says(self, place: Place, pattern: AnyCase) -> bool:
        return place.sentence is not None and pattern.search(self.origins.paper.text, place.sentence.start, place.sentence.end) is not None

    def _is_above(self, slug: str, other: str) -> bool:
        return other in self.origins.vocabulary and slug in self.origins.vocabulary.ancestors(other)


def _once(cells: Iterable[Cell]) -> list[Cell]:
    seen: dict[tuple[str, str | None, str | None], Cell] = {}
    for cell in cells:
        seen.setdefault((cell.cell, cell.source, cell.role), cell)
    return list(seen.values())
