"""What all papers together say of a cell and an outcome: counts of cohorts, shortcuts, and whom each finding favours. Pure.

What counts, and why:

* A finding speaks for each cell of its intervention, not for one that has a narrower one beside it, and not against a comparator
  of the same family: umbilical cord against bone marrow cells says nothing of what cells do.
* A condition named as outcome counts as the outcome that measures it (``gg:measures``), where just one does.
* Subgroup and mechanism findings do not count. Phrases that the vocabulary lacks do not count, since nobody knows what they equal.
* A cohort counts once per pair. Its best findings decide: comparisons of arms before changes from baseline before single values,
  then all participants before a part of them, then significant before other. Where these differ, the cohort is unclear.
* Reviews and meta-analyses are counted apart, as ``human_pooled`` and ``preclinical_pooled``, since their trials may be counted too.
* Retracted papers, and those on which an expression of concern was published, count nowhere, whether their own record says so or a
  notice that is linked to them.
* A shortcut needs comparisons of arms in all participants, in humans, pooled or not. Significant ones that agree give
  ``gg:increases`` or ``gg:decreases``, such that disagree ``gg:mixed``. Without any, a tested absence of difference gives
  ``gg:noDifferenceIn``.

A row is the sum of what its cohorts give, so a change is put in by taking away what the cohorts it touches gave before and adding
what they give now, whatever else the store holds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Direction, FindingKind, Significance, gravest
from kg.namespaces import GG, GGV, data_iri, graph_iri, notation_iri
from kg.rdf.favours import favours
from kg.rdf.terms import A, Node, term
from kg.store.statements import IDENTIFIER, Concepts, FindingFacts, Setting, StudyFacts

#: Cell and outcome, by IRI.
Pair = tuple[str, str]
#: What a row counts, by property.
Tally = Counter[str]
#: Tallies of rows.
Tallies = dict[tuple[Pair, Setting], Tally]

SUMMARY = graph_iri("summary")

#: Kinds that count, best first.
_RANK = {FindingKind.EFFECT: 0, FindingKind.BEFORE_AFTER: 1, FindingKind.SINGLE_ARM: 2}
_VERDICTS = {
    Direction.INCREASED: GG["increasedCount"],
    Direction.DECREASED: GG["decreasedCount"],
    Direction.NO_DIFFERENCE: GG["noDifferenceCount"],
    Direction.UNCLEAR: GG["unclearCount"],
    Direction.REPORTED: GG["reportedCount"],
}
#: What makes shortcuts.
_TESTED = {
    (Direction.INCREASED, Significance.SIGNIFICANT): GG["significantIncreaseCount"],
    (Direction.DECREASED, Significance.SIGNIFICANT): GG["significantDecreaseCount"],
    (Direction.NO_DIFFERENCE, Significance.NOT_SIGNIFICANT): GG["testedNoDifferenceCount"],
}
COUNTS = (GG["cohortCount"], *_VERDICTS.values(), *_TESTED.values())
_FOR_SHORTCUTS = (Setting.HUMAN, Setting.HUMAN_POOLED)


@dataclass(frozen=True)
class Standing:
    """Where a study counts, and as part of which cohort."""

    cohort: str
    setting: Setting | None


def find_tallies(findings: Iterable[FindingFacts], standings: Mapping[str, Standing], concepts: Concepts) -> Tallies:
    """What the cohorts of these findings give to each row."""
    cohorts: defaultdict[tuple[Pair, Setting, str], list[FindingFacts]] = defaultdict(list)
    for finding in findings:
        standing = standings[finding.study]
        if standing.setting is not None:
            for pair in _pairs(finding, concepts):
                cohorts[pair, standing.setting, standing.cohort].append(finding)
    tallies: Tallies = {}
    for (pair, setting, _), found in cohorts.items():
        tallies.setdefault((pair, setting), Counter()).update(_given_by_cohort(found))
    return tallies


def tally_quads(tallies: Tallies) -> list[Quad]:
    """Rows and shortcuts; of a pair whose shortcut is wanted, all rows are needed."""
    quads: list[Quad] = []
    for (pair, setting), tally in sorted(tallies.items()):
        if tally[GG["cohortCount"]]:
            quads += _row(pair, setting, tally)
    for pair in sorted({pair for pair, _ in tallies}):
        quads += _shortcut(pair, sum((tallies.get((pair, setting), Counter()) for setting in _FOR_SHORTCUTS), Counter()))
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
    """Cohort, setting and comparable registration numbers of each study, and what is to be known of its paper."""
    quads = []
    for each in studies:
        quads.append(_quad(each.study, GG["cohort"], NamedNode(cohorts[each.study])))
        quads += [_quad(each.study, IDENTIFIER, Literal(key)) for key in sorted(each.keys)]
        if each.setting is not None:
            quads.append(_quad(each.study, GG["setting"], Literal(each.setting)))
        caution = gravest(each.cautions)
        if caution is not None:
            quads.append(_quad(each.paper, GG["caution"], NamedNode(notation_iri(caution, "caution"))))
    return quads


def row_iri(pair: Pair, setting: Setting) -> str:
    """The row of a pair in a setting."""
    return data_iri("summary", *(iri.removeprefix(GGV) for iri in pair), setting)


def shortcut_of(tally: Tally) -> str | None:
    """What the significant evidence of a tally says together, by the property's name; None where nothing was tested."""
    rises, falls = tally[GG["significantIncreaseCount"]], tally[GG["significantDecreaseCount"]]
    if rises and falls:
        return "mixed"
    if rises or falls:
        return "increases" if rises else "decreases"
    return "noDifferenceIn" if tally[GG["testedNoDifferenceCount"]] else None


