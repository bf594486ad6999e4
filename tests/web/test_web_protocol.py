"""The query part of the W3C's tests of the SPARQL 1.1 Protocol, each by its name, over our own graphs.

Cases and what they expect: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/. Those about updates are refused as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
import requests
from web_world import build_store, serving

from kg.web.answering import GRAPHS, RESULTS

GG = "https://w3id.org/graftgraph/ontology/"
ONE, OTHER, THIRD = (f"https://w3id.org/graftgraph/graph/{name}" for name in ("paper/pmid-101", "paper/pmid-102", "dataset"))
PAPER_ONE, PAPER_OTHER = (f"<https://w3id.org/graftgraph/paper/{name}> a <{GG}Paper>" for name in ("pmid-101", "pmid-102"))
DATASET = f"?d a <{GG}Dataset>"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


@dataclass(frozen=True)
class Case:
    """A request, and what must come back."""

    name: str
    method: str = "GET"
    parameters: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | None = None
    content_type: str | None = None
    accept: str | None = None
    status: int = 200
    boolean: bool | None = None
    media_types: tuple[str, ...] = tuple(RESULTS)


def form(*parameters: tuple[str, str]) -> bytes:
    return urlencode(parameters).encode()


def graphs(kind: str, *names: str) -> list[tuple[str, str]]:
    return [(f"{kind}-graph-uri", name) for name in names]


DESCRIBED, MADE = b"DESCRIBE <https://w3id.org/graftgraph/paper/pmid-101>", b"CONSTRUCT { <a:s> <a:p> 1 } WHERE {}"
FULL_DATASET = [*graphs("default", THIRD), *graphs("named", ONE, OTHER)]
ANY_TABLE, ANY_GRAPH, GRAPH_TYPES = ", ".join(RESULTS), ", ".join(GRAPHS), tuple(GRAPHS)
BOTH = f"ASK {{ {PAPER_ONE} . {PAPER_OTHER} }}"
BOTH_ASKED = ("query", BOTH)
NAMED = f"ASK {{ GRAPH ?a {{ {PAPER_ONE} }} GRAPH ?b {{ {PAPER_OTHER} }} }}"
FULL = f"ASK {{ {DATASET} GRAPH ?a {{ {PAPER_ONE} }} GRAPH ?b {{ {PAPER_OTHER} }} }}"
# What the protocol names counts, and not what the query says.
FROM = f"ASK FROM <{THIRD}> {{ {PAPER_ONE} . FILTER NOT EXISTS {{ {DATASET} }} }}"

CASES = [
    Case("query_get", parameters=[("query", "ASK {}")], boolean=True),
    Case("query_post_form", "POST", graphs("default", THIRD), form(("query", "ASK {}")), FORM, boolean=True),
    Case("query_post_direct", "POST", graphs("default", THIRD), b"ASK {}", DIRECT, boolean=True),
    Case("query_dataset_default_graphs_get", parameters=[("query", BOTH), *graphs("default", ONE, OTHER)], boolean=True),
    Case("query_dataset_default_graphs_post", "POST", graphs("default", ONE, OTHER), BOTH.encode(), DIRECT, boolean=True),
    Case("query_dataset_default_graphs_post, a form", "POST", [], form(BOTH_ASKED, *graphs("default", ONE, OTHER)), FORM, boolean=True),
    Case("query_dataset_default_graphs_get, one of two", parameters=[("query", BOTH), *graphs("default", ONE)], boolean=False),
    Case("query_dataset_named_graphs_get", parameters=[("query", NAMED), *graphs("named", ONE, OTHER)], boolean=True),
    Case("query_dataset_named_graphs_post", "POST", graphs("named", ONE, OTHER), NAMED.encode(), DIRECT, boolean=True),
    Case("query_dataset_named_graphs_get, one of two", parameters=[("query", NAMED), *graphs("named", OTHER)], boolean=False),
    Case("query_dataset_full", "POST", FULL_DATASET, FULL.encode(), DIRECT, boolean=True),
    Case("query_dataset_full, no default graph", "POST", graphs("named", THIRD, ONE, OTHER), FULL.encode(), DIRECT, boolean=False),
    Case("query_multiple_dataset", parameters=[("query", FROM), *graphs("default", ONE)], boolean=True),
    Case("query_content_type_select", "POST", [], b"SELECT (1 AS ?value) {}", DIRECT, ANY_TABLE),
    Case("query_content_type_ask", "POST", [], b"ASK {}", DIRECT, ANY_TABLE, boolean=True),
    Case("query_content_type_describe", "POST", [], DESCRIBED, DIRECT, ANY_GRAPH, media_types=GRAPH_TYPES),
    Case("query_content_type_construct", "POST", [], MADE, DIRECT, ANY_GRAPH, media_types=GRAPH_TYPES),
    Case("bad_query_method", "PUT", [("query", "ASK {}")], status=405),
    Case("bad_multiple_queries", parameters=[("query", "ASK {}"), ("query", "SELECT * {}")], status=400),
    Case("bad_multiple_queries, in form and address", "POST", [("query", "ASK {}")], form(("query", "ASK {}")), FORM, status=400),
    Case("bad_query_wrong_media_type", "POST", [], b"ASK {}", "text/plain", status=415),
    Case("bad_query_missing_form_type", "POST", [], form(("query", "ASK {}")), status=415),
    Case("bad_query_missing_direct_type", "POST", [], b"ASK {}", status=415),
    Case("bad_query_non_utf8", "POST", [], "ASK { ?s ?p \u00e9 }".encode("utf-16"), f"{DIRECT}; charset=UTF-16", status=400),
    Case("bad_query_syntax", parameters=[("query", "ASK {")], status=400),
    Case("bad_query, missing", parameters=[("default-graph-uri", ONE)], status=400),
    Case("bad_query, missing in the form", "POST", [], form(("default-graph-uri", ONE)), FORM, status=400),
    Case("bad_query, no form on offer", parameters=[("query", "ASK {}")], accept="image/png", status=406),
    Case("update_post_form", "POST", [], form(("update", "CLEAR ALL")), FORM, status=403),
    Case("update_post_direct", "POST", [], b"CLEAR ALL", "application/sparql-update", status=403),
    Case("bad_update_get", parameters=[("update", "CLEAR ALL")], status=403),
]  # fmt: skip


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(build_store(tmp_path_factory.mktemp("protocol") / "store")) as address:
        yield f"{address}/sparql"


@pytest.mark.parametrize("case", CASES, ids=lambda each: each.name)
def test_the_protocol_is_kept(endpoint: str, case: Case) -> None:
    headers = {"Content-Type": case.content_type, "Accept": case.accept}
    answer = requests.request(case.method, endpoint, params=case.parameters, data=case.body, headers=headers, timeout=30)
    assert answer.status_code == case.status, answer.text
    if case.status == 200:
        assert answer.headers["Content-Type"].partition(";")[0] in case.media_types
    if case.boolean is not None:
        assert answer.json()["boolean"] is case.boolean


def test_all_cases_of_the_query_part_are_here() -> None:
    names = {each.name for each in CASES}
    assert {
        *("query_get", "query_post_form", "query_post_direct", "query_multiple_dataset", "query_dataset_full"),
        *(f"query_dataset_{kind}_graphs_{how}" for kind in ("default", "named") for how in ("get", "post")),
        *(f"query_content_type_{kind}" for kind in ("select", "ask", "describe", "construct")),
        *(f"bad_query_{why}" for why in ("method", "wrong_media_type", "missing_form_type", "missing_direct_type", "non_utf8", "syntax")),
        "bad_multiple_queries",
    } <= names
    assert len(names) == len(CASES) == 31
