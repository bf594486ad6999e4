"""Front matter of a JATS article as the values ``Paper`` keeps."""

from collections.abc import Iterator

from lxml import etree

from kg.model import Author, Notice, Registration, RelatedNotice
from kg.read.dates import PublicationDate, parse_date
from kg.read.identifiers import find_registration, normalise_doi, normalise_licence, normalise_orcid, normalise_pmid
from kg.read.inline import paragraphs_of, plain
from kg.read.languages import normalise_language
from kg.read.xml_tree import XLINK_HREF, XML_LANG

# The date of the issue counts as in PubMed; the archive's own dates do not.
_DATE_KINDS = ("ppub", "epub-ppub", "pub", "collection", "epub", "")
_TITLE_NOTES = frozenset({"xref", "fn"})
#: ``related-article-type`` (JATS suggested values and those of PMC), as PubMed would tell the tie.
_RELATED = {
    "retracted-article": Notice.RETRACTION_OF,
    "retraction-forward": Notice.RETRACTION_IN,
    "partial-retraction": Notice.PARTIAL_RETRACTION_OF,
    "object-of-concern": Notice.EXPRESSION_OF_CONCERN_FOR,
    "concurrent-pub": Notice.OTHER,
    "corrected-article": Notice.ERRATUM_FOR,
    "correction-forward": Notice.ERRATUM_IN,
    "addended-article": Notice.UPDATE_OF,
    "addendum": Notice.UPDATE_IN,
    "updated-article": Notice.UPDATE_OF,
    "update": Notice.UPDATE_IN,
    "republished-article": Notice.CORRECTED_AND_REPUBLISHED_FROM,
    "commentary-article": Notice.COMMENT_ON,
    "commentary": Notice.COMMENT_IN,
    "letter": Notice.COMMENT_ON,
    "preprint": Notice.PREPRINT_IN,
}
#: ``article-type`` in the words of PubMed's publication types; others stay as they are.
_TYPES = {
    "research-article": "Journal Article",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "case-report": "Case Reports",
    "letter": "Letter",
    "editorial": "Editorial",
    "article-commentary": "Comment",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
    "expression-of-concern": "Expression of Concern",
    "news": "News",
    "preprint": "Preprint",
}


def article_id(meta: etree._Element, *kinds: str) -> str | None:
    """The first article-id of one of the kinds."""
    ids = {element.get("pub-id-type"): plain(element) for element in meta.findall("article-id")}
    return next((ids[kind] for kind in kinds if ids.get(kind)), None)


def title(meta: etree._Element) -> str | None:
    """Title and subtitle without the marks of notes."""
    group = meta.find("title-group")
    parts = [] if group is None else [group.find("article-title"), *group.findall("subtitle")]
    printed = [" ".join(paragraphs_of(part, skip=_TITLE_NOTES)) for part in parts if part is not None]
    return ": ".join(part.rstrip(":") for part in printed if part) or None


def authors(meta: etree._Element) -> tuple[Author, ...]:
    """People and groups in printed order; editors and members listed inside a group are left out."""
    contributors = (each for group in meta.findall("contrib-group") for each in group.findall("contrib"))
    read = (_author(each) for each in contributors if each.get("contrib-type") in {None, "author"})
    return tuple(author for author in read if author is not None)


def publication_date(meta: etree._Element) -> PublicationDate:
    """The date of the issue; where only its year is known, the electronic date of that year."""
    dates = sorted(
        ((kind, date) for element in meta.findall("pub-date") for kind, date in _dated(element) if kind in _DATE_KINDS),
        key=lambda pair: _DATE_KINDS.index(pair[0]),
    )
    if not dates:
        return PublicationDate()
    issue = dates[0][1]
    if issue.printed is not None or issue.iso != str(issue.year):
        return issue
    same_year = [date for _, date in dates if date.year == issue.year and date.printed is None]
    return max(same_year, key=lambda date: len(date.iso or ""))


