import io
import json

import pytest

from kg.cli.tables import RowFormat, render_rows

HEAD = ("name", "n")
ROWS = [("a", 0), ('b, "c"', None)]


def test_a_table_is_aligned():
    assert render_rows(HEAD, ROWS, RowFormat.TABLE) == 'name    n\na       0\nb, "c"\n'


def test_csv_quotes_and_ends_lines_as_rfc_4180_says():
    assert render_rows(HEAD, ROWS, RowFormat.CSV) == 'name,n\r\na,0\r\n"b, ""c""",\r\n'


def test_json_keeps_numbers_and_nulls():
    assert json.loads(render_rows(HEAD, ROWS, RowFormat.JSON)) == {"rows": [{"name": "a", "n": 0}, {"name": 'b, "c"', "n": None}]}


def test_markdown_escapes_what_would_be_markup():
    assert render_rows(("x",), [("a|b <i>",)], RowFormat.MD) == "| x |\n| --- |\n| a\\|b \\<i\\> |\n"


@pytest.mark.parametrize("form", list(RowFormat))
def test_every_format_carries_the_notice(form):
    assert "only a sample" in render_rows(HEAD, ROWS, form, notice="only a sample")


def test_csv_has_the_notice_on_every_row():
    assert render_rows(HEAD, ROWS, RowFormat.CSV, notice="x").splitlines() == ["name,n,notice", "a,0,x", '"b, ""c""",,x']


def test_signs_that_steer_a_terminal_are_left_out():
    assert render_rows(("x",), [("red \x1b[31m text",)], RowFormat.TABLE) == "x\nred [31m text\n"


def test_no_rows_leave_the_heading():
    assert render_rows(HEAD, [], RowFormat.TABLE) == "name  n\n"


def test_a_terminal_gets_a_table_with_a_rule(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    text = render_rows(HEAD, [("[bold]a[/bold]", 0)], RowFormat.TABLE)
    assert "[bold]a[/bold]" in text
    assert "───" in text


def test_the_notice_fits_the_terminal_too(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.StringIO())
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    text = render_rows(HEAD, ROWS, RowFormat.TABLE, notice="only a sample " * 5)
    assert max(map(len, text.splitlines())) <= 40
    assert "only a sample only a sample" in text
