"""Variants of a word have one key, different words have two."""

import pytest

from kg.extract.spelling import word_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cells", "cell"),
        ("therapies", "therapy"),
        ("analyses", "analysis"),
        ("MSCs", "MSC"),
        ("mice", "mouse"),
        ("Crohn's", "Crohn"),
        ("haematopoietic", "hematopoietic"),
        ("anaemia", "anemia"),
        ("leukaemia", "Leukemia"),
        ("diarrhoea", "diarrhea"),
        ("randomised", "randomized"),
        ("tumours", "tumor"),
        ("centre", "center"),
        ("naïve", "naive"),
        ("α", "alpha"),
        ("γ", "gamma"),
        ("transplantation", "transplant"),
        ("retrospectively", "retrospective"),
        ("haematological", "hematologic"),
        ("positive", "+"),
        ("ciclosporin", "cyclosporine"),
    ],
)
def test_variants_share_a_key(one: str, other: str) -> None:
    assert word_key(one) == word_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("virus", "viru"), ("loss", "los"), ("sepsis", "sepsi"), ("IS", "I"), ("diabetes", "diabete"), ("acute", "chronic"), ("AIDS", "AID")],
)
def test_a_final_s_that_is_no_plural_stays(one: str, other: str) -> None:
    assert word_key(one) != word_key(other)
