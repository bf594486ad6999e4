"""Cell and drug doses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.doses import find_doses
from kg.model import Dose

CELLS = [
    ("1×10^6/kg", 1e6, None, "cells/kg"),
    ("1 x 10(6) cells/kg", 1e6, None, "cells/kg"),
    ("2×10⁶ MSCs/kg", 2e6, None, "cells/kg"),
    ("1.0–2.0 × 10^6/kg", 1e6, 2e6, "cells/kg"),
    ("0.9-1.3x10^6 cells per kg", 0.9e6, 1.3e6, "cells/kg"),
    ("one million cells per kg", 1e6, None, "cells/kg"),
    ("2 to 8 million cells/kg", 2e6, 8e6, "cells/kg"),
    ("10^6·kg⁻¹", 1e6, None, "cells/kg"),
    ("2 × 10^6 kg-1", 2e6, None, "cells/kg"),
    ("10 x 10e6 cells", 1e7, None, "cells"),
    ("3x10e6/Kg", 3e6, None, "cells/kg"),
    ("2.0 × 10^6 cells per kilogram", 2e6, None, "cells/kg"),
    ("5.3 (range 2.0-13.5) × 10^8/kg", 5.3e8, None, "cells/kg"),
    ("0.1-30 × 10(5)UCB Treg/kg", 1e4, 3e6, "cells/kg"),
    ("1 × 10^8 cells", 1e8, None, "cells"),
    ("4·7 × 10⁶/kg", 4.7e6, None, "cells/kg"),
    ("100 million MSCs", 1e8, None, "cells"),
]


@pytest.mark.parametrize(("printed", "low", "high", "unit"), CELLS)
def test_cell_doses_are_numbers_of_cells(printed: str, low: float, high: float | None, unit: str) -> None:
    text = f"They were given {printed} twice."
    (found,) = find_doses(text)
    assert (found.text, found.value, found.high, found.unit) == (printed, pytest.approx(low), high and pytest.approx(high), unit)
    assert text[found.start : found.end] == printed
    assert found.is_cell_dose


def test_flattened_superscripts_are_powers_and_marked() -> None:
    (found,) = find_doses("a dose of 2x106/kg")
    assert (found.value, found.is_flattened) == (2e6, True)
    (found,) = find_doses("a dose of 2x10^6/kg")
    assert (found.value, found.is_flattened) == (2e6, False)


def test_two_doses_are_two() -> None:
    found = find_doses("either 1 x 10^6/kg or 3 x 10^6/kg")
    assert [(dose.text, dose.value) for dose in found] == [("1 x 10^6/kg", 1e6), ("3 x 10^6/kg", 3e6)]


DRUGS = [
    ("belumosudil 200 mg by mouth", 200, "mg"),
    ("prednisone 2 mg/kg/day was kept", 2, "mg/kg/day"),
    ("begun at 3 mg/Kg/12 h then", 3, "mg/Kg/12h"),
    ("ATG 7.5 mg/kg in all", 7.5, "mg/kg"),
    ("irradiation of 12 Gy before", 12, "Gy"),
    ("cyclophosphamide 1,000 mg/m2 daily", 1000, "mg/m2"),
]


@pytest.mark.parametrize(("text", "value", "unit"), DRUGS)
def test_drug_doses_keep_their_unit(text: str, value: float, unit: str) -> None:
    (found,) = find_doses(text)
    assert (found.value, found.unit, found.is_cell_dose) == (value, unit, False)


@pytest.mark.parametrize(
    "text", ["relapse in 10 of 106 patients", "P = 2.7×10-9", "12 mg/dL", "IL-6 was 24 pg/mL", "10-year survival", "317 mg vs 615 mg", ""]
)
def test_results_are_no_doses(text: str) -> None:
    assert [dose.text for dose in find_doses(text) if dose.is_cell_dose or dose.text.startswith(("12", "24", "317"))] == []


def test_the_model_has_cells_per_kg_only_for_doses_per_kg() -> None:
    (per_kg,) = find_doses("1.0–2.0 × 10^6/kg")
    assert per_kg.to_model() == Dose(
        text="1.0–2.0 × 10^6/kg", value=1e6, unit="cells/kg", cells_per_kg=1e6, cells_per_kg_high=2e6, start=0, end=17
    )
    (fixed,) = find_doses("1 × 10^8 cells")
    assert (fixed.to_model().cells_per_kg, fixed.to_model().value) == (None, 1e8)


@given(st.integers(1, 99), st.integers(4, 9), st.sampled_from(["{}×10^{}/kg", "{} x 10({}) cells/kg", "{} × 10e{} MSCs/kg"]))
def test_printed_doses_come_back(tenths: int, exponent: int, form: str) -> None:
    (found,) = find_doses("given " + form.format(tenths / 10, exponent))
    assert found.value == pytest.approx(tenths / 10 * 10**exponent)
