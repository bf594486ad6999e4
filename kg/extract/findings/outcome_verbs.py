"""Outcomes that verbs tell rather than a term: the rows of ``outcome_rows`` found in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.any_case import any_case
from kg.extract.findings.outcome_rows import VERBS, Row
from kg.extract.findings.outcome_words import GVHD_BEFORE, VIRUS, WHOSE_BEFORE

_PATTERNS = tuple(row.pattern for row in VERBS)
_ROWS = tuple(any_case(rf"\b(?:{pattern})(?![\w-])") for pattern in _PATTERNS)
_ANY = any_case(r"\b(?:" + "|".join(_PATTERNS) + r")(?![\w-])")
_SHORT = {
    "cmv": "cytomegalovirus",
    "ebv": "Epstein-Barr virus",
    "epstein-barr virus": "Epstein-Barr virus",
    "epstein–barr virus": "Epstein-Barr virus",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome that a verb tells, with its span."""

    start: int
    end: int
    label: str
    family: str
    is_statement: bool = False


def told_by_verbs(text: str, start: int, end: int) -> Iterator[Told]:
    """Outcomes of ``text[start:end]`` in order; where a row lacks what it needs before it, the next row that fits is taken."""
    for match in _ANY.finditer(text, start, end):
        for row, pattern in zip(VERBS, _ROWS, strict=True):
            found = pattern.match(text, match.start(), end)
            if found is not None and _is_licensed(text, start, found, row):
                yield Told(found.start(), found.end(), row.label or _printed_label(found.group()), row.family, row.is_statement)
                break


def _is_licensed(text: str, start: int, found: re.Match[str], row: Row) -> bool:
    """True when what the row needs stands before in the sentence; "its severe form" may look back to the sentence before."""
    if WHOSE_BEFORE.search(text[start : found.start()]) is not None:
        return False
    if row.needed is None:
        return True
    back = max(0, start - 250) if row.needed is GVHD_BEFORE and found.group().lower().startswith(("its ", "the ")) else start
    return row.needed.search(text[back : found.start()]) is not None


def _printed_label(printed: str) -> str:
    """What is printed, in lower case; a virus that reactivates is its reactivation."""
    virus = re.match(VIRUS, printed, re.IGNORECASE)
    if virus is None:
        return printed.lower()
    name = virus.group().lower()
    return f"{_SHORT.get(name, name)} reactivation"
