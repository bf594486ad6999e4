"""``kg evaluate``: extraction against annotated abstracts."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import write
from kg.cli.extractor import BaseUrl, Engine, EngineChoice, Model, open_extractor
from kg.cli.options import MinConfidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.evaluate import GoldRecord
    from kg.model import Paper


class EvaluationFormat(StrEnum):
    """How an evaluation is written."""

    TABLE = "table"
    MD = "md"
    JSON = "json"


def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSON lines, one annotated abstract a line.", exists=True, dir_okay=False)],
    *,
    form: Annotated[EvaluationFormat, typer.Option("--format", "-f", help="How the figures are written.")] = EvaluationFormat.TABLE,
    errors: Annotated[int, typer.Option(min=0, help="How many disagreements to list.")] = 0,
    plot: Annotated[
        Path | None, typer.Option(help="Write the reliability plot of confidence, an SVG, to this file.", dir_okay=False)
    ] = None,
    all_records: Annotated[bool, typer.Option("--all", help="List disagreements of the measuring half (every second record) too.")] = False,
    min_confidence: MinConfidence = 0.0,
    engine: EngineChoice = Engine.RULES,
    base_url: BaseUrl = None,
    model: Model = None,
) -> None:
    """Score the extraction against annotated abstracts.

    Each figure comes with its 95% interval.
    """
    from time import perf_counter

    from kg.build import write_whole
    from kg.cli.engine import keep_confident
    from kg.cli.parts import default_vocabulary
    from kg.evaluate import evaluate as score
    from kg.evaluate import read_gold, reliability_plot, render_json, render_markdown, render_table

    records = read_gold(gold)
    vocabulary = default_vocabulary()
    papers = _papers(gold, records)
    with open_extractor(engine, base_url=base_url, model=model) as extractor:
        started = perf_counter()
        extractions = [extractor.extract(paper) for paper in papers]
        seconds = perf_counter() - started
    predictions = [keep_confident(extraction, min_confidence) for extraction in extractions]
    evaluation = score(records, predictions, seconds=seconds, vocabulary=vocabulary, list_measuring_half=all_records)
    render = {EvaluationFormat.TABLE: render_table, EvaluationFormat.MD: render_markdown, EvaluationFormat.JSON: render_json}[form]
    write(render(evaluation, errors=errors))
    if plot is not None:
        write_whole(plot, reliability_plot(evaluation.calibration).encode())


def _papers(gold: Path, records: "Sequence[GoldRecord]") -> "Iterable[Paper]":
    """The papers of the gold file, in the order of the records."""
    from kg.errors import GoldError
    from kg.read.batch import read_batch
    from kg.read.outcome import Read

    read = {each.paper.local_id: each.paper for each in read_batch([gold]) if isinstance(each, Read)}
    missing = [record.id for record in records if record.id not in read]
    if missing:
        raise GoldError("a record cannot be read as a paper", location=str(gold), record=missing[0], remedy="Give it an id and a text")
    return [read[record.id] for record in records]
