"""Papers near a paper: shared concepts, title words and references, each weighted by how few papers have it. Pure.

The score is the cosine of two bags of keys in which a key weighs log(papers / papers with it) (Spärck Jones 1972). Of the other paper's
keys only those shared are known with their weight; the rest are taken to weigh what this paper's keys weigh on average.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.link.identity import link_papers
from kg.link.keys import topic_keys
from kg.model import WITHDRAWN, Link, LinkKind, LinkReason, StudyContext
from kg.vocabulary import Vocabulary

#: Links that a paper gets when it is added.
MOST_RELATED = 5
#: Papers less near than this are no neighbours.
LEAST_SCORE = 0.12
#: Nearest papers by shared weight, of which the score then decides.
_LOOKED_AT = 30
_REASONS = 4
_SIGNS = {
    "in": ("shared_concept", "both mention {}"),
    "word": ("title_word", "both titles say {}"),
    "to": ("shared_reference", "both refer to {}"),
}


@dataclass(frozen=True)
class Topics:
    """The topic keys of a paper, each with the other papers that have it; a key that very many have is left out."""

    others: Mapping[str, Collection[str]]
    #: How many papers there are in all.
    papers: int

    @cached_property
    def weights(self) -> dict[str, float]:
        """Rarity of the keys, weightiest first; what no other paper has weighs most."""
        found = {key: math.log((self.papers + 1) / (len(others) + 1)) for key, others in self.others.items()}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """The keys that each paper shares with this one, weightiest first; of the papers that share most weight."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in self.weights:
            for paper in self.others[key]:
                found[paper].append(key)
        nearest = sorted(found, key=lambda paper: (-self.weight_of(found[paper]), paper))[:_LOOKED_AT]
        return {paper: tuple(found[paper]) for paper in nearest}

    def weight_of(self, keys: Collection[str]) -> float:
        """Sum of the squared weights."""
        return sum(self.weights[key] ** 2 for key in keys)


def find_related(context: StudyContext, topics: Topics, known: Mapping[str, StudyContext], *, vocabulary: Vocabulary) -> tuple[Link, ...]:
    """Links with the nearest of the known papers, nearest first; a withdrawn paper is nobody's neighbour.

    ``known`` are by their ids as in an IRI, as topics name them.
    """
    if not _stands(context):
        return ()
    near = {paper: keys for paper, keys in topics.shared.items() if paper in known and _stands(known[paper])}
    scores = {paper: _cosine(topics, keys, known[paper]) for paper, keys in near.items()}
    best = [paper for paper in sorted(scores, key=lambda each: (-scores[each], each)) if scores[paper] >= LEAST_SCORE]
    return tuple(
        link_papers(LinkKind.RELATED, context, known[paper], tuple(_reasons(topics, near[paper], scores[paper], vocabulary))).model_copy(
            update={"score": scores[paper]}
        )
        for paper in best[:MOST_RELATED]
    )


def _cosine(topics: Topics, shared: Collection[str], other: StudyContext) -> float:
    own, common = topics.weight_of(topics.weights), topics.weight_of(shared)
    if not common:
        return 0.0
    unshared = max(0, len(topic_keys(other)) - len(shared))
    return round(common / math.sqrt(own * (common + unshared * own / len(topics.weights))), 3)


def _reasons(topics: Topics, shared: Collection[str], score: float, vocabulary: Vocabulary) -> Iterator[LinkReason]:
    """The weightiest keys, each with its part of the score."""
    common = topics.weight_of(shared)
    for key in list(shared)[:_REASONS]:
        prefix, _, name = key.partition(":")
        sign, words = _SIGNS[prefix]
        label = vocabulary[name].label if prefix == "in" and name in vocabulary else name
        rarity = f"as {len(topics.others[key]) + 1} of {topics.papers} papers do"
        weight = round(score * topics.weights[key] ** 2 / common, 3)
        yield LinkReason(sign=sign, text=f"{words.format(label)}, {rarity}", weight=weight)


def _stands(context: StudyContext) -> bool:
    return context.caution not in WITHDRAWN
