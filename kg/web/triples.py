"""The graph that a query makes (CONSTRUCT, DESCRIBE) as a view: what its triples name, what ties it, and where all stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, sqrt

import networkx as nx
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.model import TermKind
from kg.namespaces import BASE, GGV, paper_iri
from kg.network import Point
from kg.page import tag
from kg.vocabulary import Vocabulary
from kg.web.findings import Kind
from kg.web.labels import short_name
from kg.web.layout import HEIGHT, WIDTH
from kg.web.search import NODE_KINDS
from kg.web.sketch import STYLE, fitted

#: A thing that is no node of the explorer.
OTHER = "other"
#: Of the springs; the second keeps the layout the same each time.
_ROUNDS, _SEED = 60, 7
#: Things drawn; from 500 on networkx lays out with scipy, which is not there.
MOST_THINGS = 400
#: Cells of the grid for each thing: room between them.
_CELLS = 1.6
_MARGIN = 20


@dataclass(frozen=True)
class Thing:
    """What triples are about, or lead to."""

    iri: str
    label: str
    #: The kind of node that it is in the explorer, or ``OTHER``.
    kind: str
    #: What it is in words: "finding", "study", "paper".
    what: str
    #: Its node there; empty where it has none.
    node: str
    #: Names and values of its literals.
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Tie:
    """A triple between two things."""

    source: str
    target: str
    label: str

    @property
    def id(self) -> str:
        """The same for the same triple."""
        return f"{self.source}|{self.label}|{self.target}"


@dataclass(frozen=True)
class Picture:
    """All that is shown; places are the middles of boxes."""

    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    points: Mapping[str, Point]
    #: Things that found no room.
    left_out: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        across = max((point.x for point in self.points.values()), default=0) + WIDTH // 2 + _MARGIN
        return across, max((point.y for point in self.points.values()), default=0) + HEIGHT // 2 + _MARGIN


@dataclass(frozen=True)
class Read:
    """Triples of an answer: between things, and of things to literals."""

    ties: tuple[tuple[str, str, str], ...]
    literals: Mapping[str, tuple[tuple[str, str], ...]]

    @property
    def iris(self) -> frozenset[str]:
        """All that may have a label."""
        named = {part for tie in self.ties for part in tie}
        return frozenset(named | self.literals.keys() | {name for found in self.literals.values() for name, _ in found})


def read_triples(content: bytes) -> Read:
    """The triples of an answer in N-Triples; blank nodes and quoted triples are left out."""
    ties: dict[tuple[str, str, str], None] = {}
    literals: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for triple in parse(content, format=RdfFormat.N_TRIPLES):
        if isinstance(triple.subject, NamedNode):
            if isinstance(triple.object, NamedNode):
                ties[triple.subject.value, triple.predicate.value, triple.object.value] = None
            elif isinstance(triple.object, Literal):
                literals[triple.subject.value].append((triple.predicate.value, triple.object.value))
    return Read(tuple(sorted(ties)), {subject: tuple(sorted(found)) for subject, found in sorted(literals.items())})


def find_picture(read: Read, labels: Mapping[str, str], vocabulary: Vocabulary) -> Picture:
    """The things with most ties, as many as can be drawn, and what ties them."""
    degree: dict[str, int] = dict.fromkeys(read.literals, 0)
    for subject, _, target in read.ties:
        for end in {subject, target}:
            degree[end] = degree.get(end, 0) + 1
    shown = sorted(sorted(degree, key=lambda iri: (-degree[iri], iri))[:MOST_THINGS])
    kept = [(subject, name, target) for subject, name, target in read.ties if subject in degree and {subject, target} <= set(shown)]
    things = tuple(_thing(iri, read.literals.get(iri, ()), labels, vocabulary) for iri in shown)
    ties = tuple(Tie(subject, target, labels.get(name) or short_name(name)) for subject, name, target in kept)
    return Picture(things, ties, _places(shown, ties), len(degree) - len(shown))


def draw_picture(picture: Picture, addresses: Mapping[str, str], *, is_alone: bool) -> str:
    """The picture as SVG; on a page its boxes lead to what ``addresses`` has for them."""
    lines = "".join(_line(picture.points[each.source], picture.points[each.target]) for each in picture.ties)
    boxes = "".join(_box(each, picture.points[each.iri], None if is_alone else addresses[each.iri]) for each in picture.things)
    width, height = picture.size
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    alone = {"xmlns": "http://www.w3.org/2000/svg"} if is_alone else {}
    style = f"<style>{STYLE}</style>" if is_alone else ""
    return tag("svg", tag("title", "Graph of an answer") + style + lines + boxes, klass="graph", **size, **alone)


def _thing(iri: str, literals: Sequence[tuple[str, str]], labels: Mapping[str, str], vocabulary: Vocabulary) -> Thing:
    kind, node = _as_node(iri, vocabulary)
    facts = tuple((labels.get(name) or short_name(name), value) for name, value in literals)
    what = iri.removeprefix(BASE).partition("/")[0].replace("-", " ") if kind == OTHER and iri.startswith(BASE) else kind
    return Thing(iri, labels.get(iri) or short_name(iri), kind, what, node, facts)


def _as_node(iri: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Kind and name of the thing in the explorer."""
    slug, papers = iri.removeprefix(GGV), paper_iri("")
    if iri.startswith(papers):
        return Kind.PAPER.value, f"{Kind.PAPER}:{iri.removeprefix(papers)}"
    if iri.startswith(GGV) and slug in vocabulary and vocabulary[slug].kind in set(TermKind):
        kind = NODE_KINDS.get(TermKind(vocabulary[slug].kind))
        if kind is not None:
            return kind.value, f"{kind}:{slug}"
    return OTHER, ""


