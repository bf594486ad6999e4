"""A paper graph read back into findings, and as much of its text as it quotes.

The reverse of ``findings`` and ``evidence``. What has no order in a graph comes sorted. A text that may not be shown comes as blanks
with the quotes in their places, so that every span of a finding reads as it says.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.model import (
    Direction,
    Effect,
    Finding,
    FindingKind,
    Measure,
    Outcome,
    PValue,
    Quote,
    Significance,
    Span,
    TextKind,
    Value,
    Values,
    Verdict,
)
from kg.namespaces import BASE, GG, GGV, PREFIXES, data_iri, notation_iri
from kg.rdf.curation import Original
from kg.rdf.flags import Side

_Closed = TypeVar("_Closed", bound=StrEnum)
_OA, _PROV = PREFIXES["oa"], PREFIXES["prov"]
_SIGNIFICANT = {Significance.SIGNIFICANT: True, Significance.NOT_SIGNIFICANT: False, Significance.NOT_STATED: None}
_BLANK = " "

Facts = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True)
class StoredText:
    """What a paper graph says of the text it was read from."""

    #: Of full length; blank where the graph does not quote it.
    text: str
    sha256: str
    kind: TextKind
    licence: str | None


def facts_of(quads: Iterable[Quad]) -> Facts:
    """Values by subject and predicate."""
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return facts


def read_findings(facts: Facts, paper: str) -> dict[str, Finding]:
    """The findings of a paper graph by their key, such as "812-934-1", in the order of their places."""
    begin = data_iri("finding", paper, "")
    keys = sorted((each.removeprefix(begin) for each in facts if each.startswith(begin)), key=key_order)
    return {key: _finding(facts, begin + key, key) for key in keys}


def key_order(key: str) -> tuple[int, ...]:
    """Where a finding stands among others, by its key."""
    return tuple(int(part) for part in key.split("-"))


def read_text(facts: Facts, originals: Iterable[Original]) -> StoredText | None:
    """The text, as far as the graph and the findings that left it quote it; None for a paper without a text."""
    node = next((each for each in facts if GG["length"] in facts[each] and GG["sourceFormat"] in facts[each]), None)
    if node is None:
        return None
    stated = facts[node]
    content = stated.get(GG["content"])
    kind = _closed(TextKind, stated[GG["textKind"]][0], "text_kind")
    licence = next(iter(stated.get(GG["licence"], ())), None)
    text = content[0] if content else _sparse(facts, originals, int(stated[GG["length"]][0]))
    return StoredText(text, stated[GG["sha256"]][0], kind, licence)


def run_of(facts: Facts, paper: str) -> NamedNode:
    """The run that read the paper."""
    return NamedNode(facts[data_iri("study", paper)][_PROV + "wasGeneratedBy"][0])


def _sparse(facts: Facts, originals: Iterable[Original], length: int) -> str:
    signs = [_BLANK] * length
    for stated in facts.values():
        if _OA + "start" in stated and _OA + "exact" in stated:
            _put(signs, int(stated[_OA + "start"][0]), stated[_OA + "exact"][0])
        if _OA + "hasSelector" in stated:
            _put_evidence(signs, [facts[each] for each in stated[_OA + "hasSelector"]])
    for each in originals:
        start = each.finding.evidence.start
        for place, words in ((start - len(each.prefix), each.prefix), (start, each.exact), (start + len(each.exact), each.suffix)):
            _put(signs, place, words)
        for quote in (each.finding.outcome, *each.finding.cues):
            _put(signs, quote.start, quote.text)
    return "".join(signs)


def _put_evidence(signs: list[str], selectors: list[Mapping[str, list[str]]]) -> None:
    quote, position = (next(each for each in selectors if _OA + name in each) for name in ("exact", "start"))
    start, exact = int(position[_OA + "start"][0]), quote[_OA + "exact"][0]
    for name, place in (("prefix", start - len(quote[_OA + "prefix"][0])), ("exact", start), ("suffix", start + len(exact))):
        _put(signs, place, quote[_OA + name][0])


def _put(signs: list[str], start: int, words: str) -> None:
    signs[start : start + len(words)] = words


def _finding(facts: Facts, node: str, key: str) -> Finding:
    stated = facts[node]

    def only(name: str) -> str | None:
        return next(iter(stated.get(GG[name], ())), None)

    start, end, _ = key_order(key)
    curation = only("curation")
    return Finding(
        kind=_closed(FindingKind, only("findingKind"), "finding_kind"),
        outcome=_outcome(facts, stated),
        direction=_closed(Direction, only("direction"), "direction"),
        significant=_SIGNIFICANT[_closed(Significance, only("significance"), "significance")],
        intervention=only("interventionLabel"),
        comparator=only("comparatorLabel"),
        intervention_concepts=_slugs(stated, "interventionConcept"),
        comparator_concepts=_slugs(stated, "comparatorConcept"),
        intervention_arm=_arm(only("intervention")),
        comparator_arm=_arm(only("comparator")),
        population=only("population"),
        values=_values(facts, stated),
        effect=next((_effect(facts[each]) for each in stated.get(GG["effectEstimate"], ())), None),
        p=_p(facts, stated),
        timepoint=only("timepoint"),
        evidence=Span(start=start, end=end),
        confidence=float(only("confidence") or 0),
        rules=tuple(sorted(stated.get(GG["rule"], ()))),
        cues=tuple(sorted((_quote(facts[each]) for each in stated.get(GG["cue"], ())), key=lambda each: (each.start, each.end))),
        curation=None if curation is None else _closed(Verdict, curation, "verdict"),
    )


def _outcome(facts: Facts, stated: Mapping[str, list[str]]) -> Outcome:
    iri = stated[GG["outcome"]][0]
    concept = None if iri.startswith(BASE + "unmapped/") else iri.removeprefix(GGV)
    quote = _quote(facts[stated[GG["outcomeSpan"]][0]])
    return Outcome(start=quote.start, end=quote.end, text=quote.text, label=stated[GG["outcomeLabel"]][0], concept=concept)


def _quote(span: Mapping[str, list[str]]) -> Quote:
    return Quote(start=int(span[_OA + "start"][0]), end=int(span[_OA + "end"][0]), text=span[_OA + "exact"][0])


def _slugs(stated: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    return tuple(sorted(each.removeprefix(GGV) for each in stated.get(GG[name], ())))


def _arm(iri: str | None) -> int | None:
    return None if iri is None else int(iri.rsplit("/", 1)[-1])


def _values(facts: Facts, stated: Mapping[str, list[str]]) -> Values:
    nodes = [facts[each] for each in stated.get(GG["armValue"], ())]
    return Values(**{_closed(Side, each[GG["side"]][0], "side").value: _value(each) for each in nodes})


def _value(node: Mapping[str, list[str]]) -> Value:
    numbers = {name: _number(node, term) for name, term in (("value", "value"), ("ci_low", "ciLow"), ("ci_high", "ciHigh"))}
    counts = {name: None if (found := _number(node, name)) is None else int(found) for name in ("count", "total")}
    return Value(unit=next(iter(node.get(GG["unit"], ())), None), text=node[GG["printed"]][0], **counts, **numbers, **_place(node))


def _effect(node: Mapping[str, list[str]]) -> Effect:
    return Effect(
        measure=_closed(Measure, node[GG["measure"]][0], "measure"),
        value=float(node[GG["value"]][0]),
        ci_low=_number(node, "ciLow"),
        ci_high=_number(node, "ciHigh"),
        text=next(iter(node.get(GG["printed"], ())), None),
        **_place(node),
    )


def _p(facts: Facts, stated: Mapping[str, list[str]]) -> PValue | None:
    operator, value, printed, span = (next(iter(stated.get(GG[name], ())), None) for name in ("pOperator", "pValue", "pText", "pSpan"))
    if operator is None or value is None:
        return None
    return PValue(operator=operator, value=float(value), text=printed, **({} if span is None else _place(facts[span])))


def _place(node: Mapping[str, list[str]]) -> dict[str, int]:
    return {name: int(node[_OA + name][0]) for name in ("start", "end") if _OA + name in node}


def _number(node: Mapping[str, list[str]], name: str) -> float | None:
    found = node.get(GG[name])
    return None if found is None else float(found[0])


def _closed(values: type[_Closed], iri: str | None, scheme: str) -> _Closed:
    found = next((each for each in values if notation_iri(each.value, scheme) == iri), None)
    if found is None:
        raise StoreError(f"{iri} is no {scheme}", remedy="Build the store again with this version")
    return found
