"""Decisions of curators as quads and back, and what they did to a paper.

``graph/curation`` holds the decisions; ``graph/curation/<paper>`` what became of them in that paper: the findings that they took the
place of, and the decisions that no longer apply. The properties have names of their own, so that a question about findings never
meets one that no longer stands.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.errors import CurationError
from kg.model import Decision, Finding, FindingKind, Selector, Significance, Span, Verdict
from kg.namespaces import GG, GGV, ORCID, PREFIXES, data_iri, graph_iri, notation_iri, paper_iri
from kg.rdf.terms import LABEL, A, Values, about, closed, concept, date_time, integer, term, text, texts, thing

DECISIONS = graph_iri("curation")

_SIGNIFICANCE = {True: Significance.SIGNIFICANT, False: Significance.NOT_SIGNIFICANT, None: Significance.NOT_STATED}
_VERDICTS = {notation_iri(each, "verdict"): each for each in Verdict}
_KINDS = {notation_iri(each, "finding_kind"): each for each in FindingKind}
_OA = PREFIXES["oa"]

#: Statements by subject and predicate.
Stated = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True)
class Original:
    """A finding as it was read, with its sentence and what stands before and after it."""

    finding: Finding
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Superseded:
    """A finding that a decision took the place of."""

    #: As in the IRI of the finding: "812-934-1".
    key: str
    original: Original
    decision: Decision


@dataclass(frozen=True)
class Status:
    """What became of a decision in its paper: one of the first three is stated."""

    decision: str
    #: Key of the finding.
    applies_to: str | None = None
    outvoted_by: str | None = None
    stale_because: str | None = None
    reads_now: str | None = None


def decision_quads(decisions: Iterable[Decision], *, graph: str = DECISIONS) -> list[Quad]:
    """The decisions as they stand in the graph of all decisions."""
    return _quads((each for decision in decisions for each in _decision(decision)), graph)


def applied_quads(paper: str, superseded: Iterable[Superseded], statuses: Iterable[Status]) -> list[Quad]:
    """What decisions did to a paper, as it stands in the paper's graph of its own; empty where there are none."""
    parts = [triple for each in superseded for triple in _superseded(paper, each)]
    return _quads([*parts, *(triple for each in statuses for triple in _status(paper, each))], graph_iri("curation", paper))


def read_decisions(stated: Stated, *, location: str) -> list[Decision]:
    """The decisions among these statements, in the order of their IRIs.

    Raises:
        CurationError: a decision lacks something, or holds what it may not.
    """
    kind, decision = PREFIXES["rdf"] + "type", GG["Decision"]
    return [_read_decision(each, stated, location) for each in sorted(stated) if decision in stated[each].get(kind, ())]


def read_originals(stated: Stated, paper: str) -> dict[str, Original]:
    """The findings of a paper that decisions took the place of, by key."""
    begin = data_iri("superseded", paper, "")
    return {subject.removeprefix(begin): _original(stated[subject]) for subject in sorted(stated) if subject.startswith(begin)}


def changed_fields(extracted: Finding, decided: Finding | None) -> list[str]:
    """What a correction changed, in words: "direction: decreased instead of increased"."""
    if decided is None:
        return []
    one, other = (_corrected_facts(finding) for finding in (extracted, decided))
    return [f"{name}: {_words(other[name])} instead of {_words(one[name])}" for name in one if one[name] != other[name]]


#: Fields that follow from others, or from where and how the finding was read.
_NOT_CORRECTED = {
    "evidence", "confidence", "rules", "cues", "curation", "intervention_arm", "comparator_arm", "intervention_concepts",
    "comparator_concepts",
}  # fmt: skip


def _corrected_facts(finding: Finding) -> dict[str, object]:
    """What can be corrected, by the name under which a curator corrects it."""
    facts = finding.model_dump(mode="json", exclude=_NOT_CORRECTED)
    return {("significance" if name == "significant" else name): value for name, value in facts.items()} | {
        "significance": _SIGNIFICANCE[finding.significant].value
    }


def _words(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("label") or value.get("text") or "other numbers")
    return "nothing" if value is None else str(value).replace("_", " ")


def _decision(decision: Decision) -> Iterator[Triple]:
    selector, node = decision.selector, thing("decision", decision.id)
    target, quote, position = (thing(f"decision-{kind}", decision.id) for kind in ("target", "quote", "position"))
    yield from about(
        node,
        {
            A: term("gg:Decision"),
            term("gg:verdict"): closed(decision.verdict, "verdict"),
            term("gg:reason"): text(decision.reason),
            term("gg:correction"): texts(changed_fields(decision.extracted, decision.decided)),
            term("prov:wasAttributedTo"): NamedNode(ORCID + decision.curator),
            term("prov:generatedAtTime"): date_time(decision.time),
            term("prov:wasRevisionOf"): None if decision.revises is None else thing("decision", decision.revises),
            term("gg:decidedPaper"): NamedNode(paper_iri(selector.paper)),
            term("dcterms:identifier"): text(selector.paper),
            term("gg:decidedPaperId"): texts(selector.names),
            term("gg:decidedKind"): closed(selector.kind, "finding_kind"),
            term("gg:decidedOutcome"): None if selector.outcome is None else concept(selector.outcome),
            term("gg:decidedOutcomeLabel"): text(selector.outcome_label),
            term("gg:alikeCount"): integer(selector.alike),
            term("gg:asExtracted"): _record(decision.extracted),
            term("gg:asDecided"): None if decision.decided is None else _record(decision.decided),
            term("oa:hasTarget"): target,
        },
    )
    source = NamedNode(paper_iri(selector.paper))
    yield from about(target, {A: term("oa:SpecificResource"), term("oa:hasSource"): source, term("oa:hasSelector"): (quote, position)})
    yield from about(quote, {A: term("oa:TextQuoteSelector"), **_quote(selector.quote, selector.prefix, selector.suffix)})
    place = {term("oa:start"): integer(selector.evidence.start), term("oa:end"): integer(selector.evidence.end)}
    yield from about(position, {A: term("oa:TextPositionSelector"), **place})


