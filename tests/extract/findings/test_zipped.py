"""Two lists of results, each with its arm."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import DOWN, UP, paper_of, short

_TITLE = "Mesenchymal stromal cells to prevent chronic GVHD: a randomized trial"
_AIM = "We randomly assigned 100 patients to MSCs or placebo. "
_LISTS = [
    pytest.param(
        "Relapse and overall survival were 12% and 71% with MSCs and 22% and 58% with placebo.",
        [("cumulative incidence of relapse", DOWN, "12%", "22%"), ("overall survival", UP, "71%", "58%")],
        id="two outcomes, each arm behind its list",
    ),
    pytest.param(
        "Relapse, infection and overall survival were 22%, 40% and 58% with placebo, and 12%, 31% and 71% with MSCs.",
        [
            ("cumulative incidence of relapse", DOWN, "12%", "22%"),
            ("infection incidence", DOWN, "31%", "40%"),
            ("overall survival", UP, "71%", "58%"),
        ],
        id="three outcomes, the control first",
    ),
    pytest.param(
        "With MSCs, relapse, infection and overall survival were 12%, 31% and 71%, and with placebo 22%, 40% and 58%.",
        [
            ("cumulative incidence of relapse", DOWN, "12%", "22%"),
            ("infection incidence", DOWN, "31%", "40%"),
            ("overall survival", UP, "71%", "58%"),
        ],
        id="each arm ahead of its list",
    ),
    pytest.param(
        "Relapse was 9% and 16% at 1 and 3 years with MSCs, and 20% and 31% with placebo.",
        [("cumulative incidence of relapse", DOWN, "9%", "20%"), ("cumulative incidence of relapse", DOWN, "16%", "31%")],
        id="one outcome at two times",
    ),
    pytest.param(
        "Relapse was 12% with MSCs and 22% with placebo; the corresponding figures for infection were 31% and 40%.",
        [("cumulative incidence of relapse", DOWN, "12%", "22%"), ("infection incidence", DOWN, "31%", "40%")],
        id="the second outcome keeps the order of the first",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), _LISTS)
def test_each_number_of_a_list_goes_to_its_outcome_and_arm(
    extractor: RuleExtractor, sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = [short(finding) for finding in extractor.extract(paper_of(_AIM + sentence, _TITLE)).findings]
    assert [(label, direction, one, two) for label, direction, _, one, two in found] == expected
