"""Our figures are those of the reference scorer, digit for digit, for perfect, empty and randomly perturbed predictions."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import Evaluation, evaluate, read_gold
from kg.model import Direction, Extraction

GOLD = Path(__file__).parents[1] / "gold"


def perturbed(record: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The gold line with some of everything dropped, doubled, shifted or replaced."""
    findings = [_perturbed_finding(each, dice) for each in record["findings"] if dice.random() < 0.85]
    findings += [_perturbed_finding(each, dice) for each in record["findings"] if dice.random() < 0.2]
    dice.shuffle(findings)
    terms = [{**each, "kind": dice.choice(["outcome", each["kind"], each["kind"]])} for each in record["terms"] if dice.random() < 0.8]
    cells = [{**each, "source": dice.choice([each["source"], each["source"], None])} for each in record["cells"] if dice.random() < 0.8]
    study = dict(record["study"])
    study["n"] = dice.choice([study["n"], study["n"], 12, None, *study["n_alternatives"]])
    study["design"] = dice.choice([study["design"], study["design"], "rct", None])
    study["species"] = dice.choice([study["species"], "human", None])
    return {**record, "paper": record["id"], "findings": findings, "terms": terms, "cells": cells, "study": study}


def _perturbed_finding(finding: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    changed = json.loads(json.dumps(finding))
    if dice.random() < 0.3:
        changed["direction"] = dice.choice([*Direction])
    if dice.random() < 0.2:
        changed["values"] = {"intervention": changed["values"]["comparator"], "comparator": changed["values"]["intervention"]}
    if dice.random() < 0.1:
        changed["values"]["intervention"] = {"value": 1.5, "count": dice.choice([None, 0, 3]), "text": "1.5"}
    if dice.random() < 0.2:
        changed[dice.choice(["p", "effect", "timepoint", "significant"])] = None
    if dice.random() < 0.1:
        changed["p"] = {"operator": dice.choice("=<"), "value": 0.04}
    if dice.random() < 0.1:
        changed["effect"] = {"measure": "HR", "value": 0.5, "ci_low": 0.2, "ci_high": None}
    if "effect_alternatives" in finding and dice.random() < 0.5:
        changed["effect"] = dice.choice(finding["effect_alternatives"])
    return _moved(changed, finding, dice)


def _moved(changed: dict[str, Any], finding: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The same with another time, label or place."""
    if dice.random() < 0.3:
        changed["timepoint"] = dice.choice(["P12M", "P4W", "P1Y", "P28D"])
    if "equivalent" in finding and dice.random() < 0.5:
        changed["outcome"]["label"] = finding["equivalent"]["outcome"]
    elif dice.random() < 0.2:
        changed["outcome"]["label"] = changed["outcome"]["label"].upper().replace(" ", "-")
    shift = dice.choice([0, 0, 4, 30, 200])
    for place in (changed["outcome"], changed["evidence"]):
        if dice.random() < 0.2:
            place.update(start=place["start"] + shift, end=place["end"] + shift)
    return changed


def ours(evaluation: Evaluation) -> dict[str, Any]:
    """Our figures in the shape of the reference report."""
    f1 = {
        (each.group, each.name): {
            "precision": each.precision.value,
            "recall": each.recall.value,
            "f1": each.f1.value,
            "gold": each.gold,
            "predicted": each.predicted,
        }
        for each in evaluation.f1
    }
    shares = {(each.group, each.name): {"accuracy": each.right.value, "n": each.n} for each in evaluation.shares if each.right is not None}
    return {
        "records": evaluation.records,
        "findings": {
            group.split()[1]: {name: figures for (other, name), figures in f1.items() if other == group}
            for group in ("findings headline", "findings all")
        },
        "matched_fields": {name: figures for (group, name), figures in shares.items() if group == "matched"},
        "labels": {name: figures for (group, name), figures in f1.items() if group == "labels"},
        "term_spans": f1["terms", "spans"],
        "study": {name: figures for (group, name), figures in shares.items() if group == "study"},
        "findings_on_hard_negatives": evaluation.on_hard_negatives,
        "direction_confusion": {f"{gold}->{predicted}": n for (gold, predicted), n in evaluation.confusion.items()},
    }


def reference_report(reference: Path, gold: Path, predicted: Path) -> dict[str, Any]:
    command = [sys.executable, str(reference / "gold" / "score.py"), str(gold), str(predicted), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def check(reference: Path, gold: Path, lines: list[dict[str, Any]], folder: Path) -> Evaluation:
    predicted = folder / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    evaluation = evaluate(read_gold(gold), [Extraction.model_validate(each) for each in lines], resamples=2)
    assert ours(evaluation) == reference_report(reference, gold, predicted)
    return evaluation


@pytest.fixture(params=["dev.jsonl", "hard_phrasings.jsonl"])
def gold_file(request: pytest.FixtureRequest) -> Path:
    return GOLD / request.param


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_gold_against_itself_scores_as_the_reference_says(reference: Path, gold_file: Path, tmp_path: Path) -> None:
    evaluation = check(reference, gold_file, [{**each, "paper": each["id"]} for each in read_lines(gold_file)], tmp_path)
    assert {each.f1.value for each in evaluation.f1} == {1.0}


def test_empty_predictions_score_as_the_reference_says(reference: Path, gold_file: Path, tmp_path: Path) -> None:
    check(reference, gold_file, [], tmp_path)


@pytest.mark.parametrize("seed", range(8))
def test_perturbed_predictions_score_as_the_reference_says(reference: Path, gold_file: Path, seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    lines = [perturbed(each, dice) for each in read_lines(gold_file) if dice.random() < 0.95]
    evaluation = check(reference, gold_file, lines, tmp_path)
    (direction,) = [each for each in evaluation.f1 if (each.group, each.name) == ("findings all", "direction")]
    assert 0.2 < direction.f1.value < 0.9
