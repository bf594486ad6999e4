"""Papers are linked as they are added: with what the store has, in one transaction, whatever the order."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from rdf_world import shapes, vocabulary

from kg.build import Pipeline, ingest
from kg.bundled import ontologies_folder
from kg.link import claim_keys
from kg.model import Cell, Extraction, Finding, Link, LinkKind, Notice, Outcome, Paper, Registration, RelatedNotice, Span, Study, TextKind
from kg.namespaces import GG, graph_iri, paper_iri, sha256_hex
from kg.queries import read_claims, read_links
from kg.read.outcome import Read
from kg.store import LocalStore, vocabulary_quads

TITLE = "Cord cells given with the graft lower relapse"


@dataclass(frozen=True)
class Known:
    """Gives what was settled beforehand of each paper."""

    readings: Mapping[str, Extraction]

    def extract(self, paper: Paper) -> Extraction:
        return self.readings[paper.id]


def trial(number: int, text: str = "", *, relapse: str | None = None, study: Mapping[str, object] | None = None, **record: object):
    """A paper with what is read from it; relapse goes that way, significantly, or shows no difference."""
    paper_id = str(record.pop("id", f"pmid-{number}"))
    words = text or f"Relapse was followed in series {number}."
    fields = {"pmid": str(number), "year": 2000 + number, "title": f"{TITLE}, series {number}", "source_format": "pubmed", **record}
    paper = Paper.model_validate({"id": paper_id, "text": words, "sha256": sha256_hex(words), **fields})
    finding = Finding(
        kind="effect",
        outcome=Outcome(start=0, end=7, text="Relapse", label="relapse", concept="cumulative-incidence-of-relapse"),
        direction=relapse or "reported",
        significant=None if relapse is None else relapse != "no_difference",
        intervention="cord cells",
        comparator="no cells",
        intervention_concepts=("umbilical-cord-derived-mesenchymal-stromal-cell",),
        evidence=Span(start=0, end=len(words)),
    )
    known = Study.model_validate({"design": "rct", "species": "human", "intent": "prophylaxis", "n": 40 + number, **(study or {})})
    cells = (Cell(cell="cord MSC", role="intervention", concept="umbilical-cord-derived-mesenchymal-stromal-cell"),)
    reading = Extraction(
        id=paper_id,
        paper=paper_id,
        sha256=paper.sha256,
        study=known,
        cells=cells,
        findings=() if relapse is None else (finding,),
        engine="fake 1",
    )
    return paper, reading


def notice(kind: Notice, pmid: str) -> list[RelatedNotice]:
    return [RelatedNotice(kind=kind, pmid=pmid)]


def store_of(*batches) -> LocalStore:
    """Each batch is added in one go."""
    store = LocalStore.in_memory()
    store.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
    for batch in batches:
        add(store, *batch)
    return store


def add(store: LocalStore, *trials):
    pipeline = Pipeline(Known({paper.id: reading for paper, reading in trials}), vocabulary(), shapes())
    report = ingest(
        [Read(paper, "x", paper.id) for paper, _ in trials],
        store,
        lambda: pipeline,
        vocabulary=vocabulary(),
        software_version="1",
        workers=1,
        progress=lambda _stage, _done, _total: None,
    )
    assert report.failures == ()
    return report


def ends(store: LocalStore, *kinds: str) -> set[tuple[str, str, str]]:
    links = read_links(store, kinds=[LinkKind(each) for each in kinds] or None)
    return {(each.subject_paper, each.kind.value, each.object_paper) for each in links}


def without_related(store: LocalStore) -> tuple[Link, ...]:
    return tuple(link for link in read_links(store) if link.kind is not LinkKind.RELATED)


REGISTERED = {"registrations": [Registration(number="NCT00000001")]}
FAR = {"title": "Another matter altogether in mice with colitis"}


def test_papers_of_one_registration_are_tied_by_the_younger_one() -> None:
    store = store_of([trial(1, **REGISTERED)], [trial(2, **REGISTERED)], [trial(3, **FAR)])
    assert ends(store, "same_cohort") == {("pmid-2", "same_cohort", "pmid-1")}
    assert store.count(graph_iri("links", "pmid-2")) > store.count(graph_iri("links", "pmid-1"))


def test_the_order_in_which_papers_come_does_not_matter() -> None:
    papers = [
        trial(1, relapse="decreased", **REGISTERED),
        trial(2, **REGISTERED, notices=notice(Notice.CITES, "1")),
        trial(3, relapse="increased"),
        trial(4, relapse="no_difference", notices=notice(Notice.RETRACTION_OF, "2")),
    ]
    in_turn = store_of(*([each] for each in papers))
    backwards = store_of(*([each] for each in reversed(papers)))
    at_once = store_of(papers)
    assert {link.kind.value for link in without_related(in_turn)} == {"same_cohort", "cites", "amends", "contradicts", "tension"}
    assert without_related(in_turn) == without_related(backwards) == without_related(at_once)


def test_adding_again_changes_nothing() -> None:
    papers = [trial(1, relapse="decreased", **REGISTERED), trial(2, relapse="increased", **REGISTERED)]
    store = store_of(papers)
    once = store.dump()
    add(store, papers[0])
    add(store, *papers)
    assert store.dump() == once


def test_findings_that_contradict_stand_with_both_sentences() -> None:
    store = store_of([trial(1, "Relapse fell.", relapse="decreased")], [trial(2, "Relapse rose.", relapse="increased")])
    (link,) = read_links(store, kinds=[LinkKind.CONTRADICTS])
    assert (link.subject_paper, link.object_paper) == ("pmid-2", "pmid-1")
    assert (link.subject_sentence, link.object_sentence) == ("Relapse rose.", "Relapse fell.")
    assert link.because


def test_findings_of_one_cohort_do_not_contradict() -> None:
    store = store_of([trial(1, relapse="decreased", **REGISTERED)], [trial(2, relapse="increased", **REGISTERED)])
    assert ends(store, "contradicts", "tension", "weak_contrast", "agrees") == set()


def test_a_paper_read_anew_loses_what_no_longer_holds() -> None:
    store = store_of([trial(1, relapse="decreased")], [trial(2, relapse="increased", **REGISTERED)], [trial(3, **REGISTERED)])
    assert ends(store, "contradicts", "same_cohort") == {("pmid-2", "contradicts", "pmid-1"), ("pmid-3", "same_cohort", "pmid-2")}
    add(store, trial(1, "Relapse rose after all.", relapse="increased"))
    assert ends(store, "contradicts", "agrees") == {("pmid-2", "agrees", "pmid-1")}
    add(store, trial(2, "Relapse was not told.", relapse=None))
    assert ends(store, "contradicts", "agrees", "same_cohort") == set()


@pytest.mark.parametrize("kind", [Notice.RETRACTION_OF, Notice.EXPRESSION_OF_CONCERN_FOR])
def test_a_notice_that_comes_later_withdraws_what_rests_on_the_paper(kind: Notice) -> None:
    store = store_of([trial(1, relapse="decreased"), trial(2, relapse="increased")])
    assert ends(store, "contradicts") == {("pmid-2", "contradicts", "pmid-1")}
    add(store, trial(9, notices=notice(kind, "1"), title="Notice"))
    assert ends(store, "contradicts", "amends") == {("pmid-9", "amends", "pmid-1")}
    assert len(read_links(store, kinds=[LinkKind.CONTRADICTS], include_withdrawn=True)) == 1
    cautions = {each.paper: each.caution for each in read_claims(store, vocabulary=vocabulary())}
    assert (cautions["pmid-1"], cautions["pmid-2"]) == ((kind.value.startswith("ret") and "retracted") or "concern", None)


def test_a_notice_that_came_before_marks_the_paper_too() -> None:
    store = store_of([trial(9, notices=notice(Notice.RETRACTION_OF, "1"), title="Notice")], [trial(2, relapse="increased")])
    add(store, trial(1, relapse="decreased"))
    assert ends(store) == {("pmid-9", "amends", "pmid-1")}
    (claim,) = read_claims(store, vocabulary=vocabulary(), papers=["pmid-1"])
    assert claim.is_retracted


def test_a_new_record_of_a_paper_that_was_retracted_withdraws_it() -> None:
    store = store_of([trial(1, relapse="decreased"), trial(2, relapse="increased")])
    add(store, trial(1, relapse="decreased", notices=notice(Notice.RETRACTION_IN, "9")))
    assert ends(store, "contradicts") == set()


def test_a_correction_marks_and_withdraws_nothing() -> None:
    store = store_of([trial(1, relapse="decreased"), trial(2, relapse="increased")])
    add(store, trial(9, notices=notice(Notice.ERRATUM_FOR, "1"), title="Erratum"))
    assert ends(store, "contradicts") == {("pmid-2", "contradicts", "pmid-1")}
    assert [each.caution for each in read_claims(store, vocabulary=vocabulary(), papers=["pmid-1"])] == ["corrected"]


def test_a_paper_under_a_new_id_takes_its_links_along_and_leaves_a_trace() -> None:
    digest = trial(1, id="line-1", pmid=None, doi="10.1/x", text_kind=TextKind.DIGEST, source_format="jsonl", **REGISTERED)
    store = store_of([digest], [trial(2, **REGISTERED)])
    assert ends(store, "same_cohort") == {("pmid-2", "same_cohort", "line-1")}
    add(store, trial(1, id="doi-10.1%2Fx", pmid=None, doi="10.1/x", **REGISTERED))
    assert ends(store, "same_cohort") == {("pmid-2", "same_cohort", "doi-10.1%2Fx")}
    add(store, trial(1, doi="10.1/x", **REGISTERED))
    assert ends(store, "same_cohort") == {("pmid-2", "same_cohort", "pmid-1")}
    assert replacements(store) == {(paper_iri("line-1"), paper_iri("pmid-1")), (paper_iri("doi-10.1%2Fx"), paper_iri("pmid-1"))}
    add(store, trial(1, "Relapse, told anew.", doi="10.1/x", **REGISTERED))
    assert len(replacements(store)) == 2


def replacements(store: LocalStore) -> set[tuple[str, str]]:
    rows = store.select("SELECT ?old ?new { GRAPH ?g { ?old <http://purl.org/dc/terms/isReplacedBy> ?new } }").rows
    return {(old.value, new.value) for old, new in rows}


def test_papers_near_each_other_are_related_with_reasons() -> None:
    near = [trial(number, title=f"Secretome of decidua cells, series {number}") for number in (1, 2)]
    store = store_of(near, [trial(number, title=f"Matter {number} of another kind in colitis") for number in range(3, 9)])
    (link,) = [each for each in read_links(store, kinds=[LinkKind.RELATED]) if each.subject_paper == "pmid-2"]
    assert link.object_paper == "pmid-1"
    assert {each.text for each in link.because} >= {"both titles say decidua, as 2 of 2 papers do"}
    assert 0 < link.score <= 1


def source_trial(number: int, source: str, direction: str, **record: object):
    """A trial that gave cells of one tissue, and which way relapse went."""
    paper, reading = trial(number, relapse=direction, **record)
    concept = f"{source}-derived-mesenchymal-stromal-cell"
    (finding,) = reading.findings
    given = reading.cells[0].model_copy(update={"concept": concept})
    return paper, reading.model_copy(
        update={"cells": (given,), "findings": (finding.model_copy(update={"intervention_concepts": (concept,)}),)}
    )


def separation(store: LocalStore, younger: str, elder: str) -> float | None:
    (link,) = [
        each for each in read_links(store, kinds=[LinkKind.CONTRADICTS]) if (each.subject_paper, each.object_paper) == (younger, elder)
    ]
    return next(each.separation for each in link.differing if each.factor == "cell_source")


LESS = [source_trial(number, "umbilical-cord", "decreased") for number in range(1, 5)]
MORE = [source_trial(number, "bone-marrow", "increased") for number in range(11, 14)]
#: Four against four, each side of one tissue: all uncertainty but what Miller (1955) puts down to chance, 1 / (2 * 8 * ln 2).
PARTED = pytest.approx(1 - 1 / (16 * math.log(2)), abs=0.001)


def test_factors_are_ranked_over_the_whole_graph_whatever_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """One paper of each way is looked at, and all are counted."""
    for most in ("MOST_OTHERWISE", "MOST_OTHERWISE_UNTESTED", "MOST_ALIKE", "MOST_ALIKE_UNTESTED"):
        monkeypatch.setattr(claim_keys, most, 1)
    store = store_of(LESS, MORE, [source_trial(20, "bone-marrow", "increased")])
    assert len([each for each in read_links(store, kinds=[LinkKind.CONTRADICTS]) if each.subject_paper == "pmid-20"]) == 1
    assert separation(store, "pmid-20", "pmid-1") == PARTED


def test_a_cohort_counts_once_among_the_factors() -> None:
    """Three reports of one trial are one that says "more", and with two others they are three, not five."""
    reports = [source_trial(number, "bone-marrow", "increased", **REGISTERED) for number in (14, 15, 20)]
    store = store_of(LESS, MORE[:2], *([each] for each in reports))
    assert factor_counts(store, "cell_source") == {"umbilical cord": {"less": 4}, "bone marrow": {"more": 3}}
    # 4 against 3: Miller's share is 1 / (2 * 7 * ln 2) bits of the 0.985 that there are.
    assert separation(store, "pmid-20", "pmid-1") == pytest.approx(1 - 1 / (14 * math.log(2) * 0.98523), abs=0.001)


def test_a_withdrawn_paper_no_longer_counts_among_the_factors() -> None:
    store = store_of(LESS, MORE, [trial(9, notices=notice(Notice.RETRACTION_OF, "13"), title="Notice")])
    assert factor_counts(store, "cell_source") == {"umbilical cord": {"less": 4}, "bone marrow": {"more": 2}}
    add(store, trial(9, "No notice after all.", title="Notice"))
    assert factor_counts(store, "cell_source") == {"umbilical cord": {"less": 4}, "bone marrow": {"more": 3}}


def factor_counts(store: LocalStore, factor: str) -> dict[str, dict[str, int]]:
    rows = store.select(
        f'SELECT ?counts {{ GRAPH <{graph_iri("summary")}> {{ ?row <{GG["factor"]}> "{factor}" ; <{GG["bandCounts"]}> ?counts }} }}'
    ).rows
    ((counts,),) = rows
    return json.loads(counts.value)
