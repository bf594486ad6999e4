"""One arm's results told one by one, the other arm's as a list.

In: a scene and its runs of numbers. Out: drafts for what goes together, and the runs that are left. As in "relapse was 12% and
survival 70% with MSCs, as opposed to 14% and 45% in controls".
"""

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.findings.draft import Draft
from kg.extract.findings.lists import block_of_size
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Number, Scene, between, follows_as_arm, is_right_before
from kg.model import Span

#: Numbers that stand together: one list, or two of which the second follows "versus".
Run = list[list[Number]]


def zipped_drafts(scene: Scene, runs: Sequence[Run]) -> tuple[list[Draft], list[Run]]:
    """Drafts of the first list that closes a row of single results of as many outcomes, and the runs that are left."""
    for place, run in enumerate(runs):
        size = len(run[-1])
        heads = [*runs[: place if len(run) == 1 else place + 1]][-size:]
        firsts = [head[0][0] for head in heads if len(head[0]) == 1 and (head is run or len(head) == 1)]
        owners = _owners(scene, firsts)
        if size < 2 or len(run[0]) != (1 if len(run) == 2 else size) or len(owners) != size or not _is_open(scene, firsts[-1], run):
            continue
        if any(one.value.unit != two.value.unit for one, two in zip(firsts, run[-1], strict=True)):
            continue
        lists = (Span(start=firsts[0].start, end=firsts[-1].end), Span(start=run[-1][0].start, end=run[-1][-1].end))
        rows = zip(owners, firsts, run[-1], strict=True)
        drafts = [Draft(owner, ((one, None), (two, None)), lists=lists) for owner, one, two in rows]
        return drafts, [other for other in runs if other is not run and not any(other is head for head in heads)]
    return [], list(runs)


def drafts_by_arm(scene: Scene, runs: Sequence[Run], blocks: list[list[int]]) -> tuple[list[Draft], list[Run]]:
    """As in "relapse and survival were 12% and 70% with MSCs and 20% and 60% with placebo": two lists, each with its arm.

    They are of a list of as many outcomes, or of one outcome at as many times.
    """
    for one, two in pairwise(runs):
        arms = _arms_of_lists(scene, one, two)
        if arms is None:
            continue
        block = block_of_size(scene, one[0][0].start, blocks, len(one[0]))
        owners = [scene.outcomes[i] for i in block] if block is not None else _at_times(scene, one[0])
        if owners:
            rows = zip(owners, one[0], two[0], strict=True)
            rules = ("arms: number beside its arm",)
            drafts = [Draft(owner, ((a, arms[0]), (b, arms[1])), rules=rules, margin=1.0) for owner, a, b in rows]
            return drafts, [run for run in runs if run is not one and run is not two]
    return [], list(runs)


def _arms_of_lists(scene: Scene, one: Run, two: Run) -> tuple[int, int] | None:
    """The arms of two lists of one length, named behind each of them; None where either is no such list or has no arm."""
    if len(one) != 1 or len(two) != 1 or len(one[0]) != len(two[0]) or len(one[0]) < 2:
        return None
    if any(a.value.unit != b.value.unit for a, b in zip(one[0], two[0], strict=True)):
        return None
    if any(not o.is_weak for o in between(scene.outcomes, one[0][-1].end, two[0][-1].end)):
        return None
    ends = (one[0][-1].end, two[0][0].start), (two[0][-1].end, scene.end)
    named = [next(between(scene.arms, start, end), None) for start, end in ends]
    first, second = named
    if first is None or len(list(between(scene.arms, *ends[0]))) > 1:
        return None
    if second is None:  # "with A, they were 12% and 70%, and |with B| 20% and 60%"
        ahead = [m for m in scene.arms if m.end <= one[0][0].start]
        is_led_in = bool(ahead) and is_right_before(scene, first, two[0][0].start)
        return (ahead[-1].number, first.number) if is_led_in and ahead[-1].number != first.number else None
    is_own = first.number != second.number and follows_as_arm(scene, ends[1][0], second)
    return (first.number, second.number) if is_own else None


def _at_times(scene: Scene, numbers: Sequence[Number]) -> list[OutcomeMention]:
    """The one outcome ahead of a list, once for each of as many times; empty where the sentence prints others."""
    before = [o for o in scene.outcomes if o.end <= numbers[0].start and not o.is_weak]
    return before * len(numbers) if len(before) == 1 and len(scene.timepoints) == len(numbers) else []


def _owners(scene: Scene, numbers: Sequence[Number]) -> list[OutcomeMention]:
    """The outcome that each number follows with no other number between; empty when two share one."""
    owners: list[OutcomeMention] = []
    for number in numbers:
        before = [o for o in scene.outcomes if o.end <= number.start and not o.is_weak]
        if not before or any(between(scene.numbers, before[-1].end, number.start)) or before[-1] in owners:
            return []
        owners.append(before[-1])
    return owners


def _is_open(scene: Scene, last: Number, run: Run) -> bool:
    """No outcome between the last single result and the end of the list, nor any bracket."""
    first, end = run[-1][0], run[-1][-1]
    brackets = {scene.bracket(number.start) for number in (last, first, end)}
    return len(brackets) == 1 and not any(not o.is_weak for o in between(scene.outcomes, last.end, end.end))
