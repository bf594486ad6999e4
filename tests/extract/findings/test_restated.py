"""What one sentence, or one abstract, says twice."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import DOWN, REPORTED, SAME, paper_of, short

ONCE = [
    pytest.param(
        "The leukemia came back no more often with MSCs: two-year relapse was 24% against 22% in controls (P = .81).",
        [("cumulative incidence of relapse", SAME, False, "24%", "22%")],
        id="a claim before its figures",
    ),
    pytest.param(
        "Engraftment was faster with MSCs: neutrophils recovered after 16 days with MSCs and 21 days in controls (P < .001).",
        [("time to neutrophil engraftment", DOWN, True, "16 days", "21 days")],
        id="a claim on engraftment before the figures of one lineage",
    ),
    pytest.param(
        "After 28 days, 16/32 patients had responded, an overall response rate of 50.0%.",
        [("day-28 overall response", REPORTED, None, "50.0%", None)],
        id="a count and the per cent it makes",
    ),
    pytest.param(
        "Six of 20 responded, and the overall response rate of the children was 45%.",
        [("overall response rate", REPORTED, None, "Six of 20", None), ("overall response rate", REPORTED, None, "45%", None)],
        id="a count and another per cent are two",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONCE)
def test_a_result_told_twice_in_a_sentence_counts_once(extractor: RuleExtractor, text: str, expected: list[object]) -> None:
    assert [short(f) for f in extractor.extract(paper_of(text)).findings] == expected
