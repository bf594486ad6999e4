"""Findings out of a store: which papers it has in which state, and the findings of some of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from textwrap import shorten

from kg.model import WITHDRAWN, Caution, Design, Direction, FindingKind, Intent, Significance, TermKind
from kg.namespaces import BASE, GG, GGV, PREFIXES, graph_iri, sha256_hex
from kg.network import Level
from kg.queries import Cell, Queryable, ask, read_cautions
from kg.queries.nodes import label_of, member_of, required_member, slug_of, text_of, whole_of
from kg.vocabulary import Vocabulary
from kg.web.facets import Facet, size_range, years_around
from kg.web.findings import FindingRow, Kind, StudyRow
from kg.wording import surname


@dataclass(frozen=True)
class PaperState:
    """What the store as a whole says of a paper."""

    #: Changes when anything that is shown of the paper does.
    word: str
    cohort: str | None
    caution: Caution | None


#: By the graph of the paper.
States = Mapping[str, PaperState]
#: Studies with their findings, sorted by IRI.
Studies = list[tuple[StudyRow, tuple[FindingRow, ...]]]
_Row = Mapping[str, Cell]

_GRAPHS = graph_iri("paper") + "/"
_CURATION = graph_iri("curation") + "/"
_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("gg", "dcterms", "rdfs"))
_HASHES = f"SELECT ?graph ?hash WHERE {{ GRAPH <{graph_iri('dataset')}> {{ ?graph gg:graphHash ?hash }} }}"
_COHORTS = f"SELECT ?study ?cohort WHERE {{ GRAPH <{graph_iri('summary')}> {{ ?study <{GG['cohort']}> ?cohort }} }}"
# No OPTIONAL: the engine would answer it for the whole store before it looks at the graphs that are wanted.
_PAPERS = """SELECT ?graph ?of ?property ?value WHERE { AMONG GRAPH ?graph { ?of a gg:Paper ; ?property ?value
  FILTER(?property IN (dcterms:identifier, dcterms:title, gg:firstAuthor, gg:year, gg:retraction, gg:hasStudy)) } }"""
_STUDIES = """SELECT ?graph ?of ?property ?value WHERE { AMONG GRAPH ?graph { ?of a gg:Study ; ?property ?value
  FILTER(?property IN (gg:design, gg:intent, gg:participantCount, gg:species)) } }"""
_SPECIES = "SELECT ?of ?concept WHERE { AMONG GRAPH ?graph { ?study gg:species ?of . ?of rdfs:label ?concept } }"
_FINDINGS = """SELECT ?graph ?finding ?outcome ?direction ?significance ?kind WHERE { AMONG GRAPH ?graph { ?finding a gg:Finding ;
  gg:outcome ?outcome ; gg:direction ?direction ; gg:significance ?significance ; gg:findingKind ?kind } }"""
_PHRASES = """SELECT ?graph ?outcome ?phrase WHERE { AMONG GRAPH ?graph {
  ?outcome gg:unmappedLabel ?unmapped . ?finding gg:outcome ?outcome ; gg:outcomeLabel ?phrase } }"""
_GIVEN = """SELECT ?of ?concept WHERE { AMONG GRAPH ?graph {
  ?of a gg:Finding ; gg:interventionConcept|(gg:intervention/gg:given) ?concept } }"""
_OF_STUDY = "SELECT ?of ?concept WHERE { AMONG GRAPH ?graph { ?of gg:PROPERTY ?concept } }"
_CELLS = f"""SELECT ?of ?concept WHERE {{ AMONG GRAPH ?graph {{
  ?of gg:hasCell ?cell . ?cell gg:cellRole <{GGV}cell-role-intervention> ; gg:cell ?concept }} }}"""
_PRECLINICAL = frozenset({Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL})
_LONGEST_NAME = 44
#: Papers asked for at a time; where more are wanted, asking for all is quicker.
_AT_ONCE, _MANY = 200, 2000


def read_states(store: Queryable) -> States:
    """The state of each paper of a store.

    Raises:
        StoreError: the store did not answer.
    """
    cohorts, cautions = _read_cohorts(store), read_cautions(store)
    hashes = {str(row["graph"]): str(row["hash"]) for row in _rows(store, _HASHES)}
    found = {}
    for graph, own in hashes.items():
        if graph.startswith(_GRAPHS):
            name = graph.removeprefix(_GRAPHS)
            cohort, caution = cohorts.get(f"{BASE}study/{name}"), cautions.get(f"{BASE}paper/{name}")
            word = sha256_hex(repr((own, hashes.get(_CURATION + name), cohort, caution)))[:16]
            found[graph] = PaperState(word, cohort, caution)
    return found


def read_studies(store: Queryable, vocabulary: Vocabulary, states: States) -> Studies:
    """The papers of these graphs with all that is counted of them.

    Raises:
        StoreError: the store did not answer.
    """
    graphs = sorted(states)
    if len(graphs) > _MANY:
        return _read(store, vocabulary, "", states)
    groups = (" ".join(f"<{each}>" for each in graphs[at : at + _AT_ONCE]) for at in range(0, len(graphs), _AT_ONCE))
    return [each for group in groups for each in _read(store, vocabulary, f"VALUES ?graph {{ {group} }}", states)]


def _read(store: Queryable, vocabulary: Vocabulary, among: str, states: States) -> Studies:
    """Studies among some graphs, or of all, whose state is known."""

    def rows(sparql: str) -> Iterator[_Row]:
        return _rows(store, sparql.replace("AMONG", among, 1))

    studies = _read_studies(rows, vocabulary, states)
    given = _pairs(rows(_GIVEN))
    findings: dict[str, list[FindingRow]] = defaultdict(list)
    for row in rows(_FINDINGS):
        study = studies.get(str(row["graph"]))
        if study is not None:
            findings[str(row["graph"])].append(_finding(row, study, given.get(str(row["finding"]), ()), vocabulary))
    return [(study, tuple(sorted(findings[graph], key=lambda each: each.iri))) for graph, study in studies.items()]


def _read_cohorts(store: Queryable) -> Mapping[str, str]:
    return {str(row["study"]): str(row["cohort"]) for row in _rows(store, _COHORTS)}


def _rows(store: Queryable, sparql: str) -> Iterator[_Row]:
    return ask(store, _PREFIXES + sparql, location="findings").records()


def _pairs(rows: Iterable[_Row]) -> Mapping[str, tuple[str, ...]]:
    """Slugs by what names them, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[str(row["of"])].add(intern(slug_of(row["concept"])))
    return {of: tuple(sorted(slugs)) for of, slugs in found.items()}


