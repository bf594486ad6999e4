"""Why something was given, where no word of purpose says so."""

import pytest
from study_world import read

from kg.model import Intent


@pytest.mark.parametrize(
    ("title", "text", "intent"),
    [
        # weeks after the graft cells no longer help it along
        (
            "Umbilical cord MSCs after haploidentical transplantation",
            "Patients were randomized to MSCs every month from month 4 or to saline. Chronic GVHD was rarer with MSCs.",
            Intent.PROPHYLAXIS,
        ),
        (
            "Umbilical cord MSCs in haploidentical transplantation",
            "Patients were randomized to MSCs on the day of the graft or to saline. Engraftment was faster with MSCs.",
            Intent.COTRANSPLANTATION,
        ),
        (
            "Letermovir in cord blood recipients",
            "Records of 21 recipients on letermovir were reviewed. Viremia was rare.",
            Intent.PROPHYLAXIS,
        ),
        # both purposes in the title of a text on the studies of others
        (
            "MSCs as treatment or prophylaxis of GVHD: a Cochrane review",
            "PubMed was searched for trials. Twelve trials with 879 participants were pooled (RR 0.98, 95% CI 0.79 to 1.22).",
            None,
        ),
        # in passing
        (
            "Why mice deceive",
            "Many drugs fail in the clinic. Strains and timing of treatment are among the reasons. We discuss models.",
            None,
        ),
        # who protects is not what keeps a disease away
        (
            "Treg-protected donor lymphocytes at relapse",
            "In a phase 1 trial 12 patients with relapse were treated with lymphocytes.",
            Intent.TREATMENT,
        ),
    ],
)
def test_purpose_is_told_by_time_drug_and_title(title: str, text: str, intent: Intent | None) -> None:
    assert read(text, title=title)[1].intent is intent
