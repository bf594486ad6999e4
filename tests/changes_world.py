"""Papers with changes that the tests of their layouts share. The texts are ours."""

from kg.changes import Changes, FilledGap, FirstSeen, PaperChanges
from kg.changes.records import Moved
from kg.model import Claim, Difference, Direction, FindingKind, Link, LinkKind, LinkReason, PValue, TermKind, Value, Values

HOSTILE = '<script>alert("x")</script> & ]]>'


def claim(**facts: object) -> Claim:
    known: dict[str, object] = {
        "finding": "https://w3id.org/graftgraph/finding/p2/0-30-1",
        "paper": "p2",
        "kind": FindingKind.EFFECT,
        "outcome": "relapse",
        "outcome_label": "relapse",
        "direction": Direction.DECREASED,
        "significant": True,
        "intervention": "cells",
        "comparator": "placebo",
        "values": Values(intervention=Value(value=10, unit="%", text="10%"), comparator=Value(value=30, unit="%", text="30%")),
        "p": PValue(operator="=", value=0.02, text="P = .02"),
        "timepoint": "P2Y",
        "sentence": "Relapse was 10% with cells and 30% with placebo.",
    }
    return Claim.model_validate(known | facts)


def link(kind: LinkKind = LinkKind.CONTRADICTS, **facts: object) -> Link:
    known: dict[str, object] = {
        "kind": kind,
        "subject": "p2/1",
        "object": "p1/1",
        "subject_paper": "p2",
        "object_paper": "p1",
        "score": 0.9,
        "because": (LinkReason(sign="n", text="both randomised", weight=0.1), LinkReason(sign="p", text="both significant", weight=0.5)),
        "differing": (
            Difference(factor="cell_source", subject="umbilical cord", object="bone marrow"),
            Difference(factor="dose", object="2e6/kg"),
        ),
        "subject_sentence": "Relapse fell.",
        "object_sentence": "Relapse rose.",
    }
    return Link.model_validate(known | facts)


def paper(**facts: object) -> PaperChanges:
    known: dict[str, object] = {
        "paper": "p2",
        "name": "Roe 2026",
        "title": "Cord cells against relapse",
        "year": 2026,
        "doi": "10.5555/roe.2",
        "added": "2026-03-01T08:00:00Z",
        "design": "rct",
        "n": 80,
        "findings": (claim(),),
        "first_seen": (FirstSeen(kind=TermKind.DRUG, label="belumosudil", concept="belumosudil"),),
        "gaps_filled": (FilledGap(source="umbilical cord", outcome="relapse"),),
        "links": (link(),),
    }
    return PaperChanges.model_validate(known | facts)


def changes(*papers: PaperChanges, moved: tuple[Moved, ...] = ()) -> Changes:
    return Changes(papers=papers, names={"p1": "Doe 2020", "p2": "Roe 2026"}, moved=moved)
