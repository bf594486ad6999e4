"""Adding a paper over the API and in a browser: preview, job, report; files, failures, restarts, hostile texts, the keyboard alone."""

import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from browser_world import watched_page
from fetch_world import FakeServices, make_papers
from lxml import html
from playwright.sync_api import Browser, Locator, Page
from pytest_httpserver import HTTPServer
from web_world import HOSTILE, build_store, serving

from kg.build import Pipeline, Progress
from kg.fetch.identifiers import Identifier
from kg.read.outcome import Outcome
from kg.report import BuildReport
from kg.settings import Settings
from kg.store import LocalStore
from kg.web import Access

TITLE = "Cord cells against placebo for chronic GVHD"
ABSTRACT = """METHODS: We gave umbilical cord-derived mesenchymal stromal cells or placebo to 124 patients after transplantation.
RESULTS: The 2-year cumulative incidence of chronic GVHD was 49.0% with the cells and 27.4% with placebo
(HR 1.8, 95% CI 1.2 to 2.9; P = .021)."""
KNOWN, UNKNOWN = "40000001", "49999999"
#: The engine is loaded twice; the machine may have other work.
LONG_MS = 120_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("add")
    with HTTPServer(threaded=True) as server:
        urls = FakeServices(make_papers(3)).install(server)
        settings = Settings(
            email="us@example.org",
            eutils_url=urls["GRAFTGRAPH_EUTILS_URL"],
            europepmc_url=urls["GRAFTGRAPH_EUROPEPMC_URL"],
            cache=folder / "cache",
            requests_per_second=1000,
        )
        with serving(build_store(folder / "store"), settings=settings) as address:
            yield address


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    with watched_page(chromium, site, status="4") as shown:
        shown.set_default_timeout(LONG_MS)
        yield shown


def ask(site: str, path: str, **body: object) -> requests.Response:
    return requests.post(f"{site}{path}", json=body, timeout=LONG_MS / 1000)


def finished(site: str, job: str) -> dict[str, object]:
    """The job when it is done."""
    deadline = time.monotonic() + LONG_MS / 1000
    while time.monotonic() < deadline:
        found: dict[str, object] = requests.get(f"{site}/api/jobs/{job}", timeout=30).json()
        if found["is_finished"]:
            return found
        time.sleep(0.2)
    raise AssertionError(job)


# ------------------------------------------------------------ for programs


def test_a_preview_says_what_was_understood_with_its_places(site: str) -> None:
    found = ask(site, "/api/papers/preview", title="Seen before it is stored", text=ABSTRACT).json()
    [paper] = found["papers"]
    [finding] = paper["findings"]
    assert (paper["standing"], finding["direction"], finding["values"]) == ("new", "increased", ["49.0%", "27.4%"])
    assert {paper["text"][span["start"] : span["end"]] for span in paper["spans"] if span["findings"]} >= {"49.0%", "27.4%"}
    papers = requests.get(f"{site}/api/papers", timeout=30).json()["items"]
    assert paper["id"] not in {each["id"] for each in papers}


def test_a_paper_of_pubmed_is_added_by_its_number_and_then_known(site: str) -> None:
    begun = ask(site, "/api/papers", identifier=f"PMID {KNOWN}")
    assert (begun.status_code, begun.headers["Location"]) == (202, f"/api/jobs/{begun.json()['id']}")
    done = finished(site, begun.json()["id"])
    assert (done["state"], done["new"], done["again"]) == ("done", [f"pmid-{KNOWN}"], [])
    assert requests.get(f"{site}/paper/pmid-{KNOWN}", headers={"Accept": "text/html"}, timeout=30).status_code == 200
    [paper] = ask(site, "/api/papers/preview", identifier=KNOWN).json()["papers"]
    assert (paper["standing"], paper["stored_as"]) == ("known", [f"pmid-{KNOWN}"])
    again = finished(site, ask(site, "/api/papers", identifier=KNOWN).json()["id"])
    assert (again["state"], again["new"], again["again"]) == ("done", [], [f"pmid-{KNOWN}"])


