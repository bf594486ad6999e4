"""Cells that a text gives or grafts under the name of something else: a product, a procedure, a transplant.

In: the origins of a paper. Out: cells with their tissue and the words that name them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.cell_origin import FOUND_IN, Origins, Place
from kg.extract.cell_words import ANIMALS, MARROW_GRAFT, PERIPHERAL, STROMAL
from kg.model import SectionLabel, Span, Term, TermKind

_STROMAL = "mesenchymal-stromal-cell"
#: Procedures that give cells, with the cells.
_CELLS_OF = {"donor-lymphocyte-infusion": "donor-lymphocyte"}
_MARROW = ("hematopoietic-stem-cell", "hematopoietic stem cell")
_PERIPHERAL = ("peripheral-blood-stem-cell", "peripheral blood stem cell")


@dataclass(frozen=True)
class Named:
    """A cell by slug, its tissue, and where it is named."""

    slug: str
    source: str | None
    place: Place


def given_by_name(origins: Origins) -> Iterator[Named]:
    """The first product, procedure or co-transplantation that gives cells, in the title or the study's own sentences."""
    own = [span for span, role in origins.sentences if role in FOUND_IN]
    named = [Place(term, None, None) for term in origins.title_terms]
    named += [Place(term, span, SectionLabel.METHODS) for term in origins.terms for span in own if span.start <= term.start < span.end]
    for place in named:
        concept = place.term.concept or ""
        tissue = origins.product_tissue(place.term)
        if tissue is not None:
            yield Named(_STROMAL, tissue, place)
        elif concept in _CELLS_OF and (place.sentence is None or sum(each.term.concept == concept for each in named) > 1):
            yield Named(_CELLS_OF[concept], None, place)
        elif place.term.kind is TermKind.TRANSPLANT and STROMAL.search(place.term.text) is not None:
            yield Named(_STROMAL, origins.source(place.term), place)
        else:
            continue
        return


def marrow_grafts(origins: Origins) -> Iterator[Named]:
    """Bone marrow that the text sets beside other stem cells as a graft."""
    if ANIMALS.search(origins.paper.text) is not None:
        return  # marrow of mice is how their model is made
    for span, role in origins.sentences:
        match = MARROW_GRAFT.search(origins.paper.text, span.start, span.end) if role in FOUND_IN else None
        if match is not None:
            tissue = Span(start=match.start("tissue"), end=match.end("tissue"))
            yield Named(_MARROW[0], "bone marrow", Place(_graft(origins, tissue, _MARROW), span, role))
            return


def grafts_of_transplants(origins: Origins) -> Iterator[Named]:
    """Peripheral blood stem cells of the first transplant named after them."""
    for span, role in origins.sentences:
        for term in origins.terms if role in FOUND_IN else ():
            is_peripheral = term.kind is TermKind.TRANSPLANT and PERIPHERAL.search(term.text) is not None
            if is_peripheral and span.start <= term.start < span.end:
                yield Named(_PERIPHERAL[0], "peripheral blood", Place(_graft(origins, term, _PERIPHERAL), span, SectionLabel.METHODS))
                return


def _graft(origins: Origins, span: Span | Term, name: tuple[str, str]) -> Term:
    text = origins.paper.text[span.start : span.end]
    return Term(start=span.start, end=span.end, text=text, kind=TermKind.CELL_TYPE, label=name[1], concept=name[0])
