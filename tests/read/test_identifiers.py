import pytest

from kg.errors import ReadError
from kg.model import Registration
from kg.read.identifiers import (
    find_registration,
    normalise_doi,
    normalise_licence,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
    paper_id,
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("10.1200/JCO.2015.65", "10.1200/jco.2015.65"),
        ("https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("doi: 10.1000/abc.", "10.1000/abc"),
        ("10.1016%2F0005-2795(76)90109-4", "10.1016/0005-2795(76)90109-4"),
        ("10.1000/182 [doi]", "10.1000/182"),
        ("S0011-2240", None),
        (None, None),
    ],
)
def test_doi_is_lower_case_without_resolver(printed: str | None, expected: str | None) -> None:
    assert normalise_doi(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("27400945", "27400945"),
        ("PMID: 123", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        ("0", None),
        ("PPR12", None),
        ("", None),
    ],
)
def test_pmid_is_digits(printed: str, expected: str | None) -> None:
    assert normalise_pmid(printed) == expected


@pytest.mark.parametrize(("printed", "expected"), [("PMC123", "PMC123"), ("123", "PMC123"), ("pmc123.1", "PMC123"), ("x", None)])
def test_pmcid_has_its_prefix_and_no_version(printed: str, expected: str | None) -> None:
    assert normalise_pmcid(printed) == expected


@pytest.mark.parametrize(
    "printed",
    ["0000-0002-1825-009X", "https://orcid.org/0000-0002-1825-009X", "http://orcid.org/000000021825009x", "orcid.org/0000-0002-1825-009x/"],
)
def test_orcid_has_one_form(printed: str) -> None:
    assert normalise_orcid(printed) == "0000-0002-1825-009X"


def test_text_without_orcid_gives_none() -> None:
    assert normalise_orcid("n/a") is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0/igo/", "CC-BY-NC-ND-3.0-IGO"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("cc by-nc", "CC-BY-NC"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc0", "CC0-1.0"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("open access", None),
        (None, None),
    ],
)
def test_licence_is_a_short_name_or_an_address(printed: str | None, expected: str | None) -> None:
    assert normalise_licence(printed) == expected


@pytest.mark.parametrize(
    ("number", "bank", "registry"),
    [
        ("NCT00000001", None, "ClinicalTrials.gov"),
        ("ISRCTN12345678", "ISRCTN", "ISRCTN"),
        ("2010-024297-19", "EudraCT", "EudraCT"),
        ("ChiCTR-TRC-11001528", None, "ChiCTR"),
        ("odd-7", "ChiCTR", "ChiCTR"),
    ],
)
def test_registration_names_its_registry(number: str, bank: str | None, registry: str) -> None:
    assert find_registration(number, databank=bank) == Registration(number=number, registry=registry)


def test_accession_number_of_a_sequence_is_no_registration() -> None:
    assert find_registration("AB123456", databank="GENBANK") is None


def test_paper_is_named_by_the_strongest_identifier() -> None:
    assert paper_id(pmid="1", pmcid="PMC2", doi="10.1/x", local_id="a") == "pmid-1"
    assert paper_id(pmid=None, pmcid="PMC2", doi="10.1/x", local_id="a") == "pmcid-PMC2"
    assert paper_id(pmid=None, pmcid=None, doi="10.1000/x(1)", local_id="a") == "doi-10.1000%2Fx%281%29"
    assert paper_id(pmid=None, pmcid=None, doi=None, local_id="a") == "a"


def test_paper_without_identifier_is_named_by_its_text() -> None:
    # First 16 hex digits of the SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    assert paper_id(pmid=None, pmcid=None, doi=None, text="abc") == "text-ba7816bf8f01cfea"
    assert paper_id(pmid=None, pmcid=None, doi=None, title="abc") == "text-ba7816bf8f01cfea"


def test_nothing_to_tell_a_paper_by_is_an_error() -> None:
    with pytest.raises(ReadError, match="neither an identifier"):
        paper_id(pmid=None, pmcid=None, doi=None)
