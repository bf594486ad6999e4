"""Tokens and sentences of the spaCy pipeline."""

import pytest
from spacy.pipe_analysis import analyze_pipes

from kg.extract.tokenizer import SENTENCES, build_nlp


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("P = .021.", ["P", "=", ".021", "."]),
        ("P<0.001", ["P", "<", "0.001"]),
        ("27·4% vs. 13%", ["27·4", "%", "vs.", "13", "%"]),
        ("1×10^6/kg", ["1", "×", "10^6", "/", "kg"]),
        ("MSC-treated mice", ["MSC", "-", "treated", "mice"]),
        ("IL-10 and CD34+ cells", ["IL-10", "and", "CD34+", "cells"]),
        ("(0.46–0.86)", ["(", "0.46", "–", "0.86", ")"]),
    ],
)
def test_tokens_of_scientific_text(text: str, tokens: list[str]) -> None:
    assert [token.text for token in build_nlp()(text)] == tokens


def test_sentences_are_those_of_find_sentences() -> None:
    doc = build_nlp()("Relapse fell (P = .021). Deaths, i.e. all of them, did not.")
    assert [sentence.text for sentence in doc.sents] == ["Relapse fell (P = .021).", "Deaths, i.e. all of them, did not."]


def test_a_heading_is_a_sentence_of_its_own() -> None:
    doc = build_nlp()("Methods: We gave cells.\nResults: Six died.")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Methods:", "We gave cells.", "Results:", "Six died."]


def test_the_text_is_kept_character_by_character() -> None:
    text = "Cells (2×10⁶/kg)  were\n given; P=.02."
    assert build_nlp()(text).text == text


def test_components_declare_what_they_set() -> None:
    analysis = analyze_pipes(build_nlp())
    assert analysis["summary"][SENTENCES]["assigns"] == ["token.is_sent_start", "doc.sents"]
    assert analysis["problems"][SENTENCES] == []


def test_each_pipeline_is_new() -> None:
    assert build_nlp() is not build_nlp()
