"""``kg query``: the saved questions, and one's own SPARQL."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import misuse, write
from kg.cli.options import MinConfidence, Store
from kg.cli.tables import Cell, RowFormat, confidence_cell, render_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.queries import SavedQuery
    from kg.store import Store as OpenStore

STDIN = "-"


class QueryFormat(StrEnum):
    """How an answer is written; ttl is for queries that answer with a graph."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"
    TTL = "ttl"


def query(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|FILE|-]", help="A saved query, a file of SPARQL, or - for standard input.")
    ] = None,
    *,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Narrow the question; may be repeated.")
    ] = None,
    about: Annotated[bool, typer.Option("--about", help="Say what the question answers and which parameters it takes.")] = False,
    form: Annotated[QueryFormat, typer.Option("--format", "-f", help="How the answer is written.")] = QueryFormat.TABLE,
    store: Store = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Ask a saved question or your own SPARQL.

    Without a name, list the saved questions. For one question and its parameters: kg query NAME --about

    Example: kg query findings-for-outcome --param outcome="chronic GVHD" --format md
    """
    from kg.bundled import queries_folder
    from kg.cli.parts import default_vocabulary, open_store
    from kg.queries import bind, list_queries

    if name is None:
        found = list_queries(queries_folder())
        write(render_rows(("query", "what it answers"), [(each.name, each.title) for each in found], _row_format(form)))
        return
    saved = _find(name)
    if about:
        write(_about(saved))
        return
    with open_store(store) as opened:
        sparql = bind(saved, _parameters(param or [], saved, min_confidence), default_vocabulary())
        write(_graph(opened, sparql, saved.name) if form is QueryFormat.TTL else _rows(opened, sparql, saved.name, _row_format(form)))


def _find(name: str) -> "SavedQuery":
    """The saved query of that name, the file, or standard input."""
    from kg.bundled import queries_folder
    from kg.queries import find_query, read_query, unnamed_query

    if name == STDIN:
        return unnamed_query(sys.stdin.read(), name="standard input")
    path = Path(name)
    if path.is_file():
        return unnamed_query(path.read_text(encoding="utf-8"), name=name)
    if path.suffix in {".rq", ".sparql"} or len(path.parts) > 1:
        return read_query(path)  # Says why it cannot be read.
    return find_query(queries_folder(), name)


def _about(saved: "SavedQuery") -> str:
    rows = [(each.name, " or ".join(each.kinds), each.description, each.example) for each in saved.parameters]
    return f"{saved.title}\n{saved.description}\n\n{render_rows(('parameter', 'kind', 'what it does', 'example'), rows, RowFormat.TABLE)}"


def _parameters(given: list[str], saved: "SavedQuery", min_confidence: float) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, is_pair, value = each.partition("=")
        if not is_pair:
            misuse(f"--param {each!r} is not NAME=VALUE")
        if name in found:
            misuse(f"--param {name} is given twice")
        found[name] = value
    # Zero leaves nothing out, and not every query asks for findings.
    if min_confidence > 0:
        found.setdefault("min_confidence", str(min_confidence))
    return found


def _row_format(form: QueryFormat) -> RowFormat:
    if form is QueryFormat.TTL:
        misuse("--format ttl is for queries that answer with a graph")
    return RowFormat(form.value)


def _rows(store: "OpenStore", sparql: str, name: str, form: RowFormat) -> str:
    from kg.bundled import SAMPLE_NOTICE
    from kg.queries import ask

    rows = ask(store, sparql, location=name)
    is_data = form in {RowFormat.CSV, RowFormat.JSON}
    cells = rows.rows if is_data else [_with_doubt(rows.columns, row) for row in rows.rows]
    return render_rows(rows.columns, cells, form, notice=SAMPLE_NOTICE if rows.quotes_digests else None)


def _with_doubt(columns: "Sequence[str]", row: "Sequence[Cell]") -> "list[Cell]":
    """The row for readers: a confidence that is too low says so."""
    return [
        confidence_cell(cell) if column == "confidence" and isinstance(cell, float) else cell
        for column, cell in zip(columns, row, strict=True)
    ]


def _graph(store: "OpenStore", sparql: str, name: str) -> str:
    """The triples of a CONSTRUCT or DESCRIBE as Turtle."""
    from pyoxigraph import Quad

    from kg.rdf import sorted_trig
    from kg.store import Statements

    answer = store.query(sparql)
    if not isinstance(answer, Statements):
        misuse(f"{name} answers with rows; choose another format than ttl")
    # TriG with nothing but a default graph is Turtle.
    return sorted_trig(Quad(each.subject, each.predicate, each.object) for each in answer.triples).decode("utf-8")
