"""Arms that a paper names only by setting them side by side."""

import pytest

from kg.extract.findings.contrasts import find_contrast

CONTRASTS = [
    pytest.param(
        "Relapse was 24% in the RIC group and 12% in the MAC group. With RIC the TRM was 9%, with MAC it was 21%.",
        ("ric", "mac"),
        id="two numbers, each with its arm",
    ),
    pytest.param("OS was 61% (BM) versus 55% (PB). Engraftment took longer with BM than with PB.", ("bm", "pb"), id="arms in brackets"),
    pytest.param(
        "Those grafted with PB had more chronic GVHD than those grafted with BM. Graft failure was rare with PB and with BM.",
        ("pb", "bm"),
        id="a comparative between people",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONTRASTS)
def test_arms_are_known_by_their_contrast(text: str, expected: tuple[str, str]) -> None:
    assert find_contrast("", text) == expected


def test_the_arm_that_the_title_names_first_leads() -> None:
    text = "Relapse was 24% in the RIC group and 12% in the MAC group. RIC and MAC were well tolerated."
    assert find_contrast("MAC compared with RIC in elderly patients", text) == ("mac", "ric")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Response was 60% in children and 40% in adults. Children and adults were alike.", id="kinds of patients"),
        pytest.param("OS was 61% in 2010 and 70% in 2020.", id="years"),
        pytest.param("GVHD was 24% in the RIC group and 12% in the MAC group.", id="names used only once"),
    ],
)
def test_what_is_no_arm_makes_no_contrast(text: str) -> None:
    assert find_contrast("", text) is None
