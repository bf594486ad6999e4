"""``kg review``: a curator accepts, rejects or corrects findings; decisions are kept, shared and applied after every reading."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from kg.cli.console import misuse, say, write
from kg.cli.options import Output, Store
from kg.cli.tables import RowFormat, render_rows

if TYPE_CHECKING:
    from typer._click.core import Context  # What a group is handed; Typer has no public name for it.

    from kg.curation import Word

_DECIDE = "decide"


class _DecideFirst(TyperGroup):
    """``kg review FINDING`` is ``kg review decide FINDING``."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        names = {*self.commands, "--help", "-h"}
        return super().parse_args(ctx, args if args and args[0] in names else [_DECIDE, *args])


class FileFormat(StrEnum):
    """How decisions are written."""

    TTL = "ttl"
    NQ = "nq"


app = typer.Typer(
    cls=_DecideFirst,
    help="Accept, reject or correct findings. kg review FINDING is short for kg review decide FINDING; without FINDING it asks.",
)
File = Annotated[
    Path | None, typer.Option("--file", help="File of decisions.", show_default="curation.ttl beside the store", dir_okay=False)
]
Paper = Annotated[str | None, typer.Option("--paper", help="Only findings of this paper: id, or author and year.")]


@app.command(_DECIDE)
def decide(
    finding: Annotated[str | None, typer.Argument(help="As kg review list --open names it: pmid-1/12-80-1, or its IRI.")] = None,
    *,
    accept: Annotated[bool, typer.Option("--accept", help="The finding says what its sentence says.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It does not; leave it out.")] = False,
    correct: Annotated[
        list[str] | None,
        typer.Option("--correct", metavar="FIELD=VALUE", help="Put this in its place; may be repeated. See docs/curation.md for fields."),
    ] = None,
    orcid: Annotated[str | None, typer.Option(help="Who decides.", show_default="$GRAFTGRAPH_ORCID")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, in a few words.")] = None,
    paper: Paper = None,
    store: Store = None,
    file: File = None,
) -> None:
    """Decide on a finding, or, on a terminal, on one after the other.

    Example: kg review pmid-1/12-80-1 --correct direction=decreased --orcid 0000-0002-1825-0097 --reason "arms swapped"
    """
    from kg.cli.decisions_file import decisions_file
    from kg.cli.parts import store_to_write
    from kg.cli.review_dialog import ask_about_findings
    from kg.errors import CurationError
    from kg.settings import load_settings

    settings, kept = load_settings(), decisions_file(store, file)
    curator = orcid if orcid is not None else settings.orcid
    chosen = [accept, reject, bool(correct)]
    if finding is None:
        if any(chosen):
            misuse("name the finding to decide on; kg review list --open lists them")
        with store_to_write(store) as opened:
            ask_about_findings(opened, kept, paper=paper, curator=curator, settings=settings)
        return
    if sum(chosen) != 1:
        misuse("say one of --accept, --reject, --correct FIELD=VALUE")
    if curator is None:
        misuse("say who decides: --orcid 0000-0002-1825-0097, or set GRAFTGRAPH_ORCID")
    if reason is None:
        misuse("say why: --reason TEXT")
    with store_to_write(store) as opened:
        try:
            made = kept.decide(opened, finding, _word(accept, reject, correct, curator, reason))
        except CurationError as error:
            # What is wrong without a place is what was typed; else it is a file.
            if error.location is not None:
                raise
            misuse(str(error))
    write(f"{made.verdict}: {made.selector.outcome_label} in {made.selector.paper}   (decision {made.id}, {kept.path})\n")


@app.command("list")
def list_(
    *,
    is_open: Annotated[bool, typer.Option("--open", help="Findings that nobody has decided on, the least sure first.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Only decisions that no longer apply or want another look.")] = False,
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Only decisions that another curator's newer one overrules.")] = False,
    paper: Paper = None,
    form: Annotated[RowFormat, typer.Option("--format", "-f", help="How rows are written.")] = RowFormat.TABLE,
    store: Store = None,
    file: File = None,
) -> None:
    """List decisions with what became of them, or findings without one.

    Example: kg review list --stale
    """
    from kg.build.reviewed import list_decisions, summary
    from kg.cli.decisions_file import decisions_file
    from kg.cli.paper_names import named_paper
    from kg.cli.parts import default_vocabulary, open_store
    from kg.cli.review_list import HEAD, OPEN_HEAD, decision_row, open_rows
    from kg.queries import read_claims

    with open_store(store) as opened:
        papers = None if paper is None else [named_paper(opened, paper)]
        if is_open:
            rows = open_rows(read_claims(opened, vocabulary=default_vocabulary(), papers=papers))
            write(render_rows(OPEN_HEAD, rows, form))
            return
        listed = list_decisions(opened, decisions_file(store, file).known(opened), papers=papers)
    shown = [each for each in listed if (not stale or each.is_stale) and (not conflicts or each.is_conflict)]
    if shown or form.is_data:
        write(render_rows(HEAD, [decision_row(each) for each in shown], form))
    say(summary(listed) if listed else "No decisions yet. Decide with kg review FINDING; kg review list --open lists findings.")


@app.command("export")
def export(
    *,
    form: Annotated[FileFormat, typer.Option("--format", "-f", help="Turtle, or N-Quads in the graph of decisions.")] = FileFormat.TTL,
    output: Output = None,
    store: Store = None,
    file: File = None,
) -> None:
    """Write all decisions as RDF, to share them.

    Example: kg review export --output decisions.ttl
    """
    from kg.build import write_whole
    from kg.cli.decisions_file import decisions_file
    from kg.cli.parts import open_store
    from kg.curation import write_nquads, write_turtle

    with open_store(store) as opened:
        decisions = decisions_file(store, file).known(opened)
    content = write_turtle(decisions) if form is FileFormat.TTL else write_nquads(decisions)
    if output is None:
        write(content.decode("utf-8"))
    else:
        write_whole(output, content)


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE", help="Decisions in Turtle, TriG, N-Triples or N-Quads.", dir_okay=False)],
    *,
    store: Store = None,
    file: File = None,
) -> None:
    """Take in decisions of others, and apply them; what is there already stays.

    Example: kg review import colleague.ttl
    """
    from kg.build.decisions import read_decisions_file
    from kg.build.reviewed import list_decisions, summary
    from kg.cli.decisions_file import decision_shapes, decisions_file
    from kg.cli.parts import store_to_write
    from kg.curation import merge

    given = merge(*(read_decisions_file(path, decision_shapes()) for path in paths))
    kept = decisions_file(store, file)
    with store_to_write(store) as opened:
        known = kept.known(opened)
        together = merge(known, given)
        kept.put(opened, together)
        listed = list_decisions(opened, together)
    write(f"{len(together) - len(known)} of {len(given)} decisions are new\n{summary(listed)}\n")
    if any(each.is_conflict for each in listed):
        say("kg: curators disagree; the newest decision holds. See kg review list --conflicts")


def _word(accept: bool, reject: bool, correct: list[str] | None, curator: str, reason: str) -> "Word":
    from kg.cli.parts import moment
    from kg.curation import Word, parse_changes
    from kg.model import Verdict
    from kg.settings import load_settings

    verdict = Verdict.ACCEPTED if accept else Verdict.REJECTED if reject else Verdict.CORRECTED
    return Word(verdict, curator, moment(load_settings()), reason, parse_changes(correct or []))
