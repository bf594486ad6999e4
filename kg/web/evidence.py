"""The findings behind a node or an edge, as tables show them: numbers as printed, the sentence with what was read in it marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.changes.records import reasons, seen_from
from kg.model import Claim, Difference, Effect, Link, LinkKind
from kg.queries import Queryable, read_claims, read_links
from kg.vocabulary import Vocabulary
from kg.web.records import OutsideRecord, read_records
from kg.web.spans import Piece, Sentence, cut, read_sentences
from kg.wording import against, claim_values, duration_words, effect_words, printed_p

_OPPOSED = (LinkKind.CONTRADICTS, LinkKind.TENSION, LinkKind.WEAK_CONTRAST)


@dataclass(frozen=True)
class Differing:
    """A factor in which the studies of two findings differ, as each states it."""

    factor: str
    own: str
    other: str


@dataclass(frozen=True)
class Opposed:
    """A finding of another paper that says otherwise, why that counts as such, and what may explain it."""

    kind: str
    finding: str
    paper: str
    #: What people call that paper.
    study: str
    sentence: str
    reasons: tuple[str, ...]
    differing: tuple[Differing, ...]


@dataclass(frozen=True)
class Evidence:
    """A finding with its sentence; numbers as printed."""

    finding: str
    paper: str
    study: str
    year: int | None
    title: str
    n: int | None
    outcome: str
    arms: str
    values: str
    effect: str
    interval: str
    p: str
    time: str
    population: str
    direction: str
    significance: str
    favours: str
    confidence: float
    is_doubtful: bool
    caution: str
    #: Accepted or corrected, where a curator decided so.
    curation: str
    sentence: str
    pieces: tuple[Piece, ...]
    opposed: tuple[Opposed, ...]
    records: tuple[OutsideRecord, ...]


def read_evidence(store: Queryable, vocabulary: Vocabulary, findings: Mapping[str, str], names: Mapping[str, str]) -> list[Evidence]:
    """Rows for findings, in their order; ``findings`` maps each IRI to its paper's id, ``names`` paper ids to what people call them.

    Raises:
        StoreError: the store did not answer.
    """
    papers = sorted(set(findings.values()))
    if not papers:
        return []
    claims = {each.finding: each for each in read_claims(store, vocabulary=vocabulary, papers=papers) if each.finding in findings}
    sentences = read_sentences(store, claims.values())
    opposed = read_opposed(store, papers, names)
    records = read_records(store, papers)
    return [
        _row(claims[iri], sentences.get(iri), opposed.get(iri, ()), records.get(paper, ()), names)
        for iri, paper in findings.items()
        if iri in claims
    ]


def read_opposed(store: Queryable, papers: Sequence[str], names: Mapping[str, str]) -> Mapping[str, Sequence[Opposed]]:
    """What other papers say against each finding of these papers.

    Raises:
        StoreError: the store did not answer.
    """
    found: dict[str, list[Opposed]] = {}
    for link in read_links(store, papers=papers, kinds=_OPPOSED):
        for paper in (link.subject_paper, link.object_paper):
            seen = seen_from(link, paper)
            found.setdefault(seen.subject, []).append(_opposed(seen, names))
    return found


def _opposed(link: Link, names: Mapping[str, str]) -> Opposed:
    """The other side of a comparison whose subject is the finding at hand."""
    return Opposed(
        kind=link.kind.replace("_", " "),
        finding=link.object,
        paper=link.object_paper,
        study=names.get(link.object_paper, link.object_paper),
        sentence=link.object_sentence or "",
        reasons=tuple(each.text for each in reasons(link)),
        differing=tuple(map(differing, link.differing)),
    )


def differing(each: Difference) -> Differing:
    """A difference in words, the subject's side first."""
    return Differing(each.factor.replace("_", " "), each.subject or "not stated", each.object or "not stated")


def _row(
    claim: Claim, sentence: Sentence | None, opposed: Sequence[Opposed], records: tuple[OutsideRecord, ...], names: Mapping[str, str]
) -> Evidence:
    return Evidence(
        finding=claim.finding,
        paper=claim.paper,
        study=names.get(claim.paper, claim.paper),
        year=claim.year,
        title=claim.title or "",
        n=claim.n,
        outcome=claim.outcome_label,
        arms=against(claim.intervention, claim.comparator),
        values=claim_values(claim),
        effect="" if claim.effect is None else claim.effect.text or effect_words(claim.effect),
        interval=_interval(claim.effect),
        p="" if claim.p is None else printed_p(claim.p),
        time="" if claim.timepoint is None else duration_words(claim.timepoint),
        population=claim.population or "",
        direction=claim.direction.value,
        significance={True: "significant", False: "not significant", None: "not stated"}[claim.significant],
        favours="" if claim.favours is None else claim.favours.value,
        confidence=round(claim.confidence, 3),
        is_doubtful=claim.is_doubtful,
        caution="" if claim.caution is None else claim.caution.value,
        curation="" if claim.curation is None else claim.curation.value,
        sentence=claim.sentence,
        pieces=tuple(cut(claim.sentence, () if sentence is None else sentence.places)),
        opposed=tuple(opposed),
        records=records,
    )


def _interval(effect: Effect | None) -> str:
    if effect is None or effect.ci_low is None or effect.ci_high is None:
        return ""
    return f"{effect.ci_low:g} to {effect.ci_high:g}"
