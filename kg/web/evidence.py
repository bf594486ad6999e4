"""The findings behind a node or an edge, as tables show them: numbers as printed, the sentence with what was read in it marked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Claim, Difference, Effect, LinkKind
from kg.namespaces import GG, PREFIXES
from kg.queries import Queryable, ask, read_claims, read_links
from kg.vocabulary import Vocabulary
from kg.wording import against, claim_values, duration_words, effect_words, printed_p

_OA = PREFIXES["oa"]
#: Where outcome, direction words, arms and numbers of findings stand, and where their sentence starts.
_SPANS = f"""SELECT ?finding ?role ?start ?end ?from WHERE {{ VALUES ?finding {{ FINDINGS }} GRAPH ?graph {{
  ?evidence <{_OA}hasBody> ?finding ; <{_OA}hasTarget>/<{_OA}hasSelector>/<{_OA}start> ?from .
  {{ ?finding <{GG["outcomeSpan"]}> ?place BIND("outcome" AS ?role) }} UNION {{ ?finding <{GG["cue"]}> ?place BIND("direction" AS ?role) }}
  UNION {{ ?finding <{GG["armValue"]}>|<{GG["effectEstimate"]}>|<{GG["pSpan"]}> ?place BIND("number" AS ?role) }}
  UNION {{ ?finding (<{GG["intervention"]}>|<{GG["comparator"]}>)/<{GG["span"]}> ?place BIND("arm" AS ?role) }}
  ?place <{_OA}start> ?start ; <{_OA}end> ?end }} }}"""
_OPPOSED = (LinkKind.CONTRADICTS, LinkKind.TENSION, LinkKind.WEAK_CONTRAST)


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; ``role`` says what was read in it: outcome, direction, arm, number, or nothing."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Opposed:
    """A finding of another paper that says otherwise, and why they may differ."""

    kind: str
    paper: str
    #: What people call that paper.
    study: str
    sentence: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """A finding as a row."""

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
    direction: str
    significance: str
    favours: str
    confidence: float
    is_doubtful: bool
    caution: str
    sentence: str
    pieces: tuple[Piece, ...]
    opposed: tuple[Opposed, ...]


def read_evidence(store: Queryable, vocabulary: Vocabulary, findings: Mapping[str, str], names: Mapping[str, str]) -> list[Evidence]:
    """Rows for findings, in their order; ``findings`` maps each IRI to its paper's id, ``names`` paper ids to what people call them.

    Raises:
        StoreError: the store did not answer.
    """
    if not findings:
        return []
    papers = sorted(set(findings.values()))
    claims = {each.finding: each for each in read_claims(store, vocabulary=vocabulary, papers=papers)}
    spans = _read_spans(store, findings)
    opposed = _read_opposed(store, papers, names)
    return [_row(claims[iri], spans.get(iri, ()), opposed.get(iri, ()), names) for iri in findings]


def mark(sentence: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    """The sentence cut at the spans, half-open offsets into it; where two overlap, the first counts."""
    roles: dict[int, str] = {}
    for start, end, role in spans:
        for place in range(max(start, 0), min(end, len(sentence))):
            roles.setdefault(place, role)
    cuts = [place for place in range(1, len(sentence)) if roles.get(place) != roles.get(place - 1)]
    for start, end in pairwise([0, *cuts, len(sentence)]):
        yield Piece(sentence[start:end], roles.get(start, ""))


def _read_spans(store: Queryable, findings: Collection[str]) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    """What stands where in each finding's sentence."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    sparql = _SPANS.replace("FINDINGS", " ".join(f"<{each}>" for each in findings))
    for iri, role, start, end, origin in ask(store, sparql, location="evidence").rows:
        at = int(origin or 0)
        found.setdefault(str(iri), []).append((int(start or 0) - at, int(end or 0) - at, str(role)))
    return {iri: sorted(spans) for iri, spans in found.items()}


def _read_opposed(store: Queryable, papers: Sequence[str], names: Mapping[str, str]) -> Mapping[str, Sequence[Opposed]]:
    """What other papers say against each finding."""
    found: dict[str, list[Opposed]] = {}
    for link in read_links(store, papers=papers, kinds=_OPPOSED):
        reasons = (*(each.text for each in link.because), *map(_difference, link.differing))
        kind = link.kind.replace("_", " ")
        for own, other, sentence in (
            (link.subject, link.object_paper, link.object_sentence),
            (link.object, link.subject_paper, link.subject_sentence),
        ):
            found.setdefault(own, []).append(Opposed(kind, other, names.get(other, other), sentence or "", reasons))
    return found


def _difference(each: Difference) -> str:
    return f"{each.factor.replace('_', ' ')}: {each.subject or 'not stated'} or {each.object or 'not stated'}"


def _row(claim: Claim, spans: Sequence[tuple[int, int, str]], opposed: Sequence[Opposed], names: Mapping[str, str]) -> Evidence:
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
        direction=claim.direction.value,
        significance={True: "significant", False: "not significant", None: "not stated"}[claim.significant],
        favours="" if claim.favours is None else claim.favours.value,
        confidence=round(claim.confidence, 3),
        is_doubtful=claim.is_doubtful,
        caution="" if claim.caution is None else claim.caution.value,
        sentence=claim.sentence,
        pieces=tuple(mark(claim.sentence, spans)),
        opposed=tuple(opposed),
    )


def _interval(effect: Effect | None) -> str:
    if effect is None or effect.ci_low is None or effect.ci_high is None:
        return ""
    return f"{effect.ci_low:g} to {effect.ci_high:g}"
