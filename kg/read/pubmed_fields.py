"""Fields of a PubMed record (NLM's PubMed DTD) as the values ``Paper`` keeps."""

import re
from collections.abc import Iterator

from lxml import etree

from kg.model import Author, MeshHeading, OtherAbstract, Registration, RelatedNotice
from kg.read.dates import PublicationDate, parse_date
from kg.read.identifiers import find_registration, normalise_doi, normalise_orcid, normalise_pmid
from kg.read.inline import paragraphs_of, plain
from kg.read.languages import normalise_language
from kg.read.notices import notice_kind
from kg.read.prose import Part, compose, headed_part

_DOI_IN_CITATION = re.compile(r"doi:\s*(10\.\S+)", re.IGNORECASE)


def abstract_parts(abstract: etree._Element | None) -> Iterator[Part]:
    """One part per AbstractText, with its Label and NlmCategory."""
    for text in [] if abstract is None else abstract.findall("AbstractText"):
        yield headed_part(paragraphs_of(text), text.get("Label"), category=text.get("NlmCategory"))


def other_abstracts(record: etree._Element) -> tuple[OtherAbstract, ...]:
    """Abstracts in other languages or from other sources."""
    read = (
        OtherAbstract(language=normalise_language(each.get("Language")), source=each.get("Type"), text=compose(abstract_parts(each))[0])
        for each in record.findall(".//OtherAbstract")
    )
    return tuple(abstract for abstract in read if abstract.text)


def authors(lists: list[etree._Element]) -> tuple[Author, ...]:
    """People and groups in printed order; names that NLM marks as not valid stand corrected beside and are left out."""
    return tuple(
        author
        for each in lists
        if each.get("Type") != "editors"
        for element in each.findall("Author")
        if element.get("ValidYN") != "N" and (author := _author(element)) is not None
    )


def mesh_headings(citation: etree._Element) -> tuple[MeshHeading, ...]:
    """MeSH headings; one is major when its descriptor or any of its qualifiers is."""
    return tuple(
        MeshHeading(
            ui=descriptor.get("UI"),
            label=plain(descriptor),
            major=any(part.get("MajorTopicYN") == "Y" for part in heading.iterchildren(etree.Element)),
            qualifiers=tuple(plain(qualifier) for qualifier in heading.findall("QualifierName")),
        )
        for heading in citation.findall("MeshHeadingList/MeshHeading")
        if (descriptor := heading.find("DescriptorName")) is not None
    )


def notices(citation: etree._Element) -> tuple[RelatedNotice, ...]:
    """Corrections, retractions, comments (CommentsCorrections); the plain reference list is not among them."""
    return tuple(_notice(each) for each in citation.findall("CommentsCorrectionsList/CommentsCorrections"))


def registrations(article: etree._Element) -> tuple[Registration, ...]:
    """Trial registrations out of the DataBankList; accession numbers of sequences and structures are left out."""
    found = (
        find_registration(plain(number), databank=plain(bank.find("DataBankName")))
        for bank in article.findall("DataBankList/DataBank")
        for number in bank.findall("AccessionNumberList/AccessionNumber")
    )
    return tuple(registration for registration in found if registration is not None)


def publication_date(element: etree._Element | None) -> PublicationDate:
    """The date of a PubDate, ArticleDate or ContributionDate: parts, season, or MedlineDate as printed."""
    if element is None:
        return PublicationDate()
    names = ("MedlineDate",) if element.find("MedlineDate") is not None else ("Year", "Season", "Month", "Day")
    return parse_date(" ".join(plain(element.find(name)) for name in names))


def texts(parent: etree._Element, path: str) -> tuple[str, ...]:
    """The text of each element at the path, empty ones left out."""
    return tuple(text for element in parent.findall(path) if (text := plain(element)))


def article_id(record: etree._Element, kind: str) -> str | None:
    """An id of the record itself from its ArticleIdList; the lists inside references are not looked at."""
    for path in ("PubmedData/ArticleIdList/ArticleId", "PubmedBookData/ArticleIdList/ArticleId", "BookDocument/ArticleIdList/ArticleId"):
        for element in record.findall(path):
            if element.get("IdType") == kind and plain(element):
                return plain(element)
    return None


def _author(element: etree._Element) -> Author | None:
    family, group = plain(element.find("LastName")), plain(element.find("CollectiveName"))
    if not family:
        return Author(family=group) if group else None
    suffix = plain(element.find("Suffix"))
    orcids = (normalise_orcid(plain(each)) for each in element.findall("Identifier") if (each.get("Source") or "").upper() == "ORCID")
    return Author(
        family=f"{family} {suffix}" if suffix else family,
        given=plain(element.find("ForeName")) or plain(element.find("Initials")) or None,
        orcid=next((orcid for orcid in orcids if orcid is not None), None),
    )


def _notice(element: etree._Element) -> RelatedNotice:
    citation = plain(element.find("RefSource"))
    doi = _DOI_IN_CITATION.search(citation)
    return RelatedNotice(
        kind=notice_kind(element.get("RefType") or ""),
        pmid=normalise_pmid(plain(element.find("PMID"))),
        doi=None if doi is None else normalise_doi(doi[1]),
        citation=citation or None,
    )
