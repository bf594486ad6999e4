"""Shares of patients in words, and what only looks like one."""

import pytest

from kg.extract.numbers.printed_value import ValueKind
from kg.extract.numbers.shares import find_shares

SIZES = [
    ("Two thirds of the children responded.", ["Two thirds of the children"]),
    ("Nearly half improved within a month.", ["Nearly half"]),
    ("All but three engrafted.", ["All but three"]),
    ("All patients but one engrafted.", ["All patients but one"]),
    ("One in five relapsed.", ["One in five"]),
    ("In a third remission was complete.", ["a third"]),
    ("Sepsis was seen in one patient in ten on placebo.", ["one patient in ten"]),
]
SOME = [
    ("Every patient engrafted.", ["Every patient"]),
    ("Most of the children had died by then.", ["Most of the children"]),
    ("All responded.", ["All"]),
    ("The majority of recipients were alive.", ["The majority of recipients"]),
]
NONE = [
    "Steroids were cut to half their dose.",
    "The marker fell by a third in responders.",
    "Half a year from the first dose they were well.",
    "GVHD was half as common.",
    "Responses were seen in both groups.",
    "It was ruled out in all cases.",
    "The rate was 27% in all.",
    "A third of 60 infusions was missed.",
    "Almost two in three (19/29) had responded.",
    "All 12 patients relapsed.",
    "Follow-up lasted one in two years.",
]


@pytest.mark.parametrize(("text", "expected"), SIZES)
def test_shares_with_a_size(text: str, expected: list[str]) -> None:
    assert [(value.text, value.kind) for value in find_shares(text)] == [(printed, ValueKind.SHARE) for printed in expected]


@pytest.mark.parametrize(("text", "expected"), SOME)
def test_shares_without_a_size(text: str, expected: list[str]) -> None:
    assert [(value.text, value.kind) for value in find_shares(text)] == [(printed, ValueKind.SOME) for printed in expected]


@pytest.mark.parametrize("text", NONE)
def test_no_share_of_patients(text: str) -> None:
    assert list(find_shares(text)) == []
