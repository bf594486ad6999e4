"""The sample corpus and ten made-up digests, read by the extractor that ships, with their links."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claim_world import VOCABULARY

from kg.bundled import sample_corpus
from kg.extract.pipeline import build_extractor
from kg.link import compare_claims
from kg.link.matching import Obstacle, Profile, find_obstacle, profile_of
from kg.link.ties import Ties
from kg.model import Claim, Link, StudyContext
from kg.queries import read_claims, read_contexts
from kg.rdf import Run, paper_quads
from kg.read.jsonl import parse_jsonl
from kg.store import LocalStore

DIGESTS = Path(__file__).parent / "digests.jsonl"

_RUN = Run(engine="rules", version="1", vocabulary="0" * 64)


@dataclass(frozen=True)
class Corpus:
    """What a store of the papers gives back, and the links between their findings."""

    claims: tuple[Claim, ...]
    contexts: dict[str, StudyContext]
    links: tuple[Link, ...]

    def outcome_of(self, finding: str) -> str:
        return next(each.outcome_label for each in self.claims if each.finding == finding)

    def obstacles(self) -> set[Obstacle]:
        """Every obstacle that some pair of claims meets."""
        profiles = [profile_of(each, self.contexts[each.paper], VOCABULARY) for each in self.claims]
        return {found for place, one in enumerate(profiles) for other in profiles[:place] if (found := _obstacle(one, other)) is not None}


@cache
def corpus() -> Corpus:
    """Read once for all tests."""
    extractor, store = build_extractor(VOCABULARY), LocalStore.in_memory()
    for line in (*sample_corpus().read_text(encoding="utf-8").splitlines(), *DIGESTS.read_text(encoding="utf-8").splitlines()):
        paper = parse_jsonl(json.loads(line))
        store.add_paper(paper.id, paper_quads(paper, extractor.extract(paper), run=_RUN, vocabulary=VOCABULARY))
    claims = read_claims(store, vocabulary=VOCABULARY)
    contexts = {each.paper: each for each in read_contexts(store, vocabulary=VOCABULARY)}
    return Corpus(claims, contexts, compare_claims(claims, claims, contexts=contexts, vocabulary=VOCABULARY))


def _obstacle(one: Profile, other: Profile) -> Obstacle | None:
    reason = find_obstacle(one, other, ties=Ties(), vocabulary=VOCABULARY)
    return None if reason is None else reason.obstacle
