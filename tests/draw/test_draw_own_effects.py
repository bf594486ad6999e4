"""The small forest of one paper's effects as SVG."""

from changes_world import HOSTILE, claim
from lxml import etree

from kg.draw import DIFFERENCES, draw_own_effects
from kg.model import Effect, Measure

SVG = {"s": "http://www.w3.org/2000/svg"}
HR = Effect(measure=Measure.HR, value=0.5, ci_low=0.3, ci_high=0.9)
MD = Effect(measure=Measure.MD, value=-2, ci_low=-3, ci_high=-1)


def test_ratios_and_differences_never_share_an_axis_and_the_rest_has_no_row() -> None:
    claims = [claim(effect=HR), claim(effect=MD), claim(effect=None)]
    for kinds, printed in (({}, "HR 0.5 (CI 0.3 to 0.9)"), ({"kinds": DIFFERENCES}, "MD -2 (CI -3 to -1)")):
        picture = etree.fromstring(draw_own_effects(claims, **kinds))
        assert len(picture.xpath("//s:rect[@class='box']", namespaces=SVG)) == 1
        assert printed in picture.xpath("//s:text/text()", namespaces=SVG)


def test_an_effect_below_none_stands_left_of_the_line_with_its_interval() -> None:
    picture = etree.fromstring(draw_own_effects([claim(effect=HR)]))
    none = float(picture.xpath("//s:line[@class='axis']/@x1", namespaces=SVG)[0])
    whisker = picture.xpath("//s:line[@class='whisker']", namespaces=SVG)[0]
    box = picture.xpath("//s:rect[@class='box']", namespaces=SVG)[0]
    middle = float(box.get("x")) + float(box.get("width")) / 2
    assert float(whisker.get("x1")) < middle < float(whisker.get("x2")) < none


def test_without_effects_there_is_no_picture() -> None:
    assert draw_own_effects([claim(effect=None)]) == ""


def test_a_hostile_sentence_is_text() -> None:
    drawn = draw_own_effects([claim(effect=HR, sentence=HOSTILE)])
    assert HOSTILE in etree.fromstring(drawn).xpath("string(//s:g/s:title)", namespaces=SVG)
    assert "<script" not in drawn
