"""What studies that found one thing or another say of the factors in which studies differ, counted over the whole graph. Pure.

In: the keys that links graphs state (``gg:factorKey``): "relapse|mesenchymal-stromal-cell|less|design=rct|n=below 50", the group of
findings, the way that one went, and the band of each factor that its paper states. Out: how many cohorts there are of each band and
way, by group and factor: rows of the summary, sums from which a change takes away what its cohorts gave before and to which it adds
what they give now.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import GG, data_iri
from kg.rdf.terms import A, Node, term
from kg.store.summary import SUMMARY, Standing


class Row(NamedTuple):
    """Findings that may be set against each other, and a factor in which their studies may differ."""

    #: Quantity and what was given, slugs.
    group: str
    factor: str

    @property
    def iri(self) -> str:
        """Where its counts stand in the summary."""
        return data_iri("factor", *self.group.split("|"), self.factor)


class Cell(NamedTuple):
    """One band of one factor among findings that went one way."""

    row: Row
    band: str
    way: str


#: Cohorts by band and way.
Counts = Counter[tuple[str, str]]
FactorCounts = Mapping[Row, Counts]


def factor_key(group: str, way: str, bands: Mapping[str, str]) -> str:
    """What one finding says, as it is written in the graph."""
    return "|".join((group, way, *(f"{factor}={band}" for factor, band in bands.items())))


def factor_keys_of(quads: Iterable[Quad]) -> list[str]:
    """The keys among some quads."""
    return [quad.object.value for quad in quads if quad.predicate.value == GG["factorKey"] and isinstance(quad.object, Literal)]


def cells_of(keys: Iterable[str]) -> frozenset[Cell]:
    """What keys say, each thing once."""
    return frozenset(cell for key in keys for cell in _cells(key))


def _cells(key: str) -> Iterator[Cell]:
    quantity, given, way, *stated = key.split("|")
    for each in stated:
        factor, _, band = each.partition("=")
        yield Cell(Row(f"{quantity}|{given}", factor), band, way)


def count_factors(keys: Mapping[str, Iterable[str]], standings: Mapping[str, Standing]) -> dict[Row, Counts]:
    """Counts over studies, whose keys are given; one that counts nowhere gives nothing, and a cohort gives each thing once."""
    cohorts: defaultdict[str, set[Cell]] = defaultdict(set)
    for study, standing in standings.items():
        if standing.setting is not None:
            cohorts[standing.cohort].update(cells_of(keys.get(study, ())))
    return count_cells(cohorts.values())


def count_cells(cohorts: Iterable[Iterable[Cell]]) -> dict[Row, Counts]:
    """How many cohorts say each thing; each is given by what it says."""
    found: defaultdict[Row, Counts] = defaultdict(Counter)
    for cells in cohorts:
        for cell in cells:
            found[cell.row][cell.band, cell.way] += 1
    return dict(found)


def changed_rows(before: FactorCounts, after: FactorCounts) -> frozenset[Row]:
    """Rows for which cohorts give other than they gave."""
    return frozenset(row for row in before.keys() | after.keys() if before.get(row, Counter()) != after.get(row, Counter()))


def counts_after(stored: FactorCounts, before: FactorCounts, after: FactorCounts) -> dict[Row, Counts]:
    """The rows that change, as they will be."""
    found = {}
    for row in changed_rows(before, after):
        counts = Counter(stored.get(row, Counter()))
        counts.update(after.get(row, Counter()))
        counts.subtract(before.get(row, Counter()))
        found[row] = +counts
    return found


def factor_quads(counts: FactorCounts) -> list[Quad]:
    """Rows as they stand in the summary; one that counts nothing has none."""
    quads: list[Quad] = []
    for row, counted in sorted(counts.items()):
        if counted:
            quads += [
                _quad(row, A.value, term("gg:FactorCounts")),
                _quad(row, GG["findingGroup"], Literal(row.group)),
                _quad(row, GG["factor"], Literal(row.factor)),
                _quad(row, GG["bandCounts"], Literal(_written(counted))),
            ]
    return quads


def read_counts(text: str) -> Counts:
    """The counts of a row from the literal that states them."""
    return Counter({(band, way): number for band, ways in json.loads(text).items() for way, number in ways.items()})


def _written(counts: Counts) -> str:
    by_band: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (band, way), number in sorted(counts.items()):
        by_band[band][way] = number
    return json.dumps(by_band, ensure_ascii=False)


def _quad(row: Row, predicate: str, value: Node) -> Quad:
    return Quad(NamedNode(row.iri), NamedNode(predicate), value, NamedNode(SUMMARY))
