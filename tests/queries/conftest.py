"""A store of the annotated digests, made once."""

import pytest
from gold_world import Line, Names, fill, gold_quads, read_lines
from linked_world import linked_store
from small_world import small_graphs

from kg.bundled import ontologies_folder, queries_folder
from kg.queries import SavedQuery, list_queries
from kg.store import LocalStore, Store
from kg.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ontologies_folder())


@pytest.fixture(scope="session")
def queries() -> dict[str, SavedQuery]:
    return {each.name: each for each in list_queries(queries_folder())}


@pytest.fixture(scope="session")
def lines() -> list[Line]:
    return read_lines()


@pytest.fixture(scope="session")
def names(vocabulary: Vocabulary) -> Names:
    return Names(vocabulary)


@pytest.fixture(scope="session")
def digests(lines: list[Line], vocabulary: Vocabulary) -> Store:
    """Filled once and only read."""
    store = LocalStore.in_memory()
    fill(store, gold_quads(lines, vocabulary), vocabulary)
    return store


@pytest.fixture(scope="session")
def small(vocabulary: Vocabulary) -> Store:
    """Filled once and only read."""
    store = LocalStore.in_memory()
    fill(store, small_graphs(vocabulary), vocabulary)
    return store


@pytest.fixture(scope="session")
def linked(vocabulary: Vocabulary) -> Store:
    """Filled once and only read."""
    return linked_store(vocabulary)
