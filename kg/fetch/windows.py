"""Spans of entry dates: what a service serves only in part is asked for in pieces."""

from dataclasses import dataclass
from datetime import date, timedelta

#: Before the first record of PubMed.
BEGINNING = date(1700, 1, 1)


@dataclass(frozen=True)
class Window:
    """Days on which records came into the database, both ends included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    @property
    def is_one_day(self) -> bool:
        """True where it cannot be split."""
        return self.first == self.last

    def halves(self) -> tuple["Window", "Window"]:
        """The older and the newer half, which share no day and leave none out."""
        middle = self.first + (self.last - self.first) // 2
        return Window(self.first, middle), Window(middle + timedelta(days=1), self.last)


def window_since(since: date | None, today: date) -> Window:
    """From that day on; a day longer than today, which it may be already where the service stands."""
    return Window(BEGINNING if since is None else since, max(today, since or today) + timedelta(days=1))
