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
    from collections.abc import Sequence

    from typer._click.core import Context  # What a group is handed; Typer has no public name for it.

    from kg.curation import Word
    from kg.model import Decision
    from kg.store import Store as OpenStore

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
    from kg.cli.parts import store_to_write
    from kg.cli.review_dialog import ask_about_findings
    from kg.settings import load_settings

    settings = load_settings()
    curator = orcid if orcid is not None else settings.orcid
    chosen = [accept, reject, bool(correct)]
    if finding is None:
        if any(chosen):
            misuse("name the finding to decide on; kg review list --open lists them")
        with store_to_write(store) as opened:
            ask_about_findings(opened, _path(store, file), paper=paper, curator=curator, settings=settings)
        return
    if sum(chosen) != 1:
        misuse("say one of --accept, --reject, --correct FIELD=VALUE")
    if curator is None:
        misuse("say who decides: --orcid 0000-0002-1825-0097, or set GRAFTGRAPH_ORCID")
    if reason is None:
        misuse("say why: --reason TEXT")
    with store_to_write(store) as opened:
        made = decide_on(opened, _path(store, file), finding, _word(accept, reject, correct, curator, reason))
    write(f"{made.verdict}: {made.selector.outcome_label} in {made.selector.paper}   (decision {made.id}, {_path(store, file)})\n")


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
    from kg.cli.decisions_file import known_decisions
    from kg.cli.paper_names import named_paper
    from kg.cli.parts import default_vocabulary, open_store
    from kg.cli.review_list import HEAD, OPEN_HEAD, list_decisions, open_rows, summary
    from kg.queries import read_claims

    with open_store(store) as opened:
        papers = None if paper is None else [named_paper(opened, paper)]
        if is_open:
            rows = open_rows(read_claims(opened, vocabulary=default_vocabulary(), papers=papers))
            write(render_rows(OPEN_HEAD, rows, form))
            return
        listed = list_decisions(opened, known_decisions(opened, _path(store, file)), papers=papers)
    shown = [each for each in listed if (not stale or each.is_stale) and (not conflicts or each.is_conflict)]
    if shown or form.is_data:
        write(render_rows(HEAD, [each.cells for each in shown], form))
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
    from kg.cli.decisions_file import known_decisions
    from kg.cli.parts import open_store
    from kg.curation import write_nquads, write_turtle

    with open_store(store) as opened:
        decisions = known_decisions(opened, _path(store, file))
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
    from kg.cli.decisions_file import known_decisions, read_file
    from kg.cli.parts import store_to_write
    from kg.cli.review_list import list_decisions, summary
    from kg.curation import merge

    given = merge(*(read_file(path) for path in paths))
    with store_to_write(store) as opened:
        known = known_decisions(opened, _path(store, file))
        together = merge(known, given)
        put(opened, _path(store, file), together)
        listed = list_decisions(opened, together)
    write(f"{len(together) - len(known)} of {len(given)} decisions are new\n{summary(listed)}\n")
    if any(each.is_conflict for each in listed):
        say("kg: curators disagree; the newest decision holds. See kg review list --conflicts")


def decide_on(store: "OpenStore", path: Path, finding: str, word: "Word") -> "Decision":
    """Make one decision, keep it in the file, and put it to the paper."""
    from kg.build import known_in, stored_paper
    from kg.cli.decisions_file import follow_file
    from kg.cli.parts import default_vocabulary
    from kg.cli.review_list import split_name
    from kg.curation import by_paper, decide, entry_of, findings_of, lay_over, merge

    named = split_name(finding)
    papers = {} if named is None else {each.id: each.names for each in known_in(store, [named[0]])}
    if named is None or named[0] not in papers:
        misuse(f"{finding!r} is no finding of the store. kg review list --open lists them")
    paper, key = named
    decisions = follow_file(store, path)
    read, source = findings_of(stored_paper(store, paper))
    overlay = lay_over(read, source.text, by_paper(decisions, {paper: papers[paper]}).get(paper, ()))
    entry = entry_of(overlay, key)
    if entry is None:
        misuse(f"{paper} has no finding {key}. kg review list --open --paper {paper} lists them")
    made = decide(entry, overlay, source, word, vocabulary=default_vocabulary())
    put(store, path, merge(decisions, [made]), only=[paper])
    return made


def put(store: "OpenStore", path: Path, decisions: "Sequence[Decision]", *, only: "Sequence[str] | None" = None) -> None:
    """Check what the decisions make of the papers, write the file, then the store: a crash between loses nothing."""
    from kg.build import plan_replay, replay
    from kg.cli.decisions_file import write_file
    from kg.cli.parts import default_shapes, default_vocabulary

    planned = plan_replay(store, decisions, vocabulary=default_vocabulary(), shapes=default_shapes(), only=only)
    write_file(path, planned.decisions)
    replay(store, planned, vocabulary=default_vocabulary())


def _word(accept: bool, reject: bool, correct: list[str] | None, curator: str, reason: str) -> "Word":
    from kg.cli.parts import moment
    from kg.curation import Word, parse_changes
    from kg.model import Verdict
    from kg.settings import load_settings

    verdict = Verdict.ACCEPTED if accept else Verdict.REJECTED if reject else Verdict.CORRECTED
    return Word(verdict, curator, moment(load_settings()), reason, parse_changes(correct or []))


def _path(store: Path | None, file: Path | None) -> Path:
    from kg.cli.decisions_file import decisions_path

    return decisions_path(store, file)
