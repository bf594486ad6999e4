"""SHACL on paper graphs: what conforms, what is refused, and that each rule can fail."""

import statistics
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdf_world import full_extraction, full_finding, full_paper, full_quads, gold_records, run, shapes, vocabulary
from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from kg.bundled import ontologies_folder
from kg.errors import ShapeError, VocabularyError
from kg.namespaces import BASE
from kg.rdf import paper_quads
from kg.rdf.terms import A, term, thing
from kg.shapes import Violation, check_graph, load_shapes, refuse_violations, summarise

FINDING = thing("finding", "pmid-101", "71-147-1")
STUDY = thing("study", "pmid-101")


def messages(quads: list[Quad]) -> set[str]:
    return {violation.message for violation in check_graph(quads, shapes())}


def test_a_full_graph_conforms() -> None:
    assert check_graph(full_quads(), shapes()) == []


def test_a_bare_paper_conforms() -> None:
    paper = full_paper().model_copy(update={"text": "", "licence": None, "sections": (), "notices": (), "mesh": (), "authors": ()})
    extraction = full_extraction(study={}, findings=[], terms=[], arms=[], cells=[], inconsistencies=[], sections=[])
    assert check_graph(paper_quads(paper, extraction, run=run(), vocabulary=vocabulary()), shapes()) == []


# ---------------------------------------------------------------- every rule can fail


def target_classes() -> list[str]:
    return sorted(shapes().classes)


def property_shapes(target: str) -> list[tuple[Node, Node]]:
    """Path and property shape of each property of a class."""
    graph = shapes().graph
    (shape,) = graph.subjects(SH.targetClass, URIRef(target))
    return [(path, each) for each in graph.objects(shape, SH.property) if (path := graph.value(each, SH.path)) is not None]


def full_with_every_class() -> list[Quad]:
    quads = full_quads()
    assert {quad.object.value for quad in quads if quad.predicate == A} == set(target_classes())
    return quads


def nodes_of(quads: list[Quad], target: str) -> list[NamedNode]:
    return [quad.subject for quad in quads if quad.predicate == A and quad.object == NamedNode(target)]


@pytest.mark.parametrize("target", target_classes())
def test_a_value_of_the_wrong_kind_is_named_by_the_message_of_its_property(target: str) -> None:
    """A string in Latin stands for every property of one node, and each property says so in its own words."""
    quads = full_with_every_class()
    node = nodes_of(quads, target)[0]
    forward = [(str(path), shapes().graph.value(each, SH.message)) for path, each in property_shapes(target) if isinstance(path, URIRef)]
    wrong = [Quad(node, NamedNode(path), Literal("?", language="la"), quads[0].graph_name) for path, _ in forward]
    found = messages([*quads, *wrong])
    assert {str(message) for _, message in forward} - found == set()


@pytest.mark.parametrize("target", target_classes())
def test_a_node_without_its_properties_lacks_what_it_must_have(target: str) -> None:
    quads, graph = full_with_every_class(), shapes().graph
    node = nodes_of(quads, target)[0]
    needed = {str(graph.value(each, SH.message)) for _, each in property_shapes(target) if graph.value(each, SH.minCount) is not None}
    left = [quad for quad in quads if quad.object != node and (quad.subject != node or quad.predicate == A)]
    assert needed != set()
    assert needed - messages(left) == set()


@pytest.mark.parametrize("target", target_classes())
def test_a_node_with_a_strange_name_or_a_strange_property_is_refused(target: str) -> None:
    quads, graph = full_with_every_class(), shapes().graph
    (shape,) = graph.subjects(SH.targetClass, URIRef(target))
    message = str(graph.value(shape, SH.message))
    node = nodes_of(quads, target)[0]
    strange = Quad(node, NamedNode("https://example.org/likes"), Literal("cats"), quads[0].graph_name)
    assert messages([*quads, strange]) == {message}
    assert message in messages([_renamed(quad, node, NamedNode("https://example.org/x")) for quad in quads])


def _renamed(quad: Quad, old: NamedNode, new: NamedNode | BlankNode) -> Quad:
    subject = new if quad.subject == old else quad.subject
    value = new if quad.object == old else quad.object
    return Quad(subject, quad.predicate, value, quad.graph_name)


