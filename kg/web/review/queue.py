"""Findings that nobody has decided on, in the order in which they want a look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.build.decisions import short_name
from kg.model import Direction, LinkKind
from kg.namespaces import GG, PREFIXES, data_iri, graph_iri, notation_iri
from kg.queries import Cell, Queryable, ask
from kg.queries.nodes import number_of, required_member

#: Names and confidence alone: of a large graph all are asked for.
_OPEN = f"""SELECT ?finding ?confidence WHERE {{ AMONG GRAPH ?graph {{ ?finding a <{GG["Finding"]}> ; <{GG["confidence"]}> ?confidence .
  FILTER NOT EXISTS {{ ?finding <{GG["curation"]}> ?verdict }} }} }}"""
_SHOWN = f"""SELECT ?finding ?paper ?outcome ?direction ?confidence WHERE {{ VALUES ?finding {{ FINDINGS }} GRAPH ?graph {{
  ?finding <{GG["paper"]}>/<{PREFIXES["dcterms"]}identifier> ?paper ; <{GG["outcomeLabel"]}> ?outcome ;
    <{GG["direction"]}> ?direction ; <{GG["confidence"]}> ?confidence }} }}"""
_OPPOSED = f"""SELECT ?finding ?other ?kind ?score WHERE {{
  VALUES ?kind {{ {" ".join(f"<{notation_iri(each, 'link_kind')}>" for each in (LinkKind.CONTRADICTS, LinkKind.TENSION))} }}
  GRAPH ?graph {{ ?link <{GG["linkKind"]}> ?kind ; <{GG["score"]}> ?score ; <{GG["linkSubject"]}>|<{GG["linkObject"]}> ?finding ;
    <{GG["linkSubject"]}>|<{GG["linkObject"]}> ?other FILTER(?finding != ?other) }} }}"""
_KINDS = {notation_iri(each, "link_kind"): each for each in (LinkKind.CONTRADICTS, LinkKind.TENSION)}


class Order(StrEnum):
    """What comes first."""

    #: What the engine is least sure of.
    CONFIDENCE = "confidence"
    #: What another paper contradicts; the surest contradiction first.
    CONTRADICTION = "contradiction"


@dataclass(frozen=True)
class Waiting:
    """A finding that waits for a decision."""

    #: As curators name it: "pmid-1/812-934-1".
    finding: str
    paper: str
    study: str
    outcome: str
    direction: str
    confidence: float
    #: What calls for a look: "contradicts", "tension", or nothing.
    opposed: str


def read_queue(store: Queryable, *, order: Order = Order.CONFIDENCE, paper: str = "") -> tuple[str, ...]:
    """Names of all findings without a decision, or of those of one paper; by contradiction only those that another paper speaks against.

    Raises:
        StoreError: the store did not answer.
    """
    among = f"VALUES ?graph {{ <{graph_iri('paper', paper)}> }}" if paper else ""
    rows = ask(store, _OPEN.replace("AMONG", among, 1), location="review").rows
    found = [(number_of(confidence), short_name(str(finding))) for finding, confidence in rows]
    if order is Order.CONFIDENCE:
        return tuple(name for _, name in sorted(found))
    opposed = _read_opposed(store)
    gravest = sorted((*opposed[name], confidence, name) for confidence, name in found if name in opposed)
    return tuple(name for *_, name in gravest)


def read_waiting(store: Queryable, findings: Sequence[str], names: Mapping[str, str]) -> list[Waiting]:
    """What is shown of some findings of the queue, in their order; ``names`` maps paper ids to what people call them.

    Raises:
        StoreError: the store did not answer.
    """
    if not findings:
        return []
    wanted = " ".join(f"<{data_iri('finding', '')}{each}>" for each in findings)
    rows = {short_name(str(row["finding"])): row for row in ask(store, _SHOWN.replace("FINDINGS", wanted, 1), location="review").records()}
    opposed = _read_opposed(store)
    return [_waiting(each, rows[each], opposed, names) for each in findings if each in rows]


def _waiting(finding: str, row: Mapping[str, Cell], opposed: Mapping[str, tuple[str, float]], names: Mapping[str, str]) -> Waiting:
    paper = str(row["paper"])
    return Waiting(
        finding=finding,
        paper=paper,
        study=names.get(paper, paper),
        outcome=str(row["outcome"]),
        direction=required_member(Direction, row["direction"], "direction").value,
        confidence=round(number_of(row["confidence"]), 3),
        opposed=opposed.get(finding, ("", 0.0))[0],
    )


def _read_opposed(store: Queryable) -> dict[str, tuple[str, float]]:
    """By finding: the gravest kind of opposition, and how sure that is, less than nothing so that the surest sorts first."""
    found: dict[str, tuple[str, float]] = {}
    for row in ask(store, _OPPOSED, location="review").records():
        told = (_KINDS[str(row["kind"])].value, -number_of(row["score"]))
        name = short_name(str(row["finding"]))
        found[name] = min(found.get(name, told), told)
    return found
