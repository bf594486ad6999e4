"""``kg draw``: pictures of the graph."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import misuse, write
from kg.cli.options import IncludeRetracted, MinConfidence, Output, Store


class MapSetting(StrEnum):
    """Whose evidence a map shows."""

    HUMAN = "human"
    HUMAN_POOLED = "human_pooled"
    PRECLINICAL = "preclinical"
    PRECLINICAL_POOLED = "preclinical_pooled"


app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Draw the graph, the evidence map, and forests of printed effects.")


@app.callback()
def options() -> None:
    """Draw the graph, the evidence map, and forests of printed effects."""


@app.command()
def graph(
    *,
    store: Store = None,
    output: Output = None,
    min_confidence: MinConfidence = 0.0,
    include_retracted: IncludeRetracted = False,
) -> None:
    """Draw the findings of the store as one page that needs no network.

    Example: kg draw graph --output graph.html
    """
    if output is None and sys.stdout.isatty():
        misuse("a page is nothing to read on a terminal. Name a file with --output, or pipe it on")
    from kg.build import draw_store, write_whole
    from kg.cli.parts import default_vocabulary, open_store

    with open_store(store) as opened:
        page = draw_store(opened, vocabulary=default_vocabulary(), min_confidence=min_confidence, include_withdrawn=include_retracted)
    if output is None:
        write(page)
    else:
        write_whole(output, page.encode())


Picture = Annotated[
    Path | None, typer.Option("--output", "-o", help="An SVG file; standard output where none is named.", show_default=False)
]
Setting = Annotated[MapSetting, typer.Option("--setting", help="Patients, or animals and cultures; pooled analyses apart.")]


@app.command("map")
def evidence_map(*, store: Store = None, output: Picture = None, setting: Setting = MapSetting.HUMAN) -> None:
    """Draw the evidence map: outcomes by cells, with the number of cohorts that say what.

    Example: kg draw map --output map.svg
    """
    from kg.cli.parts import default_vocabulary, open_store
    from kg.draw import arrange, draw_map
    from kg.queries import read_tallies

    vocabulary = default_vocabulary()
    with open_store(store) as opened:
        shown = arrange(read_tallies(opened, settings=(setting.value,)), vocabulary)
    if not shown.cells:
        misuse(f"no cohort in this store says anything in the setting {setting}")
    _put(draw_map(shown, vocabulary) + "\n", output)


@app.command()
def forest(
    outcome: Annotated[str, typer.Argument(help="An outcome by its name or synonym, such as: chronic GVHD.")],
    *,
    store: Store = None,
    output: Picture = None,
    differences: Annotated[bool, typer.Option("--differences", help="Mean and risk differences instead of ratios.")] = False,
    min_confidence: MinConfidence = 0.0,
    include_retracted: IncludeRetracted = False,
) -> None:
    """Draw the printed effects on one outcome, study under study; nothing is pooled.

    Example: kg draw forest "overall survival" --output survival.svg
    """
    from kg.cli.parts import default_vocabulary, open_store
    from kg.draw import DIFFERENCES, RATIOS, draw_forest, find_rows
    from kg.queries import find_outcome, list_papers, name_papers, read_claims

    vocabulary = default_vocabulary()
    concept = find_outcome(vocabulary, outcome)
    kinds = DIFFERENCES if differences else RATIOS
    measured = vocabulary.measuring(concept.slug)
    with open_store(store) as opened:
        claims = read_claims(opened, vocabulary=vocabulary, outcomes=measured, min_confidence=min_confidence)
        names = name_papers(list_papers(opened))
    rows = find_rows([claim for claim in claims if include_retracted or not claim.is_withdrawn], names, kinds=kinds)
    if not rows:
        misuse(f"no study in this store compares arms on {concept.label}")
    _put(draw_forest(rows, outcome=concept.label, kinds=kinds) + "\n", output)


def _put(drawn: str, output: Path | None) -> None:
    from kg.build import write_whole

    if output is None:
        write(drawn)
    else:
        write_whole(output, drawn.encode())
