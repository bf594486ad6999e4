"""Reviewing at the server: the queue, a finding with its sentence, the form, decisions, and the API of all that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from lxml import html
from web_world import build_undecided, review_desk, serving

from kg.curation import find_changes
from kg.model import Verdict
from kg.store import LocalStore
from kg.web import Access
from kg.web.review import Order, SeenAnotherError, read_item, read_queue, read_waiting

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ANA, BEN = "0000-0002-1825-0097", "0000-0002-1694-233X"
CHRONIC, RELAPSE = "pmid-202/71-147-1", "pmid-202/148-168-1"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return build_undecided(tmp_path / "store")


@pytest.fixture
def site(store: Path) -> Iterator[str]:
    with serving(store, review=review_desk(store)) as address:
        yield address


class Curator:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()
        self.session.headers.update(BROWSER)

    def page(self, path: str) -> html.HtmlElement:
        return html.document_fromstring(self.session.get(self.site + path, timeout=30).text)

    def decide(self, path: str, **said: str) -> requests.Response:
        """Send the form of a page with what is said, as a browser does without scripts."""
        [form] = self.page(path).xpath("//form[@class='decide']")
        fields = dict(form.form_values()) | said
        return self.session.post(f"{self.site}/review", data=fields, timeout=30)


def alert(answer: requests.Response) -> str:
    return str(html.document_fromstring(answer.text).xpath("string(//p[@role='alert'])"))


def test_the_least_sure_comes_first_and_one_paper_may_be_asked_for(store: Path) -> None:
    with LocalStore.open_readonly(store) as opened:
        every = read_queue(opened)
        shown = read_waiting(opened, every, {"pmid-202": "Moro 2019"})
        own = read_queue(opened, paper="pmid-202")
        contradicted = read_queue(opened, order=Order.CONTRADICTION)
    assert [each.finding for each in shown] == list(every)
    assert [each.confidence for each in shown] == sorted(each.confidence for each in shown)
    assert {each.study for each in shown if each.paper == "pmid-202"} == {"Moro 2019"}
    assert set(own) == {CHRONIC, RELAPSE}
    assert len(every) == 4
    assert contradicted == ()


def test_a_finding_is_shown_with_its_sentence_and_its_parts(store: Path) -> None:
    with LocalStore.open_readonly(store) as opened:
        item = read_item(opened, CHRONIC, {"pmid-202": "Moro 2019"})
    assert item.sentence == "RESULTS: Chronic GVHD at 2 years fell from 49% to 27.4% (HR 0.55, P = .021)."
    roles = {piece.text: piece.role for piece in item.pieces if piece.role}
    assert {"Chronic GVHD": "outcome", "fell": "direction"}.items() <= roles.items()
    assert dict(item.parts)["effect"] == "HR 0.55"
    assert (item.stated["direction"], item.stated["effect"], item.study) == ("decreased", "HR 0.55 (0.36-0.84)", "Moro 2019")
    assert item.seen == ""
    assert (item.before, item.after) == ("METHODS: We gave umbilical cord MSCs 1 x 10^6/kg to 30 of 61 patients.", "No patient relapsed.")


def test_only_what_differs_is_a_change_and_an_emptied_field_is_none() -> None:
    now = {"direction": "decreased", "p": "=0.021", "population": ""}
    assert find_changes(now, {"direction": "decreased", "p": " ", "population": "", "nosuch": "x"}) == {"p": "none"}


def test_after_each_decision_the_next_of_the_queue_is_shown(site: str, store: Path) -> None:
    curator = Curator(site)
    answer = curator.decide(f"/review?finding={CHRONIC}&paper=pmid-202", verdict="accepted", orcid=ANA, reason="as printed")
    assert answer.history[0].status_code == 303
    page = html.document_fromstring(answer.text)
    assert page.xpath("//input[@name='finding']/@value") == [RELAPSE]
    assert "incidence of chronic GVHD" in page.xpath("string(//p[@role='status'])")
    # Who decides is kept for the next.
    assert page.xpath("//input[@name='orcid']/@value") == [ANA]
    assert (store.parent / "curation.ttl").read_text().count("gg:verdict ggv:verdict-accepted") == 1


def test_a_correction_is_shown_everywhere_at_once(site: str) -> None:
    curator = Curator(site)
    curator.decide(f"/review?finding={CHRONIC}", verdict="corrected", direction="increased", orcid=ANA, reason="other direction")
    asked = {"query": "SELECT ?d { GRAPH ?g { <https://w3id.org/graftgraph/finding/pmid-202/71-147-1> "
             "<https://w3id.org/graftgraph/ontology/direction> ?d } }"}  # fmt: skip
    worker = requests.get(f"{site}/sparql", params=asked, headers={"Accept": "text/csv"}, timeout=30).text
    assert worker.split() == ["d", "https://w3id.org/graftgraph/vocabulary/increased"]
    assert "corrected by a curator" in curator.page("/paper/pmid-202").text_content()
    [row] = [
        each for each in requests.get(f"{site}/api/evidence?of=paper:pmid-202", timeout=30).json()["items"] if CHRONIC in each["finding"]
    ]
    assert (row["direction"], row["curation"], row["confidence"]) == ("increased", "corrected", 1.0)


def test_a_rejected_finding_is_gone_and_can_still_be_looked_at_and_taken_back(site: str) -> None:
    curator = Curator(site)
    curator.decide(f"/review?finding={CHRONIC}", verdict="rejected", orcid=ANA, reason="misread")
    assert CHRONIC not in requests.get(f"{site}/api/evidence?of=paper:pmid-202", timeout=30).text
    page = curator.page(f"/review?finding={CHRONIC}")
    assert "Chronic GVHD at 2 years fell" in page.xpath("string(//q)")
    assert "rejected" in page.xpath("string(//ul[@class='said-before'])")
    curator.decide(f"/review?finding={CHRONIC}", verdict="accepted", orcid=ANA, reason="it is right after all")
    assert CHRONIC in requests.get(f"{site}/api/evidence?of=paper:pmid-202", timeout=30).text


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"verdict": "accepted", "orcid": "0000-0002-1825-0098", "reason": "x"}, 422, "mistyped"),
        ({"verdict": "accepted", "orcid": ANA, "reason": " "}, 422, "no reason"),
        ({"verdict": "", "orcid": ANA, "reason": "x"}, 422, "no verdict"),
        ({"verdict": "corrected", "orcid": ANA, "reason": "x"}, 422, "no correction"),
        ({"verdict": "corrected", "orcid": ANA, "reason": "kept", "p": "small"}, 422, "no P value"),
        ({"verdict": "accepted", "orcid": ANA, "reason": "x", "finding": "pmid-202/1-2-1"}, 404, "no finding 1-2-1"),
        ({"verdict": "accepted", "orcid": ANA, "reason": "x", "proof": "forged"}, 403, "Reload"),
    ],
)
def test_what_cannot_be_decided_is_told_and_nothing_is_stored(
    site: str, store: Path, said: dict[str, str], status: int, words: str
) -> None:
    answer = Curator(site).decide(f"/review?finding={CHRONIC}", **said)
    assert (answer.status_code, words in alert(answer)) == (status, True)
    assert not (store.parent / "curation.ttl").exists()
    if said["reason"] == "kept":
        page = html.document_fromstring(answer.text)
        assert page.xpath("//input[@name='p']/@value | //input[@name='reason']/@value") == ["small", "kept"]


def test_who_has_not_seen_anothers_decision_is_told_of_it(site: str) -> None:
    ana, ben = Curator(site), Curator(site)
    [form] = ben.page(f"/review?finding={CHRONIC}").xpath("//form[@class='decide']")
    ana.decide(f"/review?finding={CHRONIC}", verdict="rejected", orcid=ANA, reason="misread")
    late = dict(form.form_values()) | {"verdict": "accepted", "orcid": BEN, "reason": "as printed"}
    answer = ben.session.post(f"{site}/review", data=late, timeout=30)
    assert (answer.status_code, "meanwhile" in alert(answer)) == (409, True)
    assert "misread" in html.document_fromstring(answer.text).xpath("string(//ul[@class='said-before'])")
    # Having seen it, Ben may decide otherwise; Ana's decision is listed as overruled.
    ben.decide(f"/review?finding={CHRONIC}", verdict="accepted", orcid=BEN, reason="as printed")
    [row] = ana.page("/review/decisions?only=conflicts").xpath("//tbody")
    assert ANA in row.text_content() and "overruled by another curator" in row.text_content()


def test_who_may_not_write_sees_no_form(store: Path) -> None:
    with serving(store, review=review_desk(store), access=Access(is_loopback=True, token=ANA)) as address:
        page = Curator(address).page(f"/review?finding={CHRONIC}")
    assert page.xpath("//form[@class='decide']") == []
    assert page.xpath("//a[starts-with(@href, '/session?next=')]")


def test_the_api_does_what_the_page_does(site: str) -> None:
    first = requests.get(f"{site}/api/review/queue?limit=3", timeout=30)
    rest = requests.get(f"{site}/api/review/queue?limit=3&cursor={first.json()['next']}", timeout=30).json()
    assert (first.json()["total"], len(rest["items"]), rest["next"]) == (4, 1, None)
    assert requests.get(f"{site}/api/review/queue?cursor=gone", timeout=30).status_code == 400
    said = {
        "finding": CHRONIC,
        "verdict": "corrected",
        "orcid": ANA,
        "reason": "swapped",
        "changes": {"direction": "increased"},
        "seen": "",
    }
    made = requests.post(f"{site}/api/review/decisions", json=said, timeout=30)
    assert (made.status_code, made.json()["correction"], made.json()["status"]) == (
        201,
        "direction: increased instead of decreased",
        "applies",
    )
    assert requests.post(f"{site}/api/review/decisions", json=said, timeout=30).status_code == 409
    again = requests.get(f"{site}/api/review/queue?limit=3", headers={"If-None-Match": first.headers["ETag"]}, timeout=30)
    assert (again.status_code, again.json()["total"]) == (200, 3)
    item = requests.get(f"{site}/api/review/finding?finding={CHRONIC}", timeout=30).json()
    assert [(each["verdict"], each["holds"]) for each in item["decisions"]] == [("corrected", True)]
    listed = requests.get(f"{site}/api/review/decisions", timeout=30).json()
    assert [each["id"] for each in listed["items"]] == [made.json()["id"]]
    assert requests.get(f"{site}/api/review/finding?finding=pmid-202/1-2-1", timeout=30).status_code == 404


def test_what_was_seen_is_compared_with_what_holds(store: Path) -> None:
    desk = review_desk(store)
    made = desk.decide(CHRONIC, Verdict.ACCEPTED, curator=ANA, reason="as printed", changes=None, seen="")
    with pytest.raises(SeenAnotherError):
        desk.decide(CHRONIC, Verdict.REJECTED, curator=BEN, reason="no", changes=None, seen="")
    later = desk.decide(CHRONIC, Verdict.REJECTED, curator=BEN, reason="no", changes=None, seen=made.id)
    assert later.revises == made.id
