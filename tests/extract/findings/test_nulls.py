"""Sentences that say that the arms did not differ, whatever else they say."""

import pytest

from tests.extract.findings.test_findings import DOWN, SAME, UP, paper_of

SENTENCES = [
    pytest.param(
        "Quality of life improved in both arms (P = .04), with no difference between the MSC and control groups.",
        SAME,
        id="within arms only",
    ),
    pytest.param("Chronic GVHD was 21% with MSCs and 29% in controls (P = NS).", SAME, id="P printed as NS"),
    pytest.param("Chronic GVHD was lower with MSCs than in controls, but the difference was not significant.", SAME, id="taken back"),
    pytest.param("There were no between-group differences in relapse after MSCs or placebo.", SAME, id="hyphened"),
    pytest.param(
        "Neither relapse nor non-relapse mortality differed significantly between the MSC and control groups.", SAME, id="neither"
    ),
    pytest.param(
        "Relapse was 18% (placebo) and 14% (MSC), and chronic GVHD 30% and 25%; neither difference was significant.", SAME, id="at the end"
    ),
    pytest.param("Chronic GVHD was as common in one group as in the other.", SAME, id="as common as"),
    pytest.param("Chronic GVHD was twice as common in the MSC group as in controls (40% vs 20%, P = .01).", UP, id="twice as common"),
    pytest.param("Chronic GVHD was lower with MSCs than in controls (P = .01), but relapse did not differ.", DOWN, id="null of another"),
]


@pytest.mark.parametrize(("sentence", "direction"), SENTENCES)
def test_a_null_statement_overrules_the_words(extractor, sentence: str, direction: str) -> None:  # type: ignore[no-untyped-def]
    first = extractor.extract(paper_of(sentence)).findings[0]
    assert first.direction.value == direction


def test_neither_with_a_test_is_a_test_that_found_nothing(extractor) -> None:  # type: ignore[no-untyped-def]
    text = "Neither relapse nor non-relapse mortality differed significantly between the MSC and control groups."
    assert {f.significant for f in extractor.extract(paper_of(text)).findings} == {False}
