import os
from dataclasses import dataclass

import pytest
from rdf_world import shapes, vocabulary

from kg.build import Known, Made, Pipeline, choose, collect, ingest, known_in, make_graphs, replace_folder, write_whole
from kg.bundled import ontologies_folder
from kg.errors import ExtractionError, NotAPaperError, ReadError, StoreError
from kg.model import Extraction, Finding, FindingKind, Outcome, Paper, Span, TextKind
from kg.namespaces import sha256_hex
from kg.read.outcome import Failed, Read, Skipped
from kg.report import Failure, Trouble
from kg.store import LocalStore, vocabulary_quads

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
        outcome = Outcome(start=0, end=7, text=paper.text[:7], label="relapse", concept="cumulative-incidence-of-relapse")
        finding = Finding(kind=FindingKind.EFFECT, outcome=outcome, direction="decreased", evidence=Span(start=0, end=len(paper.text)))
        return Extraction(
            id=paper.id,
            paper=paper.id,
            text_kind=paper.text_kind,
            sha256=paper.sha256,
            findings=(finding,) if paper.text else (),
            engine="fake one 1.2",
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


# ------------------------------------------------------------ into a store


@pytest.fixture
def store():
    with LocalStore.in_memory() as opened:
        opened.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
        yield opened


def put(store, *outcomes, **options):
    return ingest(outcomes, store, make_pipeline, vocabulary=vocabulary(), software_version="9.9", workers=1, progress=quiet, **options)


def test_the_report_counts_what_was_added(store):
    ticks = iter([10.0, 12.5])
    report = put(store, read("a"), Failed(ReadError("torn", location="b.xml")), timer=lambda: next(ticks))
    assert (report.papers, report.findings["decreased"], report.seconds) == (1, 1, 2.5)
    assert report.failures == (Failure(Trouble.FAILED, "b.xml", "torn"),)
    assert report.triples == store.count()


def test_adding_twice_leaves_the_store_as_it_was(store):
    put(store, read("a"), read("b"))
    once = store.dump()
    put(store, read("b"), read("a"))
    assert store.dump() == once


def test_the_report_names_the_papers_that_the_store_did_not_have(store):
    assert put(store, read("text-1", doi="10.1/x"), read("old")).new == ("old", "text-1")
    report = put(store, read("doi-10.1%2Fx", doi="10.1/x"), read("old", text=TEXT + " More."), read("young"))
    assert report.papers == 3
    assert report.new == ("young",)


def test_a_refused_paper_leaves_the_rest(store):
    report = put(store, read("a", year=-5), read("b"))
    assert store.paper_ids() == ("b",)
    assert [failure.trouble for failure in report.failures] == [Trouble.REFUSED]


def test_a_stronger_record_takes_the_place_of_a_weaker_id(store):
    put(store, read("doi-10.1%2Fx", doi="10.1/x"))
    put(store, read("pmid-1", pmid="1", doi="10.1/x"))
    assert store.paper_ids() == ("pmid-1",)


def test_a_weaker_record_is_left_out(store):
    put(store, read("pmid-1", pmid="1", doi="10.1/x"))
    report = put(store, read("doi-10.1%2Fx", doi="10.1/x"))
    assert store.paper_ids() == ("pmid-1",)
    assert report.failures == (Failure(Trouble.SKIPPED, "doi-10.1%2Fx", "the store has a better record of it, pmid-1"),)


def test_a_stored_digest_gives_way_and_never_replaces(store):
    digest = read("line-7", "Our words: relapse fell.", doi="10.1/x", text_kind=TextKind.DIGEST)
    real = read("doi-10.1%2Fx", doi="10.1/x")
    put(store, digest)
    assert b"not medical advice" in store.dump()
    put(store, real)
    put(store, digest)
    assert store.paper_ids() == ("doi-10.1%2Fx",)
    assert b"Our words" not in store.dump()
    assert b"not medical advice" not in store.dump()


def test_a_refused_record_does_not_drive_the_old_one_out(store):
    put(store, read("doi-10.1%2Fx", doi="10.1/x"))
    put(store, read("pmid-1", pmid="1", doi="10.1/x", year=-5))
    assert store.paper_ids() == ("doi-10.1%2Fx",)


def test_what_a_store_knows_of_its_papers(store):
    put(store, read("line-7", "Relapse fell.", text_kind=TextKind.DIGEST), read("pmid-1", "", pmid="1", pmcid="PMC2"))
    assert known_in(store) == [
        Known("line-7", frozenset({"line-7"}), (False, True, 0)),
        Known("pmid-1", frozenset({"pmid-1", "pmcid-PMC2"}), (True, False, 2)),
    ]


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "graph.nq").mkdir()
    with pytest.raises(StoreError, match=r"graph\.nq: cannot be written"):
        write_whole(tmp_path / "graph.nq", b"x")


def test_a_pipe_is_written_to_and_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"x")
    assert os.read(reader, 9) == b"x"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_folder_takes_the_place_of_another(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    replace_folder(tmp_path / "old", tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old" / "file").read_text(encoding="utf-8") == "new"
