"""Drafts into findings: the fields of the record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from kg.extract.any_case import any_case
from kg.extract.findings.arm_book import ArmBook
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.confidence import SHIPPED_CONFIDENCE, Weigher, evidence_of_comparison, evidence_of_report
from kg.extract.findings.direction import Verdict, judge
from kg.extract.findings.draft import Draft
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.population import find_population
from kg.extract.findings.scene import Scene
from kg.extract.findings.timing import find_timepoint
from kg.model import Design, Direction, Finding, FindingKind, Measure, Span, Value, Values
from kg.vocabulary import Vocabulary

_EXPOSURE = any_case(
    r"\b(?:associated with|predict(?:s|ed|ors?|ive)|risk factors?|correlat|multivaria|univaria|went with|among responders"
    r"|responders|patients (?:with|whose|who had|in whom))\b",
)


_THE_TREATMENT = any_case(r"(?:these|the|such|repeated|both)? ?(?:infusions?|treatment|therapy|prophylaxis)\b")


#: What a scorer is asked about, in the order of its chances.
SCORED = (Direction.INCREASED, Direction.DECREASED, Direction.NO_DIFFERENCE)


class Chances(Protocol):
    """Probabilities in the order of ``SCORED``."""

    @property
    def values(self) -> tuple[float, float, float]:
        """They sum to 1."""
        ...


class DirectionScorer(Protocol):
    """A second opinion on the direction of one comparison, such as ``kg.extract.learned.DirectionModel``."""

    def score(self, scene: Scene, draft: Draft, verdict: Verdict | None = None) -> Chances:
        """The chances of the three directions; ``verdict`` is what the rules say, if known already."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole paper tells about its sentences, and who is asked where the rules do not know."""

    book: ArmBook
    design: Design | None
    vocabulary: Vocabulary
    scorer: DirectionScorer | None = None
    weigher: Weigher = SHIPPED_CONFIDENCE

    @property
    def is_comparative(self) -> bool:
        """True when arms are compared, in patients, animals or dishes."""
        lone = self.design in (Design.SINGLE_ARM, Design.CASE_SERIES) and not self.book.names_both
        return not lone and (self.book.is_comparative or self.design in (Design.RCT, Design.NONRANDOMIZED_CONTROLLED, Design.META_ANALYSIS))


def compare(scene: Scene, draft: Draft, context: Context) -> Finding:
    """A finding that compares two sides."""
    judged = judge(scene, draft)
    verdict = _with_second_opinion(scene, draft, judged, context.scorer)
    evidence = evidence_of_comparison(
        scene,
        draft,
        direction=verdict.direction,
        significant=verdict.significant,
        chance=verdict.certainty,
        is_disputed=judged.certainty <= _DISPUTED,
    )
    kind = _comparison_kind(scene, draft, context)
    by_arm = {arm: number.value for number, arm in draft.numbers if number.kind != "some"}
    return Finding(
        kind=kind,
        outcome=draft.outcome.record(),
        direction=verdict.direction,
        significant=verdict.significant,
        intervention=draft.arm or context.book.intervention_label,
        comparator=(context.book.comparator_label or "unspecified control") if kind is not FindingKind.BEFORE_AFTER else "baseline",
        intervention_concepts=_slugs(context.book.intervention if draft.arm is None else (), context.vocabulary),
        comparator_concepts=_slugs(context.book.comparator, context.vocabulary),
        intervention_arm=INTERVENTION if kind is FindingKind.EFFECT and draft.arm is None else None,
        comparator_arm=CONTROL if kind is FindingKind.EFFECT else None,
        values=Values(intervention=by_arm.get(INTERVENTION), comparator=by_arm.get(CONTROL)),
        effect=draft.ratio.effect if draft.ratio else None,
        p=draft.probability.p if draft.probability else None,
        timepoint=find_timepoint(scene, draft),
        population=find_population(scene, draft),
        evidence=Span(start=scene.start, end=scene.end),
        confidence=context.weigher.weigh(evidence),
        rules=(*draft.rules, *verdict.rules),
        cues=tuple(cue.quote() for cue in verdict.cues),
    )


#: The certainty of a verdict whose words and numbers disagree, or that no word on the outcome itself bears out.
_DISPUTED = 0.6
#: What the scorer must give a direction before it settles what the rules leave unclear; higher where nothing is printed.
_SETTLES, _SETTLES_BARE = 0.6, 0.7


