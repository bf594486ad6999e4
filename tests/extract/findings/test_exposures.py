"""Mentions that look like outcomes but were done, given, defined or summed up."""

import pytest

from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import paper_of

SENTENCES = [
    ("When IDO was inhibited, T cell proliferation was restored by MSCs.", ["t cell proliferation"]),
    ("An antibody against PD-L1 reduced T cell proliferation.", ["t cell proliferation"]),
    ("With the IDO inhibitor T cell proliferation was lower.", ["t cell proliferation"]),
    ("Mice given regulatory T cells had lower mortality than controls.", ["mortality"]),
    ("Anemia was the commonest adverse event (7 of 24 patients).", ["anemia"]),
    ("A complete response, defined as a gain in FEV1 of 10%, was seen in 6 of 20 patients.", ["complete response"]),
    ("In purified T cells MSCs reduced T cell proliferation.", ["t cell proliferation"]),
    ("Compared with controls, B cells suppressed T cell proliferation.", ["t cell proliferation"]),
    ("B cells increased after MSCs.", ["B cell count"]),
    ("Regulatory T cells were increased by MSCs.", ["regulatory T cell count"]),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_only_what_is_measured_is_an_outcome(extractor: RuleExtractor, text: str, labels: list[str]) -> None:
    assert [f.outcome.label for f in extractor.extract(paper_of(text)).findings] == labels
