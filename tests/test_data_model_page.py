"""``docs/data-model.md``: the worked example conforms and says what the digest says, the queries run, the tables are complete."""

import re
from collections import Counter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse
from rdf_world import gold_records, run, shapes, vocabulary
from rdflib import SH, Graph, URIRef

from kg.bundled import ontologies_folder
from kg.model import Design
from kg.namespaces import BASE, PREFIXES, graph_iri
from kg.rdf import paper_quads
from kg.rdf.terms import A, term, thing
from kg.shapes import check_graph

PAGE = (Path(__file__).parents[1] / "docs" / "data-model.md").read_text(encoding="utf-8")
FINDING = thing("finding", "pmid-27400945", "582-769-1")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def example() -> list[Quad]:
    (turtle,) = blocks("turtle")
    graph = NamedNode(graph_iri("paper", "pmid-27400945"))
    return [Quad(each.subject, each.predicate, each.object, graph) for each in parse(turtle, format=RdfFormat.TURTLE)]


def gold_store() -> Store:
    store = Store()
    for paper, extraction in gold_records():
        store.extend(paper_quads(paper, extraction, run=run(), vocabulary=vocabulary()))
    return store


def rows(query: str, store: Store) -> list[list[str]]:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    terms = [[solution[name] for name in found.variables] for solution in found]
    return [["" if each is None else str(getattr(each, "value", each)) for each in row] for row in terms]


def local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


# ---------------------------------------------------------------- the worked example


def test_example_conforms_to_the_shapes() -> None:
    assert check_graph(example(), shapes()) == []


def test_example_is_checked_in_earnest() -> None:
    assert check_graph([quad for quad in example() if quad.predicate != term("gg:direction")], shapes()) != []


def test_example_tells_the_finding_of_the_digest() -> None:
    (paper, extraction) = gold_records()[0]
    assert extraction.id == "gao2016-ucmsc-cgvhd"
    finding, quads = extraction.findings[0], example()
    stated = {(quad.subject, quad.predicate): quad.object for quad in quads}
    quote, text = thing("quote", "pmid-27400945", "582-769"), thing("text", paper.sha256[:16])
    assert stated[quote, term("oa:exact")] == Literal(paper.text[finding.evidence.start : finding.evidence.end])
    assert stated[text, term("gg:sha256")] == Literal(paper.sha256)
    assert stated[FINDING, term("gg:pValue")] == Literal("0.021", datatype=term("xsd:double"))
    assert stated[FINDING, term("gg:direction")] == NamedNode(f"{PREFIXES['ggv']}decreased")
    for side, value in (("a", finding.values.intervention), ("b", finding.values.comparator)):
        node = thing("value", "pmid-27400945", "582-769-1", side)
        assert value is not None
        printed = [stated[node, term(f"gg:{name}")] for name in ("value", "ciLow", "ciHigh")]
        assert [float(each.value) for each in printed if isinstance(each, Literal)] == [value.value, value.ci_low, value.ci_high]


def test_example_is_what_the_code_writes_for_that_finding() -> None:
    """All that the code writes for the annotated finding stands in the example too, under the id of the paper."""
    paper, extraction = gold_records()[0]
    alone = extraction.model_copy(update={"findings": extraction.findings[:1]})
    written = paper_quads(paper, alone, run=run(), vocabulary=vocabulary())
    nodes = {thing(kind, paper.id, "582-769") for kind in ("target", "quote", "position")}
    nodes |= {thing("value", paper.id, "582-769-1", side) for side in "ab"} | {thing("finding", paper.id, "582-769-1")}
    own = {(_moved(quad.subject, paper.id), quad.predicate, _moved(quad.object, paper.id)) for quad in written if quad.subject in nodes}
    # Another run read it, and is surer or less sure.
    leave = {term("prov:wasGeneratedBy"), term("gg:confidence")}
    shown = {(quad.subject, quad.predicate, quad.object) for quad in example()}
    assert {each for each in own if each[1] not in leave} - shown == set()
    assert len(own) > 30


