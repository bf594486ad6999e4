import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dates import PublicationDate, parse_date
from kg.read.languages import normalise_language


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2016", PublicationDate(2016, "2016")),
        ("2016 Aug", PublicationDate(2016, "2016-08")),
        ("2016 Aug 20", PublicationDate(2016, "2016-08-20")),
        ("2016 08 2", PublicationDate(2016, "2016-08-02")),
        ("2016/08/20/", PublicationDate(2016, "2016-08-20")),
        ("2016///", PublicationDate(2016, "2016")),
        ("2016-08-20", PublicationDate(2016, "2016-08-20")),
        ("1990 Spring", PublicationDate(1990, "1990", "1990 Spring")),
        ("2009 Winter", PublicationDate(2009, "2009", "2009 Winter")),
        ("1998 Dec-1999 Jan", PublicationDate(1998, "1998", "1998 Dec-1999 Jan")),
        ("2015 Nov-Dec", PublicationDate(2015, "2015", "2015 Nov-Dec")),
        ("2016 Feb 31", PublicationDate(2016, "2016", "2016 Feb 31")),
        ("2016 13", PublicationDate(2016, "2016", "2016 13")),
        ("in press", PublicationDate(None, None, "in press")),
        ("", PublicationDate()),
        (None, PublicationDate()),
    ],
)
def test_date_keeps_what_is_known(printed: str | None, expected: PublicationDate) -> None:
    assert parse_date(printed) == expected


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 1, 1)))
def test_whole_dates_survive(date: datetime.date) -> None:
    assert parse_date(str(date)).iso == str(date)


@given(st.text())
def test_any_text_is_read_without_a_crash(text: str) -> None:
    date = parse_date(text)
    assert (date.year is None) == (date.iso is None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("eng", "en"), ("English", "en"), ("en-GB", "en"), ("chi", "zh"), ("ger", "de"), ("xyz", "xyz"), ("", None), (None, None)],
)
def test_language_has_one_code(code: str | None, expected: str | None) -> None:
    assert normalise_language(code) == expected
