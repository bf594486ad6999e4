"""Which studies are of the same participants, so that one trial counts once. Pure.

Studies that share a registration number, directly or through others, are one cohort. It is named by the least of their IRIs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.store.statements import StudyFacts


def find_cohorts(studies: Iterable[StudyFacts]) -> dict[str, str]:
    """The cohort of each study."""
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
    least: dict[str, str] = {}
    for each in ordered:
        least.setdefault(root(each.study), each.study)
    return {each.study: least[root(each.study)] for each in ordered}


def find_moved(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    """Studies of both that are together with others than before; a cohort that only changed its name has not moved."""
    common = before.keys() & after.keys()
    old, new = _companions(before, common), _companions(after, common)
    return frozenset(study for study in common if old[study] != new[study])


def _companions(cohorts: Mapping[str, str], among: Iterable[str]) -> dict[str, frozenset[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for study in among:
        members[cohorts[study]].add(study)
    return {study: frozenset(group) for group in members.values() for study in group}
