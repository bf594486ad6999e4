"""Arm values, and numbers that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.intervals import IntervalKind
from kg.extract.numbers.reader import read_numbers
from kg.extract.numbers.values import PrintedValue, ValueKind, is_ratio
from kg.model import Value

PERCENT, FRACTION, COUNT, DURATION = ValueKind.PERCENT, ValueKind.FRACTION, ValueKind.COUNT, ValueKind.DURATION
QUANTITY, NUMBER, NONE = ValueKind.QUANTITY, ValueKind.NUMBER, ValueKind.NONE


def values(text: str) -> tuple[PrintedValue, ...]:
    return read_numbers(text).values


PERCENTS = [
    ("relapse was 27.4% with cells", [27.4]),
    ("relapse was 27·4 % with cells", [27.4]),
    ("relapse was 27 per cent with cells", [27]),
    ("relapse was 12 percent with cells", [12]),
    ("relapse was lower (22% vs 13%)", [22, 13]),
    ("responses of 41 and 19%", [41, 19]),
    ("responses of 39.5 vs 62.7%", [39.5, 62.7]),
    ("rates of 18, 24 and 11%", [18, 24, 11]),
    ("relapse 36%/21% in the arms", [36, 21]),
    ("relapse fell from 46 to 23%", [46, 23]),
    ("relapse fell from 46% to 23%", [46, 23]),
    ("relapse in 35.0% ± 6.8% of all", [35]),
    ("relapse in .5% of all", [0.5]),
    ("none but 100% of these", [0, 100]),
    ("rates of 18, 24, and 11%", [18, 24, 11]),
    ("the better survival, 67.8% to 47.3%", [67.8, 47.3]),
    ("mortality favored the drug, 10.2% to 15.9%", [10.2, 15.9]),
]


@pytest.mark.parametrize(("text", "expected"), PERCENTS)
def test_per_cents(text: str, expected: list[float]) -> None:
    found = values(text)
    assert [value.value for value in found] == expected
    assert {value.unit for value in found if value.kind is not NONE} == {"%"}


@pytest.mark.parametrize("text", ["seen in 30-50% of recipients", "seen in 30% to 50% of recipients"])
def test_a_range_of_per_cents_is_one_value_without_a_number(text: str) -> None:
    (found,) = values(text)
    assert (found.kind, found.value, found.unit) == (PERCENT, None, "%")
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (30, 50)
    assert found.to_model().ci_low is None


INTERVALS = [
    ("27.4% (95% CI, 16.2% to 38.6%)", 16.2, 38.6),
    ("59% (53-65%)", 53, 65),
    ("60.9% (95% CI 47.4-74.4)", 47.4, 74.4),
    ("62% [95% CI: 47–77]", 47, 77),
    ("54.9% (39 patients; 95% CI, 42.7%-66.8%)", 42.7, 66.8),
]


@pytest.mark.parametrize(("printed", "low", "high"), INTERVALS)
def test_an_interval_belongs_to_its_per_cent(printed: str, low: float, high: float) -> None:
    (found,) = values(f"The rate was {printed} in all.")
    assert found.text == printed
    assert (found.to_model().ci_low, found.to_model().ci_high) == (low, high)


def test_the_next_comparison_is_no_interval() -> None:
    assert [(v.value, v.interval) for v in values("The rate was 61% (56% with cells)")] == [(61, None), (56, None)]


COUNTS = [
    ("2 of 31 children relapsed", FRACTION, 2, 31, None),
    ("fever (16 patients, 55%) was seen", COUNT, 16, None, 55),
    ("fever (7; 24%) was seen", COUNT, 7, None, 24),
    ("n = 6/10 (60%)", FRACTION, 6, 10, 60),
    ("6/10 patients relapsed", FRACTION, 6, 10, None),
    ("36 of the 40 patients (90.0%) relapsed", FRACTION, 36, 40, 90),
    ("four out of the ten UC patients (40%)", FRACTION, 4, 10, 40),
    ("nine of fifteen relapsed", FRACTION, 9, 15, None),
    ("12 (40%) of 30 relapsed", FRACTION, 12, 30, 40),
    ("15 patients (50.0%) relapsed", COUNT, 15, None, 50),
    ("relapse in 24 (55.8%)", COUNT, 24, None, 55.8),
    ("seven (8.7%) women relapsed", COUNT, 7, None, 8.7),
    ("60% (6/10) relapsed", PERCENT, 6, 10, 60),
    ("60% (6 of 10 patients) relapsed", PERCENT, 6, 10, 60),
    ("60% (n = 6) relapsed", PERCENT, 6, None, 60),
    ("it struck seven patients in the group", COUNT, 7, None, None),
    ("four of the patients relapsed", COUNT, 4, None, None),
    ("all 12 patients relapsed", COUNT, 12, None, None),
    ("twenty-four patients relapsed", COUNT, 24, None, None),
    ("none of 48 treated patients relapsed", NONE, 0, 48, 0),
    ("none relapsed", NONE, 0, None, 0),
    ("no patients relapsed", NONE, 0, None, 0),
    ("no serious adverse events", NONE, 0, None, 0),
    ("toxicities were absent", NONE, 0, None, 0),
]


@pytest.mark.parametrize(("text", "kind", "count", "total", "value"), COUNTS)
def test_counts(text: str, kind: ValueKind, count: int, total: int | None, value: float | None) -> None:
    (found,) = values(text)
    assert (found.kind, found.count, found.total, found.value) == (kind, count, total, value)
    assert text[found.start : found.end] == found.text


def test_a_count_without_noun_is_a_number() -> None:
    found = values("four of the patients had a complete response and two a partial response")
    assert [(value.kind, value.count) for value in found] == [(COUNT, 4), (NUMBER, 2)]


def test_a_per_cent_takes_its_count_from_its_own_sentence() -> None:
    found = values("In all, 32/54 patients responded, a rate of 59.3%. Later 59.3% lived.")
    assert [(value.value, value.count, value.total) for value in found] == [(None, 32, 54), (59.3, 32, 54), (59.3, None, None)]


def test_a_count_takes_its_total_where_the_per_cent_agrees() -> None:
    (found, *_) = [value for value in values("Of 43 patients on the drug, 24 (55.8%) cut the dose.") if value.unit == "%"]
    assert (found.count, found.total) == (24, 43)
    (found, *_) = [value for value in values("Of 50 patients on the drug, 24 (55.8%) cut the dose.") if value.unit == "%"]
    assert (found.count, found.total) == (24, None)


MEASURES = [
    ("a median of 13 days (range, 9–25)", DURATION, 13, "days", "13 days (range, 9–25)", "median"),
    ("median 4.3 weeks (range: 3.9-48.1)", DURATION, 4.3, "weeks", "4.3 weeks (range: 3.9-48.1)", "median"),
    ("survival was 11.3 months", DURATION, 11.3, "months", "11.3 months", None),
    ("median 19.3 (0.6-59.0) months", DURATION, 19.3, "months", "19.3 (0.6-59.0) months", "median"),
    ("a score of 4.3 ± 1.2", QUANTITY, 4.3, None, "4.3 ± 1.2", "mean"),
    ("a mean of 120 cells/µL", QUANTITY, 120, "cells/µL", "120 cells/µL", "mean"),
    ("IL-6 was 24 pg/mL", QUANTITY, 24, "pg/mL", "24 pg/mL", None),
    ("fell by 7 points", QUANTITY, 7, "points", "7 points", None),
    ("rose 2.5-fold", QUANTITY, 2.5, "fold", "2.5-fold", None),
    ("a median of 34 at entry", NUMBER, 34, None, "34", None),
]


@pytest.mark.parametrize(("text", "expected"), [(text, tuple(expected)) for text, *expected in MEASURES])
def test_measures(text: str, expected: tuple[ValueKind, float, str | None, str, str | None]) -> None:
    (found,) = values(text)
    assert (found.kind, found.value, found.unit, found.text, found.statistic) == expected


def test_a_shared_unit_reaches_all_its_numbers() -> None:
    assert [(v.value, v.unit) for v in values("platelets recovered sooner (median 16 vs 24 days)")] == [(16, "days"), (24, "days")]


def test_ranges_are_kept_and_stay_in_the_text() -> None:
    (found,) = values("a median of 13 days (range, 9–25)")
    assert found.interval is not None
    assert (found.interval.kind, found.interval.low, found.interval.high) == (IntervalKind.RANGE, 9, 25)
    assert found.to_model() == Value(value=13, unit="days", text="13 days (range, 9–25)", start=12, end=33)


def test_not_reached_has_no_number() -> None:
    (found,) = values("Median survival was not reached.")
    assert found.to_model() == Value(text="not reached", start=20, end=31)


def test_none_is_zero_in_words() -> None:
    (found,) = values("It developed in none of those given cells.")
    assert found.to_model() == Value(value=0, count=0, text="none", start=16, end=20)


def test_group_sizes_are_labelled() -> None:
    assert [(v.kind, v.count) for v in values("controls (n = 12)")] == [(ValueKind.GROUP_SIZE, 12)]


NO_RESULTS = [
    "grade 3 disease",
    "grades 2 to 4",
    "stage 2 disease",
    "a phase 1/2 trial",
    "on day 28 and by day +100",
    "a 95% CI",
    "CD34+ and CD4 cells",
    "IL-10 and PGE2",
    "from 2009 to 2012",
    "since 2018",
    "NCT02923375",
    "given 1×10^6/kg twice daily",
    "1.0–2.0 × 10^6/kg",
    "children under 12 years",
    "patients 18 years of age",
    "from a 9/10 MMUD",
    "as 2nd and 3rd line",
    "in group 1 and group 2",
    "CYP-001 was given",
    "P = .02",
    "HR 0.45 (95% CI 0.2-0.9)",
    "at 19 centers",
    "fifty studies",
    "a 15-point margin",
    "mixed 1:4 with cells",
    "a median follow-up of 24 months",
    "one clone of cells",
    "no difference and no effect",
    "by 2 July 2018",
    "",
]


@pytest.mark.parametrize("text", NO_RESULTS)
def test_numbers_that_are_no_results_are_left_out(text: str) -> None:
    assert values(text) == ()


RATIOS = [
    (32, 54, 59.3, "59.3%", True),
    (32, 54, 59.2, "59.2%", True),
    (32, 54, 59.4, "59.4%", False),
    (1, 3, 33, "33%", True),
    (1, 3, 34, "34%", True),
    (1, 3, 35, "35%", False),
    (0, 12, 0, "0%", True),
    (1, 0, 50, "50%", False),
]


@pytest.mark.parametrize(("count", "total", "percent", "printed", "expected"), RATIOS)
def test_a_ratio_may_be_rounded_either_way(count: int, total: int, percent: float, printed: str, expected: bool) -> None:
    assert is_ratio(count, total, percent, printed) is expected


@given(st.integers(0, 1000), st.sampled_from(["%", " %", " per cent"]))
def test_printed_per_cents_come_back(tenths: int, sign: str) -> None:
    assert [value.value for value in values(f"relapse was {tenths / 10}{sign} here")] == [tenths / 10]


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from(["{} of {} patients", "{}/{} patients", "{} out of {}"]))
def test_printed_fractions_come_back(count: int, more: int, form: str) -> None:
    (found,) = values("relapse in " + form.format(count, count + more))
    assert (found.count, found.total) == (count, count + more)


@pytest.mark.parametrize("text", ["given in the 100M-group", "the 200M- and 20M-arms", "CD34+ and the HLA-B27 type"])
def test_digits_of_a_name_are_no_number(text: str) -> None:
    assert read_numbers(text).values == ()


def test_the_number_of_a_unit_is_no_value() -> None:
    assert [value.text for value in values("Clearance fell below 20 mL/min per 1.73 m2 in 12% of patients.") if "1.73" in value.text] == []
