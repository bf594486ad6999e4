"""Two numbers of one outcome: what makes them a contrast, and whose each is."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import DOWN, SAME, UP, paper_of

TITLE = "Mesenchymal stromal cells to prevent chronic GVHD after transplantation: a randomized trial"
AIM = "We randomly assigned 100 patients to MSCs or no MSCs (controls)."

CONTRASTS = [
    pytest.param("Relapse came to 37% with MSCs over 21% in controls.", [("37%", "21%", UP)], id="over"),
    pytest.param("MSCs yielded the better survival, 67.8% to 47.3%.", [("67.8%", "47.3%", UP)], id="a score that falls"),
    pytest.param("Mortality favored MSCs, 10.2% to 15.9% (P = .03).", [("10.2%", "15.9%", DOWN)], id="a score after a comparison"),
    pytest.param("Controls had the better survival, 67.8% to 47.3%.", [("47.3%", "67.8%", DOWN)], id="a score of the controls"),
    pytest.param("Neutrophils recovered after 16 days with MSCs instead of 21 days.", [("16 days", "21 days", DOWN)], id="instead of"),
    pytest.param("Vomiting, in 18.5%, exceeded the 13.5% of controls.", [("18.5%", "13.5%", UP)], id="a verb between the numbers"),
    pytest.param("Chronic GVHD was kept to 5.9%, from 18.9% in controls.", [("5.9%", "18.9%", DOWN)], id="from behind a comma"),
    pytest.param("MSCs halved chronic GVHD, from 50% to 25%.", [("25%", "50%", DOWN)], id="from … to"),
    pytest.param("Two-year relapse stood at 20% in both arms.", [("20%", "20%", SAME)], id="one number for both"),
    pytest.param("Relapse remained at 36% irrespective of MSCs.", [("36%", "36%", SAME)], id="one number whether or not"),
    pytest.param("Survival gained, reaching 79% from a control value of 57%.", [("79%", "57%", UP)], id="where it came from"),
    pytest.param("Controls lagged behind in survival, 56.3% to 66.8%.", [("66.8%", "56.3%", UP)], id="a score that rises"),
    pytest.param(
        "No difference between the arms was found in relapse (30% vs 28%) or survival (61% vs 60%).",
        [("30%", "28%", SAME), ("61%", "60%", SAME)],
        id="outcomes behind a preposition, each with its bracket",
    ),
    pytest.param(
        "Sixty percent of the MSC recipients and 35% of the controls survived.", [("Sixty percent", "35%", UP)], id="per cent in words"
    ),
    pytest.param("Of 30 MSC recipients 18 survived, of 30 controls 11.", [("18", "11", UP)], id="counts behind their arms"),
    pytest.param("Infections came to 0.7 per patient with MSCs, next to 0.9 in controls.", [("0.7", "0.9", DOWN)], id="next to"),
    pytest.param("Engraftment suffered from neither treatment.", [(None, None, SAME)], id="the predicate leads to neither"),
    pytest.param("Survival was higher than in controls (62% vs 41%).", [("62%", "41%", UP)], id="the yardstick before the numbers"),
    pytest.param("Survival surpassed that of controls (62% vs 41%).", [("62%", "41%", UP)], id="that of the yardstick"),
    pytest.param("Compared with controls, relapse was rarer (12% vs 20%).", [("12%", "20%", DOWN)], id="the yardstick first of all"),
    pytest.param("Relapse was rarer than among controls, 12% versus 20%.", [("12%", "20%", DOWN)], id="the yardstick before a comma"),
    pytest.param("Relapse was rarer in controls (12% vs 20%).", [("20%", "12%", UP)], id="the subject before the numbers"),
    pytest.param("Compared with controls, relapse was rarer.", [(None, None, DOWN)], id="a yardstick without numbers"),
    pytest.param("Relapse dropped to 12% with MSCs from the 20% in the comparator arm.", [("12%", "20%", DOWN)], id="with its arm, from"),
    pytest.param(
        "Relapse came in 22 (12%) of 180 patients randomised to MSCs and in 35 (20%) of 176 controls.",
        [("22 (12%) of 180", "35 (20%) of 176", DOWN)],
        id="people randomised to an arm",
    ),
    pytest.param(
        "Relapse was the main difference: 12% against 20%, lower with MSCs.", [("12%", "20%", DOWN)], id="the subject behind both"
    ),
    pytest.param(
        "The relapse rate with MSCs was cut to 17%, controls relapsing in 34%.", [("17%", "34%", DOWN)], id="the other arm behind its verb"
    ),
    pytest.param("Survival favored neither arm (75% with MSCs, 72% without).", [("75%", "72%", SAME)], id="neither is favored"),
    pytest.param("Of controls 14% relapsed, of MSC recipients 12%.", [("12%", "14%", DOWN)], id="the arm right before its number"),
    pytest.param(
        "For MSC recipients relapse was 12%, whereas for controls it came to 14%.",
        [("12%", "14%", DOWN)],
        id="a conjunction parts the arms",
    ),
    pytest.param(
        "Overall survival was 70% when MSCs were given and 45% when they were not.", [("70%", "45%", UP)], id="when they were not"
    ),
    pytest.param("Relapse was 12% in MSC recipients and 20% in the others.", [("12%", "20%", DOWN)], id="the others"),
    pytest.param("Relapse was 12% with and 20% without MSCs.", [("12%", "20%", DOWN)], id="with and without"),
    pytest.param("Without MSCs, relapse rose to 55%; with them it was 36%.", [("36%", "55%", DOWN)], id="with them"),
    pytest.param(
        "Relapse overtook six of the 10 patients given MSCs (60%) and three of 15 controls (20%).",
        [("six of the 10 patients given MSCs (60%)", "three of 15 controls (20%)", UP)],
        id="words between a fraction and its per cent",
    ),
    pytest.param(
        "Relapse was 12% and survival 70% with MSCs, as opposed to 14% and 45% in controls.",
        [("12%", "14%", DOWN), ("70%", "45%", UP)],
        id="the other arm's results as a list",
    ),
    pytest.param(
        "In the MSC group relapse was 12% and survival 70%; in controls 14% and 45%, respectively.",
        [("12%", "14%", DOWN), ("70%", "45%", UP)],
        id="the other arm's results as a list of their own clause",
    ),
    pytest.param(
        "Survival was a median of 11.1 months with MSCs, versus 6.5 months in controls (hazard ratio for death, 0.83; 95% CI, "
        "0.60 to 1.15).",
        [("11.1 months", "6.5 months", SAME)],
        id="the event of a ratio in a bracket",
    ),
    pytest.param(
        "The hazard of death with controls relative to MSCs was 1.54 (95% CI 1.01-2.35).", [(None, None, DOWN)], id="inverted ratio"
    ),
    pytest.param("The hazard of relapse with MSCs relative to controls was 0.54 (95% CI 0.30-0.90).", [(None, None, DOWN)], id="ratio"),
]


@pytest.mark.parametrize(("text", "expected"), CONTRASTS)
def test_both_numbers_get_their_arm(extractor: RuleExtractor, text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    findings = extractor.extract(paper_of(f"{AIM} {text}", TITLE)).findings
    found = [
        (f.values.intervention and f.values.intervention.text, f.values.comparator and f.values.comparator.text, f.direction)
        for f in findings
    ]
    assert found == expected


NO_CONTRAST = [
    pytest.param("Donor chimerism exceeded 95% in every group.", id="a bound"),
    pytest.param("Response was 20-30% with MSCs.", id="a range"),
]


@pytest.mark.parametrize("text", NO_CONTRAST)
def test_other_numbers_are_no_contrast(extractor: RuleExtractor, text: str) -> None:
    findings = extractor.extract(paper_of(f"{AIM} {text}", TITLE)).findings
    assert all(f.values.comparator is None for f in findings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Three (12%) died after MSC infusion as against nine (36%) after transplantation alone.",
            ("mortality", "Three (12%)", "nine (36%)"),
        ),
        (
            "Six patients (15%) relapsed with MSCs versus 14 (35%) with placebo.",
            ("cumulative incidence of relapse", "Six patients (15%)", "14 (35%)"),
        ),
    ],
)
def test_a_verb_behind_the_first_number_is_of_the_second_too(extractor: RuleExtractor, text: str, expected: tuple[str, str, str]) -> None:
    [finding] = extractor.extract(paper_of(text)).findings
    one, other = finding.values.intervention, finding.values.comparator
    assert (finding.outcome.label, one and one.text, other and other.text) == expected
    assert finding.direction.value == "decreased"
