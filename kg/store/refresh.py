"""The summary after a change: what to take out of it and what to put in.

In: what a store says before the change, and the new quads of the papers that change. Out: operations on the summary graph
alone. After them it equals one that is rebuilt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.namespaces import data_iri, graph_iri
from kg.store.cohorts import find_cohorts, find_moved
from kg.store.operations import Delete, DeleteSubjects, DropGraph, Insert, Operation
from kg.store.protocol import PaperGraphs
from kg.store.reading import (
    Select,
    read_findings_of_pairs,
    read_findings_of_studies,
    read_keys,
    read_papers,
    read_standings,
    read_studies_with,
)
from kg.store.statements import Concepts, FindingFacts, StudyFacts, find_findings, find_studies, gather, statements_of
from kg.store.summary import (
    SUMMARY,
    Pair,
    Standing,
    favours_quads,
    pair_quads,
    pairs_of,
    row_iris,
    shortcut_quads,
    study_quads,
)


@dataclass(frozen=True)
class _Cohorts:
    """The studies whose cohort a change may touch."""

    #: All of them after the change, with their cohorts.
    after: Mapping[str, str]
    #: Those that stay, with their keys.
    neighbours: Mapping[str, frozenset[str]]
    #: Those that stay and are together with others than before.
    moved: frozenset[str]
    standings: Mapping[str, Standing]


def rebuilt_summary(select: Select, concepts: Concepts) -> list[Operation]:
    """Operations that replace the summary by one worked out from the paper graphs alone."""
    facts = read_papers(select)
    findings, studies = find_findings(facts), find_studies(facts)
    cohorts = find_cohorts(studies)
    standings = {each.study: Standing(cohorts[each.study], each.setting) for each in studies}
    quads = [*pair_quads(findings, standings, concepts), *favours_quads(findings, concepts), *study_quads(studies, cohorts)]
    return [DropGraph(SUMMARY), Insert(tuple(quads))]


def refreshed_summary(select: Select, papers: Sequence[PaperGraphs], concepts: Concepts) -> list[Operation]:
    """Operations that bring the summary up to date with papers that are put in place; no quads stands for a paper taken out."""
    old = find_findings(read_papers(select, [graph_iri("paper", each.paper_id) for each in papers]))
    facts = gather(statement for each in papers for statement in statements_of(each.quads))
    new, studies = find_findings(facts), find_studies(facts)
    changed = {data_iri("study", each.paper_id) for each in papers} | {each.study for each in studies}
    cohorts = _find_cohorts(select, studies, changed)
    moved = find_findings(read_findings_of_studies(select, cohorts.moved))
    pairs = frozenset(pair for each in (*old, *new, *moved) for pair in pairs_of(each, concepts))
    evidence = [*new, *(each for each in _stored_findings(select, pairs, concepts) if each.study not in changed)]
    standings = _standings(select, evidence, studies, cohorts)
    neighbours = [StudyFacts(study, cohorts.standings[study].setting, keys) for study, keys in cohorts.neighbours.items()]
    subjects = {each.finding for each in old} | changed | cohorts.neighbours.keys() | {row for pair in pairs for row in row_iris(pair)}
    quads = [
        *pair_quads(evidence, standings, concepts, pairs=pairs),
        *favours_quads(new, concepts),
        *study_quads([*studies, *neighbours], cohorts.after),
    ]
    return [
        DeleteSubjects(SUMMARY, tuple(sorted(subjects))),
        Delete(tuple(quad for pair in sorted(pairs) for quad in shortcut_quads(pair))),
        Insert(tuple(quads)),
    ]


def _find_cohorts(select: Select, studies: Sequence[StudyFacts], changed: set[str]) -> _Cohorts:
    """Follow registration numbers from the studies that change, as they were and as they are, to all that hang together with them."""
    keys = {key for each in studies for key in each.keys} | {key for each in read_keys(select, changed).values() for key in each}
    neighbours: dict[str, frozenset[str]] = {}
    seen: set[str] = set()
    while keys:
        found = read_studies_with(select, keys) - changed - neighbours.keys()
        neighbours |= read_keys(select, found)
        seen |= keys
        keys = {key for study in found for key in neighbours[study]} - seen
    standings = read_standings(select, neighbours)
    after = find_cohorts([*studies, *(StudyFacts(study, None, keys) for study, keys in neighbours.items())])
    moved = find_moved({study: standings[study].cohort for study in neighbours}, after)
    return _Cohorts(after, neighbours, moved, standings)


def _stored_findings(select: Select, pairs: Iterable[Pair], concepts: Concepts) -> list[FindingFacts]:
    named = {(cell, name) for cell, outcome in pairs for name in concepts.named(outcome)}
    return find_findings(read_findings_of_pairs(select, named))


def _standings(select: Select, evidence: Iterable[FindingFacts], studies: Iterable[StudyFacts], cohorts: _Cohorts) -> dict[str, Standing]:
    """Where the studies behind the evidence count after the change."""
    standings = {each.study: Standing(cohorts.after[each.study], each.setting) for each in studies}
    standings |= {study: Standing(cohorts.after[study], cohorts.standings[study].setting) for study in cohorts.neighbours}
    others = {each.study for each in evidence} - standings.keys()
    return standings | read_standings(select, others)
