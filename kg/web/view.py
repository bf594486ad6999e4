"""A view of the graph from its address: opened nodes with some of their neighbours, what ties them, and counts to narrow it by. Pure.

The address is the whole state: ``x=cell:slug~60`` opens a node with sixty neighbours, ``path=a|b`` shows the shortest ways between
two, ``s`` is what the panel is about, and each facet is a parameter that may come more than once.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from urllib.parse import urlencode

import numpy as np

from kg.network import Level
from kg.web.columns import Flags, Ints
from kg.web.edges import ViewEdge, find_edges
from kg.web.facets import Facet
from kg.web.findings import Kind
from kg.web.index import Behind, FindingIndex, once
from kg.web.paths import find_paths

#: Neighbours that open at a time.
STEP = 30
MOST_NODES = 500
#: Nodes that springs may lay out in the page; larger views keep their columns.
MOST_FREE = 80
#: How an address says that springs lay the nodes out.
FREE = "free"
_FACETS = tuple(Facet)
_NONE: Ints = np.zeros(0, np.int32)


@dataclass(frozen=True)
class State:
    """What an address says."""

    #: Opened nodes with how many neighbours each shows, in order of opening.
    opened: tuple[tuple[str, int], ...] = ()
    path: tuple[str, str] | None = None
    chosen: str = ""
    kinds: tuple[str, ...] = ()
    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    #: Nodes laid out by springs and not in columns.
    is_free: bool = False

    def address(self, page: str = "/explore") -> str:
        """The address that says this."""
        return f"{page}?{urlencode(list(self._parameters()), safe=':~|')}"

    def filters(self) -> list[tuple[str, str]]:
        """Names and values of the facets set."""
        return [(facet.value, value) for facet in _FACETS for value in sorted(self.facets.get(facet, ()))]

    def opening(self, node: str) -> "State":
        """With the node opened, or opened further."""
        counts = dict(self.opened)
        return replace(self, opened=tuple({**counts, node: counts.get(node, 0) + STEP}.items()), chosen=node)

    def without(self, node: str) -> "State":
        """With the node closed."""
        return replace(self, opened=tuple(each for each in self.opened if each[0] != node))

    def choosing(self, what: str) -> "State":
        """With the panel about this."""
        return replace(self, chosen=what)

    def _parameters(self) -> Iterator[tuple[str, str]]:
        for node, count in self.opened:
            yield "x", node if count == STEP else f"{node}~{count}"
        if self.path is not None:
            yield "path", "|".join(self.path)
        yield from (("kind", each) for each in self.kinds)
        yield from self.filters()
        if self.is_free:
            yield "layout", FREE
        if self.chosen:
            yield "s", self.chosen


@dataclass(frozen=True)
class ViewNode:
    """A node as shown."""

    id: str
    kind: Kind
    label: str
    #: Cohorts that speak of it.
    studies: int
    is_opened: bool
    #: Neighbours of an opened node that are not shown.
    more: int
    is_withdrawn: bool


@dataclass(frozen=True)
class View:
    """All that is shown."""

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    #: Values with their counts, most first, by facet; ``kind`` among them.
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    findings: int
    #: Neighbours that found no room any more.
    left_out: int
    #: False where a way was asked for and there is none.
    has_path: bool = True


def read_state(parameters: Sequence[tuple[str, str]]) -> State:
    """The state of an address; what it does not understand is left out."""
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in parameters:
        values[name].append(value)
    ends = next(iter(values["path"]), "").split("|")
    return State(
        opened=tuple(dict(map(_opened, values["x"])).items()),
        path=(ends[0], ends[1]) if len(ends) == 2 else None,
        chosen=next(iter(values["s"]), ""),
        kinds=tuple(each for each in Kind if each in values["kind"]),
        facets={facet: frozenset(values[facet]) for facet in _FACETS if values[facet]},
        is_free=FREE in values["layout"],
    )


def _opened(value: str) -> tuple[str, int]:
    node, _, count = value.rpartition("~")
    return (node, min(int(count), MOST_NODES)) if node and count.isascii() and count.isdigit() else (value, STEP)


def find_view(index: FindingIndex, state: State) -> View:
    """What the state shows of these findings."""
    opened = {index.places[node]: count for node, count in state.opened if node in index.places}
    behind = once(np.concatenate([_NONE, *(index.findings_at(node) for node in opened)]))
    kept, facets = _narrow(index, behind, state)
    is_kept = np.zeros(len(index.columns.iris), np.bool_)
    is_kept[kept] = True
    ways = () if state.path is None else find_paths(index, *state.path)
    shown, more, left_out, kinds = _choose(index, opened, is_kept, state, ways)
    edges = {each.id: each for each in find_edges(index, list(opened), shown, is_kept)}
    for one, other in sorted({pair for way in ways for pair in pairwise(way)}):
        edges = {each.id: each for each in find_edges(index, [one], [one, other], None)} | edges
    return View(
        nodes=tuple(_nodes(index, shown, opened, more)),
        edges=tuple(edges[each] for each in sorted(edges)),
        facets={"kind": tuple(kinds.most_common()), **facets},
        findings=len(kept),
        left_out=left_out,
        has_path=state.path is None or bool(ways),
    )


def find_behind(index: FindingIndex, of: str, state: State) -> Behind:
    """Findings behind a node, or behind an edge, whose id is its ends and its level; newest first."""
    ends = of.split("|")
    node, *others = (index.places.get(each) for each in ends[:2])
    if node is None or None in others or len(ends) not in {1, 3}:
        return Behind(index.columns, _NONE)
    if len(ends) == 1:
        found = index.findings_at(node)
    else:
        here = index.ends.at(node)
        tied = index.ends.finding[here][(index.ends.near[here] == others[0]) & index.ends.is_first[here]]
        found = once(tied[index.is_preclinical[index.columns.study[tied]] == (ends[2] == Level.PRECLINICAL)])
    kept, _ = _narrow(index, found, state)
    return Behind(index.columns, kept)


def _narrow(index: FindingIndex, findings: Ints, state: State) -> tuple[Ints, dict[str, tuple[tuple[str, int], ...]]]:
    """Findings that pass all facets, and how many each value would leave with the other facets as they are."""
    passing = {facet: index.facets[facet].passing(index.columns, findings, values) for facet, values in state.facets.items()}

    def without(facet: Facet | None) -> Ints:
        rest = [passes for other, passes in passing.items() if other is not facet]
        return findings[np.logical_and.reduce(rest)] if rest else findings

    kept = without(None)
    counts = {
        facet.value: values.counts(index.columns, without(facet) if facet in passing else kept) for facet, values in index.facets.items()
    }
    return kept, counts


def _choose(
    index: FindingIndex, opened: Mapping[int, int], is_kept: Flags, state: State, ways: Sequence[Sequence[int]]
) -> tuple[list[int], dict[int, int], int, Counter[str]]:
    """Nodes to show, how many neighbours each opened one has beside them, how many found no room, and neighbours by kind."""
    shown = dict.fromkeys([*opened, *(node for way in ways for node in way)])
    more, left_out = {}, 0
    neighbours: set[int] = set()
    for node, count in opened.items():
        near = _neighbours(index, node, is_kept)
        neighbours.update(near)
        wanted = [each for each in near if not state.kinds or _kind(index.columns.nodes[each]) in state.kinds]
        more[node] = max(0, len(wanted) - count)
        for each in wanted[:count]:
            if each in shown or len(shown) < MOST_NODES:
                shown[each] = None
            else:
                left_out += 1
    return list(shown), more, left_out, Counter(sorted(_kind(index.columns.nodes[each]).value for each in neighbours))


def _neighbours(index: FindingIndex, node: int, is_kept: Flags) -> list[int]:
    """What the kept findings tie a node to, what most cohorts speak of first."""
    here = index.ends.at(node)
    findings, near = index.ends.finding[here], index.ends.near[here]
    kept = is_kept[findings]
    cohorts = len(index.columns.studies)
    pairs = once(near[kept].astype(np.int64) * cohorts + index.cohort[index.columns.study[findings[kept]]])
    counted = np.bincount(pairs // max(cohorts, 1))
    found = np.flatnonzero(counted)
    return [int(each) for each in found[np.argsort(-counted[found], kind="stable")]]


def _nodes(index: FindingIndex, shown: Iterable[int], opened: Collection[int], more: Mapping[int, int]) -> Iterator[ViewNode]:
    for place in shown:
        node = index.columns.nodes[place]
        kind = _kind(node)
        study = index.studies[node.partition(":")[2]] if kind is Kind.PAPER else None
        studies = int(index.cohorts[place]) if study is None else 1
        is_withdrawn = study is not None and study.is_withdrawn
        yield ViewNode(node, kind, index.labels[node], studies, place in opened, more.get(place, 0), is_withdrawn)


def _kind(node: str) -> Kind:
    return Kind(node.partition(":")[0])
