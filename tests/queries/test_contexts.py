"""Studies read back from the graph."""

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, parse
from rdf_world import full_paper, full_quads
from small_world import small_graphs

from kg.model import ArmCounts, Author, Caution, Design, Intent, Notice, RelatedNotice, StudyContext, TextKind
from kg.queries import read_contexts
from kg.rdf.write import sorted_nquads
from kg.store import LocalStore, Store
from kg.vocabulary import Vocabulary

CORD = "umbilical-cord-derived-mesenchymal-stromal-cell"


def test_a_context_holds_paper_and_study(vocabulary: Vocabulary) -> None:
    store = LocalStore.in_memory()
    store.add_paper("pmid-101", full_quads())
    (found,) = read_contexts(store, vocabulary=vocabulary)
    assert found == StudyContext(
        paper="pmid-101",
        pmid="101",
        pmcid="PMC202",
        doi="10.1234/abc(5)",
        title="Cord cells <i>in</i> GVHD",
        year=2016,
        date="2016-08",
        journal="Cord Letters",
        first_author="Ito A",
        authors=(Author(family="Ito", given="Aya", orcid="0000-0002-1825-009X"), Author(family="The Cord Group")),
        registrations=("NCT00000101", "UMIN000000202"),
        publication_types=("Randomized Controlled Trial", "Retracted Publication"),
        notices=full_paper().notices,
        text_kind=TextKind.FULL_TEXT,
        is_retracted=True,
        caution=Caution.RETRACTED,
        design=Design.RCT,
        intent=Intent.PROPHYLAXIS,
        species="human",
        n=61,
        n_enrolled=62,
        n_arms=ArmCounts(intervention=30, comparator=31),
        n_studies=4,
        cells=(CORD,),
        cell_sources=("umbilical cord",),
        donors=("third-party",),
        cells_per_kg=1e6,
        infusions=4,
        is_repeated=True,
        infusion_day=0,
        transplants=("haploidentical-hematopoietic-stem-cell-transplantation",),
        conditions=("chronic-graft-versus-host-disease",),
        age_group="pediatric",
        is_steroid_refractory=False,
        follow_up="P1Y6M",
        mentions=(CORD, "unmapped/outcome/relapsed"),
    )


def test_contexts_come_in_order_and_only_those_asked_for(small: Store, vocabulary: Vocabulary) -> None:
    def ids(*papers: str) -> list[str]:
        return [each.paper for each in read_contexts(small, vocabulary=vocabulary, papers=papers)]

    assert [each.paper for each in read_contexts(small, vocabulary=vocabulary)] == ["pmid-101", "pmid-102", "pmid-105"]
    assert ids("pmid-105", "pmid-101", "pmid-999") == ["pmid-101", "pmid-105"]
    assert ids() == []
    assert read_contexts(LocalStore.in_memory(), vocabulary=vocabulary) == ()


def test_what_a_record_does_not_say_is_none(small: Store, vocabulary: Vocabulary) -> None:
    (bare,) = read_contexts(small, vocabulary=vocabulary, papers=["pmid-105"])
    concern = RelatedNotice(kind=Notice.EXPRESSION_OF_CONCERN_IN, pmid="106")
    assert bare == StudyContext(paper="pmid-105", pmid="105", notices=(concern,), caution=Caution.CONCERN)


def test_a_tissue_that_only_the_cell_implies_is_a_source(vocabulary: Vocabulary) -> None:
    store = LocalStore.in_memory()
    cells = [{"cell": "cord MSC", "role": "intervention", "concept": CORD}, {"cell": "NK cell", "source": "liver", "role": "measured"}]
    store.add_paper("pmid-101", full_quads(cells=cells))
    (trial,) = read_contexts(store, vocabulary=vocabulary)
    assert (trial.cells, trial.cell_sources) == ((CORD,), ("umbilical cord",))


def test_many_papers_are_read_in_portions(vocabulary: Vocabulary) -> None:
    store = LocalStore.in_memory()
    graph = small_graphs(vocabulary)[2]
    for number in range(1, 80):
        store.add_paper(f"pmid-9{number:03}", _renamed(graph.quads, f"9{number:03}"))
    assert [each.pmid for each in read_contexts(store, vocabulary=vocabulary)] == [f"9{number:03}" for number in range(1, 80)]


def _renamed(quads: Iterable[Quad], number: str) -> list[Quad]:

    return list(parse(sorted_nquads(quads).replace(b"105", number.encode()), RdfFormat.N_QUADS))
