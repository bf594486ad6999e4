"""Every mention is marked once, with the label of the vocabulary, however it is spelled."""

from functools import cache
from itertools import pairwise

import pytest

from kg.bundled import ontologies_folder
from kg.extract.abbreviations import find_abbreviations
from kg.extract.matcher import TermMatcher, build_matcher, split_words
from kg.extract.terms import find_terms
from kg.model import Term
from kg.vocabulary import Concept, Vocabulary, load_vocabulary

HSCT = "hematopoietic stem cell transplantation"
ALLO = "allogeneic hematopoietic stem cell transplantation"
HAPLO = "haploidentical hematopoietic stem cell transplantation"
GVHD = "graft-versus-host disease"
MSC = "mesenchymal stromal cell"


@cache
def matcher() -> TermMatcher:
    return build_matcher(load_vocabulary(ontologies_folder()))


def read(text: str) -> tuple[Term, ...]:
    return find_terms(text, matcher(), abbreviations=find_abbreviations(text))


def marked(text: str, *kinds: str) -> list[tuple[str, str]]:
    """Printed text and label of the terms of some kinds, or of all."""
    return [(term.text, term.label) for term in read(text) if not kinds or term.kind in kinds]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Severe aGVHD was rare.", [("Severe aGVHD", "severe acute graft-versus-host disease")]),
        ("We saw grade III-IV acute GVHD.", [("grade III-IV acute GVHD", f"grade III-IV acute {GVHD}")]),
        ("We saw grades 3 to 4 aGvHD.", [("grades 3 to 4 aGvHD", f"grade III-IV acute {GVHD}")]),
        ("We saw stage II–IV aGVHD.", [("stage II–IV aGVHD", f"grade II-IV acute {GVHD}")]),
        ("We saw acute GVHD (grade II-IV) early.", [("acute GVHD (grade II-IV)", f"grade II-IV acute {GVHD}")]),
        (
            "acute graft-versus-host disease (GVHD) of grades II-IV",
            [("acute graft-versus-host disease (GVHD) of grades II-IV", f"grade II-IV acute {GVHD}")],
        ),
        ("grade II to IV steroid-refractory aGVHD", [("grade II to IV steroid-refractory aGVHD", f"steroid-refractory acute {GVHD}")]),
        ("Glucocorticoid-refractory chronic GVHD", [("Glucocorticoid-refractory chronic GVHD", f"steroid-refractory chronic {GVHD}")]),
        (
            "acute steroid-resistant graft versus host disease",
            [("acute steroid-resistant graft versus host disease", f"steroid-refractory acute {GVHD}")],
        ),
        ("Lung cGVHD was typical.", [("Lung cGVHD", f"pulmonary {GVHD}")]),
        ("She had GVHD of the gut.", [("GVHD of the gut", f"gastrointestinal {GVHD}")]),
        ("extensive chronic GVHD", [("extensive chronic GVHD", f"extensive chronic {GVHD}")]),
        ("acute and chronic GVHD", [("chronic GVHD", f"chronic {GVHD}")]),
        (
            "steroid-refractory or steroid-dependent aGVHD",
            [("steroid-refractory or steroid-dependent aGVHD", f"steroid-refractory acute {GVHD}")],
        ),
        (
            "steroid-refractory/dependent chronic GVHD",
            [("steroid-refractory/dependent chronic GVHD", f"steroid-refractory chronic {GVHD}")],
        ),
        ("4 acute GVHD cases", [("acute GVHD", f"acute {GVHD}")]),
    ],
)
def test_gvhd_phrase_takes_all_that_qualifies_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "condition") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("after HLA-haploidentical hematopoietic stem-cell transplant", [("HLA-haploidentical hematopoietic stem-cell transplant", HAPLO)]),
        ("after haplo-HSCT", [("haplo-HSCT", HAPLO)]),
        ("after allogeneic blood or marrow transplantation", [("allogeneic blood or marrow transplantation", ALLO)]),
        ("after an allogenic stem cell transplant", [("allogenic stem cell transplant", ALLO)]),
        ("after haematopoietic cell transplantation", [("haematopoietic cell transplantation", HSCT)]),
        (
            "after double umbilical cord blood (UCB) transplantation",
            [("double umbilical cord blood (UCB) transplantation", "double cord blood transplantation")],
        ),
        ("after autologous SCT", [("autologous SCT", "autologous hematopoietic stem cell transplantation")]),
        ("unrelated donor HSCT", [("unrelated donor", "unrelated donor transplantation"), ("HSCT", HSCT)]),
        ("The transplantation went well.", []),
        ("MSC transplantation was safe.", [("MSC transplantation", "mesenchymal stromal cell transplantation")]),
        ("MSC co-infusion was safe.", [("MSC co-infusion", "co-transplantation of MSCs and hematopoietic stem cells")]),
    ],
)
def test_transplant_phrase_says_donor_and_graft(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "transplant") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("umbilical cord-derived MSCs", [("umbilical cord-derived MSCs", "umbilical cord-derived mesenchymal stromal cell")]),
        (
            "MSCs derived from the umbilical cord",
            [("MSCs derived from the umbilical cord", "umbilical cord-derived mesenchymal stromal cell")],
        ),
        ("bone marrow MSCs", [("bone marrow MSCs", "bone marrow-derived mesenchymal stromal cell")]),
        ("MSCs from adipose tissue", [("MSCs from adipose tissue", "adipose tissue-derived mesenchymal stromal cell")]),
        ("MSCs of bone marrow origin", [("MSCs of bone marrow", "bone marrow-derived mesenchymal stromal cell")]),
        ("umbilical cord (UC)-derived MSCs", [("umbilical cord (UC)-derived MSCs", "umbilical cord-derived mesenchymal stromal cell")]),
        ("mesenchymal stromal cells (MSCs) from the donor", [("mesenchymal stromal cells", MSC), ("MSCs", MSC)]),
        ("MSC infusion", [("MSC", MSC)]),
        ("non-MSC controls", [("MSC", MSC)]),
        ("natural killer (NK) cells", [("natural killer (NK) cells", "natural killer cell")]),
        ("T-cells and T lymphocytes", [("T-cells", "T cell"), ("T lymphocytes", "T cell")]),
        ("CD4(+)CD25(+)FoxP3(+) T cells", [("CD4(+)CD25(+)FoxP3(+) T cells", "regulatory T cell")]),
        ("cultured leukaemic cells", [("leukaemic cells", "leukemic cell")]),
        ("all of these cells", []),
    ],
)
def test_cell_phrase_takes_its_source(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "cell_type") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cumulative incidence of cGVHD was low.", [("cumulative incidence of cGVHD", "incidence of chronic GVHD")]),
        ("The risk of developing cGVHD was low.", [("risk of developing cGVHD", "incidence of chronic GVHD")]),
        ("The aGVHD incidence was low.", [("aGVHD incidence", "incidence of acute GVHD")]),
        ("GVHD-free, relapse-free survival", [("GVHD-free, relapse-free survival", "GVHD-free, relapse-free survival")]),
        ("GVHD/relapse-free survival", [("GVHD/relapse-free survival", "GVHD-free, relapse-free survival")]),
        ("recovery of neutrophils", [("recovery of neutrophils", "neutrophil engraftment")]),
        ("Two patients died.", [("died", "death")]),
        ("Its efficacy and tolerability", [("efficacy", "treatment outcome"), ("tolerability", "safety")]),
    ],
)
def test_outcome_is_put_together_from_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text, "outcome") == expected


