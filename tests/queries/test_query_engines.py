"""Every saved query gives the same rows on a real server as in memory, with each parameter set and unset."""

from collections.abc import Iterator

import pytest
from gold_world import Line, fill, gold_quads
from small_world import small_graphs
from store_world import oxigraph, session_for

from kg.bundled import queries_folder
from kg.queries import SavedQuery, list_queries, read_claims, run
from kg.store import LocalStore, RemoteStore, Store
from kg.vocabulary import Vocabulary

NAMES = [each.name for each in list_queries(queries_folder())]


@pytest.fixture(scope="module")
def memory(lines: list[Line], vocabulary: Vocabulary) -> Store:
    store = LocalStore.in_memory()
    fill(store, [*gold_quads(lines, vocabulary), *small_graphs(vocabulary)], vocabulary)
    return store


@pytest.fixture(scope="module")
def remote(lines: list[Line], vocabulary: Vocabulary) -> Iterator[Store]:
    with oxigraph() as server, session_for(server) as session, RemoteStore(server, session=session) as store:
        fill(store, [*gold_quads(lines, vocabulary), *small_graphs(vocabulary)], vocabulary)
        yield store


@pytest.mark.server
@pytest.mark.parametrize("name", NAMES)
def test_a_server_answers_as_memory_does(
    memory: Store, remote: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary, name: str
) -> None:
    query = queries[name]
    settings = [{}, *({each.name: each.example} for each in query.parameters), {each.name: each.example for each in query.parameters}]
    for parameters in settings:
        assert run(remote, query, parameters, vocabulary=vocabulary) == run(memory, query, parameters, vocabulary=vocabulary), parameters


@pytest.mark.server
def test_a_server_gives_the_same_claims(memory: Store, remote: Store, vocabulary: Vocabulary) -> None:
    claims = read_claims(remote, vocabulary=vocabulary)
    assert claims == read_claims(memory, vocabulary=vocabulary)
    assert len(claims) == 271


@pytest.mark.parametrize("name", NAMES)
def test_a_set_parameter_only_narrows(memory: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary, name: str) -> None:
    """Rows about findings with a parameter set are among those without."""
    query = queries[name]
    everything = set(run(memory, query, {}, vocabulary=vocabulary).rows)
    for parameter in query.parameters:
        rows = run(memory, query, {parameter.name: parameter.example}, vocabulary=vocabulary)
        assert len(rows.rows) <= len(everything)
        if "finding" in rows.columns:
            assert set(rows.rows) <= everything, parameter.name
