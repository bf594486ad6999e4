"""``kg watch``: standing searches."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import FAILED, STOPPED, misuse, progress, say, write
from kg.cli.fetch import QueryArgument, SinceOption, SourceName, SourceOption
from kg.cli.options import Quiet, Store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import SearchRecord
    from kg.store import Store as OpenStore
    from kg.watch.run import Ran
    from kg.watch.searches import Run, Search

#: Exit code of ``kg watch run --exit-code`` where a search brought papers.
NEW = 10

app = typer.Typer(no_args_is_help=True, help="Searches that are kept, and run again for what is new.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the search is called.")]


@app.command("add")
def add(
    name: Name,
    query: QueryArgument,
    *,
    source: SourceOption = SourceName.PUBMED,
    since: SinceOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="In place of the search of this name, and of what it brought.")] = False,
    store: Store = None,
) -> None:
    """Keep a search under a name.

    Its first run asks for what came in since the date, today where none is given.

    Example: kg watch add msc-gvhd "mesenchymal stromal cells AND graft versus host disease"
    """
    from kg.cli.parts import store_folder
    from kg.cli.services import today
    from kg.fetch.job import Source
    from kg.watch.searches import FILE, new_search, read_searches, write_searches

    path = store_folder(store).parent / FILE
    kept = read_searches(path)
    if name in kept.searches and not replace:
        misuse(f"there is a search {name} already: {kept.searches[name].query}. Choose another name, or say --replace")
    search = new_search(query, Source(source), since=today() if since is None else since.date())
    write_searches(path, kept.with_search(name, search))
    write(f"{name}: {source}, from {search.since}\n")


@app.command("remove")
def remove(name: Name, *, store: Store = None) -> None:
    """Keep a search no longer; its papers stay."""
    from kg.cli.parts import store_folder
    from kg.watch.searches import FILE, read_searches, write_searches

    path = store_folder(store).parent / FILE
    write_searches(path, read_searches(path).without(name))


@app.command("list")
def list_searches(*, store: Store = None) -> None:
    """Print the searches: when each was last run, and what it brought so far."""
    from kg.cli.parts import store_folder
    from kg.cli.tables import RowFormat, render_rows
    from kg.watch.searches import FILE, read_searches

    searches = read_searches(store_folder(store).parent / FILE).searches
    rows = [
        (
            name,
            search.source,
            f"{search.runs[-1].at:%Y-%m-%d %H:%M}" if search.runs else "never",
            sum(len(run.added) for run in search.runs),
            search.query,
        )
        for name, search in searches.items()
    ]
    write(render_rows(("name", "source", "last run (UTC)", "papers", "query"), rows, RowFormat.TABLE))


@app.command("run")
def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Searches to run.", show_default="all")] = None,
    *,
    store: Store = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 10 where there is something new.")] = False,
    quiet: Quiet = False,
) -> None:
    """Run the searches, and add what came in since the last time.

    Each search has a feed and a page of what it brought, in the folder watch beside the store.

    Fit for cron: 0 whether or not something is new; 1 where a service or a paper failed, and the next run tries it again.

    Example: kg watch run --quiet
    """
    from kg.cli.ingest import FetchBar, taker
    from kg.cli.parts import store_folder, store_to_write
    from kg.cli.search_log import log_search
    from kg.cli.services import NOT_AT_ALL, now, open_services, sources_of
    from kg.settings import load_settings
    from kg.watch.run import run_searches
    from kg.watch.searches import FILE

    settings = load_settings()
    try:
        with (
            open_services(settings, quiet=quiet, lists_hold=NOT_AT_ALL) as services,
            store_to_write(store) as opened,
            progress(quiet=quiet) as show,
        ):
            bar = FetchBar(show)
            ran = run_searches(
                store_folder(store).parent / FILE,
                opened,
                sources_of(services),
                names=names or (),
                take=taker(opened, settings, bar),
                now=now,
                progress=bar.step,
            )
            files = _write_news(opened, ran, store_folder(store).parent)
    except KeyboardInterrupt:
        say("kg: stopped; what was fetched is in the store, and the next run tells of it")
        raise typer.Exit(STOPPED) from None
    for each in ran:
        if each.run is not None:
            log_search(store_folder(store).parent, _search(each.search, each.run))
    _finish(ran, files, quiet=quiet, exit_code=exit_code)


def _write_news(store: "OpenStore", ran: "list[Ran]", folder: "Path") -> "list[Path]":
    """A feed and a page for each search that ran."""
    from kg.cli.parts import default_vocabulary
    from kg.watch.news import FOLDER, write_news

    done = [each for each in ran if each.run is not None]
    return [path for each in done for path in write_news(store, each.name, each.search, folder / FOLDER, vocabulary=default_vocabulary())]


def _search(search: "Search", run: "Run") -> "SearchRecord":
    """What goes into the log of searches."""
    from kg.model import SearchRecord

    retrieved = len(run.added) + run.failed
    moment = run.at.isoformat(timespec="seconds")
    return SearchRecord(
        query=search.query, source=search.source, date=moment, since=run.since.isoformat(), hits=run.found, retrieved=retrieved
    )


def _finish(ran: "list[Ran]", files: "list[Path]", *, quiet: bool, exit_code: bool) -> None:
    from kg.cli.engine import name_failures

    for each in ran:
        if each.error is not None:
            say(f"kg: {each.name}: {each.error}")
        name_failures(each.failures, quiet=quiet)
        if not quiet and each.run is not None:
            write(f"{each.name}: {len(each.added)} new of {each.run.found} since {each.run.since}\n")
            write("".join(f"  {paper}\n" for paper in each.added))
    if not quiet:
        write("".join(f"{path}\n" for path in files))
    if not all(each.is_complete for each in ran):
        raise typer.Exit(FAILED)
    if exit_code and any(each.added for each in ran):
        raise typer.Exit(NEW)
