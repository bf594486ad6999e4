"""What queries make of facts that the digests lack: doses, schedules, drugs as comparators, retractions, gaps."""

from collections.abc import Callable

import pytest
from small_world import COHORT_TEXT, TRIAL_TEXT

from kg.bundled import queries_folder
from kg.queries import Cell, SavedQuery, bind, run
from kg.store import Store
from kg.vocabulary import Vocabulary

Picks = Callable[..., list[tuple[Cell, ...]]]


@pytest.fixture
def pick(small: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> Picks:
    """Some columns of an answer, named in one string; the retracted cohort is kept in."""

    def picked(name: str, columns: str, **parameters: str) -> list[tuple[Cell, ...]]:
        rows = run(small, queries[name], parameters, vocabulary=vocabulary, include_withdrawn=True)
        return [tuple(row[column] for column in columns.split()) for row in rows.records()]

    return picked


def test_a_dose_has_a_row_of_its_own_with_the_schedule_beside_it(pick: Picks) -> None:
    columns = "paper dose cells_per_kg cells_per_kg_high infusions repetition schedule first_day route n"
    schedule = (4, "repeated", "every week", 0, "intravenous", 39)
    assert pick("dose-and-schedule", columns) == [
        ("pmid-101", "1 to 4×10^6/kg", 1e6, 4e6, *schedule),
        ("pmid-101", "2×10^6/kg", 2e6, None, *schedule),
    ]
    assert pick("dose-and-schedule", "paper", intent="prophylaxis") == []


def test_infusions_are_counted_by_intent(pick: Picks) -> None:
    assert pick("infusions-by-intent", "intent infusions repetition schedule papers paper_ids") == [
        ("treatment", 4, "repeated", "every week", 1, "pmid-101")
    ]


def test_a_drug_counts_as_comparator_where_the_other_arm_does_not_get_it(pick: Picks) -> None:
    assert pick("compared-with-drug", "drug paper outcome direction sentence") == [
        ("ruxolitinib", "pmid-101", "overall response rate", "increased", TRIAL_TEXT[:88])
    ]
    assert pick("compared-with-drug", "drug", drug="JAK inhibitor") == [("ruxolitinib",)]
    assert pick("compared-with-drug", "drug", drug="ATG") == []


def test_a_two_by_two_table_takes_totals_from_arms_and_names_what_is_missing(pick: Picks) -> None:
    columns = "outcome intervention_count intervention_total comparator_count comparator_total missing caution"
    assert pick("two-by-two", columns) == [
        ("overall response rate", 14, 20, 9, 18, "", None),
        ("cumulative incidence of relapse", None, None, None, None, _ALL_MISSING, "retracted"),
    ]


_ALL_MISSING = "intervention count; intervention total; comparator count; comparator total; "


def test_a_registration_comes_from_record_and_text_once(pick: Picks) -> None:
    columns = "number registry paper pubmed_id doi"
    assert pick("registrations", columns) == [
        ("EUCTR2008-004014-27", None, "pmid-101", "101", "10.5555/abc"),
        ("NCT00000001", "ClinicalTrials.gov", "pmid-101", "101", "10.5555/abc"),
    ]
    assert pick("registrations", "number", registration="euctr 2008 004014 27") == [("EUCTR2008-004014-27",)]
    assert pick("registrations", "number", registration="NCT0000000") == []


def test_retractions_and_doubts_are_listed_and_comments_are_not(pick: Picks) -> None:
    columns = "paper caution notice notice_pubmed_id citation findings"
    assert pick("retracted-papers", columns) == [
        ("pmid-102", "retracted", "retraction in", "103", "J Tests. 2013;1:1", 1),
        ("pmid-105", "expression of concern", "expression of concern in", "106", None, 0),
    ]
    assert pick("retracted-papers", "paper", from_year="2000") == [("pmid-102",)]


def test_a_retracted_paper_is_left_out_unless_it_is_wanted(
    small: Store, pick: Picks, queries: dict[str, SavedQuery], vocabulary: Vocabulary
) -> None:
    assert pick("findings-for-outcome", "sentence caution", outcome="relapse") == [(COHORT_TEXT, "retracted")]
    assert run(small, queries["findings-for-outcome"], {"outcome": "relapse"}, vocabulary=vocabulary).rows == ()
    for name in ("evidence-by-design", "outcome-coverage"):
        rows = run(small, queries[name], {}, vocabulary=vocabulary).records()
        assert sorted(str(row["outcome"]) for row in rows) == ["mortality", "overall response rate"]
        assert "cumulative incidence of relapse" in {row[0] for row in pick(name, "outcome")}


@pytest.mark.parametrize("name", sorted(path.stem for path in queries_folder().glob("*.rq")))
def test_every_line_on_withdrawn_papers_goes_where_they_are_wanted(
    queries: dict[str, SavedQuery], vocabulary: Vocabulary, name: str
) -> None:
    kept, wanted = (bind(queries[name], {}, vocabulary, include_withdrawn=each) for each in (False, True))
    assert ("caution-corrected" in kept) is (kept != wanted)
    assert "caution-corrected" not in wanted


def test_sources_that_the_vocabulary_lacks_are_shown_in_their_own_words(pick: Picks) -> None:
    assert pick("studies-by-source", "paper sources cells", source="umbilical cord") == [
        ("pmid-101", "hair bulb; umbilical cord", "mesenchymal stromal cell")
    ]
    assert [row[0] for row in pick("effect-by-source", "source", outcome="mortality")] == ["hair bulb", "umbilical cord"]
    assert ("hair bulb", "tissue source", 0, 0, 1) in pick("unmapped-phrases", "phrase kind mentions findings papers")


def test_a_cell_that_is_only_measured_is_not_given(pick: Picks) -> None:
    assert pick("findings-for-outcome", "sentence", cell="NK cell") == []
    assert len(pick("findings-for-outcome", "sentence", cell="UC-MSC")) == 2


def test_confidence_of_zero_is_a_value(pick: Picks) -> None:
    assert sorted(pick("findings-of-paper", "confidence", paper="101", min_confidence="0")) == [(0.0,), (0.9,)]
    assert pick("findings-of-paper", "confidence", paper="https://w3id.org/graftgraph/paper/pmid-101", min_confidence="0.5") == [(0.9,)]


def test_findings_of_a_paper_stand_in_the_order_of_its_text(pick: Picks) -> None:
    rows = pick("findings-of-paper", "outcome title time intervention_value", paper="10.5555/ABC")
    assert rows == [("overall response rate", "A small trial", "P28D", "14 of 20"), ("mortality", "A small trial", None, "Two of 19")]


def test_limits_of_an_interval_may_be_zero(pick: Picks) -> None:
    assert pick("effect-estimates", "measure effect ci_low ci_high") == [("odds ratio", 0.4, 0.0, 1.5)]


def test_a_population_with_a_grade_is_a_grade(pick: Picks) -> None:
    assert pick("effect-by-grade", "grade outcome") == [("grade IV", "mortality")]
    assert pick("findings-in-population", "population", population="GRADE") == [("grade IV",)]


def test_studies_are_found_by_age_and_response_to_steroids(pick: Picks) -> None:
    columns = "paper age_group steroid_response conditions transplants"
    transplants = "haploidentical hematopoietic stem cell transplantation; umbilical cord blood transplantation"
    row = ("pmid-101", "pediatric", "steroid-refractory", "chronic graft-versus-host disease", transplants)
    assert pick("studies-by-population", columns, age_group="pediatric", steroid_response="refractory") == [row]
    assert pick("studies-by-population", columns, age_group="adult") == []
    assert len(pick("studies-by-population", columns)) == 3


def test_response_of_chronic_gvhd_and_trials_are_found(pick: Picks) -> None:
    assert pick("chronic-gvhd-response", "paper n outcome") == [("pmid-101", 39, "overall response rate")]
    columns = "paper phase intent registrations n"
    assert pick("trials-by-year", columns) == [("pmid-101", "phase 2", "treatment", "EUCTR2008-004014-27; NCT00000001", 39)]
    assert pick("trials-by-year", columns, phase="3") == []


def test_planned_enrolled_and_analysed_stand_beside_each_other(pick: Picks) -> None:
    assert pick("planned-and-analysed", "paper planned enrolled n") == [("pmid-101", 60, 41, 39)]


def test_what_cannot_be_right_is_shown_with_its_sentence(pick: Picks) -> None:
    assert pick("inconsistencies", "paper message sentence") == [("pmid-101", "2 of 19 is 10.5%, not 12%", TRIAL_TEXT[89:])]
    assert pick("inconsistencies", "paper", paper="pmid-102") == []


def test_a_record_without_abstract_is_named_with_the_reason(pick: Picks) -> None:
    assert pick("papers-without-findings", "paper reason text_kind") == [("pmid-105", "no abstract", None)]


def test_harms_are_named(pick: Picks) -> None:
    assert pick("safety", "harm outcome") == [("death", "mortality"), ("relapse of malignancy", "cumulative incidence of relapse")]


def test_studies_of_a_product_are_those_that_mention_it(pick: Picks) -> None:
    assert pick("outside-trials", "paper n") == [("pmid-102", 80)]
    assert pick("outside-trials", "paper", product="ruxolitinib") == []
