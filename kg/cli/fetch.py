"""``kg fetch`` and ``kg reextract``: papers from the services, and papers read again without them."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import FAILED, STOPPED, progress, say, write
from kg.cli.options import Quiet, Refresh, Store

if TYPE_CHECKING:
    from kg.build.fetched import Fetched
    from kg.fetch.job import Question
    from kg.model import SearchRecord


class SourceName(StrEnum):
    """Where papers come from."""

    PUBMED = "pubmed"
    EUROPEPMC = "europepmc"


SourceOption = Annotated[SourceName, typer.Option("--source", help="Whose search it is; each has its own query language.")]


def _day(text: str) -> datetime:
    """A day as it is given to ``--since``."""
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007  # a day, which has no time zone
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2026-01-31") from None


SinceOption = Annotated[
    datetime | None,
    typer.Option("--since", parser=_day, metavar="DATE", help="Only what came into the database on this day or later."),
]


def _stated(query: str) -> str:
    """The query, unless it is empty: that asks for nothing, or for all that the service has."""
    if not query.strip():
        raise typer.BadParameter("the query is empty; say what to search for")
    return query


QueryArgument = Annotated[str, typer.Argument(metavar="QUERY", callback=_stated, help="What to search for, as on the service's own page.")]


def fetch(
    query: QueryArgument,
    *,
    source: SourceOption = SourceName.PUBMED,
    since: SinceOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many papers, the newest ones.")] = None,
    store: Store = None,
    refresh: Refresh = False,
    quiet: Quiet = False,
) -> None:
    """Search PubMed or Europe PMC, and add what is found to the store.

    Papers that the store has are not asked for. A fetch that was broken off goes on where it was when the same command is run.

    Example: kg fetch "mesenchymal stromal cells AND graft versus host disease" --since 2026-01-01
    """
    from kg.build.fetched import fetch_into, job_path
    from kg.cli.ingest import FetchBar, taker
    from kg.cli.parts import moment, store_folder, store_to_write
    from kg.cli.search_log import log_search
    from kg.cli.services import open_services, sources_of
    from kg.fetch.job import Question, Source
    from kg.settings import load_settings

    settings = load_settings()
    question = Question(query=query, source=Source(source), since=None if since is None else since.date(), limit=limit)
    job = job_path(store_folder(store).parent / "fetch", question)
    try:
        with (
            open_services(settings, quiet=quiet, refresh=refresh) as services,
            store_to_write(store) as opened,
            progress(quiet=quiet) as show,
        ):
            bar, asked = FetchBar(show), sources_of(services)[question.source]
            take = taker(opened, settings, bar)
            fetched = fetch_into(opened, asked, question, take=take, job=job, refresh=refresh, progress=bar.step)
    except KeyboardInterrupt:
        say("kg: stopped; what was fetched is in the store, and the same command goes on from there")
        raise typer.Exit(STOPPED) from None
    log_search(store_folder(store).parent, _search(question, fetched, moment(settings)))
    _finish(question, fetched, quiet=quiet)


def reextract(
    papers: Annotated[list[str] | None, typer.Argument(metavar="PAPER", help="Ids of papers.", show_default="all")] = None,
    *,
    store: Store = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes for large batches.", show_default="2, or $GRAFTGRAPH_WORKERS")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read the papers of the store again, as this version reads, and ask no service.

    They come from the answers that were kept, else from the texts in the store, which are there where the licence allows it.

    Example: kg reextract, after an update
    """
    from kg.build.reextract import needs_full_texts, papers_again
    from kg.cli.ingest import finish, ingest_papers
    from kg.cli.parts import moment, open_store, store_to_write
    from kg.fetch.cache import AnswerCache
    from kg.fetch.kept import kept_papers
    from kg.settings import load_settings

    settings = load_settings()
    with open_store(store) as there:
        chosen = None if not papers else _known_ids(papers, there.paper_ids())
    with AnswerCache(settings.cache_path) as cache, store_to_write(store) as opened, progress(quiet=quiet) as show:
        kept = kept_papers(cache, body=needs_full_texts(opened))
        outcomes = list(papers_again(opened, kept, only=chosen))
        report = ingest_papers(outcomes, opened, settings, now=moment(settings), workers=workers, show=show)
    finish(report, quiet=quiet)


def _known_ids(papers: list[str], stored: tuple[str, ...]) -> set[str]:
    """The ids given, a bare PMID among them.

    Raises:
        QueryError: the store has none of that name.
    """
    from kg.errors import QueryError

    chosen = {paper if paper in stored else f"pmid-{paper}" for paper in papers}
    for each in sorted(chosen - set(stored)):
        raise QueryError("is no paper of the store", location=each, remedy="Give ids as kg show prints them")
    return chosen


def _search(question: "Question", fetched: "Fetched", date: str) -> "SearchRecord":
    """What goes into the log of searches."""
    from kg.model import SearchRecord

    position, since = fetched.position, question.since
    return SearchRecord(
        query=question.query,
        source=question.source,
        date=date,
        since=None if since is None else since.isoformat(),
        limit=question.limit,
        hits=position.total,
        retrieved=max(0, position.done - position.known),
    )


def _finish(question: "Question", fetched: "Fetched", *, quiet: bool) -> None:
    from kg.cli.engine import name_failures
    from kg.cli.ingest import table

    failed = name_failures(fetched.failures, quiet=quiet)
    position = fetched.position
    if not quiet:
        for remark in position.remarks:
            say(f"{question.source}: {remark}")
        rows = [
            ("found", position.total),
            ("in the store", position.known),
            ("new", len(fetched.added)),
            ("read again", fetched.papers - len(fetched.added)),
            ("not taken", len(fetched.failures)),
            ("came twice", position.duplicates),
        ]
        write(table((name, str(count)) for name, count in rows if count or name in {"found", "new"}))
    if failed:
        raise typer.Exit(FAILED)
