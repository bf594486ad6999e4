"""Papers that are about to be added -> their links graphs, and those of papers that stay and are tied to them.

Neighbours are found by keys and read by graph, so what linking one paper costs depends on its neighbours and not on the store.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from kg.link import Topics, comparable_outcomes, compare_claims, find_links, identity_keys, stored_keys, topic_keys
from kg.link.claim_keys import claim_keys, counterpart_keys
from kg.link.matching import Profiler
from kg.link.separations import Separations, factor_keys, rows_of
from kg.link.ties import ONE_SOURCE
from kg.model import WITHDRAWN, Claim, Link, StudyContext
from kg.namespaces import GG, PREFIXES, data_iri, graph_iri, id_in_iri, paper_iri
from kg.queries import read_claims, read_contexts
from kg.queries.neighbours import find_papers, first_papers
from kg.rdf import key_quads, link_quads
from kg.store.description import row_of
from kg.store.factors import Cell, cells_of, count_cells, counts_after
from kg.store.protocol import PaperGraphs, Store
from kg.store.reading import read_factor_counts, read_factor_keys, read_graphs_linking, read_links_graphs, read_rows
from kg.store.ties import without_links_to
from kg.store.view import View
from kg.vocabulary import Vocabulary

#: A topic that more papers have says nothing of which are near.
_MOST_WITH_TOPIC = 200
_REPLACED_BY = NamedNode(PREFIXES["dcterms"] + "isReplacedBy")


@dataclass(frozen=True)
class Linked:
    """Papers with their links graphs, and the links graphs, by paper id, of papers of the store that stay as they are."""

    papers: Sequence[PaperGraphs]
    relinked: Mapping[str, Sequence[Quad]]


def link_papers(
    papers: Sequence[PaperGraphs], store: Store, *, replaced: Mapping[str, Sequence[str]], in_store: int, vocabulary: Vocabulary
) -> Linked:
    """Link papers with each other and with those of a store that has so many; one that the store has word for word keeps its links.

    ``replaced`` are the ids, by paper id, under which the store has older selves of these papers.

    Raises:
        StoreError: the store did not answer.
    """
    settled = _settled(papers, store)
    fresh = [each for each in papers if each.paper_id not in settled]
    if not fresh:
        return Linked([replace(each, links=settled[each.paper_id]) for each in papers], {})
    near = _Neighbourhood.of(fresh, store, replaced=replaced, vocabulary=vocabulary)
    staying = in_store - len(read_rows(store.select, [graph_iri("paper", each) for each in near.leaving]))
    topics = _find_topics(near, staying + len(near.new))
    names = {name for each in topics.values() for name in each.shared} | near.under(key for each in near.new for key in identity_keys(each))
    between = find_links(near.new, near.contexts(names), topics=topics, vocabulary=vocabulary)
    by_paper = _by_paper((*between, *_compare(near, between)))
    relinked = _relinked(near, by_paper)
    links = {**settled, **relinked, **_added(near, by_paper, fresh, replaced)}
    return Linked([replace(each, links=links[each.paper_id]) for each in papers], relinked)


def count_papers(store: Store) -> int:
    """How many papers a store has."""
    ((number,),) = store.select(f"SELECT (COUNT(?paper) AS ?n) WHERE {{ GRAPH ?graph {{ ?paper a <{GG['Paper']}> }} }}").rows
    return int(number.value) if isinstance(number, Literal) else 0


def _settled(papers: Sequence[PaperGraphs], store: Store) -> dict[str, list[Quad]]:
    """Links graphs of the papers that the store has word for word, and has linked."""
    rows = {each.paper_id: row_of(graph_iri("paper", each.paper_id), each.quads, paper_id=each.paper_id) for each in papers}
    links = {paper: graph_iri("links", paper) for paper in rows}
    stored = read_rows(store.select, [*(row.graph for row in rows.values()), *links.values()])
    same = {links[paper]: paper for paper, row in rows.items() if stored.get(row.graph) == row and links[paper] in stored}
    found: dict[str, list[Quad]] = {paper: [] for paper in same.values()}
    for quad in read_links_graphs(store.select, same):
        found[same[_graph_of(quad)]].append(quad)
    return found


@dataclass(frozen=True)
class _Neighbourhood:
    """Papers that are added, and what a store has around them."""

    store: Store
    vocabulary: Vocabulary
    new: Sequence[StudyContext]
    claims: Sequence[Claim]
    #: Ids of what goes: older selves of the papers.
    leaving: frozenset[str]

    @classmethod
    def of(
        cls, papers: Sequence[PaperGraphs], store: Store, *, replaced: Mapping[str, Sequence[str]], vocabulary: Vocabulary
    ) -> "_Neighbourhood":
        """The papers read as the store will have them."""
        view = View(quad for each in papers for quad in each.quads)
        leaving = {each.paper_id for each in papers} | {old for each in papers for old in replaced.get(each.paper_id, ())}
        new, claims = read_contexts(view, vocabulary=vocabulary), read_claims(view, vocabulary=vocabulary)
        return cls(store, vocabulary, new, claims, frozenset(leaving))

    def stay(self, names: Iterable[str]) -> frozenset[str]:
        """Those papers, named as in an IRI, that are not about to be replaced."""
        return frozenset(names) - {id_in_iri(each) for each in self.leaving}

    def under(self, keys: Iterable[str]) -> frozenset[str]:
        """The papers of the store under any of the keys."""
        return self.stay(name for names in find_papers(self.store, keys).values() for name in names)

    def contexts(self, names: Iterable[str]) -> tuple[StudyContext, ...]:
        """Contexts of papers of the store, to link papers."""
        return read_contexts(self.store, vocabulary=self.vocabulary, papers=frozenset(names), cited=self.new)

    def studies(self, names: Iterable[str]) -> tuple[StudyContext, ...]:
        """The same, as far as comparing findings needs them."""
        return read_contexts(self.store, vocabulary=self.vocabulary, papers=frozenset(names), cited=(), with_authors=False)


def _find_topics(near: _Neighbourhood, papers: int) -> dict[str, Topics]:
    """Who shares what with each new paper: those of the store, and the other new ones."""
    own = {each.paper: topic_keys(each) for each in near.new}
    stored = find_papers(near.store, (key for keys in own.values() for key in keys), most=_MOST_WITH_TOPIC)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for paper, keys in own.items():
        for key in keys:
            holders[key].add(id_in_iri(paper))
    telling = {
        key: near.stay(stored.get(key, ())) | names for key, names in holders.items() if len(stored.get(key, ())) <= _MOST_WITH_TOPIC
    }
    return {
        paper: Topics({key: telling[key] - {id_in_iri(paper)} for key in keys if key in telling}, papers) for paper, keys in own.items()
    }


def _compare(near: _Neighbourhood, between: Sequence[Link]) -> tuple[Link, ...]:
    """Links of the new findings with each other and with those of the store; nothing rests on a paper that was withdrawn."""
    contexts = {each.paper: each for each in near.new}
    claims = _standing(near.claims, contexts)
    names = first_papers(near.store, counterpart_keys(claims, contexts, near.vocabulary))
    others = near.stay(name for papers in names.values() for name in papers)
    contexts |= {each.paper: each for each in near.studies(others)}
    outcomes = comparable_outcomes(claims, near.vocabulary)
    known = _standing(read_claims(near.store, vocabulary=near.vocabulary, papers=others, outcomes=outcomes), contexts)
    return compare_claims(
        claims,
        (*known, *claims),
        contexts=contexts,
        vocabulary=near.vocabulary,
        paper_links=between,
        separations=_separations(near, claims, contexts, between),
    )


def _separations(
    near: _Neighbourhood, claims: Iterable[Claim], contexts: Mapping[str, StudyContext], between: Sequence[Link]
) -> Separations:
    """What factors are told apart by in the whole graph, as it will be with these claims; one cohort says each thing once."""
    profiler = Profiler(near.vocabulary)
    profiles = [profiler.profile(each, contexts.get(each.paper)) for each in claims]
    said = {each.claim.paper: frozenset[Cell]() for each in profiles}
    for each in profiles:
        said[each.claim.paper] |= cells_of(factor_keys([each], near.vocabulary))
    tied = [(each.subject_paper, each.object_paper) for each in between if each.kind in ONE_SOURCE]
    select, others = near.store.select, {*near.leaving, *(paper for pair in tied for paper in pair)}
    keys = read_factor_keys(select, map(paper_iri, others))
    stored = {paper: cells_of(keys.get(data_iri("study", paper), ())) for paper in others}
    for pair in tied:
        for one, other in (pair, pair[::-1]):
            if one in said and (other not in said or one == pair[0]):
                said[one] -= said.get(other, stored[other])
    counts = read_factor_counts(select, rows_of(profiles))
    come, gone = count_cells(said.values()), count_cells(stored[each] for each in near.leaving)
    return Separations({**counts, **counts_after(counts, gone, come)})


def _standing(claims: Iterable[Claim], contexts: Mapping[str, StudyContext]) -> tuple[Claim, ...]:
    return tuple(each for each in claims if contexts[each.paper].caution not in WITHDRAWN)


def _by_paper(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Links by the paper that asserts them."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.subject_paper].append(link)
    return dict(found)


def _added(
    near: _Neighbourhood, links: Mapping[str, Sequence[Link]], papers: Sequence[PaperGraphs], replaced: Mapping[str, Sequence[str]]
) -> dict[str, list[Quad]]:
    """Links graphs of the new papers: keys, links, and the IRIs that they had before."""
    contexts = {each.paper: each for each in near.new}
    older, profiler = _older_selves(near.store, papers, replaced), Profiler(near.vocabulary)
    added: dict[str, list[Quad]] = {}
    for paper, context in contexts.items():
        claims = [each for each in near.claims if each.paper == paper]
        keys = (*stored_keys(context), *claim_keys(claims, contexts, near.vocabulary))
        factors = factor_keys((profiler.profile(each, context) for each in claims), near.vocabulary)
        added[paper] = [*key_quads(paper, keys, factors=factors), *link_quads(links.get(paper, ())), *_replaced_quads(paper, older[paper])]
    return added


def _relinked(near: _Neighbourhood, links: Mapping[str, Sequence[Link]]) -> dict[str, list[Quad]]:
    """Links graphs of papers that stay: without links to what goes, with those to what comes."""
    select = near.store.select
    own = {each.paper for each in near.new}
    asserted = {graph_iri("links", paper): paper for paper in links if paper not in own}
    graphs = (read_graphs_linking(select, near.leaving) | asserted.keys()) - {graph_iri("links", each) for each in near.leaving}
    names = asserted | {graph: str(row.paper_id) for graph, row in read_rows(select, sorted(graphs)).items()}
    stored: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in read_links_graphs(select, graphs):
        stored[names[_graph_of(quad)]].append(quad)
    return {paper: [*without_links_to(stored[paper], near.leaving), *link_quads(links.get(paper, ()))] for paper in sorted(names.values())}


def _graph_of(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _older_selves(store: Store, papers: Sequence[PaperGraphs], replaced: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """IRIs under which each paper was known before, those of its older selves included."""
    names = {paper.paper_id: (paper.paper_id, *replaced.get(paper.paper_id, ())) for paper in papers}
    earlier: defaultdict[str, set[str]] = defaultdict(set)
    for quad in read_links_graphs(store.select, {graph_iri("links", each) for old in names.values() for each in old}):
        if quad.predicate == _REPLACED_BY and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            earlier[quad.object.value].add(quad.subject.value)
    return {
        paper: sorted({*map(paper_iri, old[1:]), *(iri for each in old for iri in earlier[paper_iri(each)])} - {paper_iri(paper)})
        for paper, old in names.items()
    }


def _replaced_quads(paper_id: str, older: Iterable[str]) -> list[Quad]:
    """What leads from the IRIs that a paper had to the one it has."""
    graph = NamedNode(graph_iri("links", paper_id))
    return [Quad(NamedNode(each), _REPLACED_BY, NamedNode(paper_iri(paper_id)), graph) for each in older]
