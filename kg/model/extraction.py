"""What was read from one paper, in the shape of one line of ``kg extract --format jsonl`` and of a gold file."""

from pydantic import Field

from kg.model.base import DOUBTFUL_BELOW, Record
from kg.model.closed import Blinding, CellRole, Design, Direction, FindingKind, Intent, Measure, Origin, Phase, TermKind, TextKind, Verdict
from kg.model.paper import Quote, Section, Span


class Term(Quote):
    """A marked mention; ``concept`` is the vocabulary slug, or null for a phrase that the vocabulary lacks."""

    kind: TermKind
    label: str
    concept: str | None = None


class Cell(Record):
    """A cell population that the study uses or measures, once per paper.

    ``start`` and ``end`` are null when the cell is named in the title only.
    """

    cell: str
    source: str | None = None
    donor: str | None = None
    role: CellRole
    start: int | None = None
    end: int | None = None
    #: Vocabulary slug of the most specific cell concept.
    concept: str | None = None


class Arm(Record):
    """A study arm or group that findings compare."""

    #: 1, 2, … in the order of first mention.
    number: int
    label: str
    #: True for placebo, no treatment, standard care and historical controls.
    is_control: bool = False
    n: int | None = None
    #: Vocabulary slugs of cells, drugs and procedures given in this arm.
    concepts: tuple[str, ...] = ()
    mentions: tuple[Quote, ...] = ()


class ArmCounts(Record):
    """Participants per arm."""

    intervention: int | None = None
    comparator: int | None = None


class Dose(Record):
    """A cell or drug dose as printed, with cells/kg worked out for cell doses."""

    text: str
    value: float | None = None
    unit: str | None = None
    #: Cells per kg of body weight; a range keeps its low end here and its high end in ``cells_per_kg_high``.
    cells_per_kg: float | None = None
    cells_per_kg_high: float | None = None
    start: int | None = None
    end: int | None = None


class Fact(Record):
    """Where one study field was read: ``field`` is its name in ``Study``; no span when the origin is the title or metadata."""

    field: str
    origin: Origin
    start: int | None = None
    end: int | None = None
    text: str | None = None
    rule: str | None = None


class Study(Record):
    """What a paper says of its study."""

    design: Design | None = None
    #: Participants analysed, controls included.
    n: int | None = None
    n_enrolled: int | None = None
    n_planned: int | None = None
    n_arms: ArmCounts | None = None
    #: Studies pooled, for reviews and meta-analyses.
    n_studies: int | None = None
    #: Lower case: "human", "mouse", "mixed animals".
    species: str | None = None
    intent: Intent | None = None
    phase: Phase | None = None
    registrations: tuple[str, ...] = ()
    is_randomized: bool | None = None
    is_multicenter: bool | None = None
    blinding: Blinding | None = None
    n_centers: int | None = None
    #: "pediatric", "adult", "mixed" or null.
    age_group: str | None = None
    #: Vocabulary slugs, most specific first.
    conditions: tuple[str, ...] = ()
    transplants: tuple[str, ...] = ()
    doses: tuple[Dose, ...] = ()
    #: Number of infusions per patient; ``is_repeated`` where the text says repeated or multiple without a number.
    infusions: int | None = None
    is_repeated: bool | None = None
    #: As printed: "every 2 weeks", "twice a week for 4 weeks".
    schedule: str | None = None
    #: "intravenous", "intra-bone marrow", …
    route: str | None = None
    #: Days after transplantation of the first infusion; day 0 is a value.
    infusion_day: int | None = None
    #: ISO 8601 duration of median follow-up.
    follow_up: str | None = None
    primary_outcome: str | None = None
    is_steroid_refractory: bool | None = None
    #: Least number of lines of treatment that participants had had before; 0 for the untreated.
    prior_lines: int | None = None
    facts: tuple[Fact, ...] = ()


class Outcome(Quote):
    """The measured quantity of a finding; ``concept`` is its vocabulary slug or null."""

    label: str
    concept: str | None = None


class Value(Record):
    """One arm's number, as printed in the evidence; no span where a curator wrote it, or words say that nothing occurred."""

    value: float | None = None
    #: "%", "days", "months", … ; null for bare counts.
    unit: str | None = None
    count: int | None = None
    total: int | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    text: str
    start: int | None = None
    end: int | None = None


class Values(Record):
    """The two arms' numbers."""

    intervention: Value | None = None
    comparator: Value | None = None


class Effect(Record):
    """A printed effect estimate with the interval's limits."""

    measure: Measure
    value: float
    ci_low: float | None = None
    ci_high: float | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None


class PValue(Record):
    """A printed P value; operator is one of = < > <= >=."""

    operator: str
    value: float
    text: str | None = None
    start: int | None = None
    end: int | None = None


class Finding(Record):
    """One outcome, time, population and contrast, tied to its sentence.

    ``direction`` is that of the outcome quantity in ``intervention`` against ``comparator``. ``significant`` is null
    when no test is stated.
    """

    kind: FindingKind
    outcome: Outcome
    direction: Direction
    significant: bool | None = None
    intervention: str | None = None
    comparator: str | None = None
    #: Vocabulary slugs of the cells, drugs and procedures of each side.
    intervention_concepts: tuple[str, ...] = ()
    comparator_concepts: tuple[str, ...] = ()
    #: Arm numbers of ``Extraction.arms``, where the sides are arms.
    intervention_arm: int | None = None
    comparator_arm: int | None = None
    #: Null means the whole study.
    population: str | None = None
    values: Values = Values()
    effect: Effect | None = None
    p: PValue | None = None
    #: ISO 8601 duration as printed: P28D, P2Y.
    timepoint: str | None = None
    evidence: Span
    #: 0 to 1: the chance that outcome and direction are right.
    confidence: float = Field(default=1.0, ge=0, le=1)
    #: Names of what fired, in order.
    rules: tuple[str, ...] = ()
    #: What the direction rests on: verbs, comparatives, negations.
    cues: tuple[Quote, ...] = ()
    #: What a curator says of it; a rejected finding keeps its place in a list, so that others keep theirs, and goes into no graph.
    curation: Verdict | None = None

    @property
    def is_doubtful(self) -> bool:
        """True when it looks different wherever it is shown."""
        return self.confidence < DOUBTFUL_BELOW


class Inconsistency(Record):
    """What in one paper cannot all be true; listed, never corrected."""

    kind: str
    message: str
    start: int
    end: int


class Extraction(Record):
    """Everything read from one paper, in the shape of one gold line."""

    #: ``Paper.local_id`` where there is one, else ``Paper.id``: what evaluation pairs by.
    id: str
    #: ``Paper.id``.
    paper: str
    text_kind: TextKind = TextKind.ABSTRACT
    sha256: str = ""
    sections: tuple[Section, ...] = ()
    study: Study = Study()
    terms: tuple[Term, ...] = ()
    cells: tuple[Cell, ...] = ()
    arms: tuple[Arm, ...] = ()
    findings: tuple[Finding, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()
    #: Why a text has no findings: "no abstract", "review", "protocol", "outside the field", "nothing recognised".
    no_findings_reason: str | None = None
    #: Name and version of the engine: "rules 0.1.0".
    engine: str = ""
