"""Which of two numbers is whose, however the sentence is built."""

import pytest

from kg.extract.pipeline import RuleExtractor
from kg.model import Value
from tests.extract.findings.test_findings import DOWN, UP, paper_of

_TITLE = "Mesenchymal stromal cells to prevent chronic GVHD: a randomized trial"
_AIM = "We randomly assigned 100 patients to MSCs or placebo. "
_GROUPS = "Group 1 (n = 30) received MSCs and steroids; group 2 (n = 40) received steroids alone. "
_DONORS = "We compared 90 haploidentical (haplo) with 120 matched sibling donor (MSD) transplants. "
_DONORS_TITLE = "Haploidentical versus matched sibling transplantation in acute leukemia"

#: Title, aim, sentence; the value or count of the intervention, of the comparator, the direction.
_SENTENCES = [
    pytest.param(_TITLE, _AIM, "With placebo relapse was 18%, with MSCs 9%.", (9, 18, DOWN), id="the second phrase opens with its arm"),
    pytest.param(_TITLE, _AIM, "Controls relapsed in 31% of cases, MSC recipients in 16%.", (16, 31, DOWN), id="two subjects, one verb"),
    pytest.param(
        _TITLE, _AIM, "The relapse rate in MSC recipients was 18%, that in controls 31%.", (18, 31, DOWN), id="that of the other arm"
    ),
    pytest.param(_TITLE, _AIM, "Relapse (controls, 31%; MSC recipients, 16%) was rarer.", (16, 31, DOWN), id="arms as labels in a bracket"),
    pytest.param(
        _TITLE,
        _AIM,
        "Relapse changed from 16% in MSC recipients to 31% in controls.",
        (16, 31, DOWN),
        id="from the intervention to the control",
    ),
    pytest.param(
        _TITLE,
        _AIM,
        "Relapse (31% vs 16%) and survival were compared between controls and MSC recipients.",
        (16, 31, DOWN),
        id="both arms only at the end",
    ),
    pytest.param(
        _TITLE, _AIM, "There were eleven deaths in the MSC group and three in the control group.", (11, 3, UP), id="counts as words"
    ),
    pytest.param(
        _TITLE, _AIM, "Relapse occurred in nine of the control group but four of the MSC group.", (4, 9, DOWN), id="but some of a group"
    ),
    pytest.param(
        _TITLE, _AIM, "Neutrophils engrafted later with placebo than with MSCs (day 19 vs day 12).", (12, 19, DOWN), id="days against days"
    ),
    pytest.param(
        _TITLE, _GROUPS, "Infection was lower in group 2 (18%) than in group 1 (40%).", (40, 18, UP), id="the name of a group is no count"
    ),
    pytest.param(
        _DONORS_TITLE,
        _DONORS,
        "In MSD, relapse was 39%, whereas in haplo it was 13%.",
        (13, 39, DOWN),
        id="a short form ahead of its pronoun",
    ),
    pytest.param(
        _DONORS_TITLE,
        "We compared 90 haploidentical with 120 matched sibling donor transplants. ",
        "Compared with recipients of a matched sibling graft, recipients of a haploidentical graft had higher relapse (36% vs 13%).",
        (36, 13, UP),
        id="the reference is named with an article",
    ),
    pytest.param(
        _TITLE,
        _GROUPS,
        "Relapse was found in 12 in group 1 (40.0%) and 22 in group 2 (55.0%).",
        (40, 55, DOWN),
        id="the group between count and per cent",
    ),
    pytest.param(_TITLE, _GROUPS, "There were four deaths in group 2 and nine in group 1.", (9, 4, UP), id="a count behind a named group"),
    pytest.param(
        _TITLE, _AIM, "Those without MSCs relapsed in 31% of cases, patients given MSCs in 16%.", (16, 31, DOWN), id="two long subjects"
    ),
    pytest.param(_TITLE, _AIM, "MSCs raised infection from 12% with placebo to 35%.", (35, 12, UP), id="from the control to a bare number"),
    pytest.param(
        _DONORS_TITLE,
        _DONORS,
        "The difference in relapse between haplo (41%) and MSD (24%) was significant.",
        (41, 24, UP),
        id="between short forms",
    ),
    pytest.param(
        _TITLE, _AIM, "Relapse was 31% in the other arm and 16% in the MSC arm.", (16, 31, DOWN), id="the other arm ahead of the one"
    ),
]


def _amounts(value: Value | None) -> set[float]:
    return set() if value is None else {amount for amount in (value.value, value.count) if amount is not None}


@pytest.mark.parametrize(("title", "aim", "sentence", "expected"), _SENTENCES)
def test_a_number_goes_to_the_arm_that_the_sentence_gives_it(
    extractor: RuleExtractor, title: str, aim: str, sentence: str, expected: tuple[float, float, str]
) -> None:
    intervention, comparator, direction = expected
    found = extractor.extract(paper_of(aim + sentence, title)).findings[0]
    assert intervention in _amounts(found.values.intervention)
    assert comparator in _amounts(found.values.comparator)
    assert found.direction.value == direction
