"""``docs/curation.md`` tells what the code does: fields, verdicts, reasons, classes, and a query that answers."""

import re
from pathlib import Path

from curation_world import built, decision, says
from pyoxigraph import Store
from rdflib import SH, Graph, URIRef

from kg.bundled import ontologies_folder
from kg.curation.corrections import FIELDS
from kg.model import Direction, FindingKind, Significance, Verdict
from kg.namespaces import PREFIXES
from kg.rdf.curation import decision_quads

PAGE = (Path(__file__).parents[2] / "docs" / "curation.md").read_text(encoding="utf-8")


def full(name: str) -> str:
    prefix, rest = name.split(":")
    return PREFIXES[prefix] + rest


def table(heading: str) -> dict[str, str]:
    """Second cells by first cells."""
    lines = PAGE.split(heading, 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return dict(tuple(part.strip() for part in line.strip("|").split("|", 1)) for line in lines)


def test_every_field_that_can_be_corrected_is_told() -> None:
    fields = table("| field of `--correct` | value |\n|")
    assert {name for cell in fields for name in re.findall(r"`(\w+)`", cell)} | {"direction"} == set(FIELDS)


def test_values_of_closed_fields_are_told() -> None:
    for values in (Direction, Significance, FindingKind):
        assert ", ".join(values) in PAGE


def test_every_verdict_is_told() -> None:
    assert {"accepted", *table("| verdict | in the graph |\n|")} == set(Verdict)


def test_tables_name_every_class_and_property_of_the_shapes() -> None:
    graph = Graph().parse(ontologies_folder() / "curation-shapes.ttl")
    expected = {}
    for shape, target in graph.subject_objects(SH.targetClass):
        paths = {graph.value(each, SH.path) for each in graph.objects(shape, SH.property)}
        expected[str(target)] = {str(path) for path in paths if isinstance(path, URIRef)}
    sections = re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]
    told = {full(names[0]): {full(name) for name in names[1:]} for section in sections if (names := re.findall(r"`(\w+:\w+)`", section))}
    assert told == expected


def test_the_query_tells_what_was_corrected() -> None:
    (query,) = re.findall(r"^```sparql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    made = decision(0, says("corrected", direction="unclear"))
    store = Store()
    store.extend([*decision_quads([made]), *built(made).applied])
    rows = [[solution[name].value for name in ("was", "correction", "reason")] for solution in store.query(query)]
    assert rows == [["cumulative incidence of relapse: decreased", "direction: unclear instead of decreased", "misread"]]
