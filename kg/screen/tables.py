"""Decisions as rows: CSV and JSON lines, with everything that they rest on. Pure."""

import csv
import io
import json
from collections.abc import Iterable

from kg.screen.records import Evidence, Ground, Screening, verdict_words

#: The reviewer of a row that no person has decided on.
RULES = "rules"
HEAD = (
    "paper", "pmid", "pmcid", "doi", "title", "year", "source", "decision", "reason", "reviewer", "note", "rules", "disagreement",
    "evidence",
)  # fmt: skip


def write_csv(screenings: Iterable[Screening]) -> str:
    """RFC 4180; whoever changes ``decision``, ``reason``, ``reviewer`` or ``note`` can give the file back."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([_guard(cell) for cell in _cells(each)] for each in screenings)
    return written.getvalue()


def write_jsonl(screenings: Iterable[Screening]) -> str:
    """One object a line, with the keys of the CSV file and the evidence in full."""
    return "".join(json.dumps(_object(each), ensure_ascii=False) + "\n" for each in screenings)


def evidence_words(evidence: Evidence) -> str:
    """One criterion in a line: what holds, what it rests on and where."""
    quotes = ", ".join(dict.fromkeys(quote for ground in evidence.grounds if (quote := _quote(ground))))
    return f"{evidence.criterion} {evidence.standing}: {evidence.says}{f' [{quotes}]' if quotes else ''}"


def _quote(ground: Ground) -> str:
    if ground.words is None:
        return ""
    place = "" if ground.start is None or ground.end is None else f" at {ground.start}-{ground.end}"
    return f"“{ground.words}” in the {ground.origin}{place}"


def _cells(each: Screening) -> list[str]:
    paper = each.candidate.paper
    values = (
        *(paper.id, paper.pmid, paper.pmcid, paper.doi, paper.title, paper.year, each.candidate.source, each.decided, each.reason),
        *(each.by or RULES, each.note, verdict_words(each.rules_decided, each.rules_reason), each.disagreement),
        " | ".join(map(evidence_words, each.evidence)),
    )
    return ["" if value is None else str(value) for value in values]


def _object(each: Screening) -> dict[str, object]:
    found: dict[str, object] = dict(zip(HEAD, _cells(each), strict=True))
    paper = each.candidate.paper
    nulls = {name: None for name, value in found.items() if value == ""}
    return {**found, **nulls, "year": paper.year, "evidence": [one.model_dump(mode="json", exclude_none=True) for one in each.evidence]}


def _guard(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is one no more (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
