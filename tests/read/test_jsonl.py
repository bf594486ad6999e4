import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Paper, Section, SectionLabel, TextKind
from kg.namespaces import sha256_hex
from kg.read.outcome import Failed, Read
from kg.read.papers import read_papers, read_stream


def line(**fields: Any) -> dict[str, Any]:
    source = {"title": None, "first_author": None, "year": None, "journal": None, "doi": None, "pmid": None}
    return {"id": "made-up", "source": source, "text": "We saw.", "sections": [], **fields}


def read_one(record: object) -> Paper:
    (paper,) = read_papers(json.dumps(record).encode(), location="x.jsonl")
    return paper


def test_line_becomes_a_paper() -> None:
    source = {"title": "Seen", "first_author": "Jane Doe", "year": 2016, "journal": "Inv Cells", "doi": "10.1000/L", "pmid": None}
    paper = read_one(line(source=source, text="Aim To see. Result Seen.", sections=[{"label": "results", "start": 12, "end": 24}]))
    assert (paper.id, paper.local_id, paper.doi, paper.pmid) == ("doi-10.1000%2Fl", "made-up", "10.1000/l", None)
    assert (paper.title, paper.first_author, paper.year, paper.journal) == ("Seen", "Jane Doe", 2016, "Inv Cells")
    assert paper.sections == (Section(label=SectionLabel.RESULTS, start=12, end=24),)


def test_id_of_the_line_names_a_paper_without_any_other() -> None:
    assert read_one(line()).id == "made-up"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, TextKind.ABSTRACT),
        ({"findings": []}, TextKind.DIGEST),
        ({"findings": [], "text_kind": "abstract"}, TextKind.ABSTRACT),
        ({"text_kind": "page"}, TextKind.PAGE),
    ],
)
def test_annotated_line_is_a_digest_unless_it_says_otherwise(fields: dict[str, Any], kind: TextKind) -> None:
    assert read_one(line(**fields)).text_kind is kind


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_text_of_a_line_is_taken_exactly_as_it_is(text: str) -> None:
    for ascii_only in (True, False):
        (paper,) = read_papers(json.dumps(line(text=text), ensure_ascii=ascii_only).encode(), location="x")
        assert paper.text == text
        assert paper.sha256 == sha256_hex(text)


def test_dumped_paper_can_be_read_again() -> None:
    paper = read_one(line(source={"pmid": "5", "title": "T"}, keywords=["a"], notices=[{"kind": "erratum_in"}], text_kind="digest"))
    again = read_one(json.loads(paper.model_dump_json()))
    assert again.model_copy(update={"local_id": paper.local_id}) == paper


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (line(text=None), "no text"),
        (line(text=5), "no text"),
        ({"id": "a"}, "no text"),
        (line(source={"pmid": "abc"}), "'abc' is no PMID"),
        (line(source={"doi": "x"}), "'x' is no DOI"),
        (line(source={"year": "soon"}), "field year"),
        (line(text_kind="poem"), "field text_kind"),
        (line(sections=[{"label": "results", "start": 0, "end": 99}]), r"section 1 \(0 to 99\) is not inside the text of 7 characters"),
        (line(sections=[{"label": "results", "start": 5, "end": 2}]), r"section 1 \(5 to 2\)"),
        (line(sections=[{"label": "chorus", "start": 0, "end": 2}]), r"field sections\.0\.label"),
        (line(text="a\0b"), "the text holds a NUL character"),
        (line(text="a\ud800b"), "half of a surrogate pair in a string"),
        ({"id": None, "text": ""}, "neither an identifier"),
    ],
)
def test_line_that_breaks_the_format_is_named(record: dict[str, Any], message: str) -> None:
    with pytest.raises(ReadError, match=rf"x\.jsonl, line 1: {message}"):
        read_one(record)


def test_damaged_lines_do_not_cost_their_neighbours() -> None:
    lines = [
        json.dumps(line(id="a")),
        '{"id": "b", "text": "cut',
        "[1, 2]",
        "7",
        "",
        '{"id": "c", "text": "' + "[" * 10 + '"}',
        "[" * 100_000,
        json.dumps(line(id="a")),
        json.dumps(line(id="d")),
    ]
    outcomes = list(read_stream(BytesIO("\n".join(lines).encode()), location="x"))
    assert [outcome.paper.id for outcome in outcomes if isinstance(outcome, Read)] == ["a", "c", "d"]
    errors = [(outcome.error.record, outcome.error.message) for outcome in outcomes if isinstance(outcome, Failed)]
    assert [record for record, _ in errors] == ["line 2", "line 3", "line 4", "line 7", "line 8"]
    assert errors[0][1].startswith("no valid JSON: Unterminated string")
    assert errors[1][1] == "a JSON array, not an object"
    assert errors[2][1] == "a JSON number, not an object"
    assert errors[4][1] == "a was read before, as line 1; this one is left out"


def test_same_paper_under_two_ids_is_read_once_and_named() -> None:
    lines = [json.dumps(line(id=name, source={"pmid": 5})) for name in ("a", "b")]
    outcomes = list(read_stream(BytesIO("\n".join(lines).encode()), location="x"))
    assert [type(outcome) for outcome in outcomes] == [Read, Failed]
    assert isinstance(outcomes[1], Failed)
    assert outcomes[1].error.message == "pmid-5 was read before, as line 1; this one is left out"


def test_line_in_latin_1_is_named() -> None:
    data = json.dumps(line(id="a")).encode() + b'\n{"id": "b", "text": "Zach\xe9e"}\n'
    outcomes = list(read_stream(BytesIO(data), location="x"))
    assert [type(outcome) for outcome in outcomes] == [Read, Failed]
    assert isinstance(outcomes[1], Failed)
    assert str(outcomes[1].error) == "x, line 2: byte 0xe9 is not UTF-8. Save the file as UTF-8"


def test_array_and_printed_object_are_read() -> None:
    assert [paper.id for paper in read_papers(json.dumps([line(id="a"), line(id="b")]).encode(), location="x")] == ["a", "b"]
    assert [paper.id for paper in read_papers(json.dumps(line(id="c"), indent=2).encode(), location="x")] == ["c"]
