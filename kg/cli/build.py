"""``kg build`` and ``kg add``: papers into a store."""

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.console import FAILED, progress, say
from kg.cli.options import Body, Folder, Papers, Quiet, Refresh, Store


class LinkName(StrEnum):
    """Papers that PubMed links to a paper."""

    CITING = "citing"
    CITED = "cited"
    SIMILAR = "similar"


def build(
    paths: Papers = None,
    *,
    output: Folder = None,
    full_text: Body = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes for large builds.", show_default="2, or $GRAFTGRAPH_WORKERS")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Build a new graph from papers.

    Without PATH the sample corpus is built; with PATH only those papers are. The output folder gets the store, the graph as
    N-Quads and TriG, a picture, and a report. What it held before is replaced when all is done.

    Example: kg build abstracts.xml.gz more/ --output mine
    """
    from kg.build import replace_folder, write_outputs
    from kg.bundled import sample_corpus
    from kg.cli.decisions_file import rescue_file
    from kg.cli.engine import name_failures, read_papers
    from kg.cli.ingest import finish, ingest_papers
    from kg.cli.parts import default_vocabulary, drop_new_store, new_store
    from kg.settings import load_settings

    settings = load_settings()
    folder = output if output is not None else settings.output
    outcomes = read_papers(paths or [sample_corpus()], body=full_text)
    rescue_file(folder)
    with progress(quiet=quiet) as show, new_store(folder / ".store.new") as store:
        report = ingest_papers(outcomes, store, settings, now=settings.run_time, workers=workers, show=show)
        came_to_nothing = report.papers == 0 and not report.is_complete
        if not came_to_nothing:
            report = write_outputs(store, folder, report, vocabulary=default_vocabulary())
    if came_to_nothing:
        # A mistyped path must not cost the graph that is there.
        drop_new_store(folder / ".store.new")
        name_failures(report.failures, quiet=quiet)
        say(f"kg: no paper was read; {folder} is left as it was")
        raise typer.Exit(FAILED)
    replace_folder(folder / "store", folder / ".store.new")
    finish(report, quiet=quiet)


def add(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PAPER",
            help="PMID, DOI, PMCID or NCT number (all papers that carry it), with or without its prefix; or files and folders as "
            "kg build takes them; - reads standard input. A name that is a file is a file.",
        ),
    ] = None,
    *,
    store: Store = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Read the body of JATS articles too, and get open-access bodies from Europe PMC.")
    ] = False,
    linked: Annotated[
        list[LinkName] | None,
        typer.Option("--with", help="Also the papers that cite these, that these cite, or that PubMed calls similar.", show_default=False),
    ] = None,
    refresh: Refresh = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes for large batches.", show_default="2, or $GRAFTGRAPH_WORKERS")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell all that changed, as kg diff does.")] = False,
    quiet: Quiet = False,
) -> None:
    """Add papers to the store: from PubMed and Europe PMC by identifier, or from files.

    A paper that it has already is replaced; a digest never replaces the paper itself.

    Example: kg add 27400945 10.1182/blood-2019-1 PMC3258128 NCT02923375 new.nbib, or curl … | kg add -
    """
    from kg.cli.ingest import finish, ingest_papers, news
    from kg.cli.named import read_named
    from kg.cli.parts import moment, store_to_write
    from kg.settings import load_settings

    settings = load_settings()
    named = read_named(names, settings, body=full_text, refresh=refresh, quiet=quiet, links=linked or ())
    with named as outcomes, store_to_write(store) as opened, progress(quiet=quiet) as show:
        report = ingest_papers(outcomes, opened, settings, now=moment(settings), workers=workers, show=show)
        changed = "" if quiet else news(opened, report.new, brief=not verbose)
    finish(report, quiet=quiet, news=changed)