def _read_studies(rows: Callable[[str], Iterator[_Row]], vocabulary: Vocabulary, states: States) -> dict[str, StudyRow]:
    """By graph."""
    several = {name: _pairs(rows(_OF_STUDY.replace("PROPERTY", name))) for name in ("transplant", "condition")}
    several["cell"] = _pairs(rows(_CELLS))
    labels = {str(row["of"]): row["concept"] for row in rows(_SPECIES)}
    facts, papers = _facts(rows(_STUDIES)), _facts(rows(_PAPERS))
    phrases: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(_PHRASES):
        node, phrase = f"{Kind.OUTCOME}:{slug_of(row['outcome'])}", label_of(row["outcome"], row["phrase"], vocabulary)
        of_paper = phrases[str(row["graph"])]
        of_paper[node] = min(phrase, of_paper.get(node, phrase))
    found = {}
    for iri, (graph, paper) in papers.items():
        if graph in states:
            study = str(paper.get(GG["hasStudy"]))
            own = facts.get(study, ("", {}))[1]
            species = own.get(GG["species"])
            kind = None if species is None else label_of(species, labels.get(str(species)), vocabulary).lower()
            known = _Known({name: pairs.get(study, ()) for name, pairs in several.items()}, kind, phrases[graph])
            found[graph] = _study(iri, {**own, **paper}, known, vocabulary, states[graph])
    return found


def _facts(rows: Iterable[_Row]) -> dict[str, tuple[str, dict[str, Cell]]]:
    """Of each thing its graph and one value of each property, the least where there are more."""
    found: dict[str, tuple[str, dict[str, Cell]]] = {}
    for row in rows:
        _, facts = found.setdefault(str(row["of"]), (str(row["graph"]), {}))
        name, value = str(row["property"]), row["value"]
        facts[name] = min(value, facts.get(name, value), key=str)
    return found


