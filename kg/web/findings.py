"""Findings and studies as far as exploring counts them, and what a finding ties together. Sentences and numbers stay in the store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Direction, Significance
from kg.network import Level
from kg.web.facets import Facet


class Kind(StrEnum):
    """What a node stands for, in columns from left to right."""

    CONDITION = "condition"
    TRANSPLANT = "transplant"
    CELL = "cell"
    DRUG = "drug"
    OUTCOME = "outcome"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A paper and what its study is."""

    paper: str
    #: Graphs, cohort and caution that all this was read from: other ones, and the paper is read again.
    state: str
    label: str
    title: str
    year: int | None
    #: What counts once: its cohort, else its IRI.
    counts_as: str
    level: Level
    is_withdrawn: bool
    #: Node ids of the cells given and of where they are given.
    cells: tuple[str, ...]
    settings: tuple[str, ...]
    #: Facets that all its findings share.
    facets: Mapping[Facet, tuple[str, ...]]
    #: What the paper calls nodes that the vocabulary lacks.
    phrases: Mapping[str, str]

    @property
    def node(self) -> str:
        """The node of the paper."""
        return f"{Kind.PAPER}:{self.paper}"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding of a study."""

    iri: str
    outcome: str
    given: tuple[str, ...]
    direction: Direction
    significance: Significance
    #: The topmost outcome above.
    group: str
    is_effect: bool


def ties(finding: FindingRow, study: StudyRow) -> Iterator[tuple[str, str, bool]]:
    """Pairs of nodes that the finding ties, in order of the columns, and whether the tie is what it found or only where it was found."""
    yield finding.outcome, study.node, True
    for each in finding.given:
        yield each, study.node, False
    if study.is_withdrawn:
        return
    for each in finding.given:
        if finding.is_effect:
            yield each, finding.outcome, True
        for setting in study.settings:
            yield setting, each, False
