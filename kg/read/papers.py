"""Papers out of one file or byte string of any known format, one record at a time.

A damaged record is an outcome of its own and the records after it are still read; the raising form is ``read_papers``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import BinaryIO

from kg.errors import NotAPaperError, ReadError
from kg.model import Paper
from kg.read.detect import Format, detect_format
from kg.read.jats import parse_jats, split_jats
from kg.read.json_records import parse_json_record, split_json_document, split_json_lines
from kg.read.medline import parse_medline, split_medline
from kg.read.outcome import Failed, Frame, Outcome, Read, Skipped, as_outcome
from kg.read.pubmed import parse_pubmed, split_pubmed
from kg.read.ris import parse_ris, split_ris
from kg.read.streams import Source, open_source, read_whole
from kg.read.text import parse_text


@dataclass(frozen=True)
class _Reader:
    split: Callable[[Source], Iterator[Frame]]
    parse: Callable[[Frame], Paper]


def read_papers(data: bytes, *, location: str, body: bool = False) -> tuple[Paper, ...]:
    """All papers of one source.

    Raises:
        ReadError: any record that cannot be read.
        NotAPaperError: a source or record that is no paper.
    """
    papers: list[Paper] = []
    for outcome in read_stream(BytesIO(data), location=location, body=body):
        if not isinstance(outcome, Read):
            raise outcome.error
        papers.append(outcome.paper)
    return tuple(papers)


def read_stream(
    file: BinaryIO, *, location: str, body: bool = False, takes_prose: bool = True, takes_repeats: bool = False
) -> Iterator[Outcome]:
    """The outcome for each record of a file, as it is read; memory does not grow with the file.

    ``location`` names the file in outcomes and errors. ``body`` adds the body text of JATS articles. Without
    ``takes_prose`` a file of plain text is skipped. A paper that comes twice in a file is read once; the second is a
    failure, unless ``takes_repeats``.
    """
    count = 0
    seen: dict[str, str] = {}
    try:
        source = open_source(file)
        reader = _find_reader(source, body=body, takes_prose=takes_prose)
        for frame in reader.split(source):
            outcome = _read_frame(frame, reader.parse, location=location)
            count += 1
            yield _refuse_repeated(outcome, seen) if isinstance(outcome, Read) and not takes_repeats else outcome
    except ReadError as error:
        yield as_outcome(error, location=location, record=f"after record {count}" if count else None)
    else:
        if count == 0:
            yield as_outcome(NotAPaperError("it holds no record"), location=location)


def _find_reader(source: Source, *, body: bool, takes_prose: bool) -> _Reader:
    found = detect_format(source.head)
    if found is Format.TEXT and not takes_prose:
        raise NotAPaperError("plain text under a name that does not say so", remedy="Name it .txt, or give its path")
    return {
        Format.PUBMED: _Reader(split_pubmed, parse_pubmed),
        Format.JATS: _Reader(split_jats, partial(parse_jats, body=body)),
        Format.JSON: _Reader(split_json_document, parse_json_record),
        Format.JSON_LINES: _Reader(split_json_lines, parse_json_record),
        Format.MEDLINE: _Reader(split_medline, parse_medline),
        Format.RIS: _Reader(split_ris, parse_ris),
        Format.TEXT: _Reader(_split_text, parse_text),
    }[found]


def _split_text(source: Source) -> Iterator[Frame]:
    yield Frame("text", read_whole(source))


def _read_frame(frame: Frame, parse: Callable[[Frame], Paper], *, location: str) -> Read | Failed | Skipped:
    try:
        if frame.damage is not None:
            raise ReadError(frame.damage)
        return Read(parse(frame), location, frame.place)
    except ReadError as error:
        return as_outcome(error, location=location, record=frame.place)
    except RecursionError as exc:
        too_deep = ReadError("nested too deeply")
        too_deep.__cause__ = exc
        return as_outcome(too_deep, location=location, record=frame.place)


def _refuse_repeated(outcome: Read, seen: dict[str, str]) -> Outcome:
    """The outcome, unless its paper or its local id was seen before in this file."""
    names = {outcome.paper.id, outcome.paper.local_id or outcome.paper.id}
    known = next((name for name in sorted(names) if name in seen), None)
    if known is None:
        seen.update(dict.fromkeys(names, outcome.record))
        return outcome
    error = ReadError(f"{known} was read before, as {seen[known]}; this one is left out", remedy="Keep one of the two")
    return as_outcome(error, location=outcome.location, record=outcome.record)
