"""Reading annotated abstracts."""

import json
from pathlib import Path

import pytest

from kg.errors import GoldError
from kg.evaluate import GoldRecord, Half, read_gold, split_halves
from kg.model import Direction

RECORD = {
    "id": "a",
    "text": "Relapse was rarer.",
    "study": {"n": 40, "n_alternatives": [44]},
    "terms": [],
    "cells": [],
    "findings": [
        {
            "kind": "effect",
            "outcome": {"label": "relapse", "start": 0, "end": 7, "text": "Relapse"},
            "direction": "decreased",
            "direction_alternatives": ["no_difference"],
            "evidence": {"start": 0, "end": 18},
        }
    ],
}


def write(folder: Path, *records: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    return path


def test_a_record_is_read_with_what_an_annotator_accepts_beside_it(tmp_path: Path) -> None:
    (record,) = read_gold(write(tmp_path, RECORD))
    assert record.study.n_alternatives == (44,)
    assert record.findings[0].direction_alternatives == (Direction.NO_DIFFERENCE,)
    assert (record.id, record.paper, record.hard_negative) == ("a", "a", False)


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    path = write(tmp_path, RECORD)
    path.write_text("\n" + path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert len(read_gold(path)) == 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("{", "gold.jsonl, line 1: is no JSON"),
        ("[]", "gold.jsonl, line 1: is no JSON object"),
        ("", "holds no record"),
        (json.dumps(RECORD) + "\n" + json.dumps(RECORD), "line 2: id 'a' stands twice"),
        (json.dumps({**RECORD, "study": {"design": "guess"}}), "line 1: study.design: Input should be"),
        (json.dumps({**RECORD, "id": None}), "line 1: id: Input should be a valid string"),
        (json.dumps({**RECORD, "text": "It was rarer."}), r"line 1: findings.0.outcome: offsets 0 to 7 give 'It was ', not 'Relapse'"),
        (
            json.dumps({**RECORD, "terms": [{"kind": "outcome", "label": "x", "start": 0, "end": 2, "text": "Re-"}]}),
            r"terms.0: offsets 0 to 2 give 'Re', not 'Re-'",
        ),
    ],
)
def test_bad_input_is_named_with_line_and_field(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "gold.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read_gold(tmp_path / "gold.jsonl")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"absent\.jsonl: cannot be read"):
        read_gold(tmp_path / "absent.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(GoldError, match=r"latin\.jsonl: cannot be read"):
        read_gold(tmp_path / "latin.jsonl")


def test_halves_are_odd_and_even_positions_in_order_of_id(tmp_path: Path) -> None:
    records = read_gold(write(tmp_path, *({**RECORD, "id": name} for name in "dbeca")))
    odd, even = split_halves(records)
    assert ("".join(each.id for each in odd), "".join(each.id for each in even)) == ("ace", "bd")
    assert {each.id: each.half for each in records} == {
        "a": Half.DEVELOPING,
        "b": Half.MEASURING,
        "c": Half.DEVELOPING,
        "d": Half.MEASURING,
        "e": Half.DEVELOPING,
    }


def test_the_projects_own_gold_is_read_whole() -> None:
    folder = Path(__file__).parents[1] / "gold"
    digests, sentences = read_gold(folder / "dev.jsonl"), read_gold(folder / "hard_phrasings.jsonl")
    assert (len(digests), sum(len(each.findings) for each in digests)) == (46, 268)
    assert (len(sentences), sum(len(each.findings) for each in sentences)) == (30, 48)
    assert all(isinstance(each, GoldRecord) for each in digests)
    assert sum(each.hard_negative for each in digests) == 5
