"""How long to wait before asking again."""

import pytest

from kg.fetch.patience import Patience, retry_after_s


@pytest.mark.parametrize(("failures", "pause_s"), [(1, 1.0), (2, 2.0), (3, 4.0), (6, 32.0), (7, 60.0), (20, 60.0)])
def test_the_pause_doubles_up_to_a_minute(failures: int, pause_s: float) -> None:
    assert Patience().pause_s(failures, asked_for_s=None, chance=lambda: 0.0) == pause_s


def test_chance_takes_up_to_half_away() -> None:
    assert Patience().pause_s(3, asked_for_s=None, chance=lambda: 1.0) == 2.0
    assert Patience().pause_s(3, asked_for_s=None, chance=lambda: 0.5) == 3.0


def test_never_less_than_the_service_asked_for() -> None:
    assert Patience().pause_s(1, asked_for_s=17.0, chance=lambda: 1.0) == 17.0
    assert Patience().pause_s(6, asked_for_s=0.0, chance=lambda: 0.0) == 32.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "0"}, 0.0),
        ({"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT", "Date": "Fri, 31 Dec 1999 23:59:29 GMT"}, 30.0),
        ({"Retry-After": "Fri, 31 Dec 1999 23:59:29 GMT", "Date": "Fri, 31 Dec 1999 23:59:59 GMT"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers) == seconds
