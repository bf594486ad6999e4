"""Answers on disk."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.fetch.cache import AnswerCache
from kg.fetch.client import Request

URL = "https://example.org/efetch.fcgi"
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def test_an_answer_is_found_by_its_question_whatever_the_order(cache: AnswerCache) -> None:
    cache.put(Request(URL, {"db": "pubmed", "id": "1"}, "POST"), b"one")
    cache.put(Request(URL, {"db": "pubmed", "id": "2"}, "POST"), b"two")
    assert cache.get(Request(URL, {"id": "1", "db": "pubmed"}, "POST")) == b"one"
    assert cache.get(Request(URL, {"id": "2", "db": "pubmed"}, "POST")) == b"two"
    assert cache.get(Request(URL, {"id": "3", "db": "pubmed"}, "POST")) is None


def test_answers_outlive_the_process(tmp_path: Path) -> None:
    with AnswerCache(tmp_path) as first:
        first.put(Request(URL, {"id": "1"}), b"<x/>")
    with AnswerCache(tmp_path) as second:
        assert second.get(Request(URL, {"id": "1"})) == b"<x/>"


def test_an_answer_with_a_lifetime_stops_holding_and_stays_readable(tmp_path: Path) -> None:
    clock = [NOON]
    with AnswerCache(tmp_path, now=lambda: clock[0]) as cache:
        cache.put(Request(URL, {"term": "msc"}), b"list", lifetime=timedelta(hours=1))
        cache.put(Request(URL, {"id": "1"}), b"record")
        clock[0] = NOON + timedelta(minutes=59)
        assert cache.get(Request(URL, {"term": "msc"})) == b"list"
        clock[0] = NOON + timedelta(minutes=60)
        assert cache.get(Request(URL, {"term": "msc"})) is None
        assert cache.get(Request(URL, {"id": "1"})) == b"record"
        assert {(kept.url, tuple(kept.params.items()), kept.body, kept.at) for kept in cache.answers()} == {
            (URL, (("term", "msc"),), b"list", NOON),
            (URL, (("id", "1"),), b"record", NOON),
        }


def test_a_later_answer_takes_the_place_of_an_earlier(cache: AnswerCache) -> None:
    request = Request(URL, {"id": "1"})
    cache.put(request, b"old")
    cache.put(request, b"new")
    assert [kept.body for kept in cache.answers()] == [b"new"]


def test_a_file_that_is_no_cache_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"not a database at all, but long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match=r"answers\.sqlite: the kept answers cannot be opened: .*may be deleted"):
        AnswerCache(tmp_path)


def test_what_is_kept_is_one_sqlite_file(tmp_path: Path) -> None:
    with AnswerCache(tmp_path) as cache:
        cache.put(Request(URL, {"id": "1"}), b"<x/>")
    with sqlite3.connect(tmp_path / "answers.sqlite") as database:
        assert database.execute("SELECT count(*) FROM responses").fetchone() == (1,)
    database.close()
