"""``kg diff``, and what ``kg add`` says of new papers."""

import json
from pathlib import Path

import pytest
from lxml import etree
from test_commands import ABSTRACT, TRIAL, Done, kg

_CHANGES = (("umbilical cord", "bone marrow"), ("UC-MSCs", "BM-MSCs"), ("(P = .03)", "(P = .31)"), ("25.0%", "44.0%"))


def _second() -> str:
    abstract = ABSTRACT
    for old, new in _CHANGES:
        abstract = abstract.replace(old, new)
    title = "Marrow MSCs to prevent chronic GVHD: a randomized trial"
    return f"TY  - JOUR\nTI  - {title}\nAU  - Sala, Eva\nPY  - 2021\nDO  - 10.5555/marrow.2\nAB  - {abstract}\nER  -\n"


SECOND = _second()
FIRST_DAY, SECOND_DAY = "1767225600", "1769904000"  # 2026-01-01, 2026-02-01


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A store to which a second trial was added a month after the first."""
    folder = tmp_path_factory.mktemp("added")
    store = folder / "store"
    (folder / "one.ris").write_text(TRIAL)
    (folder / "two.ris").write_text(SECOND)
    kg("add", folder / "one.ris", "--store", store, "--quiet", SOURCE_DATE_EPOCH=FIRST_DAY)
    return store, kg("add", folder / "two.ris", "--store", store, SOURCE_DATE_EPOCH=SECOND_DAY)


def test_adding_ends_with_what_the_paper_changed(added: tuple[Path, Done]) -> None:
    _, done = added
    assert done.returncode == 0
    assert "What is new: 1 paper, " in done.stdout
    assert "Sala 2021. Marrow MSCs to prevent chronic GVHD" in done.stdout
    assert "  In tension with Moro 2019\n" in done.stdout


def test_adding_again_is_nothing_new(added: tuple[Path, Done], tmp_path: Path) -> None:
    store, _ = added
    (tmp_path / "two.ris").write_text(SECOND)
    assert "What is new" not in kg("add", tmp_path / "two.ris", "--store", store).stdout


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["Sala 2021"], ["Sala 2021"]),
        (["10.5555/marrow.2", "Moro 2019"], ["Moro 2019", "Sala 2021"]),
        (["--since", "2026-01-15"], ["Sala 2021"]),
        (["--since", "2026-01-01"], ["Moro 2019", "Sala 2021"]),
        (["--since", "2026-03-01"], []),
    ],
)
def test_papers_are_named_or_meant_by_the_day_they_came_in(added: tuple[Path, Done], arguments: list[str], names: list[str]) -> None:
    store, _ = added
    done = kg("diff", *arguments, "--store", store, "--format", "json")
    assert [paper["name"] for paper in json.loads(done.stdout)["papers"]] == names


def test_a_feed_and_a_page_are_written_to_a_file(added: tuple[Path, Done], tmp_path: Path) -> None:
    store, _ = added
    assert kg("diff", "Sala 2021", "--store", store, "--format", "atom", "-o", tmp_path / "new.atom").returncode == 0
    assert etree.parse(tmp_path / "new.atom").findtext("{http://www.w3.org/2005/Atom}updated") == "2026-02-01T00:00:00Z"
    assert kg("diff", "Sala 2021", "--store", store, "--format", "html", "-o", tmp_path / "new.html").returncode == 0
    assert (tmp_path / "new.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name papers, or a day with --since DATE"),
        (["Sala 2021", "--since", "2026-01-01"], "name papers, or a day"),
        (["--since", "last week"], "'last week' is no day; write it as 2026-01-31"),
        (["Nobody 1999"], "no paper 'Nobody 1999' in the store"),
    ],
)
def test_misuse_is_told(added: tuple[Path, Done], arguments: list[str], said: str) -> None:
    store, _ = added
    done = kg("diff", *arguments, "--store", store)
    assert (done.returncode, said in done.stderr) == (2, True)
