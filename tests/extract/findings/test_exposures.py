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
    ("B cells making interleukin-10 increased after MSCs.", ["B cell count"]),
    ("CMV- and EBV-specific T cells were more numerous with MSCs than in controls.", ["T cell count"]),
    # what only says when, and why people died
    ("After engraftment, bacteremia was seen in 9 of 60 patients.", ["bacteremia"]),
    ("At the time of relapse, interleukin-6 was higher with MSCs than in controls.", ["interleukin-6"]),
    ("Survival after relapse was longer with MSCs (P = .02).", ["overall survival"]),
    ("Four patients died of relapse.", ["mortality"]),
    ("The engrafted cells caused no toxicity.", ["toxicity"]),
    ("All patients engrafted.", ["engraftment"]),
    # one disease that comes back is one outcome
    ("Relapse of the primary disease was seen in 4 patients.", ["cumulative incidence of relapse"]),
    ("The risk of recurrence of the underlying malignancy was lower with MSCs (P = .02).", ["cumulative incidence of relapse"]),
    ("Return of the original leukemia was seen in 4 patients.", ["cumulative incidence of relapse"]),
    ("Relapse or progression of the hematologic malignancy was seen in 4 patients.", ["cumulative incidence of relapse"]),
    ("Relapse of severe aplastic anemia was seen in 4 patients.", ["cumulative incidence of relapse"]),
    ("Three patients died of relapse of their lymphoma.", ["mortality"]),
    # people, places and doings
    ("Patients with a response by day 14 lived longer than the others (P = .01).", ["survival time"]),
    ("Interleukin-10 in T cells was higher with MSCs.", ["interleukin-10"]),
    ("Evidence on quality of life was lacking.", []),
    ("Recipients of MSCs had mild chronic GVHD, the complication most dreaded, in 9%.", ["mild chronic graft-versus-host disease"]),
    ("T cells were suppressed by living MSCs more than by dead ones.", ["T cell count"]),
    ("When relapse was analyzed over time, mortality was lower with MSCs.", ["mortality"]),
    ("Interleukin-10 was higher with MSCs; that of galectin-1 had none.", ["interleukin-10"]),
    ("Indomethacin did not influence relapse.", ["cumulative incidence of relapse"]),
    ("Seven patients died in the first 100 days, none of them from bleeding.", ["mortality"]),
    ("Those with concomitant acute GVHD had lower survival (P = .01).", ["overall survival"]),
    ("The MSC group was older and less often in remission.", []),
    (
        "Among controls, who had no regulatory T cells, the incidence of grade II-IV acute GVHD was higher (61% vs 43%, P = .04).",
        ["grade II-IV acute graft-versus-host disease"],
    ),
    ("Infection killed three patients.", ["infection incidence"]),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_only_what_is_measured_is_an_outcome(extractor: RuleExtractor, text: str, labels: list[str]) -> None:
    assert [f.outcome.label for f in extractor.extract(paper_of(text)).findings] == labels
