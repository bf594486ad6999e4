"""A bound query on a store -> rows of plain values.

A column ``?outcome_label`` is called ``outcome``: it holds the label of what ``?outcome`` names. A column joined by GROUP_CONCAT
with `` | `` holds a list, whose parts are sorted here, since SPARQL leaves their order open.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.model import TextKind
from kg.namespaces import PREFIXES
from kg.queries.bind import bind
from kg.queries.saved import SavedQuery
from kg.store import Answer, Solutions, Term
from kg.vocabulary import Vocabulary

#: What an answer holds; None where nothing is bound.
Cell = str | int | float | bool | None

_XSD = PREFIXES["xsd"]
_CASTS: Mapping[str, Callable[[str], Cell]] = {
    **{_XSD + name: int for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long", "short")},
    **{_XSD + name: float for name in ("double", "float", "decimal")},
    _XSD + "boolean": lambda text: text in {"true", "1"},
}
_LIST_COLUMN = re.compile(r'SEPARATOR\s*=\s*" \| "\s*\)\s+AS\s+\?(\w+)')
_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Queryable(Protocol):
    """A store, as far as asking goes."""

    def query(self, sparql: str, /) -> Answer:
        """The answer to one SPARQL query."""


@dataclass(frozen=True)
class Rows:
    """An answer as a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def records(self) -> Iterator[dict[str, Cell]]:
        """Each row by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @property
    def quotes_digests(self) -> bool:
        """True when a row rests on a digest: text re-told by us, which is no evidence."""
        places = [i for i, column in enumerate(self.columns) if column in {"text_kind", "text_kinds"}]
        return any(TextKind.DIGEST in str(row[i]).split("; ") for row in self.rows for i in places)


def run(
    store: Queryable, query: SavedQuery, parameters: Mapping[str, str], *, vocabulary: Vocabulary, include_withdrawn: bool = False
) -> Rows:
    """Ask a saved query; ``include_withdrawn`` keeps papers in that were retracted or are doubted.

    Raises:
        QueryError: a wrong parameter, SPARQL that does not parse (with line and column), or a query that answers with a graph.
        StoreError: the store did not answer.
    """
    return ask(store, bind(query, parameters, vocabulary, include_withdrawn=include_withdrawn), location=query.name)


def ask(store: Queryable, sparql: str, *, location: str) -> Rows:
    """Ask a query in SPARQL: the rows of a SELECT, or one row with the answer of an ASK.

    Raises:
        QueryError, StoreError: as ``run``.
    """
    variables, solutions = _solve(store, sparql, location=location)
    lists = set(_LIST_COLUMN.findall(sparql))
    reads = [_list if name in lists else _cell for name in variables]
    return Rows(
        columns=tuple(name.removesuffix("_label") for name in variables),
        rows=tuple(tuple(read(node) for read, node in zip(reads, solution, strict=True)) for solution in solutions),
    )


def _solve(store: Queryable, sparql: str, *, location: str) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
    try:
        answer = store.query(sparql)
    except QueryError as exc:
        raise _placed(exc, sparql, location) from exc
    if isinstance(answer, bool):
        return ("answer",), ((Literal(answer),),)
    if not isinstance(answer, Solutions):
        raise QueryError("answers with a graph, not with rows", location=location, remedy="Ask for a graph format, such as ttl")
    return answer.variables, answer.rows


def _placed(error: QueryError, sparql: str, location: str) -> QueryError:
    """The error with the query's name, and, where the parser says them, line and column, and the line with a mark below the place."""
    match = _SYNTAX_ERROR.search(error.message)
    if match is None:
        return QueryError(error.message, location=location, remedy=error.remedy)
    row, column = int(match[1]), int(match[2])
    place = f"line {row}, column {column}"
    return QueryError(f"is not valid SPARQL: {match[3].strip()}{_marked(sparql, row, column)}", location=location, record=place)


def _marked(sparql: str, row: int, column: int) -> str:
    """The line with a mark below the place; the end of the last line that says something, where the place lies behind it."""
    lines = sparql.splitlines()[:row]
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        return ""
    line = lines[-1].expandtabs(1)
    before = column - 1 if len(lines) == row else len(line)
    return f"\n  {line}\n  {' ' * before}^"


def _cell(node: Term | None) -> Cell:
    if isinstance(node, Literal):
        return _plain(node)
    if node is None:
        return None
    return node.value if isinstance(node, NamedNode) else str(node)


def _plain(literal: Literal) -> Cell:
    """The value as Python has it; what does not fit its datatype stays text."""
    try:
        return _CASTS.get(literal.datatype.value, str)(literal.value)
    except ValueError:
        return literal.value


def _list(node: Term | None) -> Cell:
    """The parts in order, empty ones left out; an empty list is no value."""
    text = _cell(node)
    parts = sorted(part for part in text.split(" | ") if part) if isinstance(text, str) else []
    return "; ".join(parts) or None