def publication_types(article: etree._Element) -> tuple[str, ...]:
    """The article type in PubMed's words."""
    kind = article.get("article-type") or ""
    return (_TYPES.get(kind, kind),) if kind else ()


def keywords(meta: etree._Element, *, language: str | None) -> tuple[str, ...]:
    """Keywords in the article's language; lists of abbreviations are none."""
    groups = (
        group
        for group in meta.findall("kwd-group")
        if group.get("kwd-group-type") != "abbreviations"
        and (normalise_language(group.get(XML_LANG)) or language or "en") in {language or "en", "en"}
    )
    found = (plain(element) for group in groups for element in group.iter("kwd", "compound-kwd"))
    return tuple(dict.fromkeys(keyword for keyword in found if keyword))


def registrations(meta: etree._Element) -> tuple[Registration, ...]:
    """Trial registrations that the front matter links (related-object, ext-link); those in prose are read by extraction."""
    printed = (
        *(element.get("document-id") or plain(element) for element in meta.iter("related-object")),
        *(plain(element) for element in meta.iter("ext-link") if "trial" in (element.get("ext-link-type") or "").lower()),
        *(plain(element) for element in meta.iter("ext-link") if "clinicaltrials.gov" in (element.get(XLINK_HREF) or "").lower()),
    )
    found = (find_registration(number) for number in printed)
    return tuple(dict.fromkeys(registration for registration in found if registration is not None))


def notices(meta: etree._Element) -> tuple[RelatedNotice, ...]:
    """Related articles with their DOI or PMID."""
    return tuple(_notice(element) for element in meta.findall("related-article"))


def licence(meta: etree._Element) -> str | None:
    """The first licence that the permissions name by address."""
    for element in meta.findall("permissions/license"):
        addresses = (
            element.get(XLINK_HREF),
            *(plain(each) for each in element.iter("license_ref")),
            *(each.get(XLINK_HREF) for each in element.iter("ext-link", "uri")),
        )
        for address in addresses:
            if address and (named := normalise_licence(address)) is not None:
                return named
    return None


def _author(contributor: etree._Element) -> Author | None:
    names = contributor.find("name")
    if names is None:
        names = contributor.find("name-alternatives/name")
    if names is None:
        group = contributor.find("collab")
        loose = plain(contributor.find("string-name"))
        family = loose if group is None else " ".join(paragraphs_of(group, skip=frozenset({"contrib-group", "xref", "email"})))
        return Author(family=family) if family else None
    family, suffix = plain(names.find("surname")), plain(names.find("suffix"))
    if not family:
        return None
    orcids = (normalise_orcid(plain(each)) for each in contributor.findall("contrib-id") if each.get("contrib-id-type") == "orcid")
    return Author(
        family=f"{family} {suffix}" if suffix else family,
        given=plain(names.find("given-names")) or None,
        orcid=next((orcid for orcid in orcids if orcid is not None), None),
    )


def _dated(element: etree._Element) -> Iterator[tuple[str, PublicationDate]]:
    """Kind and date of a pub-date; older files name the kind in pub-type, newer ones in date-type and publication-format."""
    kind = element.get("pub-type") or element.get("date-type") or ""
    if kind == "pub":
        kind = {"electronic": "epub", "print": "ppub"}.get(element.get("publication-format") or "", "pub")
    names = ("string-date",) if element.find("string-date") is not None else ("year", "season", "month", "day")
    date = parse_date(" ".join(plain(element.find(name)) for name in names))
    if date.year is None:
        date = parse_date(element.get("iso-8601-date"))
    if date.year is not None:
        yield kind, date


def _notice(element: etree._Element) -> RelatedNotice:
    address = element.get(XLINK_HREF)
    is_pubmed = element.get("ext-link-type") in {"pubmed", "pmid"}
    return RelatedNotice(
        kind=_RELATED.get(element.get("related-article-type") or "", Notice.OTHER),
        pmid=normalise_pmid(address) if is_pubmed else None,
        doi=normalise_doi(address),
        citation=plain(element) or None,
    )
