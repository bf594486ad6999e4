"""The explanation of one paper, as a page and as coloured text; records are made by hand, so that no rule is tested here."""

import re

import pytest
from rich.console import Console

from kg.explain import explain_page, explain_parts, explain_terminal
from kg.explain.facts import find_gaps, value_words
from kg.explain.marks import Mark, Role, find_marks, nest
from kg.model import (
    Arm,
    Direction,
    Effect,
    Extraction,
    Fact,
    Finding,
    FindingKind,
    Inconsistency,
    Notice,
    Origin,
    Outcome,
    Paper,
    PValue,
    Quote,
    RelatedNotice,
    Section,
    SectionLabel,
    Study,
    Term,
    TermKind,
    Value,
    Values,
)
from kg.schemes import Concept
from kg.vocabulary import Vocabulary

HOSTILE = """<img src=x onerror="document.title='broken in'">"""
CLOSING = "</script><script>document.title='broken in'</script>{{text}}"
# The first sign is one code point and two UTF-16 units; the marks after it stand right only when code points are counted.
TEXT = (
    f"🧬 Relapse fell to 10% with cells against 30% with placebo (HR 0.4; P = .02). Sleep got odd {HOSTILE} {CLOSING} "
    "after 5 of 20 nights. Nobody knows what the third sentence says of 77% of them."
)
VOCABULARY = Vocabulary(concepts={"relapse": Concept(slug="relapse", kind="outcome", label="relapse", desirable="lower")})


def quote(words, within=TEXT):
    start = within.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def sentence(number):
    first = TEXT.index(" Sleep")
    second = TEXT.index(" Nobody")
    start, end = [(0, first), (first + 1, second), (second + 1, len(TEXT))][number]
    return {"start": start, "end": end}


def relapse(**fields):
    values = {
        "kind": FindingKind.EFFECT,
        "outcome": Outcome(**quote("Relapse"), label="relapse", concept="relapse"),
        "direction": Direction.DECREASED,
        "significant": True,
        "intervention": "cells",
        "comparator": "placebo",
        "intervention_arm": 1,
        "comparator_arm": 2,
        "values": Values(intervention=Value(value=10, unit="%", **quote("10%")), comparator=Value(value=30, unit="%", **quote("30%"))),
        "effect": Effect(measure="HR", value=0.4, **quote("HR 0.4")),
        "p": PValue(operator="=", value=0.02, **quote("P = .02")),
        "timepoint": "P2Y",
        "evidence": sentence(0),
        "confidence": 0.9,
        "rules": ("number beside its arm",),
        "cues": (Quote(**quote("fell")),),
    } | fields
    return Finding(**values)


def sleep(**fields):
    return relapse(
        **{
            "outcome": Outcome(**quote("Sleep"), label="sleep"),
            "direction": Direction.UNCLEAR,
            "significant": None,
            "values": Values(),
            "effect": None,
            "p": None,
            "timepoint": None,
            "evidence": sentence(1),
            "confidence": 0.3,
            "rules": ("nothing decides",),
            "cues": (),
        }
        | fields
    )


def world(*findings, **fields):
    values = {
        "id": "x",
        "paper": "x",
        "findings": findings,
        "sections": (Section(start=0, end=len(TEXT), label=SectionLabel.RESULTS),),
        "terms": (
            Term(**quote("Relapse"), kind=TermKind.OUTCOME, label="relapse", concept="relapse"),
            Term(**quote("Sleep got"), kind=TermKind.OUTCOME, label="sleep got"),
        ),
        "arms": (
            Arm(number=1, label="cells", mentions=(Quote(**quote("cells")),)),
            Arm(number=2, label="placebo", is_control=True, mentions=(Quote(**quote("placebo")),)),
        ),
        "study": Study(
            design="rct",
            n=40,
            is_randomized=True,
            facts=(
                Fact(field="design", origin=Origin.TITLE, text="randomized trial", rule="a-rule"),
                Fact(field="n", origin=Origin.TEXT, **quote("20 nights")),
            ),
        ),
        "engine": "rules 1",
    } | fields
    return Extraction(**values)


def paper(**fields):
    return Paper(**{"id": "x", "title": f"A title {HOSTILE}", "text": TEXT, "source_format": "text", "sha256": "0" * 64} | fields)


def page_of(*findings, about=None, notice=None, doubtful_below=0.5, **fields):
    return explain_page(about or paper(), world(*findings, **fields), VOCABULARY, notice=notice, doubtful_below=doubtful_below)


