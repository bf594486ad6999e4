"""Which side of an association is the outcome."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import paper_of

ASSOCIATIONS = [
    ("Ferritin and fibrosis were unrelated to engraftment.", ["engraftment"]),
    ("Ferritin bore no relation to relapse.", ["cumulative incidence of relapse"]),
    ("Acute GVHD was associated with lower relapse (HR 0.5; P = .01).", ["cumulative incidence of relapse"]),
    ("Response at day 28 did not affect survival.", ["overall survival"]),
    # what is hard to say the other way round
    ("Survival was associated with interleukin-6 (HR 1.4; P < .001).", ["overall survival"]),
    ("T cell proliferation correlated with interleukin-10 (r = -0.4; P = .02).", ["t cell proliferation"]),
    # the predicate of the clause before
    ("Liver involvement predicted death (HR 1.9; 95% CI 1.1-3.2), while age and relapse risk did not.", ["mortality"]),
    ("Chronic GVHD improved overall survival (HR 0.7; P = .01).", ["overall survival"]),
    # no association, no factor
    (
        "MSCs were associated with lower relapse (P = .02) and higher survival (P = .03).",
        ["cumulative incidence of relapse", "overall survival"],
    ),
]


@pytest.mark.parametrize(("text", "labels"), ASSOCIATIONS)
def test_what_tells_is_no_outcome(extractor: RuleExtractor, text: str, labels: list[str]) -> None:
    assert [f.outcome.label for f in extractor.extract(paper_of(text)).findings] == labels
