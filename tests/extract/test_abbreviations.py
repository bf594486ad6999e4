"""Definitions of abbreviations, after Schwartz and Hearst."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.abbreviations import find_abbreviations, find_mentions

DEFINITIONS = [
    ("Mesenchymal stromal cells (MSCs) were given.", [("MSCs", "Mesenchymal stromal cells")]),
    ("We studied graft-versus-host disease (GVHD) in mice.", [("GVHD", "graft-versus-host disease")]),
    ("Patients with chronic graft-versus-host disease (cGVHD) improved.", [("cGVHD", "chronic graft-versus-host disease")]),
    ("GRFS (GVHD-free, relapse-free survival) rose.", [("GRFS", "GVHD-free, relapse-free survival")]),
    ("HSCT (hematopoietic stem cell transplantation) was done.", [("HSCT", "hematopoietic stem cell transplantation")]),
    ("Overall survival (OS) and non-relapse mortality (NRM) were noted.", [("OS", "Overall survival"), ("NRM", "non-relapse mortality")]),
    ("The overall response rate (ORR; complete plus partial) was high.", [("ORR", "overall response rate")]),
    ("The risk ratio [RR] was 0.7.", [("RR", "risk ratio")]),
    ("Umbilical cord-derived MSC (UC-MSC) were used.", [("UC-MSC", "Umbilical cord-derived MSC")]),
    ("Regulatory T cells (Tregs) rose.", []),
    ("Prostaglandin E2 (PGE2) was measured.", [("PGE2", "Prostaglandin E2")]),
    ("Patients (n = 30) lived.", []),
    ("Survival was better (P = .02).", []),
    ("Twelve patients (40%) died (see Table).", []),
    ("Cells were given twice (days 1 and 4).", []),
    ("The drug (Basel) was given.", []),
]


@pytest.mark.parametrize(("text", "expected"), DEFINITIONS)
def test_short_and_long_forms_are_paired(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.short, found.long) for found in find_abbreviations(text)] == expected


def test_nested_brackets_keep_the_outer_definition() -> None:
    text = "Cumulative incidence of graft failure (GF (primary or late)) was low."
    assert [(found.short, found.long) for found in find_abbreviations(text)] == [("GF", "graft failure")]


def test_the_title_defines_what_the_text_does_not() -> None:
    found = find_abbreviations("MSC helped.", title="Mesenchymal stromal cells (MSC) in children")
    assert [(a.short, a.long, a.short_span, a.long_span) for a in found] == [("MSC", "Mesenchymal stromal cells", None, None)]


def test_the_text_goes_before_the_title() -> None:
    found = find_abbreviations("Overall survival (OS) rose.", title="Osteosarcoma survival (OS)")
    assert [a.long for a in found] == ["Overall survival"]


def test_spans_are_slices_of_the_text() -> None:
    text = "Here mesenchymal stromal cells (MSCs) help."
    (found,) = find_abbreviations(text)
    assert found.short_span is not None
    assert found.long_span is not None
    assert text[found.short_span.start : found.short_span.end] == "MSCs"
    assert text[found.long_span.start : found.long_span.end] == "mesenchymal stromal cells"


def test_mentions_leave_the_definition_out_and_take_the_plural_in() -> None:
    text = "Mesenchymal stromal cells (MSCs) help. An MSC is small; MSCs are many; non-MSC and MSCX are neither."
    (found,) = find_abbreviations(text)
    assert [text[span.start : span.end] for span in find_mentions(text, found)] == ["MSC", "MSCs"]


@given(st.text(max_size=150), st.none() | st.text(max_size=80))
def test_any_text_is_read_and_spans_are_slices(text: str, title: str | None) -> None:
    for found in find_abbreviations(text, title=title):
        if found.short_span is not None and found.long_span is not None:
            assert text[found.short_span.start : found.short_span.end] == found.short
            assert text[found.long_span.start : found.long_span.end] == found.long
