"""What stands near a result without being what was measured, and P values of what was not recognised."""

from dataclasses import replace

import pytest

from kg.extract.findings.assemble import LEAST_CONFIDENCE
from kg.extract.pipeline import RuleExtractor
from kg.model import Direction, Finding
from tests.extract.findings.test_findings import paper_of


def read(extractor: RuleExtractor, text: str) -> tuple[Finding, ...]:
    return extractor.extract(paper_of(text)).findings


@pytest.mark.parametrize(
    "text",
    [
        "Leukocyte telomere length was shorter with MSCs than in controls (P = .02).",
        "A T-cell chimerism assay was more sensitive with MSCs than in controls.",
        "Infusion of donor lymphocytes lowered relapse more with MSCs than in controls (P = .02).",
        "In mice treated with regulatory T cells relapse was lower than in controls (P = .02).",
    ],
)
def test_a_cell_that_describes_something_or_is_given_is_not_counted(extractor: RuleExtractor, text: str) -> None:
    assert not [f.outcome.label for f in read(extractor, text) if f.outcome.label.endswith("count")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("T cells were fewer with MSCs than in controls (P = .02).", "T cell count"),
        ("The T cell count was lower with MSCs than in controls (P = .02).", "T cell count"),
        ("Natural killer cells rose after MSC infusion (P = .02).", "natural killer cell count"),
    ],
)
def test_cells_that_are_counted_stay(extractor: RuleExtractor, text: str, label: str) -> None:
    assert label in [f.outcome.label for f in read(extractor, text)]


def test_a_further_test_of_something_unknown_makes_no_second_finding(extractor: RuleExtractor) -> None:
    text = "MSCs were associated with less chronic GVHD (P = .01), quicker zorbing (P = .03) and lower blimness (P = .04)."
    assert [(f.outcome.label, f.p and f.p.value) for f in read(extractor, text) if f.outcome.label == "incidence of chronic GVHD"] == [
        ("incidence of chronic GVHD", 0.01)
    ]


def test_a_further_test_at_another_time_is_kept(extractor: RuleExtractor) -> None:
    text = "Overall survival was higher with MSCs than in controls at 1 year (P = .01) and at 2 years (P = .03)."
    assert [f.p and f.p.value for f in read(extractor, text)] == [0.01, 0.03]


def test_of_a_list_of_tests_none_is_given_to_the_one_outcome_that_is_known(extractor: RuleExtractor) -> None:
    text = "Zorbing, relapse and blimness were lower with MSCs than in controls (P = .01, P = .02 and P = .03, respectively)."
    assert [f.p for f in read(extractor, text) if f.outcome.label == "cumulative incidence of relapse"] == [None]


def test_what_is_nearly_surely_wrong_is_not_stated(extractor: RuleExtractor) -> None:
    class Doubter:
        def weigh(self, evidence: dict[str, float]) -> float:
            return LEAST_CONFIDENCE - 0.01

    text = "Relapse was lower with MSCs than in controls (P = .01)."
    assert [f.direction for f in read(extractor, text)] == [Direction.DECREASED]
    doubting = replace(extractor, weigher=Doubter()).extract(paper_of(text))
    assert (doubting.findings, doubting.no_findings_reason) == ((), "nothing recognised")


def test_what_a_stroke_adds_is_counted_together(extractor: RuleExtractor) -> None:
    found = read(extractor, "Four-year cumulative incidences of relapse/progression were 50% with MSCs and 22% in controls (P = .017).")
    assert [(f.outcome.label, f.values.intervention and f.values.intervention.text, f.timepoint) for f in found] == [
        ("cumulative incidence of relapse", "50%", "P4Y")
    ]


def test_joined_outcomes_share_the_time_before_them(extractor: RuleExtractor) -> None:
    found = read(extractor, "Four-year overall and progression-free survival were 53% and 54%, respectively, with MSCs.")
    assert {(f.outcome.label, f.timepoint) for f in found} == {("overall survival", "P4Y"), ("progression-free survival", "P4Y")}


