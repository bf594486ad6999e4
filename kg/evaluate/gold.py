"""Annotated abstracts: a JSON lines file in the format of an ``Extraction`` -> ``GoldRecord``.

A gold record has what an extraction has, and what an annotator accepts beside it: other directions, other counts, the same
estimate with the reference swapped, the complementary reading. The halves are fixed: sorted by id, odd positions are for
developing, even positions for measuring.
"""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from kg.errors import GoldError
from kg.model import Direction, Effect, Extraction, Finding, Quote, Record, Study


class Half(StrEnum):
    """Which half of a gold set a record belongs to."""

    #: Odd positions: read, learn from, write rules from.
    DEVELOPING = "developing"
    #: Even positions: disagreements are counted and never shown.
    MEASURING = "measuring"


class EquivalentValues(Record):
    """The two arms' numbers of another reading, without unit or printed text."""

    intervention: float | None = None
    comparator: float | None = None


class Equivalent(Record):
    """Another accepted reading of a finding, such as the complement of its outcome."""

    #: The label that a prediction must carry to be read so.
    outcome: str
    direction: Direction
    direction_alternatives: tuple[Direction, ...] = ()
    values: EquivalentValues | None = None


class GoldFinding(Finding):
    """A finding with what else counts as right."""

    direction_alternatives: tuple[Direction, ...] = ()
    effect_alternatives: tuple[Effect, ...] = ()
    equivalent: Equivalent | None = None


class GoldStudy(Study):
    """Study facts with the other counts that count as right: enrolled, treated arm only, planned."""

    n_alternatives: tuple[int, ...] = ()


class GoldRecord(Extraction):
    """One annotated abstract."""

    text: str
    study: GoldStudy = GoldStudy()
    findings: tuple[GoldFinding, ...] = ()
    #: A review or protocol without results of its own: every predicted finding is wrong.
    hard_negative: bool = False
    half: Half = Half.DEVELOPING


def read_gold(path: Path) -> tuple[GoldRecord, ...]:
    """The records of a gold file, sorted by id, each in its half.

    Raises:
        GoldError: the file cannot be read or is empty, a line is no record (named with line and field), an id stands twice, or
            an offset does not give the text it claims.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise GoldError(f"cannot be read: {exc}", location=str(path)) from exc
    records: dict[str, GoldRecord] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _read_line(line, location=str(path), place=f"line {number}")
        if record.id in records:
            raise GoldError(
                f"id {record.id!r} stands twice", location=str(path), record=f"line {number}", remedy="Give each record its own id"
            )
        records[record.id] = record
    if not records:
        raise GoldError("holds no record", location=str(path), remedy="Name a JSON lines file with one annotated abstract a line")
    odd, even = split_halves(records.values())
    return tuple(sorted((*odd, *even), key=lambda each: each.id))


def split_halves(records: Iterable[GoldRecord]) -> tuple[tuple[GoldRecord, ...], tuple[GoldRecord, ...]]:
    """The developing (odd positions) and the measuring half (even positions) of the records sorted by id."""
    ordered = sorted(records, key=lambda each: each.id)
    odd = tuple(each.model_copy(update={"half": Half.DEVELOPING}) for each in ordered[::2])
    even = tuple(each.model_copy(update={"half": Half.MEASURING}) for each in ordered[1::2])
    return odd, even


def _read_line(line: str, *, location: str, place: str) -> GoldRecord:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as exc:
        raise GoldError(f"is no JSON: {exc.msg} at column {exc.colno}", location=location, record=place) from exc
    if not isinstance(fields, dict):
        raise GoldError("is no JSON object", location=location, record=place)
    try:
        record = GoldRecord.model_validate({"paper": fields.get("id"), **fields})
    except ValidationError as exc:
        first = exc.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise GoldError(f"{field}: {first['msg']}", location=location, record=place, remedy="Mend the field") from exc
    _check_offsets(record, location=location, place=place)
    return record


def _check_offsets(record: GoldRecord, *, location: str, place: str) -> None:
    quotes: list[tuple[str, Quote]] = [(f"terms.{i}", term) for i, term in enumerate(record.terms)]
    quotes += [(f"findings.{i}.outcome", finding.outcome) for i, finding in enumerate(record.findings)]
    for field, quote in quotes:
        found = record.text[quote.start : quote.end]
        if found != quote.text:
            message = f"{field}: offsets {quote.start} to {quote.end} give {found!r}, not {quote.text!r}"
            raise GoldError(message, location=location, record=place, remedy="Count offsets in Unicode characters, end excluded")