def _places(shown: Sequence[str], ties: Iterable[Tie]) -> dict[str, Point]:
    """By springs, in a square that grows with the number of things; those that would lie on each other are moved down."""
    graph = nx.Graph()
    graph.add_nodes_from(shown)
    graph.add_edges_from((tie.source, tie.target) for tie in ties if tie.source != tie.target)
    columns = ceil(sqrt(len(shown) * 0.6)) or 1
    rows = ceil(_CELLS * len(shown) / columns)
    laid = nx.spring_layout(graph, iterations=_ROUNDS, seed=_SEED) if len(shown) > 1 else dict.fromkeys(shown, (0.0, 0.0))
    taken: set[tuple[int, int]] = set()
    places = {}
    for iri in sorted(shown, key=lambda each: (laid[each][1], laid[each][0], each)):
        column, row = round((laid[iri][0] + 1) / 2 * columns), round((laid[iri][1] + 1) / 2 * rows)
        while (column, row) in taken:
            row += 1
        taken.add((column, row))
        places[iri] = Point(_MARGIN + WIDTH // 2 + column * (WIDTH + 20), _MARGIN + HEIGHT // 2 + row * (HEIGHT + 26))
    return places


def _line(one: Point, other: Point) -> str:
    return tag("path", "", klass="setting", d=f"M{one.x},{one.y} L{other.x},{other.y}", stroke_width="1.2")


def _box(thing: Thing, point: Point, address: str | None) -> str:
    frame = tag("rect", "", x=str(point.x - WIDTH // 2), y=str(point.y - HEIGHT // 2), width=str(WIDTH), height=str(HEIGHT))
    lines = fitted(thing.label)
    top = point.y + 5 - 8 * (len(lines) - 1)
    written = "".join(tag("text", escape(line), x=str(point.x), y=str(top + 16 * at)) for at, line in enumerate(lines))
    group = tag("g", frame + written, klass=thing.kind)
    return group if address is None else tag("a", group, href=address, aria_hidden="true", tabindex="-1")
