"""Findings with the numbers of each arm, the mentions of terms, and what cannot all be true."""

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.model import Effect, Finding, Inconsistency, Significance, Term, Value, Verdict
from kg.rdf.evidence import evidence_triples
from kg.rdf.flags import Side
from kg.rdf.reading import Name, Reading, span_key
from kg.rdf.terms import A, Values, about, closed, concepts, double, duration, integer, term, text, texts

_SIGNIFICANCE = {True: Significance.SIGNIFICANT, False: Significance.NOT_SIGNIFICANT, None: Significance.NOT_STATED}


def finding_triples(reading: Reading, run: NamedNode) -> Iterator[Triple]:
    """Every finding that stands, with its values, effect and evidence."""
    for key, finding in finding_keys(reading.extraction.findings):
        if finding.curation is Verdict.REJECTED:
            continue
        yield from about(reading.paper_node, {term("gg:hasFinding"): reading.node("finding", key)})
        yield from _finding(reading, key, finding, run)
        yield from evidence_triples(reading, key, finding.evidence)


def finding_keys(findings: tuple[Finding, ...]) -> list[tuple[str, Finding]]:
    """Findings with what names each: the span of its evidence, and its place among the findings of that span ("812-934-1")."""
    seen: Counter[str] = Counter()
    keys = []
    for finding in findings:
        place = span_key(finding.evidence.start, finding.evidence.end)
        seen[place] += 1
        keys.append((f"{place}-{seen[place]}", finding))
    return keys


def mention_triples(reading: Reading) -> Iterator[Triple]:
    """Every marked term of the text."""
    for each in reading.extraction.terms:
        node, name = reading.node("mention", span_key(each.start, each.end)), _name(each)
        facts = {A: term("gg:Mention"), term("gg:mentionOf"): name.node, term("gg:termKind"): closed(each.kind, "term_kind")}
        yield from about(node, {**facts, **reading.place(each.start, each.end, each.text)})
        yield from about(reading.paper_node, {term("gg:hasMention"): node})
        yield from name.triples()


def inconsistency_triples(reading: Reading) -> Iterator[Triple]:
    """What in the paper cannot all be true."""
    for number, each in enumerate(reading.extraction.inconsistencies, 1):
        yield from _inconsistency(reading, reading.node("inconsistency", number), each)


def _name(each: Term) -> Name:
    return Name(each.kind, each.text, each.label, each.concept)


def _inconsistency(reading: Reading, node: NamedNode, each: Inconsistency) -> Iterator[Triple]:
    yield from about(reading.paper_node, {term("gg:hasInconsistency"): node})
    yield from about(
        node,
        {
            A: term("gg:Inconsistency"),
            term("gg:inconsistencyKind"): text(each.kind),
            term("gg:message"): text(each.message),
            term("gg:span"): reading.span_node(each.start, each.end),
        },
    )
    yield from reading.span_triples(each.start, each.end)


def _finding(reading: Reading, key: str, finding: Finding, run: NamedNode) -> Iterator[Triple]:
    outcome = Name("outcome", finding.outcome.text, finding.outcome.label, finding.outcome.concept)
    yield from about(
        reading.node("finding", key),
        {
            A: term("gg:Finding"),
            term("gg:study"): reading.study_node,
            term("gg:paper"): reading.paper_node,
            term("gg:findingKind"): closed(finding.kind, "finding_kind"),
            term("gg:outcome"): outcome.node,
            term("gg:outcomeLabel"): text(finding.outcome.label),
            term("gg:outcomeSpan"): reading.span_node(finding.outcome.start, finding.outcome.end),
            term("gg:direction"): closed(finding.direction, "direction"),
            term("gg:significance"): closed(_SIGNIFICANCE[finding.significant], "significance"),
            **_sides(reading, finding),
            **_numbers(reading, key, finding),
            term("gg:confidence"): double(finding.confidence),
            term("gg:curation"): closed(finding.curation, "verdict"),
            term("gg:rule"): texts(finding.rules),
            term("gg:cue"): [node for each in finding.cues if (node := reading.span_node(each.start, each.end))],
            term("prov:wasGeneratedBy"): run,
            term("prov:wasQuotedFrom"): reading.text_node,
        },
    )
    yield from outcome.triples()
    for quote in (finding.outcome, *finding.cues):
        yield from reading.span_triples(quote.start, quote.end, quote.text)
    if finding.p is not None:
        yield from reading.span_triples(finding.p.start, finding.p.end, finding.p.text)
    for side, value in _values(finding):
        arm = finding.intervention_arm if side is Side.INTERVENTION else finding.comparator_arm
        yield from _value(reading.node("value", key, _SLOTS[side]), side, value, reading.arm_node(arm))
    if finding.effect is not None:
        yield from _effect(reading.node("effect", key), finding.effect)