def marks_of(*findings, **fields):
    return find_marks(TEXT, world(*findings, **fields))


def words_of(page):
    """What a reader without styles reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<body>")[1].split("<script>")[0]).split())


# ------------------------------------------------------------ marks


def test_numbers_of_a_finding_are_found_where_they_are_printed():
    found = {TEXT[m.start : m.end]: (m.role, m.findings) for m in marks_of(relapse()) if m.role in (Role.NUMBER, Role.P) and m.findings}
    assert found == {
        "10%": (Role.NUMBER, (1,)),
        "30%": (Role.NUMBER, (1,)),
        "HR 0.4": (Role.NUMBER, (1,)),
        "P = .02": (Role.P, (1,)),
    }


def test_a_number_that_a_curator_wrote_stands_nowhere():
    written = relapse(p=PValue(operator="=", value=0.02, text="P = .02"))
    assert [m.style for m in marks_of(written) if m.role is Role.P] == ["unused"]


def test_numbers_that_no_finding_uses_are_marked_so():
    assert "77%" in {TEXT[m.start : m.end] for m in marks_of(relapse()) if m.style == "unused"}
    assert "10%" not in {TEXT[m.start : m.end] for m in marks_of(relapse()) if m.style == "unused"}


def test_one_outcome_of_two_findings_is_one_mark_and_mixed_where_they_disagree():
    found = [m for m in marks_of(relapse(), relapse(direction=Direction.INCREASED)) if m.role is Role.OUTCOME]
    assert [(m.findings, m.style) for m in found] == [((1, 2), "mixed")]


def test_an_arm_belongs_to_the_findings_that_compare_it_there():
    found = {TEXT[m.start : m.end]: (m.style, m.findings) for m in marks_of(relapse(), sleep()) if m.role is Role.ARM}
    assert found == {"cells": ("given", (1,)), "placebo": ("control", (1,))}


def test_a_mark_that_reaches_out_of_another_is_cut_there():
    outer, across = Mark(0, 10, Role.OUTCOME, "outer"), Mark(5, 15, Role.TERM, "across")
    [first, second] = nest([outer, across])
    assert (first.mark, [node.mark for node in first.inside]) == (outer, [Mark(5, 10, Role.TERM, "across")])
    assert second.mark == Mark(10, 15, Role.TERM, "across")


def test_two_facts_read_from_one_place_are_one_mark_and_one_target():
    facts = tuple(Fact(field=name, origin=Origin.TEXT, **quote("placebo")) for name in ("design", "n"))
    page = page_of(relapse(), study=Study(design="rct", n=40, facts=facts))
    identities = re.findall(r' id="([^"]+)"', page)
    assert len(identities) == len(set(identities))
    assert identities.count(f"at-{TEXT.index('placebo')}-{TEXT.index('placebo') + 7}") == 1


def test_marks_of_one_stretch_lie_inside_each_other_by_role():
    [outer] = nest([Mark(0, 5, Role.TERM, "term"), Mark(0, 5, Role.OUTCOME, "outcome")])
    assert (outer.mark.role, outer.inside[0].mark.role) == (Role.OUTCOME, Role.TERM)


# ------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ("", "")),
        (Value(value=0, count=0, text="none"), ("none", "0")),
        (Value(value=25, unit="%", count=5, total=20, text="5/20 (25%)"), ("5/20 (25%)", "25%, 5 of 20")),
        (Value(value=27.4, unit="%", ci_low=16.2, ci_high=38.6, text="27·4%"), ("27·4%", "27.4%, CI 16.2 to 38.6")),
        (Value(value=10, unit="%", text="10%"), ("10%", "")),
        (Value(value=0.0, unit="days", text="zero days"), ("zero days", "0 days")),
    ],
)
def test_a_value_is_shown_as_printed_and_as_read(value, words):
    assert value_words(value) == words


def test_what_was_not_understood():
    wrong = Inconsistency(kind="percent_and_count", message="5 of 20 is 25%", **{k: v for k, v in quote("5 of 20").items() if k != "text"})
    extraction = world(relapse(), inconsistencies=(wrong,))
    gaps = find_gaps(paper(), extraction, find_marks(TEXT, extraction), VOCABULARY)
    assert [TEXT[each.start : each.end].split(maxsplit=1)[0] for each in gaps.sentences] == ["Sleep", "Nobody"]
    assert gaps.phrases == (("outcome", "sleep got", 1),)
    assert (gaps.inconsistencies, gaps.numbers, gaps.reason) == ((wrong,), (), None)


def test_a_protocol_has_no_results_to_miss():
    extraction = world(study=Study(design="protocol"), no_findings_reason="protocol")
    gaps = find_gaps(paper(), extraction, find_marks(TEXT, extraction), VOCABULARY)
    assert (gaps.sentences, gaps.reason) == ((), "protocol")


def test_a_number_beside_a_finding_that_it_does_not_use_is_a_gap():
    extraction = world(relapse(p=None))
    gaps = find_gaps(paper(), extraction, find_marks(TEXT, extraction), VOCABULARY)
    assert [TEXT[mark.start : mark.end] for mark in gaps.numbers] == ["P = .02"]


# ------------------------------------------------------------ page


def test_everything_read_is_escaped():
    page = page_of(relapse(), sleep(), notice="<b>notice</b>")
    assert "<img" not in page
    assert page.count("<script>") == 1
    assert "&lt;b&gt;notice&lt;/b&gt;" in page
    assert "{{text}}" in page


def test_the_page_names_nothing_to_load():
    page = page_of(relapse())
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page) == []
    assert "default-src 'none'" in page
    assert "unsafe" not in page


def test_a_finding_with_all_it_rests_on_is_a_row():
    words = words_of(page_of(relapse()))
    assert (
        "1 relapse at 2 years decreased significant 10% cells 30% placebo HR 0.4 P = .02 intervention 0.90 number beside its arm “fell”"
        in words
    )


def test_facts_say_where_they_were_read():
    page = page_of(relapse())
    assert "design rct title: “randomized trial”" in words_of(page)
    place = TEXT.index("20 nights")
    assert f'<a href="#at-{place}-{place + 9}">text: “20 nights”</a>' in page
    assert f'<span id="at-{place}-{place + 9}" class="fact">' in page


@pytest.mark.parametrize(("doubtful_below", "label"), [(0.5, ["below 0.5"]), (0.95, ["below 0.95"] * 2), (0.3, [])])
def test_findings_below_the_threshold_are_labelled(doubtful_below, label):
    page = page_of(relapse(), sleep(), doubtful_below=doubtful_below)
    assert re.findall(r"<em>(below [\d.]+)</em>", page) == label
    assert page.count('class="doubtful"') == len(label)


def test_a_retraction_stands_before_the_title():
    retracted = paper(notices=(RelatedNotice(kind=Notice.RETRACTION_IN, citation="J <i>Odd</i> 2020"),))
    words = words_of(page_of(relapse(), about=retracted))
    assert words.index("RETRACTED") < words.index("A title")
    assert "retraction in: J &lt;i&gt;Odd&lt;/i&gt; 2020" in words
    assert "RETRACTED" not in page_of(relapse())


def test_a_paper_without_findings_says_why():
    assert "No findings: protocol." in page_of(no_findings_reason="protocol")


def test_a_paper_without_abstract_has_a_page():
    page = explain_page(paper(text=""), Extraction(id="x", paper="x", no_findings_reason="no abstract"), VOCABULARY)
    assert "The record has no abstract." in page


def test_the_same_extraction_gives_the_same_page():
    assert page_of(relapse(), sleep()) == page_of(relapse(), sleep())


def test_every_link_inside_the_page_leads_somewhere():
    page = page_of(relapse(), sleep(), sleep(outcome=Outcome(**quote("nights"), label="nights")))
    targets = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 6
    assert [link for link in links if link not in targets] == []


# ------------------------------------------------------------ terminal


def printed(*findings, terminal=False, about=None, **fields):
    console = Console(width=200, force_terminal=terminal, color_system="standard" if terminal else None, highlight=False)
    with console.capture() as capture:
        console.print(explain_terminal(about or paper(), world(*findings, **fields), VOCABULARY, notice="A notice"))
    return capture.get()


def test_two_papers_on_one_page_keep_their_ids_and_links_apart():
    hostile = paper(title='<p id="finding-1" href="#finding-1">')
    own = vars(explain_parts(hostile, world(relapse(), sleep()), VOCABULARY))
    other = vars(explain_parts(hostile, world(relapse(), sleep()), VOCABULARY, prefix="b-"))
    ids, links = (set(re.findall(pattern, "".join(other.values()))) for pattern in (r' id="([^"]*)"', r' href="#([^"]*)"'))
    assert ids and links <= ids
    assert all(each.startswith("b-") for each in ids)
    assert {name: markup.replace('id="b-', 'id="').replace("#b-", "#") for name, markup in other.items()} == own


def test_the_terminal_says_what_was_found_and_why():
    lines = [line.strip() for line in printed(relapse(), sleep()).splitlines()]
    assert lines[0] == "A notice"
    at = lines.index("1  ↓ relapse: decreased  confidence 0.90")
    assert lines[at + 1 : at + 4] == [
        "cells: 10% against placebo: 30%",
        "HR 0.4; P = .02; significant; at 2 years; favours intervention",
        "why: number beside its arm; “fell”",
    ]
    assert "2  ? sleep: unclear  confidence 0.30, below 0.5" in lines
    assert "not in the vocabulary: sleep (outcome); sleep got (outcome)" in lines


def test_the_terminal_is_coloured():
    assert "\x1b[1;4;" in printed(relapse(), terminal=True)


def test_a_text_cannot_move_the_cursor():
    assert "\x1b" not in printed(
        relapse(intervention="cells\x1b[2J"), about=paper(title="Title \x1b]0;owned\x07", text=TEXT.replace("🧬", "\x1b"))
    )


# ------------------------------------------------------------ in a browser


@pytest.mark.browser
def test_hostile_title_and_text_are_text(open_page):
    page = open_page(page_of(relapse(), sleep()))
    assert page.locator("h1").inner_text() == f"A title {HOSTILE}"
    assert page.title() == f"A title {HOSTILE}"
    assert f"Sleep got odd {HOSTILE} {CLOSING} after" in page.locator(".abstract").inner_text()
    assert page.locator("img").count() == 0


@pytest.mark.browser
def test_marks_behind_a_wide_sign_stand_on_their_words(open_page):
    page = open_page(page_of(relapse()))
    assert page.locator(".abstract mark.outcome-of").inner_text() == "Relapse"
    assert page.locator(".abstract mark.p-value").inner_text() == "P = .02"


@pytest.mark.browser
def test_pointing_at_a_finding_lights_its_sentence_and_spans(open_page):
    page = open_page(page_of(relapse(), sleep()))
    page.locator("#finding-1 td").nth(1).hover()
    assert page.locator("mark.lit").all_inner_texts() == ["Relapse", "fell", "10%", "cells", "30%", "placebo", "HR 0.4", "P = .02"]
    assert page.locator(".sentence.lit").count() == 1
    page.locator("h1").hover()
    assert page.locator(".lit").count() == 0


@pytest.mark.browser
def test_a_click_keeps_the_light_and_escape_takes_it_away(open_page):
    page = open_page(page_of(relapse(), sleep()))
    page.locator("#finding-2 td").nth(1).click()
    page.locator("h1").hover()
    assert page.locator("mark.lit").all_inner_texts() == ["Sleep"]
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0


@pytest.mark.browser
def test_findings_are_reached_with_the_keyboard(open_page):
    page = open_page(page_of(relapse(), sleep()))
    lit = []
    for _ in range(16):
        page.keyboard.press("Tab")
        lit.append(page.locator("tbody.lit").evaluate_all("rows => rows.map((row) => row.id)"))
    assert ["finding-1"] in lit
    assert ["finding-2"] in lit


@pytest.mark.browser
def test_without_scripts_links_tie_findings_and_sentences(open_page):
    page = open_page(page_of(relapse(), sleep()), java_script_enabled=False)
    page.get_by_title("Finding 2: to its sentence").click()
    assert page.locator(".sentence:target").inner_text().startswith("Sleep got odd")
    page.get_by_title("to finding 1").click()
    assert page.locator("tbody:target").get_attribute("id") == "finding-1"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_marks(open_page, scheme):
    page = open_page(page_of(relapse(), sleep()), color_scheme=scheme)
    colours = page.locator("mark.term").evaluate_all(
        "marks => marks.map((mark) => getComputedStyle(mark)).map((style) => [style.color, style.backgroundColor])"
    )
    assert len(colours) > 6
    assert min(contrast(*pair) for pair in colours) > 4.5


@pytest.mark.browser
def test_a_doubtful_finding_is_faded_and_dashed(open_page):
    page = open_page(page_of(relapse(), sleep()))
    styles = [
        page.locator(f"#finding-{n}").evaluate("row => [getComputedStyle(row).opacity, getComputedStyle(row).borderLeftStyle]")
        for n in (1, 2)
    ]
    assert styles == [["1", "none"], ["0.72", "dashed"]]


def contrast(ink, ground):
    """Contrast ratio of two CSS colours (WCAG 2.2)."""
    dark, bright = sorted(map(luminance, (ink, ground)))
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour):
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour.replace("color(srgb", "rgb("))][:3]
    shares = [number if "srgb" in colour else number / 255 for number in numbers]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
