import pytest

from kg.errors import NotAPaperError, ReadError
from kg.model import Paper, SectionLabel, TextKind
from kg.read.papers import read_papers

LONG = "We gave cells to ten patients with chronic disease and watched them for a year. Seven of ten had less of it at the end."


def read_one(text: str) -> Paper:
    (paper,) = read_papers(text.encode(), location="x.txt")
    return paper


def test_one_block_is_an_abstract_in_one_line() -> None:
    paper = read_one("\nWe gave cells\nto ten  patients.\n\n")
    assert (paper.text, paper.text_kind, paper.sections, paper.title) == ("We gave cells to ten patients.", TextKind.ABSTRACT, (), None)
    assert paper.id == f"text-{paper.sha256[:16]}"


@pytest.mark.parametrize(
    "text",
    [
        "Methods: We gave cells.\n\nResults: It\nhelped.",
        "Methods: We gave cells.\nResults: It\nhelped.",
        "Methods\nWe gave cells.\n\nResults\nIt helped.",
        "Methods\n\nWe gave cells.\n\nResults\n\nIt helped.\n",
        "Methods: We gave cells. Results: It helped.",
    ],
)
def test_labelled_blocks_are_an_abstract_with_sections(text: str) -> None:
    paper = read_one(text)
    assert (paper.text, paper.text_kind) == ("Methods: We gave cells.\nResults: It helped.", TextKind.ABSTRACT)
    assert [(each.label, each.start, each.end) for each in paper.sections] == [
        (SectionLabel.METHODS, 0, 23),
        (SectionLabel.RESULTS, 24, 43),
    ]


def test_line_before_the_abstract_is_its_title() -> None:
    paper = read_one(f"Cells for chronic disease\n\n{LONG}\n")
    assert (paper.title, paper.text, paper.text_kind) == ("Cells for chronic disease", LONG, TextKind.ABSTRACT)


def test_several_paragraphs_are_a_page() -> None:
    paper = read_one(f"news\n\nFiled under Studies.\n\n{LONG}\n \nMore\nwords.\n\n\nClick here.\n")
    assert paper.text_kind is TextKind.PAGE
    assert paper.text == f"news\nFiled under Studies.\n{LONG}\nMore words.\nClick here."
    assert (paper.title, paper.sections) == (None, ())


def test_line_ends_of_windows_make_no_difference() -> None:
    assert read_one("Methods: A.\r\n\r\nResults: B.").text == "Methods: A.\nResults: B."


def test_text_in_utf16_is_decoded() -> None:
    (paper,) = read_papers("Zachée gave cells.".encode("utf-16"), location="x")
    assert paper.text == "Zachée gave cells."


def test_text_that_opens_with_a_bracket_is_text() -> None:
    assert read_one("[Translated] words of an abstract.").text == "[Translated] words of an abstract."
    assert read_one("<5% of patients fell ill.").text == "<5% of patients fell ill."


def test_list_of_identifiers_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="a list of 3 identifiers"):
        read_one("27400945\nPMC123\n10.1000/x\n")


def test_text_in_latin_1_is_an_error() -> None:
    with pytest.raises(ReadError, match="byte 0xe9 at position 4 is not UTF-8"):
        read_papers("Zachée gave cells.".encode("latin-1"), location="x")


def test_text_without_words_is_an_error() -> None:
    with pytest.raises(ReadError, match="no words"):
        read_one("-- --\n")
