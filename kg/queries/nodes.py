"""Cells of an answer as the values of records: slugs, labels, members of closed sets, numbers."""

from enum import StrEnum
from functools import cache
from typing import TypeVar
from urllib.parse import unquote

from kg.errors import StoreError
from kg.namespaces import BASE, GGV, notation_iri
from kg.queries.run import Cell
from kg.vocabulary import Vocabulary

_Closed = TypeVar("_Closed", bound=StrEnum)
_REBUILD = "Build the store again with this version"


def slug_of(iri: Cell) -> str:
    """The slug of a concept; one that the vocabulary lacks is named by its IRI after the base."""
    return unquote(str(iri).removeprefix(GGV).removeprefix(BASE))


def label_of(iri: Cell, phrase: Cell, vocabulary: Vocabulary) -> str:
    """The vocabulary's label, else the paper's."""
    slug = slug_of(iri)
    return vocabulary[slug].label if slug in vocabulary else str(phrase)


def member_of(values: type[_Closed], iri: Cell, scheme: str) -> _Closed | None:
    """The member of a closed set that the concept stands for, None where nothing is stated."""
    return None if iri is None else _members(values, scheme).get(str(iri))


@cache
def _members(values: type[_Closed], scheme: str) -> dict[str, _Closed]:
    return {notation_iri(each.value, scheme): each for each in values}


def required_member(values: type[_Closed], iri: Cell, scheme: str) -> _Closed:
    """The same where something must be stated.

    Raises:
        StoreError: the concept is none of the set.
    """
    found = member_of(values, iri, scheme)
    if found is None:
        raise StoreError(f"{iri} is no {scheme}", remedy=_REBUILD)
    return found


def text_of(cell: Cell) -> str | None:
    """The cell as text."""
    return None if cell is None else str(cell)


def decimal_of(cell: Cell) -> float | None:
    """The cell as a number."""
    return None if cell is None else float(cell)


def number_of(cell: Cell) -> float:
    """The cell as a number that must be there.

    Raises:
        StoreError: it is not.
    """
    if cell is None:
        raise StoreError("a number is missing from the store", remedy=_REBUILD)
    return float(cell)


def whole_of(cell: Cell) -> int | None:
    """The cell as a whole number."""
    return None if cell is None else int(cell)