def test_a_number_that_nobody_knows_fails_and_leaves_the_graph_as_it_was(site: str) -> None:
    before = requests.get(f"{site}/api/papers", timeout=30).json()
    done = finished(site, ask(site, "/api/papers", identifier=UNKNOWN).json()["id"])
    assert (done["state"], UNKNOWN in str(done["left"])) == ("failed", True)
    assert requests.get(f"{site}/api/papers", timeout=30).json() == before


def test_a_file_is_sent_as_it_is(site: str) -> None:
    sent = requests.post(
        f"{site}/api/papers/preview?name=a.txt", data=ABSTRACT.encode(), headers={"Content-Type": "application/octet-stream"}, timeout=120
    )
    assert (sent.json()["label"], len(sent.json()["papers"])) == ("a.txt", 1)


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [*((each, "application/json", 422) for each in (b"{}", b"{", b"[]", b'{"pmid": 1}', b'{"identifier": 1}', b'{"identifier": "Gao"}')),
     (b"\xff", "application/json", 422), (b"", "application/octet-stream", 422), (b"x", "application/xml", 415),
     (b'{"text": "' + b"x" * 10_000_000 + b'"}', "application/json", 413)],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_the_reason(site: str, body: bytes, media_type: str, status: int) -> None:
    for path in ("/api/papers", "/api/papers/preview"):
        answer = requests.post(site + path, data=body, headers={"Content-Type": media_type}, timeout=60)
        assert (answer.status_code, list(answer.json())) == (status, ["error"]), answer.text[:300]


def test_there_are_no_jobs_but_those_that_were_begun(site: str) -> None:
    assert requests.get(f"{site}/api/jobs/nosuchjob", timeout=30).status_code == 404
    assert requests.get(f"{site}/add?job=nosuchjob", headers={"Accept": "text/html"}, timeout=30).status_code == 404


def test_the_api_has_an_example_for_each_way_of_giving(site: str) -> None:
    paths = requests.get(f"{site}/api/openapi.json", timeout=30).json()["paths"]
    for path in ("/api/papers", "/api/papers/preview"):
        content = paths[path]["post"]["requestBody"]["content"]
        assert set(content["application/json"]["examples"]) == {"identifier", "text"}
        assert {"401", "403", "413", "415", "422", "503"} <= set(paths[path]["post"]["responses"])


# ------------------------------------------------------------ without scripts


def test_without_scripts_forms_lead_from_the_text_to_the_job(site: str) -> None:
    visitor = requests.Session()
    visitor.headers.update({"Accept": "text/html", "Origin": site})
    form = html.document_fromstring(visitor.get(f"{site}/add", timeout=60).text)
    proof = form.xpath("//input[@name='proof']/@value")[0]
    shown = visitor.post(f"{site}/add", data={"proof": proof, "title": HOSTILE, "text": "Hardly a text."}, timeout=120)
    preview = html.document_fromstring(shown.text)
    assert preview.xpath("//main//script") == []
    assert "No finding was understood" in preview.text_content() and "short for an abstract" in preview.text_content()
    fields = {each.get("name"): each.get("value") for each in preview.xpath("//form[@data-add]//input[@type='hidden']")}
    assert (fields["title"], fields["text"]) == (HOSTILE, "Hardly a text.")
    sent = visitor.post(f"{site}/add", files={name: (None, value) for name, value in fields.items()}, timeout=60)
    assert "/add?job=" in sent.url
    job = sent.url.partition("job=")[2]
    assert finished(site, job)["state"] == "done"
    report = html.document_fromstring(visitor.get(sent.url, timeout=60).text)
    assert HOSTILE in report.xpath("string(//article/h2)")
    assert report.xpath("//main//script") == []


@pytest.mark.parametrize(
    ("given", "field"),
    [({"identifier": "Gao"}, "identifier"), ({"title": "only"}, "text"), ({"identifier": "1", "text": "a"}, "text"), ({}, "identifier")],
)
def test_an_error_stands_at_its_field_and_what_was_typed_stays(site: str, given: dict[str, str], field: str) -> None:
    visitor = requests.Session()
    form = html.document_fromstring(visitor.get(f"{site}/add", headers={"Accept": "text/html"}, timeout=60).text)
    proof = form.xpath("//input[@name='proof']/@value")
    answer = visitor.post(f"{site}/add", data={"proof": proof[0], **given}, headers={"Accept": "text/html"}, timeout=60)
    page = html.document_fromstring(answer.text)
    [wrong] = page.xpath("//*[@aria-invalid='true']")
    assert (answer.status_code, wrong.get("id")) == (422, field)
    assert page.get_element_by_id(wrong.get("aria-describedby").split()[-1]).text_content()
    assert all(value in (page.get_element_by_id(name).get("value"), page.get_element_by_id(name).text) for name, value in given.items())


