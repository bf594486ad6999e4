"""Three arms and more: each against the control among them."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import paper_of

AIM = "Patients were given MSCs from cord, MSCs from marrow or placebo."

LISTS = [
    pytest.param(
        "Relapse was 12%, 15% and 24% with cord MSCs, marrow MSCs and placebo, respectively.",
        [("cord MSCs", "12%", "24%"), ("marrow MSCs", "15%", "24%")],
        id="a list of arms behind a list of numbers",
    ),
    pytest.param(
        "Relapse was 12% with low doses, 15% with high doses and 24% with placebo.",
        [("low doses", "12%", "24%"), ("high doses", "15%", "24%")],
        id="each number with its arm",
    ),
    pytest.param(
        "Relapse was 61%, 58% and 57% with MSD, MUD and haplo donors.",
        [("MUD", "58%", "61%"), ("haplo", "57%", "61%")],
        id="the field's reference, named first",
    ),
    pytest.param(
        "Relapse was 12% on 2.7 mg/m2, 15% on 5.4 mg/m2 and 24% on corticosteroids.",
        [("2.7 mg/m2", "12%", "24%"), ("5.4 mg/m2", "15%", "24%")],
        id="doses of one drug beside another",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_each_arm_is_set_against_the_control(extractor: RuleExtractor, text: str, expected: list[tuple[str, str, str]]) -> None:
    findings = extractor.extract(paper_of(f"{AIM} {text}", "A trial in three arms")).findings
    found = [(f.values.intervention and f.values.intervention.text, f.values.comparator and f.values.comparator.text) for f in findings]
    assert found == [(one, two) for _, one, two in expected]


def test_one_test_of_all_arms_is_the_test_of_each(extractor: RuleExtractor) -> None:
    text = "Relapse was 61%, 58% and 57% with MSD, MUD and haplo donors, respectively (P = .34)."
    findings = extractor.extract(paper_of(text, "A trial in three arms")).findings
    assert [f.p and f.p.value for f in findings] == [0.34, 0.34]


def test_an_arm_that_is_not_the_main_one_is_called_as_printed(extractor: RuleExtractor) -> None:
    text = "Relapse was 61%, 58% and 57% with MSD, MUD and haplo donors."
    findings = extractor.extract(paper_of(text, "A trial in three arms")).findings
    assert [f.intervention for f in findings] == ["MUD", "haplo"]


def test_without_a_control_no_arm_is_set_against_another(extractor: RuleExtractor) -> None:
    text = "Relapse was 12% in Lyon, 15% in Milan and 24% in Bonn."
    findings = extractor.extract(paper_of(text, "A study of three centers")).findings
    assert all(f.values.comparator is None for f in findings)
