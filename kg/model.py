"""The records that cross a border between two modules.

All are frozen; collections are tuples; closed sets are string enums whose values equal the ``skos:notation`` of the
concept in ``ontologies/``. Offsets count Unicode code points of ``Paper.text``, start included, end excluded, and
``paper.text[span.start:span.end] == span.text`` holds for every span. ``Extraction`` has the shape of one line of
``kg extract --format jsonl`` and of a gold file: what a text does not print is ``None``, never zero.
"""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

#: Findings with less confidence look different wherever they are shown.
DOUBTFUL_BELOW = 0.5


class Record(BaseModel):
    """A frozen value; unknown fields are ignored, so that annotated files with more fields can be read."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# ---------------------------------------------------------------- closed sets


class TextKind(StrEnum):
    """What a text is: the paper's own words, or ours."""

    ABSTRACT = "abstract"
    FULL_TEXT = "full_text"
    PAGE = "page"
    DIGEST = "digest"


class SectionLabel(StrEnum):
    """Rhetorical part of an abstract."""

    BACKGROUND = "background"
    OBJECTIVE = "objective"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSIONS = "conclusions"


class TermKind(StrEnum):
    """Kind of a vocabulary term."""

    CELL_TYPE = "cell_type"
    TISSUE_SOURCE = "tissue_source"
    TRANSPLANT = "transplant"
    CONDITION = "condition"
    DRUG = "drug"
    OUTCOME = "outcome"
    SPECIES = "species"
    PROCEDURE = "procedure"
    STUDY_DESIGN = "study_design"
    BIOMARKER = "biomarker"


class Design(StrEnum):
    """Study design of a paper."""

    RCT = "rct"
    NONRANDOMIZED_CONTROLLED = "nonrandomized_controlled"
    SINGLE_ARM = "single_arm"
    RETROSPECTIVE_COHORT = "retrospective_cohort"
    CASE_SERIES = "case_series"
    IN_VIVO_PRECLINICAL = "in_vivo_preclinical"
    IN_VITRO = "in_vitro"
    META_ANALYSIS = "meta_analysis"
    REVIEW = "review"
    PROTOCOL = "protocol"
    OTHER = "other"


class Intent(StrEnum):
    """Why the intervention was given."""

    PROPHYLAXIS = "prophylaxis"
    TREATMENT = "treatment"
    COTRANSPLANTATION = "cotransplantation"
    MECHANISM = "mechanism"


class Phase(StrEnum):
    """Trial phase."""

    PHASE_1 = "1"
    PHASE_1_2 = "1/2"
    PHASE_2 = "2"
    PHASE_2_3 = "2/3"
    PHASE_3 = "3"
    PHASE_4 = "4"


class Blinding(StrEnum):
    """Who did not know the allocation."""

    OPEN_LABEL = "open_label"
    SINGLE_BLIND = "single_blind"
    DOUBLE_BLIND = "double_blind"
    TRIPLE_BLIND = "triple_blind"


class CellRole(StrEnum):
    """What a cell does in a study."""

    INTERVENTION = "intervention"
    MEASURED = "measured"
    GRAFT = "graft"


class FindingKind(StrEnum):
    """What a finding compares."""

    EFFECT = "effect"
    SINGLE_ARM = "single_arm"
    BEFORE_AFTER = "before_after"
    SUBGROUP = "subgroup"
    MECHANISM = "mechanism"


class Direction(StrEnum):
    """The outcome quantity in the intervention arm against the comparator; not good or bad."""

    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no_difference"
    REPORTED = "reported"
    UNCLEAR = "unclear"


class Significance(StrEnum):
    """Whether a test says that arms differ; the record keeps it as true, false or null."""

    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not_significant"
    NOT_STATED = "not_stated"


class Favours(StrEnum):
    """Whom a finding favours; derived from direction and the outcome's desirable direction, never stored with it."""

    INTERVENTION = "intervention"
    COMPARATOR = "comparator"
    NEITHER = "neither"


