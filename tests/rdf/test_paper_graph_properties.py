"""What holds for any paper and extraction within the model, and for every gold record."""

import re
from collections import Counter
from enum import StrEnum
from io import BytesIO
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pyoxigraph import BlankNode, Quad, RdfFormat, Store, parse
from rdf_world import full_quads, gold_records, run, shapes, vocabulary
from rdflib import Dataset

from kg.errors import ExtractionError
from kg.model import Extraction, Paper
from kg.namespaces import BASE, CLASSES, GG, GGV, PREFIXES, PROPERTIES, sha256_hex
from kg.rdf import flags, paper_quads, sorted_nquads, sorted_trig
from kg.rdf.flags import chosen
from kg.shapes import check_graph

# ---------------------------------------------------------------- any record within the model

#: Letters, signs that IRIs and literals must escape, and text beyond the first plane.
STRINGS = st.text(st.sampled_from('aZ9 -_%/<>"\\\n\t\x00é−β😀'), max_size=12)
NUMBERS = st.floats() | st.floats(0, 1)


def any_value(annotation: Any, text: str) -> st.SearchStrategy[Any]:
    """Values of a field's type; spans lie in the text nine times of ten."""
    if get_origin(annotation) is UnionType:
        return st.one_of([any_value(each, text) for each in get_args(annotation)])
    if get_origin(annotation) is tuple:
        return st.lists(any_value(get_args(annotation)[0], text), max_size=2).map(tuple)
    if annotation is NoneType:
        return st.none()
    if issubclass(annotation, StrEnum):
        return st.sampled_from(list(annotation))
    if issubclass(annotation, BaseModel):
        return any_record(annotation, text)
    return {bool: st.booleans(), int: st.integers(0, 300), float: NUMBERS, str: STRINGS}[annotation]


def any_record(model: type[BaseModel], text: str, fixed: dict[str, Any] | None = None) -> st.SearchStrategy[Any]:
    fixed = {name: st.just(value) for name, value in (fixed or {}).items()}
    fields = {name: any_value(field.annotation, text) for name, field in model.model_fields.items() if name not in ("start", "end", *fixed)}
    if model.__name__ == "Finding":
        fields["confidence"] = st.floats(0, 1)
    if "start" not in model.model_fields:
        return st.fixed_dictionaries({**fields, **fixed}).map(model.model_validate)
    spans = any_span(text) if model.model_fields["start"].annotation is int else any_span(text) | st.just({"start": None, "end": None})
    return st.tuples(st.fixed_dictionaries(fields), spans).map(lambda pair: model.model_validate({**pair[0], **pair[1]}))


def any_span(text: str) -> st.SearchStrategy[dict[str, Any]]:
    """Offsets in the text with the words between them; now and then offsets that are none."""
    inside = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(lambda pair: (pair[0], min(len(text), pair[0] + pair[1])))
    stray = st.tuples(st.integers(0, 30), st.integers(0, 30))
    pairs = st.integers(0, 29).flatmap(lambda number: stray if number == 7 else inside)
    return pairs.map(lambda pair: {"start": pair[0], "end": pair[1], "text": text[pair[0] : pair[1]]})


@st.composite
def any_pair(draw: st.DrawFn) -> tuple[Paper, Extraction]:
    text = draw(st.text(st.sampled_from("aZ9 %β😀\n"), min_size=1, max_size=40))
    paper = draw(any_record(Paper, text, {"text": text, "sha256": sha256_hex(text), "sections": ()}))
    return paper, draw(any_record(Extraction, text, {"paper": paper.id, "sha256": paper.sha256}))


def test_any_record_becomes_a_graph_or_is_refused_by_name() -> None:
    seen = Counter[str]()

    # Records are large: shrinking one takes minutes, and a failing example tells enough as it is.
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate])
    @given(any_pair())
    def check(pair: tuple[Paper, Extraction]) -> None:
        seen[check_pair(*pair)] += 1

    check()
    # Drawing nothing of interest would be no test.
    assert min(seen[each] for each in ("refused by the text", "refused by the shapes", "with findings")) >= 3


def check_pair(paper: Paper, extraction: Extraction) -> str:
    """What became of a pair."""
    try:
        quads = paper_quads(paper, extraction, run=run(), vocabulary=vocabulary())
    except ExtractionError as refusal:
        assert refusal.record == paper.id
        assert "span" in refusal.message
        return "refused by the text"
    assert no_blank_nodes(quads)
    assert set(parse(sorted_nquads(quads), format=RdfFormat.N_QUADS)) == set(quads)
    violations = check_graph(quads, shapes())
    assert all(each.message.endswith(".") and each.focus.startswith((BASE, PREFIXES["mesh"])) for each in violations)
    return "refused by the shapes" if violations and not extraction.findings else "with findings" if extraction.findings else "accepted"


