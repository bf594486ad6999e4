"""Scenes into findings: one per outcome, time, population and contrast, each tied to its sentence.

What is left out, and why: background, aims and methods (other people's or planned results), baseline features (no
outcomes), conclusions without a number (they repeat a result).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.arms import CONTROL, INTERVENTION, ArmBook
from kg.extract.arm_votes import assign_arms
from kg.extract.binding import Draft, bind, is_parallel
from kg.extract.cues import CueKind
from kg.extract.direction import Verdict, governing_cue, judge
from kg.extract.outcomes import Family, as_time, at_day_28
from kg.extract.relevance import is_absent, is_baseline, is_result, is_result_number, speaks_of
from kg.extract.scene import Number, Scene, Timepoint, between
from kg.model import Design, Direction, Finding, FindingKind, Measure, Span, Value, Values
from kg.vocabulary import Vocabulary

_ABSENT_RIGHT_BEFORE = re.compile(r"\b(?:no|without(?: any)?)(?: \w+(?: or \w+)?)? $", re.IGNORECASE)
_EXPOSURE = re.compile(
    r"\b(?:associated with|predict(?:s|ed|ors?|ive)|risk factors?|correlat|multivaria|univaria|went with|among responders|responders|patients (?:with|whose|who had|in whom))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole paper tells about its sentences."""

    book: ArmBook
    design: Design | None
    vocabulary: Vocabulary

    @property
    def is_comparative(self) -> bool:
        """True when arms are compared, in patients, animals or dishes."""
        lone = self.design in (Design.SINGLE_ARM, Design.CASE_SERIES)
        return not lone and (self.book.is_comparative or self.design in (Design.RCT, Design.NONRANDOMIZED_CONTROLLED, Design.META_ANALYSIS))


def find_findings(scenes: Iterable[Scene], context: Context) -> tuple[Finding, ...]:
    """Findings of one paper in order of their sentences."""
    if context.design in (Design.PROTOCOL, Design.REVIEW):
        return ()
    found: list[Finding] = []
    for scene in scenes:
        if is_result(scene):
            found.extend(_from_scene(scene, context))
    return tuple(_without_repeats(found))


def _from_scene(scene: Scene, context: Context) -> Iterator[Finding]:
    found = [finding for finding in _of_drafts(scene, context)]
    yield from _with_listed_times(scene, found)


