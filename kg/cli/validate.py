"""``kg validate``: do the graphs of papers and their links keep to the shapes, and the vocabulary to its form?"""

from typing import TYPE_CHECKING

import typer

from kg.cli.console import FAILED, say, write
from kg.cli.options import Store

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.store import Store as OpenStore


def validate(*, store: Store = None) -> None:
    """Check the store against the shapes, and the ontology files."""
    from kg.bundled import ontologies_folder
    from kg.cli.parts import default_shapes, link_shapes, open_store
    from kg.mappings import repairs
    from kg.shapes import check_graph, summarise

    faults = [f"{path}: not in canonical form. Run kg vocabulary format" for path in repairs(ontologies_folder())]
    shapes = {"paper": default_shapes(), "links": link_shapes()}
    with open_store(store) as opened:
        papers = opened.paper_ids()
        for paper in papers:
            for kind, of_kind in shapes.items():
                faults += [f"{paper}: {line}" for line in summarise(check_graph(_quads(opened, kind, paper), of_kind))]
    for fault in faults:
        say(fault)
    write(f"{len(papers)} papers checked, {len(faults)} faults\n")
    if faults:
        raise typer.Exit(FAILED)


def _quads(store: "OpenStore", kind: str, paper: str) -> "list[Quad]":
    """The graph of one paper, or of its links."""
    from pyoxigraph import NamedNode, Quad

    from kg.namespaces import BASE, graph_iri
    from kg.store import Statements

    graph = graph_iri(kind, paper)
    answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    triples = answer.triples if isinstance(answer, Statements) else ()
    quads = [Quad(each.subject, each.predicate, each.object, NamedNode(graph)) for each in triples]
    # Of papers and findings a links graph states keys and short triples only, which no shape describes.
    return quads if kind == "paper" else [each for each in quads if str(each.subject).startswith(f"<{BASE}link/")]
