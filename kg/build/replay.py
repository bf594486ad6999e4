"""Decisions of curators in a store: what it has of them, and putting them to the papers that are there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.linking import count_papers, link_papers
from kg.build.records import known_in
from kg.curation import Overlay, Revised, StoredPaper, by_paper, carry, find_conflicts, revise
from kg.model import Decision, LinkKind, Verdict
from kg.namespaces import PREFIXES, data_iri, graph_iri
from kg.rdf.curation import DECISIONS, decision_quads, read_decisions
from kg.rdf.stored import facts_of
from kg.report import CurationReport, StaleDecision
from kg.shapes import Shapes, check_graph, refuse_violations
from kg.store.description import DATASET
from kg.store.protocol import PaperGraphs, Store
from kg.vocabulary import Vocabulary


@dataclass(frozen=True)
class Replay:
    """What decisions come to in the papers of a store, worked out and checked, and not yet put there."""

    #: All decisions, with all ids that their papers go by.
    decisions: tuple[Decision, ...]
    #: By paper id.
    revised: Mapping[str, Revised]


def stored_decisions(store: Store) -> tuple[Decision, ...]:
    """All decisions that a store has.

    Raises:
        CurationError: one of them is not whole.
    """
    return tuple(read_decisions(facts_of(_quads(store, DECISIONS)), location=DECISIONS))


def stored_paper(store: Store, paper_id: str) -> StoredPaper:
    """What a store has of a paper."""
    graphs = (graph_iri(kind, paper_id) for kind in ("paper", "curation"))
    return StoredPaper(paper_id, *(_quads(store, graph) for graph in graphs))


def keep_decisions(store: Store, decisions: Iterable[Decision], papers: Iterable[frozenset[str]]) -> tuple[Decision, ...]:
    """Put decisions into a store; they come back with all ids that these papers go by."""
    carried = carry(decisions, papers)
    store.replace_decisions(decision_quads(carried))
    return carried


def plan_replay(
    store: Store, decisions: Sequence[Decision], *, vocabulary: Vocabulary, shapes: Shapes, only: Collection[str] | None = None
) -> Replay:
    """Work out what these decisions, and no others, make of the papers of a store; of some of them, by id, or of all.

    Raises:
        ShapeError: a decision gives a graph that breaks the shapes.
    """
    named = only if only is not None else _with_decisions(store).union(*(each.selector.names for each in decisions))
    papers = {known.id: known.names for known in known_in(store, sorted(named))}
    carried = carry(decisions, papers.values())
    decided = by_paper(carried, papers)
    changing = decided.keys() | _with_decisions(store) if only is None else set(only)
    revised = {paper: revise(stored_paper(store, paper), decided.get(paper, ()), vocabulary=vocabulary) for paper in sorted(changing)}
    for paper, each in revised.items():
        refuse_violations(check_graph(each.quads, shapes), record=paper)
    return Replay(carried, revised)


def replay(store: Store, planned: Replay, *, vocabulary: Vocabulary) -> int:
    """Put it into the store, the papers and all links that change with them in one transaction; how many papers changed."""
    store.replace_decisions(decision_quads(planned.decisions))
    papers = [PaperGraphs(paper, each.quads, curation=each.applied) for paper, each in planned.revised.items()]
    linked = link_papers(papers, store, replaced={}, in_store=count_papers(store), vocabulary=vocabulary)
    kept = [replace(each, links=_with_old_neighbours(store, each.paper_id, each.links)) for each in linked.papers]
    relinked = {paper: _with_old_neighbours(store, paper, quads) for paper, quads in linked.relinked.items()}
    return store.add_papers(kept, relinked=relinked)


def curation_report(overlays: Mapping[str, Overlay]) -> CurationReport | None:
    """What decisions came to in these papers; None where there were none."""
    decided = [entry.decision.verdict for overlay in overlays.values() for entry in overlay.decided if entry.decision is not None]
    stale = tuple(
        StaleDecision(decision.id, paper, decision.selector.outcome_label, decision.verdict, reason)
        for paper, overlay in overlays.items()
        for decision, reason in (*overlay.stale, *overlay.changed)
    )
    report = CurationReport(
        {verdict: decided.count(verdict) for verdict in Verdict}, stale, sum(len(find_conflicts(each)) for each in overlays.values())
    )
    return None if report.is_empty else report


def _with_old_neighbours(store: Store, paper: str, links: Iterable[Quad]) -> list[Quad]:
    """Links with the related papers that the graph has: those follow from the study, on which nobody has decided."""
    begin = data_iri("link", paper, LinkKind.RELATED.value, "")

    def is_related(quad: Quad) -> bool:
        return isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(begin)

    old = [quad for quad in _quads(store, graph_iri("links", paper)) if is_related(quad)]
    return [*(quad for quad in links if not is_related(quad)), *old]


def _with_decisions(store: Store) -> frozenset[str]:
    """Ids of the papers in which decisions have left a trace."""
    begin, identifier = graph_iri("curation") + "/", PREFIXES["dcterms"] + "identifier"
    pattern = f'GRAPH <{DATASET}> {{ ?graph <{identifier}> ?id }} FILTER(STRSTARTS(STR(?graph), "{begin}"))'
    return frozenset(row[0].value for row in store.select(f"SELECT ?id WHERE {{ {pattern} }}").rows if isinstance(row[0], Literal))


def _quads(store: Store, graph: str) -> list[Quad]:
    name = NamedNode(graph)
    rows = store.select(f"SELECT ?s ?p ?o WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }} ORDER BY ?s ?p STR(?o)").rows
    return [
        Quad(subject, predicate, value, name)
        for subject, predicate, value in rows
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(value, NamedNode | Literal)
    ]
