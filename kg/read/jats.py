"""JATS XML of PMC: single articles and efetch answers of the database pmc.

In: bytes. Out: papers with the abstract, or abstract and body where asked. Format: NISO Z39.96. Tables, figures, notes and
references are no running text and stay out.
"""

from collections.abc import Iterator

from lxml import etree

from kg.errors import ReadError
from kg.model import Paper, TextKind
from kg.namespaces import sha256_hex
from kg.read import jats_fields as fields
from kg.read.identifiers import normalise_doi, normalise_pmcid, normalise_pmid, paper_id
from kg.read.inline import plain
from kg.read.jats_text import read_abstracts, read_body
from kg.read.languages import normalise_language
from kg.read.outcome import Frame
from kg.read.prose import compose
from kg.read.streams import Source
from kg.read.xml_frames import Layout, split_records
from kg.read.xml_tree import XML_LANG, parse_record

FORMAT = "jats"
#: The value that the JATS schemas give to xml:lang where an article has none.
_DEFAULT_LANGUAGE = "en"
LAYOUT = Layout(sets=frozenset({"pmc-articleset", "articles", "collection"}), records=("article",))


def split_jats(source: Source) -> Iterator[Frame]:
    """The articles of a file."""
    return split_records(source, LAYOUT)


def parse_jats(frame: Frame, *, body: bool = False) -> Paper:
    """One article; with ``body`` its text is the abstract followed by the body, and its kind full text.

    Raises:
        ReadError: malformed XML, or no front matter.
    """
    article = parse_record(frame.data, declarations=frame.declarations)
    meta = article.find("front/article-meta")
    if meta is None:
        raise ReadError("no front matter", remedy="Give the whole article")
    language = normalise_language(article.get(XML_LANG) or _DEFAULT_LANGUAGE)
    abstracts, full_text = read_abstracts(meta, language=language), read_body(article) if body else ()
    text, sections = compose([*abstracts.main, *full_text])
    pmid, pmcid, doi = _ids(meta)
    title, authors, date = fields.title(meta), fields.authors(meta), fields.publication_date(meta)
    return Paper(
        id=paper_id(pmid=pmid, pmcid=pmcid, doi=doi, text=text, title=title),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=title,
        text=text,
        text_kind=TextKind.FULL_TEXT if full_text else TextKind.ABSTRACT,
        sections=sections,
        authors=authors,
        first_author=authors[0].family if authors else None,
        journal=plain(article.find("front/journal-meta//journal-title")) or None,
        year=date.year,
        date=date.iso,
        date_printed=date.printed,
        language=language,
        publication_types=fields.publication_types(article),
        keywords=fields.keywords(meta, language=language),
        registrations=fields.registrations(meta),
        notices=fields.notices(meta),
        other_abstracts=abstracts.others,
        licence=fields.licence(meta),
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _ids(meta: etree._Element) -> tuple[str | None, str | None, str | None]:
    """PMID, PMCID, DOI; PMC names its own id "pmcid" in newer files and "pmc" in older ones."""
    return (
        normalise_pmid(fields.article_id(meta, "pmid")),
        normalise_pmcid(fields.article_id(meta, "pmcid", "pmc")),
        normalise_doi(fields.article_id(meta, "doi")),
    )
