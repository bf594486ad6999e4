"""Quads that can be asked before they are in a store."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Quad

from kg.store.answers import plain_answer
from kg.store.protocol import Answer


class View:
    """Some graphs, in memory, to read only."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._engine = pyoxigraph.Store()
        self._engine.bulk_extend(quads)

    def query(self, sparql: str) -> Answer:
        """Answer a SPARQL 1.1 query."""
        return plain_answer(self._engine.query(sparql))
