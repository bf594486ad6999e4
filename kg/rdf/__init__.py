"""Records -> quads, one file per kind of thing; the shape of the graph is told in ``docs/data-model.md``."""

from kg.rdf.evidence import Run
from kg.rdf.favours import favours
from kg.rdf.links import key_quads, link_quads
from kg.rdf.quads import paper_quads
from kg.rdf.write import sorted_nquads, sorted_trig

__all__ = ["Run", "favours", "key_quads", "link_quads", "paper_quads", "sorted_nquads", "sorted_trig"]
