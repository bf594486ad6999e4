"""Prompts into scenes: each sentence with the prompt's arms and outcome, as ``kg.extract.findings`` takes them.

The arms and the outcome come from the prompt; numbers, tests, direction words, binding and direction are the project's own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from benchmarks.prompt_arms import find_arms, read_contrast
from benchmarks.prompt_outcomes import desirable_of, family_of, find_place, read_target, without_own_change
from benchmarks.prompt_words import Reading, read_text, stems_of
from benchmarks.prompts import Prompt
from kg.extract.findings.arm_book import CONTROL, INTERVENTION
from kg.extract.findings.arm_votes import assign_arms
from kg.extract.findings.arms import ArmMention
from kg.extract.findings.binding import bind
from kg.extract.findings.cues import Cue
from kg.extract.findings.draft import Draft
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene

#: Words without meaning of their own; figures and times stay.
_LITTLE = frozenset(["the", "a", "an", "of", "in", "and", "or", "to", "with", "for", "at", "by", "on"])
#: A shared stretch of so many letters makes a sentence part of a passage.
_SHARED = 40


@dataclass(frozen=True)
class Candidate:
    """A sentence as a scene, with what choosing among sentences needs."""

    index: int
    n_sentences: int
    #: Share of the outcome's words in the sentence, rare words weighing more; and of all its words, figures included.
    share: float
    exact: float
    scene: Scene
    #: True when annotators marked the sentence or a part of it.
    is_evidence: bool

    @property
    def draft(self) -> Draft:
        """What was printed for the outcome, its numbers bound to arms."""
        return draft_of(self.scene)


def find_candidates(prompt: Prompt, text: str) -> tuple[Candidate, ...]:
    """One candidate per sentence of the abstract or of a passage."""
    reading = read_text(text, prompt.title)
    contrast = read_contrast(reading, prompt.intervention, prompt.comparator)
    target = read_target(reading, prompt.outcome)
    passages = [squeezed for squeezed in map(_squeezed, prompt.evidence) if len(squeezed) > 20]
    every = set(stems_of(prompt.outcome, _LITTLE))
    made = []
    for k, sentence in enumerate(reading.sentences):
        place, cues = without_own_change(target, find_place(reading, target, k), reading.cues[k])
        arms = find_arms(reading, contrast, k, [(place.start, place.end)] if place.end > place.start else [])
        outcome = OutcomeMention(
            start=place.start, end=place.end, text=text[place.start : place.end], label=prompt.outcome, concept=None,
            family=family_of(prompt.outcome), desirable=desirable_of(prompt.outcome),
        )  # fmt: skip
        exact = len(every & {w.stem for w in reading.words[k]}) / max(1, len(every))
        is_evidence = _is_part(_squeezed(text[sentence.start : sentence.end]), passages)
        made.append(Candidate(k, len(reading.sentences), place.share, exact, _scene(reading, k, outcome, arms, cues), is_evidence))
    return tuple(made)


def draft_of(scene: Scene) -> Draft:
    """The draft nearest to the outcome: numbers of other outcomes in the sentence may be bound to it too."""
    drafts = bind(scene)
    if not drafts:
        return Draft(scene.outcomes[0])
    draft = min(drafts, key=_distance)
    if len(draft.numbers) != 2:
        return draft
    return assign_arms(scene, draft, default_order=True)


def with_arms_exchanged(scene: Scene) -> Scene:
    """The same sentence asked the other way round: the comparator against the intervention."""
    arms = tuple(replace(m, number=INTERVENTION + CONTROL - m.number, is_control=m.number == INTERVENTION) for m in scene.arms)
    return replace(scene, arms=arms)


def _distance(draft: Draft) -> float:
    if draft.is_bare:
        return 300.0
    outcome = draft.outcome
    gap = draft.at - outcome.end if draft.at >= outcome.end else outcome.start - draft.at + 40
    return gap - 60 * (len(draft.numbers) == 2) - 30 * (draft.probability is not None) - 20 * (draft.ratio is not None)


def _scene(reading: Reading, k: int, outcome: OutcomeMention, arms: tuple[ArmMention, ...], cues: tuple[Cue, ...]) -> Scene:
    sentence, elements = reading.sentences[k], reading.elements
    start, end = sentence.start, sentence.end
    named = [(m.start, m.end) for m in arms] + [(outcome.start, outcome.end)]
    return Scene(
        text=reading.text, start=start, end=end, role=reading.roles[k], clauses=reading.clauses[k], outcomes=(outcome,), arms=arms,
        numbers=tuple(
            n for n in elements.numbers if start <= n.start and n.end <= end and all(n.end <= a or b <= n.start for a, b in named)
        ),
        ratios=tuple(r for r in elements.ratios if start <= r.start and r.end <= end),
        probabilities=tuple(p for p in elements.probabilities if start <= p.start and p.end <= end),
        cues=cues, is_comparative=True,
    )  # fmt: skip


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _is_part(sentence: str, passages: Iterable[str]) -> bool:
    return any(sentence in passage or passage in sentence or _overlap(sentence, passage) for passage in passages)


def _overlap(sentence: str, passage: str) -> bool:
    size = min(_SHARED, len(sentence), len(passage))
    ends = ((sentence[:size], passage), (sentence[-size:], passage), (passage[:size], sentence), (passage[-size:], sentence))
    return size >= 25 and any(part in whole for part, whole in ends)
