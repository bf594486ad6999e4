"""Rows as a person reads them: what belongs together in one cell, names for ids, no empty columns.

In: columns and rows as a query gives them. Out: fewer columns of text. CSV and JSON keep the parts, for programs.
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from kg.cli.tables import Cell, confidence_cell, text_of
from kg.namespaces import BASE, GGV
from kg.wording import duration_words, number_words, p_words

#: Texts of a row by column; a column that says nothing is left out.
Texts = dict[str, str]
Raw = Mapping[str, Cell]

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


def _listed(text: str, names: Mapping[str, str], between: str) -> str:
    """Ids in one cell, each by its name."""
    return between.join(paper_name(each, names) for each in text.split(between))


def _finding_name(iri: str) -> str:
    return unquote(iri.removeprefix(BASE).removeprefix("finding/"))


def _short_iri(text: str) -> str:
    """An IRI of ours by what tells it apart."""
    if text.startswith(GGV):
        return text.removeprefix(GGV)
    return unquote(text.removeprefix(BASE)) if text.startswith(BASE) else text


_WRITERS: Mapping[str, Callable[[str, Mapping[str, str]], str]] = {
    "paper": paper_name,
    "other_paper": paper_name,
    "study_paper": paper_name,
    "review_paper": paper_name,
    "paper_ids": lambda text, names: _listed(text, names, "; "),
    "also_in": lambda text, names: _listed(text, names, " | "),
    "missed_by": lambda text, names: _listed(text, names, " | "),
    "time": lambda text, _: duration_words(text),
    "finding": lambda text, _: _finding_name(text),
    "other_finding": lambda text, _: _finding_name(text),
    "missing": lambda text, _: text.rstrip("; "),
}
