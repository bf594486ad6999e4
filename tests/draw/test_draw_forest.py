"""The forest of printed effects as SVG."""

import pytest
from changes_world import HOSTILE, claim
from lxml import etree

from kg.draw import DIFFERENCES, draw_forest, find_rows
from kg.model import Claim, Direction, Effect, Favours, Measure

SVG = {"s": "http://www.w3.org/2000/svg"}
NAMES = {"p1": "Doe 2020", "p2": "Roe 2026"}


def effect(value: float, low: float | None = None, high: float | None = None, measure: Measure = Measure.HR) -> Effect:
    return Effect(measure=measure, value=value, ci_low=low, ci_high=high)


def drawn(*claims: Claim, **options) -> etree._Element:
    kinds = {key: value for key, value in options.items() if key == "kinds"}
    return etree.fromstring(draw_forest(find_rows(claims, NAMES, **kinds), outcome="relapse", **options))


def xs(picture: etree._Element, path: str, name: str) -> list[float]:
    return [float(each.get(name)) for each in picture.xpath(path, namespaces=SVG)]


def texts(picture: etree._Element) -> list[str]:
    return picture.xpath("//s:text/text()", namespaces=SVG)


def middle(picture: etree._Element) -> list[float]:
    return [float(each.get("x")) + float(each.get("width")) / 2 for each in picture.xpath("//s:rect[@class='box']", namespaces=SVG)]


def test_printed_effects_come_first_and_a_study_without_one_has_no_mark() -> None:
    rows = find_rows([claim(effect=None), claim(paper="p1", year=2020, effect=effect(0.5, 0.3, 0.9))], NAMES)
    assert [row.name for row in rows] == ["Doe 2020", "Roe 2026"]
    picture = etree.fromstring(draw_forest(rows, outcome="relapse"))
    assert len(middle(picture)) == 1
    assert {"HR 0.5 (CI 0.3 to 0.9)", "none printed"} <= set(texts(picture))


def test_single_values_are_no_comparison() -> None:
    assert find_rows([claim(comparator=None)], NAMES) == ()


def test_half_and_double_stand_equally_far_from_no_effect() -> None:
    picture = drawn(claim(effect=effect(0.5)), claim(effect=effect(1.0)), claim(effect=effect(2.0)))
    half, none, double = middle(picture)
    assert none - half == pytest.approx(double - none, abs=0.2)


def test_the_whisker_reaches_from_limit_to_limit_and_an_effect_without_interval_has_none() -> None:
    picture = drawn(claim(effect=effect(0.5, 0.25, 1.0)), claim(effect=effect(0.5)))
    [left], [right] = xs(picture, "//s:line[@class='whisker']", "x1"), xs(picture, "//s:line[@class='whisker']", "x2")
    assert middle(picture)[0] == pytest.approx((left + right) / 2, abs=0.2)


def test_a_limit_of_zero_ends_at_the_edge() -> None:
    picture = drawn(claim(effect=effect(0.4, 0.0, 2.0)))
    assert xs(picture, "//s:line[@class='whisker']", "x1") == [560.0]


def test_ratios_and_differences_never_share_an_axis() -> None:
    both = [claim(effect=effect(0.5)), claim(effect=effect(-3.0, -5.0, -1.0, Measure.MD))]
    assert [row.claim.effect.measure for row in find_rows(both, NAMES)] == [Measure.HR]
    picture = drawn(*both, kinds=DIFFERENCES)
    assert len(middle(picture)) == 1
    assert "0" in texts(picture)


@pytest.mark.parametrize(
    ("direction", "favours", "left"),
    [
        (Direction.DECREASED, Favours.INTERVENTION, "← favours intervention"),
        (Direction.INCREASED, Favours.INTERVENTION, "← favours comparator"),
        (Direction.DECREASED, None, "← lower with intervention"),
    ],
)
def test_either_side_says_whom_it_favours_where_that_is_known(direction: Direction, favours: Favours | None, left: str) -> None:
    assert left in texts(drawn(claim(effect=effect(0.5), direction=direction, favours=favours)))


def test_what_a_paper_says_is_text() -> None:
    picture = drawn(claim(effect=effect(0.5), intervention=HOSTILE, sentence=HOSTILE, population=HOSTILE), link=True)
    assert picture.xpath("//s:script", namespaces=SVG) == []
    assert HOSTILE in picture.xpath("//s:title/text()", namespaces=SVG)
