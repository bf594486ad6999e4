"""Claims as a graph of typed nodes, with a place for each node.

In: claims and the vocabulary. Out: a ``networkx.MultiDiGraph`` whose nodes carry a ``Node`` under ``node`` and whose edges
carry an ``Edge`` under ``edge``, and whole-number positions. It reads from left to right: in this transplant setting, this
cell or drug moves this outcome, says this paper. Places come from counting and sorting only, so that they are the same on
every machine; a force layout would not be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import networkx as nx

from kg.model import Claim, Design, Direction, FindingKind
from kg.vocabulary import Vocabulary


class NodeKind(StrEnum):
    """What a node stands for, in columns from left to right; cells and drugs share one."""

    TRANSPLANT = "transplant"
    CELL = "cell"
    DRUG = "drug"
    OUTCOME = "outcome"
    PAPER = "paper"


class Sense(StrEnum):
    """What the findings behind an edge say together; ``mixed`` where they disagree or none can be decided."""

    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no_difference"
    MIXED = "mixed"
    REPORTED = "reported"
    #: Not a finding: the cell or drug was studied in that transplant setting.
    SETTING = "setting"


class Level(StrEnum):
    """Patients, or animals and cell cultures; one edge never mixes the two."""

    CLINICAL = "clinical"
    PRECLINICAL = "preclinical"


@dataclass(frozen=True)
class Node:
    """A concept or a paper."""

    id: str
    kind: NodeKind
    label: str
    #: How many cohorts speak of it, papers on the same participants counted once; 1 for a paper.
    studies: int
    #: Outcomes: the topmost concept above. Papers: the study design.
    group: str = ""
    is_retracted: bool = False


@dataclass(frozen=True)
class Edge:
    """What ties two nodes, with the claims that say so, in order of paper and finding."""

    source: str
    target: str
    sense: Sense
    level: Level
    claims: tuple[Claim, ...]

    @property
    def studies(self) -> int:
        """Number of cohorts behind the edge; papers on the same participants count once."""
        return len({claim.counts_as for claim in self.claims})


@dataclass(frozen=True)
class Point:
    """A place on the canvas, in pixels at scale 1; y grows downwards."""

    x: int
    y: int


#: Findings about who responds, or of whom a factor is typical, say nothing of what the cell does.
_NO_EFFECT = frozenset({FindingKind.SUBGROUP})
_PRECLINICAL_DESIGNS = frozenset({Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL})
_UNDECIDED = frozenset({Direction.REPORTED, Direction.UNCLEAR})

#: Kinds that share a column, from left to right.
_COLUMNS = ((NodeKind.TRANSPLANT,), (NodeKind.CELL, NodeKind.DRUG), (NodeKind.OUTCOME,), (NodeKind.PAPER,))
_ROW = {NodeKind.TRANSPLANT: 48, NodeKind.CELL: 48, NodeKind.DRUG: 48, NodeKind.OUTCOME: 48, NodeKind.PAPER: 34}
#: A short column is drawn out by this much at most.
_MOST_STRETCH = Fraction(3, 2)
_GROUP_GAP = 14
_COLUMN_WIDTH = 250
#: Room for the edges between two columns.
_ALLEY = 210
#: Rows of the main outcome column; outcomes with fewer studies go into a block of their own below.
MAIN_OUTCOMES = 24
_ROWS = 48


def build_graph(claims: Iterable[Claim], vocabulary: Vocabulary) -> nx.MultiDiGraph:
    """The graph of these claims; edges from concepts leave out papers that were retracted or are doubted, edges from papers do not."""
    ordered = sorted(claims, key=lambda claim: (claim.paper, claim.finding))
    edges = [*_edges(ordered, vocabulary)]
    used = {end for edge in edges for end in (edge.source, edge.target)}
    graph = nx.MultiDiGraph()
    for node in _nodes(ordered, vocabulary):
        if node.id in used:
            graph.add_node(node.id, node=node)
    for edge in edges:
        graph.add_edge(edge.source, edge.target, edge=edge)
    return graph


def nodes_of(graph: nx.MultiDiGraph) -> list[Node]:
    """The graph's nodes by kind, most studies first."""
    order = list(NodeKind)
    found: list[Node] = [data["node"] for _, data in graph.nodes(data=True)]
    return sorted(found, key=lambda node: (order.index(node.kind), -node.studies, node.label, node.id))


def edges_of(graph: nx.MultiDiGraph) -> list[Edge]:
    """The graph's edges, sorted."""
    found: list[Edge] = [data["edge"] for *_, data in graph.edges(data=True)]
    return sorted(found, key=lambda edge: (edge.source, edge.target, edge.level, edge.sense))


