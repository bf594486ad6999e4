"""``kg extract``: findings of papers, without a store."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import FAILED, write
from kg.cli.extractor import BaseUrl, Engine, EngineChoice, Model, open_extractor
from kg.cli.options import Body, MinConfidence, Papers
from kg.cli.tables import Cell, RowFormat, render_rows

if TYPE_CHECKING:
    from kg.model import Extraction, Finding, Paper

_HEAD = ("outcome", "direction", "significant", "arms", "values", "p", "sentence")


class ExtractFormat(StrEnum):
    """How extractions are written."""

    JSONL = "jsonl"
    TABLE = "table"


def extract(
    paths: Papers = None,
    *,
    form: Annotated[
        ExtractFormat, typer.Option("--format", "-f", help="A table to read, or one JSON object a paper.")
    ] = ExtractFormat.TABLE,
    min_confidence: MinConfidence = 0.0,
    full_text: Body = False,
    engine: EngineChoice = Engine.RULES,
    base_url: BaseUrl = None,
    model: Model = None,
) -> None:
    """Print what is found in papers; nothing is stored.

    Example: kg extract paper.nbib, or curl … | kg extract - --format jsonl
    """
    from kg.build import collect
    from kg.cli.engine import keep_confident, name_failures, read_papers
    from kg.errors import ExtractionError
    from kg.report import Failure, Trouble

    outcomes = read_papers(paths, body=full_text)
    read, failures = collect(outcomes)
    with open_extractor(engine, base_url=base_url, model=model) as extractor:
        for each in read:
            try:
                extraction = keep_confident(extractor.extract(each.paper), min_confidence)
            except ExtractionError as error:
                failures.append(Failure(Trouble.FAILED, f"{each.location}, {each.record}", error.message))
                continue
            write(extraction.model_dump_json() + "\n" if form is ExtractFormat.JSONL else _table(each.paper, extraction))
    if name_failures(failures):
        raise typer.Exit(FAILED)


def _table(paper: "Paper", extraction: "Extraction") -> str:
    from kg.report import notice_for

    study = extraction.study
    facts = (study.design, None if study.n is None else f"n = {study.n}", study.species, study.intent)
    heading = f"{paper.id}  {paper.title or ''}".rstrip()
    about = ", ".join(str(fact).replace("_", " ") for fact in facts if fact is not None)
    if not extraction.findings:
        return f"{heading}\n{about}\nno findings: {extraction.no_findings_reason or 'nothing recognised'}\n\n"
    rows = [_cells(paper, finding) for finding in extraction.findings]
    return f"{heading}\n{about}\n\n{render_rows(_HEAD, rows, RowFormat.TABLE, notice=notice_for([paper.text_kind]))}\n"


def _cells(paper: "Paper", finding: "Finding") -> list[Cell]:
    values = (finding.values.intervention, finding.values.comparator)
    return [
        finding.outcome.label,
        finding.direction.replace("_", " "),
        finding.significant,
        " against ".join(arm for arm in (finding.intervention, finding.comparator) if arm is not None),
        " against ".join(value.text for value in values if value is not None),
        None if finding.p is None else f"{finding.p.operator} {finding.p.value:g}",
        paper.text[finding.evidence.start : finding.evidence.end],
    ]
