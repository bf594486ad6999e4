"""Decisions put to the papers of a store: graph, links and summary follow, as if the papers had been read with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from curation_world import ANA, BEN, says
from rdf_world import shapes, vocabulary

from kg.build import Pipeline, ingest, plan_replay, replay, stored_decisions, stored_paper
from kg.bundled import ontologies_folder
from kg.curation import Word, decide, findings_of, lay_over
from kg.errors import ShapeError
from kg.model import Decision, Extraction, Finding, LinkKind, Outcome, Paper, Span, Study, Verdict
from kg.namespaces import GG, concept_iri, graph_iri, sha256_hex
from kg.queries import read_claims, read_links
from kg.read.outcome import Read
from kg.report import CurationReport
from kg.store import LocalStore, vocabulary_quads

UC_MSC = "umbilical-cord-derived-mesenchymal-stromal-cell"
SENTENCES = {
    1: "Relapse was rarer with cord cells.",
    2: "Relapse was more frequent with cord cells.",
    3: "Relapse did not differ in series three.",
}
DIRECTIONS = {1: "decreased", 2: "increased", 3: "no_difference"}


@dataclass(frozen=True)
class Reads:
    """Says of each text what its relapse did."""

    label: str = "relapse"

    def extract(self, paper: Paper) -> Extraction:
        number = next(number for number, sentence in SENTENCES.items() if sentence in paper.text)
        start = paper.text.index(SENTENCES[number])
        finding = Finding(
            kind="effect",
            outcome=Outcome(start=start, end=start + 7, text="Relapse", label=self.label, concept="cumulative-incidence-of-relapse"),
            direction=DIRECTIONS[number],
            significant=number != 3,
            intervention_concepts=(UC_MSC,),
            evidence=Span(start=start, end=start + len(SENTENCES[number])),
            confidence=0.6,
        )
        study = Study(design="rct", species="human", intent="prophylaxis", n=40 + number)
        return Extraction(id=paper.id, paper=paper.id, sha256=paper.sha256, study=study, findings=(finding,), engine="fake 1")


def paper(number: int, *, before: str = "", **changes: object) -> Paper:
    text = before + SENTENCES[number]
    fields = {"id": f"pmid-{number}", "pmid": str(number), "year": 2010 + number, "title": f"Cord cells, series {number}"}
    return Paper.model_validate({**fields, "text": text, "source_format": "pubmed", "sha256": sha256_hex(text), **changes})


def add(store: LocalStore, *papers: Paper, decisions: Sequence[Decision] | None = None, reads: Reads | None = None):
    pipeline = Pipeline(reads or Reads(), vocabulary(), shapes())
    report = ingest(
        [Read(each, "x", each.id) for each in papers],
        store,
        lambda: pipeline,
        vocabulary=vocabulary(),
        software_version="1",
        workers=1,
        progress=lambda _stage, _done, _total: None,
        decisions=decisions,
    )
    assert report.failures == ()
    return report


def store_of(*papers: Paper, decisions: Sequence[Decision] | None = None) -> LocalStore:
    store = LocalStore.in_memory()
    store.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
    add(store, *(papers or (paper(1), paper(2), paper(3))), decisions=decisions)
    return store


def decision(store: LocalStore, number: int, word: Word, earlier: Sequence[Decision] = ()) -> Decision:
    read, source = findings_of(stored_paper(store, f"pmid-{number}"))
    overlay = lay_over(read, source.text, earlier)
    return decide(overlay.entries[0], overlay, source, word, vocabulary=vocabulary())


def put(store: LocalStore, *decisions: Decision) -> int:
    return replay(store, plan_replay(store, decisions, vocabulary=vocabulary(), shapes=shapes()), vocabulary=vocabulary())


def directions(store: LocalStore) -> Mapping[str, str]:
    return {claim.paper: claim.direction.value for claim in read_claims(store, vocabulary=vocabulary())}


def shortcuts(store: LocalStore) -> set[str]:
    names = ("increases", "decreases", "mixed", "noDifferenceIn")
    return {name for name in names if store.query(f"ASK {{ GRAPH ?g {{ <{concept_iri(UC_MSC)}> <{GG[name]}> ?o }} }}")}


VERDICTS = {"rejected": says("rejected"), "accepted": says("accepted"), "corrected": says("corrected", direction="decreased")}


@pytest.mark.parametrize("word", VERDICTS.values(), ids=list(VERDICTS))
def test_a_store_that_follows_a_decision_is_byte_for_byte_one_that_was_built_with_it(word: Word) -> None:
    store = store_of()
    made = decision(store, 2, word)
    assert put(store, made) == 1
    assert store.dump() == store_of(decisions=[made]).dump()


@pytest.mark.parametrize("word", VERDICTS.values(), ids=list(VERDICTS))
def test_a_decision_that_is_taken_back_leaves_no_trace(word: Word) -> None:
    store = store_of()
    before = store.dump()
    put(store, decision(store, 2, word))
    assert store.dump() != before
    put(store)
    assert store.dump() == before


def test_a_rejected_finding_is_gone_from_claims_links_and_summary() -> None:
    store = store_of()
    assert {link.kind for link in read_links(store)} >= {LinkKind.CONTRADICTS}
    assert shortcuts(store) == {"mixed"}
    put(store, decision(store, 2, says("rejected")))
    assert directions(store) == {"pmid-1": "decreased", "pmid-3": "no_difference"}
    assert LinkKind.CONTRADICTS not in {link.kind for link in read_links(store)}
    assert shortcuts(store) == {"decreases"}


def test_related_papers_stay_related_in_both_directions() -> None:
    store = store_of(paper(1))
    add(store, paper(2))
    add(store, paper(3))
    related = [link for link in read_links(store) if link.kind is LinkKind.RELATED]
    put(store, decision(store, 2, says("rejected")))
    assert [link for link in read_links(store) if link.kind is LinkKind.RELATED] == related
    assert {link.subject_paper for link in related} == {"pmid-2", "pmid-3"}


def test_a_corrected_finding_counts_as_corrected() -> None:
    store = store_of()
    put(store, decision(store, 2, says("corrected", direction="decreased")))
    (claim,) = [each for each in read_claims(store, vocabulary=vocabulary()) if each.paper == "pmid-2"]
    assert (claim.direction, claim.confidence, claim.curation) == ("decreased", 1.0, Verdict.CORRECTED)
    assert {link.kind for link in read_links(store)} >= {LinkKind.AGREES}
    assert shortcuts(store) == {"decreases"}


def test_the_summary_equals_a_rebuilt_one() -> None:
    store = store_of()
    put(store, decision(store, 1, says("rejected")), decision(store, 2, says("corrected", direction="no_difference")))
    before = store.dump()
    store.rebuild_summary()
    assert store.dump() == before


def test_what_a_decision_took_the_place_of_is_kept_and_no_query_on_findings_meets_it() -> None:
    store = store_of()
    put(store, decision(store, 2, says("corrected", direction="decreased")))
    kept = store.select(
        f"SELECT ?was ?now WHERE {{ GRAPH <{graph_iri('curation', 'pmid-2')}> {{ ?was <{GG['originalDirection']}> ?direction . "
        "?now <http://www.w3.org/ns/prov#wasRevisionOf> ?was } }"
    ).rows
    assert [[getattr(term, "value", "").rsplit("/graftgraph/", 1)[-1] for term in row] for row in kept] == [
        ["superseded/pmid-2/0-42-1", "finding/pmid-2/0-42-1"]
    ]
    found = store.select(f"SELECT ?f WHERE {{ GRAPH ?g {{ ?f <{GG['direction']}> ?d ; <{GG['outcome']}> ?o }} }}").rows
    assert len(found) == 3


def test_decisions_come_back_out_of_the_store() -> None:
    store = store_of()
    made = decision(store, 2, says("rejected", ANA))
    other = decision(store, 2, says("accepted", BEN, day=2), earlier=(made,))
    put(store, made, other)
    assert set(stored_decisions(store)) == {made, other}


def test_adding_a_paper_again_follows_the_decisions_that_the_store_has() -> None:
    store = store_of()
    put(store, decision(store, 2, says("rejected")))
    before = store.dump()
    report = add(store, paper(2))
    assert store.dump() == before
    assert report.curation == CurationReport({Verdict.ACCEPTED: 0, Verdict.REJECTED: 1, Verdict.CORRECTED: 0})
    assert sum(report.findings.values()) == 0


def test_another_text_and_other_rules_change_nothing_of_what_was_decided() -> None:
    store = store_of()
    put(store, decision(store, 2, says("corrected", direction="decreased")))
    add(store, paper(2, before="Much is unknown. "), reads=Reads(label="return of the disease"))
    assert directions(store)["pmid-2"] == "decreased"


def test_a_paper_under_a_stronger_id_keeps_its_decisions() -> None:
    weak = paper(2, id="doi-10.1%2Fx", pmid=None, doi="10.1/x")
    store = store_of(weak)
    read, source = findings_of(stored_paper(store, weak.id))
    overlay = lay_over(read, source.text, ())
    put(store, decide(overlay.entries[0], overlay, source, says("rejected"), vocabulary=vocabulary()))
    add(store, paper(2, doi="10.1/x"))
    assert store.paper_ids() == ("pmid-2",)
    assert directions(store) == {}
    (made,) = stored_decisions(store)
    assert made.selector.names == ("doi-10.1%2Fx", "doi-10.1/x", "pmid-2")
    assert store.count(graph_iri("curation", weak.id)) == 0
    # Without the DOI that told it was the same paper, the ids that the decision has got since tell it.
    assert directions(store_of(paper(2), decisions=[made])) == {}


def test_a_dropped_paper_takes_what_decisions_did_to_it_along() -> None:
    store = store_of()
    put(store, decision(store, 2, says("rejected")))
    assert store.count(graph_iri("curation", "pmid-2")) > 0
    store.drop_paper("pmid-2")
    assert store.count(graph_iri("curation", "pmid-2")) == 0
    assert store.count(graph_iri("curation")) > 0


def test_a_decision_that_breaks_the_shapes_changes_nothing() -> None:
    store = store_of()
    made = decision(store, 2, says("corrected", direction="decreased"))
    assert made.decided is not None
    broken = made.model_copy(update={"decided": made.decided.model_copy(update={"timepoint": "two years"})})
    before = store.dump()
    with pytest.raises(ShapeError, match="pmid-2"):
        put(store, broken)
    assert store.dump() == before
