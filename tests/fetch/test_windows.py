"""Spans of entry dates."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kg.fetch.windows import BEGINNING, Window, window_since


@given(first=st.dates(date(1900, 1, 1), date(2030, 1, 1)), days=st.integers(1, 60_000))
def test_halves_share_no_day_and_leave_none_out(first: date, days: int) -> None:
    whole = Window(first, first + timedelta(days=days))
    older, newer = whole.halves()
    assert older.first == whole.first
    assert newer.last == whole.last
    assert newer.first - older.last == timedelta(days=1)
    assert older.first <= older.last
    assert newer.first <= newer.last


def test_one_day_is_told() -> None:
    assert Window(date(2026, 1, 1), date(2026, 1, 1)).is_one_day
    assert not Window(date(2026, 1, 1), date(2026, 1, 2)).is_one_day


def test_a_window_reaches_a_day_beyond_today() -> None:
    today = date(2026, 6, 30)
    assert window_since(date(2026, 6, 1), today) == Window(date(2026, 6, 1), date(2026, 7, 1))
    assert window_since(None, today) == Window(BEGINNING, date(2026, 7, 1))
    assert window_since(date(2026, 8, 1), today) == Window(date(2026, 8, 1), date(2026, 8, 2))
