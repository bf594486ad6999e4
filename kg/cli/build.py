"""``kg build`` and ``kg add``: papers into a store."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import FAILED, Progress, progress, say, write
from kg.cli.options import Body, Folder, Papers, Quiet, Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.read.outcome import Outcome
    from kg.report import BuildReport
    from kg.settings import Settings
    from kg.store import Store as OpenStore


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
    from kg.cli.engine import name_failures, read_papers
    from kg.cli.parts import default_vocabulary, drop_new_store, new_store
    from kg.settings import load_settings

    settings = load_settings()
    folder = output if output is not None else settings.output
    outcomes = read_papers(paths or [sample_corpus()], body=full_text)
    with progress(quiet=quiet) as show, new_store(folder / ".store.new") as store:
        report = _ingest(outcomes, store, settings, workers=workers, show=show)
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
    _finish(report, quiet=quiet)


def add(
    paths: Papers = None,
    *,
    store: Store = None,
    full_text: Body = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes for large batches.", show_default="2, or $GRAFTGRAPH_WORKERS")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Add papers to the store.

    A paper that it has already is replaced; a digest never replaces the paper itself.

    Example: kg add new.nbib, or curl … | kg add -
    """
    from kg.cli.engine import read_papers
    from kg.cli.parts import moment, store_to_write
    from kg.settings import load_settings

    settings = load_settings()
    outcomes = read_papers(paths, body=full_text)
    with progress(quiet=quiet) as show, store_to_write(store) as opened:
        report = _ingest(outcomes, opened, settings, workers=workers, show=show, now=moment(settings))
        news = "" if quiet else _news(opened, report)
    _finish(report, quiet=quiet, news=news)


def _ingest(
    outcomes: "Iterable[Outcome]", store: "OpenStore", settings: "Settings", *, workers: int | None, show: Progress, now: str | None = None
) -> "BuildReport":
    from importlib.metadata import version

    from kg.build import ingest
    from kg.cli.engine import DefaultPipeline

    return ingest(
        outcomes,
        store,
        DefaultPipeline(settings.run_time),
        software_version=version("graftgraph"),
        workers=settings.workers if workers is None else workers,
        progress=show,
        now=settings.run_time if now is None else now,
    )


def _news(store: "OpenStore", report: "BuildReport") -> str:
    """What the papers that the store did not have changed in it."""
    from kg.changes import find_changes, render_text
    from kg.cli.parts import default_vocabulary

    if not report.new:
        return ""
    return "\n" + render_text(find_changes(store, report.new, vocabulary=default_vocabulary()))


def _finish(report: "BuildReport", *, quiet: bool, news: str = "") -> None:
    from kg.cli.engine import name_failures

    failed = name_failures(report.failures, quiet=quiet)
    if not quiet:
        write(_summary(report) + news)
    if failed:
        raise typer.Exit(FAILED)


def _summary(report: "BuildReport") -> str:
    from kg.bundled import SAMPLE_NOTICE

    rows = [
        ("papers", str(report.papers)),
        ("terms", str(report.terms)),
        ("findings", str(sum(report.findings.values()))),
        *((f"  {direction.replace('_', ' ')}", str(count)) for direction, count in report.findings.items()),
        ("triples", str(report.triples)),
        ("seconds", f"{report.seconds:.1f}"),
    ]
    lines = [f"{name:<17}{value:>8}" for name, value in rows]
    lines += ["", *(str(path) for path in report.outputs)] if report.outputs else []
    lines += ["", SAMPLE_NOTICE] if report.has_digests else []
    return "\n".join(lines) + "\n"
