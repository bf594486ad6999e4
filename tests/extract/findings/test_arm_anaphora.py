"""Arms named by pronouns, participles and time: the former, the infused, the older protocol."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import paper_of

CELLS = "Mesenchymal stromal cells around transplantation"
AIM = "Forty patients received MSCs and 38 served as controls."

#: The intervention's value is expected first.
PAIRS = [
    pytest.param("Relapse took 12% of the infused and 30% of the non-infused.", ("12%", "30%"), id="participles that name people"),
    pytest.param("Relapse took 30% of the untreated and 12% of the MSC-treated.", ("12%", "30%"), id="the other way round"),
    pytest.param("Relapse took 12% of those so treated and 30% of their counterparts.", ("12%", "30%"), id="so treated"),
    pytest.param("Relapse took 12% of those who had them and 30% of those left untreated.", ("12%", "30%"), id="relative clauses"),
    pytest.param(
        "Relapse came to 12% in the former and 30% in the latter.", ("12%", "30%"), id="former and latter, arms two sentences ago"
    ),
    pytest.param("Relapse came to 12% with the one and 30% with the other.", ("12%", "30%"), id="the one and the other"),
    pytest.param("Relapse came to 12% in place of the earlier 30%.", ("12%", "30%"), id="the earlier share"),
    pytest.param("Relapse was held to 12%; it had been 30%.", ("12%", "30%"), id="it had been"),
    pytest.param("Relapse, which had been 30% in the past, came to 12%.", ("12%", "30%"), id="what had been comes first"),
    pytest.param("Relapse came to 30% under the old protocol and to 12% under the new one.", ("12%", "30%"), id="old and new"),
    pytest.param("Relapse was half as common after MSCs (12%) as after no MSCs (24%).", ("12%", "24%"), id="as after"),
    pytest.param(
        "Of 40 and 38 patients, five (12%) and eleven (29%) relapsed, respectively.", ("five (12%)", "eleven (29%)"), id="arm sizes"
    ),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_numbers_go_to_arms_that_no_name_tells(extractor: RuleExtractor, text: str, expected: tuple[str, str]) -> None:
    found = [f.values for f in extractor.extract(paper_of(f"{AIM} Infections were rare. {text}", CELLS)).findings]
    values = [(v.intervention.text, v.comparator.text) for v in found if v.intervention is not None and v.comparator is not None]
    assert values == [expected]


SHARED = [
    pytest.param("Relapse was seen in 12% of both.", id="of both"),
    pytest.param("Relapse was seen in 12% of either group.", id="of either group"),
    pytest.param("Relapse was 12% in each.", id="in each"),
    pytest.param("Relapse was 12% whichever arm they were in.", id="whichever"),
    pytest.param("Relapse was 12% with MSCs and controls alike.", id="names and alike"),
]


@pytest.mark.parametrize("text", SHARED)
def test_one_number_of_both_arms_stands_twice(extractor: RuleExtractor, text: str) -> None:
    (found,) = extractor.extract(paper_of(f"{AIM} {text}", CELLS)).findings
    assert found.direction.value == "no_difference"
    assert found.values.intervention is not None
    assert found.values.comparator is not None
    assert (found.values.intervention.text, found.values.comparator.text) == ("12%", "12%")


def test_a_text_that_speaks_of_two_arms_sets_bare_pairs_against_each_other(extractor: RuleExtractor) -> None:
    text = "Relapse was 23% and 25%. Both arms had similar two-year survival."
    found = extractor.extract(paper_of(text, "Early tapering after transplantation")).findings
    assert [(f.outcome.label, f.values.comparator and f.values.comparator.text) for f in found] == [
        ("cumulative incidence of relapse", "25%"),
        ("overall survival", None),
    ]


def test_the_usual_arm_is_no_rival_group(extractor: RuleExtractor) -> None:
    text = "Relapse took 6% of the experimental and 15% of the standard group. It was rarer in the experimental than in the standard arm."
    found = extractor.extract(paper_of(text, "Post-transplant cyclophosphamide against standard prophylaxis")).findings
    assert found[0].direction.value == "decreased"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param("Interferon-γ with MSCs was one third of that in controls.", "decreased", id="a part of that"),
        pytest.param("Interferon-γ with MSCs was twice that of controls.", "increased", id="a multiple of that"),
        pytest.param("Infections struck both groups alike.", "no_difference", id="alike"),
    ],
)
def test_a_share_of_the_other_arm_says_the_direction(extractor: RuleExtractor, text: str, direction: str) -> None:
    (found,) = extractor.extract(paper_of(f"{AIM} {text}", CELLS)).findings
    assert found.direction.value == direction


def test_one_is_no_number_where_it_stands_for_a_noun(extractor: RuleExtractor) -> None:
    text = "Survival was 75% following the new approach, whereas the old one had achieved 48% (P = .01)."
    (found,) = extractor.extract(paper_of(f"{AIM} {text}", CELLS)).findings
    assert found.values.comparator is not None
    assert found.values.comparator.text == "48%"
