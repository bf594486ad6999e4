"""Publication dates: ISO 8601 with what is known, and the printed form where ISO cannot hold it."""

import datetime
import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)")
_PLAIN = re.compile(r"(1[5-9]\d\d|2[01]\d\d)(?:[\s/-]+([A-Za-z]{3,9}\.?|\d{1,2}))?(?:[\s/-]+(\d{1,2}))?[\s/]*")


@dataclass(frozen=True)
class PublicationDate:
    """A date as ``Paper`` keeps it."""

    year: int | None = None
    iso: str | None = None
    printed: str | None = None


def parse_date(text: str | None) -> PublicationDate:
    """A date from "2016", "2016 Aug 20", "2016/08/20", "2016-08"; seasons and ranges keep their year and printed form."""
    given = " ".join((text or "").split())
    plain = _PLAIN.fullmatch(given)
    if plain is not None:
        iso = _iso(plain[1], plain[2], plain[3])
        if iso is not None:
            return PublicationDate(int(plain[1]), iso)
    found = _YEAR.search(given)
    if found is None:
        return PublicationDate(printed=given or None)
    return PublicationDate(int(found[1]), found[1], given)


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """ISO date, or None when a part is no month or no day of that month."""
    if month is None:
        return year
    number = _month_number(month)
    if number is None:
        return None
    if day is None:
        return f"{year}-{number:02d}"
    try:
        return datetime.date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _month_number(month: str) -> int | None:
    if month.isdigit():
        return int(month) if 1 <= int(month) <= 12 else None
    name = month.lower().rstrip(".")
    return next((index for index, short in enumerate(_MONTHS, 1) if name.startswith(short)), None)
