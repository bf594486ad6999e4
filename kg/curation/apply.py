"""Decisions on a paper -> its graph and the graph of what they did: for a paper that is being read, and for one in a store.

Both ways give the same bytes for the same findings and decisions (a test): a store needs no second reading to follow a decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.curation.decide import Source, canonical
from kg.curation.overlay import Entry, Overlay, lay_over
from kg.errors import CurationError
from kg.model import Decision, Extraction, Finding, Paper
from kg.namespaces import GG, PREFIXES, graph_iri, paper_iri
from kg.rdf.curation import Original, Status, Superseded, applied_quads, read_originals
from kg.rdf.findings import finding_keys, finding_triples
from kg.rdf.reading import Reading
from kg.rdf.stored import Facts, StoredText, facts_of, key_order, read_findings, read_text, run_of
from kg.vocabulary import Vocabulary

#: Why a paper has no findings that stand.
ALL_REJECTED = "every finding was rejected by a curator"
#: Characters before and after a sentence that its evidence keeps.
_CONTEXT = 32
_A = PREFIXES["rdf"] + "type"
#: Nodes that only findings have.
_OF_FINDINGS = frozenset(
    {GG["Finding"], GG["ArmValue"], GG["EffectEstimate"]}
    | {PREFIXES["oa"] + name for name in ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")}
)
#: Nodes that go when nothing names them any more.
_SHARED = frozenset({GG["Span"], GG["UnmappedConcept"]})


@dataclass(frozen=True)
class StoredPaper:
    """What a store has of a paper: the quads of its graph, and of the graph of what decisions did to it."""

    id: str
    quads: Sequence[Quad]
    applied: Sequence[Quad]


@dataclass(frozen=True)
class Revised:
    """A stored paper after decisions."""

    quads: tuple[Quad, ...]
    applied: tuple[Quad, ...]
    overlay: Overlay


def curated(extraction: Extraction, overlay: Overlay) -> Extraction:
    """The extraction with the findings that decisions leave, rejected ones marked and in their place."""
    reason = extraction.no_findings_reason
    if extraction.findings and not overlay.live:
        reason = ALL_REJECTED
    return extraction.model_copy(update={"findings": overlay.findings, "no_findings_reason": reason})


def overlay_quads(paper: str, text: str, overlay: Overlay) -> list[Quad]:
    """What the decisions did to the paper, for the graph that is kept of it."""
    superseded: list[Superseded] = []
    statuses: list[Status] = []
    readings = {decision.id: words for decision, words in overlay.changed}
    for key, entry in zip(_keys(overlay.findings), overlay.entries, strict=True):
        if entry.decision is None:
            continue
        if entry.extracted is not None:
            superseded.append(Superseded(key, _original(entry.extracted, text), entry.decision))
        statuses.append(Status(entry.decision.id, applies_to=key, reads_now=readings.get(entry.decision.id)))
        statuses += [Status(each.id, outvoted_by=entry.decision.id) for each in entry.outvoted]
    statuses += [Status(decision.id, stale_because=reason) for decision, reason in overlay.stale]
    return applied_quads(paper, superseded, statuses)


def findings_of(stored: StoredPaper) -> tuple[list[Finding], Source]:
    """The findings of a stored paper as they were read, whatever has been decided since, and the paper they are of.

    Raises:
        CurationError: the paper has no text.
    """
    facts = facts_of(stored.quads)
    originals = read_originals(facts_of(stored.applied), stored.id)
    read = _text(facts, originals.values(), stored.id)
    return _extracted(facts, originals, stored.id), Source(stored.id, _names(facts, stored.id), read.text)


def revise(stored: StoredPaper, decisions: Sequence[Decision], *, vocabulary: Vocabulary) -> Revised:
    """The stored paper with these decisions, and no others, laid over it."""
    facts = facts_of(stored.quads)
    originals = read_originals(facts_of(stored.applied), stored.id)
    text = _text(facts, originals.values(), stored.id)
    extracted = _extracted(facts, originals, stored.id)
    overlay = lay_over(extracted, text.text, decisions)
    reading = _reading(stored.id, text, overlay, vocabulary)
    graph = NamedNode(graph_iri("paper", stored.id))
    written = (Quad(each.subject, each.predicate, each.object, graph) for each in finding_triples(reading, run_of(facts, stored.id)))
    kept = _without_findings(stored.quads)
    if extracted:
        kept = _with_reason(kept, stored.id, None if overlay.live else ALL_REJECTED)
    quads = _swept([*kept, *written])
    return Revised(quads, tuple(overlay_quads(stored.id, text.text, overlay)), overlay)


def entry_of(overlay: Overlay, key: str) -> Entry | None:
    """The entry of a finding by its key, such as "812-934-1"; None where there is none."""
    return dict(zip(_keys(overlay.findings), overlay.entries, strict=True)).get(key)


def _keys(findings: tuple[Finding, ...]) -> list[str]:
    return [key for key, _ in finding_keys(findings)]


def _original(finding: Finding, text: str) -> Original:
    start, end = finding.evidence.start, finding.evidence.end
    return Original(canonical(finding), text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT])


def _text(facts: Facts, originals: Iterable[Original], paper: str) -> StoredText:
    read = read_text(facts, originals)
    if read is None:
        raise CurationError("the paper has no text, and so no finding", record=paper, remedy="Name another paper")
    return read


def _extracted(facts: Facts, originals: dict[str, Original], paper: str) -> list[Finding]:
    """Findings of the graph, those that decisions changed or took out as they were read, without those that were put back."""
    standing = {key: each for key, each in read_findings(facts, paper).items() if each.curation is None}
    read = {**standing, **{key: each.finding for key, each in originals.items()}}
    return [read[key] for key in sorted(read, key=key_order)]


def _names(facts: Facts, paper: str) -> frozenset[str]:
    stated = facts[paper_iri(paper)]
    named = (("fabio", "hasPubMedId", "pmid-"), ("fabio", "hasPubMedCentralId", "pmcid-"), ("prism", "doi", "doi-"))
    return frozenset({paper, *(before + name for space, local, before in named for name in stated.get(PREFIXES[space] + local, ()))})


def _reading(paper: str, text: StoredText, overlay: Overlay, vocabulary: Vocabulary) -> Reading:
    """Paper and extraction as far as findings need them."""
    known = Paper(id=paper, text=text.text, text_kind=text.kind, licence=text.licence, source_format="store", sha256=text.sha256)
    return Reading(known, Extraction(id=paper, paper=paper, findings=overlay.findings), vocabulary)


def _without_findings(quads: Iterable[Quad]) -> list[Quad]:
    quads = list(quads)
    own = {quad.subject for quad in quads if _is_a(quad, _OF_FINDINGS)}
    return [quad for quad in quads if quad.subject not in own and quad.predicate.value != GG["hasFinding"]]


def _with_reason(quads: Iterable[Quad], paper: str, reason: str | None) -> list[Quad]:
    kept = [quad for quad in quads if quad.predicate.value != GG["noFindingsReason"]]
    if reason is None:
        return kept
    node, graph = NamedNode(paper_iri(paper)), NamedNode(graph_iri("paper", paper))
    return [*kept, Quad(node, NamedNode(GG["noFindingsReason"]), Literal(reason), graph)]


def _swept(quads: Sequence[Quad]) -> tuple[Quad, ...]:
    """Without places and unmapped phrases that nothing names; each quad once."""
    named = {quad.object for quad in quads}
    shared = {quad.subject for quad in quads if _is_a(quad, _SHARED)}
    return tuple(dict.fromkeys(quad for quad in quads if quad.subject in named or quad.subject not in shared))


def _is_a(quad: Quad, classes: frozenset[str]) -> bool:
    return quad.predicate.value == _A and isinstance(quad.object, NamedNode) and quad.object.value in classes
