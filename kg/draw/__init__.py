"""Pictures: the graph as a page, the evidence map and the forest of printed effects as SVG. Pure; text is escaped wherever it is put in."""

from kg.draw.evidence_map import EvidenceMap, arrange, draw_map, tally_words
from kg.draw.forest import DIFFERENCES, RATIOS, draw_forest, find_rows
from kg.draw.graph import draw_graph
from kg.draw.own_effects import draw_own_effects

__all__ = [
    "DIFFERENCES",
    "RATIOS",
    "EvidenceMap",
    "arrange",
    "draw_forest",
    "draw_graph",
    "draw_map",
    "draw_own_effects",
    "find_rows",
    "tally_words",
]
