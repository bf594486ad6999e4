import json
import re

import pytest

from kg.draw import draw_graph
from kg.model import Claim, Direction, FindingKind, TextKind
from kg.network import build_graph
from kg.vocabulary import Vocabulary

HOSTILE = """<img src=x onerror="document.title='broken in'">"""
CLOSING = "</script><script>document.title='broken in'</script>"


def claim(paper, outcome, direction="decreased", **fields):
    values = {
        "finding": f"{paper}/{outcome}/{direction}",
        "kind": FindingKind.EFFECT,
        "cells": ("uc-msc",),
        "outcome_label": outcome,
        "sentence": f"We saw {outcome} change.",
    } | fields
    return Claim(paper=paper, outcome=outcome, direction=Direction(direction), **values)


CLAIMS = [
    claim("p1", "relapse", "no_difference", first_author="Gao", year=2016),
    claim(
        "p1",
        "chronic GVHD",
        title="A first trial",
        first_author="Gao",
        year=2016,
        sentence="Chronic GVHD was rarer & milder in the cell arm.",
    ),
    claim("p2", "survival", "increased", title=HOSTILE, cells=("bm-msc",), transplants=("haplo",)),
    claim("p3", f"odd {CLOSING}", "reported", title=CLOSING, sentence=f"{{{{data}}}} {CLOSING} {HOSTILE} 'quoted' \"twice\""),
]


def page_of(claims=CLAIMS, **options):
    return draw_graph(build_graph(claims, Vocabulary(concepts={})), **options)


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_names_no_file_or_host_to_load():
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page_of()) == []
    assert "cdn" not in page_of().lower()


