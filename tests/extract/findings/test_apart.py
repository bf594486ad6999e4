"""Numbers of two arms that something stands between, and lists that only look like one."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import DOWN, UP, paper_of, short

_TITLE = "Mesenchymal stromal cells to prevent relapse: a randomized trial"
_AIM = "We randomly assigned 25 patients to cotransplantation of MSCs (n = 10) or to haematopoietic stem cells alone (n = 15). "
_RELAPSE, _SURVIVAL = "cumulative incidence of relapse", "disease-free survival"


def read(extractor: RuleExtractor, sentence: str) -> list[tuple[str, str, str | None, str | None]]:
    found = [short(finding) for finding in extractor.extract(paper_of(_AIM + sentence, _TITLE)).findings]
    return [(label, direction, one, two) for label, direction, _, one, two in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Six patients (60%) relapsed after the combined procedure and three (20%) of the controls.",
        "Six patients (60%) relapsed in the open-label set and three (20%) in the control group.",
        "Relapse hit six patients (60%) after the combined procedure but three (20%) in controls.",
    ],
)
def test_where_only_the_second_number_has_an_arm_the_first_is_of_the_other(extractor: RuleExtractor, sentence: str) -> None:
    [(label, direction, one, two)] = read(extractor, sentence)
    assert (label, direction, two) == (_RELAPSE, UP, "three (20%)")
    assert one is not None and one.lower() == "six patients (60%)"


def test_a_verb_behind_the_first_number_is_of_both_though_another_outcome_follows(extractor: RuleExtractor) -> None:
    sentence = (
        "Six patients (60%) relapsed with MSCs as against three (20%) after the other graft, and disease-free survival was 30% and 67%."
    )
    assert read(extractor, sentence) == [(_RELAPSE, UP, "Six patients (60%)", "three (20%)"), (_SURVIVAL, DOWN, "30%", "67%")]


def test_a_second_verb_is_of_the_second_number(extractor: RuleExtractor) -> None:
    assert ("mortality", DOWN, "Three (12%)", "nine") not in read(extractor, "Three (12%) died as against nine who relapsed.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Six patients (60%) and three (20%), respectively, had a relapse, and disease-free survival was 30% and 67%.",
        "The numbers of patients who relapsed were six (60%) and three (20%), and disease-free survival 30% and 67%.",
    ],
)
def test_two_outcomes_between_two_pairs_of_numbers_are_no_list(extractor: RuleExtractor, sentence: str) -> None:
    (relapse, survival) = read(extractor, sentence)
    assert relapse in [(_RELAPSE, UP, "Six patients (60%)", "three (20%)"), (_RELAPSE, UP, "six (60%)", "three (20%)")]
    assert survival == (_SURVIVAL, DOWN, "30%", "67%")


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("The share of children who died was 10% with MSCs and 30% without.", "mortality"),
        ("The proportion of patients who relapsed was 10% with MSCs and 30% without.", _RELAPSE),
    ],
)
def test_how_many_did_is_a_result(extractor: RuleExtractor, sentence: str, label: str) -> None:
    assert read(extractor, sentence) == [(label, DOWN, "10%", "30%")]


def test_who_did_is_none(extractor: RuleExtractor) -> None:
    assert [label for label, *_ in read(extractor, "Of those who relapsed, 20% died.")] == ["mortality"]
