"""Literals and names: typed, and in the form in which a store keeps them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import GraftGraphError
from kg.model import Phase
from kg.rdf.terms import about, closed, concept, date, date_time, double, duration, integer, term, thing

VALUE = NamedNode("https://example.org/value")


def kept(literal: Literal) -> Literal:
    """The literal as a store gives it back."""
    store = Store()
    store.add(Quad(VALUE, VALUE, literal, DefaultGraph()))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("P2Y", "P2Y"),
        ("P28D", "P28D"),
        ("P100D", "P100D"),
        ("P12M", "P1Y"),
        ("P18M", "P1Y6M"),
        ("P8W", "P56D"),
        ("P1Y6M10D", "P1Y6M10D"),
        ("PT48H", "P2D"),
        ("PT90M", "PT1H30M"),
        ("P0D", "PT0S"),
        ("PT3661S", "PT1H1M1S"),
        ("P1.5Y", "P1Y6M"),
        ("P12.9M", "P1Y27D"),  # 0.9 of 30.4375 days is 27.4
        ("P6.8Y", "P6Y9M18D"),  # 81.6 months, and 0.6 of 30.4375 days is 18.3
        ("P2,5D", "P2DT12H"),
        ("P1.5W", "P10DT12H"),
    ],
)
def test_duration_is_canonical_and_a_store_keeps_it(printed: str, canonical: str) -> None:
    literal = duration(printed)
    assert literal == Literal(canonical, datatype=term("xsd:duration"))
    assert kept(literal) == literal


@pytest.mark.parametrize("printed", ["P", "PT", "P1YT", "28 days", "2Y", "P1.Y", "P.5M", "-P1Y", "", "P२Y"])
def test_what_is_no_duration_stays_a_string_for_the_shapes_to_refuse(printed: str) -> None:
    assert duration(printed) == Literal(printed)


@pytest.mark.parametrize(("printed", "datatype"), [("2016", "gYear"), ("2016-08", "gYearMonth"), ("2016-08-20", "date")])
def test_date_has_the_type_of_what_is_known(printed: str, datatype: str) -> None:
    assert date(printed) == Literal(printed, datatype=term(f"xsd:{datatype}"))


@pytest.mark.parametrize("printed", ["2016-13", "2016-08-32", "16", "2016 Winter", "2016-8"])
def test_what_is_no_date_stays_a_string(printed: str) -> None:
    assert date(printed) == Literal(printed)


@pytest.mark.parametrize(
    ("number", "lexical"), [(0.021, "0.021"), (27.4, "27.4"), (49, "49"), (0.0, "0"), (1e6, "1000000"), (1e-7, "0.0000001")]
)
def test_double_is_the_shortest_decimal(number: float, lexical: str) -> None:
    assert double(number) == Literal(lexical, datatype=term("xsd:double"))


@given(st.floats())
def test_every_double_comes_back_from_a_store_as_it_was_written(number: float) -> None:
    literal = double(number)
    assert literal is not None
    assert kept(literal) == literal
    assert float(literal.value) == number or math.isnan(number)


@given(st.integers(min_value=0, max_value=5000), st.integers(min_value=0, max_value=10**7))
def test_every_duration_comes_back_from_a_store_as_it_was_written(months: int, seconds: int) -> None:
    literal = duration(f"P{months}MT{seconds}S")
    assert literal is not None
    assert literal.datatype == term("xsd:duration")
    assert kept(literal) == literal


def test_nothing_stated_is_no_literal_and_zero_is_one() -> None:
    assert (integer(None), double(None), duration(None), date(None), closed(None, "phase")) == (None, None, None, None, None)
    assert integer(0) == Literal("0", datatype=term("xsd:integer"))


@pytest.mark.parametrize("time", ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05+00:00", "2026-01-02T05:04:05+02:00"])
def test_moments_are_in_utc(time: str) -> None:
    assert date_time(time) == Literal("2026-01-02T03:04:05Z", datatype=term("xsd:dateTime"))


@pytest.mark.parametrize("time", ["2026-01-02T03:04:05", "yesterday"])
def test_a_time_without_zone_or_sense_is_refused(time: str) -> None:
    with pytest.raises(ValueError, match=time):
        date_time(time)


def test_a_mistyped_term_raises() -> None:
    with pytest.raises(GraftGraphError, match="direktion"):
        term("gg:direktion")


def test_closed_values_and_slugs_never_break_an_iri() -> None:
    assert closed(Phase.PHASE_1_2, "phase") == NamedNode("https://w3id.org/graftgraph/vocabulary/phase-1-2")
    assert closed("young & old", "age_group") == NamedNode("https://w3id.org/graftgraph/vocabulary/age-group-young%20%26%20old")
    assert concept("a b<c>") == NamedNode("https://w3id.org/graftgraph/vocabulary/a%20b%3Cc%3E")
    assert thing("arm", "doi-10.1/x", 2) == NamedNode("https://w3id.org/graftgraph/arm/doi-10.1%2Fx/2")


def test_only_what_is_stated_becomes_a_statement() -> None:
    facts = {term("gg:unit"): None, term("gg:rule"): [], term("gg:value"): double(0.0), term("gg:cue"): [VALUE, concept("x")]}
    assert [triple.object for triple in about(VALUE, facts)] == [double(0.0), VALUE, concept("x")]
