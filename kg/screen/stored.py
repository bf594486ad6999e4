"""The papers of a store as candidates for screening."""

from collections import defaultdict
from collections.abc import Mapping

from kg.model import CellRole, Fact, Origin
from kg.namespaces import PREFIXES, notation_iri
from kg.queries import Queryable, ask, read_contexts
from kg.queries.nodes import slug_of, text_of, whole_of
from kg.queries.run import Cell
from kg.rdf.flags import ArmRole
from kg.screen.candidates import StoredFacts, from_context, source_of
from kg.screen.records import Candidate
from kg.vocabulary import Vocabulary

_PREFIXES = f"PREFIX gg: <{PREFIXES['gg']}>\nPREFIX dcterms: <{PREFIXES['dcterms']}>\nPREFIX oa: <{PREFIXES['oa']}>\n"
_GIVEN_CELL, _ACTIVE = notation_iri(CellRole.INTERVENTION, "cell_role"), notation_iri(ArmRole.ACTIVE, "arm_role")
_RECORDS = """SELECT ?id ?language ?format WHERE { GRAPH ?graph {
  ?paper a gg:Paper ; dcterms:identifier ?id .
  OPTIONAL { ?paper dcterms:language ?language }
  OPTIONAL { ?paper gg:hasText/gg:sourceFormat ?format }
} }"""
#: Each on its own: a union of the three takes a store longer than three questions.
_GIVEN = (
    f"?paper gg:hasStudy/gg:hasCell ?cell . ?cell gg:cellRole <{_GIVEN_CELL}> ; gg:cell ?concept",
    f"?paper gg:hasStudy/gg:hasArm ?arm . ?arm gg:armRole <{_ACTIVE}> ; gg:given ?concept",
    "?paper gg:hasFinding/gg:interventionConcept ?concept",
)
_FACTS = """SELECT ?id ?field ?origin ?words ?start ?end WHERE { GRAPH ?graph {
  ?paper dcterms:identifier ?id ; gg:hasStudy/gg:hasFact ?fact .
  ?fact gg:field ?field ; gg:origin ?origin .
  OPTIONAL { ?fact gg:printed ?words }
  OPTIONAL { ?fact gg:span ?span . ?span oa:start ?start ; oa:end ?end }
} }"""
_ORIGINS = {notation_iri(each, "origin"): each for each in Origin}


def read_candidates(store: Queryable, *, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """All papers of a store, sorted by id.

    Raises:
        StoreError: the store did not answer.
    """
    records = {str(row["id"]): row for row in ask(store, _PREFIXES + _RECORDS, location="screening").records()}
    given, facts = _read_given(store), _read_facts(store)
    return tuple(
        from_context(context, _stored(records[context.paper], given, facts), vocabulary=vocabulary)
        for context in read_contexts(store, vocabulary=vocabulary)
    )


def _stored(record: Mapping[str, Cell], given: Mapping[str, set[str]], facts: Mapping[str, list[Fact]]) -> StoredFacts:
    paper, source_format = str(record["id"]), text_of(record["format"])
    return StoredFacts(
        source=source_of(source_format or "", "the store"),
        has_abstract=source_format is not None,
        language=text_of(record["language"]),
        given=tuple(sorted(given.get(paper, ()))),
        facts=tuple(sorted(facts.get(paper, ()), key=lambda each: (each.field, -1 if each.start is None else each.start, each.text or ""))),
    )


def _read_given(store: Queryable) -> dict[str, set[str]]:
    given: defaultdict[str, set[str]] = defaultdict(set)
    for pattern in _GIVEN:
        query = f"SELECT ?id ?concept WHERE {{ GRAPH ?graph {{ ?paper dcterms:identifier ?id . {pattern} }} }}"
        for row in ask(store, _PREFIXES + query, location="screening").records():
            given[str(row["id"])].add(slug_of(row["concept"]))
    return given


def _read_facts(store: Queryable) -> dict[str, list[Fact]]:
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for row in ask(store, _PREFIXES + _FACTS, location="screening").records():
        fact = Fact(
            field=str(row["field"]),
            origin=_ORIGINS[str(row["origin"])],
            text=text_of(row["words"]),
            start=whole_of(row["start"]),
            end=whole_of(row["end"]),
        )
        facts[str(row["id"])].append(fact)
    return facts
