"""Which ratio was printed for which outcome."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import paper_of

RELAPSE, SURVIVAL = "cumulative incidence of relapse", "overall survival"
PAIR = [(RELAPSE, 0.85, "no_difference"), (SURVIVAL, 0.64, "increased")]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "The hazard ratios for relapse and for overall survival were 0.85 (95% CI 0.60-1.20) and 0.64 (95% CI 0.45-0.91), "
            "respectively, with MSCs against placebo.",
            PAIR,
        ),
        (
            "With MSCs, hazard ratios of relapse and overall survival were 0.85 (95% CI 0.60-1.20, P = .35) and 0.64 (95% CI 0.45-0.91, "
            "P = .01) against placebo.",
            PAIR,
        ),
        ("For relapse and overall survival with MSCs the hazard ratios were 0.85 (0.60-1.20) and 0.64 (0.45-0.91) against placebo.", PAIR),
        ("Relapse (HR 0.85, 0.60-1.20) and overall survival (HR 0.64, 0.45-0.91) were compared between MSCs and placebo.", PAIR),
        (
            "The hazard ratio for relapse with MSCs against placebo was 0.85 (0.60-1.20) in adults and 0.64 (0.45-0.91) in children.",
            [(RELAPSE, 0.85, "no_difference"), (RELAPSE, 0.64, "decreased")],
        ),
    ],
)
def test_a_list_of_ratios_goes_with_a_list_of_outcomes(
    extractor: RuleExtractor, sentence: str, found: list[tuple[str, float, str]]
) -> None:
    findings = extractor.extract(paper_of(sentence)).findings
    read = [(each.outcome.label, each.effect and each.effect.value, each.direction.value) for each in findings]
    assert read == found
