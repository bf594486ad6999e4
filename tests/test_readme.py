"""The commands of the README run as they stand there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from fetch_world import FakeServices, make_papers
from pytest_httpserver import HTTPServer

from tests.cli.test_commands import kg

README = Path(__file__).parents[1] / "README.md"
TITLE = "## Keep up with the literature"


def commands() -> list[list[str]]:
    """The arguments of each ``kg`` in the section's block, remarks left out."""
    block = re.search(rf"{TITLE}\n\n```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    found = [shlex.split(line, comments=True) for line in block[1].splitlines()]
    return [each[1:] for each in found if each[0] == "kg"]


@pytest.fixture
def services() -> Iterator[dict[str, str]]:
    with HTTPServer(threaded=True) as server:
        yield {
            **FakeServices(make_papers(12)).install(server),
            "GRAFTGRAPH_EMAIL": "you@example.org",
            "GRAFTGRAPH_REQUESTS_PER_SECOND": "1000",
        }


def test_keeping_up_with_the_literature_works_as_told(services: dict[str, str], tmp_path: Path) -> None:
    told = commands()
    assert [each[0] for each in told] == ["fetch", "add", "watch", "watch", "diff", "query"]
    for arguments in told:
        done = kg(*arguments, cwd=tmp_path, **services)
        assert done.returncode == 0, (arguments, done.stderr)
    assert (tmp_path / "output" / "watch" / "gvhd.atom").is_file()
    assert "What is new since 2026-01-01" in (tmp_path / "news.html").read_text()
    assert "pmid-40000002" in kg("diff", "40000002", "--format", "json", cwd=tmp_path, **services).stdout


def block_with(words: str) -> str:
    """The indented or fenced block that holds some words."""
    (found,) = (each for each in re.findall(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL) if words in each)
    return found


def test_the_figures_of_the_sample_are_those_that_are_printed(tmp_path: Path) -> None:
    built = kg("build", cwd=tmp_path).stdout
    assert built.startswith(block_with("triples"))
    for words, table in re.findall(r"^\$ kg (query [^\n]*|validate)\n(.*?)\n\n", block_with("$ kg query"), re.DOTALL | re.MULTILINE):
        done = kg(*shlex.split(words), cwd=tmp_path)
        told, answered = ([line.split() for line in each.splitlines()] for each in (table, done.stdout + done.stderr))
        # Columns that do not fit are left out.
        assert [row[: len(shown)] for row, shown in zip(answered, told, strict=False)] == told


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 120
