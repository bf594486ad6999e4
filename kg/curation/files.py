"""Decisions as a file that can be shared, and back. Pure: bytes in, bytes out."""

from collections.abc import Iterable
from io import BytesIO

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.curation.decide import merge
from kg.curation.orcid import check_orcid
from kg.errors import CurationError
from kg.model import Decision
from kg.rdf.curation import DECISIONS, decision_quads, read_decisions
from kg.rdf.stored import facts_of
from kg.rdf.write import sorted_nquads, sorted_trig
from kg.shapes import Shapes, check_graph, summarise

#: By the end of a file's name.
_FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS}


def write_turtle(decisions: Iterable[Decision]) -> bytes:
    """Sorted Turtle, the same bytes for the same decisions."""
    # TriG with nothing but a default graph is Turtle.
    return sorted_trig(Quad(each.subject, each.predicate, each.object) for each in decision_quads(decisions))


def write_nquads(decisions: Iterable[Decision]) -> bytes:
    """Sorted N-Quads in the graph of all decisions."""
    return sorted_nquads(decision_quads(decisions))


def parse_decisions(data: bytes, *, location: str, shapes: Shapes) -> tuple[Decision, ...]:
    """The decisions of a file, oldest first; the end of its name says which RDF it is, Turtle where it says nothing.

    Raises:
        CurationError: no RDF of that kind, or decisions that break ``curation-shapes.ttl`` or carry a mistyped ORCID iD.
    """
    end = location[location.rfind(".") :] if "." in location else ""
    name = NamedNode(DECISIONS)
    try:
        found = list(parse(BytesIO(data), format=_FORMATS.get(end, RdfFormat.TURTLE)))
    except (SyntaxError, ValueError) as exc:
        raise CurationError(f"cannot be read: {exc}", location=location, remedy="Give Turtle, TriG, N-Triples or N-Quads") from exc
    quads = list(dict.fromkeys(Quad(each.subject, each.predicate, each.object, name) for each in found))
    violations = check_graph(quads, shapes)
    if violations:
        raise CurationError("\n  ".join(["breaks the shapes of decisions:", *summarise(violations)]), location=location)
    decisions = read_decisions(facts_of(quads), location=location)
    for each in decisions:
        check_orcid(each.curator)
    return merge(decisions)
