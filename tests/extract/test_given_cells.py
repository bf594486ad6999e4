"""Cells of any kind that a text says are given, and where they come from."""

import pytest
from study_world import read

MSC = "mesenchymal stromal cell"


def told(text: str, *, title: str | None = None) -> list[tuple[str, str | None, str]]:
    return [(cell.cell, cell.source, cell.role.value) for cell in read(text, title=title)[0]]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (
            "Mice with lung injury were given saline or pericytes. Pericyte therapy prolonged survival. Pericyte therapy was safe.",
            "pericyte",
        ),
        ("Transplantation of macrophages reduced fibrosis in rats. Treatment with macrophages was safe.", "macrophage"),
    ],
)
def test_a_cell_is_given_if_the_text_says_so_again_and_again(text: str, cell: str) -> None:
    assert (cell, None, "intervention") in told(text)


def test_a_cell_told_once_is_not_what_is_studied() -> None:
    assert told("Mice had lung injury. Pericyte therapy was discussed. Saline was given to mice.") == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Cord-derived MSCs were infused into 20 patients.", "umbilical cord"),
        ("Marrow-derived stromal cells were given to 12 patients.", "bone marrow"),
        ("Stromal cells from term placenta were infused into 12 patients.", "placenta"),
        ("MSCs made from the umbilical cord were given to 12 patients.", "umbilical cord"),
        ("MSCs of the placenta were infused into 12 patients.", "placenta"),
        ("MSCs were given to 12 patients. The source of the MSCs was bone marrow of volunteers.", "bone marrow"),
        ("MSCs were given to 12 patients. The marrow of volunteers served as the source of the cells.", "bone marrow"),
        ("Marrow was aspirated from 12 donors, and MSCs were expanded and infused into 12 patients.", "bone marrow"),
        ("Fetal liver MSCs were infused into 12 patients.", "fetal liver"),
    ],
)
def test_the_source_is_said_in_many_ways(text: str, source: str) -> None:
    assert told(text) == [(MSC, source, "intervention")]


def test_a_spinal_cord_is_no_source() -> None:
    assert told("After injury of the spinal cord MSCs were infused into 12 patients.") == [(MSC, None, "intervention")]


@pytest.mark.parametrize(
    ("brand", "source"), [("Obnitix", "bone marrow"), ("amimestrocel", "umbilical cord"), ("Cartistem", "umbilical cord blood")]
)
def test_a_brand_stands_for_cells_and_their_source(brand: str, source: str) -> None:
    assert told(f"Twelve patients were treated with {brand} for GVHD. Half of the patients responded.") == [(MSC, source, "intervention")]


def test_stromal_cells_of_the_decidua_are_cells_of_their_own() -> None:
    assert told("Stromal cells of the decidua were given to 12 patients.") == [("decidua stromal cell", "decidua", "intervention")]


def test_marrow_beside_cells_is_the_graft_of_people_not_of_mice() -> None:
    people = told("Two girls received bone marrow from the father together with MSCs.")
    mice = told("Mice received bone marrow and splenocytes together with MSCs.")
    assert ("hematopoietic stem cell", "bone marrow", "graft") in people
    assert all(role != "graft" for _, _, role in mice)


@pytest.mark.parametrize("verb", ["doubled", "dropped", "went up", "halved", "shrank", "climbed"])
def test_every_verb_of_change_makes_a_measured_cell(verb: str) -> None:
    text = f"METHODS: 12 patients received MSCs. RESULTS: Regulatory T cells {verb}."
    assert ("regulatory T cell", None, "measured") in told(text)
