"""The summary graph -> ``Tally``: how many cohorts say what of a cell and an outcome."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from kg.model import Direction
from kg.namespaces import GG, GGV, concept_iri, graph_iri
from kg.queries.run import Queryable, ask

_COUNTS = {
    GG["increasedCount"]: Direction.INCREASED,
    GG["decreasedCount"]: Direction.DECREASED,
    GG["noDifferenceCount"]: Direction.NO_DIFFERENCE,
    GG["unclearCount"]: Direction.UNCLEAR,
    GG["reportedCount"]: Direction.REPORTED,
}
_ROWS = f"""SELECT ?row ?cell ?outcome ?setting ?property ?count WHERE {{
  GRAPH <{graph_iri("summary")}> {{
    ?row <{GG["sumsCell"]}> ?cell ; <{GG["sumsOutcome"]}> ?outcome ; <{GG["setting"]}> ?setting ; ?property ?count .
    AMONG
    FILTER(?property IN ({", ".join(f"<{each}>" for each in _COUNTS)}))
  }}
}}"""


@dataclass(frozen=True)
class Tally:
    """Cohorts by what they say; slugs of the vocabulary."""

    cell: str
    outcome: str
    #: "human", "preclinical", and each "_pooled".
    setting: str
    counts: tuple[tuple[Direction, int], ...]

    @property
    def cohorts(self) -> int:
        """All of them."""
        return sum(count for _, count in self.counts)


def read_tallies(store: Queryable, *, settings: Collection[str], outcomes: Collection[str] | None = None) -> tuple[Tally, ...]:
    """Rows of these settings and outcomes (of all), sorted by cell and outcome; directions in the order of ``Direction``.

    Raises:
        StoreError: the store did not answer.
    """
    among = "" if outcomes is None else f"VALUES ?outcome {{ {' '.join(f'<{concept_iri(each)}>' for each in sorted(outcomes))} }}"
    counts: dict[tuple[str, str, str], dict[Direction, int]] = defaultdict(dict)
    for _, cell, outcome, setting, name, count in ask(store, _ROWS.replace("AMONG", among), location="summary").rows:
        if setting in settings:
            key = (str(cell).removeprefix(GGV), str(outcome).removeprefix(GGV), str(setting))
            counts[key][_COUNTS[str(name)]] = int(count or 0)
    return tuple(
        Tally(*key, tuple((direction, found[direction]) for direction in Direction if found.get(direction)))
        for key, found in sorted(counts.items())
    )
