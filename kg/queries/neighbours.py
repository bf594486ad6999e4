"""Papers by the keys that they are found under (``kg.link.keys``), from the index alone: what it costs does not grow with the store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal

from kg.namespaces import GG, paper_iri
from kg.queries.run import Queryable, ask

_PAPERS = paper_iri("")
#: Keys asked for at a time, so that an answer stays below the rows that a server gives.
_AT_ONCE = 40


def find_papers(store: Queryable, keys: Iterable[str], *, most: int | None = None) -> dict[str, tuple[str, ...]]:
    """The papers under each key, as their ids stand in an IRI, sorted.

    A key without papers is left out. Of one that more than ``most`` papers have, some ``most`` + 1 are given, so that it can be told:
    reading them all would take the longer the larger the store is.
    """
    return _ask(store, keys, None if most is None else most + 1)


def first_papers(store: Queryable, keys: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The first papers under each key, in order of their IRI, as many of each as it says."""
    found: dict[str, tuple[str, ...]] = {}
    for most in sorted(set(keys.values())):
        found |= _ask(store, [key for key, number in keys.items() if number == most], most, order="ORDER BY ?paper ")
    return found


def _ask(store: Queryable, keys: Iterable[str], most: int | None, *, order: str = "") -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for portion in _portions(keys):
        parts = " UNION ".join(_part(Literal(key), most, order) for key in portion)
        for row in ask(store, f"SELECT ?key ?paper WHERE {{ {parts} }}", location="neighbours").records():
            found[str(row["key"])].add(str(row["paper"]).removeprefix(_PAPERS))
    return {key: tuple(sorted(found[key])) for key in sorted(found)}


def _part(key: Literal, most: int | None, order: str) -> str:
    limit = "" if most is None else f" LIMIT {most}"
    return f"{{ SELECT ({key} AS ?key) ?paper WHERE {{ GRAPH ?graph {{ ?paper <{GG['linkKey']}> {key} }} }} {order}{limit} }}"


def _portions(keys: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
