"""Text, page and feed of what papers changed."""

import pytest
from changes_world import HOSTILE, changes, claim, link, paper
from lxml import etree, html

from kg.changes import paper_section, render_brief, render_feed, render_page, render_text
from kg.changes.records import Moved
from kg.changes.text import MOST_PAPERS
from kg.model import LinkKind

ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOW = "2026-03-02T00:00:00Z"


def feed(*papers, **options):
    return etree.fromstring(render_feed(changes(*papers), name="n", title="New", updated=NOW, **options))


def test_the_text_says_what_the_paper_found_and_what_it_contradicts() -> None:
    text = render_text(changes(paper()))
    assert text.splitlines()[0] == "What is new: 1 paper, 1 new finding, 1 contradiction, 1 gap filled"
    assert "Roe 2026. Cord cells against relapse\n  rct, n = 80, doi:10.5555/roe.2\n  Contradicts\n" in text
    assert "    Doe 2020\n      both significant\n      both randomised\n      “Relapse rose.”\n      Differs in " in text
    told = " ".join(text.split())
    assert (
        "Differs in cell source: umbilical cord (Roe 2026), bone marrow (Doe 2020); dose: not stated (Roe 2026), 2e6/kg (Doe 2020)" in told
    )
    assert "relapse: decreased; cells against placebo; 10% against 30%; P = .02; significant; at 2 years" in text
    assert "umbilical cord cells: relapse" in text
    assert "belumosudil (drug)" in text


def test_the_short_text_counts_and_names_what_is_contradicted() -> None:
    moved = Moved(cell="cord MSC", outcome="relapse", setting="human", before=None, after="decreased", cohorts_before=1, cohorts_after=2)
    assert render_brief(changes(paper(), moved=(moved,))).splitlines() == [
        "What is new: 1 paper, 1 new finding, 1 contradiction, 1 gap filled",
        "",
        "Roe 2026. Cord cells against relapse",
        "  rct, n = 80, doi:10.5555/roe.2",
        "  contradicts: 1; findings: 1; first to study: 1; first to mention: 1",
        "  Contradicts Doe 2020",
        "",
        "1 count of the evidence moved",
        "All of it: kg diff 10.5555/roe.2",
    ]


def test_no_papers_is_said_to_be_nothing_new() -> None:
    assert render_text(changes()) == render_brief(changes()) == "Nothing new.\n"


def test_of_many_papers_those_with_contradictions_are_told_first_and_the_rest_is_counted() -> None:
    quiet = [paper(paper=f"q{number:02}", name=f"Q{number:02} 2026", links=()) for number in range(MOST_PAPERS + 2)]
    text = render_text(changes(*quiet, paper(paper="z", name="Zed 2026", title="Last")))
    assert text.index("Zed 2026. Last") < text.index("Q00 2026")
    assert text.endswith("and 3 more papers; see each with kg diff PAPER\n")


def test_evidence_that_turned_is_told_with_what_it_was() -> None:
    moved = Moved(cell="cord MSC", outcome="relapse", setting="human", before=None, after="decreased", cohorts_before=1, cohorts_after=2)
    assert "cord MSC and relapse: decreased, was untested; cohorts 1 before, 2 now" in render_text(changes(paper(), moved=(moved,)))


def test_a_retracted_paper_says_so_before_anything_else() -> None:
    for written in (render_text(changes(paper(is_retracted=True))), render_page(changes(paper(is_retracted=True)), title="t")):
        assert 0 < written.index("RETRACTED") < written.index("10%")


@pytest.mark.parametrize("part", ["title", "name"])
def test_what_a_paper_says_is_text_on_the_page_and_in_the_feed(part: str) -> None:
    hostile = paper(**{part: HOSTILE}, findings=(claim(outcome_label=HOSTILE, sentence=HOSTILE, intervention=HOSTILE),))
    hostile = hostile.model_copy(update={"links": (link(object_sentence=HOSTILE),)})
    page = html.document_fromstring(render_page(changes(hostile), title=HOSTILE))
    assert page.xpath("//script") == []
    assert HOSTILE in page.text_content()
    [content] = feed(hostile).xpath("//a:content", namespaces=ATOM)
    inside = html.fragment_fromstring(content.text, create_parent=True)
    assert inside.xpath("//script") == []
    assert HOSTILE in inside.text_content()


def test_on_a_site_other_papers_and_new_concepts_are_links() -> None:
    of = paper()
    section = html.fragment_fromstring(paper_section(of, changes(of), address=lambda kind, name: f"/{kind}/{name}"), create_parent=True)
    links = {each.text: each.get("href") for each in section.xpath(".//a")}
    [seen] = of.first_seen
    [other] = of.links
    assert links == {"Doe 2020": f"/paper/{other.object_paper}", "belumosudil": f"/concept/{seen.concept}"}
    assert "<a" not in paper_section(of, changes(of))


def test_the_page_asks_the_network_for_nothing() -> None:
    page = html.document_fromstring(render_page(changes(paper()), title="t"))
    assert page.xpath("//@src | //link | //@srcset") == []
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_both_sentences_of_a_contradiction_stand_side_by_side() -> None:
    page = html.document_fromstring(render_page(changes(paper()), title="t"))
    assert [each.text_content() for each in page.xpath("//blockquote")] == ["Relapse fell.Roe 2026", "Relapse rose.Doe 2020"]
    assert [[cell.text_content() for cell in row] for row in page.xpath("//section[contains(@class, 'contradicts')]//tbody/tr")] == [
        ["cell source", "umbilical cord", "bone marrow"],
        ["dose", "not stated", "2e6/kg"],
    ]


def test_the_feed_has_what_rfc_4287_requires_and_the_last_paper_first() -> None:
    late = paper(paper="p9", name="Zed 2026", title="Late", added="2026-03-09T08:00:00Z", doi=None, pmid="123", links=())
    got = feed(paper(), late)
    assert [each.text for each in got.xpath("a:entry/a:title", namespaces=ATOM)] == ["Late", "Cord cells against relapse"]
    assert [each.text for each in got.xpath("a:entry/a:id", namespaces=ATOM)] == [
        "https://w3id.org/graftgraph/paper/p9",
        "https://w3id.org/graftgraph/paper/p2",
    ]
    assert got.xpath("a:entry/a:link/@href", namespaces=ATOM) == [
        "https://pubmed.ncbi.nlm.nih.gov/123/",
        "https://doi.org/10.5555/roe.2",
    ]
    assert [got.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "updated")] == [
        "https://w3id.org/graftgraph/feed/n", "New", NOW,
    ]  # fmt: skip
    assert got.findtext("a:author/a:name", namespaces=ATOM) == "GraftGraph"
    assert got.findtext("a:entry/a:summary", namespaces=ATOM) == "1 paper, 1 new finding, 1 gap filled"


def test_a_character_that_xml_cannot_hold_does_not_break_the_feed() -> None:
    assert feed(paper(title="Bell \x07 rings")).findtext("a:entry/a:title", namespaces=ATOM) == "Bell \N{REPLACEMENT CHARACTER} rings"


def test_the_same_changes_give_the_same_bytes() -> None:
    one = changes(paper(links=(link(LinkKind.AGREES), link())))
    assert render_page(one, title="t") == render_page(one.model_copy(deep=True), title="t")


def test_the_page_shows_related_papers_below_comparisons() -> None:
    related = link(LinkKind.RELATED, because=({"sign": "s", "text": "share cord cells"},))
    page = render_page(changes(paper(links=(link(), related))), title="t")
    assert page.index("Contradicts") < page.index("Findings</h3>") < page.index("Doe 2020: share cord cells")
