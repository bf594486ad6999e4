"""SPARQL that reads what a change needs to know of a store: findings, studies, concepts, rows of the description.

Every pattern stands inside ``GRAPH``. Joins are kept to one level, since Oxigraph answers ``VALUES`` with several ``OPTIONAL``
by hash joins over the whole store (measured: 1.5 s against 0.05 s at 1.2 million quads).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import GG, PREFIXES, graph_iri, paper_iri
from kg.store.description import DATASET, WHOLE, Description, Row, find_description
from kg.store.factors import FactorCounts, read_counts
from kg.store.factors import Row as FactorRow
from kg.store.protocol import Solutions
from kg.store.statements import CONCEPT_FACTS, FINDING_FACTS, IDENTIFIER, STUDY_FACTS, Facts, Setting, Statement, StudyFacts, gather
from kg.store.summary import COUNTS, SUMMARY, Pair, Standing, Tallies, Tally, row_iri
from kg.store.ties import TIE_FACTS, Tie, study_of

Select = Callable[[str], Solutions]

#: What the names of all graphs of ours begin with.
GRAPHS = graph_iri("")
VOCABULARY = graph_iri("vocabulary")

_PAPER_FACTS = (*FINDING_FACTS, *STUDY_FACTS)
_STUDY_ROW = (GG["cohort"], GG["setting"], IDENTIFIER)
_CREATED = PREFIXES["dcterms"] + "created"
_ROW_FACTS = (GG["graphHash"], GG["quadCount"], IDENTIFIER, _CREATED)
_FACTOR_KEY, _BAND_COUNTS = GG["factorKey"], GG["bandCounts"]
#: Values in one request.
_GROUPS_OF = 400


@dataclass(frozen=True)
class StoredStudy:
    """A study as the summary has it."""

    facts: StudyFacts
    cohort: str

    @property
    def standing(self) -> Standing:
        """Where it counts."""
        return Standing(self.cohort, self.facts.setting)


def read_concepts(select: Select) -> Facts:
    """What the vocabulary states of its concepts."""
    return gather(_by_groups(select, "?p", _iris(CONCEPT_FACTS), f"GRAPH <{VOCABULARY}> {{ ?s ?p ?o }}"))


def read_papers(select: Select, graphs: Sequence[str] | None = None) -> Facts:
    """What the papers state of findings and studies; of some graphs, or of all."""
    if graphs is None:
        return gather(_by_groups(select, "?p", _iris(_PAPER_FACTS), "GRAPH ?g { ?s ?p ?o }"))
    pattern = f"GRAPH ?g {{ ?s ?p ?o }} {_among(_PAPER_FACTS)}"
    return gather(_by_groups(select, "?g", _iris(graphs), pattern))


def read_findings_of_studies(select: Select, studies: Iterable[str]) -> Facts:
    """What is stated of the findings of some studies."""
    pattern = f"GRAPH ?g {{ ?s <{GG['study']}> ?study ; ?p ?o }} {_among(FINDING_FACTS)}"
    return gather(_by_groups(select, "?study", _iris(studies), pattern))


def read_studies(select: Select, studies: Iterable[str]) -> dict[str, StoredStudy]:
    """Studies as the summary has them; one that it does not have is left out."""
    pattern = f"GRAPH <{SUMMARY}> {{ ?s ?p ?o }} {_among(_STUDY_ROW)}"
    facts = gather(_by_groups(select, "?s", _iris(studies), pattern))
    return {study: _stored_study(study, stated) for study, stated in facts.items()}


def read_tallies(select: Select, pairs: Iterable[Pair]) -> Tallies:
    """All rows that the pairs may have, those that the summary does not have with counts of zero."""
    rows = {row_iri(pair, setting): (pair, setting) for pair in pairs for setting in Setting}
    facts = gather(_by_groups(select, "?s", _iris(rows), f"GRAPH <{SUMMARY}> {{ ?s ?p ?o }} {_among(COUNTS)}"))
    return {key: Tally({count: int(stated[0]) for count, stated in facts.get(row, {}).items()}) for row, key in rows.items()}


def read_factor_keys(select: Select, papers: Iterable[str] | None = None) -> dict[str, list[str]]:
    """What papers (IRIs; all) say of factors, by study."""
    if papers is None:
        found = _by_groups(select, "?p", _iris([_FACTOR_KEY]), "GRAPH ?g { ?s ?p ?o }")
    else:
        found = _by_groups(select, "?s", _iris(papers), f"GRAPH ?g {{ ?s <{_FACTOR_KEY}> ?o }} BIND(<{_FACTOR_KEY}> AS ?p)")
    return {study_of(paper): stated[_FACTOR_KEY] for paper, stated in gather(found).items()}


def read_factor_counts(select: Select, rows: Iterable[FactorRow]) -> FactorCounts:
    """Counts of cohorts in some rows; one that the summary does not have is left out."""
    named = {row.iri: row for row in rows}
    pattern = f"GRAPH <{SUMMARY}> {{ ?s ?p ?o }} {_among([_BAND_COUNTS])}"
    return {named[row]: read_counts(counts) for row, _, counts in _by_groups(select, "?s", _iris(named), pattern)}


def read_studies_with(select: Select, keys: Iterable[str]) -> frozenset[str]:
    """The studies that have one of the keys, as the summary has it."""
    values = [str(Literal(key)) for key in sorted(keys)]
    pattern = f"GRAPH <{SUMMARY}> {{ ?s <{IDENTIFIER}> ?o . ?s ?p ?o }}"
    return frozenset(subject for subject, _, _ in _by_groups(select, "?o", values, pattern))


def read_ties(select: Select, papers: Iterable[str] | None = None) -> list[Tie]:
    """Ties that some papers (IRIs) stand at either end of, or all ties."""
    among = f"VALUES ?p {{ {' '.join(_iris(TIE_FACTS))} }} GRAPH ?g {{ ?s ?p ?o }}"
    if papers is None:
        return sorted(set(_ties(select(f"SELECT ?g ?s ?p ?o WHERE {{ {among} }}"))), key=_tie_order)
    ends, found = _iris(papers), set[Tie]()
    for end in ("?s", "?o"):
        for group in _groups(ends):
            found.update(_ties(select(f"SELECT ?g ?s ?p ?o WHERE {{ VALUES {end} {{ {' '.join(group)} }} {among} }}")))
    return sorted(found, key=_tie_order)


def read_links_graphs(select: Select, graphs: Iterable[str]) -> list[Quad]:
    """All quads of some links graphs."""
    found: list[Quad] = []
    for group in _groups(_iris(graphs)):
        rows = select(f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {' '.join(group)} }} GRAPH ?g {{ ?s ?p ?o }} }}").rows
        found += [
            Quad(s, p, o, g)
            for g, s, p, o in rows
            if isinstance(g, NamedNode) and isinstance(s, NamedNode) and isinstance(p, NamedNode) and isinstance(o, NamedNode | Literal)
        ]
    return found


def read_graphs_linking(select: Select, papers: Iterable[str]) -> frozenset[str]:
    """Links graphs in which a link has one of the papers (ids) at an end."""
    ends = [paper_iri(each) for each in papers]
    found: set[str] = set()
    for name in ("subjectPaper", "objectPaper"):
        for group in _groups(_iris(ends)):
            pattern = f"VALUES ?o {{ {' '.join(group)} }} GRAPH ?g {{ ?s <{GG[name]}> ?o }}"
            found.update(g.value for (g,) in select(f"SELECT DISTINCT ?g WHERE {{ {pattern} }}").rows if isinstance(g, NamedNode))
    return frozenset(found)


def read_rows(select: Select, graphs: Sequence[str] | None = None) -> dict[str, Row]:
    """What the description says of graphs; of some, or of all."""
    pattern = f"GRAPH <{DATASET}> {{ ?s ?p ?o }} {_among(_ROW_FACTS)}"
    statements = _statements(select, pattern) if graphs is None else _by_groups(select, "?s", _iris(graphs), pattern)
    return {graph: _row(graph, stated) for graph, stated in gather(statements).items()}


def read_description(select: Select) -> Description:
    """What the description says of the store as a whole."""
    facts = gather(_by_groups(select, "?s", _iris([WHOLE]), f"GRAPH <{DATASET}> {{ ?s ?p ?o }}"))
    return find_description(facts.get(WHOLE, {}))


def read_pending(select: Select) -> tuple[str, ...]:
    """Graphs that a change to an engine without transactions was rewriting when it stopped."""
    pattern = f"GRAPH <{DATASET}> {{ ?s ?p ?o }}"
    return tuple(sorted({graph for _, _, graph in _by_groups(select, "?p", _iris([GG["pendingGraph"]]), pattern)}))


def _row(graph: str, stated: Mapping[str, list[str]]) -> Row:
    (paper_id,), (added,) = stated.get(IDENTIFIER, [None]), stated.get(_CREATED, [None])
    return Row(graph, stated[GG["graphHash"]][0], int(stated[GG["quadCount"]][0]), paper_id, added)


def _stored_study(study: str, stated: Mapping[str, list[str]]) -> StoredStudy:
    settings = stated.get(GG["setting"])
    setting = None if settings is None else Setting(settings[0])
    return StoredStudy(StudyFacts(study, setting, frozenset(stated.get(IDENTIFIER, ()))), stated[GG["cohort"]][0])


def _by_groups(select: Select, variables: str, values: Iterable[str], pattern: str) -> Iterator[Statement]:
    """Statements that match the pattern for any of the values, asked for in portions that every server takes."""
    for group in _groups(values):
        yield from _statements(select, f"VALUES {variables} {{ {' '.join(group)} }} {pattern}")


def _groups(values: Iterable[str]) -> Iterator[list[str]]:
    left = iter(values)
    while group := list(islice(left, _GROUPS_OF)):
        yield group


def _ties(solutions: Solutions) -> Iterator[Tie]:
    for row in solutions.rows:
        graph, subject, predicate, value = (term.value if isinstance(term, NamedNode) else "" for term in row)
        yield Tie(graph, subject, predicate, value)


def _tie_order(tie: Tie) -> tuple[str, str, str, str]:
    return tie.graph, tie.subject, tie.predicate, tie.object


def _statements(select: Select, pattern: str) -> Iterator[Statement]:
    for row in select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }}").rows:
        subject, predicate, value = row
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(value, NamedNode | Literal):
            yield subject.value, predicate.value, value.value


def _among(predicates: Iterable[str]) -> str:
    return f"FILTER(?p IN ({', '.join(_iris(predicates))}))"


def _iris(values: Iterable[str]) -> list[str]:
    return [str(NamedNode(value)) for value in sorted(values)]
