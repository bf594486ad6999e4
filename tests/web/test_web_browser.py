"""The site in a browser: a first visit, the keyboard alone, links, hostile titles, and what axe says of each page."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_world import watched_page
from playwright.sync_api import Browser, Page
from web_world import HOSTILE, build_store, serving

pytestmark = pytest.mark.browser

CHRONIC = "outcome:incidence-of-chronic-gvhd"
VIEW = f"/explore?x={CHRONIC}&s={CHRONIC}"
PAGES = ["/", "/explore", "/explore?q=gvhd", VIEW, f"/evidence?of={CHRONIC}", "/map", "/forest?outcome=incidence-of-chronic-gvhd", "/query",
    "/query?saved=findings-for-outcome&run=1", "/about", "/add", "/session", "/paper/pmid-102", "/nosuch"]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_store(tmp_path_factory.mktemp("browser") / "store")) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    with watched_page(chromium, site, status="404", others=("blob:", "data:")) as shown:
        yield shown


def test_from_a_first_visit_three_clicks_lead_to_a_sentence(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Explore").click()
    page.get_by_role("link", name="incidence of chronic GVHD").first.click()
    page.locator("#panel mark.outcome").first.wait_for()
    assert "Chronic GVHD at 2 years fell" in page.locator("#panel q").first.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        found[path] = [(each["id"], [node["target"] for node in each["nodes"]]) for each in violations]
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert len(found) == len(PAGES)


def test_the_keyboard_alone_searches_and_opens(page: Page) -> None:
    page.goto("/explore")
    page.get_by_role("combobox", name="Search").focus()
    page.keyboard.type("chronic gvhd")
    page.get_by_role("option", name="incidence of chronic GVHD").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**x=*")
    page.locator("#panel mark").first.wait_for()
    page.locator(".nodes").get_by_role("link", name="Open ").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**x=*x=*")


def test_a_link_shows_the_same_view_in_another_browser(page: Page, chromium: Browser, site: str) -> None:
    page.goto(VIEW)
    page.get_by_role("checkbox", name="paper").check()
    page.wait_for_url("**kind=paper**")
    page.wait_for_selector("body[data-ready]")
    other = chromium.new_page()
    other.goto(page.url)
    shown = [each.locator(".nodes").first.inner_text() for each in (page, other)]
    other.context.close()
    assert shown[0] == shown[1]
    assert "paper" in shown[0] and "condition" not in shown[0]


def test_undo_leads_back_to_the_view_before(page: Page) -> None:
    page.goto(VIEW)
    before = page.locator("#status").inner_text()
    page.get_by_role("checkbox", name="paper").check()
    page.wait_for_url("**kind=paper**")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**{VIEW}")
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#status").inner_text() == before


def test_a_hostile_title_is_text(page: Page) -> None:
    page.goto("/explore?q=script")
    assert page.get_by_text(HOSTILE).count() >= 1
    page.get_by_role("combobox", name="Search").fill("script")
    page.get_by_role("option").first.wait_for()
    assert HOSTILE in page.get_by_role("option").first.inner_text()


def test_the_editor_completes_our_terms(page: Page) -> None:
    page.goto("/query")
    page.get_by_label("SPARQL", exact=True).fill("SELECT * WHERE { ?f gg:outcomeL")
    page.get_by_role("button", name="gg:outcomeLabel").click()
    assert page.get_by_label("SPARQL", exact=True).input_value().endswith("gg:outcomeLabel")
