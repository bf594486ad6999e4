"""Rows as a table, CSV, JSON or Markdown."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum

#: What a cell may hold; nothing is an empty cell, and null in JSON.
Cell = str | int | float | bool | None


class RowFormat(StrEnum):
    """How an answer in rows is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


def render_rows(head: Sequence[str], rows: Sequence[Sequence[Cell]], form: RowFormat, *, notice: str | None = None) -> str:
    """The rows as text that ends in a newline; ``notice`` goes with them wherever the format has room for words."""
    if form is RowFormat.CSV:
        return _csv(head, rows, notice)
    if form is RowFormat.JSON:
        found = [dict(zip(head, row, strict=True)) for row in rows]
        return json.dumps({"notice": notice, "rows": found} if notice else {"rows": found}, ensure_ascii=False, indent=1) + "\n"
    texts = [[_text(cell) for cell in row] for row in rows]
    if form is RowFormat.MD:
        return _markdown(head, texts) + (f"\n> {notice}\n" if notice else "")
    return (_boxed(head, texts) if sys.stdout.isatty() else _aligned(head, texts)) + (f"\n{notice}\n" if notice else "")


def confidence_cell(confidence: float) -> str:
    """A confidence in words to read; a doubtful one says so."""
    from kg.model import DOUBTFUL_BELOW

    return f"{confidence:.2f}, below {DOUBTFUL_BELOW}" if confidence < DOUBTFUL_BELOW else f"{confidence:.2f}"


def _csv(head: Sequence[str], rows: Sequence[Sequence[Cell]], notice: str | None) -> str:
    # A line of words would not be CSV (RFC 4180), so the notice is a column.
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*head, "notice"] if notice else head)
    for row in rows:
        writer.writerow([*map(_text, row), notice] if notice else map(_text, row))
    return written.getvalue()


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *[[_escaped(cell) for cell in row] for row in rows]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(cell: str) -> str:
    for sign in "\\`*_[]<>|":
        cell = cell.replace(sign, "\\" + sign)
    return cell


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    table = [list(head), *rows]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    return "".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in table)


def _boxed(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in head:
        table.add_column(Text(name))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, highlight=False)
    console.print(table)
    return written.getvalue()


def _text(cell: Cell) -> str:
    """A cell as one line; control signs, which could move a terminal's cursor, are left out."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "".join(sign for sign in " ".join(str(cell).split()) if sign.isprintable())
