"""How papers and findings stand to each other, and what comparing needs of a study."""

from pydantic import Field

from kg.model.base import Record
from kg.model.closed import Caution, Design, Intent, LinkKind, TextKind
from kg.model.extraction import ArmCounts
from kg.model.paper import Author, RelatedNotice


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
