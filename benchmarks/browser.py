"""How quickly the pages answer over a large graph: ``python -m benchmarks.browser STORE [--users N] [--seconds S]``.

Starts ``kg serve`` on the store and measures, from other processes, what the figures in ``docs/endpoint.md`` are of: the start, what one
reader waits for, many readers at once, the same beside a query that never ends, and 50 tabs in Chromium. ``--fill N`` first fills the
folder with so many synthetic papers (18,400 hold 100,000 findings); that takes half an hour. The load of the machine is told with it.
"""

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import requests
from playwright.sync_api import Page, sync_playwright

from benchmarks.linking import digests, fill
from kg.bundled import ontologies_folder
from kg.cli.parts import default_vocabulary
from kg.store import LocalStore, vocabulary_quads
from kg.web.index import FindingIndex
from kg.web.snapshot import Snapshots

PORT = 8975
SITE = f"http://127.0.0.1:{PORT}"
HTML = {"Accept": "text/html", "Accept-Encoding": "gzip"}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LARGEST, SAMPLE = 20, 100
#: Seconds between two pages of one reader.
READING_S = (4.0, 12.0)


@contextmanager
def serving(store: Path) -> Iterator[int]:
    """The process of a server."""
    start = time.perf_counter()
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        while server.poll() is None:
            try:
                requests.get(f"{SITE}/api/papers?limit=1", timeout=5)
                break
            except requests.RequestException:
                time.sleep(0.1)
        told("start to first answer, s", time.perf_counter() - start)
        try:
            yield server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            told("SIGTERM to the end, s", _seconds(server.wait))


def told(what: str, number: float) -> None:
    print(f"{what:44} {number:9.2f}   load {os.getloadavg()[0]:.1f}", flush=True)


def told_ms(what: str, times: Sequence[float]) -> None:
    told(f"{what}: median, ms", statistics.median(times) * 1000)
    told(f"{what}: p95, ms", statistics.quantiles(times, n=20)[-1] * 1000)


def neighbourhoods(index: FindingIndex) -> None:
    """Each asked for once, so that nothing is answered from memory."""
    concepts = [place for place, node in enumerate(index.columns.nodes) if not node.startswith("paper:")]
    largest = sorted(concepts, key=lambda place: -index.sizes[place])[:LARGEST]
    sample = random.Random(1).sample(concepts, min(SAMPLE, len(concepts)))  # noqa: S311 - no secret
    with requests.Session() as client:
        for name, places in (("neighbourhood of the largest", largest), ("neighbourhood", [*sample, *largest])):
            asked = [f"{SITE}/api/graph?{urlencode({'x': index.columns.nodes[place], 'of': name})}" for place in places]
            told_ms(name, [_seconds(lambda address=address: client.get(address, timeout=60).raise_for_status()) for address in asked])


def readers(index: FindingIndex, *, users: int, seconds: float, name: str) -> None:
    """Each opens pages one after the other with a pause to read them in between; what two read may be the same."""
    times, faults = _read(_addresses(index), users, seconds)
    told(f"{name}: pages read", len(times))
    told(f"{name}: errors", len(faults))
    told_ms(name, times)
    print(*sorted(set(faults))[:5], sep="\n")


def _addresses(index: FindingIndex) -> list[str]:
    chance = random.Random(2)  # noqa: S311 - no secret
    nodes = [node for node in index.columns.nodes if not node.startswith("paper:")]
    papers = list(index.studies)
    some = [chance.choice(nodes) for _ in range(60)]
    return [
        *("/", "/explore", "/map", "/about", "/query", "/api/terms"),
        *(f"/explore?{urlencode({'x': each})}" for each in some),
        *(f"/explore?{urlencode({'x': each, 's': each})}" for each in some[:30]),
        *(f"/api/graph?{urlencode({'x': each})}" for each in some),
        *(f"/api/search?{urlencode({'q': index.labels[each][:6]})}" for each in some[:30]),
        *(f"/paper/{quote(chance.choice(papers), safe='')}" for _ in range(30)),
    ]


def _read(addresses: Sequence[str], users: int, seconds: float) -> tuple[list[float], list[str]]:
    times: list[float] = []
    faults: list[str] = []
    end = time.perf_counter() + seconds

    def one(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - no secret
        time.sleep(chance.uniform(0, READING_S[1]))
        with requests.Session() as client:
            while time.perf_counter() < end:
                address = chance.choice(addresses)
                start = time.perf_counter()
                try:
                    answer = client.get(SITE + address, headers=HTML, timeout=60)
                    times.append(time.perf_counter() - start)
                    if answer.status_code >= 400:
                        faults.append(f"{answer.status_code} {address}")
                except requests.RequestException as exc:
                    faults.append(f"{type(exc).__name__} {address}")
                time.sleep(chance.uniform(*READING_S))

    with ThreadPoolExecutor(users) as everyone:
        list(everyone.map(one, range(users)))
    return times, faults


def in_chromium(index: FindingIndex, server: int) -> None:
    """Cold load of the explorer, a new profile each time; and 50 tabs with a graph each."""
    node = index.columns.nodes[int(index.sizes.argmax())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        loads = {"cold load of Explore": "/explore", "cold load of Explore with a graph": f"/explore?{urlencode({'x': node})}"}
        for name, address in loads.items():
            times = []
            for _ in range(7):
                page = browser.new_page()
                times.append(_seconds(lambda page=page, address=address: _shown(page, address)))
                page.context.close()
            told(f"{name}: median, ms", statistics.median(times) * 1000)
        before = _resident_mb(server)
        tabs = browser.new_context()
        for each in index.columns.nodes[:50]:
            _shown(tabs.new_page(), f"/explore?{urlencode({'x': each})}")
        told("50 tabs: memory of the server, MB more", _resident_mb(server) - before)
        browser.close()


def _shown(page: Page, address: str) -> None:
    page.goto(SITE + address)
    page.wait_for_selector("body[data-ready]")


def _resident_mb(process: int) -> float:
    line = next(each for each in Path(f"/proc/{process}/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


@contextmanager
def runaway() -> Iterator[None]:
    """A reader who asks what never ends, again and again."""
    code = f"import requests\nwhile True: requests.post({f'{SITE}/sparql'!r}, data={{'query': {RUNAWAY!r}}})"
    with subprocess.Popen([sys.executable, "-c", code]) as asking:
        try:
            yield
        finally:
            asking.kill()


def filled(store: Path, papers: int) -> None:
    fill(store, digests(), papers)
    with LocalStore.open(store) as opened:
        opened.replace_vocabulary(vocabulary_quads(ontologies_folder()), default_vocabulary().sha256)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--fill", type=int, metavar="PAPERS")
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    if given.fill is not None:
        filled(given.store, given.fill)
    snapshots = Snapshots(given.store, default_vocabulary())
    index = snapshots.newest().index
    snapshots.close()
    print(f"{len(index.columns.iris)} findings of {len(index.studies)} papers, {os.cpu_count()} cores")
    with serving(given.store) as server:
        neighbourhoods(index)
        in_chromium(index, server)
        readers(index, users=given.users, seconds=given.seconds, name=f"{given.users} readers")
        with runaway():
            readers(index, users=given.users, seconds=given.seconds, name=f"{given.users} readers beside a runaway query")


if __name__ == "__main__":
    main()
