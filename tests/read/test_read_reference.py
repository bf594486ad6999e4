"""Real inputs, where the reference data is present; counts come from looking through the files by hand."""

import json
from collections import Counter
from pathlib import Path

from kg.model import TextKind
from kg.namespaces import sha256_hex
from kg.read.batch import read_batch
from kg.read.outcome import Outcome, Read

PAPERS_PER_FILE = {
    "PMC3856598.nxml": 1, "PMC4332717.nxml": 1, "PMC4482193.nxml": 1, "PMC5009698.nxml": 1,
    "PMC5320771.nxml": 1, "PMC5753687.nxml": 1, "PMC5850145.nxml": 1, "PMC5861900.nxml": 1,
    "efetch_pmc.xml": 1, "pubmed-29768149.xml": 1, "pubmed1.xml": 2, "pubmed2.xml": 2, "pubmed4.xml": 1, "pubmed5.xml": 1,
    "pubmed6.xml": 1, "pubmed7.xml": 1, "pubmed_result1.txt": 1, "pubmed_result2.txt": 4, "pubmed_result3.txt": 1,
}  # fmt: skip


def kinds(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def test_every_file_of_the_corpus_has_its_outcomes(reference: Path) -> None:
    outcomes = list(read_batch([reference / "corpus" / "jats", reference / "corpus" / "ncbi"]))
    assert kinds(outcomes) == {"Read": 24, "Skipped": 18}
    per_file = Counter(Path(outcome.location).name for outcome in outcomes if isinstance(outcome, Read))
    assert per_file == PAPERS_PER_FILE
    skipped = {Path(outcome.error.location or "").name for outcome in outcomes if not isinstance(outcome, Read)}
    files = {path.name for folder in ("jats", "ncbi") for path in (reference / "corpus" / folder).iterdir()}
    assert skipped | per_file.keys() == files
    assert all(name.startswith(("elink", "epost", "esearch")) for name in skipped)


def test_sections_of_the_corpus_lie_inside_their_texts(reference: Path) -> None:
    outcomes = list(read_batch([reference / "corpus"], body=True))
    papers = [outcome.paper for outcome in outcomes if isinstance(outcome, Read)]
    assert len(papers) == 24
    assert sum(paper.text_kind is TextKind.FULL_TEXT for paper in papers) == 9
    for paper in papers:
        assert paper.sha256 == sha256_hex(paper.text)
        assert all(0 <= section.start < section.end <= len(paper.text) for section in paper.sections)
        assert not any(character in paper.text for character in "\t\r\u00a0\u2009\u200b")


def test_saved_page_is_a_page(reference: Path) -> None:
    (outcome,) = read_batch([reference / "seed"])
    assert isinstance(outcome, Read)
    assert outcome.paper.text_kind is TextKind.PAGE
    assert outcome.paper.text.startswith("mesenchymal stem cells\nPosted and filed under Studies.\nA recent study")
    assert outcome.paper.text.endswith("FREE consultation!")


def test_digests_keep_their_texts_and_offsets(reference: Path) -> None:
    path = reference / "gold" / "dev.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    outcomes = list(read_batch([path]))
    assert kinds(outcomes) == {"Read": 46}
    papers = [outcome.paper for outcome in outcomes if isinstance(outcome, Read)]
    assert [paper.local_id for paper in papers] == [record["id"] for record in records]
    assert all(paper.text == record["text"] for paper, record in zip(papers, records, strict=True))
    assert {paper.text_kind for paper in papers} == {TextKind.DIGEST}
