"""``kg diff``: what papers changed."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import misuse, write
from kg.cli.options import MinConfidence, Store

if TYPE_CHECKING:
    from kg.changes import Changes


class ChangesFormat(StrEnum):
    """How what papers changed is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    ATOM = "atom"


def diff(
    papers: Annotated[
        list[str] | None, typer.Argument(metavar="PAPER", help="PubMed ids, DOIs, or author and year.", show_default=False)
    ] = None,
    *,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Papers that came in on or after this day, such as 2026-01-31.")] = None,
    form: Annotated[ChangesFormat, typer.Option("--format", help="How it is written.")] = ChangesFormat.TEXT,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output where none is named.")] = None,
    store: Store = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Tell what papers changed: new findings, what they agree with and contradict, gaps they fill.

    Example: kg diff "Gao 2016", or kg diff --since 2026-01-01 --format html -o new.html
    """
    from kg.build import write_whole
    from kg.changes import find_changes, papers_added_since
    from kg.cli.paper_names import named_paper
    from kg.cli.parts import default_vocabulary, open_store

    if (since is None) == (not papers):
        misuse("name papers, or a day with --since DATE")
    day = None if since is None else _day(since)
    with open_store(store) as opened:
        meant = papers_added_since(opened, day) if day is not None else [named_paper(opened, each) for each in papers or ()]
        changes = find_changes(opened, meant, vocabulary=default_vocabulary(), min_confidence=min_confidence)
    title = "What is new" if since is None else f"What is new since {since}"
    written = render_changes(changes, form, title=title)
    if output is None:
        write(written)
    else:
        write_whole(output, written.encode())


def render_changes(changes: "Changes", form: ChangesFormat, *, title: str, feed: str = "changes") -> str:
    """The changes in that format; ``feed`` makes the id of an Atom feed."""
    from kg.bundled import SAMPLE_NOTICE
    from kg.changes import render_feed, render_page, render_text
    from kg.cli.parts import moment
    from kg.settings import load_settings

    notice = SAMPLE_NOTICE if changes.has_digests else None
    match form:
        case ChangesFormat.TEXT:
            return render_text(changes) + (f"\n{notice}\n" if notice is not None else "")
        case ChangesFormat.JSON:
            return changes.model_dump_json(indent=2) + "\n"
        case ChangesFormat.HTML:
            return render_page(changes, title=title, notice=notice)
        case ChangesFormat.ATOM:
            # The feed is as new as its newest entry; without one, as this moment.
            newest = max((paper.added for paper in changes.papers if paper.added is not None), default=None)
            return render_feed(changes, name=feed, title=title, updated=newest or moment(load_settings())).decode()


def _day(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        misuse(f"{text!r} is no day; write it as 2026-01-31")
