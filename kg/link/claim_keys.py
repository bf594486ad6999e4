"""What a finding is looked up by: the question, which way it went, and whether that was tested. Pure.

Findings under keys that differ in the way may contradict each other; those of one way may agree. Where a question is crowded, only so many
papers of each key are looked at: most of those that were tested, since only they contradict or stand in tension.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.link.matching import Profiler
from kg.link.questions import Question, question_of
from kg.link.verdicts import Way
from kg.model import Claim, StudyContext
from kg.vocabulary import Vocabulary

#: Papers that a finding is compared with, at most, by key: those that say otherwise, tested or not, and those that say the same.
MOST_OTHERWISE, MOST_OTHERWISE_UNTESTED = 100, 25
MOST_ALIKE, MOST_ALIKE_UNTESTED = 25, 10


class _Said(NamedTuple):
    """Where a finding stands."""

    question: Question
    way: Way
    is_tested: bool

    @property
    def key(self) -> str:
        """As it is written in the graph."""
        return f"on:{self.question}|{self.way.name.lower()}|{'tested' if self.is_tested else 'untested'}"


def claim_keys(claims: Iterable[Claim], contexts: Mapping[str, StudyContext], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The keys of findings that can be compared, sorted; contexts are by paper id."""
    return tuple(sorted({each.key for each in _said(claims, contexts, vocabulary)}))


def counterpart_keys(claims: Iterable[Claim], contexts: Mapping[str, StudyContext], vocabulary: Vocabulary) -> dict[str, int]:
    """The keys of findings that these are to be compared with, each with the number of papers that are looked at."""
    said = _said(claims, contexts, vocabulary)
    own = {(each.question, each.way) for each in said}
    others = {_Said(each.question, way, is_tested) for each in said for way in Way for is_tested in (True, False)}
    return {
        each.key: _most(is_alike=(each.question, each.way) in own, is_tested=each.is_tested)
        for each in sorted(others, key=lambda one: one.key)
    }


def _most(*, is_alike: bool, is_tested: bool) -> int:
    if is_alike:
        return MOST_ALIKE if is_tested else MOST_ALIKE_UNTESTED
    return MOST_OTHERWISE if is_tested else MOST_OTHERWISE_UNTESTED


def _said(claims: Iterable[Claim], contexts: Mapping[str, StudyContext], vocabulary: Vocabulary) -> set[_Said]:
    profiler = Profiler(vocabulary)
    profiles = (profiler.profile(each, contexts.get(each.paper)) for each in claims)
    return {
        _Said(question, each.stance.way, each.stance.significant is not None)
        for each in profiles
        if each.stance is not None and (question := question_of(each)) is not None
    }