def test_incidence_of_a_grade_stays_a_condition() -> None:
    assert marked("the incidence of grade II-IV aGVHD") == [("grade II-IV aGVHD", f"grade II-IV acute {GVHD}")]


def test_unknown_outcome_is_kept_with_its_own_words() -> None:
    (term,) = read("We measured time to steroid withdrawal.")[-1:]
    assert (term.label, term.concept, term.kind) == ("time to steroid withdrawal", None, "outcome")


@pytest.mark.parametrize(
    ("text", "label"),
    [("given zolbetuximab", "zolbetuximab"), ("given brenzatinib", "brenzatinib"), ("an anti-XYZ2 antibody", "anti-XYZ2 antibody")],
)
def test_unknown_drug_is_known_by_its_stem(text: str, label: str) -> None:
    assert [(term.label, term.concept) for term in read(text) if term.kind == "drug"] == [(label, None)]


@pytest.mark.parametrize(
    "text",
    [
        "antithymocyte globulin",
        "anti-T-lymphocyte globulin",
        "rabbit anti-human T-lymphocyte immunoglobulin",
        "horse antilymphocyte globulin",
    ],
)
def test_globulin_against_t_cells_is_one_drug_whatever_the_animal(text: str) -> None:
    assert marked(f"We gave {text}.") == [(text, "antithymocyte globulin")]