def shortcut_quads(pair: Pair) -> list[Quad]:
    """The shortcuts that a pair may have, of which it has one at most."""
    return [_quad(pair[0], GG[name], NamedNode(pair[1])) for name in ("increases", "decreases", "noDifferenceIn", "mixed")]


def _pairs(finding: FindingFacts, concepts: Concepts) -> Iterator[Pair]:
    """The pairs of cell and outcome that a finding speaks of; none where it does not count."""
    outcome = concepts.outcome(finding.outcome)
    if finding.kind in _RANK and outcome in concepts.known:
        for cell in _speaking_cells(finding, concepts):
            yield cell, outcome


def _speaking_cells(finding: FindingFacts, concepts: Concepts) -> Iterator[str]:
    cells = finding.interventions & concepts.cells
    above = {each for cell in cells for each in concepts.line(cell)[1:]}
    against = {each for cell in finding.comparators & concepts.cells for each in concepts.line(cell)}
    for cell in cells - above:
        if against.isdisjoint(concepts.line(cell)):
            yield cell


def _given_by_cohort(findings: Iterable[FindingFacts]) -> list[str]:
    """What one cohort adds one to in one row."""
    by_weight: defaultdict[tuple[int, bool, bool], set[Direction]] = defaultdict(set)
    tested: set[str] = set()
    for each in findings:
        by_weight[_RANK[each.kind], each.is_partial, each.significance is not Significance.SIGNIFICANT].add(each.direction)
        if each.kind is FindingKind.EFFECT and not each.is_partial and (each.direction, each.significance) in _TESTED:
            tested.add(_TESTED[each.direction, each.significance])
    best = by_weight[min(by_weight)]
    decided = best - {Direction.REPORTED} or best
    verdict = next(iter(decided)) if len(decided) == 1 else Direction.UNCLEAR
    return [GG["cohortCount"], _VERDICTS[verdict], *tested]


def _row(pair: Pair, setting: Setting, tally: Tally) -> Iterator[Quad]:
    row = row_iri(pair, setting)
    yield _quad(row, A.value, term("gg:Summary"))
    yield _quad(row, GG["sumsCell"], NamedNode(pair[0]))
    yield _quad(row, GG["sumsOutcome"], NamedNode(pair[1]))
    yield _quad(row, GG["setting"], Literal(setting))
    for predicate in COUNTS:
        yield _quad(row, predicate, Literal(tally[predicate]))


def _shortcut(pair: Pair, tally: Tally) -> list[Quad]:
    name = shortcut_of(tally)
    return [] if name is None else [_quad(pair[0], GG[name], NamedNode(pair[1]))]


def _quad(subject: str, predicate: str, value: Node) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(SUMMARY))
