"""Lines of treatment before the study."""

import pytest
from study_world import read


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Patients with chronic GVHD after two or more prior lines of therapy were enrolled in this trial.", 2),
        ("Patients who had been through 2 to 5 prior lines of therapy took part in this trial.", 2),
        ("We enrolled 40 patients with at least 3 previous treatments.", 3),
        ("We treated 76 patients, all of whom had failed at least two lines of therapy.", 2),
        ("We enrolled patients with ≥1 prior line of systemic therapy.", 1),
        ("We enrolled 30 patients; the number of prior lines was three (range 1-6).", 1),
        ("We enrolled 30 patients to whom no prior systemic therapy had been given.", 0),
        ("We enrolled 30 patients with previously untreated acute GVHD.", 0),
        # a median says nothing of the least
        ("We enrolled 30 patients with a median of 3 prior lines of therapy.", None),
        ("We enrolled 30 patients with acute GVHD and gave MSCs as second-line therapy.", None),
        ("We enrolled 30 patients at 19 centers and two cell lines were kept.", None),
    ],
)
def test_the_least_number_of_lines_is_read(text: str, lines: int | None) -> None:
    study = read(text)[1]
    assert study.prior_lines == lines
    assert [fact.field for fact in study.facts].count("prior_lines") == (lines is not None)


@pytest.mark.parametrize(
    "text",
    [
        "We enrolled 40 patients in whom corticosteroids had failed.",
        "We enrolled 40 patients whose GVHD did not respond to steroids.",
        "We enrolled 40 patients who failed first-line methylprednisolone.",
        "We enrolled 40 patients with GVHD resistant to steroids.",
    ],
)
def test_steroids_fail_in_many_words(text: str) -> None:
    assert read(text)[1].is_steroid_refractory is True
