"""Headings and rows of text as lines: for a terminal of some width, or one line a row.

On a terminal a table is as wide as it needs to be; where that is too wide, long texts are wrapped; where that would be a ribbon of
narrow columns, each row becomes a record of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from kg.wording import against

_GAP = "  "
#: Narrower than this no long text is wrapped.
_NARROWEST = 16
#: A table of wrapped cells with more lines a row than this is no table any more.
_MOST_LINES = 4
#: In a pipe, cells wider than this push the rest of their line to the right instead of padding all others.
_WIDEST_PAD = 50
#: Longer than this a fact has a line of its own.
_LONG = 60
_P_VALUE = re.compile(r"\bP ([=<>≤≥]) (?=[.\d])")
_NO_BREAK = "\u00a0"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"

Head = Sequence[str]
Rows = Sequence[Sequence[str]]


def lines_for_pipe(head: Head, rows: Rows) -> list[str]:
    """One line a row, short cells aligned; columns of long texts come last, where they push nothing away."""
    table = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(head))]
    order = sorted(range(len(head)), key=lambda column: widths[column] > _WIDEST_PAD)
    return [_GAP.join(line[column].ljust(min(widths[column], _WIDEST_PAD)) for column in order).rstrip() for line in table]


def lines_for_terminal(head: Head, rows: Rows, *, width: int, bold: bool = False) -> list[str]:
    """No line is wider than ``width``, long words apart."""
    widths = _column_widths(head, rows, width)
    if widths is None:
        return [
            line for number, row in enumerate(rows) for line in [*([""] if number else []), *_record(number + 1, head, row, width, bold)]
        ]
    rule = _GAP.join("─" * each for each in widths)
    heading = [f"{_BOLD}{line}{_PLAIN}" if bold else line for line in _wrapped_row(head, widths)]
    return [*heading, rule, *(line for row in rows for line in _wrapped_row(row, widths))]


def _column_widths(head: Head, rows: Rows, width: int) -> list[int] | None:
    """How wide each column is; None where no table fits."""
    table = [head, *rows]
    natural = [max(len(line[column]) for line in table) for column in range(len(head))]
    room = width - len(_GAP) * (len(head) - 1)
    if sum(natural) <= room:
        return natural
    least = [min(whole, max(_NARROWEST, _longest_word(table, column))) for column, whole in enumerate(natural)]
    if sum(least) > room:
        return None
    widths = _shared_out(natural, least, room)
    tallest = max((len(wrap(cell, widths[column])) for row in rows for column, cell in enumerate(row)), default=1)
    return widths if tallest <= _MOST_LINES else None


def _longest_word(table: Rows, column: int) -> int:
    return max((len(word) for line in table for word in line[column].split()), default=0)


def _shared_out(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The least each needs, and what is left to those that are furthest from what they want, sign by sign."""
    widths = list(least)
    for _ in range(room - sum(least)):
        neediest = max(range(len(widths)), key=lambda column: natural[column] / widths[column])
        widths[neediest] += 1
    return widths


def _wrapped_row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [wrap(cell, width, break_on_hyphens=False) or [""] for cell, width in zip(row, widths, strict=True)]
    for line in range(max(map(len, cells))):
        parts = [cell[line] if line < len(cell) else "" for cell in cells]
        yield _GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


# ------------------------------------------------------------ records

_SENTENCES = ("sentence", "example sentence")
#: That of the finding another one is set against.
_OTHER_SENTENCE = "other sentence"
#: Columns that the first lines of a finding put into words.
_IN_WORDS = frozenset(
    {"outcome", "direction", "significance", "paper", "year", "design", "intervention", "comparator"}
    | {"intervention value", "comparator value", "effect", "p", "time", "population", *_SENTENCES}
)

Cells = dict[str, str]


def _record(number: int, head: Head, row: Sequence[str], width: int, bold: bool) -> Iterator[str]:
    cells = {column: cell for column, cell in zip(head, row, strict=True) if cell}
    paragraphs = _finding(cells) if {"outcome", "direction"} <= cells.keys() else _facts(cells)
    mark = f"{number}. "
    indent = " " * len(mark)
    for place, paragraph in enumerate(paragraphs):
        lines = _wrapped(paragraph, width, first=indent if place else mark, other=indent + _GAP)
        yield from (f"{_BOLD}{line}{_PLAIN}" if bold and place == 0 else line for line in lines)


def _wrapped(text: str, width: int, *, first: str, other: str) -> list[str]:
    """Lines that break no P value in two."""
    whole = _P_VALUE.sub(rf"P{_NO_BREAK}\1{_NO_BREAK}", text)
    lines = wrap(whole, width, initial_indent=first, subsequent_indent=other, break_on_hyphens=False)
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _facts(cells: Cells) -> list[str]:
    """The paper, or else the first fact; then the others, short ones side by side."""
    first = "paper" if "paper" in cells else next(iter(cells), "")
    heading = _joined(cells.get(first, ""), _year(cells) if first == "paper" else "")
    used = {first, "year"} if first == "paper" else {first}
    facts = [f"{column}: {cell}" for column, cell in cells.items() if column not in {*used, *_SENTENCES}]
    return [heading, *_side_by_side(facts), *_quotes(cells)]


def _finding(cells: Cells) -> list[str]:
    """A finding in words: what changed, in which paper, what was compared, the numbers, the rest, the sentence."""
    tested = cells.get("significance", "not stated")
    lines = [
        f"{cells['outcome']}: {cells['direction']}" + ("" if tested == "not stated" else f", {tested}"),
        _joined(cells.get("paper", ""), _year(cells), cells.get("design", "")),
        _against(cells, "intervention", "comparator"),
        _joined(
            _against(cells, "intervention value", "comparator value"),
            *(cells.get(column, "") for column in ("effect", "p")),
            *(f"{word} {cells[column]}" for word, column in (("at", "time"), ("in", "population")) if column in cells),
        ),
        *_side_by_side(f"{column}: {cell}" for column, cell in cells.items() if column not in {*_IN_WORDS, _OTHER_SENTENCE}),
        *_quotes(cells),
        *([f"{_OTHER_SENTENCE}: “{cells[_OTHER_SENTENCE]}”"] if _OTHER_SENTENCE in cells else []),
    ]
    return [line for line in lines if line]


def _side_by_side(facts: Iterable[str]) -> list[str]:
    """Short facts that follow each other on one line, a long one on a line of its own."""
    return [line for is_long, group in groupby(facts, key=_is_long) for line in (group if is_long else [_joined(*group)])]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _is_long(fact: str) -> bool:
    return len(fact) > _LONG


def _year(cells: Cells) -> str:
    """The year, where the paper's name does not end with it."""
    year = cells.get("year", "")
    return "" if cells.get("paper", "").endswith(year) else year


def _against(cells: Cells, one: str, other: str) -> str:
    return against(cells.get(one), cells.get(other))


def _quotes(cells: Cells) -> list[str]:
    return [f"“{cells[column]}”" for column in _SENTENCES if column in cells]
