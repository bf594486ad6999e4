"""The files in ``ontologies/`` are code: they are tested like code."""

import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
import rdflib

from kg import model
from kg.bundled import ontologies_folder
from kg.mappings import curie_pairs, repairs
from kg.model import TermKind
from kg.namespaces import CLASSES, GG, GGV, PREFIXES, PROPERTIES, concept_iri, curie, notation_iri, scheme_iri
from kg.rdf import flags
from kg.schemes import NO_SCHEMES, read_official_labels
from kg.turtle import FREE_LAYOUT, read_turtle
from kg.vocabulary import Concept, Vocabulary, fold, load_vocabulary

FOLDER = ontologies_folder()
FILES = sorted(FOLDER.glob("*.ttl"))
VOCABULARY = load_vocabulary(FOLDER)
SCHEMES = [path for path in FILES if path.name not in NO_SCHEMES]
OPEN_KINDS = (*(kind.value for kind in TermKind), "statistic")
OPEN_CONCEPTS = [concept for kind in OPEN_KINDS for concept in VOCABULARY.of_kind(kind)]
SKOS, RDFS, OWL = PREFIXES["skos"], PREFIXES["rdfs"], PREFIXES["owl"]


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def enums() -> dict[str, type[StrEnum]]:
    found = [value for module in (model, flags) for value in vars(module).values() if isinstance(value, type)]
    return {snake(each.__name__): each for each in found if issubclass(each, StrEnum) and each is not StrEnum}


ENUMS = enums()


def values(file: str, subject: str, predicate: str) -> list[str]:
    return [o.value for s, p, o in read_turtle(FOLDER / file) if s.value == subject and p.value == predicate]


# ---------------------------------------------------------------- files


def test_every_file_is_canonical_and_every_table_up_to_date() -> None:
    wrong = sorted(path.name for path in repairs(FOLDER))
    assert not wrong, f"{', '.join(wrong)}: run `kg vocabulary format`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rdflib_reads_the_same_triples(path: Path) -> None:
    graph = rdflib.Graph().parse(path, format="turtle")
    if path.name in FREE_LAYOUT:
        assert len(graph) > 50
    else:
        assert len(graph) == len(read_turtle(path))


def test_there_are_schemes_and_concepts_to_test() -> None:
    assert len(SCHEMES) >= len(OPEN_KINDS) + len(ENUMS)
    assert len(OPEN_CONCEPTS) > 900
    assert len(ENUMS) >= 20


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_scheme_has_name_definition_creator_and_licence(path: Path) -> None:
    schemes = [s.value for s, _, o in read_turtle(path) if o.value == SKOS + "ConceptScheme"]
    assert len(schemes) == 1
    notation = values(path.name, schemes[0], SKOS + "notation")[0]
    assert schemes[0] == scheme_iri(notation)
    assert len(values(path.name, schemes[0], SKOS + "definition")[0]) > 10
    assert values(path.name, schemes[0], PREFIXES["dcterms"] + "creator") == ["GraftGraph"]
    assert values(path.name, schemes[0], PREFIXES["dcterms"] + "license") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_no_code_of_a_closed_terminology_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    assert re.search(r"snomed|meddra|sctid", text.replace((FOLDER / "LICENSE").read_text(encoding="utf-8"), ""), re.IGNORECASE) is None


# ---------------------------------------------------------------- closed sets


@pytest.mark.parametrize("kind", sorted(ENUMS))
def test_closed_set_and_scheme_hold_the_same_values(kind: str) -> None:
    assert {concept.notation for concept in VOCABULARY.of_kind(kind)} == {each.value for each in ENUMS[kind]}


@pytest.mark.parametrize("kind", sorted(ENUMS))
def test_closed_value_is_named_by_its_scheme_and_notation(kind: str) -> None:
    concepts = list(VOCABULARY.of_kind(kind))
    assert concepts
    assert {concept_iri(each.slug) for each in concepts} == {notation_iri(each.notation, kind) for each in concepts}


def test_every_other_scheme_is_open() -> None:
    assert set(VOCABULARY.kinds()) - set(ENUMS) == set(OPEN_KINDS)


# ---------------------------------------------------------------- concepts


def test_slug_is_a_short_name_and_the_notation_of_an_open_concept() -> None:
    assert [each.slug for each in VOCABULARY.concepts.values() if re.fullmatch(r"[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*", each.slug) is None] == []
    assert [each.slug for each in OPEN_CONCEPTS if each.notation != each.slug] == []


def test_every_concept_has_a_definition_that_is_a_sentence() -> None:
    wrong = [each.slug for each in VOCABULARY.concepts.values() if re.fullmatch(r"[A-Z0-9].*\w.*\.", each.definition) is None]
    assert wrong == []


