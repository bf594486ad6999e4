"""``kg extract``: findings of papers, without a store."""

import re
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

import typer

from kg.cli.console import FAILED, misuse, write
from kg.cli.extractor import BaseUrl, Engine, EngineChoice, Model, open_extractor
from kg.cli.options import Body, MinConfidence, Papers
from kg.cli.tables import Cell, RowFormat, confidence_cell, render_rows

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.model import Extraction, Finding, Paper

_HEAD = ("outcome", "direction", "significant", "arms", "values", "p", "confidence", "sentence")
_LONGEST_NAME = 100
#: Width of an explanation that goes to a file or a pipe.
_WIDTH = 110


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
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why: the text coloured by what was recognised, what fired, what was not understood.")
    ] = False,
    explain_html: Annotated[
        Path | None,
        typer.Option("--explain-html", metavar="DIR", help="The same as one web page a paper, written to DIR.", file_okay=False),
    ] = None,
    min_confidence: MinConfidence = 0.0,
    full_text: Body = False,
    engine: EngineChoice = Engine.RULES,
    base_url: BaseUrl = None,
    model: Model = None,
) -> None:
    """Print what is found in papers; nothing is stored.

    With --explain or --explain-html, findings below --min-confidence (0.5 if not given) stay and are faded.

    Example: kg extract paper.nbib --explain, or curl … | kg extract - --format jsonl
    """
    from kg.build import collect
    from kg.cli.engine import name_failures, read_papers
    from kg.errors import ExtractionError
    from kg.report import Failure, Trouble

    if (form is not ExtractFormat.TABLE) + explain + (explain_html is not None) > 1:
        misuse("choose one of --format jsonl, --explain and --explain-html")
    show = _explainer(explain_html, min_confidence) if explain or explain_html is not None else _lister(form, min_confidence)
    read, failures = collect(read_papers(paths, body=full_text))
    with open_extractor(engine, base_url=base_url, model=model) as extractor:
        for each in read:
            try:
                extraction = extractor.extract(each.paper)
            except ExtractionError as error:
                failures.append(Failure(Trouble.FAILED, f"{each.location}, {each.record}", error.message))
                continue
            write(show(each.paper, extraction))
    if name_failures(failures):
        raise typer.Exit(FAILED)


def _lister(form: ExtractFormat, min_confidence: float) -> "Callable[[Paper, Extraction], str]":
    """Writes extractions without the findings below that confidence."""
    from kg.cli.engine import keep_confident

    def show(paper: "Paper", extraction: "Extraction") -> str:
        kept = keep_confident(extraction, min_confidence)
        return kept.model_dump_json() + "\n" if form is ExtractFormat.JSONL else _table(paper, kept)

    return show


def _explainer(folder: Path | None, min_confidence: float) -> "Callable[[Paper, Extraction], str]":
    """Writes explanations: pages into the folder, answered by their paths, or coloured text."""
    from kg.build import write_whole
    from kg.cli.parts import default_vocabulary
    from kg.explain import explain_page, explain_terminal
    from kg.model import DOUBTFUL_BELOW
    from kg.report import notice_for

    written: set[Path] = set()

    def show(paper: "Paper", extraction: "Extraction") -> str:
        notice, doubtful_below = notice_for([paper.text_kind]), min_confidence if min_confidence > 0 else DOUBTFUL_BELOW
        if folder is None:
            return _coloured(explain_terminal(paper, extraction, default_vocabulary(), notice=notice, doubtful_below=doubtful_below))
        path = _page_path(folder, paper, written)
        written.add(path)
        write_whole(path, explain_page(paper, extraction, default_vocabulary(), notice=notice, doubtful_below=doubtful_below).encode())
        return f"{path}\n"

    return show


def _coloured(explanation: "RenderableType") -> str:
    """The explanation as wide as the terminal; without colours where it goes to a file or a pipe."""
    import io

    from rich.console import Console

    is_terminal = sys.stdout.isatty()
    console = Console(file=io.StringIO(), force_terminal=is_terminal, width=None if is_terminal else _WIDTH, highlight=False)
    with console.capture() as capture:
        console.print(explanation)
    lines = capture.get().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n\n"


def _page_path(folder: Path, paper: "Paper", written: set[Path]) -> Path:
    """A file name made of the paper's id; a second paper that would get the same name gets its hash too."""
    name = re.sub(r"[^\w.-]+", "_", unquote(paper.id)).lstrip(".")[:_LONGEST_NAME]
    path = folder / f"{name}.html"
    return folder / f"{name}-{paper.sha256[:8]}.html" if path in written else path


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
        confidence_cell(finding.confidence),
        paper.text[finding.evidence.start : finding.evidence.end],
    ]
