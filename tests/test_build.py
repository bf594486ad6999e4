from dataclasses import dataclass

import pytest
from rdf_world import shapes, vocabulary

from kg.build import Made, Pipeline, choose, collect, make_graphs
from kg.errors import ExtractionError, NotAPaperError, ReadError
from kg.model import Extraction, Finding, FindingKind, Outcome, Paper, Span, TextKind
from kg.namespaces import sha256_hex
from kg.read.outcome import Failed, Read, Skipped
from kg.report import Failure, Trouble

TEXT = "Relapse was rarer with cells."


def paper(name, text=TEXT, **fields):
    return Paper(**({"id": name, "text": text, "source_format": "ris", "sha256": sha256_hex(text)} | fields))


def read(name, text=TEXT, location="x.ris", record="record 1", **fields):
    return Read(paper(name, text, **fields), location, record)


@dataclass(frozen=True)
class OneFinding:
    """Says of every text that relapse fell, and stumbles over one that says so."""

    def extract(self, paper: Paper) -> Extraction:
        if "stumble" in paper.text:
            raise ExtractionError("stumbled", remedy="Walk on")
        end = 8 if "break" in paper.text else 7
        outcome = Outcome(start=0, end=end, text=paper.text[:end], label="relapse", concept="cumulative-incidence-of-relapse")
        finding = Finding(kind=FindingKind.EFFECT, outcome=outcome, direction="decreased", evidence=Span(start=0, end=len(paper.text)))
        return Extraction(
            id=paper.id, paper=paper.id, text_kind=paper.text_kind, sha256=paper.sha256, findings=(finding,), engine="fake one 1.2"
        )


def make_pipeline():
    return Pipeline(OneFinding(), vocabulary(), shapes())


def quiet(_stage, _done, _total):
    """No progress."""


# ------------------------------------------------------------ collecting


def test_failed_and_skipped_are_kept_apart_with_place_and_remedy():
    outcomes = [
        Failed(ReadError("not well formed", location="a.xml", record="record 2", remedy="Mend it")),
        read("a"),
        Skipped(NotAPaperError("a link list", location="links.json")),
    ]
    papers, failures = collect(outcomes)
    assert [each.paper.id for each in papers] == ["a"]
    assert failures == [
        Failure(Trouble.FAILED, "a.xml, record 2", "not well formed. Mend it"),
        Failure(Trouble.SKIPPED, "links.json", "a link list"),
    ]


# ------------------------------------------------------------ choosing


def test_papers_come_sorted_by_id():
    assert [each.id for each in choose([read("b"), read("a")])[0]] == ["a", "b"]


@pytest.mark.parametrize("digest_first", [True, False])
def test_a_real_record_replaces_a_digest_whichever_comes_first(digest_first):
    digest = read("pmid-1", "Our words.", pmid="1", text_kind=TextKind.DIGEST, location="digests.jsonl")
    real = read("pmid-1", pmid="1")
    papers, passed = choose([digest, real] if digest_first else [real, digest])
    assert papers == [real.paper]
    assert passed == [Failure(Trouble.SKIPPED, "digests.jsonl, record 1", "same paper as pmid-1 of x.ris, record 1")]


def test_records_that_share_a_doi_are_one_paper():
    weak, strong = read("doi-10.1%2Fx", doi="10.1/x"), read("pmid-1", pmid="1", doi="10.1/x")
    assert choose([strong, weak])[0] == [strong.paper]


def test_records_are_one_paper_through_a_third():
    records = [read("pmid-1", pmid="1"), read("doi-10.1%2Fx", doi="10.1/x"), read("pmid-1", pmid="1", doi="10.1/x")]
    papers, passed = choose(records)
    assert papers == [records[2].paper]
    assert len(passed) == 2


def test_of_equal_records_the_later_one_counts():
    assert choose([read("pmid-1", pmid="1", title="old"), read("pmid-1", pmid="1", title="new")])[0][0].title == "new"


def test_a_record_with_a_text_wins_over_a_later_one_without():
    assert choose([read("pmid-1", pmid="1"), read("pmid-1", "", pmid="1")])[0][0].text == TEXT


def test_a_digest_with_a_text_gives_way_to_a_real_record_without():
    digest = read("pmid-1", pmid="1", text_kind=TextKind.DIGEST)
    assert choose([digest, read("pmid-1", "", pmid="1")])[0][0].text == ""


# ------------------------------------------------------------ making graphs


def test_a_paper_becomes_a_graph():
    [made] = make_graphs([paper("a")], make_pipeline, workers=1, progress=quiet)
    assert isinstance(made, Made)
    assert {quad.graph_name.value for quad in made.quads} == {"https://w3id.org/graftgraph/graph/paper/a"}


def test_an_engine_that_stumbles_fails_one_paper():
    results = list(make_graphs([paper("a", "Some stumble."), paper("b")], make_pipeline, workers=1, progress=quiet))
    assert results[0] == Failure(Trouble.FAILED, "a", "stumbled. Walk on")
    assert isinstance(results[1], Made)


def test_a_graph_that_breaks_the_shapes_is_refused():
    [refused] = make_graphs([paper("a", year=-5)], make_pipeline, workers=1, progress=quiet)
    assert (refused.trouble, refused.place) == (Trouble.REFUSED, "a")


def test_progress_counts_every_paper():
    seen = []
    list(make_graphs([paper("a"), paper("b")], make_pipeline, workers=1, progress=lambda *step: seen.append(step)))
    assert seen == [("extract", 1, 2), ("extract", 2, 2)]


def test_processes_give_the_same_in_the_same_order(monkeypatch):
    monkeypatch.setattr("kg.build.graphs._MANY_PAPERS", 2)
    papers = [paper(f"p{n}", f"Relapse number {n} was rarer.") for n in range(20)]
    alone = list(make_graphs(papers, make_pipeline, workers=1, progress=quiet))
    assert list(make_graphs(papers, make_pipeline, workers=2, progress=quiet)) == alone