def _sides(reading: Reading, finding: Finding) -> dict[NamedNode, Values]:
    return {
        term("gg:intervention"): reading.arm_node(finding.intervention_arm),
        term("gg:comparator"): reading.arm_node(finding.comparator_arm),
        term("gg:interventionLabel"): text(finding.intervention),
        term("gg:comparatorLabel"): text(finding.comparator),
        term("gg:interventionConcept"): concepts(finding.intervention_concepts),
        term("gg:comparatorConcept"): concepts(finding.comparator_concepts),
        term("gg:population"): text(finding.population),
    }


def _numbers(reading: Reading, key: str, finding: Finding) -> dict[NamedNode, Values]:
    p = finding.p
    return {
        term("gg:pValue"): None if p is None else double(p.value),
        term("gg:pOperator"): None if p is None else text(p.operator),
        term("gg:pText"): None if p is None else text(p.text),
        term("gg:pSpan"): None if p is None else reading.span_node(p.start, p.end),
        term("gg:timepoint"): duration(finding.timepoint),
        term("gg:armValue"): [reading.node("value", key, _SLOTS[side]) for side, _ in _values(finding)],
        term("gg:effectEstimate"): None if finding.effect is None else reading.node("effect", key),
    }


#: The last part of an arm value's IRI.
_SLOTS = {Side.INTERVENTION: "a", Side.COMPARATOR: "b"}


def _values(finding: Finding) -> list[tuple[Side, Value]]:
    sides = ((Side.INTERVENTION, finding.values.intervention), (Side.COMPARATOR, finding.values.comparator))
    return [(side, value) for side, value in sides if value is not None]


def _value(node: NamedNode, side: Side, value: Value, arm: NamedNode | None) -> Iterator[Triple]:
    yield from about(
        node,
        {
            A: term("gg:ArmValue"),
            term("gg:side"): closed(side, "side"),
            term("gg:arm"): arm,
            term("gg:value"): double(value.value),
            term("gg:unit"): text(value.unit),
            term("gg:count"): integer(value.count),
            term("gg:total"): integer(value.total),
            term("gg:ciLow"): double(value.ci_low),
            term("gg:ciHigh"): double(value.ci_high),
            term("gg:printed"): text(value.text),
            **_place(value),
        },
    )


def _effect(node: NamedNode, effect: Effect) -> Iterator[Triple]:
    yield from about(
        node,
        {
            A: term("gg:EffectEstimate"),
            term("gg:measure"): closed(effect.measure, "measure"),
            term("gg:value"): double(effect.value),
            term("gg:ciLow"): double(effect.ci_low),
            term("gg:ciHigh"): double(effect.ci_high),
            term("gg:printed"): text(effect.text),
            **_place(effect),
        },
    )


def _place(printed: Value | Effect) -> dict[NamedNode, Values]:
    """Where the number stands in the text; "none" stands for other words there, so that nothing is quoted."""
    return {term("oa:start"): integer(printed.start), term("oa:end"): integer(printed.end)}
