"""Evidence, explorer, paper and review in a browser, by role and name."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_world import watched_page
from playwright.sync_api import Browser, Page, expect
from web_world import build_undecided, review_desk, serving

pytestmark = pytest.mark.browser

ANA = "0000-0002-1825-0097"
CHRONIC = "outcome:incidence-of-chronic-gvhd"
VIEW = f"/explore?x={CHRONIC}&s={CHRONIC}"
FINDING = "pmid-202/71-147-1"
GRAPH = "/explore/query?query=" + quote("DESCRIBE <https://w3id.org/graftgraph/study/pmid-202>")
PAGES = [VIEW, f"{VIEW}&layout=free", f"/evidence?of={CHRONIC}", "/paper/pmid-202", f"/review?finding={FINDING}",
    "/review?by=contradiction", "/review/decisions", GRAPH, "/forest?outcome=incidence-of-chronic-gvhd"]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = build_undecided(tmp_path_factory.mktemp("pages") / "store")
    with serving(store, review=review_desk(store)) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    with watched_page(chromium, site, status="4", others=("blob:", "data:")) as shown:
        yield shown


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_reaches_out_of_the_window(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    found, wide = {}, []
    for path in PAGES:
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        found[path] = [(each["id"], [node["target"] for node in each["nodes"]]) for each in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert wide == []


def test_a_column_sorts_by_its_numbers_and_sentences_stay_with_their_findings(page: Page) -> None:
    page.goto("/evidence?of=paper:pmid-202")
    page.get_by_role("button", name="Confidence").click()
    rows = page.get_by_role("rowheader")
    confidence = page.locator("[data-head=Confidence]")
    assert [text[:4] for text in confidence.all_inner_texts()] == ["0.50", "0.93"]
    page.get_by_role("button", name="Confidence").click()
    assert [text[:4] for text in confidence.all_inner_texts()] == ["0.93", "0.50"]
    assert page.locator("tbody").first.locator("q").first.inner_text().startswith("RESULTS: Chronic GVHD")
    expect(rows).to_have_count(2)
    # What states no P value stays last both ways.
    for _ in range(2):
        page.get_by_role("button", name="P", exact=True).click()
        assert page.locator("[data-head=P]").all_inner_texts() == ["P = .021", ""]


def test_evidence_leads_to_the_records_of_its_paper(page: Page) -> None:
    page.goto("/evidence?of=paper:pmid-202")
    link = page.get_by_role("link", name="PubMed 202").first
    assert link.get_attribute("href") == "https://pubmed.ncbi.nlm.nih.gov/202/"
    trial = page.get_by_role("link", name="NCT00000101").first
    assert trial.get_attribute("href") == "https://clinicaltrials.gov/study/NCT00000101"


def test_participants_narrow_the_view_and_undo_takes_it_back(page: Page) -> None:
    page.goto(f"/explore?x={CHRONIC}&n=50-99&s={CHRONIC}")
    narrow = page.locator("#status").inner_text()
    page.get_by_role("checkbox", name="50–99").uncheck()
    page.wait_for_url(lambda url: "n=50-99" not in url)
    page.wait_for_selector("body[data-ready]")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**n=50-99**")
    page.wait_for_selector("body[data-ready]")
    expect(page.get_by_role("checkbox", name="50–99")).to_be_checked()
    assert page.locator("#status").inner_text() == narrow


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_springs_rest_and_stop_whether_motion_is_wanted_or_not(page: Page, motion: str) -> None:
    page.emulate_media(reduced_motion=motion)
    page.goto(VIEW)
    page.get_by_role("link", name="Free layout").click()
    page.wait_for_selector("body[data-settled]", timeout=20_000)
    assert "layout=free" in page.url
    page.get_by_role("link", name="Columns").click()
    page.wait_for_url(f"**{VIEW}")


def test_the_graph_of_a_query_opens_and_its_link_shows_the_same(page: Page, chromium: Browser) -> None:
    page.goto("/query?query=" + quote("DESCRIBE <https://w3id.org/graftgraph/study/pmid-202>"))
    page.get_by_role("link", name="Open in the explorer").click()
    page.wait_for_selector("body[data-ready]")
    page.locator(".nodes").get_by_role("link", name="study/pmid-202").first.click()
    page.get_by_role("heading", name="study/pmid-202").wait_for()
    other = chromium.new_context().new_page()
    other.goto(page.url)
    shown = [each.locator("#explore").inner_text() for each in (page, other)]
    other.context.close()
    # Undo belongs to the browser that took the step.
    assert shown[0].replace("Undo\n", "") == shown[1]


def test_a_paper_shows_its_own_effects_and_marks_each_finding_in_its_text(page: Page) -> None:
    page.goto("/paper/pmid-202")
    assert page.get_by_role("region", name="Forest of this paper").locator("svg .box").count() == 1
    page.get_by_role("link", name="finding 1", exact=True).first.click()
    expect(page.locator("#finding-1")).to_be_in_viewport()
    assert page.locator(".column li mark.outcome, .abstract mark.outcome").first.inner_text() == "Chronic GVHD"


def test_a_curator_decides_with_keys_alone_and_comes_to_the_next(page: Page) -> None:
    page.goto("/review?paper=pmid-202")
    first = page.get_by_role("heading", level=2).first.inner_text()
    page.get_by_role("textbox", name="Your ORCID iD").fill(ANA)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_role("radio", name="Accept")).to_be_checked()
    assert page.get_by_label("Reason").input_value() == "as printed"
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    assert first in page.get_by_role("status").inner_text()
    second = page.get_by_role("heading", level=2).first.inner_text()
    assert second != first
    # Letters typed into a field are letters; the ORCID iD is still there.
    page.keyboard.press("c")
    expect(page.get_by_role("group", name="Put in its place")).to_be_visible()
    page.get_by_label("direction", exact=True).select_option("unclear")
    page.get_by_label("Reason").fill("car")
    assert page.get_by_role("textbox", name="Your ORCID iD").input_value() == ANA
    page.keyboard.press("Enter")
    page.get_by_text("Every finding has a decision").wait_for()
    page.get_by_role("link", name="See the decisions").click()
    rows = page.get_by_role("row").filter(has_text=ANA).all_inner_texts()
    assert len(rows) == 2 and any("unclear instead of" in row for row in rows)


def test_keys_can_be_switched_off_and_skipping_decides_nothing(page: Page) -> None:
    page.goto("/review?paper=pmid-201")
    before = page.get_by_role("heading", level=2).first.inner_text()
    page.keyboard.press("s")
    page.wait_for_url("**finding=**")
    assert page.get_by_role("heading", level=2).first.inner_text() != before
    page.get_by_text("Keyboard", exact=True).click()
    page.get_by_role("checkbox", name="single keys are on").uncheck()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("r")
    expect(page.get_by_role("radio", name="Reject")).not_to_be_checked()
