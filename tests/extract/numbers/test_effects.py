"""Effect estimates with their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.effects import find_effects
from kg.model import Effect, Measure

HR, RR, OR, MD, SMD, RD, R = Measure.HR, Measure.RR, Measure.OR, Measure.MD, Measure.SMD, Measure.RD, Measure.R

ONE = [
    ("relapse fell (HR 0.55 (95% CI 0.36–0.84; P = .005))", HR, 0.55, (0.36, 0.84)),
    ("the hazard ratio = 0.45", HR, 0.45, None),
    ("the hazard ratio for death was 0.45 (95% CI, 0.2 to 0.9)", HR, 0.45, (0.2, 0.9)),
    ("RR was .63, 95% CI .46-.86", RR, 0.63, (0.46, 0.86)),
    ("OR=2.00 [1.01–3.94]", OR, 2.0, (1.01, 3.94)),
    ("a risk ratio of 1.26", RR, 1.26, None),
    ("relative risk [RR], 0.63; 95% CI, 0.46 to 0.86", RR, 0.63, (0.46, 0.86)),
    ("relative risk (RR) 0.63 (P = .02; 95% CI, 0.46-0.86)", RR, 0.63, (0.46, 0.86)),
    ("odds ratio 5.49, 95% CI 2.3-14.2", OR, 5.49, (2.3, 14.2)),
    ("lung disease (HR 1.58, 1.1-2.28, p=0.016)", HR, 1.58, (1.1, 2.28)),
    ("correlation coefficient r = -0.43", R, -0.43, None),
    ("Spearman's rho = 0.61", R, 0.61, None),
    ("SMD -3.60, 95% CI -4.43 to -2.76", SMD, -3.6, (-4.43, -2.76)),
    ("standardised mean difference (SMD) −1.20", SMD, -1.2, None),
    ("mean difference of –54 mL (95% CI –256 to 152)", MD, -54, (-256, 152)),
    ("WMD = 1.5 (95% CI 0.3, 2.7)", MD, 1.5, (0.3, 2.7)),
    ("risk difference 12% (95% CI 3% to 21%)", RD, 12, (3, 21)),
    ("difference -3 points, 95% CI -14 to 8", RD, -3, (-14, 8)),
    ("sHR 1.2 for relapse", HR, 1.2, None),
    ("incidence rate ratio 0.8 (95% CI 0.6–1.1)", RR, 0.8, (0.6, 1.1)),
    ("controls were 2.7 times as likely to relapse (95% CI 1.2-6.1)", RR, 2.7, (1.2, 6.1)),
    ("HR 0·45 (95% CI 0·30–0·67)", HR, 0.45, (0.3, 0.67)),
    ("HR, 0.45; 95% confidence interval, 0.30 to 0.67", HR, 0.45, (0.3, 0.67)),
    ("HR: 1.21 [95%CI: 0.74-1.98]", HR, 1.21, (0.74, 1.98)),
    ("hazard ratio for death, 0.83; 95% CI, 0.60 to 1.15", HR, 0.83, (0.6, 1.15)),
    ("the hazard of death with MSCs was 0.60 (95% CI 0.40-0.90)", HR, 0.6, (0.4, 0.9)),
    ("survival (OR 0.66 for cord blood; 95% CI 0.50-0.88)", OR, 0.66, (0.5, 0.88)),
    ("the odds of response came to 2.1 (95% CI 1.2 to 3.5)", OR, 2.1, (1.2, 3.5)),
]


@pytest.mark.parametrize(("text", "measure", "value", "limits"), ONE)
def test_one_estimate_is_read_with_its_interval(text: str, measure: Measure, value: float, limits: tuple[float, float] | None) -> None:
    (found,) = find_effects(text)
    assert (found.measure, found.value) == (measure, value)
    assert (None if found.interval is None else (found.interval.low, found.interval.high)) == limits
    assert text[found.start : found.end] == found.text


SHARED = [
    ("(SMD -1.20, p = 0.04 in RCTs and -0.54, p = 0.04 in others)", [-1.2, -0.54]),
    ("(trials: risk ratio (RR) 0.53, p = 0.01; cohorts: 0.50, p < 0.01)", [0.53, 0.5]),
    ("hazard ratios were 0.5 (95% CI 0.3-0.8) and 0.7 (95% CI 0.5-0.9)", [0.5, 0.7]),
    ("HRs of 0.5 and 0.7, respectively", [0.5, 0.7]),
]


@pytest.mark.parametrize(("text", "values"), SHARED)
def test_estimates_that_share_a_name_come_one_by_one(text: str, values: list[float]) -> None:
    found = find_effects(text)
    assert [effect.value for effect in found] == values
    assert [(effect.position, effect.size) for effect in found] == [(0, 2), (1, 2)]


def test_each_name_has_its_own_estimate() -> None:
    found = find_effects("death (HR 0.30; P=0.02), relapse (HR 0.45; P=0.03) and OR 2.0")
    assert [(effect.measure, effect.value, effect.size) for effect in found] == [(HR, 0.3, 1), (HR, 0.45, 1), (OR, 2.0, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "the OR was 73%",
        "alive OR 3 months free",
        "ORR 45",
        "HR 0.9%",
        "r = 4.2",
        "an HR-positive tumour in 3",
        "the difference was 4 days",
        "they were 3 times more likely",
        "HR",
        "",
    ],
)
def test_what_is_no_estimate_is_left_alone(text: str) -> None:
    assert find_effects(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("adjusted HR 0.4", True), ("aHR 0.4", True), ("HR 0.4", False), ("unadjusted HR 0.4", False), ("multivariate OR 2.1", True)],
)
def test_adjusted_estimates_are_marked(text: str, expected: bool) -> None:
    assert [effect.is_adjusted for effect in find_effects(text)] == [expected]


def test_the_number_behind_an_estimate_is_not_its_twin() -> None:
    assert [effect.value for effect in find_effects("(HR 0.5, 12 patients)")] == [0.5]


def test_the_model_has_the_limits() -> None:
    (found,) = find_effects("HR 0.55 (95% CI 0.36–0.84)")
    assert found.to_model() == Effect(measure=HR, value=0.55, ci_low=0.36, ci_high=0.84, text="HR 0.55 (95% CI 0.36–0.84", start=0, end=25)


@given(
    st.integers(1, 900),
    st.sampled_from(["HR", "RR", "OR", "hazard ratio", "odds ratio"]),
    st.sampled_from(["=", " ", " = ", ": ", " was "]),
)
def test_printed_estimates_come_back(hundredths: int, name: str, joint: str) -> None:
    assert [effect.value for effect in find_effects(f"({name}{joint}{hundredths / 100:.2f}; P = .5)")] == [hundredths / 100]
