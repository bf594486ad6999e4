"""What a file is, told from its first bytes and never from its name."""

import re
from enum import StrEnum

from kg.errors import NotAPaperError, ReadError
from kg.read import jats, medline, pubmed, ris
from kg.read.xml_frames import find_root


class Format(StrEnum):
    """How the records of a file are written."""

    PUBMED = "pubmed"
    JATS = "jats"
    JSON = "json"
    JSON_LINES = "jsonl"
    MEDLINE = "medline"
    RIS = "ris"
    TEXT = "text"


_MAGIC = {
    b"%PDF": ("a PDF", "Fetch the record as XML, or save its text"),
    b"PK\x03\x04": ("a zip archive", "Unpack it first"),
    b"\xfd7zXZ": ("an xz archive", "Unpack it first"),
    b"BZh": ("a bzip2 archive", "Unpack it first"),
    b"{\\rtf": ("a word processor's file", "Save it as plain text"),
}
_SERVICE_ROOTS = {
    "eSearchResult": "a search answer (esearch)",
    "eLinkResult": "a list of links (elink)",
    "ePostResult": "an answer to an upload of ids (epost)",
    "eSummaryResult": "summaries without abstracts (esummary)",
    "eInfoResult": "a description of databases (einfo)",
    "eSpellResult": "a spelling suggestion (espell)",
    "Result": "counts per database (egquery)",
    "eCitMatchResult": "an answer to a citation match (ecitmatch)",
}
_PUBMED_ROOTS = pubmed.LAYOUT.sets | pubmed.OLD_LAYOUT.sets | {*pubmed.LAYOUT.records, *pubmed.OLD_LAYOUT.records}
_JATS_ROOTS = jats.LAYOUT.sets | set(jats.LAYOUT.records)
_SERVICE_KEYS = {"esearchresult": "a search answer (esearch)", "linksets": "a list of links (elink)"}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(rb"<(?:[?!]|[A-Za-z_][\w:.-]*[\s/>])")


def detect_format(head: bytes) -> Format:
    """The format of a file that begins with these bytes, in UTF-8.

    Raises:
        NotAPaperError: a search answer, a list of links, XML of another kind.
        ReadError: an archive, a PDF, an HTML page, binary data, nothing but white space.
    """
    _refuse_archives(head)
    start = head.lstrip()
    if not start:
        raise ReadError("nothing but white space")
    if start.startswith(b"<") and _MARKUP.match(start):
        return _detect_xml(head)
    if start.startswith((b"{", b"[")) and _looks_like_json(start):
        return _detect_json(start)
    if start.startswith(medline.START):
        return Format.MEDLINE
    if start.startswith(ris.START):
        return Format.RIS
    _refuse_binary(head)
    return Format.TEXT


def _refuse_archives(head: bytes) -> None:
    for magic, (kind, remedy) in _MAGIC.items():
        if head.startswith(magic):
            raise ReadError(f"{kind}, not a paper in text form", remedy=remedy)
    if head[257:262] == b"ustar":
        raise ReadError("a tar archive, not a paper in text form", remedy="Unpack it first")


def _refuse_binary(head: bytes) -> None:
    found = _CONTROL.search(head)
    if found is not None:
        raise ReadError(f"binary data: byte 0x{found[0].hex()} at position {found.start()}", remedy="Give text, XML or JSON in UTF-8")


def _detect_xml(head: bytes) -> Format:
    root = find_root(head)
    if root is None:
        raise ReadError("XML without an element in its first 64 KiB")
    name = root[0]
    if name in _PUBMED_ROOTS:
        return Format.PUBMED
    if name in _JATS_ROOTS:
        return Format.JATS
    if name in _SERVICE_ROOTS:
        raise NotAPaperError(_SERVICE_ROOTS[name])
    if name.lower() == "html":
        raise ReadError("an HTML page", remedy="Save its text, or fetch the record as XML")
    if name == "eFetchResult":
        raise ReadError("an efetch answer that tells an error instead of records", remedy="Fetch again")
    if b"<!ENTITY" in head:
        raise ReadError(f"XML that declares entities around an unknown <{name}>; entities are never expanded")
    raise NotAPaperError(f"XML of a kind no reader knows: its root is <{name}>")


def _looks_like_json(start: bytes) -> bool:
    """True unless a bracket opens prose, as in the title of a translated paper."""
    return re.match(rb"\{\s*[\"}]|\[\s*[\[{\"\]\d]|[{\[]\s*$", start) is not None


def _detect_json(start: bytes) -> Format:
    for key, kind in _SERVICE_KEYS.items():
        if re.search(rb"\"" + key.encode() + rb"\"\s*:\s*[\[{]", start[:4096]):
            raise NotAPaperError(kind)
    if start.startswith(b"[") or re.search(rb"\"(?:resultList|hitCount)\"\s*:", start[:8192]):
        return Format.JSON
    first, _, rest = start.partition(b"\n")
    is_line = first.rstrip().endswith(b"}") or rest.lstrip().startswith(b"{") or (len(first) > 2 and not rest)
    return Format.JSON_LINES if is_line else Format.JSON
