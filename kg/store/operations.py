"""What a change does, step by step, and each step as SPARQL 1.1 Update.

A change is a sequence of operations: an engine with transactions runs it as one request, one without runs it in pieces.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad


@dataclass(frozen=True)
class DropGraph:
    """Drop a graph, there or not."""

    graph: str


@dataclass(frozen=True)
class DeleteSubjects:
    """Delete all that a graph states of some subjects."""

    graph: str
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Delete:
    """Delete quads, there or not."""

    quads: tuple[Quad, ...]


@dataclass(frozen=True)
class Insert:
    """Insert quads, there or not."""

    quads: tuple[Quad, ...]


Operation = DropGraph | DeleteSubjects | Delete | Insert


def as_update(operations: Iterable[Operation]) -> str:
    """The operations as one request; empty where there is nothing to do."""
    return " ;\n".join(text for text in map(_render, operations) if text)


def in_pieces(operations: Iterable[Operation], size: int) -> Iterator[Operation]:
    """The same, no operation with more than ``size`` quads or subjects."""
    for operation in operations:
        match operation:
            case DropGraph():
                yield operation
            case DeleteSubjects(graph, subjects):
                yield from (DeleteSubjects(graph, subjects[at : at + size]) for at in range(0, len(subjects), size))
            case Delete(quads):
                yield from (Delete(quads[at : at + size]) for at in range(0, len(quads), size))
            case Insert(quads):
                yield from (Insert(quads[at : at + size]) for at in range(0, len(quads), size))


def _render(operation: Operation) -> str:
    match operation:
        case DropGraph(graph):
            return f"DROP SILENT GRAPH {NamedNode(graph)}"
        case DeleteSubjects(graph, subjects):
            return _delete_subjects(str(NamedNode(graph)), [str(NamedNode(each)) for each in subjects])
        case Delete(quads):
            return _data("DELETE", quads)
        case Insert(quads):
            return _data("INSERT", quads)


def _delete_subjects(graph: str, subjects: Sequence[str]) -> str:
    if not subjects:
        return ""
    pattern = f"GRAPH {graph} {{ ?s ?p ?o }}"
    return f"DELETE {{ {pattern} }} WHERE {{ VALUES ?s {{ {' '.join(subjects)} }} {pattern} }}"


def _data(verb: str, quads: Iterable[Quad]) -> str:
    by_graph: defaultdict[str, list[str]] = defaultdict(list)
    for quad in quads:
        by_graph[str(quad.graph_name)].append(f"{quad.subject} {quad.predicate} {quad.object} .")
    graphs = ["\n".join((f"GRAPH {graph} {{", *lines, "}")) for graph, lines in by_graph.items()]
    return "\n".join((f"{verb} DATA {{", *graphs, "}")) if graphs else ""
