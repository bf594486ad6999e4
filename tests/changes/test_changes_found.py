"""What papers in a store changed against those that were there before."""

from collections.abc import Iterator

import pytest
from rdf_world import run, vocabulary

from kg.bundled import ontologies_folder
from kg.changes import FilledGap, find_changes, papers_added_since
from kg.errors import QueryError
from kg.model import Cell, CellRole, Direction, Extraction, Finding, FindingKind, Outcome, Paper, Span, Study, Term, TermKind
from kg.namespaces import sha256_hex
from kg.rdf import paper_quads
from kg.store import LocalStore, PaperGraphs, vocabulary_quads

TEXT = "Cells lowered mortality. Ruxolitinib was given."
MAY, JUNE, JULY = (f"2026-0{month}-01T08:00:00Z" for month in (5, 6, 7))


@pytest.fixture
def store() -> Iterator[LocalStore]:
    with LocalStore.in_memory() as opened:
        opened.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
        yield opened


def put(
    store: LocalStore,
    paper_id: str,
    *,
    source: str | None = "umbilical cord",
    outcome: str = "mortality",
    kind: FindingKind = FindingKind.EFFECT,
    drug: str | None = None,
    role: CellRole = CellRole.INTERVENTION,
    direction: Direction = Direction.DECREASED,
    significant: bool | None = None,
    added: str | None = None,
) -> None:
    paper = Paper(
        id=paper_id, title=f"On {paper_id}", year=2026, first_author="Roe A", text=TEXT, source_format="text", sha256=sha256_hex(TEXT)
    )
    drugs = [] if drug is None else [Term(kind=TermKind.DRUG, label=drug, concept=drug, start=25, end=36, text="Ruxolitinib")]
    finding = Finding(
        kind=kind,
        outcome=Outcome(text="mortality", label=outcome, concept=outcome, start=14, end=23),
        direction=direction,
        significant=significant,
        intervention_concepts=("mesenchymal-stromal-cell",),
        comparator="placebo",
        evidence=Span(start=0, end=24),
    )
    cell = Cell(cell="mesenchymal stromal cell", source=source, role=role, start=0, end=5, concept="mesenchymal-stromal-cell")
    extraction = Extraction(
        id=paper_id, paper=paper_id, study=Study(species="human", design="rct"), terms=tuple(drugs), cells=(cell,), findings=(finding,)
    )
    quads = paper_quads(paper, extraction, run=run(), vocabulary=vocabulary())
    store.add_papers([PaperGraphs(paper_id, quads)], added=added)


def first_drugs(store: LocalStore, *papers: str) -> dict[str, list[str]]:
    changes = find_changes(store, papers, vocabulary=vocabulary())
    return {each.paper: [first.concept for first in each.first_seen if first.kind is TermKind.DRUG] for each in changes.papers}


def gaps(store: LocalStore, *papers: str) -> dict[str, tuple[FilledGap, ...]]:
    return {each.paper: each.gaps_filled for each in find_changes(store, papers, vocabulary=vocabulary()).papers}


def test_a_concept_is_first_seen_where_no_other_paper_mentions_it(store: LocalStore) -> None:
    put(store, "p1", drug="ruxolitinib")
    put(store, "p2", drug="belumosudil")
    put(store, "p3", drug="ruxolitinib")
    assert first_drugs(store, "p2") == {"p2": ["belumosudil"]}
    assert first_drugs(store, "p3") == {"p3": []}
    assert first_drugs(store, "p1", "p3") == {"p1": ["ruxolitinib"], "p3": ["ruxolitinib"]}


def test_papers_that_came_in_later_were_not_there_before(store: LocalStore) -> None:
    put(store, "p0")
    put(store, "p1", drug="ruxolitinib", added=MAY)
    put(store, "p2", drug="ruxolitinib", added=JUNE)
    assert first_drugs(store, "p1") == {"p1": ["ruxolitinib"]}
    assert first_drugs(store, "p2") == {"p2": []}


