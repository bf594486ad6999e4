"""What links graphs say of papers that counting depends on: same participants, and notices that correct or withdraw; and their repair.

A tie is one triple between two papers, in the links graph of the one that asserts it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.model import Caution
from kg.namespaces import BASE, GG, PREFIXES, graph_iri, paper_iri

_COHORT = frozenset({GG["samePaper"], GG["sameCohort"]})
_AMENDS = {
    PREFIXES["cito"] + "retracts": Caution.RETRACTED,
    GG["raisesConcernAbout"]: Caution.CONCERN,
    PREFIXES["cito"] + "corrects": Caution.CORRECTED,
}
#: Properties of ties.
TIE_FACTS = (*sorted(_COHORT), *sorted(_AMENDS))
_PAPER, _STUDY = BASE + "paper/", BASE + "study/"
_ENDS = frozenset({GG["subjectPaper"], GG["objectPaper"]})


@dataclass(frozen=True)
class Tie:
    """One triple between two papers, by IRIs, and the graph that it stands in."""

    graph: str
    subject: str
    predicate: str
    object: str

    @property
    def papers(self) -> tuple[str, str]:
        """Both ends."""
        return self.subject, self.object


def ties_of(quads: Iterable[Quad]) -> list[Tie]:
    """The ties among some quads."""
    return [
        Tie(quad.graph_name.value, quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in quads
        if quad.predicate.value in TIE_FACTS
        and isinstance(quad.graph_name, NamedNode)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    ]


def cohort_pairs(ties: Iterable[Tie]) -> list[tuple[str, str]]:
    """Pairs of studies, by IRI, that have the same participants."""
    return sorted({(study_of(each.subject), study_of(each.object)) for each in ties if each.predicate in _COHORT})


def find_amended(ties: Iterable[Tie]) -> dict[str, frozenset[Caution]]:
    """What notices say of papers, by paper IRI."""
    found: defaultdict[str, set[Caution]] = defaultdict(set)
    for each in ties:
        if each.predicate in _AMENDS:
            found[each.object].add(_AMENDS[each.predicate])
    return {paper: frozenset(cautions) for paper, cautions in found.items()}


def study_of(paper: str) -> str:
    """The IRI of a paper's study."""
    return _STUDY + paper.removeprefix(_PAPER)


def paper_of(study: str) -> str:
    """The IRI of a study's paper."""
    return _PAPER + study.removeprefix(_STUDY)


def graph_of(paper: str) -> str:
    """The IRI of a paper's graph."""
    return graph_iri("paper", "") + paper.removeprefix(_PAPER)


def without_links_to(quads: Sequence[Quad], papers: Collection[str]) -> list[Quad]:
    """The quads of links graphs without the links that have one of the papers (ids) at an end, and without their short triples."""
    ends = {paper_iri(each) for each in papers}
    stated: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        stated[_link_of(quad)].append(quad)
    kept: list[Quad] = []
    for group in stated.values():
        if not any(quad.predicate.value in _ENDS and _value(quad.object) in ends for quad in group):
            kept += [quad for quad in group if _end_paper(_value(quad.object)) not in ends]
    return kept


def _link_of(quad: Quad) -> str:
    """The link that a quad is part of; a reason or a difference is named by its link and a place."""
    subject = _value(quad.subject)
    return subject.partition("/because/")[0].partition("/differs/")[0]


def _end_paper(iri: str) -> str:
    """The paper of a finding; any other IRI as it is."""
    finding = BASE + "finding/"
    return _PAPER + iri.removeprefix(finding).partition("/")[0] if iri.startswith(finding) else iri


def _value(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else ""
