"""What a sentence says of one comparison, as named features for a linear model of direction.

In: a scene and a draft whose numbers are bound to arms. Out: feature names with their values. A feature is what a rule found
(words, numbers, ratio, test), how the arms stand around each direction word, and the order of the sentence's elements. No word
of a text becomes a feature, only the cue that the lexicon lists, so that weights carry from one field of medicine to another
and hold nothing of the texts they were trained on.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.arms import ArmMention
from kg.extract.findings.cues import Cue, CueKind
from kg.extract.findings.direction import (
    Verdict,
    cue_direction,
    direction_from_numbers,
    direction_from_ratio,
    direction_from_words,
    judge,
    subject_is_control,
)
from kg.extract.findings.draft import Draft
from kg.extract.findings.governing import MOVES, governing_cue
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Scene, between
from kg.extract.findings.significance import RATIOS, find_significance, is_trend
from kg.model import Effect, PValue, Span

Features = dict[str, float]

_THAN = any_case(r"\b(?:than|compared|comparison|versus|vs|relative|over|against)\b")
_LEADING = any_case(r"^\W*(?:as )?(?:when )?(?:compared|relative to|in comparison|versus|unlike|in contrast)\b")
_BETWEEN = any_case(r"\b(?:between|among|across|inter)[- ]?(?:\w+ ){0,4}(?:groups?|arms?|treatments?|regimens?|conditions)\b")
_BOTH = any_case(r"\b(?:both|all|either|the two|each) (?:\w+ )?(?:groups?|arms?|treatments?|regimens?|conditions|cohorts?)\b")
_WITHIN = any_case(r"\b(?:from|since|over|at|than) (?:the )?baseline\b|\bbefore and after\b|\bpre-? ?(?:and|to) post")
_EARLIER = any_case(r"\b(?:at baseline|before (?:the )?(?:treatment|intervention|surgery|randomi))")
_ONLY = any_case(r"\bonly\b")
_FAVOUR = any_case(r"^favou?r")
_CONTRAST = any_case(r"\b(?:but|however|whereas|while|although|though|despite)\b")
#: Longest run of element kinds kept as one feature.
_LONGEST_RUN = 3


def find_features(scene: Scene, draft: Draft, verdict: Verdict | None = None) -> Features:
    """Features of one comparison; names are stable, values between 0 and 1. ``verdict`` is that of ``judge``, if known already."""
    found: Features = {"bias": 1.0}
    for name in _of_rules(scene, draft, verdict or judge(scene, draft)):
        found[name] = 1.0
    for part in (_of_governing_cue, _of_tests, _of_arms, _of_cues, _of_phrases, _of_order):
        for name in part(scene, draft):
            found[name] = 1.0
    if len(draft.numbers) == 2:
        found[f"margin {_named(direction_from_numbers(draft))}"] = draft.margin
    return found


def _named(value: object) -> str:
    return "none" if value is None else str(value)


def _of_rules(scene: Scene, draft: Draft, verdict: Verdict) -> Iterator[str]:
    """The verdict and what words, numbers, ratio and test say each for itself, and in pairs."""
    yield f"verdict {verdict.direction}"
    yield f"verdict {verdict.direction} significant {verdict.significant}"
    yield f"verdict {verdict.direction} certainty {verdict.certainty}"
    for rule in (*verdict.rules, *draft.rules):
        yield f"rule {rule} {verdict.direction}"
    words = _named(direction_from_words(scene, draft, governing_cue(scene, draft.outcome, draft)))
    numbers, ratio = _named(direction_from_numbers(draft)), _named(direction_from_ratio(scene, draft))
    significant, trend = find_significance(scene, draft)[0], is_trend(scene, draft)
    yield from (f"words {words}", f"numbers {numbers}", f"ratio {ratio}", f"significant {significant}", f"trend {trend}")
    yield from (f"words {words} numbers {numbers}", f"words {words} significant {significant}")
    yield from (f"numbers {numbers} significant {significant}", f"words {words} numbers {numbers} significant {significant}")
    yield from (f"numbers {numbers} bound {draft.is_bound}", f"ratio {ratio} significant {significant}")


def _of_governing_cue(scene: Scene, draft: Draft) -> Iterator[str]:
    outcome = draft.outcome
    cue = governing_cue(scene, outcome, draft)
    if cue is None:
        yield "governing none"
        return
    control = subject_is_control(scene, draft, cue)
    before = cue.end <= outcome.start
    gap = outcome.start - cue.end if before else cue.start - outcome.end
    place = f"{'before' if before else 'after'} {'near' if gap < 40 else 'middle' if gap < 100 else 'far'}"
    yield f"governing {cue.kind}"
    yield f"governing {cue.kind} control {control}"
    yield f"governing {cue.text.lower()} control {control}"
    yield f"governing {cue.kind} {outcome.desirable} control {control}"
    yield f"governing {_polarity(cue, outcome)} {place}"
    yield f"governing {_polarity(cue, outcome)} same clause {scene.clause(cue.start) == scene.clause(outcome.start)}"


def _polarity(cue: Cue, outcome: OutcomeMention) -> str:
    """The direction a cue gives its subject, else its kind."""
    return str(cue_direction(cue, outcome) or cue.kind)


def _of_tests(scene: Scene, draft: Draft) -> Iterator[str]:
    kinds = sorted({p_class(p.p) for p in scene.probabilities})
    yield f"tests {'+'.join(kinds) or 'none'}"
    after = [p for p in scene.probabilities if p.start >= draft.outcome.end]
    yield f"next test {p_class(after[0].p) if after else 'none'}"
    yield f"last test {p_class(scene.probabilities[-1].p) if scene.probabilities else 'none'}"
    if draft.probability is not None:
        p = draft.probability.p
        level = next((i for i, limit in enumerate((0.001, 0.01, 0.05, 0.1, 0.3)) if p.value < limit), 5)
        yield f"own test {p_class(p)}"
        yield f"own test {p.operator} level {level}"
    for ratio in scene.ratios:
        yield f"estimate {ratio_class(ratio.effect)} {ratio.effect.measure}"


def p_class(p: PValue) -> str:
    """Significant, not significant, or near the border."""
    if p.operator in (">", ">="):
        return "p above" if p.value >= 0.05 else "p open"
    if p.operator in ("<", "<="):
        return "p below" if p.value <= 0.05 else "p open"
    return "p below" if p.value < 0.05 else "p above"


def ratio_class(effect: Effect) -> str:
    """On which side of no effect an estimate lies, and whether its interval holds no effect."""
    null = 1.0 if effect.measure in RATIOS else 0.0
    side = "higher" if effect.value > null else "lower"
    if effect.ci_low is None or effect.ci_high is None:
        return side
    return f"{side} {'open' if effect.ci_low <= null <= effect.ci_high else 'clear'}"


def _of_arms(scene: Scene, draft: Draft) -> Iterator[str]:
    order = [m.number for m in scene.arms]
    runs = [n for i, n in enumerate(order) if i == 0 or order[i - 1] != n]
    yield f"arms {''.join(map(str, runs[:4])) or 'none'}"
    yield f"outcome {draft.outcome.desirable}"
    yield f"outcome {draft.outcome.family}"
    yield f"outcome named {draft.outcome.end > draft.outcome.start}"
    yield f"section {scene.role}"
    yield f"numbers {min(len(scene.numbers), 4)}"


def _of_cues(scene: Scene, draft: Draft) -> Iterator[str]:
    """Direction words of the outcome's clause, of the clauses with both arms and of the whole sentence, each with its arms."""
    own = scene.clauses[scene.clause(draft.outcome.start)]
    whole = Span(start=scene.start, end=scene.end)
    yield from _of_region(scene, draft, "sentence", whole)
    yield from _of_region(scene, draft, "clause", own)
    for clause in scene.clauses:
        if {m.number for m in between(scene.arms, clause.start, clause.end)} >= {INTERVENTION, CONTROL}:
            yield from _of_region(scene, draft, "contrast", clause)


