"""Which arms a paper compares, and where a sentence names them."""

import pytest

from kg.extract.findings.arm_book import read_arms
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.arms import find_arm_mentions
from kg.extract.pipeline import RuleExtractor
from kg.extract.terms import find_terms

TRIAL = "Mesenchymal stromal cells to prevent chronic GVHD: a randomized trial"


def mentions(extractor: RuleExtractor, text: str, title: str = TRIAL) -> list[tuple[str, int]]:
    terms, title_terms = find_terms(text, extractor.matcher), find_terms(title, extractor.matcher)
    book = read_arms(title, text, terms, title_terms, extractor.vocabulary)
    found = find_arm_mentions(text, 0, len(text), book=book, terms=terms, vocabulary=extractor.vocabulary)
    return [(mention.text, mention.number) for mention in found]


def test_of_rival_tissues_none_is_told(extractor: RuleExtractor) -> None:
    text = "We gave MSCs. MSCs were well tolerated. Read more on adipose-derived MSCs and on umbilical cord-derived MSCs."
    book = read_arms(TRIAL, text, find_terms(text, extractor.matcher), find_terms(TRIAL, extractor.matcher), extractor.vocabulary)
    assert book.intervention == {"mesenchymal-stromal-cell"}


def test_a_label_may_stand_before_what_it_means(extractor: RuleExtractor) -> None:
    text = "Group A (n = 48) had MSCs and steroids, group B (n = 46) steroids only. Response was better in group A than in group B."
    assert mentions(extractor, text)[-2:] == [("group A", INTERVENTION), ("group B", CONTROL)]


SENTENCES = [
    ("Relapse was 12% with MSCs and 14% in controls.", [("MSCs", INTERVENTION), ("controls", CONTROL)]),
    ("Relapse was 12% with MSCs and 14% without them.", [("MSCs", INTERVENTION), ("without them", CONTROL)]),
    ("The MSC and no-MSC patients did alike.", [("MSC", INTERVENTION), ("no-MSC", CONTROL)]),
    ("Placebo recipients fared worse than MSC recipients.", [("Placebo recipients", CONTROL), ("MSC", INTERVENTION)]),
    ("Historical controls had more relapses.", [("Historical controls", CONTROL)]),
    (
        "Patients got placebo (group 1) or MSCs (group 2). Relapse was 10% in group 1 and 12% in group 2.",
        [
            ("placebo", CONTROL),
            ("group 1", CONTROL),
            ("MSCs", INTERVENTION),
            ("group 2", INTERVENTION),
            ("group 1", CONTROL),
            ("group 2", INTERVENTION),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_arms_are_found_by_what_is_given_in_them(extractor: RuleExtractor, text: str, expected: list[tuple[str, int]]) -> None:
    assert mentions(extractor, text) == expected


def test_the_first_of_two_drugs_in_the_title_is_the_intervention(extractor: RuleExtractor) -> None:
    title = "Post-transplant cyclophosphamide versus antithymocyte globulin after unrelated transplantation"
    assert mentions(extractor, "Relapse was 20% with ATG and 25% with PTCY.", title) == [("ATG", CONTROL), ("PTCY", INTERVENTION)]


def test_graft_versus_host_is_no_comparison(extractor: RuleExtractor) -> None:
    title = "Treatment of acute graft-versus-host disease with mesenchymal stromal cells"
    assert mentions(extractor, "MSCs were given twice.", title) == [("MSCs", INTERVENTION)]


def test_short_forms_set_against_each_other_name_the_arms(extractor: RuleExtractor) -> None:
    text = "We set mobilized lymphocytes (G-DLI) against plain ones (C-DLI). Survival was 20 days after C-DLI and 30 after G-DLI."
    assert mentions(extractor, text, "Mobilized donor lymphocytes")[-2:] == [("C-DLI", CONTROL), ("G-DLI", INTERVENTION)]


def test_the_wider_name_stands_for_the_cells_given(extractor: RuleExtractor) -> None:
    title = "Umbilical cord mesenchymal stromal cells in haploidentical transplantation: a comparison with no such cells"
    assert ("MSCs", INTERVENTION) in mentions(extractor, "Platelets recovered after 14 days when MSCs were given.", title=title)


def test_the_wider_name_stands_for_neither_where_two_kinds_are_compared(extractor: RuleExtractor) -> None:
    title = "Bone marrow-derived mesenchymal stromal cells versus umbilical cord-derived mesenchymal stromal cells"
    assert mentions(extractor, "Relapse was rare in all who were given MSCs.", title=title) == []
