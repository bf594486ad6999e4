"""Headings of structured abstracts in all their styles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sections import find_sections, heading_end
from kg.model import Section, SectionLabel


def labels(text: str) -> list[tuple[str, str]]:
    return [(section.label.value, text[section.start : section.end]) for section in find_sections(text)]


STYLES = [
    "Background: Little is known.\nMethods: We gave cells.\nResults: Six died.\nConclusions: It is safe.",
    "BACKGROUND Little is known. METHODS We gave cells. RESULTS Six died. CONCLUSIONS It is safe.",
    "Background. Little is known. Methods. We gave cells. Results. Six died. Conclusion. It is safe.",
    "Introduction: Little is known. Patients and Methods: We gave cells. Findings: Six died. Interpretation: It is safe.",
    "CONTEXT: Little is known.\nSETTINGS AND DESIGN: We gave cells.\nMAIN RESULTS: Six died.\nCONCLUSIONS AND RELEVANCE: It is safe.",
    "Introduction Little is known. Materials and Methods We gave cells. Results Six died. Discussion It is safe.",
    "RATIONALE: Little is known.\nMATERIAL/METHODS: We gave cells.\nRESULTS: Six died.\nKEY POINTS: It is safe.",
    "Background — Little is known. Methods — We gave cells. Results — Six died. Conclusions — It is safe.",
]


@pytest.mark.parametrize("text", STYLES)
def test_every_style_of_heading_is_recognised(text: str) -> None:
    assert [label for label, _ in labels(text)] == ["background", "methods", "results", "conclusions"]


def test_sections_run_from_heading_to_the_last_character_before_the_next() -> None:
    text = "Purpose Cells may help. Patients and Methods We gave cells. Results Among controls 9 died."
    assert labels(text) == [
        ("objective", "Purpose Cells may help."),
        ("methods", "Patients and Methods We gave cells."),
        ("results", "Results Among controls 9 died."),
    ]


def test_neighbours_with_one_label_are_one_section() -> None:
    text = "AIMS: To see.\nDESIGN: A trial.\nSETTING: A ward.\nRESULTS: Six died."
    assert [label for label, _ in labels(text)] == ["objective", "methods", "results"]


def test_methods_and_findings_are_results() -> None:
    text = "Background: Rare.\nMethods and Findings: Six died.\nInterpretation: Safe."
    assert [label for label, _ in labels(text)] == ["background", "results", "conclusions"]


@pytest.mark.parametrize(
    "text",
    [
        "Results were mixed. Methods differ between centres. Background noise was low.",
        "We gave cells. Patients lived. Outcomes improved.",
        "Two findings emerged: cells help. One question remains: do they last?",
        "Inclusion Criteria: chronic disease. All were treated.",
        "",
    ],
)
def test_prose_has_no_sections(text: str) -> None:
    assert find_sections(text) == ()


def test_given_sections_are_kept_as_they_are() -> None:
    given_sections = (Section(label=SectionLabel.RESULTS, start=0, end=9),)
    assert find_sections("Six died.", given=given_sections) == given_sections


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("METHODS: We gave cells.", "We"),
        ("Results Among controls 9 died.", "Among"),
        ("STATISTICAL ANALYSIS: We tested.", "We"),
        ("FUNDING: None.", "None"),
        ("Patients were given cells.", "Patients"),
        ("Two findings emerged: cells help.", "Two"),
        ("Results of the trial are shown.", "Results"),
    ],
)
def test_the_first_sentence_begins_after_a_printed_heading(text: str, first: str) -> None:
    section = Section(label=SectionLabel.METHODS, start=0, end=len(text))
    assert text[heading_end(text, section) :].startswith(first)


@given(st.lists(st.sampled_from(["Background:", "RESULTS", "Methods.", "Aim", "we", "died.", "\n", " ", "Six", "%"]), max_size=30))
def test_sections_are_ordered_and_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for section in find_sections(text):
        assert end <= section.start < section.end <= len(text)
        end = section.end
