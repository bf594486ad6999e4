"""Which number was printed for which outcome.

In: a scene. Out: drafts, one per outcome and printed contrast. Numbers go by lists of equal length, by bracket and by place.
"""

import re
from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.draft import Draft
from kg.extract.findings.estimates import attach_probabilities, attach_ratios
from kg.extract.findings.lists import block_of_size, can_own, find_blocks
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.pairs import joined_singles, sets_against
from kg.extract.findings.scene import Number, Scene, between
from kg.extract.findings.several_arms import against_control
from kg.extract.findings.zipped import Run, drafts_by_arm, zipped_drafts
from kg.extract.occurrence import FARED, HAD
from kg.model import Span

_NUMBER_GLUE = any_case(r"^\)?\s?%?\s*(?:,|,? and|/|;)\s*(?:in |by |at )?\(?$")

#: "Three (12%) |died|", "three patients had |died|".
_SUBJECT_GLUE = any_case(r"^\)?(?: (?:of them|patients|recipients|children|adults|participants|mice|animals))?(?: had| have)? ?$")

#: "Two patients |stopped|": no participle that only says who they were.
_OWN_VERB = any_case(rf"\b(?:{HAD}|{FARED}|(?!treated|randomi|assigned|transplanted|infused|allocated)[a-z]+ed)\b")
_VERSUS_BEHIND = any_case(r" ?(?:vs\.?|versus|v|compared with|as against)(?= )")
_OF_THEM = any_case(r"[\w-]+ of (?:whom|them|these|those)\b")
#: "16 |were alive": the outcome is what the people before it did.
_IS_VERB = any_case(r"(?:(?:were|was|are|is|remain\w*) )?\w+(?:ed|ing|ive)\b|died|lost|lived|came|had")
_FOLLOWING = any_case(
    r"^(?: of (?:the )?(?:\w+ ){0,3}| \w+ (?:patients )?| of (?:all )?[\w-]+ (?:patients |recipients |mice "
    r"|children )?)?\s*(?:\([^)]*\))?\s*"
    r"(?:of (?:the )?(?:\d+ )?(?:\w+ )?(?:patients|children|participants|mice)? ?)?"
    rf"(?:{HAD}|{FARED}|with|a|an)\b[^,;.%()]{{0,30}}$"
)


#: "versus 54% (P = .9) and 37% (P = .12)": each member of the second list with its test.
_OWN_TEST = re.compile(r"^\s*\([Pp]\b[^()]*\)")
#: Between a number and an outcome that starts a statement of its own: "12%, and |survival", "14% (placebo) and |survival".
_SEPARATES = re.compile(r"[,;)]|^\s*and\b")


_ARM_SIZES = any_case(
    r"\b(?:of|among) (?:the )?[\w-]+ (?:and|versus|vs\.?) (?:the )?[\w-]+ (?:evaluable )?(?:patients|recipients|children|adults|mice"
    r"|animals|participants|subjects|transplants)\b(?=,| at risk)"
)
_GROUP_BEFORE = any_case(
    r"(?:^|[.;,] |\b)(?:of (?:the|these|those|all)?|among(?: the)?|compared (?:with|to)|total of|enrol\w+|included|including"
    r"|studied|treated|reviewed|evaluated|randomi[sz]ed"
    r"|(?:total|series|cohort|study|trial) of|all|the other) ?$",
)


def bind(scene: Scene) -> tuple[Draft, ...]:
    """Drafts of one sentence in order of their outcomes; outcomes without any number come out bare."""
    runs = _runs(scene, [n for n in scene.numbers if not is_group_size(scene, n)])
    blocks = [part for block in find_blocks(scene) for part in _parted(scene, block, runs)]
    by_arm, runs = drafts_by_arm(scene, runs, blocks)
    zipped, runs = zipped_drafts(scene, runs)
    drafts, rest = _drafts_in_parallel(scene, runs, blocks)
    drafts = by_arm + zipped + drafts
    for run in rest:
        drafts.extend(_drafts_of_run(scene, run, blocks, drafts))
    bare = [Draft(outcome) for outcome in scene.outcomes if all(d.outcome != outcome for d in drafts)]
    drafts = sorted(
        _once(joined_singles(scene, _of_several_arms(scene, _without_counts(drafts)))) + bare,
        key=lambda d: (d.outcome.start, d.numbers[0][0].start if d.numbers else 0),
    )
    drafts = attach_ratios(scene, drafts, blocks)
    return tuple(attach_probabilities(scene, drafts, blocks))


