"""What becomes of each record of a batch: read, failed, or skipped because it is no paper.

Readers yield these one at a time, so that a bad record is never silent and never stops the rest.
"""

import re
from dataclasses import dataclass

from kg.errors import NotAPaperError, ReadError
from kg.model import Paper

_PMID = re.compile(rb"<PMID[^>]*>\s*(\d{1,8})\s*<|^PMID- *(\d{1,8})", re.MULTILINE)


@dataclass(frozen=True)
class Read:
    """A record that became a paper, and where it stood."""

    paper: Paper
    location: str
    record: str


@dataclass(frozen=True)
class Failed:
    """A record or file that is damaged; a batch with one of these does not end well."""

    error: ReadError


@dataclass(frozen=True)
class Skipped:
    """A readable file or record that is no paper; this is not a failure."""

    error: NotAPaperError


Outcome = Read | Failed | Skipped


@dataclass(frozen=True)
class Frame:
    """The bytes of one record, cut out of its file but not yet parsed.

    ``data`` is UTF-8 unless the file lies about its encoding. ``damage`` says why the record cannot be parsed at all.
    """

    #: "record 3", "line 17".
    record: str
    data: bytes
    damage: str | None = None
    #: xmlns attributes of the elements around an XML record.
    declarations: bytes = b""

    @property
    def place(self) -> str:
        """The record's number, with its PMID where the first bytes show one."""
        found = _PMID.search(self.data[:4096])
        return self.record if found is None else f"{self.record} (PMID {(found[1] or found[2]).decode()})"


def as_outcome(error: ReadError, *, location: str, record: str | None = None) -> Failed | Skipped:
    """The outcome for an error, with its place filled in where the error does not name one."""
    kind = NotAPaperError if isinstance(error, NotAPaperError) else ReadError
    placed = kind(error.message, location=error.location or location, record=error.record or record, remedy=error.remedy)
    placed.__cause__ = error.__cause__
    return Skipped(placed) if isinstance(placed, NotAPaperError) else Failed(placed)
