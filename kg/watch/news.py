"""What a standing search brought, as files for people: an Atom feed of its newest papers, and a page of its last harvest."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from urllib.parse import quote

from kg.build import write_whole
from kg.bundled import SAMPLE_NOTICE
from kg.changes import Changes, find_changes, render_feed, render_page
from kg.store import Store
from kg.vocabulary import Vocabulary
from kg.watch.searches import Run, Search

#: Beside the store.
FOLDER = "watch"
#: Entries of a feed; readers ask often enough to miss none.
MOST_ENTRIES = 50


def write_news(store: Store, name: str, search: Search, folder: Path, *, vocabulary: Vocabulary) -> tuple[Path, ...]:
    """Write ``NAME.atom`` and ``NAME.html``; their paths, or nothing where the search never ran.

    The same store and search give the same bytes: the feed is as new as the last run that brought papers.

    Raises:
        StoreError: the store did not answer, or a file cannot be written.
    """
    if not search.runs:
        return ()
    brought = [run for run in search.runs if run.added]
    last = brought[-1] if brought else search.runs[-1]
    there = set(store.paper_ids())
    feed = _changes(store, _newest(brought, there), vocabulary)
    harvest = _changes(store, [paper for paper in last.added if paper in there], vocabulary)
    title = f"What is new: {name}"
    updated = last.at.astimezone(UTC).isoformat(timespec="seconds")
    notice = SAMPLE_NOTICE if harvest.has_digests else None
    stem = quote(name, safe=" ")
    files = {
        f"{stem}.atom": render_feed(feed, name=name, title=title, updated=updated),
        f"{stem}.html": render_page(harvest, title=f"{title}, {last.at:%Y-%m-%d}", notice=notice).encode(),
    }
    for file, content in files.items():
        write_whole(folder / file, content)
    return tuple(folder / file for file in files)


def _newest(runs: Sequence[Run], there: set[str]) -> list[str]:
    """The papers of the last runs that are still in the store, so many as a feed has entries."""
    papers = list(dict.fromkeys(paper for run in reversed(runs) for paper in run.added if paper in there))
    return papers[:MOST_ENTRIES]


def _changes(store: Store, papers: Sequence[str], vocabulary: Vocabulary) -> Changes:
    return find_changes(store, papers, vocabulary=vocabulary)
