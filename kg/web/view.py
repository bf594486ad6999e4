"""A view of the graph from its address: opened nodes with some of their neighbours, what ties them, and counts to narrow it by. Pure.

The address is the whole state: ``x=cell:slug~60`` opens a node with sixty neighbours, ``path=a|b`` shows the shortest ways between
two, ``s`` is what the panel is about, and each facet is a parameter that may come more than once.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from urllib.parse import urlencode

from kg.model import Direction
from kg.network import Level, Sense
from kg.web.facets import Facet
from kg.web.findings import FindingIndex, FindingRow, Kind, ties

#: Neighbours that open at a time.
STEP = 30
MOST_NODES = 500
#: Nodes that springs may lay out in the page; larger views keep their columns.
MOST_FREE = 80
#: How an address says that springs lay the nodes out.
FREE = "free"
_MOST_PATHS = 12
_LONGEST_PATH = 6
_UNDECIDED = frozenset({Direction.REPORTED, Direction.UNCLEAR})
_FACETS = tuple(Facet)


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
class ViewEdge:
    """What ties two nodes; patients apart from animals and cultures."""

    id: str
    source: str
    target: str
    sense: Sense
    level: Level
    findings: int
    studies: int


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
    opened = [(node, count) for node, count in state.opened if node in index.at]
    behind = {each.iri: each for node, _ in opened for each in index.at[node]}
    kept, counts = _narrow(behind.values(), state)
    ways = () if state.path is None else _paths(index, *state.path)
    shown, more, left_out, kinds = _choose(opened, kept, state, ways)
    return View(
        nodes=tuple(_nodes(index, shown, dict(opened), more)),
        edges=tuple(
            _edges(kept, frozenset(node for node, _ in opened), shown) if not ways else _path_edges(index, kept, opened, shown, ways)
        ),
        facets={"kind": tuple(kinds.most_common()), **counts},
        findings=len(kept),
        left_out=left_out,
        has_path=state.path is None or bool(ways),
    )


def find_behind(index: FindingIndex, of: str, state: State) -> list[FindingRow]:
    """Findings behind a node, or behind an edge, whose id is its ends and its level; newest first."""
    ends = of.split("|")
    found: Iterable[FindingRow] = index.at.get(ends[0], ())
    if len(ends) == 3:
        pair = (ends[0], ends[1])
        found = (each for each in found if each.study.level == ends[2] and any((one, other) == pair for one, other, _ in ties(each)))
    kept, _ = _narrow(found, state)
    return sorted(kept, key=lambda each: (-(each.study.year or 0), each.iri))


def _narrow(findings: Iterable[FindingRow], state: State) -> tuple[list[FindingRow], dict[str, tuple[tuple[str, int], ...]]]:
    """Findings that pass all facets, and how many each value would leave with the other facets as they are."""
    wanted = [(place, state.facets[facet]) for place, facet in enumerate(_FACETS) if facet in state.facets]
    kept = []
    counts: list[Counter[str]] = [Counter() for _ in _FACETS]
    for each in findings:
        failed = [place for place, values in wanted if values.isdisjoint(each.facets[place])]
        if not failed:
            kept.append(each)
            for place, values in enumerate(each.facets):
                counts[place].update(values)
        elif len(failed) == 1:
            counts[failed[0]].update(each.facets[failed[0]])
    ordered = {
        facet.value: tuple(sorted(counts[place].items(), key=lambda each: (-each[1], each[0]))) for place, facet in enumerate(_FACETS)
    }
    return kept, ordered


def _choose(
    opened: Sequence[tuple[str, int]], kept: Iterable[FindingRow], state: State, ways: Sequence[Sequence[str]]
) -> tuple[dict[str, None], dict[str, int], int, Counter[str]]:
    """Nodes to show, how many neighbours each opened one has beside them, how many found no room, and neighbours by kind."""
    cohorts: dict[str, dict[str, set[str]]] = {node: defaultdict(set) for node, _ in opened}
    for finding in kept:
        for one, other, _ in ties(finding):
            if one in cohorts:
                cohorts[one][other].add(finding.study.counts_as)
            if other in cohorts:
                cohorts[other][one].add(finding.study.counts_as)
    shown: dict[str, None] = dict.fromkeys([*(node for node, _ in opened), *(node for way in ways for node in way)])
    kinds = Counter(_kind(node).value for node in {near for found in cohorts.values() for near in found})
    more, left_out = {}, 0
    for node, count in opened:
        wanted = [near for near in cohorts[node] if not state.kinds or _kind(near) in state.kinds]
        wanted.sort(key=lambda near: (-len(cohorts[node][near]), near))
        more[node] = max(0, len(wanted) - count)
        for near in wanted[:count]:
            if near in shown or len(shown) < MOST_NODES:
                shown[near] = None
            else:
                left_out += 1
    return shown, more, left_out, kinds


def _nodes(index: FindingIndex, shown: Iterable[str], opened: Mapping[str, int], more: Mapping[str, int]) -> Iterator[ViewNode]:
    for node in shown:
        kind = _kind(node)
        behind = index.at[node]
        studies = 1 if kind is Kind.PAPER else len({each.study.counts_as for each in behind})
        is_withdrawn = kind is Kind.PAPER and behind[0].study.is_withdrawn
        yield ViewNode(node, kind, index.labels[node], studies, node in opened, more.get(node, 0), is_withdrawn)


def _edges(findings: Iterable[FindingRow], centres: frozenset[str], shown: Mapping[str, None]) -> Iterator[ViewEdge]:
    """What ties opened nodes to those shown."""
    behind: dict[tuple[str, str, Level, bool], list[FindingRow]] = defaultdict(list)
    for finding in findings:
        for one, other, is_found in ties(finding):
            if (one in centres or other in centres) and one in shown and other in shown:
                behind[one, other, finding.study.level, is_found].append(finding)
    for (one, other, level, is_found), found in sorted(behind.items(), key=lambda each: each[0][:3]):
        sense = _sense(found) if is_found else Sense.SETTING
        yield ViewEdge(f"{one}|{other}|{level}", one, other, sense, level, len(found), len({each.study.counts_as for each in found}))


def _path_edges(
    index: FindingIndex,
    kept: Iterable[FindingRow],
    opened: Sequence[tuple[str, int]],
    shown: Mapping[str, None],
    ways: Sequence[Sequence[str]],
) -> Iterator[ViewEdge]:
    """The same and what ties the steps of each way."""
    found = {each.id: each for each in _edges(kept, frozenset(node for node, _ in opened), shown)}
    for one, other in sorted({pair for way in ways for pair in pairwise(way)}):
        both = [
            each for each in min(index.at[one], index.at[other], key=len) if {one, other} <= {end for tie in ties(each) for end in tie[:2]}
        ]
        for each in _edges(both, frozenset({one}), dict.fromkeys((one, other))):
            found.setdefault(each.id, each)
    yield from (found[each] for each in sorted(found))


def _sense(findings: Iterable[FindingRow]) -> Sense:
    directions = {each.direction for each in findings}
    decided = directions - _UNDECIDED
    if len(decided) == 1:
        return Sense(decided.pop().value)
    return Sense.REPORTED if directions == {Direction.REPORTED} else Sense.MIXED


def _paths(index: FindingIndex, start: str, end: str) -> tuple[tuple[str, ...], ...]:
    """The shortest ways between two nodes, some of them where there are many."""
    if start not in index.near or end not in index.near or start == end:
        return ()
    distance = {end: 0}
    waiting = deque([end])
    while waiting and start not in distance:
        here = waiting.popleft()
        if distance[here] == _LONGEST_PATH:
            continue
        for near in sorted(index.near[here]):
            if near not in distance:
                distance[near] = distance[here] + 1
                waiting.append(near)
    return tuple(_ways(index, start, end, distance))


def _ways(index: FindingIndex, start: str, end: str, distance: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Ways along which the distance falls, those with most findings first."""
    if start not in distance:
        return
    ways: list[tuple[str, ...]] = [(start,)]
    for left in range(distance[start] - 1, -1, -1):
        further = [(*way, near) for way in ways for near in index.near[way[-1]] if distance.get(near) == left]
        ways = sorted(further, key=lambda way: (-len(index.at[way[-1]]), way))[:_MOST_PATHS]
    yield from (way for way in ways if way[-1] == end)


def _kind(node: str) -> Kind:
    return Kind(node.partition(":")[0])
