"""The graph -> ``Claim``: each finding with the context that comparing, drawing and pooling need.

One query for what a finding has once, and one for each thing it may have several of, joined here: a single query would multiply.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kg.model import (
    Caution,
    Claim,
    Design,
    Direction,
    Effect,
    FindingKind,
    Intent,
    Measure,
    PValue,
    Significance,
    TermKind,
    TextKind,
    Value,
    Values,
    Verdict,
)
from kg.namespaces import GG, PREFIXES, concept_iri, data_iri, graph_iri
from kg.queries.cautions import read_cautions
from kg.queries.nodes import decimal_of, label_of, member_of, number_of, required_member, slug_of, text_of, whole_of
from kg.queries.run import Cell, Queryable, ask
from kg.rdf import favours
from kg.rdf.flags import Side
from kg.vocabulary import Vocabulary

_Row = dict[str, Cell]
#: Slugs by finding or study IRI.
_Slugs = Mapping[str, tuple[str, ...]]

_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("gg", "ggv", "oa", "dcterms", "rdfs"))
_FINDINGS = """SELECT * WHERE {
  GRAPH ?graph {
    ?finding a gg:Finding ; gg:paper ?publication ; gg:study ?study ; gg:outcome ?outcome ; gg:outcomeLabel ?outcome_name ;
      gg:direction ?direction ; gg:significance ?significance ; gg:findingKind ?kind ; gg:confidence ?confidence .
    ?evidence oa:hasBody ?finding ; oa:hasTarget/oa:hasSelector/oa:exact ?sentence .
    ?publication dcterms:identifier ?paper ; gg:hasText/gg:textKind ?text_kind .
    OPTIONAL { ?publication dcterms:title ?title }
    OPTIONAL { ?publication gg:firstAuthor ?first_author }
    OPTIONAL { ?publication gg:year ?year }
    OPTIONAL { ?publication gg:localId ?local_id }
    OPTIONAL { ?publication gg:retraction ?retraction }
    OPTIONAL { ?study gg:design ?design }
    OPTIONAL { ?study gg:intent ?intent }
    OPTIONAL { ?study gg:participantCount ?n }
    OPTIONAL { ?finding gg:interventionLabel ?intervention }
    OPTIONAL { ?finding gg:comparatorLabel ?comparator }
    OPTIONAL { ?finding gg:population ?population }
    OPTIONAL { ?finding gg:timepoint ?timepoint }
    OPTIONAL { ?finding gg:pOperator ?p_operator ; gg:pValue ?p_value . OPTIONAL { ?finding gg:pText ?p_text } }
  }
}"""
#: What is said of arm values and effect estimates. One row per statement: in a long chain of OPTIONALs Virtuoso 7 loses values.
_NUMBERS = """SELECT ?finding ?number ?property ?cell WHERE {
  GRAPH ?graph { ?finding gg:armValue|gg:effectEstimate ?number . ?number ?property ?cell }
}"""
#: Pairs of a finding or study and a concept it names.
_GIVEN = "?of a gg:Finding ; gg:interventionConcept|(gg:intervention/gg:given) ?concept"
_CELLS = "?of gg:hasCell ?cell . ?cell gg:cellRole ggv:cell-role-intervention ; gg:cell ?concept"
_TRANSPLANTS = "?of gg:transplant ?concept"
_CONDITIONS = "?of gg:condition ?concept"
_CURATED = "SELECT ?finding ?verdict WHERE { GRAPH ?graph { ?finding a gg:Finding ; gg:curation ?verdict } }"
# Two questions and no OPTIONAL, which pyoxigraph answers for the whole store before it looks at the graphs that are wanted.
_SPECIES = "SELECT ?of ?concept WHERE { GRAPH ?graph { ?of gg:species ?concept } }"
_SPECIES_LABELS = "SELECT ?concept ?phrase WHERE { GRAPH ?graph { ?study gg:species ?concept . ?concept rdfs:label ?phrase } }"
_COHORTS = f"SELECT ?study ?cohort WHERE {{ AMONG GRAPH <{graph_iri('summary')}> {{ ?study <{GG['cohort']}> ?cohort }} }}"
_SIGNIFICANT = {Significance.SIGNIFICANT: True, Significance.NOT_SIGNIFICANT: False, Significance.NOT_STATED: None}


@dataclass(frozen=True)
class _Context:
    """What findings and studies have several of."""

    given: _Slugs
    cells: _Slugs
    transplants: _Slugs
    conditions: _Slugs
    #: Labels by study.
    species: Mapping[str, str]
    numbers: Mapping[str, Sequence[_Row]]
    #: Verdicts of curators by finding.
    curated: Mapping[str, Cell]
    #: By paper IRI.
    cautions: Mapping[str, Caution]
    #: By study.
    cohorts: Mapping[str, str]


def read_claims(
    store: Queryable,
    *,
    vocabulary: Vocabulary,
    papers: Collection[str] | None = None,
    outcomes: Collection[str] | None = None,
    min_confidence: float = 0.0,
) -> tuple[Claim, ...]:
    """Claims of the papers with these ids (of all) on these outcomes (on all; slugs), sorted by finding.

    An outcome that the vocabulary lacks is named by its IRI after the base: ``unmapped/outcome/…``.

    Raises:
        StoreError: the store did not answer.
    """
    asked = _Asked(store, papers, outcomes)
    context = _read_context(asked, vocabulary)
    rows = (row for row in asked.rows(_FINDINGS, of="finding") if number_of(row["confidence"]) >= min_confidence)
    return tuple(sorted((_claim(row, context, vocabulary) for row in rows), key=lambda each: each.finding))


@dataclass(frozen=True)
class _Asked:
    """A store, and which papers to ask it about."""

    store: Queryable
    papers: Collection[str] | None
    outcomes: Collection[str] | None

    def rows(self, sparql: str, *, of: str | None = None) -> list[_Row]:
        """Answers from the graphs of these papers; ``of`` is the variable that holds findings, where only those on the outcomes count."""
        if of is not None and self.outcomes is not None:
            outcomes = " ".join(f"<{concept_iri(each)}>" for each in sorted(self.outcomes))
            sparql = sparql.replace("GRAPH ?graph {", f"GRAPH ?graph {{ VALUES ?outcome {{ {outcomes} }} ?{of} gg:outcome ?outcome .", 1)
        if self.papers is not None:
            graphs = " ".join(f"<{graph_iri('paper', each)}>" for each in sorted(self.papers))
            sparql = sparql.replace("WHERE {", f"WHERE {{ VALUES ?graph {{ {graphs} }}", 1)
        return list(ask(self.store, _PREFIXES + sparql, location="claims").records())

    def slugs(self, pattern: str, *, of: str | None = None) -> _Slugs:
        """Slugs by what names them, sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows(f"SELECT ?of ?concept WHERE {{ GRAPH ?graph {{ {pattern} }} }}", of=of):
            found[str(row["of"])].add(slug_of(row["concept"]))
        return {of: tuple(sorted(slugs)) for of, slugs in found.items()}


