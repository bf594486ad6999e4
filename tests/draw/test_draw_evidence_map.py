"""The evidence map as SVG."""

from lxml import etree
from rdf_world import vocabulary

from kg.draw import arrange, draw_map, tally_words
from kg.model import Direction
from kg.queries import Tally

CORD, MARROW = "umbilical-cord-derived-mesenchymal-stromal-cell", "bone-marrow-derived-mesenchymal-stromal-cell"
SVG = {"s": "http://www.w3.org/2000/svg"}


def tally(cell: str, outcome: str, **counts: int) -> Tally:
    return Tally(cell, outcome, "human", tuple((Direction(name), count) for name, count in counts.items()))


TALLIES = [
    tally(CORD, "overall-survival", increased=1, no_difference=2),
    tally(CORD, "incidence-of-chronic-gvhd", decreased=4),
    tally(MARROW, "overall-survival", reported=1),
]


def drawn(tallies: list[Tally], **options) -> etree._Element:
    return etree.fromstring(draw_map(arrange(tallies, vocabulary()), vocabulary(), **options))


def test_cells_and_outcomes_with_most_cohorts_come_first() -> None:
    shown = arrange(TALLIES, vocabulary())
    assert shown.cells == (CORD, MARROW)
    assert [outcomes for _, outcomes in shown.groups] == [("incidence-of-chronic-gvhd",), ("overall-survival",)]
    assert shown.hidden == (0, 0)


def test_what_has_fewest_cohorts_is_left_out_and_counted() -> None:
    shown = arrange(TALLIES, vocabulary(), most_cells=1, most_outcomes=1)
    assert (shown.cells, shown.groups[0][1], shown.hidden) == ((CORD,), ("incidence-of-chronic-gvhd",), (1, 1))


def test_each_place_is_a_link_whose_name_says_what_stands_there() -> None:
    links = drawn(TALLIES, address=lambda cell, outcome: f"/x?{cell}&{outcome}").xpath("//s:a", namespaces=SVG)
    assert [(each.get("href"), each.get("aria-label")) for each in links] == [
        (
            f"/x?{CORD}&incidence-of-chronic-gvhd",
            "umbilical cord-derived mesenchymal stromal cell, incidence of chronic GVHD: 4 cohorts fell",
        ),
        (
            f"/x?{CORD}&overall-survival",
            "umbilical cord-derived mesenchymal stromal cell, overall survival: 1 cohort rose, 2 did not differ",
        ),
        (f"/x?{MARROW}&overall-survival", "bone marrow-derived mesenchymal stromal cell, overall survival: 1 cohort is reported only"),
    ]


def test_directions_differ_in_shape_and_not_in_colour_alone() -> None:
    place = drawn([tally(CORD, "overall-survival", increased=1, no_difference=1, unclear=1, reported=1)]).xpath("//s:g", namespaces=SVG)[0]
    marks = [(each.tag.split("}")[1], each.get("class")) for each in place if "mark" in (each.get("class") or "")]
    assert marks == [
        ("polygon", "mark increased"),
        ("rect", "mark no_difference"),
        ("polygon", "mark unclear"),
        ("circle", "mark reported"),
    ]


def test_a_picture_on_a_page_carries_no_styles_and_one_that_stands_alone_does() -> None:
    assert drawn(TALLIES).xpath("//s:style", namespaces=SVG)
    assert drawn(TALLIES, is_alone=False).xpath("//style | //@style") == []


def test_counts_are_put_into_words() -> None:
    assert tally_words(TALLIES[0]) == "1 cohort rose, 2 did not differ"