def _moved(node: object, paper_id: str) -> object:
    if not isinstance(node, NamedNode):
        return node
    return NamedNode(node.value.replace(thing("x", paper_id).value.removeprefix(BASE + "x"), "/pmid-27400945"))


# ---------------------------------------------------------------- the queries


def test_the_page_has_three_queries() -> None:
    assert len(blocks("sparql")) == 3


def test_findings_on_chronic_gvhd_come_with_their_sentence() -> None:
    found = rows(blocks("sparql")[0], gold_store())
    settled = {
        (extraction.paper, finding.evidence.start)
        for _, extraction in gold_records()
        for finding in extraction.findings
        if finding.outcome.concept == "incidence-of-chronic-gvhd" and finding.direction != "reported"
    }
    assert len(found) >= len(settled) > 3
    (gao,) = [row for row in found if "jco.2015.65.3642" in row[0]]
    assert [local(gao[1]), *gao[2:5]] == ["decreased", "27.4% (95% CI, 16.2% to 38.6%)", "49.0% (95% CI, 36.5% to 61.5%)", "0.021"]
    assert gao[5].startswith("Among non-MSC controls the cumulative incidence of cGVHD")


def test_findings_of_randomised_trials_are_counted_by_outcome_and_direction() -> None:
    expected = Counter(
        (finding.outcome.label, finding.direction.value.replace("_", "-"))
        for _, extraction in gold_records()
        if extraction.study.design is Design.RCT
        for finding in extraction.findings
    )
    found = {(label, local(direction)): int(count) for label, direction, count in rows(blocks("sparql")[1], gold_store())}
    assert found == dict(expected)
    assert len(found) > 10


def test_unmapped_phrases_are_counted_by_paper() -> None:
    found = rows(blocks("sparql")[2], gold_store())
    phrases = {
        finding.outcome.text for _, extraction in gold_records() for finding in extraction.findings if finding.outcome.concept is None
    }
    assert phrases
    assert phrases <= {row[0] for row in found}
    counts = [int(row[2]) for row in found]
    assert counts == sorted(counts, reverse=True)


# ---------------------------------------------------------------- the tables


def test_tables_name_every_class_and_property_of_the_shapes() -> None:
    graph = Graph().parse(ontologies_folder() / "shapes.ttl")
    expected = {}
    for shape, target in graph.subject_objects(SH.targetClass):
        paths = {graph.value(each, SH.path) for each in graph.objects(shape, SH.property)}
        expected[str(target)] = {str(path) for path in paths if isinstance(path, URIRef)}
    sections = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
    told = {full(names[0]): {full(name) for name in names[1:]} for section in sections if (names := re.findall(r"`(\w+:\w+)`", section))}
    assert told == expected


def full(name: str) -> str:
    prefix, rest = name.split(":")
    return PREFIXES[prefix] + rest


def test_every_term_on_the_page_is_one() -> None:
    declared = {quad.subject.value for quad in parse(path=ontologies_folder() / "graftgraph.ttl")}
    named = {full(f"gg:{name}") for name in re.findall(r"\bgg:(\w+)", PAGE)}
    assert len(named) > 100
    assert named - declared == set()
    slugs = set(re.findall(r"\bggv:([\w-]+)", PAGE))
    assert {slug for slug in slugs if slug not in vocabulary()} == set()


def test_every_term_that_a_graph_may_hold_is_declared_in_the_ontology() -> None:
    declared = {quad.subject.value for quad in parse(path=ontologies_folder() / "graftgraph.ttl")}
    written = {part.value for quad in gold_store() for part in (quad.predicate, quad.object) if isinstance(part, NamedNode)}
    written |= {quad.object.value for quad in example() if quad.predicate == A}
    assert {iri for iri in written if iri.startswith(PREFIXES["gg"])} - declared == set()
