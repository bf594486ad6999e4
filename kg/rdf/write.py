"""Quads as text, the same bytes for the same quads in any order."""

from collections.abc import Iterable
from io import BytesIO

from pyoxigraph import Quad, RdfFormat, serialize

from kg.namespaces import PREFIXES


def sorted_nquads(quads: Iterable[Quad]) -> bytes:
    """Sorted N-Quads, each quad once, in UTF-8."""
    written = BytesIO()
    serialize(quads, written, format=RdfFormat.N_QUADS)
    lines = {line + b"\n" for line in written.getvalue().split(b"\n") if line}
    return b"".join(sorted(lines))


def sorted_trig(quads: Iterable[Quad]) -> bytes:
    """TriG with prefixes: graphs, subjects, predicates and objects in order, each quad once, in UTF-8."""
    written = BytesIO()
    ordered = sorted(set(quads), key=lambda quad: tuple(str(part) for part in (quad.graph_name, *quad.triple)))
    serialize(ordered, written, format=RdfFormat.TRIG, prefixes=PREFIXES)
    # Oxigraph writes the prefixes in an order that changes from run to run.
    lines = written.getvalue().split(b"\n")
    return b"\n".join([*sorted(lines[: len(PREFIXES)]), *lines[len(PREFIXES) :]])
