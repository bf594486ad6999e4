"""The fit of confidence."""

import json
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="the dependency group 'benchmark' is not installed")

from benchmarks.train_confidence import Example, examples_of, fit
from kg.bundled import ontologies_folder
from kg.extract.findings.confidence import SENSE
from kg.extract.pipeline import build_extractor
from kg.vocabulary import load_vocabulary

TEXT = "Results: Relapse was 12% with MSCs and 31% in controls (P = .01)."
RIGHT = [Example({"numbers of both arms": 1.0}, True)] * 40
WRONG = [Example({"one arm": 1.0}, False)] * 40
MIXED = [Example({"numbers of both arms": 1.0}, True), Example({"one arm": 1.0}, False), Example({}, True), Example({}, False)] * 10


def test_evidence_that_goes_with_being_right_gets_weight() -> None:
    fitted = fit({Path("a"): MIXED}, {})
    assert fitted.weights["numbers of both arms"] > 0.5
    assert fitted.weights["one arm"] < -0.5
    assert fitted.weigh({}) == pytest.approx(0.5, abs=0.02)


def test_no_weight_is_against_sense_whatever_the_digests_say() -> None:
    contrary = [
        Example({"numbers of both arms": 1.0}, False),
        Example({"no direction": 1.0}, True),
        Example({}, True),
        Example({}, False),
    ] * 10
    fitted = fit({Path("a"): contrary}, {})
    assert all(fitted.weights[name] * sense >= 0 for name, sense in SENSE.items())


def test_how_often_findings_are_right_is_told_by_fresh_digests_alone() -> None:
    fresh = [Example({}, True), Example({}, False)] * 20
    seen = [Example({}, True)] * 38 + [Example({}, False)] * 2
    assert fit({Path("fresh"): fresh}, {Path("seen"): seen}).weigh({}) == pytest.approx(0.5, abs=0.02)
    assert fit({Path("fresh"): seen}, {Path("seen"): fresh}).weigh({}) == pytest.approx(0.95, abs=0.02)


def test_the_same_examples_give_the_same_weights() -> None:
    assert fit({Path("a"): MIXED}, {Path("b"): RIGHT + WRONG}) == fit({Path("a"): MIXED}, {Path("b"): RIGHT + WRONG})


def test_a_finding_is_judged_by_the_annotation(tmp_path: Path) -> None:
    outcome = {"text": "Relapse", "label": "cumulative incidence of relapse", "start": 9, "end": 16}
    finding = {"kind": "effect", "outcome": outcome, "evidence": {"start": 9, "end": len(TEXT)}, "significant": True}
    lines = [
        {"id": each, "paper": each, "text": TEXT, "source": {"title": "MSCs or none"}, "findings": [{**finding, "direction": each}]}
        for each in ("decreased", "increased")
    ]
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    found = examples_of(file, build_extractor(load_vocabulary(ontologies_folder())))
    assert [example.is_right for example in found] == [True, False]
    assert all(example.evidence["numbers of both arms"] == 1.0 for example in found)
