"""Our components in spaCy pipelines."""

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.pipe_analysis import analyze_pipes
from spacy.tokens import Doc, DocBin

from kg.bundled import ontologies_folder
from kg.extract.language import FINDINGS, SPANS, TERMS, build_language
from kg.extract.pipeline import RuleExtractor
from kg.model import Direction
from kg.vocabulary import load_vocabulary

TEXT = (
    "We randomized 40 patients to mesenchymal stromal cells (MSCs) or placebo. "
    "Chronic GVHD was less frequent in the MSC group than in the placebo group (10% vs 40%, P = .02)."
)


def spans_of(doc: Doc) -> list[tuple[str, str, str]]:
    """Text, label and id; spaCy's spans are gone with their document."""
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans[SPANS]]


@pytest.fixture(scope="module")
def nlp(extractor: RuleExtractor) -> spacy.Language:
    return build_language(extractor.vocabulary)


def test_terms_are_spans_with_kind_and_concept(nlp: spacy.Language) -> None:
    found = spans_of(nlp(TEXT))
    assert ("mesenchymal stromal cells", "cell_type", "mesenchymal-stromal-cell") in found
    assert ("Chronic GVHD", "condition", "chronic-graft-versus-host-disease") in found


def test_a_term_without_concept_has_an_empty_id(nlp: spacy.Language) -> None:
    found = spans_of(nlp("Some had zorblatinib."))
    assert found == [("zorblatinib", "drug", "")]


def test_the_extraction_hangs_on_the_document(nlp: spacy.Language, extractor: RuleExtractor) -> None:
    extraction = nlp(TEXT)._.extraction
    [finding] = extraction.findings
    assert (finding.outcome.text, finding.direction, finding.p.value) == ("Chronic GVHD", Direction.DECREASED, 0.02)
    assert TEXT[finding.outcome.start : finding.outcome.end] == finding.outcome.text
    assert extraction.engine.startswith("rules ")


def test_a_document_that_no_component_read_has_no_extraction() -> None:
    assert spacy.blank("en")(TEXT)._.extraction is None


def test_the_title_of_the_document_is_read_too(nlp: spacy.Language) -> None:
    doc = nlp.make_doc("GVHD became milder.")
    doc.user_data["title"] = "A phase II trial of MSCs"
    assert nlp(doc)._.extraction.study.phase == "2"


def test_an_empty_text_is_read() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(TERMS)
    nlp.add_pipe(FINDINGS)
    doc = nlp("")
    assert (list(doc.spans[SPANS]), doc._.extraction.no_findings_reason) == ([], "no abstract")


def test_terms_finer_than_the_tokens_of_another_pipeline_are_kept() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split(" "))
    nlp.add_pipe(TERMS)
    assert [text for text, *_ in spans_of(nlp("After MSC-infusion, GVHD fell"))] == ["MSC-infusion,", "GVHD"]


def test_components_take_a_vocabulary_folder() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(TERMS, config={"ontologies": str(ontologies_folder())})
    assert spans_of(nlp("They took ruxolitinib")) == [("ruxolitinib", "drug", "ruxolitinib")]


def test_components_declare_what_they_set(nlp: spacy.Language) -> None:
    analysis = analyze_pipes(nlp)
    assert analysis["summary"][TERMS]["assigns"] == ["doc.spans"]
    assert analysis["summary"][FINDINGS]["assigns"] == ["doc._.extraction"]
    assert [problems for problems in analysis["problems"].values() if problems] == []


def test_displacy_renders_the_spans(nlp: spacy.Language) -> None:
    page = displacy.render(nlp(TEXT), style="span", options={"spans_key": SPANS})
    assert "condition" in page
    assert "chronic-graft-versus-host-disease" in page


def test_a_pipeline_comes_back_from_disk(nlp: spacy.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert [token.text for token in again("(0.46–0.86)")] == ["(", "0.46", "–", "0.86", ")"]
    assert again(TEXT)._.extraction == nlp(TEXT)._.extraction


def test_extractions_survive_other_processes_and_files(nlp: spacy.Language) -> None:
    [here, there] = nlp(TEXT), next(nlp.pipe([TEXT], n_process=2))
    [kept] = DocBin(store_user_data=True, docs=[here]).get_docs(nlp.vocab)
    assert here._.extraction == there._.extraction == kept._.extraction


def test_a_changed_vocabulary_changes_the_terms(tmp_path: Path) -> None:
    for path in ontologies_folder().iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    file = next(path for path in sorted(tmp_path.glob("*.ttl")) if 'prefLabel "ruxolitinib"' in path.read_text(encoding="utf-8"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('prefLabel "ruxolitinib"', 'prefLabel "zorblattinib"'), encoding="utf-8")
    found = spans_of(build_language(load_vocabulary(tmp_path))("They took zorblattinib."))
    assert found == [("zorblattinib", "drug", "ruxolitinib")]


def test_nearly_all_gold_terms_stand_on_token_borders(nlp: spacy.Language) -> None:
    import json

    lines = (Path(__file__).parents[1] / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = sorted(map(json.loads, lines), key=lambda record: record["id"])[::2]
    docs = [(nlp.make_doc(record["text"]), record["terms"]) for record in records]
    on_borders = [doc.char_span(term["start"], term["end"]) is not None for doc, terms in docs for term in terms]
    assert len(on_borders) == 679
    assert sum(on_borders) >= 675
