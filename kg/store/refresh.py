"""The summary after a change: what to take out of it and what to put in.

In: what a store says before the change, and the new quads of the papers that change. Out: operations on the summary graph
alone. After them it equals one that is rebuilt. What they cost depends on the papers and their cohorts, not on the store.
"""

from collections.abc import Iterable, Mapping, Sequence

from kg.namespaces import data_iri, graph_iri
from kg.store.cohorts import find_cohorts
from kg.store.operations import Delete, DeleteSubjects, DropGraph, Insert, Operation
from kg.store.protocol import PaperGraphs
from kg.store.reading import Select, StoredStudy, read_findings_of_studies, read_papers, read_studies, read_studies_with, read_tallies
from kg.store.statements import Concepts, StudyFacts, find_findings, find_studies, gather, statements_of
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


def rebuilt_summary(select: Select, concepts: Concepts) -> list[Operation]:
    """Operations that replace the summary by one worked out from the paper graphs alone."""
    facts = read_papers(select)
    findings, studies = find_findings(facts), find_studies(facts)
    cohorts = find_cohorts(studies)
    tallies = find_tallies(findings, _standings(studies, cohorts), concepts)
    quads = [*tally_quads(tallies), *favours_quads(findings, concepts), *study_quads(studies, cohorts)]
    return [DropGraph(SUMMARY), Insert(tuple(quads))]


def refreshed_summary(select: Select, papers: Sequence[PaperGraphs], concepts: Concepts) -> list[Operation]:
    """Operations that bring the summary up to date with papers that are put in place; no quads stands for a paper taken out."""
    facts = gather(statement for each in papers for statement in statements_of(each.quads))
    old, new = find_findings(read_papers(select, [graph_iri("paper", each.paper_id) for each in papers])), find_findings(facts)
    studies = find_studies(facts)
    changed = read_studies(select, [data_iri("study", each.paper_id) for each in papers])
    neighbours = _find_neighbours(select, changed, studies)
    standing = find_findings(read_findings_of_studies(select, neighbours))
    studies += [each.facts for each in neighbours.values()]
    cohorts = find_cohorts(studies)
    before = find_tallies([*old, *standing], {each.facts.study: each.standing for each in (changed | neighbours).values()}, concepts)
    after = find_tallies([*new, *standing], _standings(studies, cohorts), concepts)
    tallies = _changed_tallies(select, before, after)
    subjects = {each.finding for each in old} | changed.keys() | neighbours.keys() | {row_iri(*key) for key in tallies}
    return [
        DeleteSubjects(SUMMARY, tuple(sorted(subjects))),
        Delete(tuple(quad for pair in sorted({pair for pair, _ in tallies}) for quad in shortcut_quads(pair))),
        Insert((*tally_quads(tallies), *favours_quads(new, concepts), *study_quads(studies, cohorts))),
    ]


def _find_neighbours(select: Select, changed: Mapping[str, StoredStudy], studies: Iterable[StudyFacts]) -> dict[str, StoredStudy]:
    """Follow registration numbers from the studies that change, as they were and as they will be, to all that hang together with them."""
    neighbours: dict[str, StoredStudy] = {}
    seen: set[str] = set()
    keys = {key for each in (*studies, *(each.facts for each in changed.values())) for key in each.keys}
    own = changed.keys() | {each.study for each in studies}
    while keys:
        found = read_studies(select, read_studies_with(select, keys) - own - neighbours.keys())
        neighbours |= found
        seen |= keys
        keys = {key for each in found.values() for key in each.facts.keys} - seen
    return neighbours


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


def _standings(studies: Iterable[StudyFacts], cohorts: Mapping[str, str]) -> dict[str, Standing]:
    return {each.study: Standing(cohorts[each.study], each.setting) for each in studies}
