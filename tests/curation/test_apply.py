"""Decisions on a paper that is being read, and on one that a store has."""

import dataclasses

import pytest
from curation_world import BEN, RUN, TEXT, VOCABULARY, built, chronic, decision, extraction, findings, paper, relapse, says, survival
from hypothesis import given, settings
from hypothesis import strategies as st
from rdf_world import full_extraction, full_paper, gold_records, vocabulary

from kg.bundled import ontologies_folder
from kg.curation import StoredPaper, entry_of, findings_of, lay_over, revise
from kg.curation.decide import canonical, decide
from kg.errors import CurationError
from kg.rdf import paper_quads
from kg.rdf.stored import facts_of, read_findings
from kg.rdf.write import sorted_nquads
from kg.shapes import check_graph, load_shapes

SHAPES = load_shapes(ontologies_folder() / "shapes.ttl", vocabulary())
CURATION_SHAPES = load_shapes(ontologies_folder() / "curation-shapes.ttl", vocabulary())


def lines(stored):
    return sorted_nquads(stored.quads), sorted_nquads(stored.applied)


def revised(stored, *decisions):
    found = revise(stored, decisions, vocabulary=VOCABULARY)
    return StoredPaper(stored.id, found.quads, found.applied)


DECISIONS = {
    "one rejected": [decision(0, says("rejected"))],
    "one of two alike rejected": [decision(1, says("rejected"))],
    "accepted": [decision(2, says("accepted"))],
    "corrected": [decision(0, says("corrected", direction="no_difference", outcome="mortality", p="none"))],
    "all rejected": [decision(place, says("rejected")) for place in range(4)],
    "put back": [decision(0, says("accepted"), read=[relapse(evidence=chronic("12%", "P1Y").evidence), survival()])],
    "two curators": [decision(3, says("rejected")), decision(3, says("accepted", BEN, day=2))],
}


@pytest.mark.parametrize("decisions", DECISIONS.values(), ids=list(DECISIONS))
def test_a_stored_paper_follows_decisions_as_one_that_is_read_with_them(decisions):
    assert lines(revised(built(), *decisions)) == lines(built(*decisions))


@pytest.mark.parametrize("decisions", DECISIONS.values(), ids=list(DECISIONS))
def test_decisions_can_be_taken_back(decisions):
    assert lines(revised(built(*decisions))) == lines(built())


@pytest.mark.parametrize("decisions", DECISIONS.values(), ids=list(DECISIONS))
def test_graphs_with_decisions_conform(decisions):
    stored = built(*decisions)
    assert check_graph(stored.quads, SHAPES) == []
    assert check_graph(stored.applied, CURATION_SHAPES) == []
    assert stored.applied


@settings(max_examples=40)
@given(st.lists(st.sampled_from(sorted(DECISIONS)), max_size=4))
def test_after_any_changes_a_stored_paper_is_as_one_that_is_read_with_the_last(names):
    stored = built()
    for name in names:
        stored = revised(stored, *DECISIONS[name])
    assert lines(stored) == (lines(built(*DECISIONS[names[-1]])) if names else lines(built()))


def test_every_kind_of_fact_survives_on_the_way_through_a_store():
    record, read = full_paper(licence=None), full_extraction()
    quads = paper_quads(record, read, run=RUN, vocabulary=vocabulary())
    found = read_findings(facts_of(quads), record.id)
    assert list(found) == ["71-147-1", "148-168-1"]
    assert [canonical(each) for each in found.values()] == [canonical(each) for each in read.findings]


def test_findings_of_the_gold_digests_come_back_whole():
    count = 0
    for record, read in gold_records():
        found = read_findings(facts_of(paper_quads(record, read, run=RUN, vocabulary=vocabulary())), record.id).values()
        assert sorted(map(repr, map(canonical, found))) == sorted(map(repr, map(canonical, read.findings)))
        count += len(read.findings)
    assert count > 100


def test_a_text_that_may_not_be_shown_reads_as_the_paper_where_findings_stand():
    found, source = findings_of(built())
    assert [canonical(each) for each in found] == [canonical(each) for each in findings()]
    assert len(source.text) == len(TEXT)
    assert all(source.text[each.evidence.start : each.evidence.end] == TEXT[each.evidence.start : each.evidence.end] for each in found)
    assert "We gave" not in source.text[:3]


def test_names_of_a_stored_paper_are_its_ids():
    record = paper(doi="10.1/a(b)", pmcid="PMC7")
    assert findings_of(built(record=record))[1].names == {"pmid-1", "pmcid-PMC7", "doi-10.1/a(b)"}


def test_a_finding_that_was_rejected_can_be_accepted_by_its_name():
    first = decision(0, says("rejected"))
    stored = built(first)
    read, source = findings_of(stored)
    overlay = lay_over(read, source.text, [first])
    entry = entry_of(overlay, "29-100-1")
    assert entry is not None
    assert entry.decision == first
    again = decide(entry, overlay, source, says("accepted", day=2), vocabulary=VOCABULARY)
    assert lines(revised(stored, first, again)) == lines(built(first, again))


def test_an_unknown_finding_has_no_entry():
    assert entry_of(lay_over(findings(), TEXT, []), "1-2-1") is None


def test_a_paper_whose_findings_are_all_rejected_says_so():
    quads = built(*DECISIONS["all rejected"]).quads
    assert [each.object.value for each in quads if each.predicate.value.endswith("noFindingsReason")] == [
        "every finding was rejected by a curator"
    ]


def test_a_paper_without_a_text_has_nothing_to_decide_on():
    empty = dataclasses.replace(built(record=paper("", title="A title"), read=extraction("", [])))
    with pytest.raises(CurationError, match="no text"):
        findings_of(empty)
