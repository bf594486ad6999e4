"""Records of tagged line formats (MEDLINE, RIS): fields in printed order, continuation lines joined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import ReadError
from kg.read.outcome import Frame
from kg.read.streams import MAX_RECORD_BYTES, Line, too_large

# Other control characters are white space, which readers collapse.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


@dataclass(frozen=True)
class Field:
    """A tag and its text, which may have gone over several lines."""

    tag: str
    text: str


def split_tagged(lines: Iterator[Line], *, start: bytes, end: bytes | None = None) -> Iterator[Frame]:
    """Frames from each line that begins with ``start`` up to the next, or up to a line that begins with ``end``.

    Where the format has an end line, a record without one is damaged: its last field may be cut.
    """
    taken: list[bytes] = []
    number, size, is_cut = 0, 0, False
    for line in lines:
        if line.data.startswith(start):
            if taken:
                yield _frame(number, taken, size, damage=_missing_end(end), is_cut=is_cut)
            number, taken, size, is_cut = number + 1, [], 0, False
        elif not taken:
            if line.data.strip() and not (end and line.data.startswith(end)):
                yield Frame(f"line {line.number}", line.data[:1024], damage="a line that belongs to no record")
            continue
        size += len(line.data) + 1
        is_cut = is_cut or line.is_cut
        if size <= MAX_RECORD_BYTES:
            taken.append(line.data)
        if end is not None and line.data.startswith(end):
            yield _frame(number, taken, size, is_cut=is_cut)
            taken = []
    if taken:
        yield _frame(number, taken, size, damage=_missing_end(end), is_cut=is_cut)


def parse_fields(data: bytes, *, tag: re.Pattern[str]) -> tuple[Field, ...]:
    """Fields of a record; ``tag`` matches a line's start with the tag as its first group.

    Raises:
        ReadError: the bytes are not UTF-8, or hold control characters.
    """
    fields: list[list[str]] = []
    for line in decode_text(data).splitlines():
        found = tag.match(line)
        if found is not None:
            fields.append([found[1], line[found.end() :].strip()])
        elif fields and line.strip():
            fields[-1].append(line.strip())
    return tuple(Field(name, " ".join(pieces)) for name, *pieces in fields)


def first_text(fields: Sequence[Field], *tags: str) -> str | None:
    """The text of the first field with one of the tags, tried in the order given; empty ones do not count."""
    return next((text for tag in tags for text in all_texts(fields, tag)), None)


def all_texts(fields: Sequence[Field], *tags: str) -> tuple[str, ...]:
    """The texts of all fields with one of the tags, in printed order."""
    return tuple(field.text for field in fields if field.tag in tags and field.text)


def decode_text(data: bytes) -> str:
    """The text of UTF-8 bytes.

    Raises:
        ReadError: the bytes are not UTF-8, or hold control characters.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        message = f"byte 0x{data[exc.start]:02x} at position {exc.start} is not UTF-8"
        raise ReadError(message, remedy="Save the file as UTF-8") from exc
    control = _CONTROL.search(text)
    if control is not None:
        message = f"control character 0x{ord(control[0]):02x} at position {control.start()}: this is no text"
        raise ReadError(message, remedy="Export it again")
    return text


def _frame(number: int, taken: list[bytes], size: int, *, damage: str | None = None, is_cut: bool) -> Frame:
    if is_cut or size > MAX_RECORD_BYTES:
        return Frame(f"record {number}", taken[0][:4096], damage=too_large())
    return Frame(f"record {number}", b"\n".join(taken), damage=damage)


def _missing_end(end: bytes | None) -> str | None:
    return None if end is None else f"no {end.decode().strip()} line: the record is truncated"
