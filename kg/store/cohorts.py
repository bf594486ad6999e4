"""Which studies are of the same participants, so that one trial counts once. Pure.

Studies that share a registration number, directly or through others, are one cohort. It is named by the least of their IRIs.
"""

from collections.abc import Iterable

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