def _of_region(scene: Scene, draft: Draft, name: str, region: Span) -> Iterator[str]:
    found = list(between(scene.cues, region.start, region.end))
    arms = list(between(scene.arms, region.start, region.end))
    for kind in {c.kind for c in found}:
        yield f"{name} has {kind}"
    moves = [c for c in found if c.kind in MOVES]
    yield f"{name} moves {'+'.join(sorted({c.kind for c in moves}))}"
    for cue in moves:
        yield f"{name} {_polarity(cue, draft.outcome)}"
        if arms:
            yield from _oriented(scene, cue, arms, f"{name} {_polarity(cue, draft.outcome)}")


def _oriented(scene: Scene, cue: Cue, arms: Sequence[ArmMention], name: str) -> Iterator[str]:
    """Which arm stands where around a direction word."""
    before = [m for m in arms if m.end <= cue.start]
    after = [m for m in arms if m.start >= cue.end]
    yield f"{name} first arm {arms[0].number}"
    yield f"{name} last arm {arms[-1].number}"
    yield f"{name} arms {before[-1].number if before else 0} {after[0].number if after else 0}"
    if after:
        gap = scene.gap(cue.end, after[0].start)
        yield f"{name} than {_THAN.search(gap) is not None} {after[0].number}"
        if _FAVOUR.match(cue.text) and len(gap) < 20:
            yield f"{name} favours {after[0].number}"


