import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Section, SectionLabel
from kg.read.headings import is_heading, section_label
from kg.read.prose import collapse, compose, headed_part, split_labels


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("P\u2009<\u2009.05", "P < .05"),
        ("2\u00a0Gy\n  TBI ", "2 Gy TBI"),
        ("me\u0301dian", "m\u00e9dian"),
        ("mesen\u00adchymal\u200b cells\ufeff", "mesenchymal cells"),
        ("", ""),
    ],
)
def test_white_space_is_collapsed_and_letters_composed(given_text: str, expected: str) -> None:
    assert collapse(given_text) == expected


@given(st.text())
def test_collapsing_twice_equals_collapsing_once(text: str) -> None:
    once = collapse(text)
    assert collapse(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_each_labelled_part_prints_its_label_once_and_spans_it() -> None:
    parts = [
        headed_part(("Cells were given.", "Twice."), "METHODS", category="METHODS"),
        headed_part(("Nothing registered.",), "TRIAL REGISTRATION"),
        headed_part(("Disease fell.",), "Main results:"),
    ]
    text, sections = compose(parts)
    assert text == "METHODS: Cells were given.\nTwice.\nTRIAL REGISTRATION: Nothing registered.\nMain results: Disease fell."
    assert sections == (
        Section(label=SectionLabel.METHODS, start=0, end=33),
        Section(label=SectionLabel.RESULTS, start=74, end=101),
    )


def test_empty_part_leaves_no_trace() -> None:
    parts = [headed_part((" ",), "RESULTS"), headed_part(("Safe.",), "CONCLUSIONS")]
    assert compose(parts) == ("CONCLUSIONS: Safe.", (Section(label=SectionLabel.CONCLUSIONS, start=0, end=18),))


@pytest.mark.parametrize("heading", ["UNLABELLED", "unassigned", None, ""])
def test_placeholder_label_is_no_heading(heading: str | None) -> None:
    assert compose([headed_part(("One arm only.",), heading)]) == ("One arm only.", ())


_HEADINGS = st.sampled_from(["RESULTS", "Methods", "AIM", "FUNDING", "Background/Aims", None])
_PARAGRAPHS = st.lists(st.text(), max_size=3).map(tuple)


@given(st.lists(st.tuples(_HEADINGS, _PARAGRAPHS), max_size=6))
def test_sections_lie_inside_the_text_in_order_and_begin_with_their_heading(parts: list[tuple[str | None, tuple[str, ...]]]) -> None:
    text, sections = compose(headed_part(paragraphs, heading) for heading, paragraphs in parts)
    ends = [0] + [section.end for section in sections]
    assert all(before <= section.start < section.end <= len(text) for before, section in zip(ends, sections, strict=False))
    for section in sections:
        assert section_label(text[section.start : section.end].partition(":")[0]) is section.label
        assert text[section.start - 1 : section.start] in {"", "\n"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["RESULTS", "METHODS", "OBJECTIVE"]), st.sampled_from(["It fell.", "No change (P = .3)."])), min_size=1
    )
)
def test_labels_printed_inside_one_block_are_found_again(parts: list[tuple[str, str]]) -> None:
    composed = compose(headed_part((sentence,), heading) for heading, sentence in parts)
    assert compose(split_labels(composed[0].replace("\n", " "))) == composed


@pytest.mark.parametrize("text", ["We gave cells: a trial of ten.", "GVHD: a review of what is known.", "One, two; Results: none."])
def test_colon_in_a_sentence_is_no_label(text: str) -> None:
    assert compose(split_labels(text)) == (text, ())


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("BACKGROUND", "background"),
        ("Introduction", "background"),
        ("Purpose", "objective"),
        ("AIMS", "objective"),
        ("Patients and Methods", "methods"),
        ("MAIN OUTCOME MEASURES", "methods"),
        ("DATA COLLECTION AND ANALYSIS", "methods"),
        ("METHODS AND RESULTS", "results"),
        ("MEASUREMENTS AND MAIN RESULTS", "results"),
        ("Findings", "results"),
        ("Interpretation", "conclusions"),
        ("CLINICAL RELEVANCE", "conclusions"),
        ("TRIAL REGISTRATION", None),
        ("Sources of Funding", None),
        ("", None),
    ],
)
def test_heading_stands_for_a_part(heading: str, label: str | None) -> None:
    assert section_label(heading) == label


def test_category_of_the_source_goes_before_the_heading() -> None:
    assert section_label("DESIGN", category="RESULTS") is SectionLabel.RESULTS
    assert section_label("DESIGN", category="UNASSIGNED") is SectionLabel.METHODS


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("Patients and Methods", True), ("TRIAL REGISTRATION", True), ("GVHD", False), ("and", False), ("MSC in patients with GVHD", False)],
)
def test_heading_is_made_of_heading_words_only(phrase: str, expected: bool) -> None:
    assert is_heading(phrase) is expected
