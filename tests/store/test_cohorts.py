"""Studies of the same participants."""

import pytest

from kg.store.cohorts import find_cohorts
from kg.store.statements import Setting, StudyFacts, registration_key


def study(name: str, *keys: str) -> StudyFacts:
    return StudyFacts(f"urn:{name}", Setting.HUMAN, frozenset(keys))


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("NCT00366145", "nct00366145"),
        ("NCT 00366145", "nct00366145"),
        ("ChiCTR-IOR-15006330", "chictrior15006330"),
        ("EUCTR2008-004014-27", "200800401427"),
        ("EudraCT 2008-004014-27", "200800401427"),
        ("2008-004014-27", "200800401427"),
        ("--", ""),
    ],
)
def test_registration_numbers_compare_without_case_and_signs(number: str, key: str) -> None:
    assert registration_key(number) == key


def test_studies_that_share_a_number_through_others_are_one_cohort() -> None:
    studies = [study("d", "k3"), study("c", "k2", "k3"), study("b"), study("a", "k1"), study("e", "k1", "k2")]
    assert find_cohorts(studies) == {"urn:a": "urn:a", "urn:b": "urn:b", "urn:c": "urn:a", "urn:d": "urn:a", "urn:e": "urn:a"}


def test_the_order_of_studies_does_not_matter() -> None:
    studies = [study("a", "k1", "k2"), study("b", "k2", "k3"), study("c", "k4"), study("d", "k3")]
    assert find_cohorts(studies) == find_cohorts(studies[::-1])
