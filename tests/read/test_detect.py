import gzip

import pytest

from kg.errors import NotAPaperError, ReadError
from kg.read.detect import Format, detect_format
from kg.read.papers import read_papers


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "x" "y">\n<PubmedArticleSet>', Format.PUBMED),
        (b"\n <!-- <eSearchResult> --><PubmedBookArticle>", Format.PUBMED),
        (b"<MedlineCitationSet>", Format.PUBMED),
        (b'<!DOCTYPE article [<!ENTITY a "b>c">]><article article-type="x">', Format.JATS),
        (b"<pmc-articleset>", Format.JATS),
        (b'{"id": "a", "text": "b"}\n{"id": "c"}', Format.JSON_LINES),
        (b'{"id": "a", "text": "b"}', Format.JSON_LINES),
        (b'{"id": "a", "text": "cut', Format.JSON_LINES),
        (b'{\n "id": "a"\n}', Format.JSON),
        (b'{"version":"6.9","hitCount":1,"resultList":{"result":[]}}', Format.JSON),
        (b'[{"id": "a"}]', Format.JSON),
        (b"\nPMID- 1\nTI  - T\n", Format.MEDLINE),
        (b"TY  - JOUR\n", Format.RIS),
        (b"Background: we gave cells.", Format.TEXT),
        (b"[Translated title].", Format.TEXT),
        (b"<5% fell ill", Format.TEXT),
    ],
)
def test_format_is_told_from_the_first_bytes(head: bytes, expected: Format) -> None:
    assert detect_format(head) is expected


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE eSearchResult PUBLIC 'x' 'y'><eSearchResult><Count>1", "esearch"),
        (b"<eLinkResult>", "elink"),
        (b"<ePostResult><ERROR>bad</ERROR>", "epost"),
        (b"<eSummaryResult>", "esummary"),
        (b'{"header":{"type":"esearch"},"esearchresult":{"count":"1"}}', "esearch"),
        (b"<project><name>x</name>", "its root is <project>"),
    ],
)
def test_answers_that_hold_no_papers_are_no_papers(head: bytes, message: str) -> None:
    with pytest.raises(NotAPaperError, match=message):
        detect_format(head)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04abc", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary data"),
        (b"We gave\0cells", "binary data: byte 0x00 at position 7"),
        (b"<!DOCTYPE html><html><body>429", "an HTML page"),
        (b"<eFetchResult><ERROR>no", "an efetch answer that tells an error"),
        (b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;', "declares entities"),
        (b"<?xml version='1.0'?>", "without an element"),
        (b" \n\t", "nothing but white space"),
    ],
)
def test_what_cannot_be_read_is_a_failure_and_not_skipped(head: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        detect_format(head)
    assert not isinstance(caught.value, NotAPaperError)


def test_packed_archive_is_named() -> None:
    archive = b"a.xml".ljust(257, b"\x20") + b"ustar" + b" " * 200
    with pytest.raises(ReadError, match="a tar archive"):
        read_papers(gzip.compress(archive), location="x.xml")