def test_a_group_is_no_substance_whose_level_is_told(extractor: RuleExtractor) -> None:
    assert read(extractor, "Levels of group 2 were higher than those of group 1 (P < .05).") == ()


def test_how_a_test_came_out_is_no_value(extractor: RuleExtractor) -> None:
    found = read(extractor, "Relapse was 53% with MSCs and 87% in controls (χ2 = 3.968, t(38) = 2.1, P < .05).")
    assert [(f.values.intervention and f.values.intervention.text, f.values.comparator and f.values.comparator.text) for f in found] == [
        ("53%", "87%")
    ]


def test_a_ratio_may_stand_behind_what_it_compares(extractor: RuleExtractor) -> None:
    found = read(extractor, "The hazard ratio comparing relapse in the two arms was 0.61 (95% CI, 0.40 to 0.90) for MSCs versus placebo.")
    assert [(f.effect and f.effect.value, f.significant) for f in found] == [(0.61, True)]


@pytest.mark.parametrize(
    ("text", "direction", "values"),
    [
        ("Relapse was rarer than in controls (12% v 30%; P = .01).", "decreased", ("12%", "30%")),
        ("Relapse was as rare as in controls (12% v 13%).", "no_difference", ("12%", "13%")),
        ("Relapse was rarer in controls than with MSCs (12% v 30%; P = .01).", "increased", ("30%", "12%")),
        ("Overall survival exceeded that of controls (62% v 40%; P = .01).", "increased", ("62%", "40%")),
        ("Patients given MSCs outlived controls (31 v 3 months; P < .001).", "increased", ("31", "3 months")),
        ("Infused patients outlived those who were not (31 v 3 months; P < .001).", "increased", ("31", "3 months")),
    ],
)
def test_of_two_numbers_behind_what_was_compared_with_the_second_is_its_own(
    extractor: RuleExtractor, text: str, direction: str, values: tuple[str, str]
) -> None:
    (found,) = read(extractor, text)
    assert found.values.intervention is not None
    assert found.values.comparator is not None
    assert (found.direction.value, (found.values.intervention.text, found.values.comparator.text)) == (direction, values)


def told(found: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None, float | None]]:
    return [
        (
            f.outcome.label,
            f.values.intervention.text if f.values.intervention else None,
            f.values.comparator.text if f.values.comparator else None,
            f.p.value if f.p else None,
        )
        for f in found
    ]


def test_a_share_by_a_day_is_the_result_and_the_day_its_time(extractor: RuleExtractor) -> None:
    found = read(extractor, "Platelet recovery by day 100 was 74% with MSCs and 71% in controls (P = .80).")
    assert told(found) == [("platelet engraftment", "74%", "71%", 0.8)]
    assert found[0].timepoint == "P100D"


def test_what_a_share_is_of_is_no_value(extractor: RuleExtractor) -> None:
    found = read(extractor, "Infection struck 11% of the 79 who were given MSCs and 54% of the 85 who were not (P < .001).")
    assert [(first, second, p) for _, first, second, p in told(found)] == [("11%", "54%", 0.001)]


def test_a_test_right_behind_an_outcome_is_its_own(extractor: RuleExtractor) -> None:
    found = read(extractor, "MSCs brought blimness down further than placebo (P = .03) without any gain in survival (P = .60).")
    assert [(f.direction.value, f.p and f.p.value) for f in found if f.outcome.label == "overall survival"] == [("no_difference", 0.6)]


def test_what_neither_arm_had_is_reported(extractor: RuleExtractor) -> None:
    assert told(read(extractor, "No graft failure was seen with MSCs or in controls.")) == [("graft failure", "none", None, None)]


def test_what_a_factor_went_with_is_the_outcome(extractor: RuleExtractor) -> None:
    (found,) = read(extractor, "A high level of ST2 went with death (hazard ratio 2.9; P = .004).")
    assert (found.outcome.label, found.direction.value, found.kind.value) == ("mortality", "increased", "subgroup")
