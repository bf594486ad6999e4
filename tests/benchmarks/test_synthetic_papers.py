"""Papers that fill a graph for measuring: the same for the same number, and whole."""

import sys
from pathlib import Path

from rdf_world import run, shapes, vocabulary

from kg.extract.pipeline import build_extractor
from kg.model import Notice, Paper, TextKind
from kg.namespaces import sha256_hex
from kg.rdf import paper_quads
from kg.shapes import check_graph

sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks is no part of the installed package
from benchmarks.synthetic_papers import Digests, synthetic_papers

TEXT = "Chronic GVHD at 2 years was 10% with MSC and 30% without (P = 0.02)."


def digests() -> Digests:
    paper = Paper(id="d", title="Cells and GVHD", text=TEXT, text_kind=TextKind.DIGEST, source_format="jsonl", sha256=sha256_hex(TEXT))
    return Digests.of([paper], build_extractor(vocabulary()), vocabulary())


def test_the_same_number_is_always_the_same_paper() -> None:
    made_from = digests()
    run_on = list(synthetic_papers(made_from, first=1, count=5))
    assert run_on[2:4] == list(synthetic_papers(made_from, first=3, count=2))
    assert len({paper.sha256 for paper, _ in run_on}) == 5
    assert [paper.pmid for paper, _ in run_on] == ["1", "2", "3", "4", "5"]


def test_papers_conform_and_cite_only_elder_ones() -> None:
    for paper, read in synthetic_papers(digests(), first=40, count=3):
        assert read.findings
        assert check_graph(paper_quads(paper, read, run=run(), vocabulary=vocabulary()), shapes()) == []
        assert {each.kind for each in paper.notices} == {Notice.CITES}
        assert all(int(each.pmid or 0) < int(paper.pmid or 0) for each in paper.notices)
