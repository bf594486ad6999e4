"""Nodes by label, synonym, title or author."""

from dataclasses import dataclass
from heapq import nsmallest

from kg.model import TermKind
from kg.vocabulary import Vocabulary, fold
from kg.web.findings import Kind
from kg.web.index import FindingIndex

NODE_KINDS = {
    TermKind.CONDITION: Kind.CONDITION,
    TermKind.TRANSPLANT: Kind.TRANSPLANT,
    TermKind.CELL_TYPE: Kind.CELL,
    TermKind.DRUG: Kind.DRUG,
    TermKind.OUTCOME: Kind.OUTCOME,
}
_MOST_CONCEPTS = 200


@dataclass(frozen=True)
class Found:
    """A node whose name was searched for."""

    id: str
    kind: Kind
    label: str
    #: The synonym that was found, where it was not the label.
    synonym: str
    findings: int


def find_nodes(index: FindingIndex, vocabulary: Vocabulary, words: str, *, limit: int = 12) -> list[Found]:
    """Nodes that have findings: concepts by label or synonym, best first, then papers by author, year and title."""
    wanted = fold(words.strip())
    if not wanted:
        return []
    found = []
    for concept in vocabulary.search(words.strip(), limit=_MOST_CONCEPTS):
        kind = NODE_KINDS.get(TermKind(concept.kind)) if concept.kind in set(TermKind) else None
        node = f"{kind}:{concept.slug}"
        if kind is not None and node in index.at:
            names = [each for each in concept.phrases if wanted in fold(each)]
            synonym = "" if wanted in fold(concept.label) else min(names, key=len)
            found.append(Found(node, kind, concept.label, synonym, int(index.sizes[index.places[node]])))
    papers = (each for each in index.studies.values() if wanted in fold(f"{each.label} {each.title} {each.paper}"))
    for study in nsmallest(limit, papers, key=lambda each: (-(each.year or 0), each.paper)):
        node = f"{Kind.PAPER}:{study.paper}"
        if node in index.at:
            found.append(Found(node, Kind.PAPER, study.label, study.title, int(index.sizes[index.places[node]])))
    return found[:limit]
