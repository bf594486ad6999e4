"""Counts of PRISMA 2020 and their picture."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rdf_world import vocabulary
from screen_world import ALL, candidate, ground, screened

from kg.errors import CriteriaError
from kg.model import SearchRecord
from kg.screen import (
    Decided,
    apply_reviews,
    count_flow,
    draw_flow,
    flow_json,
    flow_text,
    parse_reviews,
    parse_searches,
    render_page,
    screen_all,
    write_searches,
)

SEARCH = SearchRecord(query="msc[MeSH] AND gvhd", source="pubmed", date="2026-03-01T12:00:00Z", hits=40, retrieved=38)
CANDIDATES = [
    candidate(1),
    candidate(2, species=(ground("mouse"),), source="Europe PMC"),
    candidate(3, design=None),
    candidate(1, source="Europe PMC"),
    candidate(4, design=ground("review")),
    candidate(5, species=(ground("mouse"),)),
]
SCREENINGS = screen_all(CANDIDATES, ALL, vocabulary())
FLOW = count_flow(SCREENINGS, searches=[SEARCH], unread=2)


def test_each_record_is_counted_once():
    assert [(each.name, each.papers) for each in FLOW.identified] == [("Europe PMC", 2), ("PubMed", 4)]
    assert (FLOW.total, FLOW.duplicates, FLOW.screened, FLOW.all_excluded, FLOW.undecided, FLOW.included) == (6, 1, 5, 3, 1, 1)
    assert [(each.name, each.papers) for each in FLOW.excluded] == [("review", 1), ("wrong species", 2)]
    assert (FLOW.excluded_by_rules, FLOW.excluded_by_persons, FLOW.overruled) == (3, 0, 0)


def test_persons_are_counted_apart_from_rules():
    reviews = parse_reviews(b"pmid,decision,reviewer\n3,exclude,Ana\n2,include,Ana\n", location="x.csv")
    flow = count_flow(apply_reviews(SCREENINGS, reviews)[0])
    assert (flow.excluded_by_rules, flow.excluded_by_persons, flow.included, flow.undecided, flow.overruled) == (2, 1, 2, 0, 2)


@given(st.lists(st.sampled_from(CANDIDATES), max_size=8))
def test_the_counts_add_up(candidates):
    flow = count_flow(screen_all(candidates, ALL, vocabulary()))
    assert flow.total == len(candidates) == flow.duplicates + flow.screened
    assert flow.screened == flow.all_excluded + flow.undecided + flow.included
    assert flow.all_excluded == sum(each.papers for each in flow.excluded)


def test_text_has_every_count_and_search():
    lines = flow_text(FLOW).splitlines()
    assert "records identified                      6" in lines
    assert "  wrong species                         2" in lines
    assert "2 records could not be read" in lines
    assert "  2026-03-01T12:00:00Z  pubmed  40 hits, 38 retrieved: msc[MeSH] AND gvhd" in lines


def test_json_is_the_record():
    found = json.loads(flow_json(FLOW))
    assert (found["included"], found["searches"][0]["query"]) == (1, "msc[MeSH] AND gvhd")


def texts(picture):
    return ["".join(each.itertext()) for each in etree.fromstring(picture).iter() if each.tag.endswith("text")]


def test_the_picture_is_well_formed_and_says_what_was_counted():
    found = texts(draw_flow(FLOW))
    assert {"Records identified (n = 6)", "duplicates (n = 1)", "Titles and abstracts screened (n = 5)", "wrong species (n = 2)"} <= set(
        found
    )
    assert {"Identification", "Screening", "Included", "Papers included (n = 1)", "Papers left for a person (n = 1)"} <= set(found)


def test_a_picture_asks_the_network_for_nothing_and_escapes_names():
    flow = count_flow(screen_all([candidate(1, source='<img src="http://x">.ris')], ALL, vocabulary()))
    picture = draw_flow(flow)
    assert "http://" not in picture.replace("http://www.w3.org/2000/svg", "").replace("&quot;http://x", "")
    assert '<img src="http://x">.ris (n = 1)' in texts(picture)


def test_no_box_lies_over_another():
    boxes = [each.attrib for each in etree.fromstring(draw_flow(FLOW)).iter() if each.get("class") == "box"]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            below, apart = int(one["y"]) + int(one["height"]) <= int(other["y"]), abs(int(one["x"]) - int(other["x"])) >= int(one["width"])
            assert below or apart
    assert len(boxes) == 6


def test_the_page_shows_decisions_searches_and_criteria_and_escapes_titles():
    odd = screened(1, record={"title": "<script>alert(1)</script> in GVHD trials"})
    page = render_page([odd, *SCREENINGS[1:]], FLOW, ALL, vocabulary=vocabulary())
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; in GVHD trials" in page
    for words in (
        "msc[MeSH] AND gvhd",
        "include: population",
        "graft-versus-host disease",
        "Left for a person (1)",
        "Excluded (3, and 1 duplicates)",
    ):
        assert words in page
    assert page.index("Left for a person (1)") < page.index("Excluded (3")
    assert "the same paper as pmid-1 from PubMed" in page


def test_the_page_shows_ids_with_their_signs():
    odd = screened(1, record={"id": "doi-10.5555%2Fcord.1"})
    page = render_page([odd, *SCREENINGS[1:]], FLOW, ALL, vocabulary=vocabulary())
    assert "doi-10.5555/cord.1" in page
    assert "%2F" not in page


def test_the_page_shows_what_persons_decided():
    reviews = parse_reviews(b"pmid,decision,reviewer,note\n2,include,Ana,humanised mice\n", location="x.csv")
    found, _ = apply_reviews(SCREENINGS, reviews)
    assert found[1].decided is Decided.INCLUDE
    page = render_page(found, count_flow(found), ALL, vocabulary=vocabulary())
    assert "decided by Ana; the rules said exclude (wrong species). humanised mice" in page


def test_searches_come_back_from_their_log():
    assert parse_searches(write_searches([SEARCH, SEARCH]), location="searches.jsonl") == (SEARCH, SEARCH)


def test_a_damaged_line_of_the_log_is_named():
    with pytest.raises(CriteriaError, match=r"searches\.jsonl, line 2: is no search: hits"):
        parse_searches(
            write_searches([SEARCH]) + b'{"query": "x", "source": "pubmed", "date": "2026", "hits": -1, "retrieved": 0}\n',
            location="searches.jsonl",
        )
