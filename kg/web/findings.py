"""The findings of a store with what exploring asks of them, read once for each state of the store and held in memory.

The neighbourhood of a much studied outcome rests on thousands of findings, each with a dozen facets to count: asked of the store by SPARQL
at every click that takes seconds, counted here some milliseconds. Sentences and numbers stay in the store.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from sys import intern
from textwrap import shorten

from kg.model import WITHDRAWN, Design, Direction, FindingKind, Intent, Significance, TermKind
from kg.namespaces import GG, GGV, PREFIXES, graph_iri
from kg.network import Level
from kg.queries import Cell, Queryable, ask, read_cautions
from kg.queries.nodes import label_of, member_of, number_of, required_member, slug_of, text_of, whole_of
from kg.vocabulary import Vocabulary
from kg.web.facets import Facet, Facets, size_range, years_around
from kg.web.snapshot import Snapshot
from kg.wording import surname


class Kind(StrEnum):
    """What a node stands for, in columns from left to right."""

    CONDITION = "condition"
    TRANSPLANT = "transplant"
    CELL = "cell"
    DRUG = "drug"
    OUTCOME = "outcome"
    PAPER = "paper"


_Row = Mapping[str, Cell]

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("gg", "dcterms", "rdfs"))
_STUDIES = """SELECT * WHERE { GRAPH ?graph { ?paper a gg:Paper ; dcterms:identifier ?id .
  OPTIONAL { ?paper dcterms:title ?title } OPTIONAL { ?paper gg:firstAuthor ?author } OPTIONAL { ?paper gg:year ?year }
  OPTIONAL { ?paper gg:retraction ?retraction } OPTIONAL { ?paper gg:hasStudy ?study .
    OPTIONAL { ?study gg:design ?design } OPTIONAL { ?study gg:intent ?intent } OPTIONAL { ?study gg:participantCount ?n } } } }"""
_FINDINGS = """SELECT * WHERE { GRAPH ?graph { ?finding a gg:Finding ; gg:paper ?paper ; gg:outcome ?outcome ; gg:outcomeLabel ?phrase ;
  gg:direction ?direction ; gg:significance ?significance ; gg:findingKind ?kind ; gg:confidence ?confidence } }"""
_GIVEN = "SELECT ?of ?concept WHERE { GRAPH ?graph { ?of a gg:Finding ; gg:interventionConcept|(gg:intervention/gg:given) ?concept } }"
_OF_STUDY = "SELECT ?of ?concept WHERE { GRAPH ?graph { ?of gg:PROPERTY ?concept } }"
_CELLS = f"""SELECT ?of ?concept WHERE {{ GRAPH ?graph {{
  ?of gg:hasCell ?cell . ?cell gg:cellRole <{GGV}cell-role-intervention> ; gg:cell ?concept }} }}"""
_SPECIES = "SELECT ?of ?concept ?phrase WHERE { GRAPH ?graph { ?of gg:species ?concept OPTIONAL { ?concept rdfs:label ?phrase } } }"
_COHORTS = f"SELECT ?study ?cohort WHERE {{ GRAPH <{graph_iri('summary')}> {{ ?study <{GG['cohort']}> ?cohort }} }}"
_PRECLINICAL = frozenset({Design.IN_VITRO, Design.IN_VIVO_PRECLINICAL})
_LONGEST_NAME = 44


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A paper and what its study is."""

    paper: str
    label: str
    title: str
    year: int | None
    #: What counts once: its cohort, else its IRI.
    counts_as: str
    level: Level
    is_withdrawn: bool
    #: Node ids of the cells given and of where they are given.
    cells: tuple[str, ...]
    settings: tuple[str, ...]
    #: Facets that all its findings share.
    facets: Mapping[Facet, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding as far as counting needs it."""

    iri: str
    study: StudyRow
    outcome: str
    given: tuple[str, ...]
    direction: Direction
    is_effect: bool
    confidence: float
    facets: Facets

    @property
    def paper(self) -> str:
        """The node of its paper."""
        return f"{Kind.PAPER}:{self.study.paper}"


@dataclass(frozen=True)
class FindingIndex:
    """All findings, and by node id: labels, findings, nodes tied to it."""

    findings: tuple[FindingRow, ...]
    studies: Mapping[str, StudyRow]
    labels: Mapping[str, str]
    at: Mapping[str, Sequence[FindingRow]] = field(repr=False)
    near: Mapping[str, frozenset[str]] = field(repr=False)


class Indexes:
    """The index of the newest snapshot; may be asked from many threads."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._version = ""
        self._index: FindingIndex | None = None

    def of(self, snapshot: Snapshot) -> FindingIndex:
        """The index of this snapshot, read where the store has changed.

        Raises:
            StoreError: the store did not answer.
        """
        with self._lock:
            if self._index is None or self._version != snapshot.version:
                self._index, self._version = read_index(snapshot.store, self._vocabulary), snapshot.version
            return self._index


def ties(finding: FindingRow) -> Iterator[tuple[str, str, bool]]:
    """Pairs of nodes that the finding ties, in order of the columns, and whether the tie is what it found or only where it was found."""
    yield finding.outcome, finding.paper, True
    for each in finding.given:
        yield each, finding.paper, False
    if finding.study.is_withdrawn:
        return
    for each in finding.given:
        if finding.is_effect:
            yield each, finding.outcome, True
        for setting in finding.study.settings:
            yield setting, each, False


def read_index(store: Queryable, vocabulary: Vocabulary) -> FindingIndex:
    """All findings of a store.

    Raises:
        StoreError: the store did not answer.
    """
    given, studies = _pairs(store, _GIVEN), _read_studies(store, vocabulary)
    labels = {f"{Kind.PAPER}:{study.paper}": study.label for study in studies.values()}
    findings = []
    for row in _rows(store, _FINDINGS):
        finding = _finding(row, studies[str(row["paper"])], given.get(str(row["finding"]), ()), vocabulary)
        labels.setdefault(finding.outcome, label_of(row["outcome"], row["phrase"], vocabulary))
        findings.append(finding)
    findings.sort(key=lambda each: each.iri)
    at: dict[str, list[FindingRow]] = defaultdict(list)
    near: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        ends = {end for one, other, _ in ties(finding) for end in (one, other)}
        for end in ends:
            at[end].append(finding)
        for one, other, _ in ties(finding):
            near[one].add(other)
            near[other].add(one)
    for node in at:
        labels.setdefault(node, _label(node, vocabulary))
    return FindingIndex(
        tuple(findings),
        {each.paper: each for each in studies.values()},
        labels,
        dict(at),
        {one: frozenset(all_) for one, all_ in near.items()},
    )


def _rows(store: Queryable, sparql: str) -> Iterator[_Row]:
    return ask(store, _PREFIXES + sparql, location="findings").records()


def _pairs(store: Queryable, sparql: str) -> Mapping[str, tuple[str, ...]]:
    """Slugs by what names them, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(store, sparql):
        found[str(row["of"])].add(intern(slug_of(row["concept"])))
    return {of: tuple(sorted(slugs)) for of, slugs in found.items()}


def _read_studies(store: Queryable, vocabulary: Vocabulary) -> dict[str, StudyRow]:
    """By paper IRI."""
    several = {name: _pairs(store, _OF_STUDY.replace("PROPERTY", name)) for name in ("transplant", "condition")} | {
        "cell": _pairs(store, _CELLS)
    }
    species = {str(row["of"]): label_of(row["concept"], row["phrase"], vocabulary).lower() for row in _rows(store, _SPECIES)}
    cohorts = {str(row["study"]): str(row["cohort"]) for row in ask(store, _COHORTS, location="cohorts").records()}
    cautions = read_cautions(store)
    found = {}
    for row in _rows(store, _STUDIES):
        iri, study = str(row["paper"]), str(row["study"])
        is_withdrawn = row["retraction"] is not None or cautions.get(iri) in WITHDRAWN
        known = {name: pairs.get(study, ()) for name, pairs in several.items()}
        found[iri] = _study(row, known, species.get(study), cohorts.get(study), vocabulary, is_withdrawn=is_withdrawn)
    return found


def _study(
    row: _Row, known: Mapping[str, tuple[str, ...]], species: str | None, cohort: str | None, vocabulary: Vocabulary, *, is_withdrawn: bool
) -> StudyRow:
    year, author, title = whole_of(row["year"]), text_of(row["author"]), text_of(row["title"]) or ""
    name = surname(author) if author else shorten(title or str(row["id"]), _LONGEST_NAME, placeholder="…")
    design, intent = member_of(Design, row["design"], "design"), member_of(Intent, row["intent"], "intent")
    cells = _most_specific(known["cell"], vocabulary)
    sources = {source for each in known["cell"] if each in vocabulary and (source := vocabulary[each].tissue_source) is not None}
    settings = (
        *(f"{Kind.CONDITION}:{each}" for each in known["condition"]),
        *(f"{Kind.TRANSPLANT}:{each}" for each in known["transplant"]),
    )
    return StudyRow(
        paper=str(row["id"]),
        label=f"{name} {year}" if year is not None else name,
        title=title,
        year=year,
        counts_as=cohort or str(row["paper"]),
        level=Level.PRECLINICAL if design in _PRECLINICAL or species not in {None, "human"} else Level.CLINICAL,
        is_withdrawn=is_withdrawn,
        cells=tuple(intern(f"{Kind.CELL}:{each}") for each in cells),
        settings=tuple(map(intern, settings)),
        facets={
            Facet.SOURCE: tuple(sorted(sources)),
            Facet.TRANSPLANT: known["transplant"],
            Facet.CONDITION: known["condition"],
            Facet.INTENT: () if intent is None else (intent.value,),
            Facet.DESIGN: () if design is None else (design.value,),
            Facet.SPECIES: () if species is None else (species,),
            Facet.YEARS: years_around(year),
            Facet.N: size_range(whole_of(row["n"])),
        },
    )


def _finding(row: _Row, study: StudyRow, given: Sequence[str], vocabulary: Vocabulary) -> FindingRow:
    slug = slug_of(row["outcome"])
    direction = required_member(Direction, row["direction"], "direction")
    cells = tuple(
        f"{Kind.CELL}:{each}" for each in _most_specific([each for each in given if _is(each, TermKind.CELL_TYPE, vocabulary)], vocabulary)
    )
    drugs = tuple(f"{Kind.DRUG}:{each}" for each in given if _is(each, TermKind.DRUG, vocabulary))
    own = {
        Facet.DIRECTION: (direction.value,),
        Facet.SIGNIFICANCE: (required_member(Significance, row["significance"], "significance").value,),
        Facet.GROUP: (_group(slug, vocabulary),),
    }
    return FindingRow(
        iri=str(row["finding"]),
        study=study,
        outcome=intern(f"{Kind.OUTCOME}:{slug}"),
        given=tuple(map(intern, (*(cells or study.cells), *drugs))),
        direction=direction,
        # Findings about who responds say nothing of what the cell does.
        is_effect=required_member(FindingKind, row["kind"], "finding_kind") is not FindingKind.SUBGROUP,
        confidence=number_of(row["confidence"]),
        facets=tuple(own[each] if each in own else study.facets[each] for each in Facet),
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


def _label(node: str, vocabulary: Vocabulary) -> str:
    slug = node.partition(":")[2]
    return vocabulary[slug].label if slug in vocabulary else slug.rpartition("/")[2].replace("-", " ")
