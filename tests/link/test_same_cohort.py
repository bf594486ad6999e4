"""Two publications on the same participants."""

import pytest
from link_world import TEAM, context, people

from kg.link import find_same_cohort
from kg.model import StudyContext


def signs(first: StudyContext, second: StudyContext) -> list[str]:
    there, back = find_same_cohort(first, second), find_same_cohort(second, first)
    assert {each.sign for each in there} == {each.sign for each in back}
    return [each.sign for each in there]


def pair(first: dict[str, object] | None = None, second: dict[str, object] | None = None) -> list[str]:
    """Two trials of 40 adults by the team, three years apart, with titles that differ; each with changes."""
    one = {
        "n": 40,
        "species": "human",
        "intent": "prophylaxis",
        "title": "Cord cells with the graft: acute GVHD and survival",
        "year": 2013,
    }
    other = {**one, "title": "Immune recovery of patients given cord cells with the graft", "year": 2016}
    return signs(context("pmid-1", **{**one, **(first or {})}), context("pmid-2", **{**other, **(second or {})}))


def test_a_shared_registration_is_one_cohort_however_it_is_spelled() -> None:
    assert "registration" in pair({"registrations": ["NCT00000001"], "authors": ()}, {"registrations": ["nct 00000001"], "authors": ()})


def test_team_size_and_title_together_are_one_cohort() -> None:
    assert pair() == ["authors", "participants", "title"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"n": 41}),
        ({}, {"n": None}),
        ({"n": 0}, {"n": 0}),
        ({"n": 9}, {"n": 9}),
        ({}, {"authors": people("Other A", "Writer B")}),
        ({}, {"authors": people("Ito A", "Other B", "Writer C")}),
        ({"authors": ()}, {"authors": ()}),
        ({}, {"title": "Sclerostin in ageing bone of mice"}),
        ({}, {"intent": "treatment"}),
        ({"species": "mouse"}, {}),
        ({"registrations": ["NCT01"]}, {"registrations": ["NCT02"]}),
        ({"cell_sources": ["bone marrow"]}, {"cell_sources": ["umbilical cord"]}),
        ({"age_group": "adult"}, {"age_group": "pediatric"}),
        ({"design": "in_vitro"}, {"design": "in_vitro"}),
        ({}, {"year": 2024}),
    ],
)
def test_what_is_missing_or_speaks_against_it_leaves_two_cohorts(first: dict[str, object], second: dict[str, object]) -> None:
    assert pair(first, second) == []


def test_an_interim_and_a_final_report_differ_in_size() -> None:
    interim = {"title": "Cord cells with the graft against GVHD: an interim report", "n": 20}
    final = {"title": "Cord cells with the graft against GVHD", "n": 40}
    assert pair(interim, final) == ["authors", "interim", "title"]
    assert pair({**interim, "n": 40}, {**final, "n": 20}) == []


def test_a_review_shares_its_participants_with_nobody() -> None:
    registered = {"registrations": ["NCT01"]}
    assert pair({**registered, "design": "meta_analysis"}, registered) == []


def test_a_registration_outweighs_a_purpose_that_was_read_otherwise() -> None:
    registered = {"registrations": ["NCT01"]}
    assert "registration" in pair({**registered, "intent": "treatment"}, registered)
    assert "registration" not in pair({**registered, "species": "mouse"}, registered)
    assert len(TEAM) == 4
