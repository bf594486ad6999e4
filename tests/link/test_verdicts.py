"""What two comparable findings say to each other."""

import pytest
from claim_world import VOCABULARY, claim, count, p, percent, ratio

from kg.link.quantities import quantity_of
from kg.link.verdicts import Stance, Way, interval_says, p_says, stance_of, verdict
from kg.model import LinkKind, Value

UP, DOWN, SAME = Way.MORE, Way.LESS, Way.SAME


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ((DOWN, True), (DOWN, True), "agrees"),
        ((DOWN, True), (DOWN, None), "agrees"),
        ((DOWN, None), (DOWN, None), "agrees"),
        ((SAME, None), (SAME, False), "agrees"),
        # Neither trend was significant: both found no difference.
        ((UP, False), (DOWN, False), "agrees"),
        ((UP, False), (SAME, False), "agrees"),
        ((UP, True), (DOWN, True), "contradicts"),
        ((DOWN, True), (SAME, False), "tension"),
        # "The groups did not differ" is a finding of no difference, tested or not.
        ((DOWN, True), (SAME, None), "tension"),
        ((DOWN, True), (UP, False), "tension"),
        ((UP, None), (DOWN, True), "weak_contrast"),
        ((UP, None), (DOWN, None), "weak_contrast"),
        ((UP, None), (SAME, False), "weak_contrast"),
        ((UP, None), (DOWN, False), "weak_contrast"),
    ],
)
def test_the_verdict_follows_direction_and_test_and_not_the_order(
    one: tuple[Way, bool | None], other: tuple[Way, bool | None], kind: str
) -> None:
    assert verdict(Stance(*one), Stance(*other)) is LinkKind(kind)
    assert verdict(Stance(*other), Stance(*one)) is LinkKind(kind)


@pytest.mark.parametrize(
    ("outcome", "stated", "lean"),
    [
        ("mortality", {"effect": ratio(0.8, 0.5, 1.2)}, DOWN),
        ("mortality", {"effect": ratio(1.02, 0.5, 1.2)}, SAME),
        ("mortality", {"effect": ratio(-1.5, -3.0, 0.5, measure="MD")}, None),
        ("mortality", {"effect": ratio(-0.3, -0.9, 0.3, measure="SMD")}, DOWN),
        ("mortality", {"effect": ratio(0.1, -0.3, 0.5, measure="SMD")}, SAME),
        # More alive is fewer dead, but a hazard ratio of survival is one of deaths.
        ("overall-survival", {"effect": ratio(1.13, 0.98, 1.29)}, DOWN),
        ("overall-survival", {"effect": ratio(0.8, 0.5, 1.2, measure="HR")}, DOWN),
        ("engraftment", {"effect": ratio(1.3, 0.9, 1.8, measure="HR")}, DOWN),
        ("mortality", {"values": {"intervention": percent(20), "comparator": percent(30)}}, DOWN),
        ("overall-survival", {"values": {"intervention": percent(80), "comparator": percent(70)}}, DOWN),
        ("overall-survival", {"values": {"intervention": percent(85), "comparator": percent(83)}}, SAME),
        ("mortality", {"values": {"intervention": count(9, 30), "comparator": percent(20)}}, UP),
        ("mortality", {"values": {"intervention": percent(20), "comparator": percent(21)}}, SAME),
        ("mortality", {"values": {"intervention": percent(0), "comparator": percent(21)}}, None),
        ("mortality", {"values": {"intervention": percent(20), "comparator": None}}, None),
        ("mortality", {}, None),
    ],
)
def test_numbers_without_significance_lean_one_way(outcome: str, stated: dict[str, object], lean: Way | None) -> None:
    quantity = quantity_of(outcome, VOCABULARY)
    assert quantity is not None
    found = stance_of(claim(outcome=outcome, direction="no_difference", significant=None, **stated), is_inverted=quantity.is_inverted)
    assert found is not None
    assert found.lean is lean


