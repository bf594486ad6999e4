"""What commands that add papers share: into the store, and what is said of it.

Imported inside command functions only.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import typer

from kg.build import ingest
from kg.bundled import SAMPLE_NOTICE
from kg.changes import find_changes, render_brief, render_text
from kg.cli.console import FAILED, Progress, say, write
from kg.cli.decisions_file import file_beside, keep_stored
from kg.cli.engine import DefaultPipeline, name_failures
from kg.cli.parts import default_vocabulary, moment
from kg.read.outcome import Outcome
from kg.report import BuildReport, CurationReport
from kg.settings import Settings
from kg.store import LocalStore, Store


def ingest_papers(
    outcomes: Iterable[Outcome], store: LocalStore, settings: Settings, *, now: str | None, workers: int | None, show: Progress
) -> BuildReport:
    """Extract, check and add, with the engine and the ontologies that ship; ``now`` is the moment of adding.

    The decisions of curators beside the store are laid over what is read.
    """
    file = file_beside(store)
    decisions = file.follow(store)
    report = ingest(
        outcomes,
        store,
        DefaultPipeline(settings.run_time),
        vocabulary=default_vocabulary(),
        software_version=version("graftgraph"),
        workers=settings.workers if workers is None else workers,
        progress=show,
        now=now,
        decisions=decisions,
    )
    keep_stored(store, file)
    return report


@dataclass
class FetchBar:
    """One bar for a fetch: it moves with each paper that is extracted, and is put right with each step that is done."""

    show: Progress
    done: int = 0
    total: int = 0

    def step(self, stage: str, done: int, total: int) -> None:
        """So many papers are done."""
        self.done, self.total = done, total
        self.show(stage, done, total)

    def within(self, _stage: str, done: int, _total: int) -> None:
        """So many papers of the next step are extracted; Europe PMC tells how many there are with the first."""
        if self.total:
            self.show("fetch", min(self.done + done, self.total), self.total)


def taker(store: LocalStore, settings: Settings, bar: FetchBar) -> Callable[[Sequence[Outcome]], BuildReport]:
    """Adds what a fetch brings step by step."""

    def take(outcomes: Sequence[Outcome]) -> BuildReport:
        return ingest_papers(outcomes, store, settings, now=moment(settings), workers=None, show=bar.within)

    return take


def news(store: Store, new: Sequence[str], *, brief: bool) -> str:
    """What papers that the store did not have changed in it; nothing where there are none."""
    if not new:
        return ""
    render = render_brief if brief else render_text
    return "\n" + render(find_changes(store, new, vocabulary=default_vocabulary()))


def finish(report: BuildReport, *, quiet: bool, news: str = "") -> None:
    """Name what failed, print the summary and what changed, and end with the exit code that follows."""
    failed = name_failures(report.failures, quiet=quiet)
    if not quiet and report.papers:
        write(_summary(report) + news)
    elif not quiet:
        say("kg: no paper was added")
    if failed:
        raise typer.Exit(FAILED)


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Names and figures in two columns."""
    return "".join(f"{name:<17}{value:>8}\n" for name, value in rows)


def _summary(report: BuildReport) -> str:
    rows = [
        ("papers", str(report.papers)),
        ("terms", str(report.terms)),
        ("findings", str(sum(report.findings.values()))),
        *((f"  {direction.replace('_', ' ')}", str(count)) for direction, count in report.findings.items()),
        ("triples", str(report.triples)),
        ("seconds", f"{report.seconds:.1f}"),
    ]
    curation = [] if report.curation is None else ["", *_curation(report.curation)]
    paths = ["", *(str(path) for path in report.outputs)] if report.outputs else []
    notice = ["", SAMPLE_NOTICE] if report.has_digests else []
    return table(rows) + "".join(f"{line}\n" for line in (*curation, *paths, *notice))


def _curation(curation: CurationReport) -> list[str]:
    """What curators' decisions came to, and which want another look."""
    lines = [f"decisions of curators: {', '.join(f'{count} {verdict}' for verdict, count in curation.applied.items())}"]
    if curation.conflicts:
        lines.append(f"  {curation.conflicts} overruled by another curator: kg review list --conflicts")
    if curation.stale:
        lines.append(f"  {len(curation.stale)} to look at again: kg review list --stale")
    return lines