@dataclass(frozen=True)
class _Known:
    """What other questions than the one for studies say of one."""

    slugs: Mapping[str, tuple[str, ...]]
    species: str | None
    phrases: Mapping[str, str]


def _study(iri: str, facts: _Row, known: _Known, vocabulary: Vocabulary, state: PaperState) -> StudyRow:
    paper_id, year = str(facts[PREFIXES["dcterms"] + "identifier"]), whole_of(facts.get(GG["year"]))
    author, title = text_of(facts.get(GG["firstAuthor"])), text_of(facts.get(PREFIXES["dcterms"] + "title")) or ""
    name = surname(author) if author else shorten(title or paper_id, _LONGEST_NAME, placeholder="…")
    design, intent = member_of(Design, facts.get(GG["design"]), "design"), member_of(Intent, facts.get(GG["intent"]), "intent")
    is_preclinical = design in _PRECLINICAL or known.species not in {None, "human"}
    cells = _most_specific(known.slugs["cell"], vocabulary)
    conditions, transplants = known.slugs["condition"], known.slugs["transplant"]
    sources = {source for each in known.slugs["cell"] if each in vocabulary and (source := vocabulary[each].tissue_source) is not None}
    facets = {
        Facet.SOURCE: tuple(sorted(sources)),
        Facet.TRANSPLANT: transplants,
        Facet.CONDITION: conditions,
        Facet.INTENT: () if intent is None else (intent.value,),
        Facet.DESIGN: () if design is None else (design.value,),
        Facet.SPECIES: () if known.species is None else (known.species,),
        Facet.YEARS: years_around(year),
        Facet.N: size_range(whole_of(facts.get(GG["participantCount"]))),
    }
    return StudyRow(
        paper=paper_id,
        state=state.word,
        label=f"{name} {year}" if year is not None else name,
        title=title,
        year=year,
        counts_as=state.cohort or iri,
        level=Level.PRECLINICAL if is_preclinical else Level.CLINICAL,
        is_withdrawn=GG["retraction"] in facts or state.caution in WITHDRAWN,
        cells=_nodes(Kind.CELL, cells),
        settings=(*_nodes(Kind.CONDITION, conditions), *_nodes(Kind.TRANSPLANT, transplants)),
        facets=facets,
        phrases=known.phrases,
    )


def _nodes(kind: Kind, slugs: Iterable[str]) -> tuple[str, ...]:
    return tuple(intern(f"{kind}:{each}") for each in slugs)


def _finding(row: _Row, study: StudyRow, given: Sequence[str], vocabulary: Vocabulary) -> FindingRow:
    slug = slug_of(row["outcome"])
    cells = _most_specific([each for each in given if _is(each, TermKind.CELL_TYPE, vocabulary)], vocabulary)
    drugs = [each for each in given if _is(each, TermKind.DRUG, vocabulary)]
    return FindingRow(
        iri=str(row["finding"]),
        outcome=intern(f"{Kind.OUTCOME}:{slug}"),
        given=(*(_nodes(Kind.CELL, cells) or study.cells), *_nodes(Kind.DRUG, drugs)),
        direction=required_member(Direction, row["direction"], "direction"),
        significance=required_member(Significance, row["significance"], "significance"),
        group=_group(slug, vocabulary),
        # Findings about who responds say nothing of what the cell does.
        is_effect=required_member(FindingKind, row["kind"], "finding_kind") is not FindingKind.SUBGROUP,
    )


def _is(slug: str, kind: TermKind, vocabulary: Vocabulary) -> bool:
    return slug in vocabulary and vocabulary[slug].kind == kind


def _group(slug: str, vocabulary: Vocabulary) -> str:
    """The topmost outcome above."""
    return (slug, *vocabulary.ancestors(slug))[-1] if slug in vocabulary else "not in the vocabulary"


def _most_specific(slugs: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Without those that stand above another; what the vocabulary lacks is left out."""
    known = [each for each in slugs if each in vocabulary]
    above = {higher for each in known for higher in vocabulary.ancestors(each)}
    return tuple(each for each in known if each not in above)