def main_outcomes(graph: nx.MultiDiGraph) -> frozenset[str]:
    """Ids of the outcomes that stand in the main column: those with most studies."""
    return frozenset(node.id for node in [n for n in nodes_of(graph) if n.kind is NodeKind.OUTCOME][:MAIN_OUTCOMES])


def place(graph: nx.MultiDiGraph) -> dict[str, Point]:
    """A position for each node: columns by kind, outcomes by group, papers beside the outcomes they speak of."""
    nodes = nodes_of(graph)
    main = main_outcomes(graph)
    left = _column_places(nodes, main)
    outcomes = _by_group([node for node in nodes if node.kind is NodeKind.OUTCOME])
    points = _stack([node for node in outcomes if node.id in main], x=left[NodeKind.OUTCOME], gaps=True)
    bottom = max((point.y for point in points.values()), default=0)
    # Columns stand around one middle line, so half of what the tallest has more reaches below the outcomes.
    reach = max(bottom, (bottom + _tallest(nodes)) // 2)
    points |= _block([node for node in outcomes if node.id not in main], top=reach + 200, width=left[NodeKind.PAPER])
    for kinds in (_COLUMNS[3], _COLUMNS[1], _COLUMNS[0]):
        column = [node for node in nodes if node.kind in kinds]
        heights = {node.id: _mean_height(graph, node.id, points) for node in column}
        column.sort(key=lambda node: (heights[node.id], node.id))
        points |= _centre(_stack(column, x=left[kinds[0]]), height=bottom)
    return points


def _column_places(nodes: Sequence[Node], main: frozenset[str]) -> dict[NodeKind, int]:
    """The x of each kind's column; a column that wraps pushes those to its right."""
    places: dict[NodeKind, int] = {}
    x = 0
    for kinds in _COLUMNS:
        rows = sum(node.kind in kinds and (node.kind is not NodeKind.OUTCOME or node.id in main) for node in nodes)
        places |= dict.fromkeys(kinds, x)
        x += max(1, -(-rows // _ROWS)) * _COLUMN_WIDTH + _ALLEY
    return places


def _edges(claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterator[Edge]:
    ties: dict[tuple[str, str, Level], list[Claim]] = defaultdict(list)
    settings: dict[tuple[str, str, Level], list[Claim]] = defaultdict(list)
    for claim in claims:
        outcome, paper, level = _id(NodeKind.OUTCOME, claim.outcome), _id(NodeKind.PAPER, claim.paper), _level(claim)
        ties[paper, outcome, level].append(claim)
        for given in () if claim.is_withdrawn else _given(claim, vocabulary):
            if claim.kind not in _NO_EFFECT:
                ties[given, outcome, level].append(claim)
            for transplant in claim.transplants:
                settings[_id(NodeKind.TRANSPLANT, transplant), given, level].append(claim)
    for (source, target, level), found in sorted(ties.items()):
        yield Edge(source, target, _sense(found), level, tuple(found))
    for (source, target, level), found in sorted(settings.items()):
        yield Edge(source, target, Sense.SETTING, level, tuple(found))


def _sense(claims: Iterable[Claim]) -> Sense:
    directions = {claim.direction for claim in claims}
    decided = directions - _UNDECIDED
    if len(decided) == 1:
        return Sense(decided.pop().value)
    return Sense.REPORTED if directions == {Direction.REPORTED} else Sense.MIXED


def _level(claim: Claim) -> Level:
    is_animal = claim.species is not None and claim.species != "human"
    return Level.PRECLINICAL if claim.design in _PRECLINICAL_DESIGNS or is_animal else Level.CLINICAL


def _given(claim: Claim, vocabulary: Vocabulary) -> list[str]:
    drugs = [slug for slug in claim.interventions if _is_drug(slug, vocabulary)]
    return [*(_id(NodeKind.CELL, slug) for slug in claim.cells), *(_id(NodeKind.DRUG, slug) for slug in drugs)]


def _is_drug(slug: str, vocabulary: Vocabulary) -> bool:
    return slug in vocabulary and vocabulary[slug].kind == "drug"


def _id(kind: NodeKind, name: str) -> str:
    return f"{kind}:{name}"


def _nodes(claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterator[Node]:
    cohorts: dict[NodeKind, dict[str, set[str]]] = {kind: defaultdict(set) for kind in NodeKind}
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        cohorts[NodeKind.OUTCOME][claim.outcome].add(claim.counts_as)
        labels[claim.outcome][claim.outcome_label] += 1
        for kind, slugs in ((NodeKind.CELL, claim.cells), (NodeKind.DRUG, claim.interventions), (NodeKind.TRANSPLANT, claim.transplants)):
            for slug in slugs:
                cohorts[kind][slug].add(claim.counts_as)
    for kind in (NodeKind.TRANSPLANT, NodeKind.CELL, NodeKind.DRUG, NodeKind.OUTCOME):
        for slug, found in sorted(cohorts[kind].items()):
            group = _group(slug, vocabulary) if kind is NodeKind.OUTCOME else ""
            yield Node(_id(kind, slug), kind, _label(slug, vocabulary, labels), len(found), group)
    for claim in {claim.paper: claim for claim in claims}.values():
        yield _paper_node(claim)


def _label(slug: str, vocabulary: Vocabulary, labels: Mapping[str, Counter[str]]) -> str:
    if slug in vocabulary:
        return vocabulary[slug].label
    if slug in labels:
        return min(labels[slug], key=lambda label: (-labels[slug][label], label))
    return slug.replace("-", " ")


def _paper_node(claim: Claim) -> Node:
    # "Gao, Lei" and "Gao L" are both seen; the comma tells the family name.
    name = claim.first_author.split(",")[0] if claim.first_author is not None else claim.title or claim.paper
    label = f"{name} {claim.year}" if claim.year is not None else name
    return Node(_id(NodeKind.PAPER, claim.paper), NodeKind.PAPER, label, 1, claim.design or "", claim.is_retracted)


def _group(slug: str, vocabulary: Vocabulary) -> str:
    if slug not in vocabulary:
        return "~"
    above = vocabulary.ancestors(slug)
    return above[-1] if above else slug


def _by_group(outcomes: Sequence[Node]) -> list[Node]:
    """Groups with most studies first, and so within a group; single outcomes without a family come last."""
    sizes = Counter(node.group for node in outcomes)
    weight: Counter[str] = Counter()
    for node in outcomes:
        weight[node.group] += node.studies
    return sorted(outcomes, key=lambda node: (sizes[node.group] == 1, -weight[node.group], node.group, -node.studies, node.label, node.id))


def _stack(column: Sequence[Node], *, x: int, gaps: bool = False) -> dict[str, Point]:
    """One under the other, a gap between groups where asked; a column that grows too long goes on beside itself."""
    points: dict[str, Point] = {}
    y = 0
    for number, node in enumerate(column):
        beside, row = divmod(number, _ROWS)
        y = 0 if row == 0 else y + _ROW[node.kind] + (_GROUP_GAP if gaps and _splits(column[number - 1], node, column) else 0)
        points[node.id] = Point(x + beside * _COLUMN_WIDTH, y)
    return points


def _splits(before: Node, node: Node, column: Sequence[Node]) -> bool:
    sizes = Counter(each.group for each in column)
    return before.group != node.group and (sizes[before.group] > 1 or sizes[node.group] > 1)


def _tallest(nodes: Sequence[Node]) -> int:
    columns = ([node for node in nodes if node.kind in kinds] for kinds in _COLUMNS if NodeKind.OUTCOME not in kinds)
    return max((min(len(column), _ROWS) * _ROW[column[0].kind] for column in columns if column), default=0)


def _block(nodes: Sequence[Node], *, top: int, width: int) -> dict[str, Point]:
    """Side by side in lines as wide as the whole picture."""
    across = width // _COLUMN_WIDTH + 1
    return {node.id: Point(n % across * _COLUMN_WIDTH, top + n // across * _ROW[node.kind]) for n, node in enumerate(nodes)}


def _mean_height(graph: nx.MultiDiGraph, node: str, points: Mapping[str, Point]) -> Fraction:
    """The mean y of the placed neighbours, an exact fraction so that ties break alike everywhere."""
    near = sorted({*graph.successors(node), *graph.predecessors(node)} & points.keys())
    return Fraction(sum(points[each].y for each in near), len(near)) if near else Fraction(0)


def _centre(points: dict[str, Point], *, height: int) -> dict[str, Point]:
    """The column drawn out towards that height, and its middle moved to the middle of that height."""
    own = max((point.y for point in points.values()), default=0)
    stretch = max(Fraction(1), min(_MOST_STRETCH, Fraction(height, own))) if own else Fraction(1)
    shift = (height - int(own * stretch)) // 2
    return {node: Point(point.x, int(point.y * stretch) + shift) for node, point in points.items()}
