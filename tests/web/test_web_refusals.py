"""SPARQL that the endpoint does not run."""

import pytest

from kg.web.refusals import NO_SERVICE, READ_ONLY, refusal


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }",
        "select * { service ?where { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1 .SERVICE <http://x.example/> {} }",
        "SELECT * {?s ?p ?o.SERVICE<http://x.example/>{}}",
        "SELECT * {?s ex:p ex:o . SERVICE SILENT <http://x.example/> {}}",
        'SELECT * { ?s ?p "a # b" . SERVICE <http://x.example/> {} }',
        "SELECT * { ?s ?p 'it''s' , '''a ' b''' } # no\n# yes\nSELECT * {SERVICE <http://x.example/> {}}",
        "SELECT * { ?s <http://x.example/#a> ?o SERVICE <http://x.example/> {} }",
    ],
)
def test_a_query_that_would_ask_another_server_is_refused(sparql: str) -> None:
    assert refusal(sparql) == NO_SERVICE


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX a: <http://x.example/#y>\nBASE <http://x.example/>\ndelete where { ?s ?p ?o }",
        "# a remark\nLOAD <http://x.example/>",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL", "DROP GRAPH <a:g>", "CREATE GRAPH <a:g>", "COPY <a:a> TO <a:b>", "MOVE <a:a> TO <a:b>", "ADD <a:a> TO <a:b>",
    ],
)  # fmt: skip
def test_an_update_is_refused(sparql: str) -> None:
    assert refusal(sparql) == READ_ONLY


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service ?p 'SERVICE <http://x>' }",
        "SELECT $service { $service ex:service ex:a.service , service:a , <http://x.example/SERVICE> }",
        'SELECT * { ?s ?p "SERVICE"@service , """a SERVICE "b" """ } # SERVICE',
        "SELECT ?load ?drop { ?load ?drop ?insert }",
        "PREFIX insert: <http://x.example/> ASK { ?s insert:data ?o }",
        "DESCRIBE <http://x.example/load>",
    ],
)
def test_names_and_words_that_only_look_so_are_not_refused(sparql: str) -> None:
    assert refusal(sparql) is None
