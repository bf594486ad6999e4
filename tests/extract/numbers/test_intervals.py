"""Confidence intervals, IQRs and ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.intervals import IntervalKind, find_intervals, find_open_intervals, match_unlabelled

CI, IQR, RANGE = IntervalKind.CI, IntervalKind.IQR, IntervalKind.RANGE

LABELLED = [
    ("27.4% (95% CI, 16.2% to 38.6%)", CI, 16.2, 38.6, 95),
    ("73.3% (95% CI: 54.1-87.7%)", CI, 54.1, 87.7, 95),
    ("73.3% (CI: 54.1-87.7%)", CI, 54.1, 87.7, None),
    ("0.63 [95% CI 0.46–0.86]", CI, 0.46, 0.86, 95),
    ("1.16; 95 % confidence interval 1.02 to 1.33", CI, 1.02, 1.33, 95),
    ("95% confidence interval (CI) -4.43 to -2.76", CI, -4.43, -2.76, 95),
    ("95% confidence interval = −65.3–135.7", CI, -65.3, 135.7, 95),
    ("0·63 (95% CI: 0·46–0·86)", CI, 0.46, 0.86, 95),
    ("(90% CI 0.4, 0.9)", CI, 0.4, 0.9, 90),
    ("(CI 95% 0.4-0.9)", CI, 0.4, 0.9, 95),
    ("with 95%-CI of 3 to 8", CI, 3, 8, 95),
    ("credible interval 0.4 to 0.9", CI, 0.4, 0.9, None),
    ("95% CI between 3 and 8", CI, 3, 8, 95),
    ("difference -3 points, 95% CI -14 to 8", CI, -14, 8, 95),
    ("13 days (range, 9–25)", RANGE, 9, 25, None),
    ("13 days (range: 9 to 25 days)", RANGE, 9, 25, None),
    ("4.3 weeks (range 3.9-48.1)", RANGE, 3.9, 48.1, None),
    ("ages ranging from 3 to 17", RANGE, 3, 17, None),
    ("13 days (IQR 9–25)", IQR, 9, 25, None),
    ("13 days (interquartile range [IQR], 9 to 25)", IQR, 9, 25, None),
    ("13 days (inter-quartile range 9-25)", IQR, 9, 25, None),
]


@pytest.mark.parametrize(("text", "kind", "low", "high", "level"), LABELLED)
def test_a_labelled_interval_is_one_record(text: str, kind: IntervalKind, low: float, high: float, level: float | None) -> None:
    (found,) = find_intervals(text)
    assert (found.kind, found.low, found.high, found.level) == (kind, low, high, level)
    assert text[found.start : found.end] == found.text


def test_percent_signs_are_noted() -> None:
    assert [i.is_percent for i in find_intervals("(95% CI, 16% to 38%) and (95% CI 0.4-0.9)")] == [True, False]


@pytest.mark.parametrize(
    "text", ["the range of motion", "CI was not given", "(95% CI)", "CIBMTR 3-4", "a wide range (see 3)", "cIII 3-4", "CI 0.9 to 0.4", ""]
)
def test_what_has_no_two_limits_is_no_interval(text: str) -> None:
    assert find_intervals(text) == ()


@pytest.mark.parametrize(("text", "limits"), [(" (53-65%)", (53, 65)), (" [1.01–3.94]", (1.01, 3.94)), (", 1.1-2.28, p=0.01", (1.1, 2.28))])
def test_an_unlabelled_interval_is_read_where_it_is_expected(text: str, limits: tuple[float, float]) -> None:
    found = match_unlabelled(text, 0)
    assert found is not None
    assert (found.low, found.high) == limits
    assert found.kind is IntervalKind.UNLABELLED
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("text", [" (78% vs 50%)", " (n = 3)", " of 12-14", ", 12-14 patients died", ""])
def test_other_brackets_are_no_interval(text: str) -> None:
    assert match_unlabelled(text, 0) is None


@given(st.integers(-500, 500), st.integers(0, 500), st.sampled_from([" to ", "–", ", "]))
def test_printed_limits_come_back(low: int, width: int, joint: str) -> None:
    high = low + width
    (found,) = find_intervals(f"(95% CI {low / 10}{joint}{high / 10})")
    assert (found.low, found.high) == (low / 10, high / 10)


@pytest.mark.parametrize("text", ["(95% CI, 9.8 to not reached)", "(95% CI 9.8–NR)", "(range 3 to NE)"])
def test_an_interval_may_lack_its_upper_limit(text: str) -> None:
    (found,) = find_open_intervals(text)
    assert text[found.start : found.end] == found.text
    assert find_intervals(text) == ()


def test_a_closed_interval_is_not_open() -> None:
    assert find_open_intervals("(95% CI, 9.8 to 12.1); median not reached") == ()
