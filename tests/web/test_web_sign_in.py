"""The page to sign in at, and writing at servers that were started in each of the ways there are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser
from web_world import build_store, serving

from kg.web import Access
from kg.web.pages.session import own_path

TOKEN = "a-token-of-some-length"  # noqa: S105  # of a server that these tests make up
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("sign-in") / "store")


@pytest.fixture(scope="module")
def guarded(store: Path) -> Iterator[str]:
    with serving(store, access=Access(token=TOKEN)) as address:
        yield address


def heading(text: str) -> str:
    return str(html.document_fromstring(text).xpath("string(//h1)"))


def test_a_server_at_a_network_address_without_a_token_is_read_and_says_why_it_is_not_written(store: Path) -> None:
    with serving(store, access=Access()) as site:
        assert requests.get(f"{site}/paper/pmid-101", headers=BROWSER, timeout=30).status_code == 200
        assert requests.post(f"{site}/sparql", data={"query": "ASK {}"}, timeout=30).status_code == 200
        refused = requests.post(f"{site}/api/papers", json={}, timeout=30)
        assert (refused.status_code, "kg serve --token" in refused.json()["error"]) == (403, True)
        assert heading(requests.get(f"{site}/session", headers=BROWSER, timeout=30).text) == "This server can only be read"


def test_a_refused_form_is_answered_with_a_page_that_leads_to_signing_in(guarded: str) -> None:
    answer = requests.post(f"{guarded}/api/papers", json={}, timeout=30)
    assert (answer.status_code, list(answer.json())) == (401, ["error"])
    page = html.document_fromstring(requests.post(f"{guarded}/nosuch", headers=BROWSER, timeout=30).text)
    assert page.xpath("//main//a/@href")[0] == "/session"


@pytest.mark.parametrize("onward", ["", "https://evil.example", "//evil.example", "/\\evil.example", "add", "/a\nb", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(onward: str) -> None:
    assert own_path(onward) == "/"


def test_signing_in_leads_on_to_where_one_came_from() -> None:
    assert own_path("/add?pmid=1") == "/add?pmid=1"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_person_signs_in_and_out(chromium: Browser, guarded: str, scheme: str) -> None:
    page = chromium.new_page(base_url=guarded, color_scheme=scheme)
    page.goto("/session?next=/about")
    field = page.get_by_label("Token")
    field.fill("not the right one, surely")
    page.keyboard.press("Enter")
    page.get_by_text("That is not the token").wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert Axe().run(page).response["violations"] == []
    field.fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/about")
    page.goto("/session")
    assert page.get_by_role("heading", level=1).inner_text() == "You may change the graph"
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Token").wait_for()
    page.context.close()
