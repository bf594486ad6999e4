"""Rows as CSV, JSON and Markdown: pure functions to text."""

import csv
import io
import json

from kg.queries.run import Cell, Rows


def rows_csv(rows: Rows) -> str:
    """RFC 4180 with a heading; what is not bound is empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(rows.columns)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows.rows])
    return written.getvalue()


def rows_json(rows: Rows) -> str:
    """A list with one object per row; what is not bound is null."""
    return json.dumps(list(rows.records()), indent=1, ensure_ascii=False) + "\n"


def rows_markdown(rows: Rows) -> str:
    """A table; bars and line breaks of the text cannot break it."""
    lines = [tuple(column.replace("_", " ") for column in rows.columns), tuple("---" for _ in rows.columns)]
    lines += [tuple(_markdown_cell(cell) for cell in row) for row in rows.rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def plain(cell: Cell) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _markdown_cell(cell: Cell) -> str:
    text = plain(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(text.split())
