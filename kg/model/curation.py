"""Decisions of curators, and searches as they were run."""

from pydantic import Field

from kg.model.base import Record
from kg.model.closed import FindingKind, Verdict
from kg.model.extraction import Finding
from kg.model.paper import Span


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
