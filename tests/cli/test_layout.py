"""Rows as lines: fitted to a terminal, or one a row."""

import pytest

from kg.cli.layout import lines_for_pipe, lines_for_terminal

FINDING_HEAD = (
    "paper", "year", "design", "intervention", "comparator", "outcome", "direction", "significance",
    "intervention value", "comparator value", "effect", "p", "time", "population", "confidence", "sentence",
)  # fmt: skip
FINDING = (
    "Moro 2019", "2019", "randomized controlled trial", "cord cells", "placebo", "chronic GVHD", "decreased", "significant",
    "25.0%", "47.5%", "hazard ratio 0.5 (CI 0.3 to 0.9)", "P = .03", "2 years", "adults", "0.90", "Chronic GVHD was rarer with cells.",
)  # fmt: skip
LONG = "one two three four five six seven eight nine ten eleven twelve"


def test_in_a_pipe_each_row_is_one_line() -> None:
    rows = [("a", LONG * 3, "x"), ("bb", "short", "y")]
    lines = lines_for_pipe(("name", "text", "mark"), rows)
    assert lines == ["name  mark  text", f"a     x     {LONG * 3}", "bb    y     short"]


def test_a_table_that_fits_is_as_wide_as_its_cells() -> None:
    assert lines_for_terminal(("name", "n"), [("a", "1"), ("bbbbb", "22")], width=80) == ["name   n", "─────  ──", "a      1", "bbbbb  22"]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for head, rows in ((FINDING_HEAD, [FINDING, FINDING]), (("name", "text"), [("a", LONG), ("b", "short")])):
        assert max(map(len, lines_for_terminal(head, rows, width=width))) <= width


def test_long_texts_are_wrapped_where_a_table_still_fits() -> None:
    lines = lines_for_terminal(("name", "text"), [("a", LONG), ("b", "short")], width=40)
    assert lines[0] == "name  text"
    assert lines[2:] == ["a     one two three four five six seven", "      eight nine ten eleven twelve", "b     short"]


def test_a_finding_that_fits_no_table_is_put_into_words() -> None:
    assert lines_for_terminal(FINDING_HEAD, [FINDING], width=90) == [
        "1. chronic GVHD: decreased, significant",
        "   Moro 2019 · randomized controlled trial",
        "   cord cells against placebo",
        "   25.0% against 47.5% · hazard ratio 0.5 (CI 0.3 to 0.9) · P = .03 · at 2 years · in",
        "     adults",
        "   confidence: 0.90",
        "   “Chronic GVHD was rarer with cells.”",
    ]


def test_what_a_finding_does_not_state_takes_no_line() -> None:
    row = tuple(
        "" if column not in {"outcome", "direction", "sentence"} else cell for column, cell in zip(FINDING_HEAD, FINDING, strict=True)
    )
    assert lines_for_terminal(FINDING_HEAD, [row], width=60) == ["1. chronic GVHD: decreased", "   “Chronic GVHD was rarer with cells.”"]


def test_a_pair_of_findings_ends_with_both_sentences_and_keeps_long_facts_apart() -> None:
    head = ("outcome", "direction", "kind", "score", "power", "sentence", "other sentence")
    power = "The other study, 20 an arm, was too small to rule it out."
    row = ("relapse", "increased", "tension", "0.8", power, "Relapse rose.", "Relapse did not differ.")
    assert lines_for_terminal(head, [row], width=72) == [
        "1. relapse: increased",
        "   kind: tension · score: 0.8",
        f"   power: {power}",
        "   “Relapse rose.”",
        "   other sentence: “Relapse did not differ.”",
    ]


def test_other_rows_begin_with_the_paper_and_keep_short_facts_together() -> None:
    head = ("number", "paper", "title", "year", "design", "n")
    rows = [("NCT01", "cord-trial", LONG * 2, "2019", "case series", "3"), ("NCT02", "Moro 2018", LONG * 2, "2018", "", "5")]
    lines = lines_for_terminal(head, rows, width=60)
    assert lines[0] == "1. cord-trial · 2019"
    assert lines[1] == "   number: NCT01"
    assert "   design: case series · n: 3" in lines
    assert lines[lines.index("") + 1] == "2. Moro 2018"


def test_a_p_value_is_never_broken_in_two() -> None:
    for width in range(40, 100):
        lines = lines_for_terminal(FINDING_HEAD, [FINDING], width=width)
        assert sum("P = .03" in line for line in lines) == 1, width


def test_a_heading_is_bold_where_it_may_be() -> None:
    assert lines_for_terminal(("n",), [("1",)], width=80, bold=True)[0] == "\x1b[1mn\x1b[0m"
    assert lines_for_terminal(FINDING_HEAD, [FINDING], width=80, bold=True)[0].startswith("\x1b[1m1. chronic GVHD")
