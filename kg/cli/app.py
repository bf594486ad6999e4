"""The command tree. Modules named here import nothing heavy; what a command runs is imported when it runs."""

from typing import Annotated

import typer

from kg.cli import build, diff, draw, evaluate, export, extract, fetch, query, review, screen, serve, show, validate, vocabulary, watch
from kg.cli.console import DONE, write

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Plain help comes three times as fast.
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads abstracts on mesenchymal stromal cells and graft-versus-host disease into findings with their sentences, kept as RDF.",
    epilog="Exit codes: 0 done; 1 something failed or was refused, each named; 2 misuse. Start with: kg build",
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        write(f"graftgraph {version('graftgraph')}\n")
        raise typer.Exit(DONE)


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_print_version)] = False,
) -> None:
    """Options of the command itself."""


app.command()(build.build)
app.command()(build.add)
app.command()(fetch.fetch)
app.add_typer(watch.app, name="watch")
app.command()(fetch.reextract)
app.command()(extract.extract)
app.command()(query.query)
app.command()(show.show)
app.command()(diff.diff)
app.add_typer(review.app, name="review")
app.command()(screen.screen)
app.add_typer(draw.app, name="draw")
app.command()(serve.serve)
app.command()(export.export)
app.command()(validate.validate)
app.add_typer(vocabulary.app, name="vocabulary")
app.command()(evaluate.evaluate)
