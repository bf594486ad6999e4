"""Europe PMC's search answer in JSON, resultType core.

In: bytes. Out: papers. Format: https://europepmc.org/RestfulWebService ; abstracts are HTML with ``<h4>`` before each part.
"""

from collections.abc import Iterator, Mapping

from kg.errors import NotAPaperError
from kg.model import Author, MeshHeading, Paper, RelatedNotice
from kg.namespaces import sha256_hex
from kg.read.dates import PublicationDate, parse_date
from kg.read.identifiers import normalise_doi, normalise_licence, normalise_orcid, normalise_pmcid, normalise_pmid, paper_id
from kg.read.json_values import items_at, text_at
from kg.read.languages import normalise_language
from kg.read.notices import notice_kind
from kg.read.prose import Part, compose, headed_part, split_labels
from kg.read.running import plain_html, split_html

FORMAT = "europepmc"


def is_europepmc(record: Mapping[str, object]) -> bool:
    """True for one result of a search answer."""
    return isinstance(record.get("source"), str) and "id" in record and "text" not in record


def parse_europepmc(record: Mapping[str, object]) -> Paper:
    """One result.

    Raises:
        NotAPaperError: a result without the fields of resultType core, whose abstract was not asked for.
        ReadError: nothing to tell the record by.
    """
    if "abstractText" not in record and "authorList" not in record and "journalInfo" not in record:
        raise NotAPaperError("a search result without abstract fields", remedy="Ask with resultType=core")
    pmid, pmcid, doi, own_id = _ids(record)
    title = plain_html(text_at(record, "title")) or None
    text, sections = compose(_abstract(text_at(record, "abstractText")))
    authors, date = _authors(record), _date(record)
    return Paper(
        id=paper_id(pmid=pmid, pmcid=pmcid, doi=doi, local_id=own_id, text=text, title=title),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        local_id=own_id,
        title=title,
        text=text,
        sections=sections,
        authors=authors,
        first_author=authors[0].family if authors else None,
        journal=text_at(record, "journalInfo", "journal", "title") or text_at(record, "bookOrReportDetails", "publisher") or None,
        year=date.year,
        date=date.iso,
        date_printed=date.printed,
        language=normalise_language(text_at(record, "language")),
        publication_types=_strings(record, "pubTypeList", "pubType"),
        mesh=tuple(_mesh(heading) for heading in items_at(record, "meshHeadingList", "meshHeading")),
        keywords=_strings(record, "keywordList", "keyword"),
        notices=tuple(_notice(each) for each in items_at(record, "commentCorrectionList", "commentCorrection")),
        licence=normalise_licence(text_at(record, "license")),
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _ids(record: Mapping[str, object]) -> tuple[str | None, str | None, str | None, str | None]:
    """PMID, PMCID, DOI, and the id in its own source where there is none of these (a thesis, a patent)."""
    source, own_id = text_at(record, "source"), text_at(record, "id")
    pmid = normalise_pmid(text_at(record, "pmid") or (own_id if source == "MED" else ""))
    pmcid = normalise_pmcid(text_at(record, "pmcid") or (own_id if source == "PMC" else ""))
    doi = normalise_doi(text_at(record, "doi"))
    has_known = any(each is not None for each in (pmid, pmcid, doi))
    return pmid, pmcid, doi, None if has_known or not own_id else f"{source}-{own_id}"


def _abstract(printed: str) -> Iterator[Part]:
    for heading, paragraphs in split_html(printed):
        if heading is None and len(paragraphs) == 1:
            yield from split_labels(paragraphs[0])
        else:
            yield headed_part(paragraphs, heading)


def _authors(record: Mapping[str, object]) -> tuple[Author, ...]:
    read = (_author(each) for each in items_at(record, "authorList", "author"))
    return tuple(author for author in read if author is not None)


def _author(value: object) -> Author | None:
    family = text_at(value, "lastName")
    if not family:
        group = text_at(value, "collectiveName") or text_at(value, "fullName")
        return Author(family=plain_html(group)) if group else None
    is_orcid = text_at(value, "authorId", "type").upper() == "ORCID"
    return Author(
        family=plain_html(family),
        given=text_at(value, "firstName") or text_at(value, "initials") or None,
        orcid=normalise_orcid(text_at(value, "authorId", "value")) if is_orcid else None,
    )


def _date(record: Mapping[str, object]) -> PublicationDate:
    """The date of the issue, else that of the first publication, else the year."""
    printed = (
        text_at(record, "journalInfo", "dateOfPublication"),
        text_at(record, "firstPublicationDate"),
        text_at(record, "pubYear"),
    )
    dates = (parse_date(each) for each in printed)
    return next((date for date in dates if date.year is not None), PublicationDate())


def _mesh(value: object) -> MeshHeading:
    qualifiers = items_at(value, "meshQualifierList", "meshQualifier")
    return MeshHeading(
        label=text_at(value, "descriptorName"),
        major=any(text_at(each, "majorTopic_YN") == "Y" for each in (value, *qualifiers)),
        qualifiers=tuple(text_at(qualifier, "qualifierName") for qualifier in qualifiers),
    )


def _notice(value: object) -> RelatedNotice:
    return RelatedNotice(
        kind=notice_kind(text_at(value, "type")),
        pmid=normalise_pmid(text_at(value, "id")) if text_at(value, "source") == "MED" else None,
        citation=text_at(value, "reference") or None,
    )


def _strings(record: Mapping[str, object], *path: str) -> tuple[str, ...]:
    return tuple(plain_html(each) for each in items_at(record, *path) if isinstance(each, str) and each.strip())
