"""Bytes from a file in bounded pieces: unpacked from gzip, turned into UTF-8, cut into lines.

Memory stays bounded whatever the file claims: a record may take ``MAX_RECORD_BYTES``, and what is longer is passed over.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from kg.errors import ReadError

CHUNK_BYTES = 1 << 18
#: No abstract and no full text comes near; an XML tree takes about six times this.
MAX_RECORD_BYTES = 32 << 20
_HEAD_BYTES = 1 << 16

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True)
class Source:
    """A file as UTF-8: its first bytes, and all of its bytes (the first ones included) to go through once."""

    head: bytes
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class Line:
    """A line without its end; ``is_cut`` when it is longer than a record may be."""

    number: int
    data: bytes
    is_cut: bool = False


def open_source(file: BinaryIO) -> Source:
    """Unpack and decode a file as far as its first bytes.

    Raises:
        ReadError: an empty file, a damaged gzip stream, an unknown encoding. Reading on may raise it too.
    """
    source = _peek(_read_chunks(file))
    if source.head.startswith(b"\x1f\x8b"):
        source = _peek(_gunzip(source.chunks))
    encoding = _find_encoding(source.head)
    if encoding is not None:
        source = _peek(_to_utf8(source.chunks, encoding))
    if not source.head:
        raise ReadError("the file is empty")
    return source


def read_whole(source: Source) -> bytes:
    """All bytes of a file that is one record.

    Raises:
        ReadError: it is larger than a record may be.
    """
    data = bytearray()
    for chunk in source.chunks:
        data += chunk
        if len(data) > MAX_RECORD_BYTES:
            raise ReadError(too_large(), remedy="Split it into smaller files")
    return bytes(data)


def split_lines(source: Source) -> Iterator[Line]:
    """Lines in order, numbered from 1."""
    number, buffer, is_cut = 1, bytearray(), False
    for chunk in source.chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            buffer += piece
            yield Line(number, bytes(buffer).rstrip(b"\r"), is_cut or len(buffer) > MAX_RECORD_BYTES)
            number, is_cut = number + 1, False
            buffer.clear()
        buffer += rest
        if len(buffer) > MAX_RECORD_BYTES:
            is_cut = True
            del buffer[1024:]
    if buffer:
        yield Line(number, bytes(buffer).rstrip(b"\r"), is_cut)


def too_large() -> str:
    """The complaint about a record beyond the limit."""
    return f"larger than {MAX_RECORD_BYTES >> 20} MiB, which no paper is"


def _read_chunks(file: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            chunk = file.read(CHUNK_BYTES)
        except OSError as exc:
            raise ReadError(f"cannot be read: {exc.strerror or exc}") from exc
        if not chunk:
            return
        yield chunk


def _peek(chunks: Iterator[bytes]) -> Source:
    taken: list[bytes] = []
    size = 0
    for chunk in chunks:
        taken.append(chunk)
        size += len(chunk)
        if size >= _HEAD_BYTES:
            break
    return Source(b"".join(taken)[:_HEAD_BYTES], chain(taken, chunks))


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack all members of a gzip stream (RFC 1952), never more than a chunk at a time."""
    inflater = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        data = chunk
        while data:
            if inflater.eof:
                data = data.lstrip(b"\0")  # Tape padding after the last member.
                if not data:
                    break
                inflater = zlib.decompressobj(wbits=31)
            try:
                piece = inflater.decompress(data, CHUNK_BYTES)
            except zlib.error as exc:
                raise ReadError("the gzip stream is damaged", remedy="Download the file again") from exc
            if piece:
                yield piece
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if not inflater.eof:
        raise ReadError("the gzip stream ends early: the file is truncated", remedy="Download the file again")


def _find_encoding(head: bytes) -> str | None:
    """The encoding to decode from; None for UTF-8 without a mark, which needs no decoding."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    declared = _DECLARED.match(head)
    name = "utf-8" if declared is None else declared[1].decode("ascii", "replace").lower()
    # Bytes that show an XML declaration in ASCII are not UTF-16, whatever it says.
    return None if name in {"utf-8", "utf8", "us-ascii", "ascii"} or name.startswith(("utf-16", "utf-32", "ucs-")) else name


def _to_utf8(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        is_text = isinstance(decoder.decode(b""), str)
    except (LookupError, TypeError, ValueError) as exc:
        raise ReadError(f"the stated encoding {encoding!r} is unknown", remedy="Save the file as UTF-8") from exc
    if not is_text:
        raise ReadError(f"the stated encoding {encoding!r} is no text encoding", remedy="Save the file as UTF-8")
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8")
        yield decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError as exc:
        raise ReadError(f"the bytes are not {encoding}: {exc.reason if isinstance(exc, UnicodeDecodeError) else exc}") from exc