def _read_context(asked: _Asked, vocabulary: Vocabulary) -> _Context:
    numbers: dict[str, dict[str, _Row]] = defaultdict(lambda: defaultdict(dict))
    for row in asked.rows(_NUMBERS, of="finding"):
        name = str(row["property"]).removeprefix(PREFIXES["gg"])
        numbers[str(row["finding"])][str(row["number"])][name] = row["cell"]
    phrases = {str(row["concept"]): row["phrase"] for row in asked.rows(_SPECIES_LABELS)}
    species = ((str(row["of"]), row["concept"]) for row in asked.rows(_SPECIES))
    return _Context(
        given=asked.slugs(_GIVEN, of="of"),
        cells=asked.slugs(_CELLS),
        transplants=asked.slugs(_TRANSPLANTS),
        conditions=asked.slugs(_CONDITIONS),
        species={study: label_of(concept, phrases.get(str(concept)), vocabulary).lower() for study, concept in species},
        numbers={finding: tuple(facts.values()) for finding, facts in numbers.items()},
        curated={str(row["finding"]): row["verdict"] for row in asked.rows(_CURATED)},
        cautions=read_cautions(asked.store, papers=asked.papers),
        cohorts=_read_cohorts(asked),
    )


def _read_cohorts(asked: _Asked) -> dict[str, str]:
    nodes = [f"<{data_iri('study', each)}>" for each in sorted(asked.papers or ())]
    studies = "" if asked.papers is None else f"VALUES ?study {{ {' '.join(nodes)} }}"
    rows = ask(asked.store, _COHORTS.replace("AMONG", studies, 1), location="cohorts").records()
    return {str(row["study"]): str(row["cohort"]) for row in rows}


