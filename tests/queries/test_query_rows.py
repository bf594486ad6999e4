"""Answers as rows, and their errors."""

import pytest

from kg.errors import QueryError
from kg.queries import Rows, ask, run, unnamed_query
from kg.store import LocalStore, Store
from kg.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        ("1", 1),
        ("0", 0),
        ("0.5", 0.5),
        ("1e0", 1.0),
        ("true", True),
        ('"P2Y"^^<http://www.w3.org/2001/XMLSchema#duration>', "P2Y"),
        ('"word"@en', "word"),
        ("<https://w3id.org/x>", "https://w3id.org/x"),
        ('"many"^^<http://www.w3.org/2001/XMLSchema#integer>', "many"),
        ("?unbound", None),
    ],
)
def test_a_term_becomes_a_plain_value(term: str, cell: object) -> None:
    rows = ask(LocalStore.in_memory(), f"SELECT ?x WHERE {{ BIND({term} AS ?x) }}", location="test")
    assert rows == Rows(("x",), ((cell,),))
    assert type(rows.rows[0][0]) is type(cell)


def test_a_column_of_labels_is_named_for_what_they_name() -> None:
    rows = ask(LocalStore.in_memory(), 'SELECT ?outcome_label ?p_value WHERE { BIND("x" AS ?outcome_label) }', location="test")
    assert rows.columns == ("outcome", "p_value")


def test_the_parts_of_a_list_are_sorted_and_empty_ones_left_out() -> None:
    sparql = 'SELECT (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=" | ") AS ?all) (MIN(?x) AS ?one) WHERE { VALUES ?x { "b" "" "a" "b" } }'
    assert ask(LocalStore.in_memory(), sparql, location="test") == Rows(("all", "one"), (("a; b", ""),))
    nothing = sparql.replace('"b" "" "a" "b"', '""')
    assert ask(LocalStore.in_memory(), nothing, location="test").rows[0][0] is None


def test_an_ask_query_answers_in_one_row() -> None:
    assert ask(LocalStore.in_memory(), "ASK { GRAPH ?g { ?s ?p ?o } }", location="test") == Rows(("answer",), ((False,),))


def test_bad_sparql_is_named_with_line_and_column(vocabulary: Vocabulary) -> None:
    query = unnamed_query("SELECT ?x WHERE {\n  ?x ?y\n}", name="mine.rq")
    with pytest.raises(QueryError, match=r"mine\.rq, line 3, column \d+: is not valid SPARQL: expected"):
        run(LocalStore.in_memory(), query, {}, vocabulary=vocabulary)


def test_a_query_that_answers_with_a_graph_is_refused() -> None:
    with pytest.raises(QueryError, match="answers with a graph"):
        ask(LocalStore.in_memory(), "CONSTRUCT WHERE { ?s ?p ?o }", location="test")


def test_rows_on_digests_are_known() -> None:
    assert Rows(("p", "text_kind"), ((0.0, "digest"), (0.021, "abstract"))).quotes_digests
    assert not Rows(("text_kind",), (("abstract",),)).quotes_digests
    assert Rows(("text_kinds",), (("abstract; digest",),)).quotes_digests
    assert not Rows(("title",), (("digest",),)).quotes_digests


def test_nothing_is_found_outside_named_graphs(digests: Store, queries: dict[str, object], vocabulary: Vocabulary) -> None:
    from pyoxigraph import DefaultGraph, Quad

    flat = LocalStore.in_memory()
    engine = flat._engine
    engine.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in digests._engine)
    assert len(engine) > 30_000
    for query in queries.values():
        assert run(flat, query, {}, vocabulary=vocabulary).rows == (), query.name
