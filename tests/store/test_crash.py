"""A killed process leaves each paper whole or absent, and the store readable."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import store_crash_worker
from store_world import check_whole, clear, counts, filled, finding, link, oxigraph, paper, session_for, vocabulary

from kg.errors import StoreError
from kg.namespaces import graph_iri
from kg.store import LocalStore, PaperGraphs, RemoteStore, Server
from kg.store.papers import PaperStore
from kg.store.reading import read_pending

WORKER = Path(store_crash_worker.__file__)
KILLS = 8


def killed_after(folder: Path, seed: int, delay_s: float) -> int:
    """Run the worker, kill it that long after it has opened the store; how many changes it said were done."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(WORKER.parent), os.environ.get("PYTHONPATH", "")])}
    process = subprocess.Popen([sys.executable, str(WORKER), str(folder), str(seed)], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    with process, process.stdout as said:
        assert said.readline() == "open\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=delay_s)
        process.send_signal(signal.SIGKILL)
        return len(said.readlines())


def test_a_kill_at_any_moment_leaves_every_paper_whole_or_absent(tmp_path: Path) -> None:
    folder, chance = tmp_path / "store", random.Random(20160820)  # noqa: S311  # the same moments on every run
    done = 0
    for seed in range(KILLS):
        done += killed_after(folder, seed, chance.uniform(0.005, 0.4))
        with LocalStore.open(folder) as store:
            check_whole(store)
            for paper_id in store.paper_ids():
                assert store.count(graph_iri("paper", paper_id)) > 50
    assert done > KILLS
    with LocalStore.open_readonly(folder) as store:
        assert store.paper_ids()


def test_a_change_that_was_said_to_be_done_is_there_after_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    code = (
        "import os, sys; from pathlib import Path; from store_world import filled, finding, paper; from kg.store import LocalStore\n"
        "filled(LocalStore.open(Path(sys.argv[1])), paper('p1', finding()), paper('p2', finding())); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(WORKER.parent), os.environ.get("PYTHONPATH", "")])}
    assert subprocess.run([sys.executable, "-c", code, str(folder)], env=environment, check=False).returncode == -signal.SIGKILL
    with LocalStore.open_readonly(folder) as store:
        assert store.paper_ids() == ("p1", "p2")
        assert counts(store) == {"cohortCount": 2, "decreasedCount": 2}


# ---------------------------------------------------------------- a server that takes a change in pieces


class CutSession(requests.Session):
    """A session whose connection is gone after so many updates."""

    def __init__(self, updates: int) -> None:
        super().__init__()
        self.left = updates

    def request(self, *args: object, **kwargs: object) -> requests.Response:  # type: ignore[override]  # passes all on as it came
        if str(args[1]).endswith("/update"):
            if self.left == 0:
                raise requests.ConnectionError("cut")
            self.left -= 1
        return super().request(*args, **kwargs)  # type: ignore[arg-type]  # as above


BEFORE = (
    paper("p1", finding(), registrations=["NCT1"], links=[link("p1", "p0")]),
    paper("p2", finding(direction="increased"), registrations=["NCT2"]),
    paper("p3", finding("survival", "increased")),
)
AFTER = (
    paper("p2", finding("survival"), registrations=["NCT1"], title="Newer"),
    paper("p3", finding(), title="Newer", links=[link("p3", "p1")]),
    paper("p4", finding("gvhd"), registrations=["NCT1", "NCT2"]),
)


def in_pieces(server: Server) -> Server:
    return Server(server.query_url, server.update_url, server.graph_store_url, portion=40)


def graphs_of(store: PaperStore, papers: tuple[PaperGraphs, ...]) -> set[str]:
    return {each.paper_id for each in papers if store.count(graph_iri("paper", each.paper_id)) == len(each.quads)}


@pytest.mark.server
def test_a_cut_connection_leaves_every_paper_whole_or_absent_where_a_change_takes_many_requests() -> None:
    with oxigraph() as plain:
        server, cuts = in_pieces(plain), 0
        for updates in range(200):
            clear(plain)
            with session_for(server) as session:
                filled(RemoteStore(server, session=session), *BEFORE)
            with CutSession(updates) as session:
                try:
                    RemoteStore(server, session=session).add_papers(AFTER)
                except StoreError as error:
                    assert "cut" in str(error)
                    cuts += 1
                else:
                    break
            with session_for(server) as session:
                store = RemoteStore(server, session=session)
                check_whole(store)
                assert read_pending(store.select) == ()
                assert "p1" in store.paper_ids()
                assert graphs_of(store, (*BEFORE, *AFTER)) == set(store.paper_ids())
                store.add_papers(AFTER)
                assert store.paper_ids() == ("p1", "p2", "p3", "p4")
                check_whole(store)
        assert 15 < cuts < 199


@pytest.mark.server
def test_a_vocabulary_that_was_cut_off_is_put_in_place_on_the_next_opening() -> None:
    with oxigraph() as plain:
        server = in_pieces(plain)
        with CutSession(3) as session, pytest.raises(StoreError, match="cut"):
            RemoteStore(server, session=session).replace_vocabulary(vocabulary(), "v1")
        with session_for(server) as session:
            store = RemoteStore(server, session=session)
            assert store.replace_vocabulary(vocabulary(), "v1")
            assert store.count(graph_iri("vocabulary")) == len(vocabulary())
            assert not store.replace_vocabulary(vocabulary(), "v1")
