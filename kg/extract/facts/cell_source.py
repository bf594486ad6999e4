"""Where the tissue of a given cell was read: the text, else the title, else a citation line.

In: material with its cells. Out: facts of the field ``cell_source``, one for each given cell whose source is printed.
"""

from kg.extract.cell_words import SOURCES
from kg.extract.facts.material import Hit, Material
from kg.extract.facts.wording import Wording
from kg.model import CellRole, Fact, SectionLabel


def find_cell_sources(material: Material) -> tuple[Fact, ...]:
    """One fact per given cell, in the order of cells."""
    sources = dict.fromkeys(cell.source for cell in material.cells if cell.role is CellRole.INTERVENTION and cell.source is not None)
    hits = [(source, _first(material, source)) for source in sources if source in SOURCES]
    return tuple(hit.fact("cell_source", f"source-{source.replace(' ', '-')}") for source, hit in hits if hit is not None)


def _first(material: Material, source: str) -> Hit | None:
    # the empty stem stands in every text
    return material.first(Wording(SOURCES[source], ("",)), roles=frozenset(SectionLabel))
