"""Constructions of printed abstracts: figures in brackets, lists with their estimates, levels of cells, groups named by their response."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import DOWN, REPORTED, SAME, UP, paper_of, short

CASES = [
    pytest.param(
        "Survival and relapse were better with MSCs (survival: hazard ratio, 0.61; 95% CI, 0.42-0.88; relapse: hazard ratio, 0.70; "
        "95% CI, 0.52-0.94).",
        [("overall survival", UP, True, None, None), ("cumulative incidence of relapse", DOWN, True, None, None)],
        id="the bracket names its outcomes again",
    ),
    pytest.param(
        "MSCs did not significantly reduce relapse or chronic GVHD, though there was a trend, particularly for chronic GVHD (18% vs 29%).",
        [
            ("cumulative incidence of relapse", SAME, False, None, None),
            ("incidence of chronic GVHD", SAME, False, "18%", "29%"),
        ],
        id="said first, printed afterwards",
    ),
    pytest.param(
        "Chronic GVHD developed in 21% of MSC recipients versus 38% of controls [RR 0.55, 95% CI 0.40-0.76, I² = 0%].",
        [("incidence of chronic GVHD", DOWN, True, "21%", "38%")],
        id="heterogeneity is no value",
    ),
    pytest.param(
        "MSCs did not raise the risk of relapse and infection (RR 1.05, 95% CI 0.80 to 1.38, P = 0.72; RR 0.93, 95% CI 0.60 to 1.44, "
        "P = 0.75; respectively).",
        [("cumulative incidence of relapse", SAME, False, None, None), ("infection incidence", SAME, False, None, None)],
        id="one bracket with an estimate for each",
    ),
    pytest.param(
        "Transplant-related mortality, infection, and crude 2-year overall survival were comparable between the MSC and control groups.",
        [
            ("transplant-related mortality", SAME, None, None, None),
            ("infection incidence", SAME, None, None, None),
            ("overall survival", SAME, None, None, None),
        ],
        id="a participle behind a hyphen is no verb",
    ),
    pytest.param(
        "The mean time for neutrophils > 0.5×109/L was 12.1 days, and for platelets > 20×109/L was 15.4 days.",
        [
            ("time to neutrophil engraftment", REPORTED, None, "12.1 days", None),
            ("time to platelet engraftment", REPORTED, None, "15.4 days", None),
        ],
        id="levels whose power of ten lost its form",
    ),
    pytest.param(
        "Time to 20 × 109/L platelets was shorter with MSCs than in controls (16 vs 21 days; P = .01).",
        [("time to platelet engraftment", DOWN, True, "16", "21 days")],
        id="the level ahead of its cells",
    ),
    pytest.param(
        "Complete resolution of GVHD was seen in 9 patients and 7 had a partial response.",
        [("complete response", REPORTED, None, "9 patients", None), ("partial response", REPORTED, None, "7", None)],
        id="resolution of a disease is one outcome",
    ),
    pytest.param(
        "The probability of overall survival for patients achieving CR and PR/NR was 70% and 31%, respectively (p = 0.001).",
        [("overall survival", UP, True, "70%", "31%")],
        id="responses that name groups",
    ),
    pytest.param(
        "Survival was longer in patients that had achieved a complete response.",
        [("overall survival", UP, None, None, None)],
        id="a response that names a group",
    ),
    pytest.param(
        "The proportion of patients achieving a complete response was 48% with MSCs and 30% in controls.",
        [("complete response", UP, None, "48%", "30%")],
        id="how many respond is counted",
    ),
    pytest.param("Thirty patients (55%) had grade III/IV acute GVHD at enrollment.", [], id="at enrollment"),
    pytest.param(
        "The severity of GVHD before MSC therapy was grade II in six patients and grade III-IV in four patients.", [], id="before"
    ),
    pytest.param(
        "No clear adverse events associated with MSC infusion were observed.",
        [("adverse event", REPORTED, None, "none", None)],
        id="none that goes with the treatment",
    ),
    pytest.param(
        "By week 4, 11 of 14 patients (79%) had responded to MSC therapy.",
        [("overall response rate", REPORTED, None, "11 of 14 patients (79%)", None)],
        id="responded to the therapy",
    ),
    pytest.param("All had biopsy-proven gastrointestinal GVHD.", [], id="proven before treatment"),
    pytest.param(
        "By GVHD grade at baseline, overall response was 70% in grade B.",
        [("overall response rate", REPORTED, None, "70%", None)],
        id="what divides the patients was read at baseline",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_printed_results_are_read_once_and_whole(
    extractor: RuleExtractor, text: str, expected: list[tuple[str, str, bool | None, str | None, str | None]]
) -> None:
    assert [short(f) for f in extractor.extract(paper_of(text)).findings] == expected


def test_a_time_ahead_of_a_list_is_that_of_each_member(extractor: RuleExtractor) -> None:
    text = "At 2 years, survival (OS), relapse (CIR), and chronic GVHD were 80% vs 70%, 11% vs 20%, and 20% vs 35%, respectively."
    assert [f.timepoint for f in extractor.extract(paper_of(text)).findings] == ["P2Y", "P2Y", "P2Y"]


def test_ratios_in_one_bracket_go_to_their_outcomes(extractor: RuleExtractor) -> None:
    text = "MSCs did not raise relapse and infection (RR 1.05, 95% CI 0.80 to 1.38; RR 0.93, 95% CI 0.60 to 1.44; respectively)."
    assert [f.effect.value for f in extractor.extract(paper_of(text)).findings if f.effect is not None] == [1.05, 0.93]


def test_a_response_with_its_parts_in_square_brackets_is_defined(extractor: RuleExtractor) -> None:
    text = "The end point was overall response (OR; complete [CR] plus partial [PR]). A 28-day OR was seen in 60 patients (65%)."
    assert [short(f)[0] for f in extractor.extract(paper_of(text)).findings] == ["day-28 overall response"]
