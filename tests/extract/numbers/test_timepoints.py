"""Time points as ISO 8601 durations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.timepoints import find_timepoints

POINTS = [
    ("survival at 2 years was 71%", ["P2Y"]),
    ("2-year survival", ["P2Y"]),
    ("two-year overall survival", ["P2Y"]),
    ("One-year relapse", ["P1Y"]),
    ("at one year 68% lived", ["P1Y"]),
    ("response on day 28", ["P28D"]),
    ("by day +100", ["P100D"]),
    ("By day +100, 160 of 239 children had survived", ["P100D"]),
    ("at day 28, 24 (55.8%) responded", ["P28D"]),
    ("peaked on day (+)2", ["P2D"]),
    ("at D28", ["P28D"]),
    ("day-28 response", ["P28D"]),
    ("by 12 months", ["P12M"]),
    ("within 6 weeks of infusion", ["P6W"]),
    ("100-day mortality", ["P100D"]),
    ("6 month ORR", ["P6M"]),
    ("at six months", ["P6M"]),
    ("at week 24", ["P24W"]),
    ("by year three", ["P3Y"]),
    ("after 24 hours", ["PT24H"]),
    ("on days 28 and 56", ["P28D", "P56D"]),
    ("at 1, 2 and 3 years", ["P1Y", "P2Y", "P3Y"]),
    ("at 6 and 12 months", ["P6M", "P12M"]),
    ("59% at 6 and 41% at 12 months", ["P6M", "P12M"]),
    ("6- and 12-month survival", ["P6M", "P12M"]),
    ("within 1–3 months", ["P3M"]),
    ("at one year (19% vs 33%)", ["P1Y"]),
    ("at 1.5 years", ["P1.5Y"]),
    ("A year after the graft", ["P1Y"]),
    ("Half a year from the first dose", ["P6M"]),
    ("eight died in the first year", ["P1Y"]),
    ("within a month", ["P1M"]),
    ("32% lived for half a year", ["P6M"]),
]


@pytest.mark.parametrize(("text", "expected"), POINTS)
def test_time_points_are_durations(text: str, expected: list[str]) -> None:
    found = find_timepoints(text)
    assert [point.iso for point in found] == expected
    assert all(text[point.start : point.end] == point.text and not point.is_follow_up for point in found)


@pytest.mark.parametrize(
    "text",
    [
        "patients 12 years of age",
        "children under 12 years",
        "aged 18 years",
        "a median of 13 days",
        "survival lasted 15 months (range 1-46)",
        "after a median of 15 days (range 10-25)",
        "after 17 days (range 10-58)",
        "in 2012",
        "years 2009",
        "vitamin D3x",
        "the days of infusion",
        "",
    ],
)
def test_ages_and_plain_durations_are_no_time_points(text: str) -> None:
    assert find_timepoints(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "median follow-up was 12.9 months",
        "a median follow-up of 24 months",
        "survivors were followed for a median of 30 months",
        "after a follow-up of 3 years",
        "with 24 months median follow-up",
    ],
)
def test_lengths_of_follow_up_are_marked(text: str) -> None:
    assert [point.is_follow_up for point in find_timepoints(text)] == [True]


def test_a_follow_up_visit_is_a_time_point() -> None:
    assert [(p.iso, p.is_follow_up) for p in find_timepoints("At the 2-year follow-up 9 were alive")] == [("P2Y", False)]


@given(st.integers(1, 400), st.sampled_from([("years", "Y"), ("months", "M"), ("weeks", "W"), ("days", "D")]))
def test_printed_time_points_come_back(number: int, unit: tuple[str, str]) -> None:
    assert [point.iso for point in find_timepoints(f"survival at {number} {unit[0]} was fair")] == [f"P{number}{unit[1]}"]
