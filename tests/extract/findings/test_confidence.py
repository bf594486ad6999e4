"""How sure a finding is said to be."""

from itertools import product

import pytest

from kg.extract.findings.confidence import SENSE, SHIPPED_CONFIDENCE, Confidence
from kg.extract.pipeline import RuleExtractor
from kg.model import Finding
from tests.extract.findings.test_findings import paper_of


def only(extractor: RuleExtractor, text: str) -> Finding:
    (finding,) = extractor.extract(paper_of(text)).findings
    return finding


def test_no_evidence_gives_the_level_and_evidence_adds_to_its_log_odds() -> None:
    even = Confidence(0.0, {"numbers of both arms": 2.0, "one arm": -2.0})
    assert even.weigh({}) == 0.5
    assert even.weigh({"numbers of both arms": 1.0}) == 0.88
    assert even.weigh({"one arm": 1.0}) == 0.12
    assert even.weigh({"one arm": 1.0, "numbers of both arms": 1.0}) == 0.5


def test_nothing_is_certain() -> None:
    far = Confidence(9.0, {"no direction": -20.0})
    assert (far.weigh({}), far.weigh({"no direction": 1.0})) == (0.98, 0.02)


def test_every_piece_of_evidence_is_weighed_and_none_against_sense() -> None:
    assert set(SHIPPED_CONFIDENCE.weights) == set(SENSE)
    assert all(SHIPPED_CONFIDENCE.weights[name] * sense >= 0 for name, sense in SENSE.items())


def test_any_evidence_gives_a_probability() -> None:
    for present in product((0.0, 1.0), repeat=len(SENSE)):
        assert 0 < SHIPPED_CONFIDENCE.weigh(dict(zip(SENSE, present, strict=True))) < 1


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        pytest.param(
            "Relapse was 12% with MSCs and 31% in controls (P = .40).",
            "Relapse was 31% in controls.",
            id="a test of both arms, a number of one arm in a comparison",
        ),
        pytest.param(
            "Chronic GVHD was rarer with MSCs than in controls.",
            "The serum level of elafin was lower with MSCs than in controls.",
            id="an outcome of the vocabulary, a level without a concept",
        ),
        pytest.param(
            "Relapse was 12% with MSCs and 31% in controls (P = .40).",
            "Relapse was 12% with MSCs and 31% in controls.",
            id="a test found no difference, two numbers alone",
        ),
    ],
)
def test_better_evidence_is_stated_with_more_confidence(extractor: RuleExtractor, surer: str, less_sure: str) -> None:
    setting = "Methods: Patients were randomized to MSCs or to no MSCs (controls). Results: "
    assert only(extractor, setting + surer).confidence > only(extractor, setting + less_sure).confidence


def test_numbers_that_no_finding_took_make_the_others_in_the_clause_less_sure(extractor: RuleExtractor) -> None:
    plain = only(extractor, "Results: Overall survival was 60% in patients given MSCs.")
    crowded = extractor.extract(paper_of("Results: Overall survival was 60% in patients given MSCs and 41% elsewhere.")).findings
    assert crowded
    assert all(finding.confidence < plain.confidence for finding in crowded)
