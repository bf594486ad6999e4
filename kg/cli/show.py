"""``kg show``: one paper as the graph has it."""

from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import misuse, write
from kg.cli.options import MinConfidence, Store
from kg.cli.tables import RowFormat, confidence_cell, render_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.cli.paper_graph import PaperGraph
    from kg.model import Claim

_INDENT = "  "
_WIDEST = 110


def show(
    paper: Annotated[str, typer.Argument(help="PubMed id, PMC id, DOI, or the id that kg build or your file gave it.")],
    *,
    store: Store = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Show a paper, its study, and its findings with their sentences.

    Example: kg show 27400945
    """
    from kg.cli.paper_graph import find_paper, read_paper_graph
    from kg.cli.parts import default_vocabulary, open_store
    from kg.queries import read_claims
    from kg.report import notice_for

    vocabulary = default_vocabulary()
    with open_store(store) as opened:
        found = find_paper(opened, paper)
        if found is None:
            misuse(f"no paper {paper!r} in the store. Add it with kg add, or list papers with: kg query papers-mentioning")
        graph = read_paper_graph(opened, found, vocabulary)
        claims = read_claims(opened, vocabulary=vocabulary, papers=[found], min_confidence=min_confidence)
    notice = notice_for(claim.text_kind for claim in claims) or notice_for(graph.text_kinds)
    write("\n".join([*_facts(graph), "", *_arms(graph), *_findings(graph, claims), *([notice] if notice else [])]) + "\n")


def _facts(graph: "PaperGraph") -> list[str]:
    lines = [graph.first("dcterms:title") or "(no title)"]
    if graph.first("gg:retraction") is not None:
        lines = ["RETRACTED. Findings of this paper count nowhere.", "", *lines]
    lines += [f"  {name:<14}{value}" for name, value in graph.bibliography() if value]
    study = [f"  {name:<18}{value}{f'   ({origin})' if origin else ''}" for name, value, origin in graph.study()]
    return [*lines, "", "Study", *study] if study else lines


def _arms(graph: "PaperGraph") -> list[str]:
    arms = graph.arms()
    if not arms:
        return []
    return ["Arms", *(_INDENT + line for line in render_rows(("", "arm", "role", "n", "given"), arms, RowFormat.TABLE).splitlines()), ""]


def _findings(graph: "PaperGraph", claims: "Sequence[Claim]") -> list[str]:
    if not claims:
        return [f"No findings: {graph.first('gg:noFindingsReason') or 'none with this confidence'}"]
    return ["Findings", *(line for claim in claims for line in _finding(claim))]


def _finding(claim: "Claim") -> list[str]:
    width = min(_WIDEST, get_terminal_size((_WIDEST, 24)).columns) - 2 * len(_INDENT)
    arms = " against ".join(arm for arm in (claim.intervention, claim.comparator) if arm is not None)
    values = " against ".join(value.text for value in (claim.values.intervention, claim.values.comparator) if value is not None)
    about = [part for part in (arms, values, *_statistics(claim)) if part]
    doubt = f"   (in doubt: confidence {confidence_cell(claim.confidence)})" if claim.is_doubtful else ""
    head = f"{claim.outcome_label}: {claim.direction.replace('_', ' ')}{doubt}"
    lines = [_INDENT + head, *wrap("; ".join(about), width), *wrap(f"“{claim.sentence}”", width)]
    return [*[line if n == 0 else 2 * _INDENT + line for n, line in enumerate(lines)], ""]


def _statistics(claim: "Claim") -> list[str]:
    facts = []
    if claim.effect is not None:
        facts.append(claim.effect.text or f"{claim.effect.measure} {claim.effect.value:g}")
    if claim.p is not None:
        facts.append(claim.p.text or f"P {claim.p.operator} {claim.p.value:g}")
    if claim.significant is not None:
        facts.append("significant" if claim.significant else "not significant")
    if claim.timepoint is not None:
        facts.append(f"at {claim.timepoint}")
    if claim.population is not None:
        facts.append(f"in {claim.population}")
    return facts