class Desirable(StrEnum):
    """Which direction of an outcome is good for the patient."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


class Measure(StrEnum):
    """Effect measure as printed; adjusted odds ratios are OR."""

    HR = "HR"
    RR = "RR"
    OR = "OR"
    MD = "MD"
    SMD = "SMD"
    RD = "RD"
    R = "r"


class Origin(StrEnum):
    """Where a study fact was read."""

    TEXT = "text"
    TITLE = "title"
    CITATION = "citation"
    METADATA = "metadata"


class Notice(StrEnum):
    """How another PubMed record relates to a paper (NLM element CommentsCorrections, attribute RefType)."""

    RETRACTION_IN = "retraction_in"
    RETRACTION_OF = "retraction_of"
    PARTIAL_RETRACTION_IN = "partial_retraction_in"
    PARTIAL_RETRACTION_OF = "partial_retraction_of"
    EXPRESSION_OF_CONCERN_IN = "expression_of_concern_in"
    EXPRESSION_OF_CONCERN_FOR = "expression_of_concern_for"
    ERRATUM_IN = "erratum_in"
    ERRATUM_FOR = "erratum_for"
    CORRECTED_AND_REPUBLISHED_IN = "corrected_and_republished_in"
    CORRECTED_AND_REPUBLISHED_FROM = "corrected_and_republished_from"
    RETRACTED_AND_REPUBLISHED_IN = "retracted_and_republished_in"
    RETRACTED_AND_REPUBLISHED_FROM = "retracted_and_republished_from"
    UPDATE_IN = "update_in"
    UPDATE_OF = "update_of"
    COMMENT_IN = "comment_in"
    COMMENT_ON = "comment_on"
    PREPRINT_IN = "preprint_in"
    PREPRINT_OF = "preprint_of"
    CITES = "cites"
    OTHER = "other"


class Verdict(StrEnum):
    """What a curator says of a finding."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


# ---------------------------------------------------------------- paper


class Span(Record):
    """A half-open range of code points in ``Paper.text``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Quote(Span):
    """A span with the text it covers."""

    text: str


class Section(Span):
    """A rhetorical part of the abstract, its printed heading included."""

    label: SectionLabel


class Author(Record):
    """One author in printed order; a group has only ``family``."""

    family: str
    given: str | None = None
    #: Sixteen digits with hyphens, no URL.
    orcid: str | None = None


class Registration(Record):
    """A trial registration number as printed, with the registry's short name where it is known."""

    number: str
    registry: str | None = None


class MeshHeading(Record):
    """A MeSH heading that NLM indexers gave the paper."""

    #: Descriptor unique id, "D006086".
    ui: str | None = None
    label: str
    major: bool = False
    qualifiers: tuple[str, ...] = ()


class Caution(StrEnum):
    """What is to be known before a paper is relied on; worked out from its own record and from notices on it, the gravest one first."""

    RETRACTED = "retracted"
    CONCERN = "concern"
    CORRECTED = "corrected"


#: Nothing rests on a paper under these, unless it is asked for.
WITHDRAWN = frozenset({Caution.RETRACTED, Caution.CONCERN})
#: What a record says of itself by naming a notice.
CAUTION_OF_NOTICE: dict[Notice, Caution] = {
    Notice.RETRACTION_IN: Caution.RETRACTED,
    Notice.RETRACTED_AND_REPUBLISHED_IN: Caution.RETRACTED,
    Notice.EXPRESSION_OF_CONCERN_IN: Caution.CONCERN,
    Notice.ERRATUM_IN: Caution.CORRECTED,
    Notice.PARTIAL_RETRACTION_IN: Caution.CORRECTED,
    Notice.CORRECTED_AND_REPUBLISHED_IN: Caution.CORRECTED,
}


def gravest(cautions: Iterable[Caution]) -> Caution | None:
    """The one that weighs most; None where there is none."""
    found = set(cautions)
    return next((each for each in Caution if each in found), None)


class RelatedNotice(Record):
    """A correction, retraction, comment or other record tied to a paper."""

    kind: Notice
    pmid: str | None = None
    doi: str | None = None
    #: Citation as printed, such as "J Clin Oncol. 2017;35:1".
    citation: str | None = None


