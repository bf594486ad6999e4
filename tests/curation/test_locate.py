import pytest

from kg.curation.locate import fold_words, locate, overlap
from kg.model import Span

TEXT = "Relapse fell. Survival was 1.2 times longer. Relapse fell."


def place(text, words, near=0):
    found = locate(text, words, near=near)
    return None if found is None else text[found.start : found.end]


def test_the_nearest_of_two_is_found():
    assert locate(TEXT, "Relapse fell.", near=40) == Span(start=45, end=58)
    assert locate(TEXT, "Relapse fell.", near=5) == Span(start=0, end=13)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Graft–versus–host disease fell  (P = .02).", "Graft-versus-host disease fell (P=.02)."),
        ("It rose to 27·4 %.", "It rose to 27.4%."),
        ("the patients’ sur- vival", "the patients' sur- vival"),
        ("SURVIVAL ROSE", "Survival rose"),
        ("n = 12 rose", "n = 12 rose"),
    ],
)
def test_other_spaces_dashes_quotes_and_case_are_the_same_words(printed, words):
    assert place(f"Before. {printed} After.", words) == printed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Relapse fell to 21%.", "Relapse fell to 12%."),
        ("Relapse fell (P = .2).", "Relapse fell (P = .02)."),
        ("Relapse rose.", "Relapse fell."),
        ("Relapse rose in 112.", "rose in 1 1"),
        ("", "x"),
        ("x", ""),
        ("x", " "),
    ],
)
def test_other_words_or_digits_are_not(text, words):
    assert locate(text, words, near=0) is None


def test_overlap_is_the_part_of_the_shorter():
    assert overlap(Span(start=0, end=10), Span(start=5, end=7)) == 1.0
    assert overlap(Span(start=0, end=10), Span(start=8, end=12)) == 0.5
    assert overlap(Span(start=0, end=10), Span(start=10, end=12)) == 0.0


def test_folding_keeps_signs_that_mean_something():
    assert fold_words("CD4+ T cells") != fold_words("CD4- T cells")
