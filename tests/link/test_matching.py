"""May two findings be compared, and if not, why."""

import pytest
from claim_world import CORD_MSC, MARROW_MSC, VOCABULARY, claim, of, other
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.compare import compare
from kg.link.matching import Obstacle
from kg.model import Claim, Link, LinkKind, StudyContext

#: A pair, by what the first and the second finding state, with the obstacle.
APART: list[tuple[dict[str, object], dict[str, object], Obstacle]] = [
    ({}, {"paper": "pmid-1"}, Obstacle.SAME_PAPER),
    ({}, {"is_retracted": True}, Obstacle.RETRACTED),
    ({}, {"outcome": "overall-survival"}, Obstacle.OUTCOME),
    ({}, {"outcome": "unmapped/outcome/dry-eyes"}, Obstacle.OUTCOME),
    ({"outcome": "overall-response-rate"}, {"outcome": "complete-response"}, Obstacle.OUTCOME),
    ({"outcome": "mortality"}, {"outcome": "non-relapse-mortality"}, Obstacle.OUTCOME),
    ({"outcome": "graft-versus-host-disease-severity"}, {"outcome": "gvhd-flare"}, Obstacle.OUTCOME),
    ({}, {"outcome": "incidence-of-acute-gvhd"}, Obstacle.ACUTE_CHRONIC),
    ({}, {"outcome": "grade-ii-iv-acute-graft-versus-host-disease"}, Obstacle.ACUTE_CHRONIC),
    (
        {"outcome": "grade-ii-iv-acute-graft-versus-host-disease"},
        {"outcome": "grade-iii-iv-acute-graft-versus-host-disease"},
        Obstacle.GRADE,
    ),
    ({"outcome": "incidence-of-acute-gvhd"}, {"outcome": "grade-ii-iv-acute-graft-versus-host-disease"}, Obstacle.GRADE),
    ({}, {"kind": "single_arm", "direction": "reported", "comparator": None}, Obstacle.SINGLE_ARM),
    ({}, {"kind": "before_after", "comparator": "baseline"}, Obstacle.CONTRAST),
    ({}, {"direction": "unclear", "significant": None}, Obstacle.UNDECIDED),
    ({}, {"cells": (), "interventions": ("ruxolitinib",), "intervention": "ruxolitinib"}, Obstacle.INTERVENTION),
    ({}, {"cells": ("msc-derived-exosome",), "intervention": "exosomes"}, Obstacle.INTERVENTION),
    # The cells of a claim may be the study's: the names of the sides say what was contrasted.
    ({}, {"intervention": "RIC", "comparator": "MAC"}, Obstacle.INTERVENTION),
    ({}, {"intervention": "MSC + basiliximab", "comparator": "controls"}, Obstacle.INTERVENTION),
    ({}, {"comparator": "ruxolitinib"}, Obstacle.COMPARATOR),
    ({}, {"species": "mouse", "design": "in_vivo_preclinical"}, Obstacle.SPECIES),
    ({}, {"species": None, "design": "in_vivo_preclinical"}, Obstacle.SPECIES),
    ({"kind": "before_after"}, {"kind": "before_after", "design": "in_vitro"}, Obstacle.SETTING),
    ({}, {"intent": "treatment"}, Obstacle.INTENT),
    ({}, {"intent": None}, Obstacle.INTENT),
    (
        {"intent": "treatment", "conditions": ("steroid-refractory-acute-graft-versus-host-disease",)},
        {"intent": "treatment", "conditions": ("sclerotic-chronic-graft-versus-host-disease",)},
        Obstacle.POPULATION,
    ),
    ({"intent": "treatment"}, {"intent": "treatment"}, Obstacle.POPULATION),
    ({"conditions": ("severe-aplastic-anemia",)}, {"conditions": ("acute-myeloid-leukemia",)}, Obstacle.POPULATION),
    ({"conditions": ("severe-aplastic-anemia",)}, {}, Obstacle.POPULATION),
    ({}, {"population": "children"}, Obstacle.SUBGROUP),
    ({"population": "high-risk"}, {"population": "children"}, Obstacle.SUBGROUP),
    ({"kind": "subgroup"}, {"kind": "subgroup"}, Obstacle.SUBGROUP),
]

TOGETHER: list[tuple[dict[str, object], dict[str, object]]] = [
    ({"cells": (CORD_MSC,)}, {"cells": (MARROW_MSC,)}),
    ({"outcome": "chronic-graft-versus-host-disease"}, {}),
    ({"outcome": "overall-survival"}, {"outcome": "mortality", "direction": "increased"}),
    ({"outcome": "day-28-overall-response"}, {"outcome": "overall-response-rate"}),
    ({"outcome": "6-month-survival"}, {"outcome": "survival-rate"}),
    ({"intent": "prophylaxis"}, {"intent": "cotransplantation"}),
    ({"intervention": "HID+MSC", "comparator": "HID"}, {}),
    ({"intervention": "MSC", "comparator": "cyclosporine alone"}, {}),
    ({"intervention": "HSC plus MSC", "comparator": "HSC alone"}, {}),
    ({"conditions": ("hematologic-disease",)}, {"conditions": ("acute-myeloid-leukemia",)}),
    ({"intervention": "group 2", "comparator": "group 1"}, {}),
    ({"comparator": "placebo"}, {"comparator": "standard care"}),
    ({"intervention": "remestemcel-L", "interventions": ("remestemcel-l",)}, {}),
    ({"conditions": ("severe-aplastic-anemia",)}, {"conditions": ("aplastic-anemia",)}),
    ({"conditions": ("acute-myeloid-leukemia",)}, {"conditions": ("multiple-myeloma",)}),
    ({"population": "RCTs", "design": "meta_analysis"}, {}),
    ({"population": "Children"}, {"population": "children"}),
    ({"species": "mixed animals", "design": "meta_analysis"}, {"species": "mouse", "design": "in_vivo_preclinical"}),
    (
        {"intent": "treatment", "conditions": ("steroid-refractory-acute-graft-versus-host-disease",)},
        {"intent": "treatment", "conditions": ("grade-iii-iv-acute-graft-versus-host-disease",)},
    ),
]