def test_who_may_not_write_is_told_instead_of_shown_a_form(tmp_path: Path) -> None:
    store = build_store(tmp_path / "store")
    token = "a-token-of-some-length"  # noqa: S105
    for access, words in ((Access(), "--token"), (Access(token=token), "Sign in")):
        with serving(store, access=access) as address:
            page = html.document_fromstring(requests.get(f"{address}/add", headers={"Accept": "text/html"}, timeout=60).text)
            assert page.xpath("//main//form") == [] and words in page.text_content()
            assert ask(address, "/api/papers", text="x").status_code in {401, 403}


def test_without_an_e_mail_address_it_is_said_what_to_set(tmp_path: Path) -> None:
    with serving(build_store(tmp_path / "store")) as address:
        visitor = requests.Session()
        form = html.document_fromstring(visitor.get(f"{address}/add", headers={"Accept": "text/html"}, timeout=60).text)
        given = {"proof": form.xpath("//input[@name='proof']/@value")[0], "identifier": KNOWN}
        answer = visitor.post(f"{address}/add", data=given, headers={"Accept": "text/html"}, timeout=120)
        said = html.document_fromstring(answer.text).xpath("string(//*[@role='alert'])")
        assert "GRAFTGRAPH_EMAIL" in said and "paste the abstract" in said


# ------------------------------------------------------------ in a browser


