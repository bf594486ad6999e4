"""``kg query``: the saved questions, and one's own SPARQL."""

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import misuse, say, write
from kg.cli.options import IncludeRetracted, MinConfidence, Store
from kg.cli.tables import RowFormat, render_rows

if TYPE_CHECKING:
    from kg.queries import SavedQuery

STDIN = "-"
_WIDTH = 80
#: In the order of the list.
_THEMES = ("effects", "safety and engraftment", "numbers for a synthesis", "studies", "mechanisms", "papers", "curation")


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
    include_retracted: IncludeRetracted = False,
) -> None:
    """Ask a saved question or your own SPARQL.

    Without a name, list the saved questions. For one question and its parameters: kg query NAME --about

    Example: kg query findings-for-outcome --param outcome="chronic GVHD" --format md
    """
    if name is None:
        write(_list(form))
        return
    saved = _find(name)
    if about:
        write(_about(saved))
        return
    from kg.cli.answers import Question, answer_with_rows, answer_with_triples
    from kg.cli.parts import open_store

    parameters = _parameters(param or [], saved, min_confidence)
    with open_store(store) as opened:
        question = Question(saved, parameters, include_withdrawn=include_retracted)
        if form is QueryFormat.TTL:
            answer = answer_with_triples(opened, question)
        else:
            answer = answer_with_rows(opened, question, RowFormat(form.value))
    write(answer.text)
    if answer.remark:
        say(answer.remark.rstrip("\n"))


def _list(form: QueryFormat) -> str:
    """The saved queries; to read, under their themes."""
    from kg.bundled import queries_folder
    from kg.queries import list_queries

    found = sorted(list_queries(queries_folder()), key=lambda each: (_rank(each.theme), each.name))
    if form is not QueryFormat.TABLE:
        return render_rows(
            ("query", "theme", "what it answers"), [(each.name, each.theme, each.title) for each in found], _row_format(form)
        )
    width = max(len(each.name) for each in found)
    lines: list[str] = []
    theme = None
    for each in found:
        if each.theme != theme:
            theme = each.theme
            lines += ["", (theme or "other").capitalize()]
        lines.append(f"  {each.name:<{width}}  {each.title}")
    return "\n".join([*lines[1:], "", "Ask one: kg query NAME. What it takes: kg query NAME --about", ""])


def _rank(theme: str | None) -> int:
    return _THEMES.index(theme) if theme in _THEMES else len(_THEMES)


def _find(name: str) -> "SavedQuery":
    """The saved query of that name, the file, or standard input."""
    from kg.bundled import queries_folder
    from kg.queries import find_query, read_own_query, unnamed_query

    if name == STDIN:
        return unnamed_query(_standard_input(), name="standard input")
    path = Path(name)
    if path.is_file() or path.suffix in {".rq", ".sparql"} or len(path.parts) > 1:
        return read_own_query(path)  # Says why it cannot be read.
    return find_query(queries_folder(), name)


def _standard_input() -> str:
    if sys.stdin.isatty():
        say("Type SPARQL, then Ctrl-D.")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        misuse(f"standard input is no text in UTF-8: {error.reason} at byte {error.start}")


def _about(saved: "SavedQuery") -> str:
    lines = [saved.title, *wrap(saved.description, _WIDTH), "", "Parameters, each may be left out:"]
    for each in saved.parameters:
        kinds = " or ".join(each.kinds).replace("_", " ")
        lines += ["", f"  {each.name}   {kinds}"]
        lines += wrap(each.description, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        lines.append(f"    --param {each.name}={shlex.quote(each.example)}")
    return "\n".join(lines if saved.parameters else [*lines[:-1], "It takes no parameters."]) + "\n"


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
