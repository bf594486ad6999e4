"""Could a study have seen an effect?"""

import pytest
from claim_world import VOCABULARY, claim, of, other, percent, ratio
from hypothesis import given
from hypothesis import strategies as st

from kg.link.matching import Profile, profile_of
from kg.link.power import Arms, Shares, arms_of, detectable_decrease, power_of, power_question, shares_of
from kg.model import Claim, StudyContext


def profile(finding: Claim, context: StudyContext | None = None) -> Profile:
    return profile_of(finding, context, VOCABULARY)


def question(found: Claim, not_found: Claim, context: StudyContext | None = None) -> str:
    return power_question(profile(found), profile(not_found, context), what="deaths", name=lambda each: each.claim.paper).text


@pytest.mark.parametrize(
    ("intervention", "comparator", "n"),
    # Participants per arm for a power of 80%, two-sided 5%, without continuity correction: worked out by hand from the formula
    # n = (1.960 √(2 p̄ q̄) + 0.842 √(p1 q1 + p2 q2))² / (p1 − p2)².
    [(0.3, 0.5, 93), (0.4, 0.6, 97), (0.1, 0.2, 199), (0.2, 0.4, 82)],
)
def test_the_numbers_that_tables_ask_for_have_a_power_of_four_in_five(intervention: float, comparator: float, n: int) -> None:
    shares = Shares(intervention, comparator)
    assert power_of(shares, Arms(n, n)) == pytest.approx(0.8, abs=0.005)
    assert power_of(shares, Arms(n - 5, n - 5)) < 0.8


def test_no_effect_is_seen_as_often_as_the_level_says() -> None:
    assert power_of(Shares(0.3, 0.3), Arms(50, 50)) == 0.05


def test_nobody_against_everybody_is_seen_unless_hardly_anybody_was_there() -> None:
    assert power_of(Shares(0.0, 1.0), Arms(10, 10)) == 1.0
    assert power_of(Shares(0.0, 1.0), Arms(1, 1)) == 0.0


@pytest.mark.parametrize(("shares", "arms"), [(Shares(1.2, 0.5), Arms(5, 5)), (Shares(0.2, 0.5), Arms(0, 5))])
def test_what_cannot_be_is_refused(shares: Shares, arms: Arms) -> None:
    with pytest.raises(ValueError, match=r"participants|outside"):
        power_of(shares, arms)


SHARE = st.floats(0.01, 0.99)
N = st.integers(2, 2000)


@given(SHARE, SHARE, N, N)
def test_power_does_not_depend_on_which_arm_is_which_or_on_which_end_is_counted(one: float, two: float, n: int, m: int) -> None:
    power = power_of(Shares(one, two), Arms(n, m))
    assert 0 <= power <= 1
    assert power_of(Shares(two, one), Arms(m, n)) == pytest.approx(power, abs=1e-9)
    assert power_of(Shares(1 - one, 1 - two), Arms(n, m)) == pytest.approx(power, abs=1e-9)


@given(SHARE, SHARE, st.integers(20, 1000))
def test_more_participants_see_no_less(one: float, two: float, n: int) -> None:
    if abs(one - two) > 0.02:
        assert power_of(Shares(one, two), Arms(2 * n, 2 * n)) >= power_of(Shares(one, two), Arms(n, n)) - 1e-9


def test_the_detectable_fall_is_the_one_with_that_power() -> None:
    least = detectable_decrease(0.5, Arms(93, 93))
    assert least == pytest.approx(0.3, abs=0.002)
    assert detectable_decrease(0.05, Arms(20, 20)) is None


def test_arms_are_those_of_the_finding_then_of_the_study_then_halves() -> None:
    counted = other(values={"intervention": percent(10, total=40), "comparator": percent(20, total=42)}, n=100)
    assert arms_of(profile(counted)) == Arms(40, 42)
    stated = of("pmid-2", n_arms={"intervention": 20, "comparator": 21})
    assert arms_of(profile(other(n=100), stated)) == Arms(20, 21)
    assert arms_of(profile(other(n=101))) == Arms(50, 51, is_guessed=True)
    assert arms_of(profile(other())) is None
    half = of("pmid-2", n_arms={"intervention": 20, "comparator": None})
    assert arms_of(profile(other(), half)) is None


def test_shares_of_survival_are_told_as_deaths() -> None:
    values = {"intervention": percent(80), "comparator": percent(60)}
    found = shares_of(profile(claim(outcome="overall-survival", direction="increased", values=values)))
    assert found is not None
    assert (found.intervention, found.comparator) == pytest.approx((0.2, 0.4))
    assert shares_of(profile(claim(outcome="mortality", values={"intervention": percent(20), "comparator": None}))) is None


@pytest.mark.parametrize(("measure", "share"), [("RR", "20.0%"), ("OR", "25.0%"), ("HR", "22.5%")])
def test_a_ratio_is_applied_to_what_the_other_comparator_had(measure: str, share: str) -> None:
    """Of 40% a half is 20%; odds of 2 to 3 halved are 1 to 3; a survival of .6 under half the hazard is √.6."""
    found = claim(outcome="mortality", effect=ratio(0.5, measure=measure))
    unseen = other(outcome="mortality", direction="no_difference", n=40, values={"intervention": percent(38), "comparator": percent(40)})
    assert f"to see deaths in {share} against 40.0%" in question(found, unseen)


FELL = {"values": {"intervention": percent(10), "comparator": percent(30)}}
ROSE = {"direction": "increased", "values": {"intervention": percent(30), "comparator": percent(10)}}


@pytest.mark.parametrize(
    ("found", "not_found", "words"),
    [
        ({}, {"n": 40}, "cannot be computed: the shares per arm are not stated"),
        (
            FELL,
            {},
            "cannot be computed: the numbers per arm are not stated",
        ),
        (
            FELL,
            {"design": "meta_analysis", "n": 900},
            "pools several studies",
        ),
        (FELL, {"n": 400}, "large enough to have seen it"),
        (
            FELL,
            {"n": 10},
            "could not have seen even a fall from 30.0% to nothing",
        ),
        (
            ROSE,
            {"n": 20},
            "too small to rule it out.",
        ),
    ],
)
def test_the_answer_says_what_it_rests_on(found: dict[str, object], not_found: dict[str, object], words: str) -> None:
    assert words in question(claim(**found), other(direction="no_difference", significant=None, **not_found))
