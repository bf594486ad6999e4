"""The summary after a change: what to take out of it and what to put in.

In: what a store says before the change, and the new quads of the papers that change. Out: operations on the summary graph
alone. After them it equals one that is rebuilt. What they cost depends on the papers and their cohorts, not on the store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Quad

from kg.namespaces import data_iri, graph_iri, paper_iri
from kg.store.cohorts import find_cohorts
from kg.store.factors import FactorCounts, changed_rows, count_factors, counts_after, factor_keys_of, factor_quads
from kg.store.operations import Delete, DeleteSubjects, DropGraph, Insert, Operation
from kg.store.protocol import PaperGraphs
from kg.store.reading import (
    Select,
    StoredStudy,
    read_factor_counts,
    read_factor_keys,
    read_findings_of_studies,
    read_papers,
    read_studies,
    read_studies_with,
    read_tallies,
    read_ties,
)
from kg.store.statements import Concepts, FindingFacts, StudyFacts, find_findings, find_studies, gather, statements_of
from kg.store.summary import (
    SUMMARY,
    Standing,
    Tallies,
    Tally,
    favours_quads,
    find_tallies,
    row_iri,
    shortcut_quads,
    study_quads,
    tally_quads,
)
from kg.store.ties import Tie, cohort_pairs, find_amended, graph_of, paper_of, ties_of


@dataclass(frozen=True)
class Change:
    """Papers that are put in place (no quads stands for one that is taken out), and links graphs of papers that stay as they are."""

    papers: Sequence[PaperGraphs]
    #: All quads of the links graph, by paper id.
    relinked: Mapping[str, Sequence[Quad]] = field(default_factory=dict)

    @property
    def links_by_paper(self) -> dict[str, Sequence[Quad]]:
        """All links graphs that are written, by paper id."""
        return {**{each.paper_id: each.links for each in self.papers}, **self.relinked}

    @property
    def links(self) -> list[Quad]:
        """Quads of all links graphs that are written."""
        return [quad for quads in self.links_by_paper.values() for quad in quads]

    @property
    def ids(self) -> list[str]:
        """Ids of all papers whose links graph is written."""
        return list(self.links_by_paper)


def rebuilt_summary(select: Select, concepts: Concepts) -> list[Operation]:
    """Operations that replace the summary by one worked out from the paper and links graphs alone."""
    facts, ties = read_papers(select), read_ties(select)
    findings, studies = find_findings(facts), find_studies(facts, find_amended(ties))
    cohorts = find_cohorts(studies, cohort_pairs(ties))
    standings = _standings(studies, cohorts)
    tallies, factors = find_tallies(findings, standings, concepts), count_factors(read_factor_keys(select), standings)
    quads = [*tally_quads(tallies), *favours_quads(findings, concepts), *study_quads(studies, cohorts), *factor_quads(factors)]
    return [DropGraph(SUMMARY), Insert(tuple(quads))]


def refreshed_summary(select: Select, change: Change, concepts: Concepts) -> list[Operation]:
    """Operations that bring the summary up to date with a change."""
    reckoned = _reckon(select, change, concepts)
    return [
        DeleteSubjects(SUMMARY, tuple(sorted(reckoned.subjects))),
        Delete(tuple(quad for pair in sorted({pair for pair, _ in reckoned.tallies}) for quad in shortcut_quads(pair))),
        Insert(
            (
                *tally_quads(reckoned.tallies),
                *favours_quads(reckoned.new, concepts),
                *study_quads(reckoned.studies, reckoned.cohorts),
                *factor_quads(reckoned.factors),
            )
        ),
    ]


def tallies_without(select: Select, papers: Iterable[str], concepts: Concepts) -> tuple[Tallies, Tallies]:
    """Rows that the papers with these ids have a part in: as they are, and as they would be without these papers."""
    change = Change([PaperGraphs(each, ()) for each in sorted(papers)])
    without = _reckon(select, change, concepts).tallies
    return read_tallies(select, {pair for pair, _ in without}), without


@dataclass(frozen=True)
class _Reckoned:
    """What a change makes of the summary."""

    #: All rows of the pairs that change, as they will be.
    tallies: Tallies
    #: All rows of factors that change, as they will be.
    factors: FactorCounts
    #: Findings of the papers that are put in place.
    new: Sequence[FindingFacts]
    studies: Sequence[StudyFacts]
    cohorts: Mapping[str, str]
    #: What the summary says of these is written anew.
    subjects: frozenset[str]


def _reckon(select: Select, change: Change, concepts: Concepts) -> _Reckoned:
    ties = _find_ties(select, change)
    own = [graph_iri("paper", each.paper_id) for each in change.papers]
    # Papers that stay as they are, and yet may count elsewhere, since a link that counting depends on came or went.
    touched = ties.touched | _rekeyed(select, change.relinked)
    told = read_papers(select, sorted({graph_of(paper) for paper in touched} - set(own)))
    facts = gather(statement for each in change.papers for statement in statements_of(each.quads))
    old, new, same = find_findings(read_papers(select, own)), find_findings(facts), find_findings(told)
    studies = find_studies({**told, **facts}, find_amended(ties.after))
    changed = read_studies(select, {*(data_iri("study", each.paper_id) for each in change.papers), *(each.study for each in studies)})
    neighbours, pairs = _find_neighbours(select, changed, studies, ties)
    standing = [*same, *find_findings(read_findings_of_studies(select, neighbours))]
    papers = {*(paper_iri(each.paper_id) for each in change.papers), *(each.paper for each in studies)}
    studies += [each.facts for each in neighbours.values()]
    cohorts = find_cohorts(studies, pairs)
    was = {each.facts.study: each.standing for each in (changed | neighbours).values()}
    will_be = _standings(studies, cohorts)
    tallies = _changed_tallies(select, find_tallies([*old, *standing], was, concepts), find_tallies([*new, *standing], will_be, concepts))
    factors = _changed_factors(select, change, was, will_be)
    rows = {row_iri(*key) for key in tallies} | {row.iri for row in factors}
    subjects = {each.finding for each in old} | changed.keys() | neighbours.keys() | papers | rows
    return _Reckoned(tallies, factors, new, studies, cohorts, frozenset(subjects))


@dataclass(frozen=True)
class _Ties:
    """Ties of the papers that a change touches, as they were and as they will be."""

    before: frozenset[Tie]
    after: frozenset[Tie]
    #: Links graphs that are written anew.
    written: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """Papers at either end of a tie that comes or goes."""
        return frozenset(paper for tie in self.before ^ self.after for paper in tie.papers)


def _find_ties(select: Select, change: Change) -> _Ties:
    written = frozenset(graph_iri("links", each) for each in change.ids)
    new = frozenset(ties_of(change.links))
    stored = set(read_ties(select, [paper_iri(each) for each in change.ids]))
    come_or_gone = {tie for tie in stored if tie.graph in written} ^ new
    stored.update(read_ties(select, {paper for tie in come_or_gone for paper in tie.papers}))
    return _Ties(frozenset(stored), frozenset(tie for tie in stored if tie.graph not in written) | new, written)


def _find_neighbours(
    select: Select, changed: Mapping[str, StoredStudy], studies: Iterable[StudyFacts], ties: _Ties
) -> tuple[dict[str, StoredStudy], list[tuple[str, str]]]:
    """All studies that hang together with those that change, as they were and as they will be, and the pairs that links will tie.

    Registration numbers and links are followed from study to study.
    """
    neighbours: dict[str, StoredStudy] = {}
    seen: set[str] = set()
    keys = {key for each in (*studies, *(each.facts for each in changed.values())) for key in each.keys}
    own = changed.keys() | {each.study for each in studies}
    tied, staying = {study for pair in cohort_pairs(ties.before | ties.after) for study in pair}, set(ties.after)
    while keys or tied:
        found = read_studies(select, (read_studies_with(select, keys) | tied) - own - neighbours.keys())
        neighbours |= found
        seen |= keys
        keys = {key for each in found.values() for key in each.facts.keys} - seen
        more = {tie for tie in read_ties(select, map(paper_of, found)) if tie.graph not in ties.written}
        staying |= more
        tied = {study for pair in cohort_pairs(more) for study in pair} - neighbours.keys()
    return neighbours, cohort_pairs(staying)


def _changed_tallies(select: Select, before: Tallies, after: Tallies) -> Tallies:
    """All rows of the pairs for which cohorts give other than they gave."""
    nothing = Tally()
    pairs = {key[0] for key in before.keys() | after.keys() if before.get(key, nothing) != after.get(key, nothing)}
    stored = read_tallies(select, pairs)
    changed: Tallies = {}
    for key, tally in stored.items():
        changed[key] = Tally(tally)
        changed[key].update(after.get(key, nothing))
        changed[key].subtract(before.get(key, nothing))
    return changed


def _rekeyed(select: Select, relinked: Mapping[str, Sequence[Quad]]) -> frozenset[str]:
    """Papers that stay, of whose factors their new links graphs say other than the old ones."""
    stored = read_factor_keys(select, map(paper_iri, relinked))
    said = {each: (set(factor_keys_of(quads)), set(stored.get(data_iri("study", each), ()))) for each, quads in relinked.items()}
    return frozenset(paper_iri(each) for each, (new, old) in said.items() if new != old)


def _changed_factors(select: Select, change: Change, was: Mapping[str, Standing], will_be: Mapping[str, Standing]) -> FactorCounts:
    """All rows of factors for which cohorts give other than they gave."""
    keys = read_factor_keys(select, map(paper_of, was.keys() | will_be.keys()))
    given = {data_iri("study", each): factor_keys_of(quads) for each, quads in change.links_by_paper.items()}
    before, after = count_factors(keys, was), count_factors({**keys, **given}, will_be)
    return counts_after(read_factor_counts(select, changed_rows(before, after)), before, after)


def _standings(studies: Iterable[StudyFacts], cohorts: Mapping[str, str]) -> dict[str, Standing]:
    return {each.study: Standing(cohorts[each.study], each.setting) for each in studies}
