"""Views of the graph, what stands behind them, and the API."""

import csv
import io
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from lxml import html
from rdf_world import vocabulary
from web_world import HOSTILE, build_store, serving

from kg.model import Direction, Significance
from kg.network import Level, Sense
from kg.web.columns import columns_of
from kg.web.facets import Facet, size_range
from kg.web.findings import FindingRow, StudyRow
from kg.web.index import FindingIndex
from kg.web.layout import place
from kg.web.pages.evidence import as_cell
from kg.web.search import find_nodes
from kg.web.spans import Piece, cut
from kg.web.view import State, find_behind, find_view, read_state

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
CORD = "cell:umbilical-cord-derived-mesenchymal-stromal-cell"
CHRONIC = "outcome:incidence-of-chronic-gvhd"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_store(tmp_path_factory.mktemp("explore") / "store")) as address:
        yield address


def study(
    paper: str,
    *,
    year: int | None = 2020,
    withdrawn: bool = False,
    level: Level = Level.CLINICAL,
    cells: tuple[str, ...] = ("cell:a",),
    settings: tuple[str, ...] = ("transplant:t",),
    state: str = "1",
) -> StudyRow:
    facets = dict.fromkeys(Facet, ()) | {Facet.DESIGN: ("rct",)}
    return StudyRow(paper, state, paper.upper(), "", year, paper, level, withdrawn, cells, settings, facets, {})


def finding(of: StudyRow, outcome: str, direction: Direction = Direction.DECREASED) -> tuple[StudyRow, FindingRow]:
    row = FindingRow(f"f/{of.paper}/{outcome}", f"outcome:{outcome}", of.cells, direction, Significance.NOT_STATED, "topmost", True)
    return of, row


def index(*findings: tuple[StudyRow, FindingRow]) -> FindingIndex:
    by_study: dict[str, tuple[StudyRow, list[FindingRow]]] = {}
    for of, row in findings:
        by_study.setdefault(of.paper, (of, []))[1].append(row)
    return FindingIndex(columns_of([(of, tuple(rows)) for of, rows in by_study.values()]), vocabulary())


def opened(*nodes: str, **facets: str) -> State:
    return State(opened=tuple((node, 30) for node in nodes), facets={Facet(name): frozenset({value}) for name, value in facets.items()})


WORLD = index(
    finding(study("p"), "x"),
    finding(study("q"), "x", Direction.INCREASED),
    finding(study("q"), "y", Direction.INCREASED),
    finding(study("r", withdrawn=True), "z"),
    finding(study("s", level=Level.PRECLINICAL, cells=("cell:b",)), "x"),
)


def test_a_node_opens_with_its_neighbours() -> None:
    shown = {each.id for each in find_view(WORLD, opened("cell:a")).nodes}
    assert shown == {"cell:a", "outcome:x", "outcome:y", "transplant:t", "paper:p", "paper:q", "paper:r"}


def test_of_a_withdrawn_paper_a_cell_has_no_outcome() -> None:
    assert "outcome:z" not in {each.id for each in find_view(WORLD, opened("cell:a")).nodes}
    assert "outcome:z" in {each.id for each in find_view(WORLD, opened("paper:r")).nodes}


def test_findings_that_disagree_make_a_mixed_edge_and_animals_one_of_their_own() -> None:
    edges = {each.id: each for each in find_view(WORLD, opened("outcome:x")).edges}
    assert edges["cell:a|outcome:x|clinical"].sense is Sense.MIXED
    assert edges["cell:a|outcome:x|clinical"].studies == 2
    assert edges["cell:b|outcome:x|preclinical"].sense is Sense.DECREASED


def test_neighbours_beyond_those_asked_for_are_counted() -> None:
    view = find_view(WORLD, State(opened=(("cell:a", 2),)))
    assert len(view.nodes) == 3
    assert next(each.more for each in view.nodes if each.is_opened) == 4


