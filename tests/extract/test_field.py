"""Papers outside the field are not read for findings."""

import pytest

from kg.extract.field import is_outside_the_field
from kg.extract.pipeline import RuleExtractor
from tests.extract.findings.test_findings import paper_of

RUNNING = (
    "We asked whether interval training lowers resting heart rate in office workers. Methods: Sixty adults were randomized to interval "
    "training or to stretching for 12 weeks. Results: Fatigue was less frequent with interval training than with stretching (12% vs 31%; "
    "P = .02). Quality of life was better with interval training (P = .01). Fever occurred in 2 adults of either group, and infection in "
    "3. Conclusions: Interval training makes office workers fitter, and they feel better for it."
)


def test_an_abstract_without_a_word_of_the_field_is_outside() -> None:
    assert is_outside_the_field("Interval training in office workers", RUNNING)


@pytest.mark.parametrize("word", ["Stem cells", "GVHD", "MSCs", "Marrow", "Engraftment", "HSCT", "Treosulfan", "Nonrelapse mortality"])
def test_one_word_of_the_field_in_title_or_text_is_enough(word: str) -> None:
    assert not is_outside_the_field(f"{word} and training", RUNNING)
    assert not is_outside_the_field(None, f"{RUNNING} {word}.")


def test_a_sentence_by_itself_is_never_outside() -> None:
    assert not is_outside_the_field(None, "Fatigue was less frequent with interval training than with stretching.")


def test_a_paper_outside_the_field_gives_no_findings_and_says_why(extractor: RuleExtractor) -> None:
    outside = extractor.extract(paper_of(RUNNING, title="Interval training"))
    assert (outside.findings, outside.arms, outside.no_findings_reason) == ((), (), "outside the field")
    assert outside.study.n == 60
    assert extractor.extract(paper_of(RUNNING, title="Interval training of stem cell donors")).findings


@pytest.mark.parametrize("title", ["Coronary bypass grafts", "Bone graft substitutes", "Kidney transplantation", "Transplanted corneas"])
def test_other_grafts_and_organs_are_outside(title: str) -> None:
    assert is_outside_the_field(title, RUNNING)
