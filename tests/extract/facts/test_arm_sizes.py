"""Two arms whose sizes stand side by side."""

import pytest
from study_world import read

from kg.model import ArmCounts


@pytest.mark.parametrize(
    ("text", "n", "intervention", "comparator"),
    [
        ("We randomized patients to MSCs (n = 40) or to prophylaxis alone (n = 37). GVHD was rarer with MSCs.", 77, 40, 37),
        ("Patients were randomized to placebo (n = 37) or MSCs (n = 40). GVHD was rarer with MSCs.", 77, 40, 37),
        ("A total of 112 patients were randomized, 56 to MSCs and 56 to no MSCs. Relapse did not differ.", 112, 56, 56),
        ("In this phase 3 trial 214 persons were in the experimental group and 217 in the standard group.", 431, 214, 217),
        ("In this trial 151 patients were randomly given tacrolimus and 153 methotrexate. GVHD did not differ.", 304, 151, 153),
        ("We reviewed 67 patients given donor lymphocytes: 15 received mobilized cells and 52 conventional cells.", 67, 15, 52),
        ("Records of 105 children were reviewed; 60 received cyclosporine alone and 45 received MSCs as well.", 105, 45, 60),
    ],
)
def test_arms_side_by_side_make_up_the_study(text: str, n: int, intervention: int, comparator: int) -> None:
    study = read(text)[1]
    assert study.n == n
    assert study.n_arms == ArmCounts(intervention=intervention, comparator=comparator)


@pytest.mark.parametrize(
    "text",
    [
        "We treated 76 patients with acute GVHD (n = 46) or late acute GVHD (n = 30) with weekly MSCs.",
        "In a phase 2 trial 55 patients were enrolled and 54 treated with MSCs. Day-28 response was 70%.",
        "In a phase 2 trial 40 patients received MSCs. Of these, 12 patients died and 7 relapsed.",
        "In a phase 2 trial 30 patients received MSCs for 28 days and 14 were given a second course.",
    ],
)
def test_diseases_remainders_and_events_are_no_arms(text: str) -> None:
    assert read(text)[1].n_arms is None