def test_what_a_build_took_in_was_there_before_what_was_added(store: LocalStore) -> None:
    put(store, "p1", drug="ruxolitinib")
    put(store, "p2", drug="ruxolitinib", added=JUNE)
    assert first_drugs(store, "p2") == {"p2": []}
    assert first_drugs(store, "p1") == {"p1": ["ruxolitinib"]}


def test_a_gap_is_filled_by_a_new_pair_of_tissue_and_outcome_alone(store: LocalStore) -> None:
    put(store, "p1", source="bone marrow", outcome="mortality")
    put(store, "p2", source="umbilical cord", outcome="overall-survival")
    put(store, "p3", source="umbilical cord", outcome="mortality")
    assert gaps(store, "p3") == {"p3": (FilledGap(source="umbilical cord", outcome="mortality"),)}
    put(store, "p4", source="umbilical cord", outcome="mortality")
    assert gaps(store, "p4") == {"p4": ()} == gaps(store, "p4")


@pytest.mark.parametrize("other", [{"kind": FindingKind.MECHANISM}, {"role": CellRole.MEASURED}])
def test_a_mechanism_or_a_measured_cell_does_not_fill_a_gap(store: LocalStore, other: dict) -> None:
    put(store, "p1", **other)
    assert gaps(store, "p1") == {"p1": ()}
    put(store, "p2")
    assert gaps(store, "p2") == {"p2": (FilledGap(source="umbilical cord", outcome="mortality"),)}


def test_papers_are_found_by_the_day_they_came_in(store: LocalStore) -> None:
    put(store, "p0")
    put(store, "p3", added=MAY)
    put(store, "p1", added=JULY)
    put(store, "p2", added=JUNE)
    assert papers_added_since(store, "2026-06-01") == ("p2", "p1")
    assert papers_added_since(store, "2026-08-01") == ()


def test_each_paper_has_its_facts_its_moment_and_its_findings(store: LocalStore) -> None:
    put(store, "p1", added=MAY)
    [changed] = find_changes(store, ["p1"], vocabulary=vocabulary()).papers
    assert (changed.name, changed.title, changed.added) == ("Roe 2026", "On p1", MAY)
    assert [(claim.outcome, claim.direction) for claim in changed.findings] == [("mortality", Direction.DECREASED)]


def test_a_paper_that_is_not_there_is_an_error_and_no_paper_no_change(store: LocalStore) -> None:
    with pytest.raises(QueryError, match="no paper 'p9'"):
        find_changes(store, ["p9"], vocabulary=vocabulary())
    assert find_changes(store, [], vocabulary=vocabulary()).papers == ()


def moved(store: LocalStore, *papers: str) -> list[tuple[str | None, str | None, int, int]]:
    found = find_changes(store, papers, vocabulary=vocabulary()).moved
    assert {each.outcome for each in found} <= {"mortality"}
    return [(each.before, each.after, each.cohorts_before, each.cohorts_after) for each in found]


def test_evidence_moves_where_the_tests_together_say_something_else(store: LocalStore) -> None:
    put(store, "p1", significant=True)
    assert moved(store, "p1") == [(None, "decreased", 0, 1)]
    put(store, "p2", significant=True)
    assert moved(store, "p2") == []
    put(store, "p3", significant=True, direction=Direction.INCREASED)
    assert moved(store, "p3") == [("decreased", "mixed", 2, 3)]
    assert moved(store, "p1", "p2") == [("increased", "mixed", 1, 3)]


def test_what_was_never_tested_moves_nothing(store: LocalStore) -> None:
    put(store, "p1", significant=None)
    assert moved(store, "p1") == []


def test_asking_what_moved_changes_nothing(store: LocalStore) -> None:
    put(store, "p1", significant=True)
    before = store.dump()
    moved(store, "p1")
    assert store.dump() == before
