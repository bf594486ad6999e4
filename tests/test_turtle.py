"""Canonical Turtle: one spelling per graph."""

import random
import shutil
from pathlib import Path

import pytest

from kg.bundled import ontologies_folder
from kg.errors import VocabularyError
from kg.turtle import canonical_files, compact, format_turtle, parse_turtle, read_turtle, write_turtle

PREFIXES = """@prefix ggv: <https://w3id.org/graftgraph/vocabulary/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def test_blocks_predicates_and_values_come_in_one_order() -> None:
    loose = (
        PREFIXES
        + """
ggv:b skos:prefLabel "beta"@en ; a skos:Concept .
ggv:a skos:altLabel "Zeta"@en, "alpha"@en ; skos:prefLabel "a"@en ; a skos:Concept .
ggv:scheme-x a skos:ConceptScheme .
"""
    )
    assert (
        format_turtle(loose, location="x.ttl")
        == PREFIXES
        + """
ggv:scheme-x a skos:ConceptScheme .

ggv:a a skos:Concept ;
    skos:prefLabel "a"@en ;
    skos:altLabel
        "alpha"@en ,
        "Zeta"@en .

ggv:b a skos:Concept ;
    skos:prefLabel "beta"@en .
"""
    )


def test_order_of_statements_does_not_matter() -> None:
    statements = read_turtle(ontologies_folder() / "outcomes.ttl")
    shuffled = random.Random(7).sample(statements, len(statements))  # noqa: S311 - no secret
    assert shuffled != statements
    assert write_turtle(shuffled) == write_turtle(statements)


def test_quotes_backslashes_and_line_breaks_survive() -> None:
    text = PREFIXES + 'ggv:a skos:definition "a \\"b\\" \\\\ c\\nd"@en .'
    written = format_turtle(text, location="x.ttl")
    assert [each[2].value for each in parse_turtle(written, location="x.ttl")] == ['a "b" \\ c\nd']


def test_numbers_keep_their_datatype() -> None:
    text = PREFIXES + "ggv:a skos:notation 3 ."
    assert '"3"^^xsd:integer' in format_turtle(text, location="x.ttl")
    assert "@prefix xsd:" in format_turtle(text, location="x.ttl")


def test_official_terms_are_written_as_their_curie() -> None:
    assert compact("http://purl.obolibrary.org/obo/CL_0000134") == "CL:0000134"
    assert compact("http://id.nlm.nih.gov/mesh/D006086") == "MESH:D006086"
    assert compact("http://example.org/a") is None


def test_iri_that_needs_escapes_stays_whole() -> None:
    assert compact("https://w3id.org/graftgraph/vocabulary/a/b") is None


def test_blank_node_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"x\.ttl.*blank nodes"):
        parse_turtle(PREFIXES + "ggv:a skos:related [ skos:notation 'x' ] .", location="x.ttl")


def test_bad_syntax_is_refused_with_the_file() -> None:
    with pytest.raises(VocabularyError, match=r"x\.ttl: is not Turtle"):
        parse_turtle("ggv:a skos:related", location="x.ttl")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"gone\.ttl: cannot be read"):
        read_turtle(tmp_path / "gone.ttl")


def test_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_bytes(b"# caf\xe9")
    with pytest.raises(VocabularyError, match=r"x\.ttl: is not UTF-8 at byte 5"):
        read_turtle(tmp_path / "x.ttl")


def test_only_files_out_of_form_are_listed(tmp_path: Path) -> None:
    for name in ("drugs.ttl", "species.ttl", "shapes.ttl"):
        shutil.copy(ontologies_folder() / name, tmp_path)
    path = tmp_path / "species.ttl"
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace(" ;\n    ", " ; "), encoding="utf-8")
    assert canonical_files(tmp_path) == {path: right}