def test_the_policy_lets_only_our_own_scripts_run():
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page_of())[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_titles_cannot_leave_the_data():
    page = page_of()
    assert page.count("</script>") == 3
    assert HOSTILE not in page
    assert any(entry["title"] == HOSTILE for entry in data_of(page)["claims"])


def test_page_title_and_notice_are_escaped():
    page = page_of(title="<b>", notice="<i>sample</i>")
    assert "<title>&lt;b&gt;</title>" in page
    assert '<p class="notice" role="note">&lt;i&gt;sample&lt;/i&gt;</p>' in page


def test_places_to_fill_inside_a_sentence_stay_as_they_are():
    assert any(entry["sentence"].startswith("{{data}}") for entry in data_of(page_of())["claims"])


def test_an_edge_carries_direction_width_and_sentence():
    edges = {(edge["from"], edge["to"]): edge for edge in data_of(page_of([*CLAIMS, claim("p9", "chronic GVHD")]))["edges"]}
    found = edges["cell:uc-msc", "outcome:chronic GVHD"]
    assert (found["sense"], found["studies"]) == ("decreased", 2)
    assert "“Chronic GVHD was rarer & milder in the cell arm.”" in found["title"]
    assert found["width"] > edges["cell:uc-msc", "outcome:relapse"]["width"]


def test_the_same_claims_give_the_same_page():
    assert page_of() == page_of(CLAIMS[::-1])


def test_a_long_tooltip_says_how_much_more_there_is():
    claims = [claim(f"p{n}", "relapse", sentence=f"Sentence {n}.") for n in range(5)]
    titles = [edge["title"] for edge in data_of(page_of(claims))["edges"] if edge["from"].startswith("cell:")]
    assert [title.splitlines()[-1] for title in titles] == ["and 3 more; click to read all"]


def test_a_digest_is_marked():
    page = page_of([claim("p1", "relapse", text_kind=TextKind.DIGEST)])
    assert [entry["isDigest"] for entry in data_of(page)["claims"]] == [True]


def test_an_edge_on_doubtful_findings_alone_is_marked():
    claims = [claim("p1", "relapse", confidence=0.4), claim("p2", "survival", confidence=0.4), claim("p3", "survival", confidence=0.5)]
    found = {edge["to"]: edge for edge in data_of(page_of(claims))["edges"] if edge["from"] == "cell:uc-msc"}
    assert (found["outcome:relapse"]["doubtful"], found["outcome:survival"]["doubtful"]) == (True, False)
    assert found["outcome:relapse"]["title"].splitlines()[1] == "decreased · 1 study, clinical, confidence below 0.5"
    assert [entry["doubt"] for entry in data_of(page_of(claims))["claims"]] == [
        "confidence 0.40, below 0.5",
        "confidence 0.40, below 0.5",
        "",
    ]


# ------------------------------------------------------------ in a browser


def find(page, words):
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")


def rows(page):
    page.get_by_role("button", name="List").click()
    return [" ".join(row.split()) for row in page.locator("#list tbody tr").all_inner_texts()]


@pytest.mark.browser
def test_the_page_opens_and_counts_what_it_shows(open_page):
    page = open_page(page_of(notice="A notice"))
    assert page.get_by_role("status").inner_text() == "10 of 10 nodes and 9 of 9 edges shown"
    assert page.get_by_role("note").inner_text() == "A notice"
    assert page.locator("canvas").count() == 1


@pytest.mark.browser
def test_hostile_titles_are_text(open_page):
    page = open_page(page_of())
    find(page, "<img")
    assert page.locator("#panel h2").inner_text() == HOSTILE
    assert page.locator("#hits").inner_text().startswith(HOSTILE)
    find(page, "odd")
    assert page.locator("#panel blockquote").inner_text() == f"{{{{data}}}} {CLOSING} {HOSTILE} 'quoted' \"twice\""
    assert rows(page) != []
    assert page.locator("img").count() == 0
    assert page.title() == "GraftGraph"


@pytest.mark.browser
def test_hovering_an_edge_shows_its_sentence_as_text(open_page):
    page = open_page(page_of([claim("p1", "relapse", sentence=f"Relapse was rarer {HOSTILE}.")]))
    ends = page.evaluate("['cell:uc-msc', 'outcome:relapse'].map((id) => network.canvasToDOM(network.getPosition(id)))")
    corner = page.locator("#picture").bounding_box()
    x, y = (corner[axis] + (ends[0][axis] + ends[1][axis]) / 2 for axis in "xy")
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    tooltip = page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible")
    assert "Relapse was rarer <img" in tooltip.inner_text()


@pytest.mark.browser
def test_search_finds_a_node_and_shows_its_evidence(open_page):
    page = open_page(page_of())
    find(page, "chronic")
    assert page.locator("#panel h2").inner_text() == "chronic GVHD"
    assert page.locator("#panel blockquote").inner_text() == "Chronic GVHD was rarer & milder in the cell arm."
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


@pytest.mark.browser
def test_search_without_a_match_says_so(open_page):
    page = open_page(page_of())
    find(page, "zzz")
    assert page.locator("#hits").inner_text() == "Nothing by that name"


@pytest.mark.browser
def test_the_list_says_what_the_picture_shows(open_page):
    page = open_page(page_of(CLAIMS[:2]))
    assert rows(page) == [
        "uc msc decreased chronic GVHD 1 patients",
        "uc msc no difference relapse 1 patients",
        "Gao 2016 decreased chronic GVHD 1 patients",
        "Gao 2016 no difference relapse 1 patients",
    ]


@pytest.mark.browser
def test_filters_by_direction_and_type_take_edges_away_and_bring_them_back(open_page):
    page = open_page(page_of())
    assert len(rows(page)) == 9
    page.get_by_role("checkbox", name="decreased").uncheck()
    assert [row for row in rows(page) if "decreased" in row] == []
    page.get_by_role("checkbox", name="papers").uncheck()
    assert sorted(rows(page)) == sorted(
        [
            "uc msc no difference relapse 1 patients",
            "bm msc increased survival 1 patients",
            f"uc msc reported, not compared odd {CLOSING} 1 patients",
            "haplo setting of bm msc 1 patients",
        ]
    )
    page.get_by_role("button", name="Show everything").click()
    assert len(rows(page)) == 9


@pytest.mark.browser
def test_a_doubtful_finding_says_so_in_list_and_panel(open_page):
    page = open_page(page_of([claim("p1", "relapse", confidence=0.4)]))
    assert rows(page)[0] == "uc msc decreased, in doubt relapse 1 patients"
    find(page, "relapse")
    assert page.locator("#panel article.doubtful p").last.inner_text().startswith("confidence 0.40, below 0.5 · ")


@pytest.mark.browser
def test_animal_evidence_can_be_left_out(open_page):
    page = open_page(page_of([claim("p1", "relapse", species="mouse"), claim("p2", "relapse", "increased", species="human")]))
    page.get_by_role("checkbox", name="animals and cell cultures").uncheck()
    assert rows(page) == ["uc msc increased relapse 1 patients", "p2 increased relapse 1 patients"]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_colour_schemes(open_page, scheme):
    page = open_page(page_of(), color_scheme=scheme)
    ground, ink = page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    bright = {"light": (True, False), "dark": (False, True)}[scheme]
    assert tuple(sum(map(int, re.findall(r"\d+", colour)[:3])) > 382 for colour in (ground, ink)) == bright


@pytest.mark.browser
def test_everything_is_reached_with_the_keyboard(open_page):
    page = open_page(page_of())
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.closest('[id]')?.id"))
    assert {"as-picture", "as-list", "search", "senses", "kinds", "levels", "reset", "picture", "zoom-in", "zoom-fit"} <= set(seen)


@pytest.mark.browser
def test_a_thousand_nodes_open(open_page):
    claims = [
        claim(f"p{n:03}", f"outcome {(n * step) % 120}", ("increased", "decreased", "no_difference")[n % 3], cells=(f"cell-{n % 40}",))
        for n in range(840)
        for step in (1, 7)
    ]
    page = open_page(page_of(claims))
    opened_ms = int(page.locator("body").get_attribute("data-ready"))
    assert page.get_by_role("status").inner_text().split(" edges")[0].split(" nodes")[0].endswith("of 1000")
    assert opened_ms < 15_000
