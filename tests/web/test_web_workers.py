"""Queries in processes of their own."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_world import build_store, graphs

from kg.store import LocalStore
from kg.web.answering import Limits, QueryTroubleError, Request, Trouble
from kg.web.workers import QueryWorkers

#: Some 10^9 solutions to count.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a <https://w3id.org/graftgraph/ontology/Paper> } }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("workers") / "store")


@pytest.fixture(scope="module")
def workers(store: Path) -> Iterator[QueryWorkers]:
    with QueryWorkers(store, limits=Limits(time_s=1.5, rows=50, bytes=20_000, wait_s=0.2), count=1) as opened:
        yield opened


def count(workers: QueryWorkers) -> int:
    found = json.loads(workers.answer(Request(COUNT)).content)
    return int(found["results"]["bindings"][0]["n"]["value"])


def test_a_runaway_query_ends_within_a_second_of_its_time_while_others_are_answered(store: Path) -> None:
    with QueryWorkers(store, limits=Limits(time_s=2), count=2) as two:
        count(two)
        ended: list[float] = []

        def run_away() -> None:
            start = time.monotonic()
            assert trouble(two, RUNAWAY) is Trouble.TIME
            ended.append(time.monotonic() - start)

        # Started beforehand, so that no start is measured.
        for each in list(two._free.queue):
            each._wait_until_ready()
        running = threading.Thread(target=run_away)
        running.start()
        answered = 0
        while running.is_alive():
            assert count(two) == 2
            answered += 1
        running.join()
    assert 2 <= ended[0] < 3
    assert answered > 10


def trouble(workers: QueryWorkers, sparql: str) -> Trouble:
    with pytest.raises(QueryTroubleError) as told:
        workers.answer(Request(sparql))
    return told.value.trouble


def test_a_runaway_query_is_stopped_and_the_next_one_is_answered(workers: QueryWorkers) -> None:
    assert trouble(workers, RUNAWAY) is Trouble.TIME
    assert count(workers) == 2


@pytest.mark.parametrize(
    ("sparql", "why"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 50", None),
        ("SELECT ?s { ?s ?p ?o } LIMIT 51", Trouble.ROWS),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 60", Trouble.ROWS),
        ("SELECT (CONCAT(GROUP_CONCAT(STR(?s)), GROUP_CONCAT(STR(?o))) AS ?all) { ?s ?p ?o }", Trouble.BYTES),
        ("SELECT ?s { ?s ?p", Trouble.SYNTAX),
    ],
)
def test_an_answer_that_is_too_large_or_a_query_that_is_wrong_is_told(workers: QueryWorkers, sparql: str, why: Trouble | None) -> None:
    if why is None:
        assert len(json.loads(workers.answer(Request(sparql)).content)["results"]["bindings"]) == 50
    else:
        assert trouble(workers, sparql) is why


def test_without_a_free_worker_the_query_is_turned_away(workers: QueryWorkers) -> None:
    told: list[Trouble] = []
    running = threading.Thread(target=lambda: told.append(trouble(workers, RUNAWAY)))
    running.start()
    while not workers._free.empty():
        pass
    assert trouble(workers, COUNT) is Trouble.BUSY
    running.join()
    assert told == [Trouble.TIME]


def test_after_a_write_workers_see_the_new_graph(tmp_path: Path) -> None:
    folder = build_store(tmp_path / "store")
    with QueryWorkers(folder, count=1) as workers:
        assert count(workers) == 2
        with LocalStore.open(folder) as opened:
            opened.add_papers([graphs("pmid-103", pmid="103", doi="10.1234/third", local_id="line-9")])
        assert count(workers) == 3


def test_too_much_memory_costs_the_worker_and_not_the_server(store: Path) -> None:
    limits = Limits(time_s=30, memory_bytes=700_000_000)
    with QueryWorkers(store, limits=limits, count=1) as workers:
        rows = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
        before = {worker._process.pid for worker in workers._free.queue}
        assert trouble(workers, f"SELECT DISTINCT ?a ?c ?d ?f ?g ?i {{ {rows} }} ORDER BY ?a ?f ?i") is Trouble.MEMORY
        assert count(workers) == 2
        assert before.isdisjoint(worker._process.pid for worker in workers._free.queue)


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        ("application/sparql-results+json", b'{"head":{"vars":["x"]}'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"x\r\n"),
        ("text/tab-separated-values", b"?x\n"),
    ],
)
def test_a_table_is_written_in_each_form(workers: QueryWorkers, media_type: str, start: bytes) -> None:
    asked = Request('SELECT ?x { VALUES ?x { "a,b" <http://x.example/> 1.0 "é"@fr UNDEF } }', results_type=media_type)
    content = workers.answer(asked).content
    assert content.startswith(start)
    assert "é" in content.decode()


def test_no_row_and_no_column_are_written_too(workers: QueryWorkers) -> None:
    empty = workers.answer(Request("SELECT ?x ?y { FILTER(false) }", results_type="text/csv"))
    assert empty.content == b"x,y\r\n"
    assert json.loads(workers.answer(Request("SELECT * {}")).content) == {"head": {"vars": []}, "results": {"bindings": [{}]}}
