"""Scenes into findings: one per outcome, time, population and contrast, each tied to its sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.any_case import any_case
from kg.extract.findings.arm_votes import assign_arms
from kg.extract.findings.arm_words import CONTROL, INTERVENTION
from kg.extract.findings.binding import bind
from kg.extract.findings.cues import CueKind
from kg.extract.findings.draft import Draft
from kg.extract.findings.governing import governing_cue
from kg.extract.findings.outcomes import as_time, at_day_28
from kg.extract.findings.pairs import in_both_arms, is_parallel, sets_against
from kg.extract.findings.records import Context, compare, report_absence, report_mention, report_value
from kg.extract.findings.relevance import is_absent, is_baseline, is_frequent, is_result, is_stated, speaks_of, went_before
from kg.extract.findings.restated import without_repeats, without_restated
from kg.extract.findings.scene import Number, Scene, between
from kg.extract.findings.tallies import is_result_number
from kg.extract.findings.timing import find_timepoint, with_listed_times
from kg.model import Design, Direction, Finding
from kg.vocabulary import Vocabulary

_ABSENT_RIGHT_BEFORE = any_case(r"\b(?:no|without(?: any)?)(?: \w+(?: or \w+)?)? $")


#: What is more than five times likelier to be wrong than right is not stated.
LEAST_CONFIDENCE = 0.15


def find_findings(scenes: Sequence[Scene], context: Context) -> tuple[Finding, ...]:
    """Findings of one paper in order of their sentences."""
    if context.design in (Design.PROTOCOL, Design.REVIEW):
        return ()
    found: list[Finding] = []
    for scene in scenes:
        if is_result(scene):
            found.extend(finding for finding in _from_scene(scene, context) if finding.confidence >= LEAST_CONFIDENCE)
    return tuple(without_repeats(found))


def _from_scene(scene: Scene, context: Context) -> Iterator[Finding]:
    yield from with_listed_times(scene, without_restated(scene, list(_of_drafts(scene, context))))


def _of_drafts(scene: Scene, context: Context) -> Iterator[Finding]:
    habit = 0.0
    for draft in _joined(scene, _with_results(scene, bind(scene))):
        if went_before(scene, draft.outcome):
            continue
        if draft.is_bare:
            yield from _from_bare(scene, draft, context)
        elif not is_baseline(scene) or draft.probability or draft.ratio:
            yield from _from_draft(scene, draft, context, habit)
            bound = assign_arms(scene, draft, default_order=False)
            if len(bound.numbers) == 2 and bound.is_bound:
                habit = 1.0 if bound.numbers[0][1] == INTERVENTION else -1.0


def _with_results(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Drafts without numbers that are no results; weak outcomes stay only with something printed right beside them."""
    for draft in drafts:
        numbers = tuple((n, a) for n, a in draft.numbers if is_result_number(scene, n, draft.outcome, is_paired=len(draft.numbers) > 1))
        kept = replace(draft, numbers=numbers)
        if kept.is_bare and not draft.is_bare and sum(d.outcome == draft.outcome for d in drafts) > 1:
            continue
        told = not numbers and kept.ratio is None and speaks_of(scene, kept.outcome) is not None
        if kept.is_bare or not kept.outcome.is_weak or told or _is_close(kept):
            yield kept


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


def _from_bare(scene: Scene, draft: Draft, context: Context) -> Iterator[Finding]:
    """A result told in words only: a direction, or that something did not occur."""
    named = {m.number for m in scene.arms}
    is_compared = CONTROL in named
    if is_absent(scene, draft.outcome) and (not is_compared or INTERVENTION in named):
        yield report_absence(scene, draft, context)
    elif not is_compared and not is_baseline(scene) and _is_mention(scene, draft, context):
        yield report_mention(scene, draft, context)
    elif not is_baseline(scene) and (speaks_of(scene, draft.outcome) is not None or _is_untested_null(scene, draft)):
        found = compare(scene, _retitled(scene, draft, context.vocabulary), context)
        if found.direction is not Direction.UNCLEAR:
            yield found


def _is_mention(scene: Scene, draft: Draft, context: Context) -> bool:
    """Said to be frequent, or told by a verb that needs no number and that no word compares."""
    if is_frequent(scene, draft.outcome):
        return True
    told = is_stated(scene, draft.outcome) and speaks_of(scene, draft.outcome) is None
    return told and (not context.is_comparative or draft.outcome.label == "safety")


def _is_untested_null(scene: Scene, draft: Draft) -> bool:
    """As in "For X the difference was not significant": a result though nothing is printed."""
    clause = scene.clauses[scene.clause(draft.outcome.start)]
    return not draft.outcome.is_weak and any(c.kind is CueKind.NOT_SIGNIFICANT for c in between(scene.cues, clause.start, clause.end))


def _from_draft(scene: Scene, draft: Draft, context: Context, habit: float) -> Iterator[Finding]:
    draft = _retitled(scene, draft, context.vocabulary)
    shared = in_both_arms(scene, draft) if scene.is_comparative else draft
    if shared.is_assigned:
        yield from _decided(scene, shared, context)
    elif len(draft.numbers) == 2 and _is_contrast(scene, draft, context):
        yield from _decided(scene, assign_arms(scene, draft, default_order=True, habit=habit), context)
    elif (
        draft.numbers
        and _ABSENT_RIGHT_BEFORE.search(scene.text[scene.start : draft.outcome.start])
        and draft.numbers[0][0].kind in ("count", "none")
    ):
        yield report_absence(scene, draft, context)
    elif draft.numbers and not _is_one_sided_comparison(scene, draft, context):
        for number, _ in draft.numbers:
            yield report_value(scene, assign_arms(scene, replace(draft, numbers=((number, None),)), default_order=False), context)
    else:
        yield from _decided(scene, assign_arms(scene, draft, default_order=False), context)


def _decided(scene: Scene, draft: Draft, context: Context) -> Iterator[Finding]:
    """The comparison, unless it is a bare cell of which nothing can be said."""
    found = compare(scene, draft, context)
    if found.direction is not Direction.UNCLEAR or not draft.outcome.is_weak:
        yield found


def _retitled(scene: Scene, draft: Draft, vocabulary: Vocabulary) -> Draft:
    """The outcome as measured: engraftment in days is a time, a response at day 28 is the day-28 response."""
    outcome = draft.outcome
    cue = governing_cue(scene, outcome, draft)
    in_time = any(n.value.unit in ("days", "weeks", "months", "years") for n, _ in draft.numbers)
    if in_time or (cue is not None and cue.kind in (CueKind.FASTER, CueKind.SLOWER)):
        outcome = as_time(outcome, vocabulary)
    if outcome.label in ("overall response rate", "overall response") and find_timepoint(scene, draft) == "P28D":
        outcome = at_day_28(outcome, vocabulary)
    return replace(draft, outcome=outcome)


def _is_contrast(scene: Scene, draft: Draft, context: Context) -> bool:
    """Two numbers compare arms, unless they were printed for two times or two parts."""
    first, second = draft.numbers[0][0], draft.numbers[1][0]
    gap = scene.gap(first.end, second.start)
    if sets_against(scene, first, second) or re.search(r"\bcompared\b", gap) or draft.probability is not None:
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
