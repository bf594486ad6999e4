"""The graph as pages read it: what is read again after a write, what is kept, and who waits."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import requests
from rdf_world import vocabulary
from web_world import build_store, graphs, serving

from kg.store import LocalStore
from kg.web import reading, snapshot
from kg.web.columns import Columns, columns_of, updated
from kg.web.index import FindingIndex, cursor_of, read_cursor
from kg.web.kept import kept_file, load_columns
from kg.web.pages import home
from kg.web.reading import PaperState, States, read_states, read_studies
from kg.web.remembered import Remembered
from kg.web.snapshot import Snapshots
from kg.web.view import State, find_behind

SHA = vocabulary().sha256
CHRONIC = "outcome:incidence-of-chronic-gvhd"
THIRD = {"pmid": "103", "doi": "10.1234/third", "local_id": "line-9"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build_store(tmp_path / "store")


@pytest.fixture
def snapshots(folder: Path) -> Iterator[Snapshots]:
    opened = Snapshots(folder, vocabulary())
    yield opened
    opened.close()


def add(folder: Path, **changes: object) -> None:
    with LocalStore.open(folder) as store:
        store.add_papers([graphs("pmid-103", **{**THIRD, **changes})])


def rebuilt(folder: Path) -> Columns:
    store = LocalStore.open_readonly(folder)
    return columns_of(read_studies(store, vocabulary(), read_states(store)))


def assert_equal(one: Columns, other: Columns) -> None:
    for name in Columns.__dataclass_fields__:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


def papers(of: Snapshots) -> set[str]:
    return {each.study.paper for each in of.newest().index.at[CHRONIC]}


def test_after_a_write_only_the_paper_that_changed_is_read(folder: Path, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch) -> None:
    assert papers(snapshots) == {"pmid-101", "pmid-102"}
    asked: list[States] = []
    real = reading.read_studies
    monkeypatch.setattr(snapshot, "read_studies", lambda store, words, states: asked.append(states) or real(store, words, states))
    add(folder)
    assert papers(snapshots) == {"pmid-101", "pmid-102", "pmid-103"}
    assert [len(each) for each in asked] == [1]
    assert_equal(snapshots.newest().index.columns, rebuilt(folder))


def test_a_paper_that_went_or_changed_is_as_if_all_were_read_anew(folder: Path, snapshots: Snapshots) -> None:
    snapshots.newest()
    add(folder)
    snapshots.newest()
    with LocalStore.open(folder) as store:
        store.drop_paper("pmid-101")
        store.add_papers([graphs("pmid-103", **THIRD, title="Another title", year=1999)])
    assert papers(snapshots) == {"pmid-102", "pmid-103"}
    assert snapshots.newest().index.studies["pmid-103"].title == "Another title"
    assert_equal(snapshots.newest().index.columns, rebuilt(folder))


def test_a_state_that_did_not_change_is_the_same_snapshot(snapshots: Snapshots) -> None:
    assert snapshots.latest() is snapshots.newest()


def test_a_start_reads_no_paper_that_it_has_kept(folder: Path, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshots.newest().index.columns
    again = Snapshots(folder, vocabulary())
    monkeypatch.setattr(snapshot, "read_studies", lambda *_: pytest.fail("a paper was read"))
    snapshots.close()
    assert_equal(again.newest().index.columns, before)
    again.close()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"\x93NUMPY"])
def test_a_kept_file_that_is_damaged_is_none(folder: Path, snapshots: Snapshots, content: bytes) -> None:
    kept_file(folder).write_bytes(content)
    assert papers(snapshots) == {"pmid-101", "pmid-102"}
    snapshots.close()
    assert load_columns(kept_file(folder), vocabulary_sha256=SHA) is not None
    assert load_columns(kept_file(folder), vocabulary_sha256="other") is None


def test_while_a_change_is_read_the_state_before_answers(folder: Path, snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshots.newest()
    go_on = threading.Event()
    real = reading.read_studies
    monkeypatch.setattr(snapshot, "read_studies", lambda *each: (go_on.wait(30), real(*each))[1])
    add(folder)
    assert snapshots.latest() is before
    go_on.set()
    after = snapshots.newest()
    assert after.version != before.version
    assert snapshots.latest() is after


def test_many_readers_beside_a_writer_see_whole_states(folder: Path, snapshots: Snapshots) -> None:
    seen: list[set[str]] = []
    faults: list[Exception] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            try:
                found = snapshots.latest()
                rows = found.store.select("SELECT ?f WHERE { GRAPH ?g { ?f a <https://w3id.org/graftgraph/ontology/Finding> } }").rows
                seen.append({each.study.paper for each in found.index.at[CHRONIC]})
                assert len(rows) == len(found.index.columns.iris)
            except Exception as exc:  # noqa: BLE001 - told in the thread of the test
                faults.append(exc)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for each in readers:
        each.start()
    for number in range(12):
        with LocalStore.open(folder) as store:
            if number % 2:
                store.drop_paper("pmid-103")
            else:
                store.add_papers([graphs("pmid-103", **THIRD)])
        snapshots.newest()
    is_over.set()
    for each in readers:
        each.join()
    assert faults == []
    assert {frozenset(each) for each in seen} == {frozenset({"pmid-101", "pmid-102"}), frozenset({"pmid-101", "pmid-102", "pmid-103"})}


def test_a_cursor_holds_when_its_finding_is_gone(folder: Path, snapshots: Snapshots) -> None:
    add(folder)
    before = find_behind(snapshots.newest().index, CHRONIC, State())
    cursor = cursor_of(before[1])
    with LocalStore.open(folder) as store:
        store.drop_paper(before[1].study.paper)
    after = find_behind(snapshots.newest().index, CHRONIC, State())
    assert [each.iri for each in after[after.after(read_cursor(cursor)) :]] == [each.iri for each in before[2:]]


def test_columns_of_nothing_are_empty_and_take_what_comes() -> None:
    empty = columns_of([])
    assert (len(empty.studies), len(empty.nodes)) == (0, 0)
    assert updated(empty, {}, lambda _: pytest.fail("nothing was wanted")) is empty
    assert updated(empty, {"g": PaperState("1", None, None)}, lambda _: []).studies == ()
    assert len(FindingIndex(empty, vocabulary()).at) == 0


def test_a_page_is_worked_out_once_for_each_state_and_form(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(home, "small_map", lambda *_: drawn.append("map"))
    with serving(folder) as site:

        def get(**headers: str) -> requests.Response:
            return requests.get(site, headers={"Accept": "text/html", **headers}, timeout=30)

        first, again = get(), get()
        assert (again.content, again.headers["ETag"], len(drawn)) == (first.content, first.headers["ETag"], 1)
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
        assert get(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert get(**{"Accept-Encoding": "identity"}).text == first.text
        assert len(drawn) == 2
        add(folder)
        assert (get().headers["ETag"] != first.headers["ETag"], len(drawn)) == (True, 3)


def test_the_oldest_answer_goes_when_there_are_too_many(snapshots: Snapshots) -> None:
    remembered = Remembered(lambda *_: None, snapshots=snapshots, most_bytes=10)
    start = {"type": "http.response.start", "status": 200, "headers": [(b"etag", b'W/"v-1-x"')]}
    for name in (b"a", b"b", b"c"):
        remembered.keep((name,), start, b"1234")
    remembered.keep((b"d",), {**start, "status": 404}, b"1")
    assert list(remembered._answers) == [(b"b",), (b"c",)]