# ---------------------------------------------------------------- gold records


def gold_graphs() -> list[list[Quad]]:
    return [paper_quads(paper, extraction, run=run(), vocabulary=vocabulary()) for paper, extraction in gold_records()]


def no_blank_nodes(quads: list[Quad]) -> bool:
    return not any(isinstance(part, BlankNode) for quad in quads for part in (quad.subject, quad.object, quad.graph_name))


def test_every_gold_record_becomes_a_graph_with_its_findings() -> None:
    graphs = gold_graphs()
    found = [sum(quad.object.value == GG["Finding"] for quad in quads) for quads in graphs]
    assert len(graphs) == 46
    assert sum(found) == 268
    assert found == [len(extraction.findings) for _, extraction in gold_records()]
    assert all(no_blank_nodes(quads) for quads in graphs)
    assert len({quads[0].graph_name for quads in graphs}) == 46


def test_two_runs_write_the_same_bytes() -> None:
    first, second = ([quad for quads in gold_graphs() for quad in quads] for _ in range(2))
    assert sorted_nquads(first) == sorted_nquads(reversed(second))
    assert sorted_trig(first) == sorted_trig(reversed(second))


def test_graphs_come_back_from_files_stores_and_rdflib() -> None:
    quads = {quad for graph in gold_graphs() for quad in graph}
    nquads, trig = sorted_nquads(quads), sorted_trig(quads)
    assert set(parse(nquads, format=RdfFormat.N_QUADS)) == quads
    assert set(parse(trig, format=RdfFormat.TRIG)) == quads
    store = Store()
    store.load(trig, format=RdfFormat.TRIG)
    assert set(store) == quads
    written = BytesIO()
    store.dump(written, format=RdfFormat.N_QUADS)
    assert b"".join(sorted(written.getvalue().splitlines(keepends=True))) == nquads


# rdflib's own parser uses what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_rdflib_reads_both_forms_as_the_same_quads() -> None:
    quads = full_quads()
    read = [Dataset().parse(data=data, format=name) for data, name in ((sorted_trig(quads), "trig"), (sorted_nquads(quads), "nquads"))]
    statements = [set(dataset.quads()) for dataset in read]
    assert statements[0] == statements[1]
    assert len(statements[0]) == len(quads)


def test_nquads_are_sorted_lines_each_once() -> None:
    quads = full_quads()
    lines = sorted_nquads([*quads, *quads]).splitlines(keepends=True)
    assert lines == sorted(lines)
    assert len(lines) == len(quads)
    assert all(line.endswith(b" .\n") for line in lines)
    assert sorted_nquads([]) == b""


def test_trig_opens_with_sorted_prefixes_and_puts_the_class_first() -> None:
    trig = sorted_trig(full_quads()).decode()
    prefixes = re.findall(r"^@prefix (\w+):", trig, re.MULTILINE)
    assert prefixes == sorted(PREFIXES)
    assert f"<{BASE}paper/pmid-101> a gg:Paper ;" in trig


# ---------------------------------------------------------------- terms


def written_iris() -> set[str]:
    """Every IRI of ours outside of the data, as subject, predicate or object."""
    graphs = [*gold_graphs(), full_quads()]
    iris = {part.value for quads in graphs for quad in quads for part in (quad.subject, quad.predicate, quad.object)}
    return {iri for iri in iris if iri.startswith((PREFIXES["gg"], GGV)) and " " not in iri}


def test_every_concept_that_is_written_is_in_the_vocabulary() -> None:
    concepts = {iri.removeprefix(GGV) for iri in written_iris() if iri.startswith(GGV)}
    assert len(concepts) > 100
    assert {slug for slug in concepts if slug not in vocabulary()} == set()


def test_every_term_that_is_written_is_declared() -> None:
    terms = {iri.removeprefix(PREFIXES["gg"]) for iri in written_iris() if not iri.startswith(GGV)}
    assert terms - (CLASSES | PROPERTIES) == set()
    assert {"Finding", "direction", "hasMention", "Span", "meshTerm"} <= terms


@pytest.mark.parametrize(
    "closed_set", [each for each in vars(flags).values() if isinstance(each, type) and each.__module__ == flags.__name__]
)
def test_flags_are_the_notations_of_their_scheme(closed_set: type[StrEnum]) -> None:
    scheme = re.sub(r"(?<!^)(?=[A-Z])", "_", closed_set.__name__).lower()
    assert {each.value for each in closed_set} == {concept.notation for concept in vocabulary().of_kind(scheme)}


def test_a_flag_that_is_not_stated_is_no_concept() -> None:
    assert [chosen(flag, flags.Side.INTERVENTION, flags.Side.COMPARATOR) for flag in (True, False, None)] == [
        "intervention",
        "comparator",
        None,
    ]
