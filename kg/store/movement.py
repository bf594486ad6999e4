"""What the evidence of a store says with some papers and would say without them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from kg.namespaces import GG, GGV
from kg.store.protocol import Store
from kg.store.reading import read_concepts
from kg.store.refresh import tallies_without
from kg.store.statements import Setting, find_concepts
from kg.store.summary import Pair, Tallies, Tally, shortcut_of

#: Settings whose evidence is told together: pooled analyses say what trials say.
_TOGETHER = {"human": (Setting.HUMAN, Setting.HUMAN_POOLED), "preclinical": (Setting.PRECLINICAL, Setting.PRECLINICAL_POOLED)}
_WORDS = {"increases": "increased", "decreases": "decreased", "noDifferenceIn": "no difference", "mixed": "mixed"}


@dataclass(frozen=True)
class Movement:
    """A cell and an outcome (slugs of the vocabulary) of which the significant evidence says other than it would without the papers."""

    cell: str
    outcome: str
    #: "human" or "preclinical".
    setting: str
    #: "increased", "decreased", "no difference", "mixed"; null where nothing was tested.
    before: str | None
    after: str | None
    cohorts_before: int
    cohorts_after: int


def read_movements(store: Store, papers: Collection[str]) -> tuple[Movement, ...]:
    """What moves with the papers of these ids, sorted by setting, outcome and cell.

    Raises:
        StoreError: the store did not answer.
    """
    if not papers:
        return ()
    now, without = tallies_without(store.select, papers, find_concepts(read_concepts(store.select)))
    found = (
        _movement(pair, setting, _total(pair, setting, without), _total(pair, setting, now))
        for pair in sorted({pair for pair, _ in now.keys() | without.keys()})
        for setting in _TOGETHER
    )
    moved = [each for each in found if each.before != each.after]
    return tuple(sorted(moved, key=lambda each: (each.setting, each.outcome, each.cell)))


def _total(pair: Pair, setting: str, tallies: Tallies) -> Tally:
    total: Tally = Counter()
    for part in _TOGETHER[setting]:
        total.update(tallies.get((pair, part), {}))
    return total


def _movement(pair: Pair, setting: str, before: Tally, after: Tally) -> Movement:
    cell, outcome = (iri.removeprefix(GGV) for iri in pair)
    was, says = (_WORDS.get(shortcut_of(each) or "") for each in (before, after))
    return Movement(cell, outcome, setting, was, says, before[GG["cohortCount"]], after[GG["cohortCount"]])
