"""Where one statement ends and the next begins."""

import pytest

from kg.extract.findings.clauses import bracket_of, clause_of, find_clauses

SENTENCES = [
    ("GVHD fell, whereas relapse rose.", ["GVHD fell", ", whereas relapse rose."]),
    ("GVHD, relapse and infection were similar.", ["GVHD, relapse and infection were similar."]),
    ("T cells, B cells, and NK cells rose.", ["T cells, B cells, and NK cells rose."]),
    ("GVHD was rarer, and relapse was as common.", ["GVHD was rarer", ", and relapse was as common."]),
    ("GVHD (12%; relapse 8%) was rare; survival was good.", ["GVHD (12%; relapse 8%) was rare", "; survival was good."]),
    ("GVHD affected 48% of controls but only 20% of the rest.", ["GVHD affected 48% of controls but only 20% of the rest."]),
    ("At one year, survival was 60%.", ["At one year, survival was 60%."]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_clause_ends_where_a_new_statement_begins(sentence: str, expected: list[str]) -> None:
    assert [sentence[c.start : c.end] for c in find_clauses(sentence, 0, len(sentence))] == expected


def test_clauses_cover_the_sentence_without_gaps() -> None:
    text = "GVHD fell, whereas relapse rose; infections did not change."
    clauses = find_clauses(text, 0, len(text))
    assert "".join(text[c.start : c.end] for c in clauses) == text
    assert clause_of(clauses, text.index("infections")) == 2


def test_the_innermost_bracket_is_found() -> None:
    text = "OS (71% [95% CI 60-80]) rose"
    assert bracket_of(text, 0, text.index("CI")) == (text.index("["), text.index("]") + 1)
    assert bracket_of(text, 0, text.index("rose")) is None
