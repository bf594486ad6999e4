"""Numbers, tests and times in words."""

import pytest

from kg.model import Caution
from kg.wording import CAUTIONS, against, duration_words, number_words, p_words, surname


@pytest.mark.parametrize(
    ("operator", "value", "text"),
    [("=", 0.021, "P = .021"), ("<", 0.001, "P < .001"), ("=", 0.0, "P = 0"), ("=", 1.0, "P = 1"), ("=", 2.73e-09, "P = 2.73e-09")],
)
def test_a_p_value_is_written_as_journals_do(operator: str, value: float, text: str) -> None:
    assert p_words(operator, value) == text


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("P2Y", "2 years"),
        ("P1Y", "1 year"),
        ("P28D", "28 days"),
        ("P1Y6M", "1 year 6 months"),
        ("PT24H", "24 hours"),
        ("PT5M", "5 minutes"),
        ("P1.5M", "1.5 months"),
        ("P", "P"),
        ("soon", "soon"),
    ],
)
def test_a_duration_is_put_into_words(duration: str, words: str) -> None:
    assert duration_words(duration) == words


@pytest.mark.parametrize(("value", "text"), [(900000.0, "900000"), (0.0, "0"), (0.75, "0.75"), (-1.2, "-1.2")])
def test_a_number_has_no_more_signs_than_it_needs(value: float, text: str) -> None:
    assert number_words(value) == text


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [("cells", "saline", "cells against saline"), (None, "saline", "against saline"), ("cells", None, "cells"), (None, None, "")],
)
def test_a_comparator_alone_is_not_taken_for_what_was_given(one: str | None, other: str | None, words: str) -> None:
    assert against(one, other) == words


@pytest.mark.parametrize(
    ("author", "name"),
    [("Moro, Ana", "Moro"), ("Moro A", "Moro"), ("Ana Moro", "Moro"), ("de Moro AB", "de Moro"), ("Moro", "Moro"), ("Li WEI", "Li")],
)
def test_the_surname_is_found_in_every_order(author: str, name: str) -> None:
    assert surname(author) == name


def test_each_caution_on_a_paper_has_its_words() -> None:
    assert set(CAUTIONS) == {each.value for each in Caution}
    assert all(words.split(".")[0].isupper() for words in CAUTIONS.values())
