"""Rows as a person reads them."""

import pytest

from kg.cli.reading_view import duration_words, number_words, p_words, paper_name, reading_view

FINDING = "https://w3id.org/graftgraph/finding/doi-10.5555%2Fcord.1/12-80-1"


@pytest.mark.parametrize(
    ("operator", "value", "text"),
    [("=", 0.021, "P = .021"), ("<", 0.001, "P < .001"), ("=", 0.0, "P = 0"), ("=", 1.0, "P = 1"), ("=", 2.73e-09, "P = 2.73e-09")],
)
def test_a_p_value_is_written_as_journals_do(operator: str, value: float, text: str) -> None:
    assert p_words(operator, value) == text


@pytest.mark.parametrize(
    ("duration", "words"),
    [("P2Y", "2 years"), ("P1Y", "1 year"), ("P28D", "28 days"), ("P1Y6M", "1 year 6 months"), ("P", "P"), ("soon", "soon")],
)
def test_a_duration_is_put_into_words(duration: str, words: str) -> None:
    assert duration_words(duration) == words


@pytest.mark.parametrize(("value", "text"), [(900000.0, "900000"), (0.0, "0"), (0.75, "0.75"), (-1.2, "-1.2")])
def test_a_number_has_no_more_signs_than_it_needs(value: float, text: str) -> None:
    assert number_words(value) == text


def test_parts_that_belong_together_are_one_cell() -> None:
    columns = ("measure", "effect", "ci_low", "ci_high", "p_operator", "p")
    rows = [("hazard ratio", 0.5, 0.3, 0.9, "=", 0.0), ("odds ratio", 2.0, None, None, None, None)]
    assert reading_view(columns, rows, {}) == (["effect", "p"], [["hazard ratio 0.5 (CI 0.3 to 0.9)", "P = 0"], ["odds ratio 2", ""]])


def test_papers_have_names_and_iris_are_short() -> None:
    columns = ("paper", "paper_ids", "finding", "concept")
    row = ("doi-10.5555%2Fcord.1", "doi-10.5555%2Fcord.1; pmid-7", FINDING, "https://w3id.org/graftgraph/vocabulary/relapse")
    names = {"pmid-7": "Moro 2019"}
    assert reading_view(columns, [row], names)[1] == [
        ["doi-10.5555/cord.1", "doi-10.5555/cord.1; Moro 2019", "doi-10.5555/cord.1/12-80-1", "relapse"]
    ]
    assert paper_name("pmid-7", names) == "Moro 2019"


def test_empty_columns_are_left_out_and_zero_is_not_empty() -> None:
    assert reading_view(("a", "b", "c_d"), [(None, 0, ""), (None, None, "")], {}) == (["b"], [["0"], [""]])


def test_a_kind_of_text_that_all_rows_share_is_left_to_the_notice() -> None:
    columns = ("outcome", "text_kind")
    assert reading_view(columns, [("x", "digest"), ("y", "digest")], {})[0] == ["outcome"]
    assert reading_view(columns, [("x", "digest"), ("y", "abstract")], {})[0] == ["outcome", "text kind"]


def test_a_doubtful_confidence_says_so() -> None:
    [[cell]] = reading_view(("confidence",), [(0.2,)], {})[1]
    assert cell.startswith("0.20, below ")