def obstacle(one: Claim, two: Claim, *contexts: StudyContext, links: tuple[Link, ...] = ()) -> Obstacle | None:
    found = compare(one, two, contexts={each.paper: each for each in contexts}, vocabulary=VOCABULARY, paper_links=links)
    assert (found.link is None) is (found.obstacle is not None)
    return None if found.obstacle is None else found.obstacle.obstacle


@pytest.mark.parametrize(("first", "second", "expected"), APART)
def test_what_may_not_be_compared_is_told_why_in_either_order(
    first: dict[str, object], second: dict[str, object], expected: Obstacle
) -> None:
    one, two = claim(**first), other(**second)
    assert obstacle(one, two) is obstacle(two, one) is expected


def test_every_obstacle_has_an_example_here() -> None:
    assert {expected for *_, expected in APART} | {Obstacle.SAME_COHORT} == set(Obstacle)


@pytest.mark.parametrize(("first", "second"), TOGETHER)
def test_what_may_be_compared_is(first: dict[str, object], second: dict[str, object]) -> None:
    assert obstacle(claim(**first), other(**second)) is None


def test_papers_that_share_a_registration_are_one_cohort_however_it_is_written() -> None:
    contexts = of("pmid-1", registrations=("ChiCTR-IOR-15006330",)), of("pmid-2", registrations=("ChiCTRIOR15006330",))
    assert obstacle(claim(), other(), *contexts) is Obstacle.SAME_COHORT


def test_a_meta_analysis_registered_as_a_trial_it_names_is_no_cohort_of_it() -> None:
    contexts = of("pmid-1", registrations=("NCT00000001",)), of("pmid-2", registrations=("NCT00000001",))
    assert obstacle(claim(design="meta_analysis"), other(), *contexts) is None


def test_papers_linked_as_one_cohort_are_not_compared() -> None:
    tie = Link(kind=LinkKind.SAME_COHORT, subject="pmid-1", object="pmid-2", subject_paper="pmid-1", object_paper="pmid-2")
    assert obstacle(claim(), other(), links=(tie,)) is Obstacle.SAME_COHORT
    related = tie.model_copy(update={"kind": LinkKind.RELATED})
    assert obstacle(claim(), other(), links=(related,)) is None


def test_a_retraction_that_only_the_record_tells_counts() -> None:
    assert obstacle(claim(), other(), of("pmid-1", is_retracted=True)) is Obstacle.RETRACTED


def test_the_reason_says_how_near_two_outcomes_are() -> None:
    pairs = [
        ("grade-ii-iv-acute-graft-versus-host-disease", "grade-iii-iv-acute-graft-versus-host-disease", "Near, but of different grade"),
        ("complete-response", "overall-response-rate", "Near, but one is narrower"),
        ("partial-response", "complete-response", "Near, but not the same"),
        ("overall-survival", "partial-response", "Different outcomes"),
    ]
    for one, two, words in pairs:
        found = compare(claim(outcome=one), other(outcome=two), contexts={}, vocabulary=VOCABULARY)
        assert found.obstacle is not None
        assert found.obstacle.text.startswith(words)


SPECIES = st.sampled_from(["human", "mouse", "rat", "mixed animals", "rhesus macaque", None])
DESIGNS = st.sampled_from(["rct", "retrospective_cohort", "meta_analysis", "in_vivo_preclinical"])
OUTCOMES = st.sampled_from([each.slug for kind in ("outcome", "condition") for each in VOCABULARY.of_kind(kind)])
DIRECTIONS = st.sampled_from(["increased", "decreased", "no_difference", "unclear", "reported"])
TESTS = st.sampled_from([True, False, None])
KINDS = st.sampled_from(["effect", "single_arm", "before_after", "subgroup", "mechanism"])
STATED = st.fixed_dictionaries(
    {"species": SPECIES, "design": DESIGNS, "outcome": OUTCOMES, "direction": DIRECTIONS, "significant": TESTS, "kind": KINDS}
)


@given(STATED, STATED)
@settings(max_examples=200, deadline=None)
def test_the_answer_never_depends_on_the_order(first: dict[str, object], second: dict[str, object]) -> None:
    one, two = claim(**first), other(**second)
    assert compare(one, two, contexts={}, vocabulary=VOCABULARY) == compare(two, one, contexts={}, vocabulary=VOCABULARY)


@given(st.sampled_from(["mouse", "rat", "mixed animals", "rhesus macaque"]), OUTCOMES, DIRECTIONS, TESTS)
@settings(max_examples=200, deadline=None)
def test_patients_are_never_compared_with_animals(animal: str, outcome: str, direction: str, significant: bool | None) -> None:
    patients = claim(outcome=outcome)
    animals = other(outcome=outcome, species=animal, design="in_vivo_preclinical", direction=direction, significant=significant)
    assert obstacle(patients, animals) is not None


@given(KINDS, OUTCOMES, DIRECTIONS, TESTS)
@settings(max_examples=200, deadline=None)
def test_a_value_of_one_arm_is_never_compared(kind: str, outcome: str, direction: str, significant: bool | None) -> None:
    value = claim(kind="single_arm", outcome=outcome, direction=direction)
    assert obstacle(value, other(kind=kind, outcome=outcome, direction=direction, significant=significant)) is not None
