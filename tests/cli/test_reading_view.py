"""Rows as a person reads them."""

from kg.cli.reading_view import paper_name, reading_view

FINDING = "https://w3id.org/graftgraph/finding/doi-10.5555%2Fcord.1/12-80-1"


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


def test_a_study_and_the_reviews_that_have_or_lack_it_have_names() -> None:
    columns = ("study_paper", "review_paper", "also_in", "missed_by")
    row = ("pmid-7", "pmid-8", "pmid-7 | pmid-8", "pmid-8 | doi-10.5555%2Fcord.1")
    names = {"pmid-7": "Moro 2019", "pmid-8": "Ito 2021"}
    assert reading_view(columns, [row], names)[1] == [["Moro 2019", "Ito 2021", "Moro 2019 | Ito 2021", "Ito 2021 | doi-10.5555/cord.1"]]


def test_empty_columns_are_left_out_and_zero_is_not_empty() -> None:
    assert reading_view(("a", "b", "c_d"), [(None, 0, ""), (None, None, "")], {}) == (["b"], [["0"], [""]])


def test_a_kind_of_text_that_all_rows_share_is_left_to_the_notice() -> None:
    columns = ("outcome", "text_kind")
    assert reading_view(columns, [("x", "digest"), ("y", "digest")], {})[0] == ["outcome"]
    assert reading_view(columns, [("x", "digest"), ("y", "abstract")], {})[0] == ["outcome", "text kind"]


def test_a_doubtful_confidence_says_so() -> None:
    [[cell]] = reading_view(("confidence",), [(0.2,)], {})[1]
    assert cell.startswith("0.20, below ")
