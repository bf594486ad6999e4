"""Quads as text, the same bytes for the same quads in any order."""

from collections.abc import Iterable
from io import BytesIO

from pyoxigraph import Quad, RdfFormat, serialize

from kg.namespaces import PREFIXES
from kg.turtle import RDF_TYPE


def sorted_nquads(quads: Iterable[Quad]) -> bytes:
    """Sorted N-Quads, each quad once, in UTF-8."""
    written = BytesIO()
    serialize(quads, written, format=RdfFormat.N_QUADS)
    lines = {line + b"\n" for line in written.getvalue().split(b"\n") if line}
    return b"".join(sorted(lines))


def sorted_trig(quads: Iterable[Quad]) -> bytes:
    """TriG with prefixes: graphs, subjects, predicates (the class first) and objects in order, each quad once, in UTF-8."""
    written = BytesIO()
    serialize(sorted(set(quads), key=_place), written, format=RdfFormat.TRIG, prefixes=PREFIXES)
    # Oxigraph writes the prefixes in an order that changes from run to run.
    lines = written.getvalue().split(b"\n")
    return b"\n".join([*sorted(lines[: len(PREFIXES)]), *lines[len(PREFIXES) :]])


def _place(quad: Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate.value
    return str(quad.graph_name), str(quad.subject), predicate != RDF_TYPE, predicate, str(quad.object)