def _parted(scene: Scene, block: list[int], runs: Sequence[Run]) -> list[list[int]]:
    """The list, or its members one by one where it is none: "six and three |relapsed, and survival| was 30% and 67%".

    Where as many numbers stand ahead of two outcomes as behind them, and no arm with the second numbers, each outcome has its own.
    """
    start, end = scene.outcomes[block[0]].start, scene.outcomes[block[-1]].end
    lists = [run[0] for run in runs if len(run) == 1 and len(run[0]) == len(block) == 2]
    ahead = [numbers for numbers in lists if numbers[-1].end <= start and not any(between(scene.outcomes, numbers[-1].end, start))]
    behind = [numbers for numbers in lists if end <= numbers[0].start and not any(between(scene.outcomes, end, numbers[0].start))]
    if not ahead or not behind or any(between(scene.arms, end, scene.end)):
        return [block]
    return [[index] for index in block]


def _of_several_arms(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Three single numbers or more of one outcome, each with an arm of its own, set against the control among them."""
    done: list[Draft] = []
    for outcome in dict.fromkeys(d.outcome for d in drafts):
        own = [d for d in drafts if d.outcome == outcome]
        singles = [d.numbers[0][0] for d in own if len(d.numbers) == 1]
        done += (against_control(scene, outcome, singles) if len(singles) == len(own) > 2 else []) or own
    return done


def is_group_size(scene: Scene, number: Number) -> bool:
    """As in "Of 43 patients", "among 108 controls": people counted, not people with the outcome."""
    if number.kind not in ("count", "number") or (number.value.value is not None and number.value.count is not None):
        return False
    if _sizes_of_arms(scene, number):
        return True
    before = scene.text[max(scene.start, number.start - 30) : number.start]
    if re.search(r"\b(?:in|by) all (?:of )?(?:the )?$", before):
        return False
    return _GROUP_BEFORE.search(before) is not None and number.value.count is not None


def _sizes_of_arms(scene: Scene, number: Number) -> bool:
    """As in "Of |10| and |15| patients, six and three relapsed": the sizes of both arms."""
    match = _ARM_SIZES.search(scene.text, max(scene.start, number.start - 20), scene.end)
    return match is not None and match.start() < number.start < match.end()


def _runs(scene: Scene, numbers: Sequence[Number]) -> list[Run]:
    """Numbers that belong together: a run is one or two lists, the second after "versus"."""
    runs: list[Run] = []
    for number in numbers:
        if runs:
            last = runs[-1][-1][-1]
            gap = scene.gap(last.end, number.start)
            is_open = _nothing_between(scene, last, number) and _place(scene, number) == _place(scene, last)
            is_open = is_open and not _is_subset(scene, number)
            if is_open and len(gap) < 90 and len(runs[-1]) == 1 and sets_against(scene, last, number):
                runs[-1].append([number])
                continue
            in_second_list = len(runs[-1]) == 2 and len(runs[-1][1]) < len(runs[-1][0])
            opens = len(runs[-1]) == 2 and _VERSUS_BEHIND.match(scene.text, number.end, scene.end) is not None  # "18 vs 15, |20| vs 13"
            is_list = scene.clause(number.start) == scene.clause(last.start) and not opens
            if is_open and is_list and (_NUMBER_GLUE.match(gap) or (in_second_list and _NUMBER_GLUE.match(_OWN_TEST.sub("", gap)))):
                runs[-1][-1].append(number)
                continue
        runs.append([[number]])
    return runs


def _nothing_between(scene: Scene, last: Number, number: Number) -> bool:
    """True where no outcome parts two numbers; a verb right behind the first one, as in "Three |died| … as against nine …", is of both."""
    found = list(between(scene.outcomes, last.end, number.start))
    is_predicate = len(found) == 1 and _SUBJECT_GLUE.match(scene.gap(last.end, found[0].start)) is not None
    return not found or (is_predicate and not _speaks_of_next(scene, number) and sets_against(scene, last, number))


def _place(scene: Scene, number: Number) -> tuple[int, int] | None:
    """The bracket a number stands in; not one of its own, as in "(90.3 ± 4.1)%"."""
    bracket = scene.bracket(number.start)
    return scene.bracket(bracket[0]) if bracket is not None and bracket == (number.start - 1, number.end + 1) else bracket


def _drafts_in_parallel(scene: Scene, runs: list[Run], blocks: list[list[int]]) -> tuple[list[Draft], list[Run]]:
    """As in "A, B and C were 1% vs 2% (P = .1), 3% vs 4% (P = .2) and 5% vs 6%": a list of outcomes, then as many contrasts."""
    drafts: list[Draft] = []
    rest = list(runs)
    for block in blocks:
        end = scene.outcomes[block[-1]].end
        until = next((o.start for o in scene.outcomes if o.start >= end), scene.end)
        inside = [run for run in rest if end <= run[0][0].start < until]
        if len(block) > 1 and len(inside) == len(block) and all(len(part) == 1 for run in inside for part in run):
            for index, run in zip(block, inside, strict=True):
                drafts.append(Draft(scene.outcomes[index], tuple((part[0], None) for part in run)))
                rest.remove(run)
    return drafts, rest


def _drafts_of_run(scene: Scene, run: Run, blocks: list[list[int]], drafts: Sequence[Draft]) -> list[Draft]:
    size = len(run[0])
    if size > 1 and all(len(part) == size for part in run):
        block = block_of_size(scene, run[0][0].start, blocks, size)
        if block is not None:
            lists = tuple(Span(start=part[0].start, end=part[-1].end) for part in run)
            return [Draft(scene.outcomes[index], tuple((part[i], None) for part in run), lists=lists) for i, index in enumerate(block)]
    numbers = [number for part in run for number in part]
    places = {outcome: place for place, outcome in reversed(list(enumerate(scene.outcomes)))}
    owned = {places[d.outcome] for d in drafts if d.numbers}
    index = _nearest_outcome(scene, numbers[0], numbers[-1], owned)
    if size > 2 and len(scene.timepoints) != size:
        # as many arms or subgroups as numbers: which is which is not told by place
        return [] if index is None or len(run) > 1 else against_control(scene, scene.outcomes[index], numbers)
    if index is None or (index in owned and _is_subset(scene, numbers[0]) and scene.outcomes[index].end <= numbers[0].start):
        return []
    if len(run) == 1 and size == 2 and _speaks_of_next(scene, numbers[1]):
        first = _drafts_of_run(scene, [numbers[:1]], blocks, drafts)
        return [*first, *_drafts_of_run(scene, [numbers[1:]], blocks, [*drafts, *first])]
    if len(run) == 2 and len(numbers) == 2:
        return [Draft(scene.outcomes[index], tuple((n, None) for n in numbers))]
    return [Draft(scene.outcomes[index], ((n, None),)) for n in numbers]


def _is_subset(scene: Scene, number: Number) -> bool:
    """As in "softened in six, in four of whom …": some of those counted before, of whom something else is told."""
    return _OF_THEM.match(scene.text, number.start, scene.end) is not None


def _speaks_of_next(scene: Scene, number: Number) -> bool:
    """As in "response in 55%, and 19 had a complete response": the verb after a number leads to the outcome behind it."""
    following = next((o for o in scene.outcomes if o.start >= number.end), None)
    if following is None:
        return False
    gap = scene.gap(number.end, following.start)
    return _FOLLOWING.match(gap + " ") is not None or (not gap.strip() and _IS_VERB.match(following.text) is not None)


def _nearest_outcome(scene: Scene, first: Number, last: Number, owned: set[int]) -> int | None:
    """The outcome a number was printed for: in a bracket the one before it, else by verb and distance."""
    before = [
        i
        for i, o in enumerate(scene.outcomes)
        if o.end <= first.start and can_own(scene, o, first.start - o.end) and _sees(scene, o, first.start)
    ]
    after = [
        i
        for i, o in enumerate(scene.outcomes)
        if o.start >= last.end and can_own(scene, o, o.start - last.end) and _sees(scene, o, first.start)
    ]
    inside = [i for i, o in enumerate(scene.outcomes) if o.start < last.end and o.end > first.start]
    if inside:
        return inside[0]
    if after and re.fullmatch(r"(?: \([^)]*\))? (?:for|of) (?:the )?", scene.gap(last.end, scene.outcomes[after[0]].start)):
        return after[0]
    bracket = scene.bracket(first.start)
    if bracket is not None:
        within = [i for i in before if scene.outcomes[i].start > bracket[0]]
        return within[-1] if within else before[-1] if before else (after[0] if after else None)
    if after and not before and _is_taken(scene, last, scene.outcomes[after[0]]):
        return None
    if after and scene.clause(scene.outcomes[after[0]].start) == scene.clause(last.start):
        gap = scene.gap(last.end, scene.outcomes[after[0]].start)
        free = not before or before[-1] in owned or scene.clause(scene.outcomes[before[-1]].start) != scene.clause(first.start)
        if free and (_FOLLOWING.match(gap + " ") or (len(gap) < 25 and not _SEPARATES.search(gap)) or not before):
            return after[0]
    if before:
        return before[-1]
    return after[0] if after else None


def _is_taken(scene: Scene, number: Number, outcome: OutcomeMention) -> bool:
    """As in "Two patients stopped, and one had |sepsis|": another number stands nearer and leads to the outcome."""
    nearer = list(between(scene.numbers, number.end, outcome.start))
    if not nearer or _FOLLOWING.match(scene.gap(nearer[-1].end, outcome.start) + " ") is None:
        return False
    return _OWN_VERB.search(scene.gap(number.end, nearer[0].start)) is not None


def _sees(scene: Scene, outcome: OutcomeMention, position: int) -> bool:
    """An outcome in a bracket owns only what stands in that bracket: "59% (CR 9%) … and 62%"."""
    bracket = scene.bracket(outcome.start)
    return bracket is None or bracket[0] < position < bracket[1]


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """As in "4 of 74 with MSCs and 13 of 74 controls (5.4% v 17.6%)": the same contrast in counts and in per cents stays once."""
    in_percent = {d.outcome for d in drafts if len(d.numbers) == 2 and all(n.kind == "percent" for n, _ in d.numbers)}
    return [
        d
        for d in drafts
        if not (
            d.outcome in in_percent and len(d.numbers) == 2 and all(n.kind == "fraction" and n.value.value is None for n, _ in d.numbers)
        )
    ]


def _without_counts(drafts: Sequence[Draft]) -> list[Draft]:
    """Where an outcome has a percentage, a bare count beside it is the size of a group; where it has a number, "most" adds nothing."""
    told = {d.outcome for d in drafts for n, _ in d.numbers if n.kind in ("percent", "fraction")}
    numbered = {d.outcome for d in drafts for n, _ in d.numbers if n.kind != "some"}
    return [
        d
        for d in drafts
        if d.outcome not in numbered or not d.numbers or any(n.kind != "some" for n, _ in d.numbers)
        if d.outcome not in told or not d.numbers or any(n.value.value is not None or n.value.total is not None for n, _ in d.numbers)
    ]
