"""Lists that a "respectively" aligns."""

import pytest

from kg.extract.numbers.reader import read_numbers

LISTS = [
    (
        "Response was seen in 27%, 48% and 45% of patients receiving placebo, 1 x 10^6/kg and 3 x 10^6/kg, respectively.",
        ["27%", "48%", "45%"],
        ["placebo", "1 x 10^6/kg", "3 x 10^6/kg"],
    ),
    (
        "Estimates of event-free survival (EFS) and overall survival (OS) were 58% (95% CI 45-72) and 60% (95% CI 47-74), respectively.",
        ["58% (95% CI 45-72)", "60% (95% CI 47-74)"],
        ["event-free survival (EFS)", "overall survival (OS)"],
    ),
    ("For grades II-IV and III-IV the figures were 20% and 10%, respectively.", ["20%", "10%"], ["grades II-IV", "III-IV"]),
    ("Children and adults responded in 57% vs. 45%, respectively.", ["57%", "45%"], ["Children", "adults"]),
    ("Relapse was 12% and 14% in the cell group and the control group, respectively.", ["12%", "14%"], ["cell group", "the control group"]),
    ("Survival and relapse differed (P = .02 and P = .3, respectively).", ["P = .02", "P = .3"], ["Survival", "relapse"]),
]


@pytest.mark.parametrize(("text", "numbers", "labels"), LISTS)
def test_numbers_and_labels_are_aligned(text: str, numbers: list[str], labels: list[str]) -> None:
    (found,) = read_numbers(text).lists
    assert [number.text for number in found.numbers] == numbers
    assert [label.text for label in found.labels] == labels
    assert text[found.start : found.end] == found.text
    assert all(text[label.start : label.end] == label.text for label in found.labels)


@pytest.mark.parametrize("text", ["Groups A and B, respectively.", "It was 12%, respectively.", "They respectively left.", ""])
def test_without_two_numbers_there_is_no_list(text: str) -> None:
    assert read_numbers(text).lists == ()


def test_each_respectively_has_its_own_numbers() -> None:
    text = "Relapse was 12% and 14%, respectively; survival was 70% and 60%, respectively."
    assert [[n.text for n in found.numbers] for found in read_numbers(text).lists] == [["12%", "14%"], ["70%", "60%"]]
