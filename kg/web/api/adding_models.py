"""What the addresses that add papers take and answer with."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from kg.web import adding
from kg.web.adding.source import LONGEST_TEXT, LONGEST_TITLE
from kg.web.api.models import Answer

#: Bodies to begin with, in the form that OpenAPI has for them.
EXAMPLES: dict[str, Any] = {
    "identifier": {"summary": "a paper of PubMed", "value": {"identifier": "PMID 27400945"}},
    "text": {
        "summary": "a pasted abstract",
        "value": {"title": "Cord cells and relapse", "text": "RESULTS: Relapse was 10% with cord cells and 30% with placebo (P = .02)."},
    },
}


class Given(BaseModel):
    """An identifier, or a text with or without its title."""

    model_config = ConfigDict(extra="forbid")

    identifier: str = Field(default="", max_length=500, description="PMID, DOI, PMCID or NCT number")
    title: str = Field(default="", max_length=LONGEST_TITLE)
    text: str = Field(default="", max_length=LONGEST_TEXT, description="an abstract, or a record in a format that kg add reads")


class Span(Answer):
    """A stretch of the text and what it was taken for; offsets count code points."""

    start: int
    end: int
    role: str
    name: str
    #: Numbers of the findings that rest on it, counted from 1.
    findings: list[int]


class Finding(Answer):
    """A finding as understood."""

    outcome: str
    #: Null where the vocabulary lacks it.
    concept: str | None
    direction: str
    significant: bool | None
    intervention: str | None
    comparator: str | None
    values: list[str]
    p: str
    confidence: float
    sentence: str


class Understood(Answer):
    """A paper as understood, and how it stands to the papers of the graph."""

    id: str
    title: str | None
    standing: str = Field(description="new; known: it is read again; outdone: the graph has a better record; refused")
    stored_as: list[str]
    same_paper: list[str]
    same_cohort: list[str]
    agreements: int
    contradictions: int
    text: str
    spans: list[Span]
    findings: list[Finding]
    no_findings_reason: str | None
    trouble: str


class Left(Answer):
    """Something that was given and is not, or would not be, in the graph."""

    place: str
    reason: str
    is_passed_over: bool


class Preview(Answer):
    """All that was given."""

    label: str
    papers: list[Understood]
    left: list[Left]


class Job(Answer):
    """How a job stands."""

    id: str = Field(examples=["kR3v_0aPq7Zd"])
    label: str
    state: str = Field(description="waiting, running, done, failed, broken_off", examples=["running"])
    stage: str
    done: int
    total: int
    new: list[str] = Field(description="ids of papers that the graph did not have; planned ones until it is done")
    again: list[str] = Field(description="ids of papers that were read again")
    left: list[Left]
    trouble: str
    is_finished: bool
    words: str
    address: str = Field(description="the page that shows it", examples=["/add?job=kR3v_0aPq7Zd"])


def preview_of(found: adding.Preview) -> Preview:
    """The answer for a preview."""
    left = [Left(place=each.place, reason=each.reason, is_passed_over=each.trouble == "skipped") for each in found.failures]
    return Preview(label=found.label, papers=[_understood(each) for each in found.papers], left=left)


def _understood(each: adding.Understood) -> Understood:
    read = each.extraction
    return Understood(
        id=each.paper.id,
        title=each.paper.title,
        standing=each.standing.value,
        stored_as=list(each.stored_as),
        same_paper=list(each.ties.same_paper),
        same_cohort=list(each.ties.same_cohort),
        agreements=each.ties.agreements,
        contradictions=each.ties.contradictions,
        text=each.paper.text,
        spans=[Span.model_validate(mark) for mark in each.marks],
        findings=_findings(each),
        no_findings_reason=None if read is None else read.no_findings_reason,
        trouble=each.trouble,
    )


def _findings(each: adding.Understood) -> list[Finding]:
    if each.extraction is None:
        return []
    return [
        Finding(
            outcome=one.outcome.label,
            concept=one.outcome.concept,
            direction=one.direction.value,
            significant=one.significant,
            intervention=one.intervention,
            comparator=one.comparator,
            values=[value.text for value in (one.values.intervention, one.values.comparator) if value is not None],
            p="" if one.p is None else one.p.text,
            confidence=one.confidence,
            sentence=each.paper.text[one.evidence.start : one.evidence.end],
        )
        for one in each.extraction.findings
    ]