def test_definition_is_no_repetition_of_the_label() -> None:
    assert [each.slug for each in OPEN_CONCEPTS if fold(each.definition.rstrip(".")) == fold(each.label)] == []


def test_every_open_concept_names_its_source() -> None:
    source = PREFIXES["dcterms"] + "source"
    named = {s.value: o.value for path in SCHEMES for s, p, o in read_turtle(path) if p.value == source}
    assert [each.slug for each in OPEN_CONCEPTS if concept_iri(each.slug) not in named] == []
    known = {PREFIXES["gg"].removesuffix("ontology/"), *read_official_labels(FOLDER / "official-terms.ttl")}
    assert set(named.values()) <= known


@pytest.mark.parametrize("kind", VOCABULARY.kinds())
def test_labels_differ_within_a_scheme(kind: str) -> None:
    labels = [fold(each.label) for each in VOCABULARY.of_kind(kind)]
    assert len(labels) == len(set(labels))


def names_of_two(vocabulary: Vocabulary, concepts: list[Concept]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for concept in concepts:
        for phrase in concept.phrases:
            owners.setdefault(fold(phrase), set()).add(concept.slug)
    listed = {fold(form) for form in vocabulary.ambiguous}
    return {name: slugs for name, slugs in owners.items() if len(slugs) > 1 and name not in listed}


def test_a_name_of_two_concepts_is_listed_as_ambiguous() -> None:
    assert names_of_two(VOCABULARY, OPEN_CONCEPTS) == {}


def test_a_name_of_two_concepts_would_be_noticed() -> None:
    pair = [Concept(slug=slug, kind="drug", label=slug, synonyms=("X-1",)) for slug in ("a", "b")]
    assert names_of_two(VOCABULARY, pair) == {"x 1": {"a", "b"}}


def test_no_name_stands_twice_in_one_concept() -> None:
    twice = [each.slug for each in OPEN_CONCEPTS if len(set(each.phrases)) < len(each.phrases)]
    assert twice == []


def test_names_hold_no_stray_blanks_and_no_bracketed_short_form() -> None:
    odd = re.compile(r"^\s|\s$|\s\s|\s\([A-Za-z0-9]+\)$")
    assert [(each.slug, name) for each in OPEN_CONCEPTS for name in each.phrases if odd.search(name)] == []


def test_broader_stays_in_the_scheme() -> None:
    assert [each.slug for each in VOCABULARY.concepts.values() for up in each.broader if VOCABULARY[up].kind != each.kind] == []


def test_every_outcome_condition_and_biomarker_has_a_desirable_direction() -> None:
    kinds = ("outcome", "condition", "biomarker")
    assert [each.slug for kind in kinds for each in VOCABULARY.of_kind(kind) if each.desirable is None] == []


def test_nothing_else_has_a_desirable_direction() -> None:
    kinds = {"outcome", "condition", "biomarker"}
    assert [each.slug for each in VOCABULARY.concepts.values() if each.desirable is not None and each.kind not in kinds] == []


def test_complement_is_mutual_and_of_opposite_desire() -> None:
    pairs = [(each, VOCABULARY[each.complement]) for each in OPEN_CONCEPTS if each.complement is not None]
    assert len(pairs) >= 6
    for one, other in pairs:
        assert other.complement == one.slug
        assert {one.desirable, other.desirable} == {model.Desirable.LOWER, model.Desirable.HIGHER}


def test_outcomes_measure_conditions_or_death() -> None:
    measured = {each.slug: VOCABULARY[each.measures] for each in OPEN_CONCEPTS if each.measures is not None}
    assert measured["incidence-of-acute-gvhd"].slug == "acute-graft-versus-host-disease"
    assert {each.kind for each in measured.values() if each.slug != "death"} == {"condition"}
    assert {VOCABULARY[slug].kind for slug in measured} == {"outcome"}


def test_every_cell_named_by_its_source_has_that_source() -> None:
    sourced = [each for each in VOCABULARY.of_kind("cell_type") if each.label.endswith("-derived mesenchymal stromal cell")]
    assert len(sourced) >= 10
    for cell in sourced:
        assert cell.tissue_source is not None
        assert VOCABULARY[cell.tissue_source].kind == "tissue_source"


@pytest.mark.parametrize(
    "label",
    [
        "incidence of acute GVHD", "incidence of chronic GVHD", "cumulative incidence of relapse", "infection incidence", "mortality",
        "overall survival", "day-28 overall response", "best overall response", "time to neutrophil engraftment",
        "time to platelet engraftment", "grade II-IV acute graft-versus-host disease", "cytomegalovirus infection",
        "GVHD-free, relapse-free survival", "failure-free survival", "Lee Symptom Scale score", "time to response", "Th1/Th2 ratio",
        "regulatory T cell count", "memory B cell count", "natural killer cell count", "survival time", "treatment outcome", "safety",
        "death", "complete response", "partial response", "non-relapse mortality", "chimerism", "immune reconstitution",
        "infused cell dose", "extensive chronic graft-versus-host disease", "moderate-to-severe chronic graft-versus-host disease",
    ],
)  # fmt: skip
def test_outcome_that_studies_of_the_field_report_has_a_concept(label: str) -> None:
    found = VOCABULARY.find(label)
    assert found is not None
    assert found.label == label


# ---------------------------------------------------------------- official terms


def mapped_iris() -> set[str]:
    links = {SKOS + f"{relation}Match" for relation in ("exact", "close", "broad", "narrow", "related")} | {RDFS + "subClassOf"}
    files = [path for path in FILES if path.name not in {*FREE_LAYOUT, "official-terms.ttl"}]
    targets = {o.value for path in files for _, p, o in read_turtle(path) if p.value in links}
    return {iri for iri in targets if not iri.startswith(PREFIXES["gg"])}


def test_every_official_term_is_listed_once_and_used() -> None:
    assert mapped_iris() == set(read_official_labels(FOLDER / "official-terms.ttl"))


def test_every_official_term_has_a_curie() -> None:
    assert [iri for iri in mapped_iris() if curie(iri) is None] == []


def test_official_terms_are_right(reference: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text(curie_pairs(read_official_labels(FOLDER / "official-terms.ttl")), encoding="utf-8")
    check = [sys.executable, str(reference / "ontology" / "check_curies.py"), "--pairs", str(pairs)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"1\d\d\d pairs checked, 0 wrong", done.stdout)


# ---------------------------------------------------------------- our own ontology


def declared(*types: str) -> set[str]:
    return {s.value for s, _, o in read_turtle(FOLDER / "graftgraph.ttl") if o.value in {OWL + name for name in types}}


def test_classes_in_code_and_ontology_are_the_same() -> None:
    assert declared("Class") == {GG[name] for name in CLASSES}


def test_properties_in_code_and_ontology_are_the_same() -> None:
    assert declared("ObjectProperty", "DatatypeProperty") == {GG[name] for name in PROPERTIES}


@pytest.mark.parametrize("name", sorted(CLASSES | PROPERTIES))
def test_term_is_labelled_and_explained(name: str) -> None:
    assert len(values("graftgraph.ttl", GG[name], RDFS + "label")) == 1
    assert re.fullmatch(r"[A-Z].*[^.]\.", values("graftgraph.ttl", GG[name], RDFS + "comment")[0])


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_property_says_where_it_stands_and_what_it_takes(name: str) -> None:
    domains = values("graftgraph.ttl", GG[name], RDFS + "domain") + values(
        "graftgraph.ttl", GG[name], PREFIXES["schema"] + "domainIncludes"
    )
    ranges = values("graftgraph.ttl", GG[name], RDFS + "range")
    assert domains
    assert {iri.removeprefix(PREFIXES["gg"]) for iri in domains} <= CLASSES
    assert len(ranges) == 1
    is_literal = GG[name] in declared("DatatypeProperty")
    assert ranges[0].startswith(PREFIXES["xsd"]) is is_literal


def test_ontology_header_has_version_licence_and_creator() -> None:
    ontology = PREFIXES["gg"].removesuffix("/")
    assert values("graftgraph.ttl", ontology, OWL + "versionIRI") == [
        f"{ontology}/{values('graftgraph.ttl', ontology, OWL + 'versionInfo')[0]}"
    ]
    assert values("graftgraph.ttl", ontology, PREFIXES["dcterms"] + "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert values("graftgraph.ttl", ontology, PREFIXES["dcterms"] + "creator") == ["GraftGraph"]


def test_vocabulary_concepts_stand_in_one_namespace() -> None:
    subjects = {s.value for path in SCHEMES for s, _, _ in read_turtle(path)}
    assert [iri for iri in subjects if not iri.startswith(GGV)] == []


# ---------------------------------------------------------------- licences


def test_notice_names_the_licence_of_every_source_mapped_to() -> None:
    notice = (Path(__file__).parent.parent / "NOTICE").read_text(encoding="utf-8")
    named = {line.split()[0] for line in notice.splitlines() if re.match(r"\w+ .*(CC|licence|License|Apache|free use|public domain)", line)}
    used = {str(curie(iri)).split(":")[0] for iri in mapped_iris()}
    assert used - named == set()


def test_data_and_software_licences_are_there() -> None:
    assert "CC BY 4.0" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in (Path(__file__).parent.parent / "LICENSE").read_text(encoding="utf-8")