def test_a_facet_narrows_all_but_its_own_counts() -> None:
    view = find_view(WORLD, opened("outcome:x", direction="increased"))
    assert view.findings == 1
    assert dict(view.facets["direction"]) == {"decreased": 2, "increased": 1}
    assert "cell:b" not in {each.id for each in view.nodes}


@pytest.mark.parametrize(
    ("n", "ranges"),
    [(None, ()), (0, ()), (1, ("1-19",)), (19, ("1-19",)), (20, ("20-49",)), (499, ("200-499",)), (500, ("500+",)), (12345, ("500+",))],
)
def test_participants_are_counted_in_ranges(n: int | None, ranges: tuple[str, ...]) -> None:
    assert size_range(n) == ranges


def test_no_view_has_more_nodes_than_can_be_drawn() -> None:
    many = index(*(finding(study(f"p{number}"), "x") for number in range(600)))
    view = find_view(many, State(opened=(("outcome:x", 550),)))
    assert len(view.nodes) == 500
    assert view.left_out == 51


def test_the_shortest_way_between_two_nodes_is_shown() -> None:
    view = find_view(WORLD, State(path=("cell:b", "outcome:y")))
    ids = {each.id for each in view.nodes}
    assert {"cell:b", "outcome:y"} <= ids
    # Cells a and b share the outcome x and the transplant; either leads on.
    assert ids & {"outcome:x", "transplant:t"}
    assert any(each.id == "cell:a|outcome:y|clinical" for each in view.edges)


def test_where_no_way_leads_it_is_said() -> None:
    apart = index(finding(study("p"), "x"), finding(study("o", cells=(), settings=()), "o"))
    assert not find_view(apart, State(path=("cell:a", "outcome:o"))).has_path


def test_an_address_says_the_whole_state() -> None:
    state = State(
        opened=(("cell:a", 30), ("outcome:x", 60)), path=("cell:a", "outcome:y"), chosen="cell:a|outcome:x|clinical", kinds=("outcome",),
        facets={Facet.DIRECTION: frozenset({"increased", "decreased"})},
    )  # fmt: skip
    assert read_state(_parameters(state.address())) == state


