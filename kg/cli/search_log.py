"""The log of searches beside a store.

Imported inside command functions only.
"""

from pathlib import Path

from kg.build import write_whole
from kg.errors import CriteriaError
from kg.model import SearchRecord
from kg.screen import parse_searches, write_searches

FILE = "searches.jsonl"


def log_search(folder: Path, search: SearchRecord) -> None:
    """Add a search to the log of a folder.

    Raises:
        StoreError: it cannot be written.
        CriteriaError: the log that is there is none.
    """
    write_whole(folder / FILE, write_searches((*read_log(folder / FILE), search)))


def read_log(path: Path, *, must_exist: bool = False) -> tuple[SearchRecord, ...]:
    """The searches of a log; none where there is no log.

    Raises:
        CriteriaError: it cannot be read, or is no log.
    """
    if not must_exist and not path.exists():
        return ()
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise CriteriaError(f"cannot be read: {exc.strerror}", location=str(path)) from exc
    return parse_searches(data, location=str(path))
