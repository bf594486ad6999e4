"""All numbers of a text at once: no crash, spans are slices, nothing is read twice."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers.numerals import parse_amount, parse_count, parse_number
from kg.extract.numbers.reader import Numbers, read_numbers

PIECES = [
    "27.4%", "(95% CI, 16.2% to 38.6%)", "P = .021", "(p<0.001)", "HR 0.55", "[1.01–3.94]", "2 of 31", "6/10", "(60%)",
    "12 (40%)", "median", "13 days", "(range, 9–25)", "at 2 years", "day +100", "1×10^6/kg", "2x106/kg", "one", "twenty-four",
    "none of", "respectively", ",", "and", "vs", ".", "±", "to", "-", "–", "10(6)", "×10-9", "·", "^", "%", "\n", "from",
    "follow-up", "million", "cells", "0,05", "1,234", "x", "(", ")", "= ", "n =",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@given(TEXTS | st.text(max_size=120))
def test_any_text_is_read_and_spans_are_slices(text: str) -> None:
    numbers = read_numbers(text)
    for found in (numbers.p_values, numbers.intervals, numbers.effects, numbers.timepoints, numbers.doses, numbers.values):
        starts = [item.start for item in found]
        assert starts == sorted(starts)
        assert all(text[item.start : item.end] == item.text and item.start < item.end for item in found)
    assert all(text[item.start : item.end] == item.text for item in numbers.lists)


@given(TEXTS)
def test_values_do_not_overlap_each_other_or_p_values(text: str) -> None:
    numbers = read_numbers(text)
    end = 0
    for value in numbers.values:
        assert value.start >= end
        end = value.end
        assert not any(p.start < value.start < p.end for p in numbers.p_values)


def test_an_empty_text_has_no_numbers() -> None:
    assert read_numbers("") == Numbers()


def test_one_sentence_gives_each_number_to_one_kind() -> None:
    numbers = read_numbers("At 2 years relapse was 27.4% (95% CI, 16.2% to 38.6%) after 1×10^6/kg (HR 0.55; P = .021).")
    assert [point.iso for point in numbers.timepoints] == ["P2Y"]
    assert [value.text for value in numbers.values] == ["27.4% (95% CI, 16.2% to 38.6%)"]
    assert [dose.value for dose in numbers.doses] == [1e6]
    assert [effect.value for effect in numbers.effects] == [0.55]
    assert [p.value for p in numbers.p_values] == [0.021]


def test_numerals_are_read_as_printed() -> None:
    assert [parse_number(printed) for printed in (
        "27·4", ".5", "1,234", "0,05", "−3.6", "- 3", "2.73×10-9", "10⁶", "10(6)", "3 x 10e6", "5e-3")] == [
        27.4, 0.5, 1234, 0.05, -3.6, -3, 2.73e-9, 1e6, 1e6, 3e6, 0.005,
    ]  # fmt: skip
    assert [parse_count(printed) for printed in ("seven", "Twenty-four", "ninety nine", "12", "1,848", "4.5", "many")] == [
        7,
        24,
        99,
        12,
        1848,
        None,
        None,
    ]
    assert [parse_amount(printed) for printed in ("two", "2.5")] == [2.0, 2.5]


@given(st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 3)))
def test_decimals_come_back(value: float) -> None:
    assert parse_number(f"{value:.3f}") == value
    assert parse_number(f"{value:,.3f}") == value
    assert parse_number(f"{value:.3f}".replace(".", "·")) == value