def _with_second_opinion(scene: Scene, draft: Draft, verdict: Verdict, scorer: DirectionScorer | None) -> Verdict:
    """The rules decide; the scorer settles what they leave unclear, and its chance of their direction is how certain that is."""
    if scorer is None:
        return verdict
    chances = scorer.score(scene, draft, verdict).values
    if verdict.direction in SCORED:
        return replace(verdict, certainty=chances[SCORED.index(verdict.direction)])
    best = max(chances)
    if best < (_SETTLES_BARE if draft.is_bare else _SETTLES):
        return verdict
    rules = (*(rule for rule in verdict.rules if rule != "nothing decides"), "direction model")
    return replace(verdict, direction=SCORED[chances.index(best)], rules=rules, certainty=best, is_stated=False)


def report_value(scene: Scene, draft: Draft, context: Context) -> Finding:
    """A value of one arm, without comparison."""
    number = draft.numbers[0][0]
    if number.kind == "some":
        return _one_arm(scene, draft, context, values=Values(), rule="share in words", is_value=True)
    return _one_arm(scene, draft, context, values=Values(intervention=number.value), rule="value of one arm", is_value=True)


def report_mention(scene: Scene, draft: Draft, context: Context) -> Finding:
    """An outcome said to be frequent, or to have happened, without a number."""
    rule = "said to have happened" if draft.outcome.is_statement else "said to be frequent"
    return _one_arm(scene, draft, context, values=Values(), rule=rule)


def report_absence(scene: Scene, draft: Draft, context: Context) -> Finding:
    """An outcome said not to have occurred: a count of zero."""
    none = Values(intervention=Value(value=0.0, count=0, text="none"))
    return _one_arm(scene, draft, context, values=none, rule="said not to have occurred")


def _one_arm(scene: Scene, draft: Draft, context: Context, *, values: Values, rule: str, is_value: bool = False) -> Finding:
    return Finding(
        kind=FindingKind.SINGLE_ARM,
        outcome=draft.outcome.record(),
        direction=Direction.REPORTED,
        intervention=context.book.intervention_label,
        intervention_concepts=_slugs(context.book.intervention, context.vocabulary),
        intervention_arm=INTERVENTION if context.book.intervention else None,
        values=values,
        timepoint=find_timepoint(scene, draft),
        population=find_population(scene, draft),
        evidence=Span(start=scene.start, end=scene.end),
        confidence=context.weigher.weigh(evidence_of_report(scene, draft, is_value=is_value, is_comparative=context.is_comparative)),
        rules=(rule,),
    )


def _is_exposure(scene: Scene) -> bool:
    """True when risk factors or subgroups are compared, not arms; "MSCs were associated with" speaks of an arm."""
    match = _EXPOSURE.search(scene.sentence)
    if match is None:
        return False
    given = any(m.number == INTERVENTION and m.end <= scene.start + match.start() for m in scene.arms)
    return not (match.group().startswith(("associated", "predict")) and (given or _THE_TREATMENT.match(scene.sentence) is not None))


def _comparison_kind(scene: Scene, draft: Draft, context: Context) -> FindingKind:
    if context.design is Design.IN_VITRO:
        return FindingKind.MECHANISM
    if draft.ratio is not None and draft.ratio.effect.measure is not Measure.R and not _is_exposure(scene):
        return FindingKind.EFFECT
    if draft.numbers and len(draft.numbers) == 2 and not any("from … to" in rule for rule in draft.rules) and not _is_exposure(scene):
        return FindingKind.EFFECT
    if _is_exposure(scene) and not any(m.number == CONTROL for m in scene.arms):
        return FindingKind.SUBGROUP
    changed = re.search(r"\b(?:following|after|since|from baseline)\b", scene.sentence) is not None and not any(
        m.number == CONTROL for m in scene.arms
    )
    if (changed and draft.outcome.family is Family.QUANTITY) or not context.is_comparative:
        return FindingKind.BEFORE_AFTER if not context.is_comparative or draft.outcome.family is Family.QUANTITY else FindingKind.EFFECT
    return FindingKind.EFFECT


def _slugs(keys: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(sorted(key for key in keys if key in vocabulary.concepts))
