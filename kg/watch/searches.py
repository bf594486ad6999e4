"""The standing searches of a store and what their runs brought, in one JSON file that is replaced as a whole."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import Field, ValidationError

from kg.build import write_whole
from kg.errors import SettingsError, StoreError
from kg.fetch.job import Source
from kg.model import Record

FILE = "watches.json"


#: Asked for once more each time: records are indexed some days after their entry date, and one that failed gets another chance.
OVERLAP = timedelta(days=7)


class Run(Record):
    """One run of a search that went through."""

    at: datetime
    #: The entry dates asked for.
    since: date
    #: Papers that the service listed for them.
    found: int
    #: Ids of papers that the store did not have before.
    added: tuple[str, ...] = ()
    #: Records that could not be read or stored; each was named.
    failed: int = 0


class Search(Record):
    """A standing search."""

    query: str
    source: Source = Source.PUBMED
    #: Day up to which all is in the store; moves only when a run went through to its end.
    until: date
    #: Papers of a run that broke off: in the store, and to be told of with the next run.
    untold: tuple[str, ...] = ()
    #: Runs that brought papers, and the last one.
    runs: tuple[Run, ...] = ()

    @property
    def since(self) -> date:
        """The first entry date that the next run asks for."""
        return self.until - OVERLAP

    def with_run(self, run: Run, *, until: date) -> "Search":
        """The search after a run."""
        kept = tuple(each for each in self.runs if each.added)
        return self.model_copy(update={"runs": (*kept, run), "until": max(self.until, until), "untold": ()})


def new_search(query: str, source: Source, *, since: date) -> Search:
    """A search whose first run asks for what came in on that day or later."""
    return Search(query=query, source=source, until=since + OVERLAP)


class Searches(Record):
    """All standing searches of a store, by name."""

    version: int = Field(default=1, ge=1, le=1)
    searches: Mapping[str, Search] = Field(default_factory=dict)

    def with_search(self, name: str, search: Search) -> "Searches":
        """These and that one, which takes the place of one with its name."""
        return self.model_copy(update={"searches": dict(sorted({**self.searches, name: search}.items()))})

    def without(self, name: str) -> "Searches":
        """These but that one.

        Raises:
            SettingsError: there is none of that name.
        """
        if name not in self.searches:
            known = ", ".join(self.searches) or "none"
            raise SettingsError(f"no standing search “{name}”", remedy=f"Those there are: {known}")
        return self.model_copy(update={"searches": {each: search for each, search in self.searches.items() if each != name}})


def read_searches(path: Path) -> Searches:
    """What the file holds; none where there is no file.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        return Searches.model_validate_json(path.read_bytes()) if path.exists() else Searches()
    except OSError as exc:
        raise StoreError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    except ValidationError as exc:
        raise StoreError("no list of standing searches", location=str(path), remedy="Mend it, or move it away and add them anew") from exc


def write_searches(path: Path, searches: Searches) -> None:
    """Put the list in place of the file.

    Raises:
        StoreError: it cannot be written.
    """
    write_whole(path, (searches.model_dump_json(indent=2) + "\n").encode())
