"""Animals and dishes, and those who only lent their cells."""

import pytest
from study_world import read

from kg.model import Design, Intent


@pytest.mark.parametrize(
    "text",
    [
        "Blood cells of 16 patients with GVHD were cultured with MSCs for four hours. The proportion of dead MSCs varied from 2% to 21%.",
        "Marrow was aspirated from 12 patients with chronic GVHD, and MSCs were expanded in culture. They halved T cell proliferation.",
        "Organoids were exposed to T cells and MSCs of C57BL/6 mice. T cells shrank the organoids; MSCs averted most of this.",
        "To see what licensing does to MSCs, cells of five donors were exposed to IFN-gamma. Supernatants inhibited T cells more strongly.",
    ],
)
def test_whoever_lends_cells_is_not_studied(text: str) -> None:
    study = read(text)[1]
    assert (study.design, study.intent, study.n) == (Design.IN_VITRO, Intent.MECHANISM, None)


def test_treated_people_are_studied_whatever_is_exposed_in_a_dish() -> None:
    text = "The files of all 40 children who underwent photopheresis were gone through. Blood cells were exposed to light. 21 responded."
    study = read(text)[1]
    assert (study.design, study.n) == (Design.RETROSPECTIVE_COHORT, 40)


def test_animals_of_owners_are_patients() -> None:
    text = "Seven cats with gingivostomatitis were enrolled in a pilot trial and received adipose MSCs. Five of the cats responded."
    study = read(text)[1]
    assert (study.design, study.species, study.n) == (Design.SINGLE_ARM, "cat", 7)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        (
            "Mice were irradiated and given marrow and splenocytes. MSCs were injected on the day of grafting. Mice lived longer.",
            Intent.PROPHYLAXIS,
        ),
        ("Mice were grafted with splenocytes. Once GVHD had become manifest, MSCs were injected. The mice lived longer.", Intent.TREATMENT),
    ],
)
def test_animals_are_treated_once_they_are_ill(text: str, intent: Intent) -> None:
    assert read(text)[1].intent is intent


def test_horses_that_owners_bring_are_counted() -> None:
    study = read("Eight horses with laminitis, referred by their owners, were injected with cord blood MSCs. Six of them improved.")[1]
    assert (study.species, study.n) == ("horse", 8)
