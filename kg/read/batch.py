"""Papers out of many files and folders. The one place in ``kg.read`` that opens files."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import NotAPaperError, ReadError
from kg.read.outcome import Outcome, as_outcome
from kg.read.papers import read_stream

STDIN = "-"
_STDIN_LOCATION = "standard input"
#: Names under which a folder's file of plain text is taken for an abstract or a page; read-me files and tables are not.
_PROSE_SUFFIXES = frozenset({".txt", ".text"})


@dataclass(frozen=True)
class _Reading:
    """How files are read."""

    body: bool
    takes_repeats: bool


def read_batch(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, body: bool = False, takes_repeats: bool = False
) -> Iterator[Outcome]:
    """The outcome for each record of each file, in the order given; folders are gone through by name, with all below.

    ``-`` reads ``stdin``. In folders, names that begin with a dot are passed over, and plain text counts only under .txt or
    .text. Whatever cannot be opened is an outcome too. With ``takes_repeats`` a paper may come twice in a file.
    """
    reader = _Reading(body, takes_repeats)
    for path in paths:
        if str(path) == STDIN:
            yield from _read_stdin(stdin, reader)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), reader)
        else:
            yield from _read_file(Path(path), reader, takes_prose=True)


def _read_stdin(stdin: BinaryIO | None, reader: _Reading) -> Iterator[Outcome]:
    if stdin is None:
        yield as_outcome(ReadError("nothing to read from"), location=_STDIN_LOCATION)
    else:
        yield from read_stream(stdin, location=_STDIN_LOCATION, body=reader.body, takes_repeats=reader.takes_repeats)


def _read_folder(folder: Path, reader: _Reading) -> Iterator[Outcome]:
    is_empty = True
    for entry in _entries_below(folder):
        is_empty = False
        if isinstance(entry, ReadError):
            yield as_outcome(entry, location=str(folder))
        else:
            yield from _read_file(entry, reader, takes_prose=_says_prose(entry))
    if is_empty:
        yield as_outcome(NotAPaperError("a folder without files"), location=str(folder))


def _entries_below(folder: Path) -> Iterator[Path | ReadError]:
    """Files below a folder by name, and what stands in the way of looking into it."""
    errors: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        for error in errors:
            yield ReadError(f"cannot be read: {error.strerror}", location=str(error.filename))
        errors.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(parent) / name).is_symlink():
                yield NotAPaperError("a link to a folder, not followed", location=str(Path(parent) / name), remedy="Give its path")
        yield from (Path(parent) / name for name in sorted(files) if not name.startswith("."))
    for error in errors:
        yield ReadError(f"cannot be read: {error.strerror}", location=str(error.filename))


def _read_file(path: Path, reader: _Reading, *, takes_prose: bool) -> Iterator[Outcome]:
    if path.exists() and not path.is_file():
        yield as_outcome(NotAPaperError("not a regular file"), location=str(path))
        return
    try:
        file = path.open("rb")
    except OSError as exc:
        yield as_outcome(_cannot_open(exc), location=str(path))
        return
    with file:
        yield from read_stream(file, location=str(path), body=reader.body, takes_prose=takes_prose, takes_repeats=reader.takes_repeats)


def _cannot_open(cause: OSError) -> ReadError:
    error = ReadError(f"cannot be opened: {cause.strerror}", remedy="Mend the path")
    error.__cause__ = cause
    return error


def _says_prose(path: Path) -> bool:
    name = path.with_suffix("") if path.suffix == ".gz" else path
    return name.suffix.lower() in _PROSE_SUFFIXES
