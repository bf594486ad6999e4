import codecs
import gzip
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.streams import MAX_RECORD_BYTES, Line, open_source, read_whole, split_lines

DECLARED = '<?xml version="1.0" encoding="{}"?><a>Zachée \u2013 5</a>'


class Megabytes:
    """A file that repeats a megabyte without holding it all; ``read`` may be called once too often."""

    def __init__(self, start: bytes, count: int, end: bytes) -> None:
        self._pieces = self._all(start, count, end)

    @staticmethod
    def _all(start: bytes, count: int, end: bytes) -> Iterator[bytes]:
        yield start
        for _ in range(count):
            yield b"x" * (1 << 20)
        yield end

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def whole(data: bytes) -> bytes:
    return read_whole(open_source(BytesIO(data)))


@given(
    st.binary(min_size=1).filter(
        lambda data: not data.startswith((b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"<\0", b"\0<", b"\0\0"))
    )
)
def test_plain_bytes_come_through_and_through_gzip(data: bytes) -> None:
    if b"<?xml" not in data:
        assert whole(data) == data
        assert whole(gzip.compress(data)) == data


def test_members_of_a_gzip_file_are_joined_and_padding_is_dropped() -> None:
    assert whole(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0") == b"one two"


def test_head_does_not_take_bytes_away() -> None:
    data = b"0123456789" * 50_000
    source = open_source(BytesIO(data))
    assert data.startswith(source.head)
    assert b"".join(source.chunks) == data


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_unicode_with_or_without_its_mark_is_decoded(encoding: str) -> None:
    assert whole(DECLARED.format("UTF-16").encode(encoding)).decode() == DECLARED.format("UTF-16")


def test_stated_single_byte_encoding_is_decoded() -> None:
    assert whole(DECLARED.format("windows-1252").encode("cp1252")).decode() == DECLARED.format("windows-1252")


def test_ascii_declaration_that_claims_utf16_is_taken_for_utf8() -> None:
    data = DECLARED.format("UTF-16").encode()
    assert whole(data) == data


@pytest.mark.parametrize("encoding", ["no-such", "rot13", "hex", "x" * 50])
def test_unknown_encoding_is_an_error(encoding: str) -> None:
    with pytest.raises(ReadError, match="encoding"):
        whole(DECLARED.format(encoding).encode())


def test_bytes_that_break_their_stated_encoding_are_an_error() -> None:
    with pytest.raises(ReadError, match="the bytes are not shift_jis"):
        whole(b'<?xml version="1.0" encoding="shift_jis"?><a>\x81</a>')


@pytest.mark.parametrize("cut", [3, 15, 40, -9, -1])
def test_truncated_gzip_is_an_error(cut: int) -> None:
    data = gzip.compress(b"We gave cells to ten patients, and no two of them were alike.")
    with pytest.raises(ReadError, match="the gzip stream ends early: the file is truncated"):
        whole(data[:cut])


def test_damaged_gzip_is_an_error() -> None:
    data = bytearray(gzip.compress(b"We gave cells to ten patients, and no two of them were alike."))
    data[-6] ^= 0xFF  # A byte of the checksum.
    with pytest.raises(ReadError, match="the gzip stream is damaged"):
        whole(bytes(data))


def test_empty_file_is_an_error() -> None:
    with pytest.raises(ReadError, match="the file is empty"):
        open_source(BytesIO(b""))
    with pytest.raises(ReadError, match="the file is empty"):
        open_source(BytesIO(gzip.compress(b"")))
    with pytest.raises(ReadError, match="the file is empty"):
        open_source(BytesIO(codecs.BOM_UTF8))


def test_failing_disk_is_an_error_of_ours() -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(ReadError, match="cannot be read: Input/output error"):
        open_source(Broken())


def test_lines_are_numbered_and_lose_their_ends() -> None:
    lines = list(split_lines(open_source(BytesIO(b"a\r\n\nb"))))
    assert lines == [Line(1, b"a"), Line(2, b""), Line(3, b"b")]


@given(st.lists(st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b"")), min_size=1))
def test_lines_are_those_of_the_file(lines: list[bytes]) -> None:
    data = b"# \n" + b"\n".join(lines)
    expected = [b"# ", *lines] if lines[-1] else [b"# ", *lines[:-1]]
    assert [line.data for line in split_lines(open_source(BytesIO(data)))] == expected


def test_line_longer_than_a_record_may_be_is_cut_and_the_next_is_read() -> None:
    megabytes = Megabytes(b"first\n", (MAX_RECORD_BYTES >> 20) + 2, b"\nlast\n")
    lines = list(split_lines(open_source(megabytes)))  # type: ignore[arg-type]  # Only read() is called.
    assert [(line.number, line.is_cut) for line in lines] == [(1, False), (2, True), (3, False)]
    assert len(lines[1].data) < 2 << 20
    assert lines[2].data == b"last"


def test_file_larger_than_a_record_may_be_is_an_error() -> None:
    megabytes = Megabytes(b"", (MAX_RECORD_BYTES >> 20) + 2, b"")
    megabytes.read()
    with pytest.raises(ReadError, match="larger than 32 MiB"):
        read_whole(open_source(megabytes))  # type: ignore[arg-type]  # Only read() is called.
