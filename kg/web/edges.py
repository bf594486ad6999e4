"""What ties the nodes of a view, and in which sense. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from kg.model import Direction
from kg.network import Level, Sense
from kg.web.columns import Flags, Keys, runs
from kg.web.index import FindingIndex, once

_DIRECTIONS = tuple(Direction)
_UNDECIDED = frozenset({Direction.REPORTED, Direction.UNCLEAR})


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


def find_edges(index: FindingIndex, centres: Sequence[int], shown: Sequence[int], is_kept: Flags | None) -> list[ViewEdge]:
    """What ties the centres to nodes shown by findings that are kept, None keeps all; in order of their ids."""
    tied = _tied(index, centres, shown, is_kept)
    findings = index.ends.finding[tied.ends]
    cohorts = len(index.columns.studies)
    spoken = np.bincount(once(tied.group * cohorts + index.cohort[index.columns.study[findings]]) // max(cohorts, 1))
    counted = np.bincount(tied.group)
    directions = np.zeros((len(counted), len(_DIRECTIONS)), np.bool_)
    directions[tied.group, index.columns.direction[findings]] = True
    # All ties of one group are of one kind, so that the last stands for all.
    last = np.zeros(len(counted), np.int64)
    last[tied.group] = np.arange(len(tied.group))
    edges = []
    for group, (at, found) in enumerate(zip(last.tolist(), directions, strict=True)):
        sense = _sense({_DIRECTIONS[each] for each in np.flatnonzero(found)})
        edges.append(
            _edge(index, (int(tied.node[at]), int(tied.ends[at])), sense, findings=int(counted[group]), studies=int(spoken[group]))
        )
    return sorted(edges, key=lambda each: each.id)


@dataclass(frozen=True, eq=False)
class _Tied:
    """Ends at the centres: their places, the centre of each, and a number for each group that makes one edge."""

    ends: Keys
    node: Keys
    group: Keys


def _tied(index: FindingIndex, centres: Sequence[int], shown: Sequence[int], is_kept: Flags | None) -> _Tied:
    ends = index.ends
    starts, stops = ends.starts[list(centres)], ends.starts[[each + 1 for each in centres]]
    places = runs(starts, stops - starts).astype(np.int64)
    node = np.repeat(np.array(centres, np.int64), stops - starts)
    at = np.full(len(index.columns.nodes), -1, np.int64)
    at[list(shown)] = np.arange(len(shown))
    is_centre = np.zeros(len(index.columns.nodes), np.bool_)
    is_centre[list(centres)] = True
    near = ends.near[places]
    # What ties two centres has an end at both, and is counted at the first.
    kept = (at[near] >= 0) & (ends.is_first[places] | ~is_centre[near])
    if is_kept is not None:
        kept &= is_kept[ends.finding[places]]
    places, node, near = places[kept], node[kept], near[kept]
    is_preclinical = index.is_preclinical[index.columns.study[ends.finding[places]]]
    pair = (at[node] * len(shown) + at[near]) * 2 + is_preclinical
    number = np.cumsum(np.bincount(pair) > 0) - 1
    return _Tied(places, node, number[pair])


def _edge(index: FindingIndex, tie: tuple[int, int], sense: Sense, *, findings: int, studies: int) -> ViewEdge:
    """An edge from one of its ties: a node and the end at it."""
    node, end = tie
    names, near = index.columns.nodes, int(index.ends.near[end])
    source, target = (node, near) if index.ends.is_first[end] else (near, node)
    level = Level.PRECLINICAL if index.is_preclinical[index.columns.study[index.ends.finding[end]]] else Level.CLINICAL
    shown = sense if index.ends.is_found[end] else Sense.SETTING
    return ViewEdge(f"{names[source]}|{names[target]}|{level}", names[source], names[target], shown, level, findings, studies)


def _sense(directions: Collection[Direction]) -> Sense:
    decided = set(directions) - _UNDECIDED
    if len(decided) == 1:
        return Sense(decided.pop().value)
    return Sense.REPORTED if set(directions) == {Direction.REPORTED} else Sense.MIXED