def _of_phrases(scene: Scene, draft: Draft) -> Iterator[str]:
    """Wordings that settle what was compared: between groups, in both groups, against baseline."""
    sentence = scene.sentence
    wordings = (
        ("leading reference", _LEADING), ("both groups", _BOTH), ("within group", _WITHIN), ("earlier", _EARLIER), ("only", _ONLY),
        ("contrast", _CONTRAST),
    )  # fmt: skip
    arms = {m.number for m in scene.arms}
    for name, pattern in wordings:
        if pattern.search(sentence):
            yield f"phrase {name}"
            yield f"phrase {name} arms {''.join(map(str, sorted(arms)))}"
    match = _BETWEEN.search(sentence)
    if match is not None:
        clause = scene.clauses[scene.clause(scene.start + match.start())]
        kinds = {c.kind for c in between(scene.cues, clause.start, clause.end)}
        null = CueKind.SAME in kinds or CueKind.NOT_SIGNIFICANT in kinds
        yield f"phrase between groups {'null' if null else 'significant' if CueKind.SIGNIFICANT in kinds else 'open'}"
        tests = [p_class(p.p) for p in between(scene.probabilities, scene.start + match.start(), scene.end)]
        yield f"phrase between groups {tests[0] if tests else 'no test'}"


def _of_order(scene: Scene, draft: Draft) -> Iterator[str]:
    """Runs of two and three elements in their printed order."""
    marks = [mark for _, mark in sorted(_elements(scene, draft.outcome))]
    for a, b in pairwise(marks):
        yield f"order {a} > {b}"
    for size in range(_LONGEST_RUN, len(marks) + 1):
        yield f"order {' > '.join(marks[size - _LONGEST_RUN : size])}"


def _elements(scene: Scene, outcome: OutcomeMention) -> Iterator[tuple[int, str]]:
    if outcome.end > outcome.start:
        yield outcome.start, "outcome"
    yield from ((m.start, f"arm {m.number}") for m in scene.arms)
    yield from ((p.start, p_class(p.p)) for p in scene.probabilities)
    yield from ((r.start, ratio_class(r.effect)) for r in scene.ratios)
    yield from ((c.start, str(c.kind)) for c in scene.cues)
    yield from ((n.start, "number") for n in scene.numbers)
