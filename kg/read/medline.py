"""MEDLINE display format of PubMed (.nbib, "PubMed" text).

In: bytes. Out: papers. Tags: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format. A record ends where the next begins, so that
a file cut in the middle cannot be told from a whole one.
"""

import re
from collections.abc import Iterator, Sequence

from kg.errors import ReadError
from kg.model import Author, MeshHeading, Notice, OtherAbstract, Paper, Registration, RelatedNotice
from kg.namespaces import sha256_hex
from kg.read.dates import parse_date
from kg.read.identifiers import find_registration, normalise_doi, normalise_orcid, normalise_pmcid, normalise_pmid, paper_id
from kg.read.languages import normalise_language
from kg.read.outcome import Frame
from kg.read.prose import compose, split_labels
from kg.read.running import plain_html
from kg.read.streams import Source, split_lines
from kg.read.tagged import Field, all_texts, first_text, parse_fields, split_tagged

FORMAT = "medline"
START = b"PMID- "
_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- ?")
_NOTICES = {
    "CIN": Notice.COMMENT_IN, "CON": Notice.COMMENT_ON, "EIN": Notice.ERRATUM_IN, "EFR": Notice.ERRATUM_FOR,
    "CRI": Notice.CORRECTED_AND_REPUBLISHED_IN, "CRF": Notice.CORRECTED_AND_REPUBLISHED_FROM, "RIN": Notice.RETRACTION_IN,
    "ROF": Notice.RETRACTION_OF, "PRIN": Notice.PARTIAL_RETRACTION_IN, "PROF": Notice.PARTIAL_RETRACTION_OF,
    "ECI": Notice.EXPRESSION_OF_CONCERN_IN, "ECF": Notice.EXPRESSION_OF_CONCERN_FOR, "RRI": Notice.RETRACTED_AND_REPUBLISHED_IN,
    "RRF": Notice.RETRACTED_AND_REPUBLISHED_FROM, "UIN": Notice.UPDATE_IN, "UOF": Notice.UPDATE_OF, "SPIN": Notice.OTHER,
    "ORI": Notice.OTHER, "RPI": Notice.OTHER, "RPF": Notice.OTHER,
}  # fmt: skip
_PMID_IN_CITATION = re.compile(r"PMID: *(\d+)")
_DOI_IN_CITATION = re.compile(r"doi: *(10\.\S+)", re.IGNORECASE)


def split_medline(source: Source) -> Iterator[Frame]:
    """The records of a file."""
    return split_tagged(split_lines(source), start=START)


def parse_medline(frame: Frame) -> Paper:
    """One record.

    Raises:
        ReadError: no PMID, or bytes that are not UTF-8.
    """
    fields = parse_fields(frame.data, tag=_TAG)
    pmid = normalise_pmid(first_text(fields, "PMID"))
    if pmid is None:
        raise ReadError("no PMID", remedy="Export the record again")
    pmcid, doi = normalise_pmcid(first_text(fields, "PMC")), _doi(fields)
    text, sections = compose(split_labels(plain_html(first_text(fields, "AB") or "")))
    authors, date = _authors(fields), parse_date(first_text(fields, "DP"))
    return Paper(
        id=paper_id(pmid=pmid, pmcid=pmcid, doi=doi),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=plain_html(first_text(fields, "TI", "BTI", "TT") or "") or None,
        text=text,
        sections=sections,
        authors=authors,
        first_author=authors[0].family if authors else None,
        journal=first_text(fields, "JT", "TA"),
        year=date.year,
        date=date.iso,
        date_printed=date.printed,
        language=_language(all_texts(fields, "LA")),
        publication_types=all_texts(fields, "PT"),
        mesh=tuple(_mesh(heading) for heading in all_texts(fields, "MH")),
        keywords=tuple(plain_html(keyword).lstrip("*") for keyword in all_texts(fields, "OT")),
        registrations=_registrations(fields),
        notices=tuple(_notice(field) for field in fields if field.tag in _NOTICES),
        other_abstracts=_other_abstracts(fields),
        source_format=FORMAT,
        sha256=sha256_hex(text),
    )


def _doi(fields: Sequence[Field]) -> str | None:
    return next((normalise_doi(each) for each in all_texts(fields, "LID", "AID") if each.endswith("[doi]")), None)


def _authors(fields: Sequence[Field]) -> tuple[Author, ...]:
    """Full names where given (FAU), else short ones (AU); AUID belongs to the name before it, CN is a group."""
    name_tag = "FAU" if any(field.tag == "FAU" for field in fields) else "AU"
    authors: list[Author] = []
    for field in fields:
        if field.tag == name_tag and field.text:
            family, _, given = field.text.partition(", ") if name_tag == "FAU" else field.text.rpartition(" ")
            authors.append(Author(family=family or given, given=given if family and given else None))
        elif field.tag == "CN" and field.text:
            authors.append(Author(family=field.text))
        elif field.tag == "AUID" and authors and authors[-1].orcid is None:
            authors[-1] = authors[-1].model_copy(update={"orcid": normalise_orcid(field.text)})
    return tuple(authors)


def _mesh(printed: str) -> MeshHeading:
    """Heading and qualifiers of "Sequence Analysis, Protein/*methods"; a star marks what is major."""
    label, *qualifiers = printed.split("/")
    return MeshHeading(label=label.lstrip("*"), major="*" in printed, qualifiers=tuple(qualifier.lstrip("*") for qualifier in qualifiers))


def _registrations(fields: Sequence[Field]) -> tuple[Registration, ...]:
    """SI fields: "ClinicalTrials.gov/NCT00000000"; databanks without a number, and of sequences, are left out."""
    pairs = (printed.partition("/") for printed in all_texts(fields, "SI"))
    found = (find_registration(number, databank=bank) for bank, _, number in pairs)
    return tuple(registration for registration in found if registration is not None)


def _notice(field: Field) -> RelatedNotice:
    pmid, doi = _PMID_IN_CITATION.search(field.text), _DOI_IN_CITATION.search(field.text)
    return RelatedNotice(
        kind=_NOTICES[field.tag],
        pmid=None if pmid is None else pmid[1],
        doi=None if doi is None else normalise_doi(doi[1]),
        citation=_PMID_IN_CITATION.sub("", field.text).strip() or None,
    )


def _other_abstracts(fields: Sequence[Field]) -> tuple[OtherAbstract, ...]:
    """OAB fields, "Publisher: text", each followed by its language in OABL."""
    found: list[OtherAbstract] = []
    for field in fields:
        if field.tag == "OAB" and field.text:
            source, colon, text = field.text.partition(": ")
            is_source = bool(colon) and " " not in source
            found.append(OtherAbstract(source=source if is_source else None, text=plain_html(text if is_source else field.text)))
        elif field.tag == "OABL" and found:
            found[-1] = found[-1].model_copy(update={"language": normalise_language(field.text)})
    return tuple(found)


def _language(codes: tuple[str, ...]) -> str | None:
    return normalise_language("eng" if "eng" in codes else next(iter(codes), None))
