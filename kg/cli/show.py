"""``kg show``: one paper as the graph has it."""

from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import write
from kg.cli.options import IncludeRetracted, MinConfidence, Store
from kg.cli.tables import confidence_cell
from kg.wording import CAUTIONS, against, claim_statistics, claim_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Claim
    from kg.queries.paper_graph import PaperGraph

_INDENT = "  "
_WIDEST = 110


def show(
    paper: Annotated[str, typer.Argument(help="PubMed id, PMC id, DOI, author and year, or the id that kg build or your file gave it.")],
    *,
    store: Store = None,
    min_confidence: MinConfidence = 0.0,
    include_retracted: IncludeRetracted = False,
) -> None:
    """Show a paper, its study, its findings with their sentences, and its links to other papers.

    Example: kg show 27400945, or kg show "Gao 2016"
    """
    from kg.cli.paper_links import link_lines
    from kg.cli.paper_names import named_paper
    from kg.cli.parts import default_vocabulary, open_store
    from kg.namespaces import paper_iri
    from kg.queries import list_papers, name_papers, read_cautions, read_claims, read_links
    from kg.queries.paper_graph import read_paper_graph
    from kg.report import notice_for

    vocabulary = default_vocabulary()
    with open_store(store) as opened:
        found = named_paper(opened, paper)
        graph = read_paper_graph(opened, found, vocabulary)
        claims = read_claims(opened, vocabulary=vocabulary, papers=[found], min_confidence=min_confidence)
        links = read_links(opened, papers=[found], include_withdrawn=include_retracted)
        caution = read_cautions(opened, papers=[found]).get(paper_iri(found))
        names = name_papers(list_papers(opened))
    notice = notice_for(claim.text_kind for claim in claims) or notice_for(graph.text_kinds)
    head = [] if caution is None else [CAUTIONS[caution], ""]
    tied = [line for heading, lines in link_lines(links, found, names) for line in _links(heading, lines)]
    write("\n".join([*head, *_facts(graph), "", *_arms(graph), *_findings(graph, claims), *tied, *([notice] if notice else [])]) + "\n")


def _facts(graph: "PaperGraph") -> list[str]:
    lines = wrap(graph.first("dcterms:title") or "(no title)", _width())
    lines += [line for name, value in graph.bibliography() if value for line in _fact(name, value)]
    study = [line for name, value, origin in graph.study() for line in _fact(name, f"{value}{f'   ({origin})' if origin else ''}")]
    return [*lines, "", "Study", *study] if study else lines


def _links(heading: str, lines: "Sequence[tuple[str, str]]") -> list[str]:
    told = (f"{name}: {why}" if why else name for name, why in lines)
    shown = [line for each in told for line in wrap(each, _width(), initial_indent=_INDENT, subsequent_indent=2 * _INDENT)]
    return [heading, *shown, ""]


def _fact(name: str, value: str) -> list[str]:
    """The value beside its name, over several lines where it is long."""
    return wrap(value, _width(), initial_indent=f"{_INDENT}{name:<18}", subsequent_indent=" " * 20, break_on_hyphens=False)


def _width() -> int:
    return min(_WIDEST, get_terminal_size((_WIDEST, 24)).columns)


def _arms(graph: "PaperGraph") -> list[str]:
    lines = []
    for number, label, role, size, given in graph.arms():
        products = "; ".join(each for each in given.split("; ") if each not in {"", label})
        facts = [label, f"n = {size}" if size else "", f"given {products}" if products else ""]
        lines += _fact(f"{number}  {role}", "; ".join(fact for fact in facts if fact))
    return ["Arms", *lines, ""] if lines else []


def _findings(graph: "PaperGraph", claims: "Sequence[Claim]") -> list[str]:
    if not claims:
        return [f"No findings: {graph.first('gg:noFindingsReason') or 'none with this confidence'}"]
    return ["Findings", *(line for claim in claims for line in _finding(claim))]


def _finding(claim: "Claim") -> list[str]:
    width = _width() - 2 * len(_INDENT)
    arms = against(claim.intervention, claim.comparator)
    about = [part for part in (arms, claim_values(claim), *claim_statistics(claim)) if part]
    doubt = f"   (in doubt: confidence {confidence_cell(claim.confidence)})" if claim.is_doubtful else ""
    curated = f"   ({claim.curation} by a curator)" if claim.curation is not None else ""
    head = f"{claim.outcome_label}: {claim.direction.replace('_', ' ')}{doubt}{curated}"
    lines = [_INDENT + head, *wrap("; ".join(about), width), *wrap(f"“{claim.sentence}”", width)]
    return [*[line if n == 0 else 2 * _INDENT + line for n, line in enumerate(lines)], ""]
