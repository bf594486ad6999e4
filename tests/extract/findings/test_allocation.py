"""Arms told only by the sentence that shares people out."""

import pytest

from kg.extract.findings.arm_book import ArmBook, read_arms
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.roster import find_roster
from kg.extract.pipeline import RuleExtractor
from kg.extract.terms import find_terms
from tests.extract.findings.test_findings import paper_of

CELLS = "Mesenchymal stromal cells around transplantation"


def book_of(extractor: RuleExtractor, text: str, title: str = CELLS) -> ArmBook:
    return read_arms(title, text, find_terms(text, extractor.matcher), find_terms(title, extractor.matcher), extractor.vocabulary)


#: Whose number comes first, told by the sentence that shares people out; the intervention's value is expected first.
SHARED_OUT = [
    pytest.param(
        CELLS,
        "Thirty-eight patients received standard prophylaxis only and 40 received MSCs as well. Relapse was 30% and 12%, respectively.",
        ("12%", "30%"),
        id="only, and as well",
    ),
    pytest.param(
        "Treosulfan in myelofibrosis",
        "Conditioning was busulfan-based in 60 patients and treosulfan-based in 58. Relapse was 31% and 18%, respectively.",
        ("18%", "31%"),
        id="the drug of the title comes second",
    ),
    pytest.param(
        "Rabbit ATG in unrelated transplantation",
        "The first 35 patients got cyclosporine and methotrexate; 41 others got rabbit ATG as well. Relapse was 24% and 20%, respectively.",
        ("20%", "24%"),
        id="the first and the next",
    ),
    pytest.param(
        CELLS,
        "Mice were injected with PBS or with MSCs. Mortality was 90% and 40%, respectively.",
        ("40%", "90%"),
        id="a control word named first",
    ),
    pytest.param(
        "Steroid dose in acute GVHD",
        "Patients were randomized to prednisone 1 mg/kg or 2 mg/kg. The overall response rate was 52% and 70%, respectively.",
        ("70%", "52%"),
        id="the higher dose comes second",
    ),
    pytest.param(
        "Conditioning in older patients",
        "Reduced-intensity conditioning was used in 88 and myeloablative conditioning in 102. Relapse was 36% and 22%, respectively.",
        ("36%", "22%"),
        id="what the field takes as reference comes second",
    ),
]


@pytest.mark.parametrize(("title", "text", "expected"), SHARED_OUT)
def test_bare_numbers_come_in_the_order_in_which_people_were_shared_out(
    extractor: RuleExtractor, title: str, text: str, expected: tuple[str, str]
) -> None:
    found = [f.values for f in extractor.extract(paper_of(text, title)).findings]
    assert [(v.intervention and v.intervention.text, v.comparator and v.comparator.text) for v in found] == [expected]


def test_results_that_name_the_intervention_first_end_the_order_of_the_methods(extractor: RuleExtractor) -> None:
    text = (
        "Mice were injected with PBS or with MSCs. Mortality was 40% with MSCs and 90% with PBS (P < .01). "
        "Weight loss was seen in 30% and 60%, respectively."
    )
    found = extractor.extract(paper_of(text)).findings
    assert [f.values.intervention and f.values.intervention.text for f in found] == ["40%", "30%"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Relapse occurred in 12 patients and infection in 5. Relapse was rarer than infection.", id="events"),
        pytest.param("Twelve patients received MSCs and eight died.", id="one treatment"),
        pytest.param("MSCs were given intravenously in 20 patients and by mouth in none.", id="nothing is compared"),
    ],
)
def test_what_shares_nobody_out_gives_no_arms(extractor: RuleExtractor, text: str) -> None:
    assert not book_of(extractor, text).is_comparative


def test_what_is_given_alone_names_the_other_arm(extractor: RuleExtractor) -> None:
    text = "Response was 81% on MSCs plus steroids. It was 52% on steroids alone."
    book = book_of(extractor, text)
    assert book.comparator_label == "steroids alone"
    assert ("steroids alone", CONTROL) in book.names


def test_with_or_without_it_in_the_title_compares(extractor: RuleExtractor) -> None:
    assert book_of(extractor, "Response was better with MSCs.", "Steroids with or without MSCs").is_comparative


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Group A (n = 31) had 1 × 10^6 cells/kg and group B (n = 27) 2 × 10^6 cells/kg.",
            (("group a", CONTROL), ("group b", INTERVENTION)),
            id="by dose",
        ),
        pytest.param(
            "Group 1: conventional prophylaxis. Group 2: ruxolitinib.",
            (("group 1", CONTROL), ("group 2", INTERVENTION)),
            id="by usual care",
        ),
        pytest.param(
            "Group 1 had cyclophosphamide and busulfan; group 2 had fludarabine in place of cyclophosphamide.",
            (("group 1", CONTROL), ("group 2", INTERVENTION)),
            id="by what replaces",
        ),
        pytest.param(
            "Arm A received sirolimus, arm B received everolimus.", (("arm a", INTERVENTION), ("arm b", CONTROL)), id="by order alone"
        ),
    ],
)
def test_lettered_groups_are_told_apart_by_what_defines_them(
    extractor: RuleExtractor, text: str, expected: tuple[tuple[str, int], ...]
) -> None:
    assert book_of(extractor, text).groups == expected


def test_two_doses_are_the_arms_where_nothing_else_is(extractor: RuleExtractor) -> None:
    text = "At one year, 51% of the lower-dose and 68% of the higher-dose patients were alive (P = .14)."
    (found,) = extractor.extract(paper_of(text, "Mesenchymal stromal cells at two dose levels")).findings
    assert found.values.intervention is not None
    assert found.values.intervention.text == "68%"


ROSTERS = [
    pytest.param(
        "",
        "A registry supplied 612 from matched siblings, 391 from matched unrelated donors and 207 from haploidentical donors.",
        ("matched siblings", "matched unrelated", "haploidentical"),
        id="sizes ahead",
    ),
    pytest.param(
        "", "We studied marrow (n = 40), blood (n = 52) and cord blood (n = 31).", ("We studied marrow", "blood", "cord blood"), id="behind"
    ),
    pytest.param("Sibling, unrelated and cord blood grafts in children", "", ("Sibling", "unrelated", "cord blood"), id="title"),
    pytest.param("", "Patients died of relapse, infection and GVHD.", (), id="no list of arms"),
    pytest.param("", "We compared how many were alive, were ill and were lost.", (), id="statements"),
]


@pytest.mark.parametrize(("title", "text", "expected"), ROSTERS)
def test_three_arms_are_listed_in_order(title: str, text: str, expected: tuple[str, ...]) -> None:
    assert find_roster(title, text) == expected


def test_three_bare_numbers_go_by_the_list_of_arms(extractor: RuleExtractor) -> None:
    text = (
        "There were 612 grafts from matched siblings, 391 from unrelated donors and 207 from haploidentical donors. "
        "Relapse took 29%, 24% and 20%, respectively (P = .03)."
    )
    found = extractor.extract(paper_of(text, "Donors in leukemia")).findings
    assert [(f.intervention, f.values.intervention and f.values.intervention.text, f.direction.value) for f in found] == [
        ("unrelated", "24%", "decreased"),
        ("haploidentical", "20%", "decreased"),
    ]
