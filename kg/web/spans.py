"""What was read in a sentence, and where: outcome, words of direction, numbers, arms."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Claim
from kg.namespaces import GG, PREFIXES
from kg.queries import Queryable, ask

_OA = PREFIXES["oa"]
#: What counts where two places overlap comes first.
_PATHS = {
    "outcome": f"<{GG['outcomeSpan']}>",
    "direction": f"<{GG['cue']}>",
    "number": f"<{GG['armValue']}>|<{GG['effectEstimate']}>|<{GG['pSpan']}>",
    "arm": f"(<{GG['intervention']}>|<{GG['comparator']}>)/<{GG['span']}>",
}
_STORED = f"""SELECT ?finding ?role ?start ?end ?from WHERE {{ VALUES ?finding {{ FINDINGS }} GRAPH ?graph {{
  ?evidence <{_OA}hasBody> ?finding ; <{_OA}hasTarget>/<{_OA}hasSelector>/<{_OA}start> ?from .
  {" UNION ".join(f'{{ ?finding {path} ?place BIND("{role}" AS ?role) }}' for role, path in _PATHS.items())}
  ?place <{_OA}start> ?start ; <{_OA}end> ?end }} }}"""
_ORDER = tuple(_PATHS)

#: Start, end and role; half-open offsets into the sentence.
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; ``role`` says what was read in it: outcome, direction, arm, number, or nothing."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Sentence:
    """Where the sentence of a finding begins in its text, and what was read in it."""

    start: int
    places: tuple[Place, ...]


def read_sentences(store: Queryable, claims: Collection[Claim]) -> dict[str, Sentence]:
    """By finding; one whose sentence the graph does not place is left out.

    Raises:
        StoreError: the store did not answer.
    """
    if not claims:
        return {}
    starts, stored = _read_stored(store, [each.finding for each in claims])
    known = (each for each in claims if each.finding in starts)
    return {each.finding: Sentence(starts[each.finding], tuple(_places(each, stored[each.finding]))) for each in known}


def cut(text: str, places: Iterable[Place]) -> Iterator[Piece]:
    """The text cut at the places; where two overlap, the first counts."""
    roles: dict[int, str] = {}
    for start, end, role in places:
        for place in range(max(start, 0), min(end, len(text))):
            roles.setdefault(place, role)
    cuts = [place for place in range(1, len(text)) if roles.get(place) != roles.get(place - 1)]
    for start, end in pairwise([0, *cuts, len(text)]):
        yield Piece(text[start:end], roles.get(start, ""))


def named_arms(sentence: str, *labels: str | None) -> Iterator[Place]:
    """Where the labels of arms stand, for findings whose sides are no arms of the study."""
    for label in labels:
        found = re.search(rf"(?<!\w){re.escape(label)}(?!\w)", sentence, re.IGNORECASE) if label else None
        if found is not None:
            yield found.start(), found.end(), "arm"


def _read_stored(store: Queryable, findings: Sequence[str]) -> tuple[dict[str, int], Mapping[str, list[Place]]]:
    """Where sentences begin, and places that the graph has, in order of place."""
    starts: dict[str, int] = {}
    found: dict[str, list[Place]] = defaultdict(list)
    sparql = _STORED.replace("FINDINGS", " ".join(f"<{each}>" for each in findings))
    for iri, role, start, end, origin in ask(store, sparql, location="evidence").rows:
        at = starts[str(iri)] = int(origin or 0)
        found[str(iri)].append((int(start or 0) - at, int(end or 0) - at, str(role)))
    return starts, {iri: sorted(places) for iri, places in found.items()}


def _places(claim: Claim, stored: Sequence[Place]) -> list[Place]:
    """Those that lie in the sentence, as they count."""
    found = [place for place in stored if place[0] >= 0 and place[1] <= len(claim.sentence)]
    if not any(role == "arm" for _, _, role in found):
        found += named_arms(claim.sentence, claim.intervention, claim.comparator)
    return sorted(found, key=lambda place: (_ORDER.index(place[2]), place))