def _parameters(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def test_boxes_never_lie_on_each_other() -> None:
    many = index(*(finding(study(f"p{number}", year=None), f"o{number % 40}") for number in range(90)))
    points = list(place(find_view(many, State(opened=(("cell:a", 120),)))).points.values())
    assert len(points) > 100
    assert all(abs(one.x - other.x) >= 200 or abs(one.y - other.y) >= 38 for at, one in enumerate(points) for other in points[:at])


def test_behind_an_edge_stand_the_findings_of_its_level_alone() -> None:
    assert [each.study.paper for each in find_behind(WORLD, "cell:a|outcome:x|clinical", State())] == ["p", "q"]
    assert not find_behind(WORLD, "cell:a|outcome:x|preclinical", State())


def test_a_sentence_is_cut_at_what_was_read_in_it() -> None:
    pieces = list(cut("GVHD fell to 3%.", [(0, 4, "outcome"), (13, 15, "number")]))
    assert pieces == [Piece("GVHD", "outcome"), Piece(" fell to "), Piece("3%", "number"), Piece(".")]
    assert "".join(each.text for each in cut("GVHD", [(-3, 2, "arm"), (1, 99, "number")])) == "GVHD"


def test_a_synonym_finds_its_concept() -> None:
    known = index(finding(study("p", cells=()), CHRONIC.partition(":")[2]))
    concept = vocabulary()[CHRONIC.partition(":")[2]]
    assert CHRONIC in [each.id for each in find_nodes(known, vocabulary(), concept.synonyms[0])]


def get(site: str, path: str, **headers: str) -> requests.Response:
    return requests.get(site + path, headers=headers, timeout=30)


def test_the_api_searches_opens_and_reads_evidence(site: str) -> None:
    hits = get(site, "/api/search?q=chronic gvhd").json()["items"]
    assert CHRONIC in [each["id"] for each in hits]
    graph = get(site, f"/api/graph?x={CHRONIC}").json()
    assert {CHRONIC, "paper:pmid-101", "paper:pmid-102"} <= {each["id"] for each in graph["nodes"]}
    page = get(site, f"/api/evidence?of={CHRONIC}&limit=1").json()
    assert page["total"] == 2
    row = page["items"][0]
    assert (row["values"], row["effect"], row["interval"], row["p"]) == ("27.4% against 49%", "HR 0.55", "0.36 to 0.84", "P = .021")
    assert {"text": "Chronic GVHD", "role": "outcome"} in row["pieces"]
    assert "".join(each["text"] for each in row["pieces"]) == row["sentence"]


def test_pages_of_the_api_follow_each_other_to_the_end(site: str) -> None:
    first = get(site, f"/api/evidence?of={CHRONIC}&limit=1").json()
    second = get(site, f"/api/evidence?of={CHRONIC}&limit=1&cursor={first['next']}").json()
    assert {first["items"][0]["paper"], second["items"][0]["paper"]} == {"pmid-101", "pmid-102"}
    assert second["next"] is None
    assert get(site, f"/api/evidence?of={CHRONIC}&cursor=gone").status_code == 422


def test_who_has_seen_this_state_of_the_store_is_told_so(site: str) -> None:
    first = get(site, "/api/papers")
    assert [each["id"] for each in first.json()["items"]] == ["pmid-101", "pmid-102"]
    assert get(site, "/api/papers", **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert get(site, "/api/papers", **{"If-None-Match": '"other"'}).status_code == 200


def test_the_api_describes_itself(site: str) -> None:
    paths = get(site, "/api/openapi.json").json()["paths"]
    read = {"/api/search", "/api/graph", "/api/evidence", "/api/papers", "/api/terms"}
    assert read | {f"/api/review/{each}" for each in ("queue", "finding", "decisions")} <= set(paths)


def test_evidence_as_csv_has_every_finding(site: str) -> None:
    rows = list(csv.DictReader(io.StringIO(get(site, f"/evidence.csv?of={CHRONIC}").text)))
    assert {each["paper"] for each in rows} == {"pmid-101", "pmid-102"}
    assert {each["p"] for each in rows} == {"P = .021"}


def test_the_page_is_whole_without_scripts(site: str) -> None:
    page = html.document_fromstring(get(site, f"/explore?x={CHRONIC}&s={CHRONIC}", **BROWSER).text)
    assert page.xpath("//svg//rect")
    assert page.xpath("//ul[@class='nodes']//a[starts-with(@aria-label, 'Open ')]/@href")
    assert page.xpath("//section[@id='panel']//mark[@class='outcome']/text()")
    assert page.xpath("//form[@class='facets']//input[@name='kind']")


def test_a_hostile_title_is_text_in_every_form_of_a_view(site: str) -> None:
    for path in ("/explore?x=paper:pmid-102", "/explore.svg?x=paper:pmid-102", "/evidence?of=paper:pmid-102", "/explore?q=script"):
        assert HOSTILE[:8] not in get(site, path, **BROWSER).text


@pytest.mark.parametrize(
    "path", ["/explore?s=a|b|c", "/explore?x=nosuch:thing&path=a|b|c&kind=odd", "/explore?a=zzzz&b=zzzz", "/api/graph?x=%7E5"]
)
def test_an_address_that_means_nothing_is_no_error(site: str, path: str) -> None:
    assert get(site, path, **BROWSER).status_code == 200


def test_evidence_of_nothing_is_not_found(site: str) -> None:
    assert get(site, "/evidence?of=outcome:nosuch", **BROWSER).status_code == 404


def test_what_a_spreadsheet_would_run_is_text_in_csv() -> None:
    assert [as_cell(each) for each in ("=1+1", "-3%", "P = .02", 61)] == ["'=1+1", "'-3%", "P = .02", 61]
