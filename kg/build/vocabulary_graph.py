"""The ontology files as the quads of the vocabulary graph."""

from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.namespaces import graph_iri
from kg.turtle import FREE_LAYOUT, read_turtle


def vocabulary_quads(folder: Path) -> list[Quad]:
    """All that the Turtle files state, the shapes apart, which speak of graphs and not of the world.

    Raises:
        VocabularyError: a file is no Turtle.
    """
    graph = NamedNode(graph_iri("vocabulary"))
    files = [path for path in sorted(folder.glob("*.ttl")) if path.name not in FREE_LAYOUT]
    return list(dict.fromkeys(Quad(*statement, graph) for path in files for statement in read_turtle(path)))