def _claim(row: _Row, context: _Context, vocabulary: Vocabulary) -> Claim:
    finding, study, outcome = str(row["finding"]), str(row["study"]), slug_of(row["outcome"])
    direction = required_member(Direction, row["direction"], "direction")
    given = context.given.get(finding, ())
    cells = tuple(each for each in given if _is_cell(each, vocabulary)) or context.cells.get(study, ())
    # Papers that are not in a store yet have no summary.
    caution = Caution.RETRACTED if row["retraction"] is not None else context.cautions.get(str(row["publication"]))
    desirable = vocabulary[outcome].desirable if outcome in vocabulary else None
    return Claim(
        finding=finding,
        paper=str(row["paper"]),
        local_id=text_of(row["local_id"]),
        title=text_of(row["title"]),
        first_author=text_of(row["first_author"]),
        year=whole_of(row["year"]),
        text_kind=required_member(TextKind, row["text_kind"], "text_kind"),
        cohort=context.cohorts.get(study),
        is_retracted=caution is Caution.RETRACTED,
        caution=caution,
        design=member_of(Design, row["design"], "design"),
        intent=member_of(Intent, row["intent"], "intent"),
        species=context.species.get(study),
        n=whole_of(row["n"]),
        kind=required_member(FindingKind, row["kind"], "finding_kind"),
        cells=_most_specific(cells, vocabulary),
        interventions=tuple(each for each in given if not _is_cell(each, vocabulary)),
        transplants=context.transplants.get(study, ()),
        conditions=context.conditions.get(study, ()),
        outcome=outcome,
        outcome_label=label_of(row["outcome"], row["outcome_name"], vocabulary),
        direction=direction,
        significant=_SIGNIFICANT[required_member(Significance, row["significance"], "significance")],
        favours=favours(direction, desirable),
        intervention=text_of(row["intervention"]),
        comparator=text_of(row["comparator"]),
        population=text_of(row["population"]),
        p=_p(row),
        timepoint=text_of(row["timepoint"]),
        sentence=str(row["sentence"]),
        confidence=number_of(row["confidence"]),
        curation=member_of(Verdict, context.curated.get(finding), "verdict"),
        **_numbers(context.numbers.get(finding, ())),
    )


def _numbers(rows: Sequence[_Row]) -> dict[str, Values | Effect | None]:
    """Values by side, and the estimate, which has a measure and no side."""
    by_side = {member_of(Side, row.get("side"), "side"): row for row in rows}
    sides = {side.value: _value(by_side[side]) for side in Side if side in by_side}
    estimate = by_side.get(None)
    return {"values": Values(**sides), "effect": None if estimate is None else _effect(estimate)}


def _value(row: _Row) -> Value:
    return Value(
        value=decimal_of(row.get("value")),
        unit=text_of(row.get("unit")),
        count=whole_of(row.get("count")),
        total=whole_of(row.get("total")),
        ci_low=decimal_of(row.get("ciLow")),
        ci_high=decimal_of(row.get("ciHigh")),
        text=str(row["printed"]),
    )


def _effect(row: _Row) -> Effect:
    return Effect(
        measure=required_member(Measure, row.get("measure"), "measure"),
        value=number_of(row.get("value")),
        ci_low=decimal_of(row.get("ciLow")),
        ci_high=decimal_of(row.get("ciHigh")),
        text=text_of(row.get("printed")),
    )


def _p(row: _Row) -> PValue | None:
    if row["p_value"] is None:
        return None
    return PValue(operator=str(row["p_operator"]), value=number_of(row["p_value"]), text=text_of(row["p_text"]))


def _is_cell(slug: str, vocabulary: Vocabulary) -> bool:
    return slug in vocabulary and vocabulary[slug].kind == TermKind.CELL_TYPE


def _most_specific(slugs: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Without those that stand above another; cells that the vocabulary lacks are left out."""
    known = [each for each in slugs if each in vocabulary]
    above = {higher for each in known for higher in vocabulary.ancestors(each)}
    return tuple(each for each in known if each not in above)
