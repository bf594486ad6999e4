"""What a paper is the first to mention, and which pairs of tissue source and outcome it is the first to study.

Asked of the store concept by concept, so that the cost follows what the paper says and not how many papers there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.changes.records import FilledGap, FirstSeen
from kg.model import TermKind
from kg.namespaces import GGV, PREFIXES, concept_iri, graph_iri
from kg.queries import Queryable, ask
from kg.vocabulary import Vocabulary

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("gg", "ggv", "dcterms", "xsd"))
_DATASET = f"<{graph_iri('dataset')}>"
_MENTIONS = "?mention gg:mentionOf ?concept"
#: Effects, changes and single values of cells that are given; who responds and what happens in a dish fill no gap.
_STUDIED = """?finding gg:study ?study ; gg:outcome ?outcome ; gg:findingKind ?kind .
  ?study gg:hasCell ?cell . ?cell gg:cellRole ggv:cell-role-intervention ; gg:cellSource ?source .
  FILTER(?kind IN (ggv:finding-kind-effect, ggv:finding-kind-before-after, ggv:finding-kind-single-arm))"""
#: Pairs asked for at a time.
_AT_ONCE = 40
#: A first cohort study is no news.
_KINDS = frozenset(kind.value for kind in TermKind) - {TermKind.STUDY_DESIGN.value}


@dataclass(frozen=True)
class Before:
    """Which papers were there before: all but these, and but those that came in after a moment."""

    without: tuple[str, ...]
    #: ISO 8601; null where the papers carry no moment, as those of a build, which were there before any that does.
    moment: str | None

    def filter(self, graph: str) -> str:
        """SPARQL that keeps a graph variable to the papers that were there before."""
        graphs = ", ".join(f"<{graph_iri('paper', each)}>" for each in self.without)
        later = "" if self.moment is None else f' FILTER(?came > "{self.moment}"^^xsd:dateTime)'
        return (
            f'FILTER({graph} NOT IN ({graphs}) && STRSTARTS(STR({graph}), "{graph_iri("paper", "")}"))'
            f" FILTER NOT EXISTS {{ GRAPH {_DATASET} {{ {graph} dcterms:created ?came{later} }} }}"
        )


def find_first_seen(
    store: Queryable, papers: Collection[str], *, before: Before, vocabulary: Vocabulary
) -> Mapping[str, tuple[FirstSeen, ...]]:
    """By paper: concepts of the vocabulary that it mentions and no paper before did, sorted by kind and label.

    Raises:
        StoreError: the store did not answer.
    """
    mentioned = _pairs(store, papers, f"SELECT DISTINCT ?graph ?concept WHERE {{ {_values(papers)} GRAPH ?graph {{ {_MENTIONS} }} }}")
    known = [slug for slug in sorted({slug for _, slug in mentioned}) if slug in vocabulary and vocabulary[slug].kind in _KINDS]
    if not known:
        return {}
    concepts = " ".join(f"<{concept_iri(slug)}>" for slug in known)
    rows = _ask(
        store,
        f"SELECT ?concept WHERE {{ VALUES ?concept {{ {concepts} }} "
        f"FILTER EXISTS {{ GRAPH ?other {{ {_MENTIONS} }} {before.filter('?other')} }} }}",
    )
    seen = {_slug(row[0]) for row in rows}
    first: dict[str, list[FirstSeen]] = defaultdict(list)
    for paper, slug in mentioned:
        if slug in known and slug not in seen:
            concept = vocabulary[slug]
            first[paper].append(FirstSeen(kind=TermKind(concept.kind), label=concept.label, concept=slug))
    return {paper: tuple(sorted(found, key=lambda each: (each.kind, each.label))) for paper, found in first.items()}


def find_gaps_filled(
    store: Queryable, papers: Collection[str], *, before: Before, vocabulary: Vocabulary
) -> Mapping[str, tuple[FilledGap, ...]]:
    """By paper: pairs of a tissue source and an outcome that it studies and no paper before did, sorted.

    Raises:
        StoreError: the store did not answer.
    """
    rows = _ask(store, f"SELECT DISTINCT ?graph ?source ?outcome WHERE {{ {_values(papers)} GRAPH ?graph {{ {_STUDIED} }} }}")
    studied = [
        (graph, _slug(source), _slug(outcome))
        for graph, source, outcome in rows
        if {_slug(source), _slug(outcome)} <= vocabulary.concepts.keys()
    ]
    pairs = sorted({(source, outcome) for _, source, outcome in studied})
    if not pairs:
        return {}
    known = _studied_before(store, pairs, before)
    filled: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for graph, source, outcome in studied:
        if (source, outcome) not in known:
            filled[_paper_of(graph, papers)].add((vocabulary[source].label, vocabulary[outcome].label))
    return {paper: tuple(FilledGap(source=source, outcome=outcome) for source, outcome in sorted(found)) for paper, found in filled.items()}


def _studied_before(store: Queryable, pairs: Sequence[tuple[str, str]], before: Before) -> set[tuple[str, str]]:
    """The pairs that some paper studied before.

    Each is asked for by itself and no further than the first paper: with the pairs as VALUES an engine reads all findings for each.
    """
    known: set[tuple[str, str]] = set()
    for start in range(0, len(pairs), _AT_ONCE):
        parts = " UNION ".join(_first_study(*pair, before) for pair in pairs[start : start + _AT_ONCE])
        known.update((_slug(source), _slug(outcome)) for source, outcome in _ask(store, f"SELECT ?source ?outcome WHERE {{ {parts} }}"))
    return known


def _first_study(source: str, outcome: str, before: Before) -> str:
    names = f"<{concept_iri(source)}>", f"<{concept_iri(outcome)}>"
    studied = _STUDIED.replace("?source", names[0]).replace("?outcome", names[1])
    pattern = f"GRAPH ?other {{ {studied} }} {before.filter('?other')}"
    return f"{{ SELECT ({names[0]} AS ?source) ({names[1]} AS ?outcome) WHERE {{ {pattern} }} LIMIT 1 }}"


def _values(papers: Iterable[str]) -> str:
    graphs = " ".join(f"<{graph_iri('paper', each)}>" for each in sorted(papers))
    return f"VALUES ?graph {{ {graphs} }}"


def _pairs(store: Queryable, papers: Collection[str], sparql: str) -> list[tuple[str, str]]:
    """Paper id and slug of each row."""
    return [(_paper_of(graph, papers), _slug(concept)) for graph, concept in _ask(store, sparql)]


def _ask(store: Queryable, sparql: str) -> list[tuple[str, ...]]:
    return [tuple(str(cell) for cell in row) for row in ask(store, _PREFIXES + sparql, location="changes").rows]


def _paper_of(graph: str, papers: Collection[str]) -> str:
    return next(each for each in papers if graph_iri("paper", each) == graph)


def _slug(iri: str) -> str:
    return iri.removeprefix(GGV)
