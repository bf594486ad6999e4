"""One suite over all stores: memory, disk, and two real servers. Where engines differ, ``ENGINES`` says so."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from store_world import (
    GG,
    GGV,
    Engine,
    check_whole,
    clear,
    counts,
    filled,
    finding,
    link,
    other_vocabulary,
    oxigraph,
    paper,
    session_for,
    shortcuts,
    tie,
    virtuoso,
    vocabulary,
)

from kg.errors import QueryError, StoreError
from kg.namespaces import PREFIXES, graph_iri
from kg.queries import read_links
from kg.rdf import link_quads
from kg.store import LocalStore, PaperGraphs, RemoteStore, Server, Solutions, Statements
from kg.store.papers import PaperStore
from kg.store.reading import read_rows

XSD = PREFIXES["xsd"]
WORDS = "x" * 70_000

#: Literals as a paper graph may hold them, in the form in which they are written.
LITERALS = {
    "plain": '"words"',
    "empty": '""',
    "language": '"words"@en',
    "region": '"colour"@en-gb',
    "escapes": r'"a\nb\tc\"d\\e"',
    "no code point": r'"a\\u0041b"',
    "beyond ASCII": '"\u03c0 \u2212 \u2264 \U0001d6fc"',
    "combining": '"e\u0301"',
    "long": f'"{WORDS}"',
    "double": f'"0.021"^^<{XSD}double>',
    "whole double": f'"49"^^<{XSD}double>',
    "large double": f'"1000000"^^<{XSD}double>',
    "small double": f'"0.000000001"^^<{XSD}double>',
    "integer": f'"124"^^<{XSD}integer>',
    "decimal": f'"1.5"^^<{XSD}decimal>',
    "boolean": f'"true"^^<{XSD}boolean>',
    "years": f'"P2Y"^^<{XSD}duration>',
    "days": f'"P28D"^^<{XSD}duration>',
    "year": f'"2016"^^<{XSD}gYear>',
    "month": f'"2016-08"^^<{XSD}gYearMonth>',
    "date": f'"2016-08-20"^^<{XSD}date>',
    "moment": f'"2016-08-20T10:11:12Z"^^<{XSD}dateTime>',
}

ENGINES = {
    "memory": Engine("memory"),
    "disk": Engine("disk"),
    "oxigraph": Engine("oxigraph"),
    "virtuoso": Engine(
        "virtuoso",
        rewrites={
            "whole double": f'"49.0"^^<{XSD}double>',
            "large double": f'"1e+06"^^<{XSD}double>',
            "small double": f'"1e-09"^^<{XSD}double>',
            "boolean": f'"1"^^<{XSD}boolean>',
            # RemoteStore writes durations as strings there: Virtuoso refuses them, and its loader turns P2Y into 24.
            "years": '"P2Y"',
            "days": '"P28D"',
        },
        dump_rewrites={"boolean": f'"true"^^<{XSD}boolean>'},
        default_graph_is_union=True,
        row_limit=10_000,
        is_faithful=False,
    ),
}


@pytest.fixture(scope="session")
def oxigraph_at() -> Iterator[Server]:
    with oxigraph() as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=["memory", "disk", *(pytest.param(name, marks=pytest.mark.server) for name in ("oxigraph", "virtuoso"))])
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[str(request.param)]


@pytest.fixture
def store(engine: Engine, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PaperStore]:
    """An empty store."""
    with ExitStack() as opened:
        if engine.name == "memory":
            yield opened.enter_context(LocalStore.in_memory())
        elif engine.name == "disk":
            yield opened.enter_context(LocalStore.open(tmp_path / "store"))
        else:
            server: Server = request.getfixturevalue(f"{engine.name}_at")
            clear(server)
            session = opened.enter_context(session_for(server))
            yield opened.enter_context(RemoteStore(server, session=session))


def one_literal(literal: str) -> PaperGraphs:
    line = f"<{GGV}s> <{GG}printed> {literal} <{graph_iri('paper', 'p1')}> ."
    return PaperGraphs("p1", list(parse(line.encode(), RdfFormat.N_QUADS)))


def test_a_new_store_is_empty(store: PaperStore) -> None:
    assert store.paper_ids() == ()
    assert store.count() == 0
    assert store.dump() == b""
    assert not store.has_paper("p1")


def test_adding_puts_the_paper_its_links_and_the_summary_in_place(store: PaperStore) -> None:
    filled(store)
    given = paper("p1", finding(), links=[link("p1", "p0")])
    assert store.add_paper("p1", given.quads, links=given.links)
    assert store.has_paper("p1")
    assert store.paper_ids() == ("p1",)
    assert store.count(graph_iri("paper", "p1")) == len(given.quads)
    assert store.count(graph_iri("links", "p1")) == 1
    assert counts(store) == {"cohortCount": 1, "decreasedCount": 1}
    assert shortcuts(store) == {"msc decreases incidence-of-gvhd"}


def test_adding_twice_equals_adding_once(store: PaperStore) -> None:
    filled(store)
    given = paper("p1", finding(), links=[link("p1", "p0")])
    assert store.add_paper("p1", given.quads, links=given.links)
    once = store.dump()
    assert not store.add_paper("p1", given.quads, links=given.links)
    assert not store.add_paper("p1", [*reversed(given.quads), given.quads[0]], links=given.links)
    assert store.dump() == once


def test_a_paper_takes_the_place_of_its_older_self(store: PaperStore) -> None:
    filled(store, paper("p1", finding(), finding("survival", "increased"), links=[link("p1", "p0")]), paper("p2", finding()))
    newer = paper("p1", finding("t-cell-count", "increased"), title="Another title")
    assert store.add_paper("p1", newer.quads)
    assert store.count(graph_iri("paper", "p1")) == len(newer.quads)
    assert store.count(graph_iri("links", "p1")) == 0
    assert shortcuts(store) == {"msc decreases incidence-of-gvhd", "msc increases t-cell-count"}
    assert counts(store, outcome="survival") == {}


def test_dropping_is_adding_in_reverse(store: PaperStore) -> None:
    filled(store, paper("p1", finding(), registrations=["NCT1"]))
    before = store.dump()
    added = paper("p2", finding(direction="increased"), finding("survival", "increased"), registrations=["NCT1"], links=[link("p2", "p1")])
    assert store.add_paper("p2", added.quads, links=added.links)
    assert store.dump() != before
    assert store.drop_paper("p2")
    assert store.dump() == before
    assert not store.drop_paper("p2")


def test_a_batch_equals_one_paper_after_the_other(store: PaperStore) -> None:
    papers = [paper(f"p{number}", finding(), registrations=[f"NCT{number % 3}"], links=[link(f"p{number}", "p0")]) for number in range(7)]
    filled(store)
    for each in papers:
        store.add_paper(each.paper_id, each.quads, links=each.links)
    one_by_one = store.dump()
    for each in papers:
        assert store.drop_paper(each.paper_id)
    assert store.add_papers([*papers, paper("p3", finding("survival"))]) == 7
    assert store.add_papers(papers) == 1
    assert store.dump() == one_by_one
    assert counts(store) == {"cohortCount": 3, "decreasedCount": 3}


def test_a_paper_keeps_the_moment_at_which_it_came_in_first(store: PaperStore) -> None:
    early, late = "2024-02-01T08:00:00Z", "2025-06-30T08:00:00Z"
    filled(store)
    store.add_papers([paper("p1", finding()), paper("p2", finding())], added=early)
    store.add_papers([paper("p1", finding("survival")), paper("p3", finding())], added=late)
    store.add_papers([paper("p4", finding())])
    rows = read_rows(store.select, [graph_iri("paper", each) for each in ("p1", "p2", "p3", "p4")])
    assert {row.paper_id: row.added for row in rows.values()} == {"p1": early, "p2": early, "p3": late, "p4": None}


def test_a_paper_with_a_better_id_takes_the_place_of_its_older_self(store: PaperStore) -> None:
    filled(store, paper("local-1", finding(), registrations=["NCT1"], links=[link("local-1", "p0")]), paper("p2", finding()))
    assert store.add_papers([paper("pmid-1", finding(), registrations=["NCT1"])], replaced=["local-1", "pmid-1", "never-seen"]) == 2
    assert store.paper_ids() == ("p2", "pmid-1")
    assert store.count(graph_iri("links", "local-1")) == 0
    assert counts(store) == {"cohortCount": 2, "decreasedCount": 2}


def test_two_ids_with_one_iri_are_one_paper(store: PaperStore) -> None:
    one, other = paper("a b", finding()), paper("a%20b", finding("survival", "increased"))
    assert store.add_papers([one, other]) == 1
    assert store.paper_ids() == ("a%20b",)
    assert store.count(graph_iri("paper", "a b")) == len(other.quads)


def test_a_paper_larger_than_one_request_of_any_server(store: PaperStore) -> None:
    filled(store)
    given = paper("p1", *(finding(timepoint=f"P{day}D") for day in range(400)))
    assert len(given.quads) > 5000
    assert store.add_paper("p1", given.quads)
    assert store.count(graph_iri("paper", "p1")) == len(given.quads)
    assert store.drop_paper("p1")
    assert store.count(graph_iri("paper", "p1")) == 0


def test_the_summary_equals_one_that_is_rebuilt(store: PaperStore, engine: Engine) -> None:
    filled(
        store,
        paper("p1", finding("gvhd"), registrations=["NCT1"], links=[link("p1", "p0")]),
        paper("p2", finding(direction="increased"), finding("survival", "increased"), registrations=["NCT1", "NCT2"]),
        paper("p3", finding(), registrations=["NCT2"]),
        paper("p4", finding(), is_retracted=True),
    )
    store.drop_paper("p2")
    if engine.is_faithful:
        check_whole(store)
    else:
        before = store.dump()
        store.rebuild_summary()
        assert store.dump() == before
    assert counts(store) == {"cohortCount": 2, "decreasedCount": 2}


def test_links_that_lead_to_a_paper_go_with_it_whoever_asserts_them(store: PaperStore) -> None:
    papers = [paper("p1", finding()), paper("p2", finding()), paper("p3", finding())]
    filled(store, *papers)
    apart = store.dump()
    given = {
        "p2": link_quads([tie("same_cohort", "p2", "p1")]),
        "p3": link_quads([tie("same_cohort", "p3", "p1"), tie("amends", "p3", "p2", "retracted"), tie("related", "p3", "p2")]),
    }
    assert store.add_papers([], relinked=given) == 0
    # Of the one cohort p2 is withdrawn.
    assert counts(store) == {"cohortCount": 1, "decreasedCount": 1}
    store.drop_paper("p1")
    assert store.count(graph_iri("links", "p2")) == 0
    assert [(each.kind, each.object) for each in read_links(store, include_withdrawn=True)] == [("amends", "p2"), ("related", "p2")]
    assert counts(store) == {"cohortCount": 1, "decreasedCount": 1}
    store.add_papers(papers)
    assert store.dump() == apart


def test_a_vocabulary_is_replaced_only_by_another(store: PaperStore) -> None:
    assert store.replace_vocabulary(vocabulary(), "v1")
    assert not store.replace_vocabulary(vocabulary(), "v1")
    assert store.count(graph_iri("vocabulary")) == len(vocabulary())
    filled(store, paper("p1", finding("gvhd")))
    assert store.replace_vocabulary(other_vocabulary(), "v2")
    assert store.count(graph_iri("vocabulary")) == len(other_vocabulary())
    assert shortcuts(store) == {"msc decreases gvhd"}
    assert store.paper_ids() == ("p1",)


def test_the_description_says_what_wrote_the_store(store: PaperStore) -> None:
    store.describe(software_version="0.1.0", notice="Sample only.")
    filled(store, paper("p1", finding()))
    store.describe(software_version="0.2.0")
    rows = store.select(f"SELECT ?p ?o {{ GRAPH <{graph_iri('dataset')}> {{ ?s a <{GG}Dataset> ; ?p ?o }} }}").rows
    said = {p.value.rpartition("/")[2]: o.value for p, o in rows if isinstance(p, NamedNode) and isinstance(o, NamedNode | Literal)}
    assert said["softwareVersion"] == "0.2.0"
    assert said["vocabularyHash"] == "v1"
    assert "notice" not in said
    assert store.paper_ids() == ("p1",)
    assert counts(store) == {"cohortCount": 1, "decreasedCount": 1}


@pytest.mark.parametrize("name", LITERALS)
def test_literals_come_back_as_the_engine_is_known_to_keep_them(store: PaperStore, engine: Engine, name: str) -> None:
    store.add_papers([one_literal(LITERALS[name])])
    asked = store.select(f"SELECT ?o {{ GRAPH ?g {{ <{GGV}s> <{GG}printed> ?o }} }}")
    assert [str(term) for term in asked.rows[0]] == [engine.rewrites.get(name, LITERALS[name])]


@pytest.mark.parametrize("name", LITERALS)
def test_dumped_literals_are_those_of_queries(store: PaperStore, engine: Engine, name: str) -> None:
    store.add_papers([one_literal(LITERALS[name])])
    dumped = [quad.object for quad in parse(store.dump(), RdfFormat.N_QUADS) if quad.predicate.value == GG + "printed"]
    expected = {**LITERALS, **engine.rewrites, **engine.dump_rewrites}
    assert [str(term) for term in dumped] == [expected[name]]


def test_engines_differ_only_where_it_is_said() -> None:
    assert {name for each in ENGINES.values() for name in each.rewrites} < LITERALS.keys()
    assert [name for name, each in ENGINES.items() if not each.rewrites] == ["memory", "disk", "oxigraph"]


def test_a_pattern_outside_graph_sees_what_the_engine_is_known_to_show(store: PaperStore, engine: Engine) -> None:
    store.add_papers([one_literal('"words"')])
    assert store.query(f"ASK {{ <{GGV}s> <{GG}printed> ?o }}") is engine.default_graph_is_union


def test_an_answer_is_whole_or_refused(store: PaperStore, engine: Engine) -> None:
    graph = graph_iri("paper", "p1")
    quads = list(parse("".join(f'<{GGV}s> <{GG}printed> "{number}" <{graph}> .\n' for number in range(10_001)), RdfFormat.N_QUADS))
    store.add_papers([PaperGraphs("p1", quads)])
    everything = f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    if engine.row_limit is None:
        assert len(store.select(everything).rows) == 10_001
    else:
        assert len(store.select(f"{everything} LIMIT {engine.row_limit - 1}").rows) == engine.row_limit - 1
        with pytest.raises(StoreError, match=f"cut the answer at {engine.row_limit} rows"):
            store.select(everything)
    assert store.count(graph) == 10_001
    assert store.dump().count(b"\n") > 10_001


def test_unset_parameters_match_anything_and_set_ones_one_thing(store: PaperStore) -> None:
    filled(store, paper("p1", finding(), finding("survival", "increased")))
    asked = f"SELECT ?outcome {{ VALUES ?outcome {{ %s }} GRAPH ?g {{ ?finding <{GG}findingKind> ?kind ; <{GG}outcome> ?outcome }} }}"
    assert len(store.select(asked % "UNDEF").rows) == 2
    assert store.select(asked % f"<{GGV}survival>").rows == ((NamedNode(GGV + "survival"),),)


def test_answers_are_plain_values(store: PaperStore) -> None:
    store.add_papers([one_literal('"words"')])
    s, p, o = NamedNode(GGV + "s"), NamedNode(GG + "printed"), Literal("words")
    graph = f"GRAPH <{graph_iri('paper', 'p1')}>"
    assert store.query(f"SELECT ?s ?o ?none {{ {graph} {{ ?s ?p ?o }} }}") == Solutions(("s", "o", "none"), ((s, o, None),))
    assert store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {graph} {{ ?s ?p ?o }} }}") == Statements((Triple(s, p, o),))
    assert store.query(f"ASK {{ {graph} {{ ?s ?p ?o }} }}") is True
    assert store.query(f"ASK {{ {graph} {{ ?s ?p 7 }} }}") is False


def test_an_answer_may_be_read_in_another_thread(store: PaperStore) -> None:
    filled(store, paper("p1", finding()))
    answer = store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(len({str(term) for row in answer.rows for term in row})))
    thread.start()
    thread.join()
    assert seen[0] > 50


def test_a_query_in_another_thread_is_answered(store: PaperStore) -> None:
    filled(store, paper("p1", finding()))
    seen: list[tuple[str, ...]] = []
    thread = threading.Thread(target=lambda: seen.append(store.paper_ids()))
    thread.start()
    thread.join()
    assert seen == [("p1",)]


@pytest.mark.parametrize("sparql", ["SELEC * {", "", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"])
def test_what_is_no_query_is_refused(store: PaperStore, sparql: str) -> None:
    with pytest.raises((QueryError, StoreError)):
        store.query(sparql)
    assert store.count() == 0


def test_bad_sparql_is_named(store: PaperStore) -> None:
    with pytest.raises(QueryError, match="SELEC"):
        store.query("SELEC * {\n}")


def test_select_takes_select_only(store: PaperStore) -> None:
    with pytest.raises(QueryError, match="no SELECT"):
        store.select("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_trig_and_nquads_hold_the_same(store: PaperStore) -> None:
    filled(store, paper("p1", finding(), links=[link("p1", "p0")]))
    trig = store.dump("trig")
    assert trig == store.dump("trig")
    assert set(parse(trig, RdfFormat.TRIG)) == set(parse(store.dump("nquads"), RdfFormat.N_QUADS))


def test_nquads_are_sorted_and_the_same_in_any_order_of_adding(store: PaperStore) -> None:
    papers = [paper("p1", finding()), paper("p2", finding("survival", "increased"))]
    filled(store, *papers)
    dumped = store.dump()
    lines = dumped.splitlines()
    assert lines == sorted(lines)
    for each in papers:
        store.drop_paper(each.paper_id)
    for each in reversed(papers):
        store.add_paper(each.paper_id, each.quads)
    assert store.dump() == dumped


@pytest.mark.parametrize("paper_id", ["pmid-1", "doi-10.1200%2Fjco", "a b", "a%20b", "\u00e9/x?y#z"])
def test_any_paper_id_comes_back(store: PaperStore, paper_id: str) -> None:
    given = paper(paper_id, finding())
    store.add_paper(paper_id, given.quads)
    assert store.paper_ids() == (paper_id,)
    assert store.has_paper(paper_id)
    assert not store.has_paper(paper_id + "0")


def test_quads_of_another_graph_are_refused(store: PaperStore) -> None:
    given = paper("p1", finding())
    with pytest.raises(StoreError, match="a quad is of graph"):
        store.add_paper("p2", given.quads)
    with pytest.raises(StoreError, match="a quad is of graph"):
        store.add_papers([paper("p3", finding()), PaperGraphs("p1", given.quads, links=given.quads)])
    assert store.count() == 0


def test_a_paper_without_quads_is_refused(store: PaperStore) -> None:
    with pytest.raises(StoreError, match="p1: has no quads"):
        store.add_paper("p1", [])


def test_blank_nodes_are_refused(store: PaperStore) -> None:
    line = f"_:a <{GG}printed> <{GGV}o> <{graph_iri('paper', 'p1')}> ."
    with pytest.raises(StoreError, match="blank node"):
        store.add_paper("p1", list(parse(line.encode(), RdfFormat.N_QUADS)))


def test_the_remote_suite_ran_over_http(store: PaperStore, engine: Engine) -> None:
    is_remote = engine.name in {"oxigraph", "virtuoso"}
    assert isinstance(store, RemoteStore) is is_remote
    if is_remote:
        assert requests.get(store.location, timeout=10).status_code != 404
