"""What users type to name a paper."""

import pytest

from kg.fetch.identifiers import Identifier, Kind, read_identifier


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("27400945", Kind.PMID, "27400945"),
        ("PMID:27400945", Kind.PMID, "27400945"),
        ("pmid 27400945", Kind.PMID, "27400945"),
        ("https://pubmed.ncbi.nlm.nih.gov/27400945/", Kind.PMID, "27400945"),
        ("10.1182/Blood-2019.1", Kind.DOI, "10.1182/blood-2019.1"),
        ("doi:10.1182/blood-2019.1", Kind.DOI, "10.1182/blood-2019.1"),
        ("https://doi.org/10.1182/blood-2019.1", Kind.DOI, "10.1182/blood-2019.1"),
        ("PMC3258128", Kind.PMCID, "PMC3258128"),
        ("pmcid: PMC3258128", Kind.PMCID, "PMC3258128"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3258128/", Kind.PMCID, "PMC3258128"),
        ("NCT02923375", Kind.NCT, "NCT02923375"),
        ("nct02923375", Kind.NCT, "NCT02923375"),
        ("https://clinicaltrials.gov/study/NCT02923375", Kind.NCT, "NCT02923375"),
    ],
)
def test_identifiers_are_read_with_or_without_what_stands_around_them(typed: str, kind: Kind, value: str) -> None:
    assert read_identifier(typed) == Identifier(kind, value)


@pytest.mark.parametrize("typed", ["abstracts.xml", "papers/", "123456789", "gao2016", "NCT123", "PMC", "10.x", "-", "", "0"])
def test_all_else_is_none(typed: str) -> None:
    assert read_identifier(typed) is None


def test_they_are_named_as_people_name_them() -> None:
    names = [str(read_identifier(each)) for each in ("27400945", "10.1182/x", "PMC3258128", "NCT02923375")]
    assert names == ["PMID 27400945", "DOI 10.1182/x", "PMC3258128", "NCT02923375"]
