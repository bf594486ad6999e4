"""P values in every printed form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.p_values import PrintedP, find_p_values
from kg.model import PValue

ONE = [
    ("fewer died (P = .021)", "=", 0.021),
    ("fewer died (p<0.001)", "<", 0.001),
    ("fewer died (p ≤ 0.05)", "<=", 0.05),
    ("no difference (p>0.05)", ">", 0.05),
    ("no difference (p >= .1)", ">=", 0.1),
    ("the pooled ratio (P = 2.73×10-9)", "=", 2.73e-9),
    ("the pooled ratio (p = 3 × 10^-4)", "=", 3e-4),
    ("the pooled ratio (p < 10(-5))", "<", 1e-5),
    ("the pooled ratio (p=4.1x10⁻⁶)", "=", 4.1e-6),
    ("the pooled ratio (p = 2e-5)", "=", 2e-5),
    ("with a P value of 0.03", "=", 0.03),
    ("the P-value: 0·03", "=", 0.03),
    ("the p-value was less than 0.01", "<", 0.01),
    ("fewer died (P .02)", "=", 0.02),
    ("log-rank P = 0.012 for survival", "=", 0.012),
    ("two-sided p=0.5", "=", 0.5),
    ("as p = 0,04 in the French report", "=", 0.04),
    ("both arms alike (P=1.0)", "=", 1.0),
    ("the difference was slight (p=0·104)", "=", 0.104),
    ("the difference was slight (P = 2·7 × 10^-3)", "=", 0.0027),
    ("fewer died (P < .0001)", "<", 0.0001),
]


@pytest.mark.parametrize(("text", "operator", "value"), ONE)
def test_one_value_is_read(text: str, operator: str, value: float) -> None:
    (found,) = find_p_values(text)
    assert (found.operator, found.value) == (operator, pytest.approx(value))
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("text", ["(P=NS)", "(p=n.s.)", "(p = ns)", "P was not significant"])
def test_ns_has_no_number_and_says_not_significant(text: str) -> None:
    (found,) = find_p_values(text)
    assert (found.value, found.is_significant, found.to_model()) == (None, False, None)


def test_a_list_shares_one_p() -> None:
    found = find_p_values("relapse, death and GVHD (P=.64, .19 and .33, respectively)")
    assert [(p.text, p.value, p.position, p.size) for p in found] == [("P=.64", 0.64, 0, 3), (".19", 0.19, 1, 3), (".33", 0.33, 2, 3)]


def test_operators_may_change_inside_a_list() -> None:
    found = find_p_values("(P < .001, = .02 and = .3)")
    assert [(p.operator, p.value) for p in found] == [("<", 0.001), ("=", 0.02), ("=", 0.3)]


def test_separate_values_are_no_list() -> None:
    found = find_p_values("(P < 0.001 for OS, P < 0.002 for PFS and P = 0.003 for GRFS)")
    assert [(p.operator, p.value, p.size) for p in found] == [("<", 0.001, 1), ("<", 0.002, 1), ("=", 0.003, 1)]


@pytest.mark.parametrize("text", ["(P = .04, 12 patients)", "(P = .04, 0.46-0.84)", "(P = .04 and 0.5% more)"])
def test_other_numbers_do_not_join_the_list(text: str) -> None:
    assert [p.value for p in find_p_values(text)] == [0.04]


SCOPES = [
    ("(both P < .05)", "both"),
    ("(all P < .05)", "all"),
    ("(P for trend = .02)", "trend"),
    ("(P-interaction = 0.3)", "interaction"),
    ("(P = .02)", None),
    ("A value of P < .05 was considered significant", "threshold"),
    ("Significance was set at p < 0.05", "threshold"),
]


@pytest.mark.parametrize(("text", "scope"), SCOPES)
def test_scope_tells_what_a_value_speaks_for(text: str, scope: str | None) -> None:
    assert [p.scope for p in find_p_values(text)] == [scope]


@pytest.mark.parametrize(
    "text", ["p53 was lost", "CMP 0.3 mg", "grade P 12", "mapped = 0.3", "top = .5", "P = 15 patients", "p.R175H = 2", "a drop of 3%", ""]
)
def test_what_is_no_p_value_is_left_alone(text: str) -> None:
    assert find_p_values(text) == ()


SIGNIFICANCE = [
    ("=", 0.049, True),
    ("=", 0.05, None),
    ("=", 0.051, False),
    ("<", 0.05, True),
    ("<", 0.1, None),
    (">", 0.05, False),
    (">", 0.01, None),
    ("<=", 0.05, True),
    ("=", 0.0, True),
]


@pytest.mark.parametrize(("operator", "value", "expected"), SIGNIFICANCE)
def test_significance_follows_operator_and_value(operator: str, value: float, expected: bool | None) -> None:
    assert PrintedP(0, 1, "p", operator, value).is_significant is expected


def test_the_model_keeps_the_printed_text() -> None:
    (found,) = find_p_values("P = .021.")
    assert found.to_model() == PValue(operator="=", value=0.021, text="P = .021", start=0, end=8)


@given(st.integers(0, 9999), st.sampled_from(["=", "<", ">"]), st.sampled_from([".", "·"]))
def test_printed_values_come_back(digits: int, operator: str, point: str) -> None:
    text = f"(P {operator} 0{point}{digits:04d})"
    assert [(p.operator, p.value) for p in find_p_values(text)] == [(operator, pytest.approx(digits / 10000))]