def test_what_leans_the_way_of_an_untested_finding_is_no_contrast_to_it() -> None:
    untested = Stance(DOWN, None)
    assert verdict(untested, Stance(SAME, False, DOWN)) is verdict(Stance(SAME, False, DOWN), untested) is LinkKind.AGREES
    assert verdict(untested, Stance(SAME, False, UP)) is LinkKind.WEAK_CONTRAST
    assert verdict(untested, Stance(SAME, None)) is LinkKind.WEAK_CONTRAST
    # A significant finding is another matter: the question is why the other did not see it.
    assert verdict(Stance(DOWN, True), Stance(SAME, False, DOWN)) is LinkKind.TENSION


@pytest.mark.parametrize(
    ("operator", "value", "says"),
    [
        ("=", 0.021, True),
        ("=", 0.0, True),
        ("=", 0.13, False),
        ("<", 0.05, True),
        ("<", 0.001, True),
        (">", 0.05, False),
        (">=", 0.2, False),
        # Rounded to the very limit, or bounded on the side that does not tell.
        ("=", 0.05, None),
        ("<", 0.1, None),
        (">", 0.01, None),
    ],
)
def test_a_p_value_tells_significance_where_it_does(operator: str, value: float, says: bool | None) -> None:
    assert p_says(p(operator, value)) is says


@pytest.mark.parametrize(
    ("measure", "low", "high", "says"),
    [
        ("RR", 0.46, 0.86, True),
        ("HR", 1.1, 2.28, True),
        ("RR", 0.7, 1.5, False),
        ("MD", -2.0, 1.0, False),
        ("MD", 0.5, 1.0, True),
        ("HR", 1.0, 1.02, None),
        ("HR", None, None, None),
    ],
)
def test_an_interval_tells_significance_unless_it_ends_at_no_effect(
    measure: str, low: float | None, high: float | None, says: bool | None
) -> None:
    assert interval_says(ratio(0.8, low, high, measure=measure)) is says


def test_significance_is_read_from_p_or_interval_where_the_text_does_not_say_it() -> None:
    assert stance_of(claim(significant=None, p=p("=", 0.03))) == Stance(DOWN, True)
    assert stance_of(claim(significant=None, effect=ratio(0.9, 0.6, 1.3))) == Stance(DOWN, False)


def test_statements_that_disagree_leave_significance_open() -> None:
    assert stance_of(claim(significant=True, p=p("=", 0.3))) == Stance(DOWN, None)
    assert stance_of(claim(significant=True, effect=ratio(0.9, 0.6, 1.3))) == Stance(DOWN, None)


def test_an_inverted_outcome_turns_the_way_round_and_no_difference_stays() -> None:
    assert stance_of(claim(direction="increased"), is_inverted=True) == Stance(DOWN, True)
    assert stance_of(claim(direction="no_difference", significant=False), is_inverted=True) == Stance(SAME, False)


@pytest.mark.parametrize("direction", ["reported", "unclear"])
def test_a_finding_without_a_way_has_no_stance(direction: str) -> None:
    assert stance_of(claim(direction=direction, significant=None)) is None


def days(value: float) -> Value:
    return Value(value=value, unit="days", text=f"{value:g} days")


@pytest.mark.parametrize(
    ("one", "two", "is_telling"),
    [
        (days(30), days(27), False),
        (days(30), days(24), True),
        (percent(79), percent(65), True),
        (percent(55), percent(50), False),
        (percent(3), percent(2), True),
        (percent(0), percent(1), True),
        (count(9, 15), count(9, 16), False),
        (days(30), percent(27), True),
    ],
)
def test_two_untested_numbers_that_hardly_differ_are_no_finding(one: Value, two: Value, is_telling: bool) -> None:
    values = {"intervention": one, "comparator": two}
    untested = claim(direction="increased", significant=None, values=values)
    assert (stance_of(untested) is not None) is is_telling
    for tested in (claim(significant=True, values=values), claim(significant=None, values=values, p=p("=", 0.05))):
        assert stance_of(tested) is not None


def test_no_difference_with_a_significant_test_has_no_stance() -> None:
    assert stance_of(claim(direction="no_difference", significant=True)) is None
