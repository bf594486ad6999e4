"""``kg export``: the graph in a format that other tools read."""

from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import write
from kg.cli.options import Output, Store

if TYPE_CHECKING:
    from kg.store import Store as OpenStore


class ExportFormat(StrEnum):
    """RDF formats, each with one sorted form."""

    NQ = "nq"
    TRIG = "trig"
    TTL = "ttl"
    JSONLD = "jsonld"


def export(
    *,
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="ttl has no graphs: all of them become one.")] = ExportFormat.NQ,
    store: Store = None,
    output: Output = None,
) -> None:
    """Write the whole graph as RDF.

    Example: kg export --format trig --output graph.trig
    """
    from kg.build import write_whole
    from kg.cli.parts import open_store

    with open_store(store) as opened:
        content = _content(opened, form)
    if output is None:
        write(content.decode("utf-8"))
    else:
        write_whole(output, content)


def _content(store: "OpenStore", form: ExportFormat) -> bytes:
    from pyoxigraph import Quad, RdfFormat, parse, serialize

    from kg.rdf import sorted_trig

    if form is ExportFormat.TRIG:
        return store.dump("trig")
    lines = store.dump("nquads")
    if form is ExportFormat.NQ:
        return lines
    quads = list(parse(lines, format=RdfFormat.N_QUADS))
    if form is ExportFormat.TTL:
        # TriG with nothing but a default graph is Turtle.
        return sorted_trig(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    written = BytesIO()
    serialize(quads, written, format=RdfFormat.JSON_LD)
    return written.getvalue()
