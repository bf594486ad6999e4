"""Rows as a person reads them: what belongs together in one cell, names for ids, no empty columns.

In: columns and rows as a query gives them. Out: fewer columns of text. CSV and JSON keep the parts, for programs.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from kg.cli.tables import Cell, confidence_cell, text_of
from kg.namespaces import BASE, GGV

#: Texts of a row by column; a column that says nothing is left out.
Texts = dict[str, str]
Raw = Mapping[str, Cell]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?")
_UNITS = ("year", "month", "week", "day", "hour")
_SAME_FOR_ALL = ("text_kind", "text_kinds")


def reading_view(columns: Sequence[str], rows: Sequence[Sequence[Cell]], names: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Headings and texts; ``names`` says what to call a paper, by id."""
    views = [_view(dict(zip(columns, row, strict=True)), names) for row in rows]
    shown = [column for column in columns if any(view.get(column) for view in views)]
    for column in _SAME_FOR_ALL:
        # The notice below the rows says it once.
        if column in shown and len(shown) > 1 and len({view.get(column, "") for view in views}) == 1:
            shown.remove(column)
    return [column.replace("_", " ") for column in shown], [[view.get(column, "") for column in shown] for view in views]


def duration_words(duration: str) -> str:
    """``P2Y`` as ``2 years``; what is no such duration stays as it is."""
    match = _DURATION.fullmatch(duration)
    parts = [] if match is None else [(int(n), unit) for n, unit in zip(match.groups(), _UNITS, strict=True) if n is not None]
    return " ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts) or duration


def p_words(operator: str, value: float) -> str:
    """``P = .021``, as medical journals print it."""
    number = f"{value:g}"
    return f"P {operator} {number.removeprefix('0') if number.startswith('0.') else number}"


def number_words(value: float) -> str:
    """A number with no more signs than it needs: ``900000``, ``0.75``."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"


def paper_name(paper: str, names: Mapping[str, str]) -> str:
    """What a paper is called; without a name, its id with its signs back (``doi-10.1/x`` for ``doi-10.1%2Fx``)."""
    return names.get(paper, unquote(paper))


def _view(row: Raw, names: Mapping[str, str]) -> Texts:
    texts = {column: _text(column, cell, names) for column, cell in row.items()}
    if "p_operator" in row and isinstance(row.get("p"), float):
        texts["p"] = p_words(str(row["p_operator"] or "="), float(str(row["p"])))
        del texts["p_operator"]
    if isinstance(row.get("effect"), float):
        texts["effect"] = " ".join(part for part in (texts.get("measure", ""), texts["effect"], _interval(texts)) if part)
        for column in ("measure", "ci_low", "ci_high"):
            texts.pop(column, None)
    return texts


def _interval(texts: Texts) -> str:
    low, high = texts.get("ci_low", ""), texts.get("ci_high", "")
    return f"(CI {low} to {high})" if low and high else ""


def _text(column: str, cell: Cell, names: Mapping[str, str]) -> str:
    if isinstance(cell, float):
        return confidence_cell(cell) if column == "confidence" else number_words(cell)
    text = text_of(cell)
    write = _WRITERS.get(column)
    return write(text, names) if write is not None else _short_iri(text)


def _short_iri(text: str) -> str:
    """An IRI of ours by what tells it apart."""
    if text.startswith(GGV):
        return text.removeprefix(GGV)
    return unquote(text.removeprefix(BASE)) if text.startswith(BASE) else text


_WRITERS: Mapping[str, Callable[[str, Mapping[str, str]], str]] = {
    "paper": paper_name,
    "paper_ids": lambda text, names: "; ".join(paper_name(each, names) for each in text.split("; ")),
    "time": lambda text, _: duration_words(text),
    "finding": lambda text, _: unquote(text.removeprefix(BASE).removeprefix("finding/")),
    "missing": lambda text, _: text.rstrip("; "),
}
