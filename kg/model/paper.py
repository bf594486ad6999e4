"""A publication with one text to read."""

from pydantic import Field

from kg.model.base import Record
from kg.model.closed import Notice, SectionLabel, TextKind


class Span(Record):
    """A half-open range of code points in ``Paper.text``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Quote(Span):
    """A span with the text it covers."""

    text: str


class Section(Span):
    """A rhetorical part of the abstract, its printed heading included."""

    label: SectionLabel


class Author(Record):
    """One author in printed order; a group has only ``family``."""

    family: str
    given: str | None = None
    #: Sixteen digits with hyphens, no URL.
    orcid: str | None = None


class Registration(Record):
    """A trial registration number as printed, with the registry's short name where it is known."""

    number: str
    registry: str | None = None


class MeshHeading(Record):
    """A MeSH heading that NLM indexers gave the paper."""

    #: Descriptor unique id, "D006086".
    ui: str | None = None
    label: str
    major: bool = False
    qualifiers: tuple[str, ...] = ()


class RelatedNotice(Record):
    """A correction, retraction, comment or other record tied to a paper."""

    kind: Notice
    pmid: str | None = None
    doi: str | None = None
    #: Citation as printed, such as "J Clin Oncol. 2017;35:1".
    citation: str | None = None


class OtherAbstract(Record):
    """An abstract in another language or from another source, kept but not extracted."""

    language: str | None = None
    source: str | None = None
    text: str


class Paper(Record):
    """A publication with one text to read.

    ``text`` is the main-language abstract, NFC, one ``LABEL: `` per labelled section, parts joined by one newline,
    white space collapsed. It is empty when the record has no abstract.
    """

    #: First known of pmid-…, pmcid-…, doi-…, the id of a JSON line, else text-<16 hex of the text's SHA-256>.
    id: str
    pmid: str | None = None
    #: "PMC1234567".
    pmcid: str | None = None
    #: Lower case, no URL.
    doi: str | None = None
    #: The ``id`` of a JSON line; evaluation pairs records by it.
    local_id: str | None = None
    title: str | None = None
    text: str
    text_kind: TextKind = TextKind.ABSTRACT
    #: Sections that the source itself marks; empty when it marks none.
    sections: tuple[Section, ...] = ()
    authors: tuple[Author, ...] = ()
    first_author: str | None = None
    journal: str | None = None
    year: int | None = None
    #: ISO 8601 with what is known: "2016", "2016-08", "2016-08-20".
    date: str | None = None
    #: The printed date where ISO cannot hold it, such as "2009 Winter".
    date_printed: str | None = None
    language: str | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    keywords: tuple[str, ...] = ()
    registrations: tuple[Registration, ...] = ()
    notices: tuple[RelatedNotice, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    #: Licence of the text, an SPDX id or URL; without one only quotes may be shown.
    licence: str | None = None
    #: Name of the reader: pubmed, jats, europepmc, medline, ris, jsonl, text.
    source_format: str
    #: SHA-256 of ``text`` in UTF-8, hex.
    sha256: str

    @property
    def is_retracted(self) -> bool:
        """True when the record says that this very paper was retracted as a whole."""
        return "Retracted Publication" in self.publication_types or any(n.kind is Notice.RETRACTION_IN for n in self.notices)
