"""Decisions in a file that is shared, and what is refused on the way in."""

import pytest
from curation_world import ANA, BEN, decision, findings, outcome, relapse, says
from rdf_world import vocabulary

from kg.bundled import ontologies_folder
from kg.curation import merge, parse_decisions, write_nquads, write_turtle
from kg.curation.decide import canonical
from kg.errors import CurationError
from kg.shapes import load_shapes

SHAPES = load_shapes(ontologies_folder() / "curation-shapes.ttl", vocabulary())
FIRST = decision(0, says("rejected", ANA, day=1, reason='He said "no" \\ — twice'))
SECOND = decision(0, says("corrected", BEN, day=2, direction="unclear", p="none"), earlier=(FIRST,))
THIRD = decision(1, says("accepted", ANA, day=3))
ALL = (FIRST, SECOND, THIRD)


def read(data, name="decisions.ttl"):
    return parse_decisions(data, location=name, shapes=SHAPES)


def changed(old, new):
    content = write_turtle(ALL).decode()
    assert old in content
    return content.replace(old, new).encode()


@pytest.mark.parametrize(("write", "name"), [(write_turtle, "x.ttl"), (write_nquads, "x.nq"), (write_turtle, "shared")])
def test_decisions_come_back_whole(write, name):
    assert read(write(ALL), name) == ALL


def test_the_same_decisions_in_any_order_are_the_same_bytes():
    assert write_turtle(reversed(ALL)) == write_turtle(ALL)
    assert write_turtle(merge(ALL, ALL)) == write_turtle(ALL)


def test_no_decisions_are_a_file_too():
    assert read(write_turtle([])) == ()


def test_a_decision_on_a_phrase_that_the_vocabulary_lacks_comes_back_whole():
    odd = decision(0, says("accepted"), read=[relapse(outcome=outcome("Relapse", None)), *findings()[1:]])
    assert odd.selector.outcome is None
    assert read(write_turtle([odd])) == (odd,)


def test_who_when_why_and_what_are_said_in_terms_of_prov():
    content = write_turtle(ALL).decode()
    assert f"prov:wasAttributedTo <https://orcid.org/{BEN}>" in content
    assert 'prov:generatedAtTime "2026-03-02T12:00:00Z"^^xsd:dateTime' in content
    assert f"prov:wasRevisionOf <https://w3id.org/graftgraph/decision/{FIRST.id}>" in content
    assert 'gg:correction "direction: unclear instead of decreased" , "p: nothing instead of P = .03"' in content
    assert "gg:verdict ggv:verdict-corrected" in content


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (BEN, "0000-0002-1694-2330", "mistyped"),
        (f"https://orcid.org/{BEN}", "mailto:ben@example.org", "attributed to one person by ORCID"),
        ("ggv:verdict-corrected", "ggv:decreased", "one verdict"),
        ("gg:reason", "gg:unmappedLabel", "one reason"),
        ('"2026-03-02T12:00:00Z"^^xsd:dateTime', '"yesterday"', "one moment"),
        ("gg:alikeCount 1", "gg:alikeCount 0", "how many findings"),
        ('gg:asDecided "{', 'gg:asDecided "{{', "not whole"),
        ("oa:exact", "gg:printed", "found by its words|quoted once|properties of their shape"),
    ],
)
def test_a_file_that_breaks_the_rules_is_refused(old, new, said):
    with pytest.raises(CurationError, match=said):
        read(changed(old, new))


def test_another_format_is_named():
    with pytest.raises(CurationError, match=r"x\.ttl: cannot be read.*Turtle, TriG"):
        read(b"not turtle", "x.ttl")


def test_two_files_that_know_different_ids_of_a_paper_are_joined():
    other = FIRST.model_copy(update={"selector": FIRST.selector.model_copy(update={"names": ("doi-10.1/x",)})})
    (together,) = merge([FIRST], [other])
    assert together.selector.names == ("doi-10.1/x", "pmid-1")


def test_what_was_read_is_kept_with_the_decision():
    assert SECOND.extracted == canonical(relapse())
    assert SECOND.decided is not None
    assert (SECOND.decided.direction, SECOND.decided.p, SECOND.decided.effect) == ("unclear", None, relapse().effect)