def test_every_shape_and_property_has_a_message_that_is_a_sentence() -> None:
    graph = shapes().graph
    told = [*graph.objects(None, SH.property), *graph.subjects(SH.targetClass, None)]
    assert len(told) > 150
    outer = [each for each in told if graph.value(each, SH.message) is None]
    # Inside sh:or the message is that of the shape around it.
    assert {str(graph.value(each, SH.path)).rsplit("/", 1)[-1] for each in outer} == {"content", "licence", "textKind"}
    assert all(str(message)[0].isupper() and str(message).endswith(".") for message in graph.objects(None, SH.message))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"p": {"operator": "=", "value": 1.2}}, "A P value lies between 0 and 1."),
        ({"p": {"operator": "≈", "value": 0.2}}, "The operator of a P value is one of = < > <= >=."),
        ({"timepoint": "2 years"}, "A time point is one ISO 8601 duration."),
        ({"intervention_arm": 7, "values": {}}, "The intervention of a finding is an arm that the graph describes."),
        ({"comparator_concepts": ["moon-dust"]}, "What the comparator is made of is a concept of the vocabulary."),
        (
            {"effect": {"measure": "HR", "value": 0.5, "ci_low": 0.9, "ci_high": 0.2}},
            "The lower limit of an interval is a number not above the upper limit.",
        ),
        ({"effect": {"measure": "HR", "value": float("nan")}}, "An effect estimate is a finite number."),
        ({"values": {"intervention": {"value": float("inf"), "text": "x"}}}, "An arm value is a finite number."),
        ({"values": {"intervention": {"count": 9, "total": 8, "text": "x"}}}, "A count is 0 or more and not above its total."),
        ({"values": {"intervention": {"count": -1, "text": "x"}}}, "A count is 0 or more and not above its total."),
        ({"population": ""}, "A population is one string."),
    ],
)
def test_a_finding_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    assert messages(full_quads(findings=[full_finding(**changes)])) == {message}


@pytest.mark.parametrize(
    ("study", "message"),
    [
        ({"species": "human", "conditions": ["decreased"]}, "A condition of a study is a concept of the vocabulary."),
        ({"conditions": ["no-such-thing"]}, "A condition of a study is a concept of the vocabulary."),
        ({"age_group": "ancient"}, "A study has at most one age group, a concept of that scheme."),
        ({"n": -3}, "The number of participants is 0 or more."),
        ({"follow_up": "long"}, "A follow-up is one ISO 8601 duration."),
        (
            {"doses": [{"text": "x", "cells_per_kg": 3.0, "cells_per_kg_high": 2.0}]},
            "Cells per kg are a number of 0 or more, the low end first.",
        ),
    ],
)
def test_a_study_that_cannot_be_is_refused(study: dict[str, object], message: str) -> None:
    assert messages(full_quads(study=study)) == {message}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date": "spring 2016"}, "A date of publication is a year, a month or a day in ISO 8601."),
        ({"date": "2016-02-31"}, "A date of publication is a year, a month or a day in ISO 8601."),
        ({"year": 216}, "A year of publication lies between 1500 and 2200."),
        ({"doi": "https://doi.org/10.1/x"}, "A DOI starts with 10. and is no URL."),
        ({"pmid": "PMID 7"}, "A PubMed id is digits."),
        ({"authors": [{"family": "Ito", "orcid": "12"}]}, "An ORCID is sixteen digits in four groups."),
        ({"sha256": "no hash"}, "A text has one SHA-256 of 64 hex digits."),
    ],
)
def test_a_paper_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    quads = paper_quads(full_paper(**changes), full_extraction(sha256=""), run=run(), vocabulary=vocabulary())
    assert messages(quads) == {message}


def test_words_of_a_text_without_licence_are_refused() -> None:
    quads = [quad for quad in full_quads() if quad.predicate != term("gg:licence")]
    assert len(messages(quads)) == 1
    assert {violation.focus for violation in check_graph(quads, shapes())} == {
        quad.subject.value for quad in quads if quad.predicate == term("gg:content")
    }


def test_two_arms_of_one_number_are_refused() -> None:
    arms = [{"number": 1, "label": "a"}, {"number": 1, "label": "b"}, {"number": 2, "label": "c"}]
    assert messages(full_quads(arms=arms)) == {"An arm has one label."}


def test_a_finding_without_evidence_or_run_is_refused() -> None:
    evidence = thing("evidence", "pmid-101", "71-147-1")
    quads = full_quads()
    assert messages([quad for quad in quads if quad.subject != evidence]) == {"A finding has evidence: an annotation of its sentence."}
    generated = term("prov:wasGeneratedBy")
    assert messages([quad for quad in quads if (quad.subject, quad.predicate) != (FINDING, generated)]) == {
        "A finding was read by one extraction run."
    }


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    quads = full_quads()
    (end,) = [quad for quad in quads if quad.subject == thing("position", "pmid-101", "71-147") and quad.predicate == term("oa:end")]
    early = Quad(end.subject, end.predicate, Literal("70", datatype=term("xsd:integer")), end.graph_name)
    assert messages([early if quad == end else quad for quad in quads]) == {"A position starts at 0 or later and before it ends."}


