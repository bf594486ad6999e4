"""What a user types to name a paper: PMID, DOI, PMCID, trial registration, with or without prefix or address around it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from kg.read.identifiers import normalise_doi, normalise_pmcid, normalise_pmid


class Kind(StrEnum):
    """Kind of an identifier, in the words of messages."""

    PMID = "PMID"
    PMCID = "PMCID"
    DOI = "DOI"
    NCT = "NCT number"


@dataclass(frozen=True)
class Identifier:
    """An identifier in its one spelling: digits, ``PMC`` and digits, lower case, ``NCT`` and eight digits."""

    kind: Kind
    value: str

    def __str__(self) -> str:
        return f"PMID {self.value}" if self.kind is Kind.PMID else f"DOI {self.value}" if self.kind is Kind.DOI else self.value


_NCT = re.compile(r"(?:.*[/:]\s*)?(NCT\d{8})/?", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid:?\s*|.*/)?pmc\s*\d+(?:\.\d+)?/?", re.IGNORECASE)
_PMID = re.compile(r"(?:pmid:?\s*|https?://\S*?/)?\d{1,8}/?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:?\s*|https?://\S*?/)?10\.\d{4,9}(?:\.\d+)*/\S+", re.IGNORECASE)


def read_identifier(typed: str) -> Identifier | None:
    """``12345678``, ``PMID:12345678``, ``PMC123``, ``10.1000/x``, ``https://doi.org/10.1000/x``, ``NCT01234567``; None for all else."""
    text = typed.strip()
    if found := _NCT.fullmatch(text):
        return Identifier(Kind.NCT, found[1].upper())
    if _DOI.fullmatch(text) and (doi := normalise_doi(text)) is not None:
        return Identifier(Kind.DOI, doi)
    if _PMCID.fullmatch(text) and (pmcid := normalise_pmcid(re.sub(r"^pmcid:?\s*|\s", "", text, flags=re.IGNORECASE))) is not None:
        return Identifier(Kind.PMCID, pmcid)
    if _PMID.fullmatch(text) and (pmid := normalise_pmid(text)) is not None:
        return Identifier(Kind.PMID, pmid)
    return None
