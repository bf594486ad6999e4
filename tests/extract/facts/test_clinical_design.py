"""How people came into a study, said in other words than "randomised" and "retrospective"."""

import pytest
from study_world import read

from kg.model import Design


@pytest.mark.parametrize(
    ("text", "design"),
    [
        # chance, without its usual word
        ("Sixty adults with acute GVHD were assigned by lot to MSCs or to steroids alone. Response was better with MSCs.", Design.RCT),
        ("Recipients were allocated in a 2:1 ratio to abatacept or no abatacept. Acute GVHD was seen in 9 and 14 patients.", Design.RCT),
        ("MSCs or placebo were infused into 90 patients; neither they nor their physicians knew which. GVHD was rarer.", Design.RCT),
        # "prior" belongs to the lines of therapy, not to the trial
        (
            "Patients with 2 to 5 prior lines of therapy took part in this phase 2 randomized study of two doses. Half responded.",
            Design.RCT,
        ),
        # hindsight
        (
            "All 44 patients who had been given MSCs were identified in the files of the cell laboratory. 25 responded.",
            Design.RETROSPECTIVE_COHORT,
        ),
        ("We looked at what became of 31 patients given MSCs in the years 2002-2007. Five died of infection.", Design.RETROSPECTIVE_COHORT),
        ("We analyzed 25 children who were given bone marrow MSCs for GVHD. Ten of them died of relapse.", Design.RETROSPECTIVE_COHORT),
        # hindsight of the controls is not that of the study
        (
            "Decidua stromal cells were given to 21 patients for severe GVHD. Survival was 81%, and 31% in 32 retrospective controls.",
            Design.NONRANDOMIZED_CONTROLLED,
        ),
        (
            "In a phase 2 trial 43 patients were given abatacept; a registry cohort of 142 was used for comparison. GVHD was rarer.",
            Design.NONRANDOMIZED_CONTROLLED,
        ),
        # a few cases
        (
            "Two sisters lost their cord blood graft. Each received marrow of the father with umbilical cord MSCs. Both are well.",
            Design.CASE_SERIES,
        ),
        ("In four men with sclerotic GVHD, MSCs were injected into the iliac crest. Symptoms receded in all of them.", Design.CASE_SERIES),
    ],
)
def test_people_come_in_by_chance_by_plan_or_in_hindsight(text: str, design: Design) -> None:
    assert read(text)[1].design is design


def test_a_title_with_versus_compares_but_the_disease_does_not() -> None:
    text = "In a prospective study at 11 centers patients were transplanted as donors were at hand. Engraftment took 12 days."
    compared = read(text, title="Haploidentical versus matched sibling transplantation for aplastic anemia")[1]
    disease = read(text, title="Haploidentical transplantation and graft-versus-host disease in aplastic anemia")[1]
    assert (compared.design, disease.design) == (Design.NONRANDOMIZED_CONTROLLED, Design.SINGLE_ARM)


def test_what_a_graft_holds_is_watched_not_given() -> None:
    text = "In 78 adults we counted lymphocyte subsets in the graft by flow cytometry. A high count went with a lower relapse rate."
    found = read(text, title="The dose of CD8+ T cells in haploidentical grafts and relapse")[1]
    assert (found.design, found.n) == (Design.OTHER, 78)


@pytest.mark.parametrize(
    ("text", "design", "n"),
    [
        ("A 58-year-old farmer was infused with cord MSCs for GVHD of the gut. Symptoms eased.", Design.CASE_SERIES, 1),
        (
            "This open-label phase 1/2 study tested ruxolitinib with or without a calcineurin inhibitor. Forty-five were treated.",
            Design.SINGLE_ARM,
            45,
        ),
        ("Nine people with GVHD were given MSCs outside any trial. Two responded. A registry should be set up.", Design.CASE_SERIES, 9),
        (
            "We pooled seven randomised trials (691 participants) of metronidazole against GVHD. The odds were lowered.",
            Design.META_ANALYSIS,
            691,
        ),
        (
            "In a prospective study 22 children were given MSCs; 25 whose parents had declined were followed alongside.",
            Design.NONRANDOMIZED_CONTROLLED,
            22,
        ),
    ],
)
def test_designs_told_in_passing(text: str, design: Design, n: int) -> None:
    found = read(text)[1]
    assert (found.design, found.n) == (design, n)
