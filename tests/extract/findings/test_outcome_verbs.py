"""Outcomes that verbs tell, and what must stand before them."""

import pytest

from kg.extract.findings.outcome_verbs import told_by_verbs

TOLD = [
    ("Leukaemia came back in three.", [("Leukaemia came back", "cumulative incidence of relapse")]),
    ("Return of the malignancy was seen in two.", [("Return of the malignancy", "cumulative incidence of relapse")]),
    ("Half lived on without disease.", [("lived on without disease", "disease-free survival")]),
    ("Six were freed of all signs.", [("freed of all signs", "complete response")]),
    ("Nine responded, four of them completely.", [("completely", "complete response")]),
    ("17% were in complete and 44% in partial remission.", [("complete", "complete response")]),
    ("Twelve patients improved within a month.", [("improved", "overall response rate")]),
    ("Acute GVHD was rare in its severe form.", [("its severe form", "grade III-IV acute graft-versus-host disease")]),
    ("GVHD arose in six but never above grade II.", [("above grade II", "grade III-IV acute graft-versus-host disease")]),
    ("One graft was lost.", [("graft was lost", "graft failure")]),
    ("Platelets took longer to come back.", [("Platelets", "time to platelet engraftment")]),
    ("Blood counts recovered in nine.", [("Blood counts recovered", "hematologic recovery")]),
    (
        "Cytomegalovirus and EBV reactivated early.",
        [("Cytomegalovirus", "cytomegalovirus reactivation"), ("EBV reactivated", "Epstein-Barr virus reactivation")],
    ),
    ("Prednisone could be withdrawn in three.", [("Prednisone could be withdrawn", "corticosteroid tapering")]),
    (
        "Prednisone could be stopped in three and halved in two.",
        [("Prednisone could be stopped", "corticosteroid tapering"), ("halved", "corticosteroid tapering")],
    ),
    ("Ulcers closed in two.", [("Ulcers closed", "ulcers closed")]),
    ("Five needed no more transfusions.", [("transfusions", "transfusions")]),
    ("The cells were well tolerated.", [("were well tolerated", "safety")]),
    ("Deaths from causes other than relapse were few.", [("Deaths from causes other than relapse", "non-relapse mortality")]),
    ("Survival without GVHD and relapse doubled.", [("Survival without GVHD and relapse", "GVHD-free, relapse-free survival")]),
    ("A third were free of disease.", [("were free of disease", "disease-free survival")]),
    (
        "The disease disappeared entirely in six and abated in two.",
        [("The disease disappeared entirely", "complete response"), ("abated", "partial response")],
    ),
    ("Two saw no benefit and one grew worse.", [("saw no benefit", "no response"), ("grew worse", "disease progression")]),
    ("Leukemia, however, returned.", [("Leukemia, however, returned", "cumulative incidence of relapse")]),
    ("Low platelets were seen in four.", [("Low platelets", "thrombocytopenia")]),
    ("Infusions caused no reaction.", [("reaction", "infusion-related toxicity")]),
    ("All could come off steroids.", [("could come off steroids", "corticosteroid tapering")]),
    ("Few were still on immunosuppression.", [("still on immunosuppression", "immunosuppression")]),
    ("Mice lost less weight.", [("lost", "body weight loss")]),
    ("No reaction to the cells was seen.", [("reaction to the cells", "infusion-related toxicity")]),
]
UNTOLD = [
    "MSCs improved survival.",
    "The graft was completely depleted of T cells.",
    "Platelet transfusions were given as prophylaxis.",
    "The severe form of anemia is rare.",
    "The complete records were reviewed.",
    "Patients with leukaemia were included.",
    "The method improved on the older one.",
    "Treatment was halved in two.",
    "Patients whose disease disappeared were sent home.",
    "The chain reaction was run in triplicate.",
    "Patients had extensive disease at entry.",
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_verbs_tell_outcomes(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[told.start : told.end], told.label) for told in told_by_verbs(text, 0, len(text))] == expected


def test_a_form_of_gvhd_may_look_back_to_the_sentence_before() -> None:
    text = "Acute GVHD was rare. In its severe form it was rarer."
    assert [told.label for told in told_by_verbs(text, 21, len(text))] == ["grade III-IV acute graft-versus-host disease"]


@pytest.mark.parametrize("text", UNTOLD)
def test_the_same_words_without_what_they_need_tell_nothing(text: str) -> None:
    assert list(told_by_verbs(text, 0, len(text))) == []
