"""Papers read again without asking anybody."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from pyoxigraph import Quad

from kg.build import ingest
from kg.build.reextract import needs_full_texts, papers_again
from kg.build.stored_papers import read_stored_paper, stored_texts
from kg.bundled import sample_corpus
from kg.cli.engine import DefaultPipeline
from kg.cli.parts import default_vocabulary
from kg.fetch.kept import KeptPaper
from kg.model import (
    Author,
    MeshHeading,
    Notice,
    OtherAbstract,
    Paper,
    Registration,
    RelatedNotice,
    Section,
    SectionLabel,
    TextKind,
)
from kg.namespaces import graph_iri, sha256_hex
from kg.read.batch import read_batch
from kg.read.outcome import Outcome, Read, Skipped
from kg.store import LocalStore

RESULTS = "RESULTS: Chronic GVHD was seen in 20% of patients given MSCs and in 40% given placebo (P = .02; NCT01234567)."
TEXT = f"METHODS: We randomized 80 patients.\n{RESULTS}"
FULL = Paper(
    id="pmid-1",
    pmid="1",
    pmcid="PMC1",
    doi="10.5555/one",
    title="Stromal cells <i>against</i> placebo",
    text=TEXT,
    sections=(Section(start=0, end=35, label=SectionLabel.METHODS), Section(start=36, end=len(TEXT), label=SectionLabel.RESULTS)),
    authors=(
        Author(family="Moro", given="Ana", orcid="0000-0002-1825-0097"),
        Author(family="Stromal Cell Group"),
        *(Author(family=f"Rossi{number}") for number in range(3, 12)),
    ),
    first_author="Moro",
    journal="Journal of Stromal Cells",
    year=2019,
    date="2019-03",
    date_printed="2019 Spring",
    language="en",
    publication_types=("Journal Article", "Randomized Controlled Trial"),
    mesh=(
        MeshHeading(ui="D006086", label="Graft vs Host Disease", major=True, qualifiers=("prevention & control", "therapy")),
        MeshHeading(ui="D006801", label="Humans"),
        MeshHeading(label="Mesenchymal Stem Cells", qualifiers=("cytology",)),
        MeshHeading(ui="D000001", label="Adult"),
    ),
    keywords=("cord", "trial"),
    registrations=(Registration(number="NCT01234567", registry="ClinicalTrials.gov"),),
    notices=(
        RelatedNotice(kind=Notice.ERRATUM_IN, pmid="2", citation="Blood. 2020;1:1"),
        RelatedNotice(kind=Notice.COMMENT_IN, doi="10.5555/two"),
    ),
    other_abstracts=(OtherAbstract(language="fr", source="publisher", text="Les cellules ont réduit la GVH."),),
    licence="CC-BY-4.0",
    source_format="europepmc",
    sha256=sha256_hex(TEXT),
)


def add(store: LocalStore, outcomes: Sequence[Outcome]):
    return ingest(
        outcomes,
        store,
        DefaultPipeline(),
        vocabulary=default_vocabulary(),
        software_version="1",
        workers=1,
        progress=lambda *_progress: None,
    )


def quads_of(store: LocalStore, paper_id: str) -> set[Quad]:
    graph = graph_iri("paper", paper_id)
    answer = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return set(answer.triples)  # type: ignore[union-attr]


def read(paper: Paper) -> Read:
    return Read(paper, "here", "1")


def test_a_record_comes_back_as_it_was() -> None:
    with LocalStore.in_memory() as store:
        add(store, [read(FULL)])
        again = read_stored_paper(store, "pmid-1")
    assert again is not None
    assert again.model_copy(update={"sections": FULL.sections, "mesh": FULL.mesh}) == FULL
    # Headings without qualifiers have no place in the graph; those with keep theirs.
    assert again.mesh[0] == FULL.mesh[0]
    assert again.mesh[2] == FULL.mesh[2]
    assert set(again.mesh) == set(FULL.mesh)


def test_a_text_without_a_licence_is_not_in_the_store() -> None:
    with LocalStore.in_memory() as store:
        add(store, [read(FULL.model_copy(update={"licence": None}))])
        assert read_stored_paper(store, "pmid-1") is None
        (text,) = stored_texts(store)
    assert (text.paper_id, text.source_format, text.kind) == ("pmid-1", "europepmc", TextKind.ABSTRACT)


def test_the_sample_corpus_read_again_from_its_store_gives_the_same_graphs() -> None:
    with LocalStore.in_memory() as store:
        add(store, [read(FULL), *read_batch([sample_corpus()])])
        before = {paper_id: quads_of(store, paper_id) for paper_id in store.paper_ids()}
        outcomes = list(papers_again(store, []))
        assert len(outcomes) == len(before) > 40
        assert all(isinstance(each, Read) for each in outcomes)
        report = add(store, outcomes)
        assert (report.papers, report.new, report.is_complete) == (len(before), (), True)
        changed = [paper_id for paper_id, quads in before.items() if quads_of(store, paper_id) != quads]
    assert changed == []


def test_a_newer_extraction_takes_the_place_of_the_older() -> None:
    with LocalStore.in_memory() as store:
        add(store, [read(FULL)])
        store.add_paper("pmid-1", [quad for quad in store_quads(store) if "mention" not in quad.subject.value])  # type: ignore[union-attr]
        poorer = quads_of(store, "pmid-1")
        add(store, list(papers_again(store, [])))
        assert quads_of(store, "pmid-1") > poorer


def store_quads(store: LocalStore) -> list[Quad]:
    from pyoxigraph import NamedNode

    graph = NamedNode(graph_iri("paper", "pmid-1"))
    return [Quad(each.subject, each.predicate, each.object, graph) for each in quads_of(store, "pmid-1")]


def kept(paper: Paper, hour: int) -> KeptPaper:
    return KeptPaper(read(paper), datetime(2026, 6, 30, hour, tzinfo=UTC))


def test_the_latest_answer_of_the_kind_that_was_read_is_taken() -> None:
    pubmed = FULL.model_copy(update={"licence": None, "source_format": "pubmed"})
    with LocalStore.in_memory() as store:
        add(store, [read(pubmed)])
        answers = [
            kept(pubmed.model_copy(update={"title": "revised"}), 3),
            kept(pubmed.model_copy(update={"title": "first"}), 1),
            kept(pubmed.model_copy(update={"title": "of another service", "source_format": "europepmc"}), 5),
            kept(pubmed.model_copy(update={"title": "full text", "text_kind": TextKind.FULL_TEXT}), 6),
            kept(pubmed.model_copy(update={"id": "pmid-9", "title": "of no paper of the store"}), 7),
        ]
        (outcome,) = papers_again(store, answers)
    assert isinstance(outcome, Read)
    assert outcome.paper.title == "revised"


def test_what_is_nowhere_is_skipped_and_named() -> None:
    with LocalStore.in_memory() as store:
        add(store, [read(FULL.model_copy(update={"licence": None}))])
        (outcome,) = papers_again(store, [])
    assert isinstance(outcome, Skipped)
    assert str(outcome.error).startswith("pmid-1: its text is not kept. Add it again from its file")


def test_only_the_papers_named_are_read() -> None:
    other = FULL.model_copy(update={"id": "pmid-2", "pmid": "2", "pmcid": None, "doi": None})
    with LocalStore.in_memory() as store:
        add(store, [read(FULL), read(other)])
        outcomes = list(papers_again(store, [], only={"pmid-2"}))
    assert [each.paper.id for each in outcomes if isinstance(each, Read)] == ["pmid-2"]


def test_a_record_without_an_abstract_comes_from_a_kept_answer() -> None:
    bare = FULL.model_copy(update={"text": "", "sections": (), "sha256": sha256_hex("")})
    with LocalStore.in_memory() as store:
        add(store, [read(bare)])
        (outcome,) = papers_again(store, [kept(bare, 1)])
    assert isinstance(outcome, Read)


@pytest.mark.parametrize(("kind", "needs"), [(TextKind.ABSTRACT, False), (TextKind.FULL_TEXT, True)])
def test_bodies_are_wanted_where_a_paper_was_read_with_one(kind: TextKind, needs: bool) -> None:
    with LocalStore.in_memory() as store:
        add(store, [read(FULL.model_copy(update={"text_kind": kind}))])
        assert needs_full_texts(store) is needs
