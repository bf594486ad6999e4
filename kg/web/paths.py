"""The shortest ways between two nodes. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np

from kg.web.index import FindingIndex, once

_MOST = 12
_LONGEST = 6


def find_paths(index: FindingIndex, start: str, end: str) -> list[Sequence[int]]:
    """The shortest ways from one node to another, by the places of the nodes on it; some of them where there are many."""
    first, last = index.places.get(start), index.places.get(end)
    if first is None or last is None or first == last:
        return []
    steps = _steps(index, last, to=first)
    return [] if first not in steps else _ways(index, first, last, steps)


def _steps(index: FindingIndex, end: int, *, to: int) -> Mapping[int, int]:
    """How many steps lie between nodes and the end, as far as a shortest way from the other may lead."""
    steps = {end: 0}
    here = [end]
    for step in range(1, _LONGEST + 1):
        near = once(np.concatenate([index.near(each) for each in here])).tolist()
        here = [each for each in near if each not in steps]
        steps.update(dict.fromkeys(here, step))
        if to in steps or not here:
            break
    return steps


def _ways(index: FindingIndex, start: int, end: int, steps: Mapping[int, int]) -> list[Sequence[int]]:
    """Ways along which the steps left grow fewer, those with most findings first."""
    ways: list[tuple[int, ...]] = [(start,)]
    for left in range(steps[start] - 1, -1, -1):
        further = [(*way, near) for way in ways for near in index.near(way[-1]).tolist() if steps.get(near) == left]
        ways = sorted(further, key=lambda way: (-int(index.sizes[way[-1]]), way))[:_MOST]
    return [way for way in ways if way[-1] == end]
