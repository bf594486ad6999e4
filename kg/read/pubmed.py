"""PubMed XML: efetch answers, baseline and update files, book records.

In: bytes. Out: papers. Format: https://dtd.nlm.nih.gov/ncbi/pubmed/ ; records are cut out before parsing, so that a file of
30,000 streams and one bad record does not cost its neighbours.
"""

from collections.abc import Iterator

from lxml import etree

from kg.errors import NotAPaperError, ReadError
from kg.model import Paper
from kg.namespaces import sha256_hex
from kg.read import pubmed_fields as fields
from kg.read.dates import PublicationDate
from kg.read.identifiers import normalise_doi, normalise_pmcid, normalise_pmid, paper_id
from kg.read.inline import plain
from kg.read.languages import normalise_language
from kg.read.outcome import Frame
from kg.read.prose import compose
from kg.read.streams import Source
from kg.read.xml_frames import Layout, split_records
from kg.read.xml_tree import parse_record

FORMAT = "pubmed"
_SETS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet"})
LAYOUT = Layout(sets=_SETS, records=("PubmedArticle", "PubmedBookArticle", "DeleteCitation"))
#: Roots of baseline files before 2016.
OLD_LAYOUT = Layout(sets=frozenset({"MedlineCitationSet"}), records=("MedlineCitation", "DeleteCitation"))


def split_pubmed(source: Source) -> Iterator[Frame]:
    """The records of a file."""
    return split_records(source, OLD_LAYOUT if b"<MedlineCitationSet" in source.head else LAYOUT)


def parse_pubmed(frame: Frame) -> Paper:
    """One PubmedArticle or PubmedBookArticle.

    Raises:
        ReadError: malformed XML, or no PMID.
        NotAPaperError: a list of deleted records, as update files carry.
    """
    record = parse_record(frame.data)
    if record.tag == "DeleteCitation":
        raise NotAPaperError(f"a list of {len(record.findall('PMID'))} deleted records")
    if record.tag == "PubmedBookArticle":
        return _book_paper(record)
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    article = None if citation is None else citation.find("Article")
    if citation is None or article is None:
        raise ReadError("no MedlineCitation with an Article", remedy="Fetch the record again")
    return _article_paper(record, citation, article)


def _article_paper(record: etree._Element, citation: etree._Element, article: etree._Element) -> Paper:
    pmid, doi = _pmid(citation), _doi(record, article)
    pmcid = normalise_pmcid(fields.article_id(record, "pmc"))
    text, sections = compose(fields.abstract_parts(article.find("Abstract")))
    authors, date = fields.authors(article.findall("AuthorList")), _article_date(article)
    return Paper(
        id=paper_id(pmid=pmid, pmcid=pmcid, doi=doi),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=plain(article.find("ArticleTitle")) or plain(article.find("VernacularTitle")) or None,
        text=text,
        sections=sections,
        authors=authors,
        first_author=authors[0].family if authors else None,
        journal=plain(article.find("Journal/Title")) or plain(article.find("Journal/ISOAbbreviation")) or None,
        year=date.year,
        date=date.iso,
        date_printed=date.printed,
        language=_language(fields.texts(article, "Language")),
        publication_types=fields.texts(article, "PublicationTypeList/PublicationType"),
        mesh=fields.mesh_headings(citation),
        keywords=fields.texts(citation, "KeywordList/Keyword"),
        registrations=fields.registrations(article),
        notices=fields.notices(citation),
        other_abstracts=fields.other_abstracts(citation),
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _book_paper(record: etree._Element) -> Paper:
    document = record.find("BookDocument")
    if document is None:
        raise ReadError("no BookDocument", remedy="Fetch the record again")
    pmid, doi = _pmid(document), normalise_doi(fields.article_id(record, "doi"))
    text, sections = compose(fields.abstract_parts(document.find("Abstract")))
    authors = fields.authors(document.findall("AuthorList")) or fields.authors(document.findall("Book/AuthorList"))
    dates = (fields.publication_date(document.find(path)) for path in ("ContributionDate", "Book/PubDate"))
    date = next((each for each in dates if each.year is not None), PublicationDate())
    chapter, book = plain(document.find("ArticleTitle")), plain(document.find("Book/BookTitle"))
    return Paper(
        id=paper_id(pmid=pmid, pmcid=None, doi=doi),
        pmid=pmid,
        doi=doi,
        title=chapter or book or None,
        text=text,
        sections=sections,
        authors=authors,
        first_author=authors[0].family if authors else None,
        journal=book if chapter and book else None,
        year=date.year,
        date=date.iso,
        date_printed=date.printed,
        language=_language(fields.texts(document, "Language")),
        publication_types=fields.texts(document, "PublicationType"),
        keywords=fields.texts(document, "KeywordList/Keyword"),
        other_abstracts=fields.other_abstracts(document),
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _pmid(citation: etree._Element) -> str:
    pmid = normalise_pmid(plain(citation.find("PMID")))
    if pmid is None:
        raise ReadError("no PMID", remedy="Fetch the record again")
    return pmid


def _doi(record: etree._Element, article: etree._Element) -> str | None:
    located = (plain(each) for each in article.findall("ELocationID") if each.get("EIdType") == "doi" and each.get("ValidYN") != "N")
    return normalise_doi(next(located, None)) or normalise_doi(fields.article_id(record, "doi"))


def _article_date(article: etree._Element) -> PublicationDate:
    """The date of the issue; the electronic date where the issue has none."""
    dates = (fields.publication_date(article.find(path)) for path in ("Journal/JournalIssue/PubDate", "ArticleDate"))
    return next((date for date in dates if date.year is not None), PublicationDate())


def _language(codes: tuple[str, ...]) -> str | None:
    """English where it is among them: that is the language of the abstract."""
    return normalise_language("eng" if "eng" in codes else next(iter(codes), None))
