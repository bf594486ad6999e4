"""Which studies are of the same participants, so that one trial counts once. Pure.

Studies that share a registration number, or that a link ties as one paper or one cohort, directly or through others, are one cohort.
It is named by the least of their IRIs.
"""

from collections.abc import Iterable

from kg.store.statements import StudyFacts


def find_cohorts(studies: Iterable[StudyFacts], pairs: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """The cohort of each study; ``pairs`` are studies that links tie, and one of which nothing else is known ties nothing."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    # Keys are nodes too; an IRI has a colon and a key has none.
    ordered = sorted(studies, key=lambda each: each.study)
    for each in ordered:
        for key in sorted(each.keys):
            parent[root(key)] = root(each.study)
    known = {each.study for each in ordered}
    for one, other in sorted(pairs):
        if one in known and other in known:
            parent[root(one)] = root(other)
    least: dict[str, str] = {}
    for each in ordered:
        least.setdefault(root(each.study), each.study)
    return {each.study: least[root(each.study)] for each in ordered}
