"""Links as quads: what stands in the graph, that it conforms, and that it comes back."""

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad
from rdf_world import vocabulary
from store_world import paper

from kg.bundled import ontologies_folder
from kg.model import Difference, Link, LinkKind, LinkReason
from kg.namespaces import BASE, graph_iri
from kg.queries import read_links
from kg.rdf import key_quads, link_quads, sorted_nquads
from kg.rdf.links import link_iri
from kg.rdf.terms import term
from kg.shapes import Shapes, check_graph, load_shapes
from kg.store import LocalStore

BECAUSE = (
    LinkReason(sign="registration", text="both are registered as NCT01", weight=0.95),
    LinkReason(sign="title", text="…", weight=0.2),
)


def paper_link(kind: str = "same_cohort", **stated: object) -> Link:
    fields = {"subject": "pmid-2", "object": "pmid-1", "subject_paper": "pmid-2", "object_paper": "pmid-1", "because": BECAUSE}
    return Link.model_validate({"kind": kind, **fields, **stated})


def amendment(caution: str) -> Link:
    return paper_link("amends", because=[LinkReason(sign=caution, text="…")])


CONTRADICTION = Link(
    kind=LinkKind.CONTRADICTS,
    subject=BASE + "finding/pmid-2/5-9-1",
    object=BASE + "finding/pmid-1/0-4-2",
    subject_paper="pmid-2",
    object_paper="pmid-1",
    score=0.5,
    because=BECAUSE[:1],
    differing=(Difference(factor="dose", subject="1 million/kg", separation=0.25), Difference(factor="n", subject="20", object="61")),
    subject_sentence="It rose.",
    object_sentence='It "fell".',
)


@pytest.fixture(scope="module")
def link_shapes() -> Shapes:
    return load_shapes(ontologies_folder() / "link-shapes.ttl", vocabulary())


def nodes(quads: list[Quad]) -> list[Quad]:
    """What is said of links, reasons and differences, without the short triples."""
    return [quad for quad in quads if isinstance(quad.subject, NamedNode) and "/link/" in quad.subject.value]


def short(quads: list[Quad]) -> set[tuple[str, str, str]]:
    others = [quad for quad in quads if quad not in nodes(quads)]
    return {tuple(part.value.removeprefix(BASE) for part in (each.subject, each.predicate, each.object)) for each in others}  # type: ignore[misc, union-attr]


def test_links_conform_and_a_link_without_reason_does_not(link_shapes: Shapes) -> None:
    quads = nodes(link_quads([paper_link(), CONTRADICTION]))
    assert check_graph(quads, link_shapes) == []
    without = [quad for quad in quads if quad.predicate != term("gg:because")]
    assert {each.message for each in check_graph(without, link_shapes)} == {"A link has a reason, described in the graph."}


@pytest.mark.parametrize(
    "name", ["linkKind", "linkSubject", "linkObject", "subjectPaper", "objectPaper", "score", "sign", "message", "factor"]
)
def test_what_a_link_must_have_is_asked_for(link_shapes: Shapes, name: str) -> None:
    quads = nodes(link_quads([CONTRADICTION]))
    assert check_graph([quad for quad in quads if quad.predicate != term(f"gg:{name}")], link_shapes) != []


def test_links_stand_in_the_graph_of_the_paper_that_asserts_them() -> None:
    quads = [*link_quads([paper_link()]), *key_quads("pmid-2", ["is:pmid-2"])]
    assert {quad.graph_name.value for quad in quads} == {graph_iri("links", "pmid-2")}
    assert not any(isinstance(each, BlankNode) for quad in quads for each in (quad.subject, quad.object))


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (paper_link("same_paper"), {("paper/pmid-2", "ontology/samePaper", "paper/pmid-1")}),
        (paper_link("same_cohort"), {("paper/pmid-2", "ontology/sameCohort", "paper/pmid-1")}),
        (paper_link("cites"), {("paper/pmid-2", "http://purl.org/spar/cito/cites", "paper/pmid-1")}),
        (paper_link("includes_study", score=0.7), {("paper/pmid-2", "ontology/includesStudy", "paper/pmid-1")}),
        (paper_link("includes_study", score=0.4), set()),
        (paper_link("related"), set()),
        (amendment("retracted"), {("paper/pmid-2", "http://purl.org/spar/cito/retracts", "paper/pmid-1")}),
        (amendment("concern"), {("paper/pmid-2", "ontology/raisesConcernAbout", "paper/pmid-1")}),
        (CONTRADICTION, {("finding/pmid-2/5-9-1", "http://purl.org/spar/cito/disagreesWith", "finding/pmid-1/0-4-2")}),
    ],
)  # fmt: skip
def test_what_is_asked_often_is_one_triple_too(link: Link, expected: set[tuple[str, str, str]]) -> None:
    assert short(link_quads([link])) == expected


def test_kind_and_ends_name_a_link() -> None:
    links = [paper_link(), paper_link("related"), paper_link(object="pmid-3", object_paper="pmid-3"), CONTRADICTION]
    assert len({link_iri(each) for each in links}) == 4
    assert link_iri(CONTRADICTION) == BASE + "link/pmid-2/contradicts/5-9-1/pmid-1/0-4-2"


def test_links_come_back_as_they_were() -> None:
    store = LocalStore.in_memory()
    links = [CONTRADICTION, paper_link(), paper_link("related", score=0.0)]
    put(store, "pmid-1", [])
    put(store, "pmid-2", links)
    put(store, "pmid-3", [paper_link(subject="pmid-3", subject_paper="pmid-3")])
    assert [each.subject_paper for each in read_links(store)] == ["pmid-2", "pmid-2", "pmid-2", "pmid-3"]
    assert read_links(store, papers=["pmid-2"]) == tuple(sorted(links, key=lambda each: each.kind))
    assert len(read_links(store, papers=["pmid-1"])) == 4
    assert [each.subject_paper for each in read_links(store, papers=["pmid-3"])] == ["pmid-3"]
    assert read_links(store, kinds=[LinkKind.CONTRADICTS]) == (CONTRADICTION,)
    assert read_links(store, papers=["pmid-3"], kinds=[LinkKind.RELATED, LinkKind.CITES]) == ()
    assert read_links(store, papers=[]) == ()


def test_the_same_links_give_the_same_bytes() -> None:
    assert sorted_nquads(link_quads([CONTRADICTION, paper_link()])) == sorted_nquads(
        link_quads([paper_link(), CONTRADICTION, paper_link()])
    )


def put(store: LocalStore, paper_id: str, links: list[Link]) -> None:
    store.add_paper(paper_id, paper(paper_id).quads, links=link_quads(links))
