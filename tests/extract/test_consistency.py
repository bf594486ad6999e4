"""What cannot all be true, and what can."""

import pytest

from kg.extract.consistency import find_inconsistencies
from kg.extract.numbers.reader import read_numbers
from kg.model import ArmCounts, Direction, Effect, Fact, Finding, FindingKind, Measure, Origin, Outcome, PValue, Span, Study


def kinds(text: str, study: Study | None = None, findings: tuple[Finding, ...] = ()) -> list[str]:
    found = find_inconsistencies(findings, study or Study(), text, numbers=read_numbers(text))
    return [item.kind for item in found]


WRONG = [
    ("Relapse struck 6 of 10 (70%) patients.", "percent_and_count"),
    ("Relapse struck 12 (45%) of 30.", "percent_and_count"),
    ("Relapse struck 60.4% (6/10) of them.", "percent_and_count"),
    ("Relapse struck 33.2% (1/3) of them.", "percent_and_count"),
    ("Complete response was seen in 112% of patients.", "percent_above_100"),
    ("Relapse was 27% (95% CI, 30% to 38%).", "estimate_outside_interval"),
    ("Relapse fell (HR 0.3, 95% CI 0.4-0.9).", "estimate_outside_interval"),
    ("Relapse fell (HR 0.55, 95% CI 0.36-0.84; P = .12).", "p_and_interval"),
    ("Relapse fell (HR 0.55 (95% CI 0.36-0.84), P = .12).", "p_and_interval"),
    ("Relapse fell (OR 0.8, 95% CI 0.5-1.3; P = .01).", "p_and_interval"),
    ("Relapse fell (RR 0.8 [0.5-1.3], P < .05).", "p_and_interval"),
    ("The score fell (SMD -0.8, 95% CI -1.3 to -0.2; P = .4).", "p_and_interval"),
    ("The score fell (mean difference -0.8, 95% CI -1.9 to 0.3; P = .003).", "p_and_interval"),
]


@pytest.mark.parametrize(("text", "kind"), WRONG)
def test_a_contradiction_is_listed_at_its_place(text: str, kind: str) -> None:
    (found,) = find_inconsistencies((), Study(), text, numbers=read_numbers(text))
    assert found.kind == kind
    assert 0 < found.start < found.end <= len(text)


RIGHT = [
    "Relapse struck 6 of 10 (60%) patients.",
    "Relapse struck 1 of 3 (33%), or 2 of 3 (67%), or 2 of 3 (66.7%).",
    "Relapse struck 54.9% (39 patients; 95% CI, 42.7%-66.8%).",
    "The count rose by 150% from baseline.",
    "Everyone (100%) lived.",
    "Incomes lay below 185% of the poverty line.",
    "Of those asked (n = 591, 97% of all) most agreed.",
    "Costs fell by EUR 12 (95% CI −32 to −18).",
    "Relapse was 27% (95% CI, 16% to 38%).",
    "A median of 13 days (range, 9–25) went by.",
    "Relapse fell (HR 0.55, 95% CI 0.36-0.84; P = .005).",
    "Relapse did not fall (HR 0.8, 95% CI 0.5-1.3; P = .31).",
    "Relapse fell (HR 0.8, 95% CI 0.64-1.00; P = .049).",
    "Relapse fell (HR 0.8, 95% CI 0.64-1.00; P = .051).",
    "Relapse fell (HR 0.8, 95% CI 0.6-0.99; P < .1).",
    "The score fell (SMD -0.8, 95% CI -1.3 to -0.2; P = .01).",
    "Counts went together (r = 0.4, 95% CI 0.2-0.6; P = .3).",
    "Relapse fell (HR 0.55, 95% CI 0.36-0.84); death did not (P = .12).",
    "",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_can_be_true_is_not_listed(text: str) -> None:
    assert kinds(text) == []


def test_the_message_says_what_is_wrong() -> None:
    text = "Relapse struck 6 of 10 (70%) patients."
    (found,) = find_inconsistencies((), Study(), text, numbers=read_numbers(text))
    assert found.message == "6 of 10 is 60.0%, not 70%"
    assert text[found.start : found.end] == "6 of 10 (70%)"


def _finding(p: float) -> Finding:
    return Finding(
        kind=FindingKind.EFFECT,
        outcome=Outcome(label="relapse", start=0, end=7, text="Relapse"),
        direction=Direction.DECREASED,
        effect=Effect(measure=Measure.HR, value=0.5, ci_low=0.3, ci_high=0.8),
        p=PValue(operator="=", value=p),
        evidence=Span(start=0, end=12),
    )


@pytest.mark.parametrize(("p", "expected"), [(0.2, ["p_and_interval"]), (0.01, [])])
def test_a_finding_brings_p_and_interval_together(p: float, expected: list[str]) -> None:
    assert kinds("Relapse fell. A line.", findings=(_finding(p),)) == expected


def test_what_stands_side_by_side_is_not_listed_twice() -> None:
    text = "Relapse fell (HR 0.5, 95% CI 0.3-0.8; P = .2)."
    finding = _finding(0.2).model_copy(update={"evidence": Span(start=0, end=len(text))})
    assert kinds(text, findings=(finding,)) == ["p_and_interval"]


ARMS = [
    (60, None, (30, 31), "Sixty patients.", ["arms_and_total"]),
    (60, None, (30, 30), "Sixty patients.", []),
    (60, 62, (31, 31), "Sixty patients.", []),
    (60, None, (20, 20), "Sixty patients in three groups.", []),
    (60, None, (29, 30), "Sixty patients in two groups.", ["arms_and_total"]),
    (None, None, (29, 30), "Patients in two groups.", []),
    (0, None, (1, 1), "Nobody.", ["arms_and_total"]),
]


@pytest.mark.parametrize(("n", "enrolled", "arms", "text", "expected"), ARMS)
def test_arms_must_make_the_total(n: int | None, enrolled: int | None, arms: tuple[int, int], text: str, expected: list[str]) -> None:
    study = Study(n=n, n_enrolled=enrolled, n_arms=ArmCounts(intervention=arms[0], comparator=arms[1]))
    assert kinds(text, study) == expected


def test_arms_are_placed_where_the_count_was_read() -> None:
    fact = Fact(field="n", origin=Origin.TEXT, start=0, end=14, text="Sixty patients")
    study = Study(n=60, n_arms=ArmCounts(intervention=30, comparator=31), facts=(fact,))
    (found,) = find_inconsistencies((), study, "Sixty patients.", numbers=read_numbers("Sixty patients."))
    assert (found.start, found.end) == (0, 14)


def test_contradictions_come_in_order_of_the_text() -> None:
    text = "Relapse struck 6 of 10 (70%). Death struck 1 of 10 (20%)."
    found = find_inconsistencies((), Study(), text, numbers=read_numbers(text))
    assert [item.message for item in found] == ["6 of 10 is 60.0%, not 70%", "1 of 10 is 10.0%, not 20%"]
