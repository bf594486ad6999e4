"""The log of searches: what was asked of which service, when, and how much there was. Pure; one JSON object a line."""

from collections.abc import Sequence

from pydantic import ValidationError

from kg.errors import CriteriaError
from kg.model import SearchRecord


def parse_searches(data: bytes, *, location: str) -> tuple[SearchRecord, ...]:
    """The searches of a log, in the order of their lines.

    Raises:
        CriteriaError: a line that is no search; its number is named.
    """
    found = []
    for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), 1):
        if line.strip():
            try:
                found.append(SearchRecord.model_validate_json(line))
            except ValidationError as exc:
                wrong = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'line'}: {each['msg'].lower()}" for each in exc.errors())
                raise CriteriaError(f"is no search: {wrong}", location=location, record=f"line {number}") from exc
    return tuple(found)


def write_searches(searches: Sequence[SearchRecord]) -> bytes:
    """The log as a file."""
    return "".join(f"{each.model_dump_json()}\n" for each in searches).encode()
