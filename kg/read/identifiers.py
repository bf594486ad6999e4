"""Identifiers in one spelling each, whatever a source prints around them."""

import re
from urllib.parse import quote, unquote

from kg.errors import ReadError
from kg.model import Registration
from kg.namespaces import sha256_hex

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PMID = re.compile(r"(?:pmid:?\s*|https?://\S*?/)?0*([1-9]\d{0,7})/?", re.IGNORECASE)
_PMCID = re.compile(r"(?:.*/)?(?:pmc)?0*([1-9]\d{0,8})(?:\.\d+)?/?", re.IGNORECASE)
_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])(?![\dXx])")
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3}))?\b", re.IGNORECASE)
_CC_WORDS = re.compile(r"cc[ -]?(0|by(?:[ -](?:nc|nd|sa))*)(?:[ -](\d\.\d))?", re.IGNORECASE)

#: Form of the registration number, by short name of the registry (ICTRP primary registries and ClinicalTrials.gov).
_REGISTRIES: dict[str, re.Pattern[str]] = {
    name: re.compile(form, re.IGNORECASE)
    for name, form in {
        "ClinicalTrials.gov": r"NCT\s?\d{8}",
        "ISRCTN": r"ISRCTN\s?\d{5,8}",
        "EudraCT": r"(?:EudraCT\D{0,10})?\d{4}-\d{6}-\d{2}(?:-\d{2})?",
        "ANZCTR": r"ACTRN\s?\d{14}p?",
        "ChiCTR": r"ChiCTR[\w-]+",
        "CTRI": r"CTRI/[\d/]+",
        "CRiS": r"KCT\s?\d{7}",
        "DRKS": r"DRKS\s?\d{8}",
        "IRCT": r"IRCT\w+",
        "JapicCTI": r"JapicCTI-?\d+",
        "jRCT": r"jRCTs?\d+",
        "JMACCT": r"JMA-IIA\d+",
        "NTR": r"(?:NTR|NL)\s?\d{2,5}",
        "PACTR": r"PACTR\d+",
        "ReBec": r"RBR-\w+",
        "SLCTR": r"SLCTR/[\d/]+",
        "TCTR": r"TCTR\d+",
        "UMIN-CTR": r"UMIN\s?\d{9}",
    }.items()
}


def normalise_doi(printed: str | None) -> str | None:
    """The DOI in lower case without resolver or prefix, None where there is none."""
    found = _DOI.search(unquote(printed or ""))
    return None if found is None else found[0].rstrip(".,;").lower()


def normalise_pmid(printed: str | None) -> str | None:
    """The digits of a PMID, None where the text is none."""
    found = _PMID.fullmatch((printed or "").strip())
    return None if found is None else found[1]


def normalise_pmcid(printed: str | None) -> str | None:
    """The id as PMC and digits, without version; None where the text is no PMCID."""
    found = _PMCID.fullmatch((printed or "").strip())
    return None if found is None else "PMC" + found[1]


def normalise_orcid(printed: str | None) -> str | None:
    """Sixteen digits in four groups, out of any URL form; None where the text holds none."""
    found = _ORCID.search(printed or "")
    return None if found is None else "-".join(found.groups()).upper()


def paper_id(
    *, pmid: str | None, pmcid: str | None, doi: str | None, local_id: str | None = None, text: str = "", title: str | None = None
) -> str:
    """The first known of PMID, PMCID, DOI and local id, else a hash of the text (of the title where there is no text).

    Raises:
        ReadError: nothing at all to tell the paper by.
    """
    if pmid is not None:
        return f"pmid-{pmid}"
    if pmcid is not None:
        return f"pmcid-{pmcid}"
    if doi is not None:
        return f"doi-{quote(doi, safe='')}"
    if local_id is not None:
        return local_id
    if not text and not title:
        raise ReadError("neither an identifier nor a title nor a text", remedy="Give the record a PMID, a DOI or an abstract")
    return f"text-{sha256_hex(text or title or '')[:16]}"


def normalise_licence(printed: str | None) -> str | None:
    """An SPDX id for Creative Commons licences ("CC-BY" where no version is given), else a URL as it is, else None."""
    text = (printed or "").strip()
    found = _CREATIVE_COMMONS.search(text)
    if found is not None:
        kind, terms, version, port = found.groups()
        name = (
            {"zero": "CC0", "mark": "CC-PDM"}.get(terms.lower(), terms.upper()) if kind.lower() == "publicdomain" else f"CC-{terms.upper()}"
        )
        return "-".join([name, version, *([port.upper()] if port else [])])
    words = _CC_WORDS.fullmatch(text)
    if words is not None:
        if words[1] == "0":
            return "CC0-1.0"
        name = "CC-" + words[1].upper().replace(" ", "-")
        return name if words[2] is None else f"{name}-{words[2]}"
    return text if re.match(r"https?://\S+$", text) else None


def find_registration(printed: str, *, databank: str | None = None) -> Registration | None:
    """The trial registration a databank entry names; None for accession numbers of other databanks (sequences, structures)."""
    number = printed.strip()
    for registry, form in _REGISTRIES.items():
        if form.fullmatch(number):
            return Registration(number=number, registry=registry)
    known = next((name for name in _REGISTRIES if databank is not None and name.lower() == databank.strip().lower()), None)
    return Registration(number=number, registry=known) if known is not None and number else None
