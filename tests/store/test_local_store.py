"""Opening, closing and what a folder must hold; what goes wrong says where and what to do."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from store_world import GG, GGV, check_whole, counts, filled, finding, paper

from kg.bundled import ontologies_folder
from kg.errors import StoreError, VocabularyError
from kg.namespaces import PREFIXES, graph_iri
from kg.store import LocalStore, vocabulary_quads
from kg.store.local import _cannot_open


def error_of(folder: Path, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as caught:
        LocalStore.open(folder, create=create)
    assert caught.value.location == str(folder)
    assert caught.value.remedy
    return str(caught.value)


def one_paper(folder: Path) -> Path:
    with LocalStore.open(folder) as store:
        filled(store, paper("p1", finding()))
    return folder


def test_what_is_written_is_there_on_the_next_opening(tmp_path: Path) -> None:
    with LocalStore.open(one_paper(tmp_path / "store")) as store:
        assert store.paper_ids() == ("p1",)
        assert counts(store) == {"cohortCount": 1, "decreasedCount": 1}
        newer = paper("p1", finding(direction="increased"))
        store.add_paper("p1", newer.quads)
        check_whole(store)


def test_a_missing_folder_is_made_only_where_asked(tmp_path: Path) -> None:
    assert "no such folder. Build one with `kg build`" in error_of(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()
    LocalStore.open(tmp_path / "deep" / "none").close()
    assert (tmp_path / "deep" / "none").is_dir()


def test_an_empty_folder_is_filled_only_where_asked(tmp_path: Path) -> None:
    assert "the folder is empty" in error_of(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []
    LocalStore.open(tmp_path).close()
    assert (tmp_path / "CURRENT").is_file()


@pytest.mark.parametrize("create", [True, False])
def test_a_folder_of_other_files_is_no_store_and_stays_as_it_is(tmp_path: Path, create: bool) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert "holds no store" in error_of(tmp_path, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x")
    assert "is a file" in error_of(tmp_path / "store")


def test_a_store_opens_once_to_write(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with LocalStore.open(folder):
        assert "has the store open" in error_of(folder)
    LocalStore.open(folder).close()


def test_a_store_that_another_process_writes_is_locked(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.store import LocalStore\n"
        "store = LocalStore.open(Path(sys.argv[1])); sys.stdout.write('open\\n'); sys.stdout.flush(); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "store")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        assert "another process has the store open. Let it finish" in error_of(tmp_path / "store")
        process.kill()


def test_a_store_without_rights_is_not_called_damaged() -> None:
    error = _cannot_open(Path("store"), OSError("IO error: While open a file for appending: store/LOG: Permission denied"))
    assert str(error) == "store: may not be opened. Ask for the rights to its files"


@pytest.mark.parametrize("damaged", ["CURRENT", "MANIFEST-*"])
def test_a_damaged_store_says_so(tmp_path: Path, damaged: str) -> None:
    folder = one_paper(tmp_path / "store")
    (path,) = folder.glob(damaged)
    path.write_bytes(b"garbage\n")
    assert "damaged: restore a backup" in error_of(folder)
    with pytest.raises(StoreError, match="damaged"):
        LocalStore.open_readonly(folder)


def test_a_store_opened_to_read_is_not_written(tmp_path: Path) -> None:
    folder = one_paper(tmp_path / "store")
    with LocalStore.open_readonly(folder) as store, LocalStore.open_readonly(folder) as other:
        assert store.paper_ids() == other.paper_ids() == ("p1",)
        with pytest.raises(StoreError, match="Open it for writing"):
            store.drop_paper("p1")
        assert store.paper_ids() == ("p1",)


def test_a_missing_store_cannot_be_opened_to_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder"):
        LocalStore.open_readonly(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_closed_store_says_so() -> None:
    store = LocalStore.in_memory()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="memory: is closed"):
        store.paper_ids()


def test_a_service_that_does_not_answer_is_a_store_error() -> None:
    with LocalStore.in_memory() as store, pytest.raises(StoreError, match="cannot answer"):
        store.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_a_backup_is_a_store_of_its_own(tmp_path: Path) -> None:
    with LocalStore.open(one_paper(tmp_path / "store")) as store:
        store.backup(tmp_path / "copy")
        with pytest.raises(StoreError, match="Name a new folder"):
            store.backup(tmp_path / "copy")
        store.drop_paper("p1")
    with LocalStore.open(tmp_path / "copy") as copy:
        assert copy.paper_ids() == ("p1",)
        check_whole(copy)


def test_rdflib_reads_the_same_store() -> None:
    with LocalStore.in_memory() as store:
        filled(store, paper("p1", finding()))
        dataset = store.as_rdflib()
        graph = dataset.graph(rdflib.URIRef(graph_iri("summary")))
        shortcut = (rdflib.URIRef(GGV + "msc"), rdflib.URIRef(GG + "decreases"), rdflib.URIRef(GGV + "incidence-of-gvhd"))
        assert shortcut in graph
        assert len(graph) == store.count(graph_iri("summary"))


def test_graphs_of_others_in_the_same_engine_are_left_alone() -> None:
    engine = pyoxigraph.Store()
    store = LocalStore(engine, "shared")
    engine.update("INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> <urn:c> } }")
    assert store.count() == 0
    assert store.dump() == b""
    filled(store, paper("p1", finding()))
    store.drop_paper("p1")
    assert len(list(engine.quads_for_pattern(None, None, None, pyoxigraph.NamedNode("urn:other")))) == 1


def test_the_ontologies_that_ship_make_a_vocabulary_graph() -> None:
    quads = vocabulary_quads(ontologies_folder())
    assert len(quads) == len(set(quads)) > 10_000
    with LocalStore.in_memory() as store:
        store.replace_vocabulary(quads, "v1")
        assert store.count(graph_iri("vocabulary")) == len(quads)
        broader = f"<{GGV}umbilical-cord-derived-mesenchymal-stromal-cell> <{PREFIXES['skos']}broader> <{GGV}mesenchymal-stromal-cell>"
        assert store.query(f"ASK {{ GRAPH <{graph_iri('vocabulary')}> {{ {broader} }} }}") is True


def test_a_folder_without_ontologies_makes_no_vocabulary(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="no Turtle files"):
        vocabulary_quads(tmp_path)