@pytest.mark.parametrize("text", ["all patients except one", "a novel concept", "they intercept it"])
def test_common_words_are_no_drugs(text: str) -> None:
    assert marked(text, "drug") == []


def test_drug_in_a_word_for_the_response_to_it_is_no_mention() -> None:
    assert marked("steroid-refractory disease treated with steroids", "drug") == [("steroids", "corticosteroid")]


def test_short_forms_are_told_by_their_capitals() -> None:
    assert marked("all patients with ALL") == [("ALL", "acute lymphoblastic leukemia")]


def test_short_form_inside_a_longer_one_is_not_marked() -> None:
    assert marked("in CR1 or with IL-1β") == marked("with IL-1β")


def test_ambiguous_short_form_needs_its_long_form_in_the_text() -> None:
    assert marked("SD was seen.", "outcome") == []
    assert ("SD", "stable disease") in marked("Stable disease was seen in two and SD in one.", "outcome")


def test_ratio_is_no_relapse_rate() -> None:
    text = "The relapse rate (RR) fell (risk ratio, RR 0.53). RR was low."
    assert [term.start for term in read(text) if term.text == "RR"] == [18, 50]


def test_long_form_and_short_form_are_two_mentions_with_their_own_words() -> None:
    assert marked("allogeneic hematopoietic cell transplantation (HCT)") == [
        ("allogeneic hematopoietic cell transplantation", ALLO),
        ("HCT", HSCT),
    ]


def test_short_form_that_the_text_defines_means_its_long_form() -> None:
    text = "MSC culture supernatant (CS) was used. CS was frozen."
    assert [label for printed, label in marked(text) if printed == "CS"] == ["MSC-conditioned medium"] * 2


def test_short_form_defined_as_something_else_is_dropped() -> None:
    assert "CR" not in [printed for printed, _ in marked("The control room (CR) was cold. CR stayed cold.")]


def test_a_participle_that_opens_the_sentence_is_no_part_of_a_scale() -> None:
    assert marked("Comparing Karnofsky Performance Scores, no difference was found.", "outcome") == [
        ("Karnofsky Performance Scores", "Karnofsky Performance Scores")
    ]


def test_predicates_and_cell_properties_are_no_outcome_terms() -> None:
    text = "T cell proliferation fell and nine were alive."
    assert marked(text, "outcome") == []


@pytest.mark.parametrize(
    "text", ["A grade II-IV aGVHD, haplo-HSCT and UC-MSCs.", "TNF-α, CD34+ cells;\n\nIL-10: (MSCs) naïve T cells – 10 × 10⁶/kg"]
)
def test_spans_equal_their_slice_and_do_not_overlap(text: str) -> None:
    terms = read(text)
    assert terms
    assert all(text[term.start : term.end] == term.text for term in terms)
    assert all(one.end <= other.start for one, other in pairwise(terms))


def test_a_synonym_added_to_the_vocabulary_is_found_without_new_code() -> None:
    concept = Concept(slug="blue-cell", kind="cell_type", label="blue cell", synonyms=("azurocyte",))
    small = build_matcher(Vocabulary(concepts={concept.slug: concept}))
    assert [term.concept for term in find_terms("Azurocytes and blue-cells", small)] == ["blue-cell", "blue-cell"]


def test_letters_and_digits_are_words_of_their_own() -> None:
    assert [word.text for word in split_words("IL-10, CD4(+)")] == ["IL", "10", ",", "CD", "4", "(+)"]


def test_a_short_form_inside_a_long_form_means_what_the_text_defines_it_to_mean() -> None:
    text = "The antenna pylon clamps (APCs) were new. Small APCs (sAPCs) rusted; sAPCs and APCs were replaced."
    assert [printed for printed, _ in marked(text) if "APC" in printed] == []
    nested = "Lasting Slow State (LSS) was measured. Velocity at LSS (VLSS) fell."
    assert [printed for printed, _ in marked(nested) if "LSS" in printed] == []