def test_a_reported_value_needs_no_comparator() -> None:
    bare = full_finding(direction="reported", comparator=None, comparator_arm=None, comparator_concepts=[], kind="single_arm")
    assert messages(full_quads(findings=[bare])) == set()


def test_blank_nodes_are_refused_wherever_they_stand() -> None:
    quads = full_quads()
    blank = [_renamed(quad, FINDING, BlankNode("b")) for quad in quads]
    assert "A paper graph has no blank nodes." in messages(blank)
    untyped = Quad(BlankNode("b"), term("gg:unit"), Literal("%"), quads[0].graph_name)
    assert messages([*quads, untyped]) == {
        "A paper graph has no blank nodes.",
        "Every node of a paper graph has a class that the shapes know.",
    }


def test_a_node_without_a_class_or_of_a_strange_class_is_refused() -> None:
    quads = full_quads()
    message = "Every node of a paper graph has a class that the shapes know."
    stray = NamedNode(BASE + "stray/1")
    assert messages([*quads, Quad(stray, term("gg:unit"), Literal("%"), quads[0].graph_name)]) == {message}
    assert messages([*quads, Quad(stray, A, term("skos:Concept"), quads[0].graph_name)]) == {message}


# ---------------------------------------------------------------- gold


def gold_graphs() -> list[list[Quad]]:
    return [paper_quads(paper, extraction, run=run(), vocabulary=vocabulary()) for paper, extraction in gold_records()]


def test_every_gold_record_conforms() -> None:
    refused = [summarise(found) for quads in gold_graphs() if (found := check_graph(quads, shapes()))]
    assert refused == []
    assert len(gold_graphs()) == 46


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer slows the check several times")
def test_checking_a_paper_takes_less_than_a_tenth_of_a_second() -> None:
    def seconds(quads: list[Quad]) -> float:
        start = time.process_time()
        check_graph(quads, shapes())
        return time.process_time() - start

    assert statistics.median(seconds(quads) for quads in gold_graphs()) < 0.1


# ---------------------------------------------------------------- reports and errors


def test_a_violation_names_message_path_focus_and_value() -> None:
    quads = full_quads(findings=[full_finding(p={"operator": "=", "value": 2})])
    assert check_graph(quads, shapes()) == [
        Violation("A P value lies between 0 and 1.", "https://w3id.org/graftgraph/ontology/pValue", FINDING.value, "2")
    ]


def test_summary_has_one_line_per_kind_with_count_and_three_examples() -> None:
    found = [Violation("B holds.", "p", f"n{number}", "v") for number in range(5)] + [Violation("A holds.", "p", "m")]
    assert summarise(found) == ["1x A holds. (m)", "5x B holds. (n0 v, n1 v, n2 v, …)"]
    assert summarise([]) == []


def test_refusal_raises_with_the_summary_and_only_then() -> None:
    refuse_violations([], record="pmid-1")
    with pytest.raises(ShapeError, match=r"pmid-1: 1x A holds\. \(m\)"):
        refuse_violations([Violation("A holds.", "p", "m")], record="pmid-1")


def test_checking_changes_neither_shapes_nor_quads() -> None:
    quads = full_quads(findings=[full_finding(timepoint="soon")])
    before, size = list(quads), len(shapes().graph)
    assert check_graph(quads, shapes()) == check_graph(quads, shapes()) != []
    assert (quads, len(shapes().graph)) == (before, size)


@pytest.mark.parametrize(("content", "message"), [("ggs:x a", "cannot be read"), ("", "no shapes"), (None, "cannot be read")])
def test_a_shapes_file_that_is_missing_broken_or_empty_is_an_error(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "shapes.ttl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=message):
        load_shapes(path, vocabulary())


def test_shapes_name_every_class_and_scheme_that_they_use() -> None:
    graph = Graph().parse(ontologies_folder() / "shapes.ttl")
    asked = {each for each in graph.objects(None, URIRef("http://www.w3.org/ns/shacl#class")) if not isinstance(each, BNode)}
    assert {str(each) for each in asked} <= shapes().classes
    schemes = {str(each) for each in graph.objects() if "/vocabulary/scheme-" in str(each)}
    assert len(schemes) > 30
    assert schemes <= set(shapes().schemes.values())
