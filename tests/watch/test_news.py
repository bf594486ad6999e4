"""Feed and page of what a standing search brought."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree, html
from rdf_world import vocabulary
from web_world import HOSTILE, graphs

from kg.bundled import ontologies_folder
from kg.store import LocalStore, vocabulary_quads
from kg.watch.news import MOST_ENTRIES, write_news
from kg.watch.searches import Run, Search

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def store() -> Iterator[LocalStore]:
    with LocalStore.in_memory() as opened:
        opened.replace_vocabulary(vocabulary_quads(ontologies_folder()), vocabulary().sha256)
        opened.add_papers([graphs("p1", title="First"), graphs("p2", title="Second"), graphs("p3", title=HOSTILE)])
        yield opened


def search(*harvests: tuple[str, ...]) -> Search:
    runs = tuple(
        Run(at=datetime(2026, 6, day, 12, tzinfo=UTC), since=date(2026, 5, 1), found=9, added=added)
        for day, added in enumerate(harvests, start=1)
    )
    return Search(query="q", until=date(2026, 6, 30), runs=runs)


def titles(path: Path) -> list[str]:
    return etree.parse(path).xpath("//a:entry/a:title/text()", namespaces=ATOM)


def written(store: LocalStore, found: Search, folder: Path, name: str = "msc") -> tuple[Path, ...]:
    return write_news(store, name, found, folder, vocabulary=vocabulary())


def test_the_feed_has_the_papers_of_all_runs_and_the_page_those_of_the_last_that_brought_any(store: LocalStore, tmp_path: Path) -> None:
    feed, page = written(store, search(("p1",), ("p2", "p3"), ()), tmp_path)
    assert sorted(titles(feed)) == sorted(["First", "Second", HOSTILE])
    shown = html.document_fromstring(page.read_text())
    assert [each.text_content() for each in shown.xpath("//article/h2")] == ["Second", HOSTILE]
    assert shown.findtext(".//title") == "What is new: msc, 2026-06-02"


def test_without_news_the_feed_does_not_change(store: LocalStore, tmp_path: Path) -> None:
    before = [path.read_bytes() for path in written(store, search(("p1",)), tmp_path)]
    assert [path.read_bytes() for path in written(store, search(("p1",), ()), tmp_path)] == before


def test_a_paper_that_was_taken_out_is_told_no_more(store: LocalStore, tmp_path: Path) -> None:
    store.drop_paper("p1")
    assert titles(written(store, search(("p1", "p2")), tmp_path)[0]) == ["Second"]


def test_a_search_that_never_ran_has_no_files_and_one_without_papers_has_empty_ones(store: LocalStore, tmp_path: Path) -> None:
    assert written(store, search(), tmp_path) == ()
    assert titles(written(store, search(()), tmp_path)[0]) == []


def test_a_name_never_leaves_its_folder(store: LocalStore, tmp_path: Path) -> None:
    for path in written(store, search(("p1",)), tmp_path / "watch", name="../up"):
        assert path.parent == tmp_path / "watch"
        assert path.is_file()


def test_a_feed_has_only_so_many_entries(store: LocalStore, tmp_path: Path) -> None:
    store.add_papers([graphs(f"n{number}", title=f"N{number}") for number in range(MOST_ENTRIES)])
    runs = search(("p1",), tuple(f"n{number}" for number in range(MOST_ENTRIES)))
    assert "First" not in titles(written(store, runs, tmp_path)[0])
