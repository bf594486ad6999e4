"""Records cut out of an XML file one at a time, before parsing.

Cutting at the end tags of records keeps memory bounded for baseline files, lets the records around a malformed one be read,
and reads several answers written one after another into one file. What stands between records is accounted for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.read.outcome import Frame
from kg.read.streams import MAX_RECORD_BYTES, Source, too_large

_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_DECLARATION = re.compile(rb"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
# The end of a comment may stand first: that comment held the record before.
_NOISE = re.compile(rb"\A\s*-->|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_OPEN_END = re.compile(rb"<!--(?:(?!-->).)*\Z", re.DOTALL)


@dataclass(frozen=True)
class Layout:
    """Element names of a format: those that hold records, and the records."""

    sets: frozenset[str]
    records: tuple[str, ...]


@dataclass(frozen=True)
class _Patterns:
    end: re.Pattern[bytes]
    starts: dict[bytes, re.Pattern[bytes]]
    sets: re.Pattern[bytes]


def find_root(head: bytes) -> tuple[str, bytes] | None:
    """Name and attributes of the first element, past the prolog; None when the bytes show none."""
    found = _ROOT.search(_NOISE.sub(b"", head))
    return None if found is None else (found[1].decode("utf-8", "replace"), found[2])


def split_records(source: Source, layout: Layout) -> Iterator[Frame]:
    """Frames of the records in order; stray content and a missing end are frames with damage."""
    patterns, declarations = _compile(layout), _root_declarations(source.head)
    buffer, scanned, number, is_oversized = bytearray(), 0, 0, False
    for chunk in source.chunks:
        buffer += chunk
        while (end := patterns.end.search(buffer, scanned)) is not None:
            piece, name, scanned = bytes(buffer[: end.end()]), bytes(end[1]), 0
            del buffer[: len(piece)]
            if is_oversized:
                is_oversized = False
                continue
            for frame in _frames_of(piece, name, patterns, number):
                number += 1
                yield replace(frame, declarations=declarations)
        scanned = max(0, len(buffer) - 256)
        if len(buffer) > MAX_RECORD_BYTES:
            if not is_oversized:
                number += 1
                yield Frame(f"record {number}", bytes(buffer[:4096]), damage=too_large())
            is_oversized, scanned = True, 0
            del buffer[:-256]
    yield from _frames_at_end(bytes(buffer), patterns, layout, source.head, number, is_oversized=is_oversized)


def _frames_of(piece: bytes, name: bytes, patterns: _Patterns, number: int) -> Iterator[Frame]:
    """The frames in the bytes up to an end tag: mostly one, more where a start tag or an end tag is missing."""
    starts = [found.start() for found in patterns.starts[name].finditer(piece)]
    if not starts:
        yield Frame(f"record {number + 1}", piece, damage=f"an end tag </{name.decode()}> without its start")
        return
    gap = piece[: starts[0]]
    if _OPEN_END.search(gap):
        return  # The record is commented out.
    for stray in _stray(gap, patterns):
        number += 1
        yield Frame(f"record {number}", gap, damage=stray)
    for start, following in pairwise(starts):
        number += 1
        yield Frame(f"record {number}", piece[start:following], damage=f"a start tag <{name.decode()}> without its end")
    yield Frame(f"record {number + 1}", piece[starts[-1] :])


def _frames_at_end(rest: bytes, patterns: _Patterns, layout: Layout, head: bytes, number: int, *, is_oversized: bool) -> Iterator[Frame]:
    if is_oversized:
        return
    root = find_root(head)
    is_open = root is not None and root[0] in layout.sets and not root[1].rstrip().endswith(b"/")
    begun = next((found for pattern in patterns.starts.values() if (found := pattern.search(rest))), None)
    if begun is not None:
        yield Frame(f"record {number + 1}", rest[begun.start() :], damage="the file ends inside this record: it is truncated")
    elif root is not None and is_open and f"</{root[0]}".encode() not in rest:
        yield Frame(f"after record {number}", b"", damage=f"the file ends before </{root[0]}>: it is truncated")
    else:
        yield from (Frame(f"record {number + 1}", rest, damage=stray) for stray in _stray(rest, patterns))


def _stray(gap: bytes, patterns: _Patterns) -> Iterator[str]:
    """A complaint about what stands between records and is neither white space nor the tag of a set."""
    left = patterns.sets.sub(b"", _NOISE.sub(b"", gap)).strip()
    if left:
        yield f"content that belongs to no record: {' '.join(left[:80].decode('utf-8', 'replace').split())}"


def _root_declarations(head: bytes) -> bytes:
    """The namespace declarations of the first element, which its records need to be parsed alone."""
    root = find_root(head)
    return b"" if root is None else b"".join(found[0] for found in _DECLARATION.finditer(root[1]))


def _compile(layout: Layout) -> _Patterns:
    return _Patterns(
        end=re.compile(rb"</(" + "|".join(layout.records).encode() + rb")\s*>"),
        starts={name.encode(): re.compile(b"<" + name.encode() + rb"(?=[\s>/])") for name in layout.records},
        sets=re.compile(rb"</?(?:" + "|".join(sorted(layout.sets)).encode() + rb")(?:\s[^<>]*)?/?>"),
    )
