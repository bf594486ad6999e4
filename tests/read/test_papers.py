import gzip
import json
import tracemalloc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.outcome import Failed, Outcome, Read, Skipped
from kg.read.papers import read_stream

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "x" "https://example.org/x.dtd">\n<PubmedArticleSet>\n'


def article(pmid: int, text: str = "We saw.") -> str:
    abstract = f"<Abstract><AbstractText>{text}</AbstractText></Abstract>"
    return f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>{abstract}</Article></MedlineCitation></PubmedArticle>\n"


def answer(*records: str) -> bytes:
    return f"{HEAD}{''.join(records)}</PubmedArticleSet>\n".encode()


def told(data: bytes) -> list[str]:
    """Paper ids and complaints in order."""
    return [tell(outcome) for outcome in read_stream(BytesIO(data), location="x.xml")]


def tell(outcome: Outcome) -> str:
    if isinstance(outcome, Read):
        return outcome.paper.id
    return f"{'skipped' if isinstance(outcome, Skipped) else 'failed'} {outcome.error}"


def test_malformed_record_does_not_cost_its_neighbours() -> None:
    complaint = "malformed XML: Opening and ending tag mismatch: i line 1 and AbstractText. Fetch the record again"
    data = answer(article(1), article(2, "<i>open"), article(3))
    assert told(data) == ["pmid-1", f"failed x.xml, record 2 (PMID 2): {complaint}", "pmid-3"]


def test_missing_end_tag_costs_one_record() -> None:
    data = answer(article(1).replace("</PubmedArticle>", ""), article(2))
    assert told(data) == ["failed x.xml, record 1 (PMID 1): a start tag <PubmedArticle> without its end", "pmid-2"]


def test_missing_start_tag_costs_one_record() -> None:
    data = answer(article(1), article(2).replace("<PubmedArticle>", "<Pubmed"), article(3))
    assert told(data) == ["pmid-1", "failed x.xml, record 2 (PMID 2): an end tag </PubmedArticle> without its start", "pmid-3"]


def test_content_between_records_is_not_dropped() -> None:
    data = answer(article(1), "<ERROR>id 7 is unknown</ERROR>", article(2), "stray")
    assert told(data) == [
        "pmid-1",
        "failed x.xml, record 2: content that belongs to no record: <ERROR>id 7 is unknown</ERROR>",
        "pmid-2",
        "failed x.xml, record 4: content that belongs to no record: stray",
    ]


def test_answers_one_after_another_in_one_file_are_read() -> None:
    assert told(answer(article(1)) + answer(article(2))) == ["pmid-1", "pmid-2"]


def test_record_in_a_comment_is_not_read() -> None:
    assert told(answer(article(1), f"<!-- {article(2)} -->", article(3))) == ["pmid-1", "pmid-3"]


@pytest.mark.parametrize(
    ("keep", "complaint"),
    [
        (-30, "failed x.xml, record 2 (PMID 2): the file ends inside this record: it is truncated"),
        (-20, "failed x.xml, after record 2: the file ends before </PubmedArticleSet>: it is truncated"),
        (-15, "failed x.xml, after record 2: the file ends before </PubmedArticleSet>: it is truncated"),
    ],
)
def test_truncated_file_is_named_after_what_could_be_read(keep: int, complaint: str) -> None:
    outcomes = told(answer(article(1), article(2))[:keep])
    assert outcomes[0] == "pmid-1"
    assert outcomes[-1] == complaint


