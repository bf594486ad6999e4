"""Findings that nobody has decided on, in the order in which they want a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.build.decisions import short_name
from kg.model import Direction, LinkKind
from kg.namespaces import GG, PREFIXES, graph_iri, notation_iri
from kg.queries import Queryable, ask
from kg.queries.nodes import number_of, required_member

_OPEN = f"""SELECT ?finding ?paper ?outcome ?direction ?confidence WHERE {{ AMONG GRAPH ?graph {{
  ?finding a <{GG["Finding"]}> ; <{GG["paper"]}>/<{PREFIXES["dcterms"]}identifier> ?paper ; <{GG["outcomeLabel"]}> ?outcome ;
    <{GG["direction"]}> ?direction ; <{GG["confidence"]}> ?confidence .
  FILTER NOT EXISTS {{ ?finding <{GG["curation"]}> ?verdict }} }} }}"""
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


def read_queue(store: Queryable, names: Mapping[str, str], *, order: Order = Order.CONFIDENCE, paper: str = "") -> list[Waiting]:
    """All findings without a decision, or those of one paper; by contradiction only those that another paper speaks against.

    Raises:
        StoreError: the store did not answer.
    """
    opposed = _read_opposed(store)
    among = f"VALUES ?graph {{ <{graph_iri('paper', paper)}> }}" if paper else ""
    found = []
    for row in ask(store, _OPEN.replace("AMONG", among, 1), location="review").records():
        kind, score = opposed.get(str(row["finding"]), ("", 0.0))
        direction = required_member(Direction, row["direction"], "direction").value
        name, of = short_name(str(row["finding"])), str(row["paper"])
        waiting = Waiting(name, of, names.get(of, of), str(row["outcome"]), direction, round(number_of(row["confidence"]), 3), kind)
        found.append((waiting, score))
    if order is Order.CONTRADICTION:
        found = [each for each in found if each[0].opposed]
        found.sort(key=lambda each: (each[0].opposed, -each[1], each[0].confidence, each[0].finding))
    else:
        found.sort(key=lambda each: (each[0].confidence, each[0].finding))
    return [waiting for waiting, _ in found]


def _read_opposed(store: Queryable) -> dict[str, tuple[str, float]]:
    """By finding: the gravest kind of opposition, and how sure that is."""
    found: dict[str, tuple[str, float]] = {}
    for row in ask(store, _OPPOSED, location="review").records():
        told = (_KINDS[str(row["kind"])].value, number_of(row["score"]))
        known = found.setdefault(str(row["finding"]), told)
        found[str(row["finding"])] = min(known, told, key=lambda each: (each[0], -each[1]))
    return found