def _with_listed_times(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """ "Survival at 3 and 6 months was 88% and 83%": as many times as values of one outcome go in order."""
    singles = [f for f in found if f.kind is FindingKind.SINGLE_ARM and f.values.intervention is not None]
    times = [t.duration for t in scene.timepoints]
    if len(found) == len(singles) == len(times) > 1 and len({f.outcome.start for f in singles}) == 1:
        yield from (f.model_copy(update={"timepoint": time}) for f, time in zip(singles, times, strict=True))
    else:
        yield from found


def _of_drafts(scene: Scene, context: Context) -> Iterator[Finding]:
    for draft in _joined(scene, _with_results(scene, bind(scene))):
        if draft.is_bare:
            yield from _from_bare(scene, draft, context)
        elif not is_baseline(scene) or draft.probability or draft.ratio:
            yield from _from_draft(scene, draft, context)


def _with_results(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts without numbers that are no results; weak outcomes stay only with something printed right beside them."""
    for draft in drafts:
        kept = tuple((n, a) for n, a in draft.numbers if is_result_number(scene, n, draft.outcome, is_paired=len(draft.numbers) > 1))
        emptied = bool(draft.numbers) and not kept and draft.ratio is None and draft.probability is None
        if emptied and sum(d.outcome == draft.outcome for d in drafts) > 1:
            continue
        draft = replace(draft, numbers=kept)
        told = not draft.numbers and draft.ratio is None and speaks_of(scene, draft.outcome) is not None
        if draft.is_bare or not draft.outcome.is_weak or told or _is_close(draft):
            yield draft


def _is_close(draft: Draft) -> bool:
    places = [(n.start, n.end) for n, _ in draft.numbers] + [(x.start, x.end) for x in (draft.ratio, draft.probability) if x is not None]
    return any(0 <= start - draft.outcome.end <= 25 or 0 <= draft.outcome.start - end <= 25 for start, end in places)


def _joined(scene: Scene, drafts: Iterable[Draft]) -> list[Draft]:
    """One draft where the same outcome is named twice, each time with one arm's number."""
    done: list[Draft] = []
    for draft in drafts:
        twin = next(
            (i for i, d in enumerate(done) if d.outcome.label == draft.outcome.label and len(d.numbers) == len(draft.numbers) == 1), None
        )
        if twin is not None:
            one, two = assign_arms(scene, done[twin], default_order=False), assign_arms(scene, draft, default_order=False)
            arms = {one.numbers[0][1], two.numbers[0][1]}
            if arms == {INTERVENTION, CONTROL}:
                done[twin] = replace(
                    one, numbers=one.numbers + two.numbers, probability=one.probability or two.probability, ratio=one.ratio or two.ratio
                )
                continue
        done.append(draft)
    return done


# ---------------------------------------------------------------- drafts to findings


def _from_bare(scene: Scene, draft: Draft, context: Context) -> Iterator[Finding]:
    """A result told in words only: a direction, or that something did not occur."""
    is_compared = any(m.number == CONTROL for m in scene.arms)
    if is_absent(scene, draft.outcome) and not is_compared:
        yield _absence(scene, draft, context)
    elif not is_baseline(scene) and (speaks_of(scene, draft.outcome) is not None or _is_untested_null(scene, draft)):
        found = _comparison(scene, _retitled(scene, draft, context.vocabulary), context)
        if found.direction is not Direction.UNCLEAR:
            yield found


def _is_untested_null(scene: Scene, draft: Draft) -> bool:
    """ "For X the difference was not significant": a result though nothing is printed."""
    clause = scene.clauses[scene.clause(draft.outcome.start)]
    return not draft.outcome.is_weak and any(c.kind is CueKind.NOT_SIGNIFICANT for c in between(scene.cues, clause.start, clause.end))


def _from_draft(scene: Scene, draft: Draft, context: Context) -> Iterator[Finding]:
    draft = _retitled(scene, draft, context.vocabulary)
    if len(draft.numbers) == 2 and _is_contrast(scene, draft, context):
        yield _comparison(scene, assign_arms(scene, draft, default_order=True), context)
    elif (
        draft.numbers
        and _ABSENT_RIGHT_BEFORE.search(scene.text[scene.start : draft.outcome.start])
        and draft.numbers[0][0].kind in ("count", "none")
    ):
        yield _absence(scene, draft, context)
    elif draft.numbers and not _is_one_sided_comparison(scene, draft, context):
        for number, _ in draft.numbers:
            yield _single(scene, assign_arms(scene, replace(draft, numbers=((number, None),)), default_order=False), context)
    else:
        yield _comparison(scene, assign_arms(scene, draft, default_order=False), context)


def _retitled(scene: Scene, draft: Draft, vocabulary: Vocabulary) -> Draft:
    """The outcome as measured: engraftment in days is a time, a response at day 28 is the day-28 response."""
    outcome = draft.outcome
    cue = governing_cue(scene, outcome, draft)
    in_time = any(n.value.unit in ("days", "weeks", "months", "years") for n, _ in draft.numbers)
    if in_time or (cue is not None and cue.kind in (CueKind.FASTER, CueKind.SLOWER)):
        outcome = as_time(outcome, vocabulary)
    if outcome.label in ("overall response rate", "overall response") and _timepoint(scene, draft) == "P28D":
        outcome = at_day_28(outcome, vocabulary)
    return replace(draft, outcome=outcome)


def _is_contrast(scene: Scene, draft: Draft, context: Context) -> bool:
    """Two numbers compare arms, unless they were printed for two times or two parts."""
    first, second = draft.numbers[0][0], draft.numbers[1][0]
    gap = scene.gap(first.end, second.start)
    if re.search(r"\b(?:vs\.?|versus|compared|against)\b|^\s*/\s*$", gap) or draft.probability is not None:
        return True
    arms = {m.number for m in scene.arms}
    if is_parallel(scene, first, second) or re.search(r"\bthan\b", gap):
        return True
    changed = re.search(r"\bfrom [^,;]{0,30}$", scene.text[max(scene.start, first.start - 35) : first.start]) is not None
    return changed or arms == {INTERVENTION, CONTROL} or (context.is_comparative and _times_differ(scene, first, second) is False)


def _times_differ(scene: Scene, first: Number, second: Number) -> bool:
    after_first = [t for t in scene.timepoints if first.end <= t.start <= second.start]
    after_second = [t for t in scene.timepoints if t.start >= second.end]
    return bool(after_first) and bool(after_second)


def _is_one_sided_comparison(scene: Scene, draft: Draft, context: Context) -> bool:
    """A number with a test or a comparative word in a comparative paper."""
    if draft.ratio is not None or (draft.probability is not None and len(draft.numbers) == 1):
        return True
    cue = governing_cue(scene, draft.outcome, draft)
    clause = scene.clauses[scene.clause(draft.outcome.start)]
    return (
        context.is_comparative
        and cue is not None
        and clause.start <= cue.start < clause.end
        and cue.kind in (CueKind.UP, CueKind.DOWN, CueKind.SAME)
    )


def _comparison(scene: Scene, draft: Draft, context: Context) -> Finding:
    verdict = judge(scene, draft)
    kind = _comparison_kind(scene, draft, context)
    by_arm = {arm: number.value for number, arm in draft.numbers}
    return Finding(
        kind=kind,
        outcome=draft.outcome.record(),
        direction=verdict.direction,
        significant=verdict.significant,
        intervention=context.book.intervention_label,
        comparator=(context.book.comparator_label or "unspecified control") if kind is not FindingKind.BEFORE_AFTER else "baseline",
        intervention_concepts=_slugs(context.book.intervention, context.vocabulary),
        comparator_concepts=_slugs(context.book.comparator, context.vocabulary),
        intervention_arm=INTERVENTION if kind is FindingKind.EFFECT else None,
        comparator_arm=CONTROL if kind is FindingKind.EFFECT else None,
        values=Values(intervention=by_arm.get(INTERVENTION), comparator=by_arm.get(CONTROL)),
        effect=draft.ratio.effect if draft.ratio else None,
        p=draft.probability.p if draft.probability else None,
        timepoint=_timepoint(scene, draft),
        evidence=Span(start=scene.start, end=scene.end),
        confidence=_confidence(draft, verdict),
        rules=(*draft.rules, *verdict.rules),
        cues=tuple(cue.quote() for cue in verdict.cues),
    )


def _single(scene: Scene, draft: Draft, context: Context) -> Finding:
    number = draft.numbers[0][0]
    return Finding(
        kind=FindingKind.SINGLE_ARM,
        outcome=draft.outcome.record(),
        direction=Direction.REPORTED,
        intervention=context.book.intervention_label,
        intervention_concepts=_slugs(context.book.intervention, context.vocabulary),
        intervention_arm=INTERVENTION if context.book.intervention else None,
        values=Values(intervention=number.value),
        timepoint=_timepoint(scene, draft),
        evidence=Span(start=scene.start, end=scene.end),
        confidence=0.8,
        rules=("value of one arm",),
    )


def _absence(scene: Scene, draft: Draft, context: Context) -> Finding:
    return Finding(
        kind=FindingKind.SINGLE_ARM,
        outcome=draft.outcome.record(),
        direction=Direction.REPORTED,
        intervention=context.book.intervention_label,
        intervention_concepts=_slugs(context.book.intervention, context.vocabulary),
        intervention_arm=INTERVENTION if context.book.intervention else None,
        values=Values(intervention=Value(value=0.0, count=0, text="none")),
        timepoint=_timepoint(scene, draft),
        evidence=Span(start=scene.start, end=scene.end),
        confidence=0.7,
        rules=("said not to have occurred",),
    )


def _comparison_kind(scene: Scene, draft: Draft, context: Context) -> FindingKind:
    if context.design is Design.IN_VITRO:
        return FindingKind.MECHANISM
    if draft.ratio is not None and draft.ratio.effect.measure is not Measure.R and not _EXPOSURE.search(scene.sentence):
        return FindingKind.EFFECT
    if (
        draft.numbers
        and len(draft.numbers) == 2
        and not any("from … to" in rule for rule in draft.rules)
        and not _EXPOSURE.search(scene.sentence)
    ):
        return FindingKind.EFFECT
    if _EXPOSURE.search(scene.sentence) and not any(m.number == CONTROL for m in scene.arms):
        return FindingKind.SUBGROUP
    changed = re.search(r"\b(?:following|after|since|from baseline)\b", scene.sentence) is not None and not any(
        m.number == CONTROL for m in scene.arms
    )
    if (changed and draft.outcome.family is Family.QUANTITY) or not context.is_comparative:
        return FindingKind.BEFORE_AFTER if not context.is_comparative or draft.outcome.family is Family.QUANTITY else FindingKind.EFFECT
    return FindingKind.EFFECT


def _timepoint(scene: Scene, draft: Draft) -> str | None:
    """The time right behind the number, else the nearest in its clause, else the one that opens the sentence."""
    for number, _ in draft.numbers:
        behind = _time_behind(scene, draft, number)
        if behind is not None:
            return behind
    clause = scene.clauses[scene.clause(draft.at)]
    anchors = [draft.outcome.start, *(n.start for n, _ in draft.numbers)]
    local = [t for t in scene.timepoints if clause.start <= t.start < clause.end and _can_time(scene, t, draft)]
    if local:
        return min(local, key=lambda t: min(abs(t.start - a) for a in anchors)).duration
    if re.match(r",? by which time\b", scene.text[clause.start : clause.end]):
        earlier = [t for t in scene.timepoints if t.end <= clause.start]
        return earlier[-1].duration if earlier else None
    opening = [t for t in scene.timepoints if t.end <= scene.clauses[0].end]
    return opening[0].duration if opening and opening[0].start - scene.start < 30 else None


def _can_time(scene: Scene, time: Timepoint, draft: Draft) -> bool:
    """False for the time that is part of another outcome ("one-year survival") or of another part of the bracket."""
    if any(o.start != draft.outcome.start and 0 <= o.start - time.end <= 2 for o in scene.outcomes):
        return False
    bracket = scene.bracket(draft.at)
    inside = bracket is not None and bracket[0] < time.start < bracket[1]
    low, high = sorted((draft.at, time.start))
    return not (inside and ";" in scene.text[low:high])


def _time_behind(scene: Scene, draft: Draft, number: Number) -> str | None:
    """ "59% at 6 and 41% at 12 months": the time printed before the next number, its unit perhaps only with the last one."""
    following = next((n.start for n in scene.numbers if n.start >= number.end), scene.end)
    bare = re.match(r"(?: \([^)]*\))? at (\d+) (?:and|or|to) ", scene.text[number.end : following])
    later = next((t for t in scene.timepoints if t.start >= number.end), None)
    if bare is not None and later is not None:
        return re.sub(r"\d+(?:\.\d+)?", bare[1], later.duration)
    gap = scene.gap(number.end, later.start) if later is not None else ""
    near = later is not None and later.end <= following and len(gap) < 25 and not re.search(r"[(;]|, and\b", gap)
    if later is not None and near and _can_time(scene, later, draft):
        return later.duration
    return None


def _confidence(draft: Draft, verdict: Verdict) -> float:
    return round(min(0.99, max(0.05, verdict.certainty * (0.7 + 0.3 * (draft.margin if len(draft.numbers) == 2 else 1.0)))), 3)


def _slugs(keys: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(sorted(key for key in keys if key in vocabulary.concepts))


def _without_repeats(found: Sequence[Finding]) -> Iterator[Finding]:
    """A later finding that repeats outcome, direction and numbers of an earlier one is left out."""
    seen: set[tuple[object, ...]] = set()
    for finding in found:
        key = (
            finding.outcome.label,
            finding.direction,
            finding.values,
            finding.effect,
            finding.p,
            finding.timepoint,
            finding.population,
            finding.evidence,
        )
        if key not in seen:
            seen.add(key)
            yield finding