def test_truncated_gzip_is_named_after_what_could_be_read() -> None:
    packed = gzip.compress(answer(*(article(n, f"Text {n * 7919 % 10007} of {n * 104729 % 100003}.") for n in range(1, 20_000))))
    outcomes = told(packed[: len(packed) // 2])
    assert len(outcomes) > 5_000
    assert outcomes[0] == "pmid-1"
    assert outcomes[-1].startswith("failed x.xml, after record ")
    assert outcomes[-1].endswith("the gzip stream ends early: the file is truncated. Download the file again")
    assert sum(outcome.startswith("failed") for outcome in outcomes) == 1


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def test_entities_of_the_file_are_never_expanded() -> None:
    bomb = f'<!DOCTYPE PubmedArticleSet [<!ENTITY l0 "ha">{LAUGHS}]><PubmedArticleSet>{article(1, "&l9;")}{article(2)}</PubmedArticleSet>'
    assert told(bomb.encode()) == [
        "failed x.xml, record 1 (PMID 1): the entity &l9; is not resolved. Write the character itself",
        "pmid-2",
    ]


def test_entities_inside_an_article_file_are_never_expanded() -> None:
    front = "<front><article-meta><title-group><article-title>&l9;</article-title></title-group></article-meta></front>"
    bomb = f'<!DOCTYPE article [<!ENTITY l0 "ha">{LAUGHS}]><article>{front}</article>'
    assert told(bomb.encode()) == ["failed x.xml, record 1: the entity &l9; is not resolved. Write the character itself"]


def test_external_entity_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    doctype = f'<!DOCTYPE PubmedArticleSet [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    outcomes = told(f"{doctype}<PubmedArticleSet>{article(1, '&s;')}</PubmedArticleSet>".encode())
    assert outcomes == ["failed x.xml, record 1 (PMID 1): the entity &s; is not resolved. Write the character itself"]


def test_bytes_in_another_encoding_than_stated_cost_one_record() -> None:
    data = answer(article(1), article(2, "Zachée"), article(3)).replace("é".encode(), "é".encode("latin-1"))
    outcomes = told(data)
    assert (outcomes[0], outcomes[2]) == ("pmid-1", "pmid-3")
    assert outcomes[1].startswith("failed x.xml, record 2 (PMID 2): malformed XML:")
    assert "not in the encoding that the file states" in outcomes[1]


def test_stated_encodings_are_followed() -> None:
    text = answer(article(1, "Zachée")).decode()
    for encoding in ("latin-1", "utf-16"):
        data = text.replace("UTF-8", encoding).encode(encoding)
        (outcome,) = read_stream(BytesIO(data), location="x")
        assert isinstance(outcome, Read)
        assert outcome.paper.text == "Zachée"


def test_nul_byte_inside_a_record_costs_that_record() -> None:
    outcomes = told(answer(article(1, "a\0b"), article(2)))
    assert outcomes[0].startswith("failed x.xml, record 1 (PMID 1): malformed XML: Invalid character: Char 0x0")
    assert outcomes[1:] == ["pmid-2"]


def test_deep_nesting_costs_one_record() -> None:
    data = answer(article(1, "<i>" * 5_000 + "</i>" * 5_000), article(2))
    outcomes = told(data)
    assert outcomes[0].startswith("failed x.xml, record 1 (PMID 1): malformed XML: Excessive depth")
    assert outcomes[1:] == ["pmid-2"]


def test_markup_deeper_than_the_stack_costs_one_record() -> None:
    data = answer(article(1, "<sup>" * 240 + "up" + "</sup>" * 240), article(2))
    assert told(data) == ["pmid-1", "pmid-2"]

    def told_from_below(depth: int) -> list[str]:
        return told(data) if depth == 0 else told_from_below(depth - 1)

    assert told_from_below(700) == ["failed x.xml, record 1 (PMID 1): nested too deeply", "pmid-2"]


def test_paper_that_comes_twice_is_read_once_and_named() -> None:
    assert told(answer(article(1), article(2), article(1))) == [
        "pmid-1",
        "pmid-2",
        "failed x.xml, record 3 (PMID 1): pmid-1 was read before, as record 1 (PMID 1); this one is left out. Keep one of the two",
    ]


@pytest.mark.parametrize("data", [b"<PubmedArticleSet></PubmedArticleSet>", b"<PubmedArticleSet/>", b"<pmc-articleset></pmc-articleset>"])
def test_empty_answer_is_skipped(data: bytes) -> None:
    assert told(data) == ["skipped x.xml: it holds no record"]


class Huge:
    """A file made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces, b"")


def test_record_of_200_megabytes_is_passed_over_in_bounded_memory() -> None:
    def pieces() -> Iterator[bytes]:
        yield HEAD.encode() + article(1).encode()
        yield b"<PubmedArticle><MedlineCitation><PMID>2</PMID><Article><ArticleTitle>"
        for _ in range(200):
            yield b"x" * (1 << 20)
        yield b"</ArticleTitle></Article></MedlineCitation></PubmedArticle>" + article(3).encode() + b"</PubmedArticleSet>"

    tracemalloc.start()
    outcomes = [tell(outcome) for outcome in read_stream(Huge(pieces()), location="x.xml")]  # type: ignore[arg-type]  # Only read() is called.
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert outcomes == ["pmid-1", "failed x.xml, record 2 (PMID 2): larger than 32 MiB, which no paper is", "pmid-3"]
    assert peak < 120 << 20


def test_baseline_file_is_read_in_bounded_memory_as_it_streams() -> None:
    packed = gzip.compress(answer(*(article(n, f"Text {n}. " * 100) for n in range(1, 5_001))), compresslevel=1)
    tracemalloc.start()
    stream = read_stream(BytesIO(packed), location="x")
    assert isinstance(next(stream), Read)
    count = 1 + sum(isinstance(outcome, Read) for outcome in stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 8 << 20


@given(st.binary())
def test_any_bytes_have_an_outcome_and_no_crash(data: bytes) -> None:
    for source in (data, answer(article(1))[:200] + data, b'{"id": "a", "text": "' + data, b"PMID- 1\n" + data, b"TY  - JOUR\n" + data):
        assert list(read_stream(BytesIO(source), location="x"))


@given(st.data())
def test_no_record_of_a_damaged_answer_goes_missing_unnoticed(data: st.DataObject) -> None:
    whole = answer(article(1), article(2), article(3))
    at = data.draw(st.integers(whole.index(b"<PubmedArticle>"), len(whole) - 1))
    broken = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    outcomes = list(read_stream(BytesIO(broken), location="x"))
    read = [outcome for outcome in outcomes if isinstance(outcome, Read)]
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failed)]
    # Damage to an end tag and the start tag after it is one complaint about two records.
    assert len(read) + 2 * len(failed) >= 3
    assert len(read) >= 1


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), max_size=5))
def test_json_lines_and_array_give_the_same_papers(texts: list[str]) -> None:
    records = [{"id": f"r{n}", "text": text} for n, text in enumerate(texts)]
    lines = "\n".join(json.dumps(record) for record in [{"id": "first", "text": ""}, *records]).encode()
    array = json.dumps([{"id": "first", "text": ""}, *records]).encode()
    papers = [[o.paper for o in read_stream(BytesIO(data), location="x") if isinstance(o, Read)] for data in (lines, array)]
    assert papers[0] == papers[1]
    assert [paper.text for paper in papers[0]] == ["", *texts]