class OtherAbstract(Record):
    """An abstract in another language or from another source, kept but not extracted."""

    language: str | None = None
    source: str | None = None
    text: str


class Paper(Record):
    """A publication with one text to read.

    ``text`` is the main-language abstract, NFC, one ``LABEL: `` per labelled section, parts joined by one newline,
    white space collapsed. It is empty when the record has no abstract.
    """

    #: First known of pmid-…, pmcid-…, doi-…, the id of a JSON line, else text-<16 hex of the text's SHA-256>.
    id: str
    pmid: str | None = None
    #: "PMC1234567".
    pmcid: str | None = None
    #: Lower case, no URL.
    doi: str | None = None
    #: The ``id`` of a JSON line; evaluation pairs records by it.
    local_id: str | None = None
    title: str | None = None
    text: str
    text_kind: TextKind = TextKind.ABSTRACT
    #: Sections that the source itself marks; empty when it marks none.
    sections: tuple[Section, ...] = ()
    authors: tuple[Author, ...] = ()
    first_author: str | None = None
    journal: str | None = None
    year: int | None = None
    #: ISO 8601 with what is known: "2016", "2016-08", "2016-08-20".
    date: str | None = None
    #: The printed date where ISO cannot hold it, such as "2009 Winter".
    date_printed: str | None = None
    language: str | None = None
    publication_types: tuple[str, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    keywords: tuple[str, ...] = ()
    registrations: tuple[Registration, ...] = ()
    notices: tuple[RelatedNotice, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    #: Licence of the text, an SPDX id or URL; without one only quotes may be shown.
    licence: str | None = None
    #: Name of the reader: pubmed, jats, europepmc, medline, ris, jsonl, text.
    source_format: str
    #: SHA-256 of ``text`` in UTF-8, hex.
    sha256: str

    @property
    def is_retracted(self) -> bool:
        """True when the record says that this very paper was retracted as a whole."""
        return "Retracted Publication" in self.publication_types or any(n.kind is Notice.RETRACTION_IN for n in self.notices)


# ---------------------------------------------------------------- extraction


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
    """One arm's number, as printed in the evidence."""

    value: float | None = None
    #: "%", "days", "months", … ; null for bare counts.
    unit: str | None = None
    count: int | None = None
    total: int | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    text: str


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


class PValue(Record):
    """A printed P value; operator is one of = < > <= >=."""

    operator: str
    value: float
    text: str | None = None


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


# ---------------------------------------------------------------- claim


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


# ---------------------------------------------------------------- link


class LinkKind(StrEnum):
    """How two papers, or two findings of different papers, stand to each other."""

    #: Two records of one publication: preprint and version of record, meeting abstract and article, corrected and republished.
    SAME_PAPER = "same_paper"
    #: Two publications on the same participants.
    SAME_COHORT = "same_cohort"
    #: A review or meta-analysis and a study it pools.
    INCLUDES_STUDY = "includes_study"
    CITES = "cites"
    #: A notice and the paper that it corrects, doubts or withdraws.
    AMENDS = "amends"
    RELATED = "related"
    AGREES = "agrees"
    #: Opposite directions, both significant.
    CONTRADICTS = "contradicts"
    #: One significant; the other found no difference, or leans the other way without significance.
    TENSION = "tension"
    #: They differ, and at least one was never tested.
    WEAK_CONTRAST = "weak_contrast"


class LinkReason(Record):
    """Why a link holds: one sign, in words that can be shown as they stand."""

    #: Short name of the sign: "registration", "authors", "shared_concept", "power", …
    sign: str
    text: str
    #: What the sign adds to ``Link.score``.
    weight: float = 0.0


class Difference(Record):
    """A factor in which two compared studies differ, with what each says; null where a paper does not say."""

    #: "cell_source", "dose", "timing", "infusions", "cell_donor", "donor", "conditioning", "condition", "age_group", "grade",
    #: "steroid_response", "design", "n", "follow_up". ``donor`` is that of the graft.
    factor: str
    subject: str | None = None
    object: str | None = None
    #: 0 to 1: how well the factor separates the two sides over the whole graph; null where too few findings say.
    separation: float | None = None


class Link(Record):
    """What ties the younger paper, or a finding of it, to an older one.

    ``subject`` and ``object`` are paper ids, or finding IRIs where two findings are compared; papers stand beside them always.
    """

    kind: LinkKind
    subject: str
    object: str
    subject_paper: str
    object_paper: str
    #: 0 to 1: how sure, or for related papers how near.
    score: float = Field(default=1.0, ge=0, le=1)
    because: tuple[LinkReason, ...] = ()
    differing: tuple[Difference, ...] = ()
    #: The evidence sentences of compared findings.
    subject_sentence: str | None = None
    object_sentence: str | None = None


class StudyContext(Record):
    """What comparing needs of a paper and its study beyond its claims, as read back from the graph."""

    paper: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    title: str | None = None
    year: int | None = None
    #: ISO 8601 with what is known.
    date: str | None = None
    journal: str | None = None
    #: As the record gives it, "Gao L"; a record may have it without ``authors``.
    first_author: str | None = None
    authors: tuple[Author, ...] = ()
    registrations: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    notices: tuple[RelatedNotice, ...] = ()
    text_kind: TextKind = TextKind.ABSTRACT
    is_retracted: bool = False
    #: The gravest thing that is to be known of the paper, from its record or from notices on it.
    caution: Caution | None = None
    design: Design | None = None
    intent: Intent | None = None
    species: str | None = None
    n: int | None = None
    n_enrolled: int | None = None
    n_arms: ArmCounts | None = None
    n_studies: int | None = None
    #: Concepts of the cells given (vocabulary slugs).
    cells: tuple[str, ...] = ()
    #: Tissue sources of the cells given, vocabulary labels.
    cell_sources: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    cells_per_kg: float | None = None
    infusions: int | None = None
    is_repeated: bool | None = None
    infusion_day: int | None = None
    transplants: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    age_group: str | None = None
    is_steroid_refractory: bool | None = None
    #: ISO 8601 duration.
    follow_up: str | None = None
    #: Concepts the paper mentions (vocabulary slugs), each once.
    mentions: tuple[str, ...] = ()


# ---------------------------------------------------------------- curation and screening


class Selector(Record):
    """What finds a finding again after its paper was read anew: no number of a finding, and offsets only as a hint."""

    #: ``Paper.id`` when it was decided on.
    paper: str
    #: All ids that the paper has gone by, that one included; grows when a stronger one arrives.
    names: tuple[str, ...]
    #: Where the sentence stood.
    evidence: Span
    #: The sentence to the letter, and what stood before and after it.
    quote: str
    prefix: str = ""
    suffix: str = ""
    #: Vocabulary slug or null.
    outcome: str | None = None
    outcome_label: str
    kind: FindingKind
    #: How many findings on this outcome the sentence had.
    alike: int = Field(default=1, ge=1)


class Decision(Record):
    """What a curator decided on a finding, with all that is needed to apply it again."""

    #: Sixteen hex digits over all that is decided, by whom, when and why.
    id: str
    selector: Selector
    verdict: Verdict
    #: ORCID: sixteen digits with hyphens.
    curator: str
    #: ISO 8601 with a time zone.
    time: str
    reason: str
    #: The finding as it was read.
    extracted: Finding
    #: The finding as the curator has it; null where it is rejected.
    decided: Finding | None = None
    #: Id of the decision on the same finding that this one takes the place of.
    revises: str | None = None


class SearchRecord(Record):
    """One search as it was run: a line of ``searches.jsonl``."""

    #: As sent, to the letter.
    query: str
    #: "pubmed" or "europepmc".
    source: str
    #: When, ISO 8601 with a time zone.
    date: str
    #: Only what came into the database on this day or later, ISO 8601.
    since: str | None = None
    #: At most so many, the newest ones.
    limit: int | None = None
    #: How many records the service said there are.
    hits: int = Field(ge=0)
    #: How many of them came.
    retrieved: int = Field(ge=0)