def _superseded(paper: str, each: Superseded) -> Iterator[Triple]:
    node, original = thing("superseded", paper, each.key), each.original
    finding = original.finding
    yield from about(
        node,
        {
            A: term("gg:SupersededFinding"),
            LABEL: text(f"{finding.outcome.label}: {finding.direction.replace('_', ' ')}"),
            term("gg:supersededIn"): NamedNode(paper_iri(paper)),
            term("gg:supersededBy"): thing("decision", each.decision.id),
            term("gg:originalOutcome"): None if finding.outcome.concept is None else concept(finding.outcome.concept),
            term("gg:originalDirection"): closed(finding.direction, "direction"),
            term("gg:originalSignificance"): closed(_SIGNIFICANCE[finding.significant], "significance"),
            term("gg:asExtracted"): _record(finding),
            **_quote(original.exact, original.prefix, original.suffix),
        },
    )
    if each.decision.decided is not None:
        curator = NamedNode(ORCID + each.decision.curator)
        revision = {term("prov:wasRevisionOf"): node, term("prov:wasAttributedTo"): curator}
        yield from about(thing("finding", paper, each.key), {A: term("gg:CuratedFinding"), **revision})


def _status(paper: str, status: Status) -> Iterator[Triple]:
    applies = None if status.applies_to is None else thing("finding", paper, status.applies_to)
    yield from about(
        thing("decision-status", paper, status.decision),
        {
            A: term("gg:DecisionStatus"),
            term("gg:ofDecision"): thing("decision", status.decision),
            term("gg:appliesTo"): applies,
            term("gg:outvotedBy"): None if status.outvoted_by is None else thing("decision", status.outvoted_by),
            term("gg:staleBecause"): text(status.stale_because),
            term("gg:readsNow"): text(status.reads_now),
        },
    )


def _quote(exact: str, prefix: str, suffix: str) -> dict[NamedNode, Values]:
    return {term("oa:exact"): text(exact), term("oa:prefix"): text(prefix), term("oa:suffix"): text(suffix)}


def _record(finding: Finding) -> Literal:
    """The finding in the form of ``kg extract --format jsonl``, so that nothing of it is lost."""
    return Literal(finding.model_dump_json(exclude_none=True))


def _quads(triples: Iterable[Triple], graph: str) -> list[Quad]:
    name = NamedNode(graph)
    return [Quad(each.subject, each.predicate, each.object, name) for each in dict.fromkeys(triples)]


def _original(facts: Mapping[str, list[str]]) -> Original:
    before, words, after = ("".join(facts.get(_OA + name, ())) for name in ("prefix", "exact", "suffix"))
    return Original(Finding.model_validate_json(facts[GG["asExtracted"]][0]), words, before, after)


def _read_decision(node: str, stated: Stated, location: str) -> Decision:
    facts = stated[node]
    try:
        target = stated[facts[_OA + "hasTarget"][0]]
        parts = [stated[each] for each in target[_OA + "hasSelector"]]
        quote, position = (next(each for each in parts if _OA + name in each) for name in ("exact", "start"))
        selector = Selector(
            paper=facts[PREFIXES["dcterms"] + "identifier"][0],
            names=tuple(sorted(facts[GG["decidedPaperId"]])),
            evidence=Span(start=int(position[_OA + "start"][0]), end=int(position[_OA + "end"][0])),
            quote=quote[_OA + "exact"][0],
            prefix=quote[_OA + "prefix"][0],
            suffix=quote[_OA + "suffix"][0],
            outcome=next((each.removeprefix(GGV) for each in facts.get(GG["decidedOutcome"], ())), None),
            outcome_label=facts[GG["decidedOutcomeLabel"]][0],
            kind=_KINDS[facts[GG["decidedKind"]][0]],
            alike=int(facts[GG["alikeCount"]][0]),
        )
        return Decision(
            id=_last(node),
            selector=selector,
            verdict=_VERDICTS[facts[GG["verdict"]][0]],
            curator=facts[PREFIXES["prov"] + "wasAttributedTo"][0].removeprefix(ORCID),
            time=facts[PREFIXES["prov"] + "generatedAtTime"][0],
            reason=facts[GG["reason"]][0],
            extracted=Finding.model_validate_json(facts[GG["asExtracted"]][0]),
            decided=next((Finding.model_validate_json(each) for each in facts.get(GG["asDecided"], ())), None),
            revises=next((_last(each) for each in facts.get(PREFIXES["prov"] + "wasRevisionOf", ())), None),
        )
    except (KeyError, StopIteration, ValueError, ValidationError) as exc:
        raise CurationError(f"decision is not whole: {exc}", location=location, record=_last(node), remedy="Export it again") from exc


def _optional(facts: Mapping[str, list[str]], name: str) -> str | None:
    return next((_last(each) for each in facts.get(GG[name], ())), None)


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
