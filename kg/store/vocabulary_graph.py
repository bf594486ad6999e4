"""The files of ``ontologies/`` as the quads of the vocabulary graph."""

from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.errors import VocabularyError
from kg.namespaces import graph_iri
from kg.turtle import FREE_LAYOUT, read_turtle

#: Shapes check graphs; they say nothing of what is in one.
_NO_PART = FREE_LAYOUT


def vocabulary_quads(folder: Path) -> list[Quad]:
    """OWL and SKOS of a folder, in order of file, each statement once.

    Raises:
        VocabularyError: there are no files, or one of them is no Turtle or has blank nodes.
    """
    files = [path for path in sorted(folder.glob("*.ttl")) if path.name not in _NO_PART]
    if not files:
        raise VocabularyError("no Turtle files", location=str(folder), remedy="Name the folder that holds the SKOS schemes")
    graph = NamedNode(graph_iri("vocabulary"))
    return list(dict.fromkeys(Quad(*statement, graph) for path in files for statement in read_turtle(path)))
