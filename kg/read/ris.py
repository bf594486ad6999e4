"""RIS, as reference managers and databases export it.

In: bytes. Out: papers. Tags differ between exporters; each value is looked for under all the tags that carry it.
"""

import re
from collections.abc import Iterator, Sequence

from kg.model import Author, Paper
from kg.namespaces import sha256_hex
from kg.read.dates import PublicationDate, parse_date
from kg.read.identifiers import normalise_doi, normalise_pmcid, normalise_pmid, paper_id
from kg.read.languages import normalise_language
from kg.read.outcome import Frame
from kg.read.prose import compose, split_labels
from kg.read.running import plain_html
from kg.read.streams import Source, split_lines
from kg.read.tagged import Field, all_texts, first_text, parse_fields, split_tagged

FORMAT = "ris"
START = b"TY  -"
END = b"ER  -"
_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: |$)")
_PUBMED_ADDRESS = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d+)")
_PMCID = re.compile(r"\bPMC\d+\b")
_PMID_NOTE = re.compile(r"PMID:? *(\d{1,8})\b|(\d{1,8})\[PMID\]")
#: RIS types of papers in the words of PubMed's publication types.
_TYPES = {"JOUR": "Journal Article", "EJOUR": "Journal Article", "JFULL": "Journal Article", "PREPRINT": "Preprint", "UNPB": "Preprint"}


def split_ris(source: Source) -> Iterator[Frame]:
    """The records of a file."""
    return split_tagged(split_lines(source), start=START, end=END)


def parse_ris(frame: Frame) -> Paper:
    """One record.

    Raises:
        ReadError: bytes that are not UTF-8, or nothing to tell the record by.
    """
    fields = parse_fields(frame.data, tag=_TAG)
    pmid, pmcid, doi = _pmid(fields), _pmcid(fields), _doi(fields)
    title = plain_html(first_text(fields, "TI", "T1", "CT") or "") or None
    text, sections = compose(split_labels(plain_html(first_text(fields, "AB", "N2") or "")))
    authors, date = tuple(_author(name) for name in all_texts(fields, "AU", "A1")), _date(fields)
    kind = first_text(fields, "TY") or ""
    return Paper(
        id=paper_id(pmid=pmid, pmcid=pmcid, doi=doi, text=text, title=title),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=title,
        text=text,
        sections=sections,
        authors=authors,
        first_author=authors[0].family if authors else None,
        journal=first_text(fields, "JF", "JO", "T2", "JA", "J2"),
        year=date.year,
        date=date.iso,
        date_printed=date.printed,
        language=normalise_language(first_text(fields, "LA")),
        publication_types=(_TYPES.get(kind, kind),) if kind else (),
        keywords=tuple(plain_html(keyword) for keyword in all_texts(fields, "KW")),
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _pmid(fields: Sequence[Field]) -> str | None:
    """From a PubMed address, a note "PMID: 1", or the accession number of a record that says it is from PubMed or MEDLINE."""
    for text in all_texts(fields, "UR", "L2", "LK"):
        if (address := _PUBMED_ADDRESS.search(text)) is not None:
            return address[1]
    for text in all_texts(fields, "N1", "C1", "C2", "AN", "ID"):
        if (note := _PMID_NOTE.search(text)) is not None:
            return note[1] or note[2]
    origin = " ".join(all_texts(fields, "DB", "DP")).lower()
    return normalise_pmid(first_text(fields, "AN", "ID")) if "pubmed" in origin or "medline" in origin else None


def _pmcid(fields: Sequence[Field]) -> str | None:
    found = (_PMCID.search(text) for text in all_texts(fields, "C2", "C1", "N1", "UR", "AN"))
    return next((normalise_pmcid(each[0]) for each in found if each is not None), None)


def _doi(fields: Sequence[Field]) -> str | None:
    addresses = (text for text in all_texts(fields, "UR", "L2", "M3", "N1") if "doi" in text.lower())
    return normalise_doi(first_text(fields, "DO")) or next((doi for text in addresses if (doi := normalise_doi(text))), None)


def _date(fields: Sequence[Field]) -> PublicationDate:
    """The fullest of DA, PY and Y1 in the year that PY states."""
    dates = [parse_date(text) for tag in ("PY", "Y1", "DA") for text in all_texts(fields, tag)]
    known = [date for date in dates if date.year is not None]
    same_year = [date for date in known if date.year == known[0].year and date.printed is None]
    return max(same_year, key=lambda date: len(date.iso or "")) if same_year else next(iter(known), PublicationDate())


def _author(name: str) -> Author:
    family, _, rest = name.partition(",")
    given, _, suffix = (part.strip() for part in rest.partition(","))
    return Author(family=f"{family.strip()} {suffix}".strip(), given=given or None)
