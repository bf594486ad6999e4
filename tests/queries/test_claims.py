"""Findings read back from the graph with their context."""

from collections import Counter
from dataclasses import replace

from gold_world import Line, Names, findings, paper_id, sentence
from small_world import COHORT_TEXT, DEATH, RELAPSE, RESPONSE, TRIAL_TEXT, small_graphs
from store_world import tie

from kg.model import Claim, Design, Desirable, Direction, Favours, FindingKind, Intent, TextKind, Values
from kg.queries import read_claims
from kg.rdf import link_quads
from kg.store import LocalStore, Store
from kg.vocabulary import Vocabulary

UC_MSC = "umbilical-cord-derived-mesenchymal-stromal-cell"
BASE = "https://w3id.org/graftgraph/finding/"


def test_a_claim_holds_the_finding_with_its_study_and_paper(small: Store, vocabulary: Vocabulary) -> None:
    response, death = read_claims(small, vocabulary=vocabulary, papers=["pmid-101"])
    assert response == Claim(
        finding=BASE + "pmid-101/0-88-1",
        paper="pmid-101",
        title="A small trial",
        first_author="Nobody A",
        year=2020,
        text_kind=TextKind.ABSTRACT,
        cohort="https://w3id.org/graftgraph/study/pmid-101",
        design=Design.RCT,
        intent=Intent.TREATMENT,
        species="human",
        n=39,
        kind=FindingKind.EFFECT,
        cells=("mesenchymal-stromal-cell",),
        interventions=("cyclosporine",),
        transplants=("haploidentical-hematopoietic-stem-cell-transplantation", "umbilical-cord-blood-transplantation"),
        conditions=("chronic-graft-versus-host-disease",),
        outcome="overall-response-rate",
        outcome_label="overall response rate",
        direction=Direction.INCREASED,
        significant=True,
        favours=Favours.INTERVENTION,
        intervention="MSCs",
        comparator="ruxolitinib",
        values=RESPONSE.values,
        p=RESPONSE.p,
        timepoint="P28D",
        sentence=TRIAL_TEXT[:88],
        confidence=0.9,
    )
    # A more specific cell makes the general one redundant; a finding reported without comparison favours nobody.
    assert (death.cells, death.interventions) == ((UC_MSC,), ("cyclosporine",))
    assert (death.favours, death.population, death.confidence, death.values) == (None, "grade IV", 0.0, DEATH.values)


def test_a_claim_without_cells_of_its_own_has_those_of_the_study(small: Store, vocabulary: Vocabulary) -> None:
    (claim,) = read_claims(small, vocabulary=vocabulary, papers=["pmid-102"])
    assert claim.cells == ("mesenchymal-stromal-cell",)
    assert (claim.effect, claim.values, claim.is_retracted, claim.sentence) == (RELAPSE.effect, Values(), True, COHORT_TEXT)
    assert (claim.intent, claim.species, claim.significant) == (None, None, None)


def test_claims_below_a_confidence_are_left_out(small: Store, vocabulary: Vocabulary) -> None:
    assert [each.confidence for each in read_claims(small, vocabulary=vocabulary, min_confidence=0.9)] == [0.9, 1.0]
    assert len(read_claims(small, vocabulary=vocabulary)) == 3


def test_no_paper_and_an_empty_store_have_no_claims(small: Store, vocabulary: Vocabulary) -> None:
    assert read_claims(small, vocabulary=vocabulary, papers=[]) == ()
    assert read_claims(small, vocabulary=vocabulary, papers=["pmid-999"]) == ()
    assert read_claims(LocalStore.in_memory(), vocabulary=vocabulary) == ()


def test_claims_of_the_digests_are_the_findings_of_the_annotation(
    digests: Store, lines: list[Line], names: Names, vocabulary: Vocabulary
) -> None:
    claims = read_claims(digests, vocabulary=vocabulary)
    read = Counter(
        (each.paper, each.outcome_label, each.direction.value, each.significant, each.sentence, each.values, each.kind.value, each.n)
        for each in claims
    )
    expected = Counter(
        (
            paper_id(line),
            names.outcome_label(finding),
            finding["direction"],
            finding["significant"],
            sentence(line, finding),
            Values.model_validate(finding["values"]),
            finding["kind"],
            line["study"]["n"],
        )
        for line, finding in findings(lines)
    )
    assert read == expected
    assert [each.finding for each in claims] == sorted(each.finding for each in claims)
    assert {each.text_kind for each in claims} == {TextKind.DIGEST}
    unmapped = [each for each in claims if each.outcome not in vocabulary]
    assert unmapped
    assert {each.outcome.split("/")[0] for each in unmapped} == {"unmapped"}


def test_whom_a_claim_favours_follows_from_what_is_desirable(digests: Store, vocabulary: Vocabulary) -> None:
    seen = set()
    for claim in read_claims(digests, vocabulary=vocabulary):
        desirable = vocabulary[claim.outcome].desirable if claim.outcome in vocabulary else None
        if claim.direction is Direction.DECREASED and desirable is Desirable.LOWER:
            assert claim.favours is Favours.INTERVENTION
        if claim.direction is Direction.DECREASED and desirable is Desirable.HIGHER:
            assert claim.favours is Favours.COMPARATOR
        seen.add(claim.favours)
    assert seen == {*Favours, None}


def test_papers_that_are_tied_count_as_one(vocabulary: Vocabulary) -> None:
    tied = link_quads([tie("same_cohort", "pmid-102", "pmid-101")])
    store = LocalStore.in_memory()
    store.add_papers([replace(each, links=tied) if each.paper_id == "pmid-102" else each for each in small_graphs(vocabulary)])
    claims = read_claims(store, vocabulary=vocabulary)
    assert {each.paper for each in claims} == {"pmid-101", "pmid-102"}
    assert len({each.counts_as for each in claims}) == 1
    assert {each.cohort for each in read_claims(store, vocabulary=vocabulary, papers=["pmid-102"])} == {claims[0].cohort}


def test_claims_on_some_outcomes_are_those_among_all(small: Store, vocabulary: Vocabulary) -> None:
    every = read_claims(small, vocabulary=vocabulary)
    assert read_claims(small, vocabulary=vocabulary, outcomes=["mortality"]) == tuple(each for each in every if each.outcome == "mortality")
    assert read_claims(small, vocabulary=vocabulary, outcomes=["mortality"], papers=["pmid-102"]) == ()
    assert read_claims(small, vocabulary=vocabulary, outcomes=[]) == ()
