"""What all papers together say of a cell and an outcome: counts of cohorts, shortcuts, and whom each finding favours. Pure.

What counts, and why:

* A finding speaks for each cell of its intervention, not for one that has a narrower one beside it, and not against a comparator
  of the same family: umbilical cord against bone marrow cells says nothing of what cells do.
* A condition named as outcome counts as the outcome that measures it (``gg:measures``), where just one does.
* Subgroup and mechanism findings do not count. Phrases that the vocabulary lacks do not count, since nobody knows what they equal.
* A cohort counts once per pair. Its best findings decide: comparisons of arms before changes from baseline before single values,
  then all participants before a part of them, then significant before other. Where these differ, the cohort is unclear.
* Reviews and meta-analyses are counted apart, as ``human_pooled`` and ``preclinical_pooled``, since their trials may be counted too.
* Retracted papers count nowhere.
* A shortcut needs comparisons of arms in all participants, in humans, pooled or not. Significant ones that agree give
  ``gg:increases`` or ``gg:decreases``, such that disagree ``gg:mixed``. Without any, a tested absence of difference gives
  ``gg:noDifferenceIn``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Direction, FindingKind, Significance
from kg.namespaces import GG, GGV, data_iri, graph_iri, notation_iri
from kg.rdf.favours import favours
from kg.rdf.terms import A, Node, integer, term
from kg.store.statements import IDENTIFIER, Concepts, FindingFacts, Setting, StudyFacts

#: Cell and outcome, by IRI.
Pair = tuple[str, str]

SUMMARY = graph_iri("summary")

#: Kinds that count, best first.
_RANK = {FindingKind.EFFECT: 0, FindingKind.BEFORE_AFTER: 1, FindingKind.SINGLE_ARM: 2}
_COUNTS = {
    Direction.INCREASED: GG["increasedCount"],
    Direction.DECREASED: GG["decreasedCount"],
    Direction.NO_DIFFERENCE: GG["noDifferenceCount"],
    Direction.UNCLEAR: GG["unclearCount"],
    Direction.REPORTED: GG["reportedCount"],
}
_SHORTCUTS = {Direction.INCREASED: GG["increases"], Direction.DECREASED: GG["decreases"]}
_FOR_SHORTCUTS = frozenset({Setting.HUMAN, Setting.HUMAN_POOLED})


@dataclass(frozen=True)
class Standing:
    """Where a study counts, and as part of which cohort."""

    cohort: str
    setting: Setting | None


def pairs_of(finding: FindingFacts, concepts: Concepts) -> frozenset[Pair]:
    """The pairs of cell and outcome that a finding speaks of; none where it does not count."""
    outcome = concepts.outcome(finding.outcome)
    if finding.kind not in _RANK or outcome not in concepts.known:
        return frozenset()
    return frozenset((cell, outcome) for cell in _speaking_cells(finding, concepts))


def pair_quads(
    findings: Iterable[FindingFacts], standings: Mapping[str, Standing], concepts: Concepts, *, pairs: frozenset[Pair] | None = None
) -> list[Quad]:
    """Rows and shortcuts of the pairs given, or of all; ``findings`` holds every finding on them."""
    evidence: defaultdict[Pair, list[FindingFacts]] = defaultdict(list)
    for finding in findings:
        for pair in pairs_of(finding, concepts):
            if pairs is None or pair in pairs:
                evidence[pair].append(finding)
    quads: list[Quad] = []
    for pair in sorted(evidence):
        quads += _rows(pair, evidence[pair], standings)
        quads += _shortcut(pair, evidence[pair], standings)
    return quads


def favours_quads(findings: Iterable[FindingFacts], concepts: Concepts) -> list[Quad]:
    """Whom each finding favours, where that can be told."""
    quads = []
    for each in findings:
        whom = favours(each.direction, concepts.desirable(each.outcome))
        if whom is not None:
            quads.append(_quad(each.finding, GG["favours"], NamedNode(notation_iri(whom, "favours"))))
    return quads


def study_quads(studies: Iterable[StudyFacts], cohorts: Mapping[str, str]) -> list[Quad]:
    """Cohort, setting and comparable registration numbers of each study."""
    quads = []
    for each in studies:
        quads.append(_quad(each.study, GG["cohort"], NamedNode(cohorts[each.study])))
        quads += [_quad(each.study, IDENTIFIER, Literal(key)) for key in sorted(each.keys)]
        if each.setting is not None:
            quads.append(_quad(each.study, GG["setting"], Literal(each.setting)))
    return quads


def row_iris(pair: Pair) -> list[str]:
    """The rows that a pair may have."""
    return [_row_iri(pair, setting) for setting in Setting]


def shortcut_quads(pair: Pair) -> list[Quad]:
    """The shortcuts that a pair may have, of which it has one at most."""
    return [_quad(pair[0], predicate, NamedNode(pair[1])) for predicate in (*_SHORTCUTS.values(), GG["noDifferenceIn"], GG["mixed"])]


def _speaking_cells(finding: FindingFacts, concepts: Concepts) -> Iterator[str]:
    cells = finding.interventions & concepts.cells
    above = {each for cell in cells for each in concepts.line(cell)[1:]}
    against = {each for cell in finding.comparators & concepts.cells for each in concepts.line(cell)}
    for cell in cells - above:
        if against.isdisjoint(concepts.line(cell)):
            yield cell


def _rows(pair: Pair, findings: Iterable[FindingFacts], standings: Mapping[str, Standing]) -> Iterator[Quad]:
    cohorts: defaultdict[Setting, defaultdict[str, list[FindingFacts]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        standing = standings[finding.study]
        if standing.setting is not None:
            cohorts[standing.setting][standing.cohort].append(finding)
    for setting in sorted(cohorts):
        verdicts = Counter(_verdict(each) for each in cohorts[setting].values())
        row = _row_iri(pair, setting)
        yield _quad(row, A.value, term("gg:Summary"))
        yield _quad(row, GG["sumsCell"], NamedNode(pair[0]))
        yield _quad(row, GG["sumsOutcome"], NamedNode(pair[1]))
        yield _quad(row, GG["setting"], Literal(setting))
        for predicate, number in [(GG["cohortCount"], verdicts.total()), *((_COUNTS[each], verdicts[each]) for each in _COUNTS)]:
            count = integer(number)
            if count is not None:
                yield _quad(row, predicate, count)


def _verdict(findings: Iterable[FindingFacts]) -> Direction:
    """What one cohort says of one pair."""
    by_weight: defaultdict[tuple[int, bool, bool], set[Direction]] = defaultdict(set)
    for each in findings:
        by_weight[_RANK[each.kind], each.is_partial, each.significance is not Significance.SIGNIFICANT].add(each.direction)
    best = by_weight[min(by_weight)]
    decided = best - {Direction.REPORTED} or best
    return next(iter(decided)) if len(decided) == 1 else Direction.UNCLEAR


def _shortcut(pair: Pair, findings: Iterable[FindingFacts], standings: Mapping[str, Standing]) -> Iterator[Quad]:
    comparisons = [
        each
        for each in findings
        if each.kind is FindingKind.EFFECT and not each.is_partial and standings[each.study].setting in _FOR_SHORTCUTS
    ]
    significant = {each.direction for each in comparisons if each.significance is Significance.SIGNIFICANT and each.direction in _SHORTCUTS}
    if significant:
        yield _quad(pair[0], _SHORTCUTS[significant.pop()] if len(significant) == 1 else GG["mixed"], NamedNode(pair[1]))
    elif any(each.direction is Direction.NO_DIFFERENCE and each.significance is Significance.NOT_SIGNIFICANT for each in comparisons):
        yield _quad(pair[0], GG["noDifferenceIn"], NamedNode(pair[1]))


def _row_iri(pair: Pair, setting: Setting) -> str:
    return data_iri("summary", *(iri.removeprefix(GGV) for iri in pair), setting)


def _quad(subject: str, predicate: str, value: Node) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(SUMMARY))
