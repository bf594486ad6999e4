"""SHACL on one paper graph before it is stored: quads in, violations out.

``ontologies/shapes.ttl`` holds the shapes. They ask of each concept which scheme it is in, so the schemes of the concepts that a
graph names stand beside it while it is checked. Two rules lie outside what SHACL Core can say and are kept here: no blank
nodes, and no node whose class has no shape, since a closed shape guards only what it targets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import RDF, SH, SKOS, BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import ShapeError, VocabularyError
from kg.namespaces import PREFIXES, concept_iri, scheme_iri
from kg.vocabulary import Vocabulary

_EXAMPLES = 3
_BLANK = "A paper graph has no blank nodes."
_XSD_STRING = PREFIXES["xsd"] + "string"


@dataclass(frozen=True)
class Shapes:
    """Shapes, parsed once, and the scheme of each concept."""

    graph: Graph
    schemes: Mapping[str, str]
    #: IRIs of the classes that have a shape.
    classes: frozenset[str]


@dataclass(frozen=True, order=True)
class Violation:
    """One thing that a graph states and a shape forbids, or the other way round."""

    #: What should hold, a whole sentence.
    message: str
    #: The property concerned; empty where it is the node itself.
    path: str
    focus: str
    value: str = ""


def load_shapes(path: Path, vocabulary: Vocabulary) -> Shapes:
    """Read a shapes file.

    Raises:
        VocabularyError: the file is missing, is not Turtle, or has no shape.
    """
    # The plain in-memory store is a fifth faster here than rdflib's default one.
    graph = Graph(store="SimpleMemory")
    try:
        graph.parse(path, format="turtle")
    except (OSError, BadSyntax, ParserError, UnicodeDecodeError) as exc:
        raise VocabularyError(f"shapes cannot be read: {exc}", location=str(path)) from exc
    classes = frozenset(str(each) for each in graph.objects(None, SH.targetClass))
    if not classes:
        raise VocabularyError("the file has no shapes", location=str(path), remedy="Name shapes.ttl of the ontologies folder")
    schemes = {concept_iri(concept.slug): scheme_iri(concept.kind) for concept in vocabulary.concepts.values()}
    return Shapes(graph, schemes, classes)


def check_graph(quads: Iterable[Quad], shapes: Shapes) -> list[Violation]:
    """What breaks the shapes in the graph of one paper, sorted; empty where it conforms."""
    quads = list(quads)
    data = _rdflib_graph(quads, shapes.schemes)
    report: Graph
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes.graph, inference="none", advanced=False, meta_shacl=False)
    found = set() if conforms else set(_read_report(report))
    return sorted({*found, *_blank_nodes(quads), *_unknown_nodes(data, shapes)})


def summarise(violations: Iterable[Violation]) -> list[str]:
    """One line per kind of violation with its count and up to three of the nodes concerned."""
    kinds: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        kinds[violation.message].append(violation)
    return [f"{len(found)}x {message} ({', '.join(_examples(found))})" for message, found in sorted(kinds.items())]


def refuse_violations(violations: Iterable[Violation], *, record: str) -> None:
    """Raise where there are violations.

    Raises:
        ShapeError: with one line per kind of violation.
    """
    lines = summarise(violations)
    if lines:
        raise ShapeError("; ".join(lines), record=record, remedy="The paper was not stored")


def _examples(violations: list[Violation]) -> list[str]:
    places = [f"{each.focus} {each.value}".rstrip() for each in violations]
    shown = places[:_EXAMPLES]
    return shown if len(places) <= _EXAMPLES else [*shown, "…"]


def _rdflib_graph(quads: Iterable[Quad], schemes: Mapping[str, str]) -> Graph:
    graph = Graph()
    for quad in quads:
        value = _node(quad.object)
        graph.add((_node(quad.subject), URIRef(quad.predicate.value), value))
        scheme = schemes.get(str(value)) if isinstance(value, URIRef) else None
        if scheme is not None:
            graph.add((value, SKOS.inScheme, URIRef(scheme)))
    return graph


def _node(term: object) -> URIRef | BNode | RdflibLiteral:
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if isinstance(term, Literal):
        # rdflib keeps plain strings and xsd:string apart, and SHACL lists are written with plain ones.
        if term.datatype.value == _XSD_STRING:
            return RdflibLiteral(term.value)
        return RdflibLiteral(
            term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value), normalize=False
        )
    raise ShapeError(f"{term} is no term of RDF 1.1", remedy="Leave quoted triples out of a paper graph")


def _read_report(report: Graph) -> Iterator[Violation]:
    for result in report.objects(None, SH.result):
        message, path, focus, value = (report.value(result, each) for each in (SH.resultMessage, SH.resultPath, SH.focusNode, SH.value))
        yield Violation(_text(message), _path(report, path), _text(focus), _text(value))


def _path(report: Graph, path: Node | None) -> str:
    """The property's IRI, with ^ where the path runs against it."""
    inverse = None if path is None else report.value(path, SH.inversePath)
    return _text(path) if inverse is None else f"^{inverse}"


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)


def _blank_nodes(quads: Iterable[Quad]) -> Iterator[Violation]:
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, BlankNode):
                yield Violation(_BLANK, quad.predicate.value, str(quad.subject), str(term))


def _unknown_nodes(data: Graph, shapes: Shapes) -> Iterator[Violation]:
    for subject in set(data.subjects()):
        classes = [str(each) for each in data.objects(subject, RDF.type)]
        if shapes.schemes.get(str(subject)) is None and not any(each in shapes.classes for each in classes):
            yield Violation(
                "Every node of a paper graph has a class that the shapes know.", str(RDF.type), str(subject), " ".join(sorted(classes))
            )
