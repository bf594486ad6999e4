import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read.inline import paragraphs_of, plain
from kg.read.running import plain_html, split_html
from kg.read.xml_tree import parse_record

_MATH = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("1 × 10<sup>6</sup>/kg", "1 × 10^6/kg"),
        ("10<sup>-6</sup> M", "10^-6 M"),
        ("10<sup>\u22126</sup> M", "10^\u22126 M"),
        ("10<sup>5\u20136</sup> cells", "10^5\u20136 cells"),
        ("2 × 10 <sup>6</sup> cells", "2 × 10^6 cells"),
        ("10\n<i><sup>6</sup></i>", "10^6"),
        ("CD34<sup>+</sup> cells", "CD34+ cells"),
        ("90 mg/m<sup>2</sup>", "90 mg/m2"),
        ("on day 5 <sup>13</sup>C was given", "on day 5 13C was given"),
        ("the 1<sup>st</sup> dose", "the 1st dose"),
        ("T<sub>reg</sub> and CO<sub>2</sub>", "Treg and CO2"),
        ("p<sub>trend</sub>=0.01", "ptrend=0.01"),
        ("x1<sub>2</sub>", "x1_2"),
        ("<b>Acute</b> <u>GVHD</u>", "Acute GVHD"),
    ],
)
def test_scripts_keep_numbers_apart_in_xml_and_in_html(markup: str, expected: str) -> None:
    assert plain(parse_record(f"<t>{markup}</t>".encode())) == expected
    assert plain_html(markup) == expected


@given(st.integers(1, 999), st.integers(0, 99))
def test_a_power_is_never_read_as_a_longer_number(base: int, power: int) -> None:
    assert plain(parse_record(f"<t>{base}<sup>{power}</sup></t>".encode())) == f"{base}^{power}"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('in 45%<sup><xref ref-type="bibr">12</xref></sup> of them', "in 45% [12] of them"),
        ('rare.<xref ref-type="bibr"><sup>1</sup></xref><sup>,</sup> Next', "rare. [1], Next"),
        (
            'rare.<xref ref-type="bibr">1</xref>,<xref ref-type="bibr">3</xref>\u2013<xref ref-type="bibr">5</xref> Next',
            "rare. [1,3\u20135] Next",
        ),
        ('rare [<xref ref-type="bibr">1</xref>, <xref ref-type="bibr">2</xref>].', "rare [1, 2]."),
        ('as <xref ref-type="bibr">Doe et al.</xref> saw', "as Doe et al. saw"),
        ('seven<xref ref-type="fn">*</xref> of nine (<xref ref-type="fig">Fig. 1</xref>)', "seven of nine (Fig. 1)"),
        ("cells<fn><p>Bought.</p></fn> were given", "cells were given"),
    ],
)
def test_reference_numbers_do_not_join_the_text(markup: str, expected: str) -> None:
    assert plain(parse_record(f"<p>{markup}</p>".encode())) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("<mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup>", "10^6"),
        ("<mml:msub><mml:mi>V</mml:mi><mml:mn>2</mml:mn></mml:msub>", "V2"),
        ("<mml:mi>p</mml:mi><mml:mo>&lt;</mml:mo><mml:mn>0.05</mml:mn>", "p<0.05"),
        ("<mml:mfrac><mml:mn>1</mml:mn><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow></mml:mfrac>", "1/(a+b)"),
        ("<mml:msqrt><mml:mn>2</mml:mn></mml:msqrt>", "√2"),
        (
            "<mml:mmultiscripts>\n <mml:mi>He</mml:mi>\n <mml:mprescripts/> <mml:none/> <mml:mn>3</mml:mn>\n</mml:mmultiscripts>",
            "3He",
        ),
        ("<mml:mtext> </mml:mtext><mml:mi>MRI</mml:mi>", " MRI"),
        ("<mml:mfenced><mml:mi>x</mml:mi><mml:mi>y</mml:mi></mml:mfenced>", "(x,y)"),
        ("<mml:semantics><mml:mi>k</mml:mi><mml:annotation>\\kappa</mml:annotation></mml:semantics>", "k"),
    ],
)
def test_formula_is_written_on_one_line(formula: str, expected: str) -> None:
    assert plain(parse_record(f"<p>a<mml:math {_MATH}>{formula}</mml:math>b</p>".encode())) == f"a{expected}b"


def test_one_of_several_forms_of_a_formula_is_read() -> None:
    tex = "\\documentclass{x}\\begin{document}$k$\\end{document}"
    both = f"<alternatives><tex-math>{tex}</tex-math><mml:math {_MATH}><mml:mi>k</mml:mi></mml:math></alternatives>"
    assert plain(parse_record(f"<p>is {both}.</p>".encode())) == "is k."
    assert plain(parse_record(f"<p>is <tex-math>{tex}</tex-math>.</p>".encode())) == "is $k$."


def test_lists_become_paragraphs_and_tables_stay_out() -> None:
    items = "<list><list-item><p>cells</p></list-item><list-item><p>saline</p></list-item></list>"
    element = parse_record(f"<p>Arms:{items}Then<table-wrap>9</table-wrap> more</p>".encode())
    assert paragraphs_of(element) == ("Arms:", "cells", "saline", "Then more")


def test_named_entities_become_their_character() -> None:
    assert plain(parse_record(b"<t>TNF-&alpha;, 5&nbsp;&times;&nbsp;2, P &lt; .05, &#x3b2;</t>")) == "TNF-α, 5 × 2, P < .05, β"


def test_unknown_entity_is_an_error() -> None:
    with pytest.raises(ReadError, match="&lol9; is not resolved"):
        plain(parse_record(b"<t>x &lol9; y</t>"))


def test_comments_and_instructions_leave_no_gap() -> None:
    assert plain(parse_record(b"<t>a<!-- no -->b<?no?>c</t>")) == "abc"


def test_less_than_before_a_number_is_no_tag() -> None:
    assert plain_html("P <.001, n<5 and <i>n</i> &lt; 7 &amp; up") == "P <.001, n<5 and n < 7 & up"


def test_html_abstract_is_cut_at_its_headings() -> None:
    fragment = "Intro.<h4>Methods</h4><p>One.</p><p>Two.</p><h4>Results </h4>10<sup>6</sup>"
    assert split_html(fragment) == [(None, ("Intro.",)), ("Methods", ("One.", "Two.")), ("Results", ("10^6",))]


@given(st.text())
def test_any_text_can_be_read_as_html(text: str) -> None:
    assert "\n" not in plain_html(text)
