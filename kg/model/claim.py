"""A finding as read back from the graph."""

from kg.model.base import DOUBTFUL_BELOW, Record
from kg.model.closed import WITHDRAWN, Caution, Design, Direction, Favours, FindingKind, Intent, TextKind, Verdict
from kg.model.extraction import Effect, PValue, Values


class Claim(Record):
    """A finding as read back from the graph with the context that comparing, drawing and pooling need.

    Concept fields hold vocabulary slugs; labels come from the vocabulary.
    """

    finding: str
    paper: str
    #: The id that the user's own file gave the paper.
    local_id: str | None = None
    title: str | None = None
    first_author: str | None = None
    year: int | None = None
    text_kind: TextKind = TextKind.ABSTRACT
    #: What the participants are known by, the same for papers on the same ones; None where the graph has not counted them.
    cohort: str | None = None
    is_retracted: bool = False
    #: The gravest thing that is to be known of the paper, from its record or from notices on it.
    caution: Caution | None = None
    design: Design | None = None
    intent: Intent | None = None
    species: str | None = None
    n: int | None = None
    kind: FindingKind
    #: Most specific cell concepts given as intervention, empty when none is known.
    cells: tuple[str, ...] = ()
    #: Other intervention concepts: drugs, procedures.
    interventions: tuple[str, ...] = ()
    transplants: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    outcome: str
    outcome_label: str
    direction: Direction
    significant: bool | None = None
    favours: Favours | None = None
    intervention: str | None = None
    comparator: str | None = None
    population: str | None = None
    values: Values = Values()
    effect: Effect | None = None
    p: PValue | None = None
    timepoint: str | None = None
    sentence: str
    confidence: float = 1.0
    #: Accepted or corrected, where a curator has decided on it.
    curation: Verdict | None = None

    @property
    def counts_as(self) -> str:
        """What counts once: the cohort, else the paper."""
        return self.cohort if self.cohort is not None else self.paper

    @property
    def is_withdrawn(self) -> bool:
        """True when nothing rests on it by default: its paper was retracted or is doubted."""
        return self.is_retracted or self.caution in WITHDRAWN

    @property
    def is_doubtful(self) -> bool:
        """True when it looks different wherever it is shown."""
        return self.confidence < DOUBTFUL_BELOW
