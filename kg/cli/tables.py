"""Rows as a table, CSV, JSON or Markdown."""

import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from shutil import get_terminal_size
from textwrap import fill

from kg.cli.layout import lines_for_pipe, lines_for_terminal

#: What a cell may hold; nothing is an empty cell, and null in JSON.
Cell = str | int | float | bool | None


class RowFormat(StrEnum):
    """How an answer in rows is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"

    @property
    def is_data(self) -> bool:
        """True for what programs read."""
        return self in {RowFormat.CSV, RowFormat.JSON}


def render_rows(head: Sequence[str], rows: Sequence[Sequence[Cell]], form: RowFormat, *, notice: str | None = None) -> str:
    """The rows as text that ends in a newline; ``notice`` goes with them wherever the format has room for words.

    A table is fitted to the terminal where standard output is one, and has one line a row elsewhere.
    """
    if form is RowFormat.CSV:
        return _csv(head, rows, notice)
    if form is RowFormat.JSON:
        found = [dict(zip(head, row, strict=True)) for row in rows]
        return json.dumps({"notice": notice, "rows": found} if notice else {"rows": found}, ensure_ascii=False, indent=1) + "\n"
    texts = [[text_of(cell) for cell in row] for row in rows]
    if form is RowFormat.MD:
        return _markdown(head, texts) + (f"\n> {notice}\n" if notice else "")
    if not sys.stdout.isatty():
        return "\n".join([*lines_for_pipe(head, texts), *(["", notice] if notice else [])]) + "\n"
    width = get_terminal_size().columns
    lines = lines_for_terminal(head, texts, width=width, bold=_may_style())
    return "\n".join([*lines, *(["", fill(notice, width)] if notice else [])]) + "\n"


def confidence_cell(confidence: float) -> str:
    """A confidence in words to read; a doubtful one says so."""
    from kg.model import DOUBTFUL_BELOW

    return f"{confidence:.2f}, below {DOUBTFUL_BELOW}" if confidence < DOUBTFUL_BELOW else f"{confidence:.2f}"


def text_of(cell: Cell) -> str:
    """A cell as one line; control signs, which could move a terminal's cursor, are left out."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "".join(sign for sign in " ".join(str(cell).split()) if sign.isprintable())


def _may_style() -> bool:
    """https://no-color.org: set and not empty, NO_COLOR forbids; a dumb terminal cannot."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def _csv(head: Sequence[str], rows: Sequence[Sequence[Cell]], notice: str | None) -> str:
    # A line of words would not be CSV (RFC 4180), so the notice is a column.
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*head, "notice"] if notice else head)
    for row in rows:
        writer.writerow([*map(text_of, row), notice] if notice else map(text_of, row))
    return written.getvalue()


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *[[_escaped(cell) for cell in row] for row in rows]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(cell: str) -> str:
    for sign in "\\`*_[]<>|":
        cell = cell.replace(sign, "\\" + sign)
    return cell