def no_faults(page: Page) -> list[object]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [(scheme, each["id"], [node["target"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]
    return found


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


@pytest.mark.browser
def test_a_pasted_text_is_shown_added_reported_and_opened(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Add", exact=True).click()
    assert no_faults(page) == []
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Abstract", exact=True).fill(ABSTRACT)
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("heading", name="What was understood").wait_for()
    assert "49.0%" in page.locator("#preview mark.number").all_inner_texts()
    assert page.get_by_text("The graph does not have this paper yet.").count() == 1
    assert no_faults(page) == []
    page.get_by_role("button", name="Add to the graph").click()
    page.wait_for_url("**/add?job=*")
    heading(page).get_by_text("The graph has grown").wait_for()
    assert "1 new finding" in page.get_by_role("status").inner_text()
    assert no_faults(page) == []
    page.reload()
    heading(page).get_by_text("The graph has grown").wait_for()
    page.get_by_role("link", name="Open the paper").click()
    assert heading(page).inner_text() == TITLE


@pytest.mark.browser
def test_a_dropped_file_is_read_and_goes_along_when_it_is_added(page: Page) -> None:
    page.goto("/add")
    page.wait_for_selector("body[data-ready]")
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "dropped.txt"));
            for (const kind of ["dragenter", "dragover", "drop"])
                document.querySelector(".drop").dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
        }""",
        "Dropped cells\n\n" + ABSTRACT.replace("124", "125"),
    )
    page.get_by_role("heading", name="What was understood of dropped.txt").wait_for()
    page.get_by_role("button", name="Add to the graph").click()
    heading(page).get_by_text("The graph has grown").wait_for()
    assert page.get_by_role("heading", name="Dropped cells").count() == 1


@pytest.mark.browser
def test_a_file_that_is_too_long_is_told_of_before_it_is_sent(page: Page) -> None:
    page.goto("/add")
    page.wait_for_selector("body[data-ready]")
    page.get_by_label("A record or an abstract").set_input_files({"name": "big.txt", "mimeType": "text/plain", "buffer": b"x" * 10_000_001})
    assert "10 MB" in page.get_by_label("A record or an abstract").evaluate("input => input.validationMessage")
    assert page.locator("#preview").count() == 0


@pytest.mark.browser
def test_the_keyboard_alone_adds_a_paper(page: Page) -> None:
    page.goto("/add")
    page.wait_for_selector("body[data-ready]")
    page.get_by_label("PMID, DOI").focus()
    page.keyboard.type(f"https://pubmed.ncbi.nlm.nih.gov/{int(KNOWN) + 1}/")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What was understood").wait_for()
    for _ in range(4):
        if page.evaluate("document.activeElement.textContent") == "Add to the graph":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    heading(page).get_by_text("The graph has grown").wait_for()


@pytest.mark.browser
def test_a_hostile_text_is_text_wherever_it_is_shown(page: Page) -> None:
    page.goto("/add")
    page.get_by_label("Title").fill(HOSTILE)
    page.get_by_label("Abstract", exact=True).fill(
        f"RESULTS: Relapse was 10% with cells and 30% with placebo {HOSTILE} <img src=x onerror=alert(1)> (P = .02)."
    )
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("heading", name="What was understood").wait_for()
    assert HOSTILE in page.locator("#preview .abstract").inner_text()
    assert page.locator("main script, main img").count() == 0


# ------------------------------------------------------------ what goes wrong


@pytest.mark.browser
def test_without_a_network_it_is_said_and_pasting_is_offered(chromium: Browser, tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:9"
    settings = Settings(email="us@example.org", eutils_url=nobody, europepmc_url=nobody, cache=tmp_path / "cache", requests_per_second=1000)
    with serving(build_store(tmp_path / "store"), settings=settings) as site:
        page = chromium.new_page(base_url=site)
        page.set_default_timeout(LONG_MS)
        page.goto("/add")
        page.get_by_label("PMID, DOI").fill(KNOWN)
        page.get_by_role("button", name="Look up").click()
        said = page.get_by_role("alert")
        said.wait_for()
        assert "broke the connection" in said.inner_text() and "paste the abstract" in said.inner_text()
        page.get_by_text("Give another paper").click()
        assert page.get_by_label("PMID, DOI").input_value() == KNOWN
        page.context.close()


@dataclass(frozen=True)
class EndlessTools:
    """Never comes to an end of adding."""

    store: Path

    def pipeline(self) -> Pipeline:
        return cast("Pipeline", None)

    def fetch(self, identifier: Identifier) -> Sequence[Outcome]:
        return []

    def open_store(self) -> AbstractContextManager[LocalStore]:
        return LocalStore.open_readonly(self.store)

    def add(self, outcomes: Sequence[Outcome], show: Progress) -> BuildReport:
        show("extract", 0, 1)
        time.sleep(LONG_MS)
        raise AssertionError


@pytest.mark.browser
def test_a_server_that_is_started_again_under_an_open_page_says_what_became_of_the_job(chromium: Browser, tmp_path: Path) -> None:
    store = build_store(tmp_path / "store")
    page = chromium.new_page()
    page.set_default_timeout(LONG_MS)
    with serving(store, tools=EndlessTools(store)) as site:
        job = ask(site, "/api/papers", title=TITLE, text=ABSTRACT).json()["id"]
        page.goto(f"{site}/add?job={job}")
        page.get_by_role("status").get_by_text("Reading findings").wait_for()
    page.get_by_role("status").get_by_text("The server does not answer").wait_for()
    with serving(store, port=int(site.rpartition(":")[2])):
        page.get_by_role("heading", name="broken off").wait_for()
        assert "Nothing of it is in the graph" in page.locator("main").inner_text()
    page.context.close()


@pytest.mark.browser
def test_what_was_typed_outlives_a_restart_of_the_server(chromium: Browser, tmp_path: Path) -> None:
    store = build_store(tmp_path / "store")
    page = chromium.new_page()
    with serving(store) as site:
        page.goto(f"{site}/add")
        page.wait_for_selector("body[data-ready]")
        page.get_by_label("PMID, DOI").fill("Gao 2016")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("status").get_by_text("The server does not answer").wait_for()
    with serving(store, port=int(site.rpartition(":")[2])):
        page.get_by_role("button", name="Look up").click()
        page.get_by_text("This is no PMID").wait_for()
        assert page.get_by_label("PMID, DOI").input_value() == "Gao 2016"
    page.context.close()
