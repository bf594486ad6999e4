"""``kg draw``: pictures of the graph."""

import sys

import typer

from kg.cli.console import misuse, write
from kg.cli.options import MinConfidence, Output, Store

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Draw the graph.")


@app.callback()
def options() -> None:
    """Draw the graph."""


@app.command()
def graph(*, store: Store = None, output: Output = None, min_confidence: MinConfidence = 0.0) -> None:
    """Draw the findings of the store as one page that needs no network.

    Example: kg draw graph --output graph.html
    """
    if output is None and sys.stdout.isatty():
        misuse("a page is nothing to read on a terminal. Name a file with --output, or pipe it on")
    from kg.build import draw_store, write_whole
    from kg.cli.parts import default_vocabulary, open_store

    with open_store(store) as opened:
        page = draw_store(opened, vocabulary=default_vocabulary(), min_confidence=min_confidence)
    if output is None:
        write(page)
    else:
        write_whole(output, page.encode())
