"""Curators accept, reject or correct findings; their decisions outlive every new reading of a paper. Told in ``docs/curation.md``."""

from kg.curation.apply import Revised, StoredPaper, curated, entry_of, findings_of, overlay_quads, revise
from kg.curation.corrections import FIELDS, find_changes, parse_changes, stated
from kg.curation.decide import Source, Word, by_paper, carry, decide, merge
from kg.curation.files import parse_decisions, write_nquads, write_turtle
from kg.curation.orcid import check_orcid
from kg.curation.overlay import Entry, Overlay, find_conflicts, lay_over

__all__ = [
    "FIELDS",
    "Entry",
    "Overlay",
    "Revised",
    "Source",
    "StoredPaper",
    "Word",
    "by_paper",
    "carry",
    "check_orcid",
    "curated",
    "decide",
    "entry_of",
    "find_changes",
    "find_conflicts",
    "findings_of",
    "lay_over",
    "merge",
    "overlay_quads",
    "parse_changes",
    "parse_decisions",
    "revise",
    "stated",
    "write_nquads",
    "write_turtle",
]
