"""The file of standing searches."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kg.errors import SettingsError, StoreError
from kg.fetch.job import Source
from kg.watch.searches import Run, Searches, new_search, read_searches, write_searches

NEW_YEAR = date(2026, 1, 1)


def run(day: int, *added: str) -> Run:
    return Run(at=datetime(2026, 1, day, 6, tzinfo=UTC), since=NEW_YEAR, found=3, added=added)


def test_no_file_is_no_search(tmp_path: Path) -> None:
    assert read_searches(tmp_path / "watches.json") == Searches()


def test_searches_survive_their_file_sorted_by_name(tmp_path: Path) -> None:
    path = tmp_path / "new" / "watches.json"
    searches = Searches().with_search("b", new_search("msc", Source.PUBMED, since=NEW_YEAR))
    searches = searches.with_search(
        "a", new_search("gvhd", Source.EUROPEPMC, since=NEW_YEAR).with_run(run(9, "pmid-1"), until=date(2026, 1, 8))
    )
    write_searches(path, searches)
    assert read_searches(path) == searches
    assert list(searches.searches) == ["a", "b"]
    assert [each.name for each in path.parent.iterdir()] == ["watches.json"]


def test_the_first_run_asks_from_the_day_given() -> None:
    assert new_search("msc", Source.PUBMED, since=NEW_YEAR).since == NEW_YEAR


def test_the_watermark_never_goes_back() -> None:
    search = new_search("msc", Source.PUBMED, since=NEW_YEAR)
    assert search.with_run(run(2), until=date(2026, 1, 1)).since == NEW_YEAR
    assert search.with_run(run(20), until=date(2026, 1, 19)).since == date(2026, 1, 12)


def test_runs_that_brought_nothing_are_kept_only_while_they_are_the_last() -> None:
    search = new_search("msc", Source.PUBMED, since=NEW_YEAR)
    for each in (run(1), run(2, "pmid-1"), run(3), run(4)):
        search = search.with_run(each, until=NEW_YEAR)
    assert [each.at.day for each in search.runs] == [2, 4]


def test_a_search_of_the_same_name_is_replaced_and_one_can_be_taken_out() -> None:
    searches = Searches().with_search("a", new_search("msc", Source.PUBMED, since=NEW_YEAR))
    searches = searches.with_search("a", new_search("gvhd", Source.PUBMED, since=NEW_YEAR))
    assert [each.query for each in searches.searches.values()] == ["gvhd"]
    assert searches.without("a").searches == {}
    with pytest.raises(SettingsError, match=r"no standing search “b”\. Those there are: a"):
        searches.without("b")


@pytest.mark.parametrize("content", ["{", '{"version": 2}', '{"searches": {"a": {"query": "msc"}}}'])
def test_a_file_of_another_kind_is_an_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "watches.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"watches\.json: no list of standing searches"):
        read_searches(path)
