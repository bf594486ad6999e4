"""A server that ends, and one that starts again below an open page."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser
from web_world import build_store

CHRONIC = "outcome:incidence-of-chronic-gvhd"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("lifetime") / "store")


@contextmanager
def server(store: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server as people start it, and its address."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            line = process.stdout.readline()
            address = next(word for word in line.split() if word.startswith("http://"))
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                try:
                    requests.get(f"{address}/api/terms", timeout=30).raise_for_status()
                    break
                except requests.ConnectionError:
                    time.sleep(0.05)
            yield process, address
        finally:
            process.kill()


def children(process: int) -> set[int]:
    return {int(each) for task in Path(f"/proc/{process}/task").iterdir() for each in (task / "children").read_text().split()}


def test_sigterm_ends_the_server_and_its_workers(store: Path) -> None:
    with server(store) as (process, address):
        requests.get(f"{address}/sparql", params={"query": "ASK {}"}, timeout=30).raise_for_status()
        workers = children(process.pid)
        assert len(workers) >= 2
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)
        assert process.returncode in {0, -signal.SIGTERM}
        assert "Traceback" not in said
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{each}").exists() for each in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{each}").exists() for each in workers)


@pytest.mark.browser
def test_an_open_page_goes_on_when_the_server_has_started_again(store: Path, chromium: Browser) -> None:
    with server(store) as (_, address):
        page = chromium.new_page()
        page.goto(f"{address}/explore?x={CHRONIC}")
        page.wait_for_selector("body[data-ready]")
        page.get_by_role("combobox", name="Search").fill("chronic")
    with server(store, port=int(address.rpartition(":")[2])):
        assert page.get_by_role("combobox", name="Search").input_value() == "chronic"
        page.locator(".nodes").get_by_role("link", name="Open ").first.click()
        page.wait_for_url("**x=*x=*")
        page.wait_for_selector("body[data-ready]")
        assert page.get_by_role("status").inner_text().split()[0].isdigit()
    page.context.close()
