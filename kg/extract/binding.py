"""Which number, ratio and P value was printed for which outcome.

In: a scene. Out: drafts, one per outcome and printed contrast. Numbers go by lists of equal length, by bracket and by
place; P values follow the numbers they stand with.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.outcomes import OutcomeMention
from kg.extract.scene import Number, Probability, Ratio, Scene, arm_beside, between
from kg.model import Span


@dataclass(frozen=True)
class Draft:
    """An outcome with what was printed for it; ``numbers`` pairs a number with an arm number, None where no arm is named."""

    outcome: OutcomeMention
    numbers: tuple[tuple[Number, int | None], ...] = ()
    ratio: Ratio | None = None
    probability: Probability | None = None
    #: How the arms were told apart, for the explanation.
    rules: tuple[str, ...] = ()
    #: 0 to 1: how clearly the votes on arms fell; 0 when there was nothing to tell apart.
    margin: float = 0.0
    #: Spans of the lists that the numbers were printed in, parallel to ``numbers``; empty for single numbers.
    lists: tuple[Span, ...] = ()

    @property
    def is_bare(self) -> bool:
        """True when nothing was printed for the outcome."""
        return not self.numbers and self.ratio is None and self.probability is None

    def spans(self) -> tuple[Span, ...]:
        """Where each number stands; for a number of a list the whole list."""
        if len(self.lists) == len(self.numbers):
            return self.lists
        return tuple(Span(start=n.start, end=n.end) for n, _ in self.numbers)

    @property
    def is_bound(self) -> bool:
        """True when the text itself says which number is whose: beside the arm, in order, by a legend or "from … to …"."""
        explicit = ("number beside its arm", "arms and numbers in the same order", "order given by a legend", "from … to …")
        return any(rule.removeprefix("arms: ") in explicit for rule in self.rules)

    @property
    def at(self) -> int:
        """Where the first printed element stands, or the outcome when nothing is printed."""
        places = [n.start for n, _ in self.numbers] + [x.start for x in (self.ratio, self.probability) if x is not None]
        return min(places, default=self.outcome.start)

    def reach(self, position: int) -> int:
        """Where the last of the draft's elements before ``position`` ends; -1 when all stand behind it."""
        ends = [self.outcome.end, *(n.end for n, _ in self.numbers)] + ([self.ratio.end] if self.ratio else [])
        return max((end for end in ends if end <= position), default=-1)


_LIST_GLUE = re.compile(
    r"^(?:\s*\([^()\d]{1,40}\))?\s*(?:,|;|/)?\s*(?:and|or|nor|as well as|but also|plus)?\s*(?:the |both |either |of |in |for |a |an |early |late |also |median |\d+-(?:year|month|week|day) |(?:one|two|three|four|five|six)-(?:year|month) )*$",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"\b(?:vs\.?|versus|compared (?:with|to)|as (?:against|opposed to)|against|v)(?= |$)|^\s*/\s*$|→", re.IGNORECASE)
_NUMBER_GLUE = re.compile(r"^\s*(?:,|,? and|/|;)\s*(?:in |by |at )?$", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"^(?: of (?:the )?(?:\w+ ){0,3}| \w+ (?:patients )?| of (?:all )?[\w-]+ (?:patients |recipients |mice |children )?)?\s*(?:\([^)]*\))?\s*"
    r"(?:of (?:the )?(?:\d+ )?(?:\w+ )?(?:patients|children|participants|mice)? ?)?"
    r"(?:had|have|has|developed|experienced|achieved|attained|obtained|reached|showed|died|survived|were|was|remained|responded|relapsed|with|suffered|a|an)\b[^,;.%()]{0,30}$",
    re.IGNORECASE,
)
_OF_TWO = re.compile(r"\b(?:only )?the (?P<which>former|latter|first|second)\b(?: \w+){0,3}? (?P<not>not )?significant", re.IGNORECASE)


def bind(scene: Scene) -> tuple[Draft, ...]:
    """Drafts of one sentence in order of their outcomes; outcomes without any number come out bare."""
    blocks = _blocks(scene)
    runs = _runs(scene, [n for n in scene.numbers if not is_group_size(scene, n)])
    drafts, rest = _drafts_in_parallel(scene, runs, blocks)
    for run in rest:
        drafts.extend(_drafts_of_run(scene, run, blocks, drafts))
    bare = [Draft(outcome) for outcome in scene.outcomes if all(d.outcome != outcome for d in drafts)]
    drafts = sorted(
        _joined_singles(scene, _without_counts(drafts)) + bare, key=lambda d: (d.outcome.start, d.numbers[0][0].start if d.numbers else 0)
    )
    drafts = _attach_ratios(scene, drafts)
    return tuple(_attach_probabilities(scene, drafts, blocks))


# ---------------------------------------------------------------- numbers to outcomes


_GROUP_BEFORE = re.compile(
    r"(?:^|[.;,] |\b)(?:of (?:the|these|those|all)?|among(?: the)?|compared (?:with|to)|total of|enrol\w+|included|including|studied|treated|reviewed|evaluated|randomi[sz]ed"
    r"|(?:total|series|cohort|study|trial) of|all|the other) ?$",
    re.IGNORECASE,
)


def is_group_size(scene: Scene, number: Number) -> bool:
    """ "Of 43 patients", "among 108 controls": people counted, not people with the outcome."""
    if number.kind not in ("count", "number") or number.value.value is not None and number.value.count is not None:
        return False
    before = scene.text[max(scene.start, number.start - 30) : number.start]
    if re.search(r"\b(?:in|by) all (?:of )?(?:the )?$", before):
        return False
    return _GROUP_BEFORE.search(before) is not None and number.value.count is not None


def _runs(scene: Scene, numbers: Sequence[Number]) -> list[list[list[Number]]]:
    """Numbers that belong together: a run is one or two lists, the second after "versus"."""
    runs: list[list[list[Number]]] = []
    for number in numbers:
        if runs:
            last = runs[-1][-1][-1]
            gap = scene.gap(last.end, number.start)
            is_open = not any(between(scene.outcomes, last.end, number.start)) and scene.bracket(number.start) == scene.bracket(last.start)
            if is_open and len(gap) < 90 and _VERSUS.search(gap) and len(runs[-1]) == 1:
                runs[-1].append([number])
                continue
            if is_open and _NUMBER_GLUE.match(gap):
                runs[-1][-1].append(number)
                continue
        runs.append([[number]])
    return runs


def _blocks(scene: Scene) -> list[list[int]]:
    """Indices of outcomes that stand in one list."""
    blocks: list[list[int]] = []
    for i, outcome in enumerate(scene.outcomes):
        if blocks and _LIST_GLUE.match(scene.gap(scene.outcomes[blocks[-1][-1]].end, outcome.start)):
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return blocks


def _drafts_in_parallel(
    scene: Scene, runs: list[list[list[Number]]], blocks: list[list[int]]
) -> tuple[list[Draft], list[list[list[Number]]]]:
    """ "A, B and C were 1% vs 2% (P = .1), 3% vs 4% (P = .2) and 5% vs 6%": a list of outcomes, then as many contrasts."""
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


def _drafts_of_run(scene: Scene, run: list[list[Number]], blocks: list[list[int]], drafts: Sequence[Draft]) -> list[Draft]:
    size = len(run[0])
    if size > 1 and all(len(part) == size for part in run):
        block = _block_of_size(scene, run[0][0].start, blocks, size)
        if block is not None:
            lists = tuple(Span(start=part[0].start, end=part[-1].end) for part in run)
            return [Draft(scene.outcomes[index], tuple((part[i], None) for part in run), lists=lists) for i, index in enumerate(block)]
    if len(run) == 1 and size > 1:
        singles: list[Draft] = []
        for number in run[0]:
            singles.extend(_drafts_of_run(scene, [[number]], blocks, [*drafts, *singles]))
        return singles
    numbers = [number for part in run for number in part]
    owned = {scene.outcomes.index(d.outcome) for d in drafts if d.numbers}
    index = _nearest_outcome(scene, numbers[0], numbers[-1], owned)
    if index is None:
        return []
    if len(numbers) == 2:
        return [Draft(scene.outcomes[index], tuple((n, None) for n in numbers))]
    return [Draft(scene.outcomes[index], ((n, None),)) for n in numbers]


def _block_of_size(scene: Scene, position: int, blocks: list[list[int]], size: int) -> list[int] | None:
    """The list of outcomes nearest to the run that has as many members as the run; the one before it first."""
    before = [block for block in blocks if len(block) == size and scene.outcomes[block[-1]].end <= position]
    after = [block for block in blocks if len(block) == size and scene.outcomes[block[0]].start >= position]
    return before[-1] if before else after[0] if after else None


def _nearest_outcome(scene: Scene, first: Number, last: Number, owned: set[int]) -> int | None:
    """The outcome a number was printed for: in a bracket the one before it, else by verb and distance."""
    before = [
        i
        for i, o in enumerate(scene.outcomes)
        if o.end <= first.start and _can_own(o, first.start - o.end) and _sees(scene, o, first.start)
    ]
    after = [
        i for i, o in enumerate(scene.outcomes) if o.start >= last.end and _can_own(o, o.start - last.end) and _sees(scene, o, first.start)
    ]
    inside = [i for i, o in enumerate(scene.outcomes) if o.start < last.end and o.end > first.start]
    if inside:
        return inside[0]
    bracket = scene.bracket(first.start)
    if bracket is not None:
        within = [i for i in before if scene.outcomes[i].start > bracket[0]]
        return within[-1] if within else before[-1] if before else (after[0] if after else None)
    if after and scene.clause(scene.outcomes[after[0]].start) == scene.clause(last.start):
        gap = scene.gap(last.end, scene.outcomes[after[0]].start)
        free = not before or before[-1] in owned or scene.clause(scene.outcomes[before[-1]].start) != scene.clause(first.start)
        if free and (_FOLLOWING.match(gap + " ") or len(gap) < 25 or not before):
            return after[0]
    return before[-1] if before else None


def _sees(scene: Scene, outcome: OutcomeMention, position: int) -> bool:
    """An outcome in a bracket owns only what stands in that bracket: "59% (CR 9%) … and 62%"."""
    bracket = scene.bracket(outcome.start)
    return bracket is None or bracket[0] < position < bracket[1]


def _without_counts(drafts: Sequence[Draft]) -> list[Draft]:
    """Where an outcome has a percentage, a bare count beside it is the size of a group."""
    told = {d.outcome for d in drafts for n, _ in d.numbers if n.kind in ("percent", "fraction")}
    return [
        d
        for d in drafts
        if d.outcome not in told or not d.numbers or any(n.value.value is not None or n.value.total is not None for n, _ in d.numbers)
    ]


def _can_own(outcome: OutcomeMention, distance: int) -> bool:
    """A weak mention, such as a cell, owns only what is printed right beside it."""
    return not outcome.is_weak or distance <= 25


def _joined_singles(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Two single numbers of one outcome become one contrast when they name different arms or share one P value."""
    done: list[Draft] = []
    for draft in drafts:
        last = done[-1] if done else None
        if (
            last is not None
            and last.outcome == draft.outcome
            and len(last.numbers) == len(draft.numbers) == 1
            and _is_pair(scene, last, draft)
        ):
            done[-1] = replace(last, numbers=last.numbers + draft.numbers)
        else:
            done.append(draft)
    return done


def _is_pair(scene: Scene, one: Draft, two: Draft) -> bool:
    first, second = one.numbers[0][0], two.numbers[0][0]
    if (
        first.value.unit != second.value.unit
        and None not in (first.value.unit, second.value.unit)
        and "not_reached" not in (first.kind, second.kind)
    ):
        return False
    timed = [t for t in scene.timepoints if first.end <= t.start < second.start] and [t for t in scene.timepoints if t.start >= second.end]
    if timed and not scene.arms:
        return False
    arms = {arm_beside(scene, first), arm_beside(scene, second)}
    if len(arms) == 2 and None not in arms:
        return True
    if is_parallel(scene, first, second) or _than_between(scene, first, second) or _is_plain_pair(scene, first, second):
        return True
    between_p = any(between(scene.probabilities, first.end, second.start))
    shared_p = not between_p and any(0 <= p.start - second.end < 70 for p in scene.probabilities)
    return shared_p


def _than_between(scene: Scene, first: Number, second: Number) -> bool:
    """ "Better in children (76%) than in adults (58%)", "fell to 8% from 22%"."""
    gap = scene.gap(first.end, second.start)
    return len(gap) < 90 and (
        re.search(r"\bthan\b", gap) is not None or re.fullmatch(r"\s*from (?:a |an )?(?:median |mean )?(?:of )?", gap) is not None
    )


def _is_plain_pair(scene: Scene, first: Number, second: Number) -> bool:
    """ "14% and 29%" of one outcome where the paper compares arms, unless they were read at two times."""
    if not scene.is_comparative or len(scene.timepoints) > 1:
        return False
    return re.fullmatch(r"\s*(?:,|,? and|/)\s*(?:in |by )?", scene.gap(first.end, second.start)) is not None


_PERSONS = (
    r"(?:groups?|arms?|cohorts?|recipients|patients|children|adults|mice|animals|controls?|those|receiving|given|treated|transplant\w*|donors?|without|alone|therapy|prophylaxis"
    r"|regimen|treatment|infusions?|SCT|HCT|HSCT|[A-Z]{2,}[\w+-]*)"
)
_PHRASE = rf"(?: \([^)]*\))?,? (?:in|with|for|among|of|after|on|under|when|at)\b[^.;%]{{1,80}}?\b{_PERSONS}\b"
_PARALLEL = re.compile(
    rf"^{_PHRASE}[^.;%]{{0,30}}?(?:,? and|,? versus|,? vs\.?|,? compared (?:with|to)|,? but|,? whereas|,? while|,? as against)\b[^.;%]{{0,40}}$"
)
_PHRASE_AFTER = re.compile(rf"^{_PHRASE}")


def is_parallel(scene: Scene, first: Number, second: Number) -> bool:
    """ "41% in the A group and 19% in the B group": two numbers, each followed by a phrase that names people."""
    gap = scene.gap(first.end, second.start)
    return len(gap) < 160 and _PARALLEL.match(gap) is not None and _PHRASE_AFTER.match(scene.text[second.end : scene.end]) is not None


# ---------------------------------------------------------------- ratios and P values


def _attach_ratios(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Each ratio goes to the draft before it, or to the outcome after "for"; a second one makes a draft of its own."""
    done = list(drafts)
    for ratio in scene.ratios:
        index = _owner(scene, ratio.start, ratio.end, done)
        if index is None:
            continue
        if done[index].ratio is None:
            done[index] = replace(done[index], ratio=ratio)
        else:
            done.append(Draft(done[index].outcome, ratio=ratio))
    return done


def _owner(scene: Scene, start: int, end: int, drafts: Sequence[Draft]) -> int | None:
    """Index of the draft a ratio or P value at that place speaks of."""
    if re.match(r"\s*(?:for|of|on) (?:the )?", scene.text[end : end + 12]):
        near = [i for i, d in enumerate(drafts) if 0 <= d.outcome.start - end <= 25]
        if near:
            return near[0]
    inside = [i for i, d in enumerate(drafts) if start <= d.outcome.start and d.outcome.end <= end]
    if inside:
        return inside[0]
    before = [(d.reach(start), i) for i, d in enumerate(drafts) if d.reach(start) >= 0 and _can_own(d.outcome, start - d.reach(start))]
    after = [i for i, d in enumerate(drafts) if d.outcome.start >= end and _can_own(d.outcome, d.outcome.start - end)]
    clause = scene.clauses[scene.clause(start)]
    local = [item for item in before if item[0] >= clause.start]
    if local:
        return max(local)[1]
    if after and drafts[after[0]].outcome.start < clause.end:
        return after[0]
    if before:
        return max(before)[1]
    return after[0] if after else None


def _attach_probabilities(scene: Scene, drafts: list[Draft], blocks: list[list[int]]) -> list[Draft]:
    """P values by "for X", by list order, by bracket, or to the whole list when it says all or both."""
    if _OF_TWO.search(scene.sentence) is not None:
        return _of_two(scene, drafts)
    done = list(drafts)
    for group in _probability_groups(scene):
        for index, probability in _probability_owners(scene, group, done, blocks):
            if done[index].probability is None:
                done[index] = replace(done[index], probability=probability)
            else:
                done.append(Draft(done[index].outcome, probability=probability))
    return done


def _of_two(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """ "Only the former was significant (P = .03)": the P value belongs to the first or the second contrast."""
    match = _OF_TWO.search(scene.sentence)
    printed = [i for i, d in enumerate(drafts) if d.numbers or d.ratio]
    if match is None or len(printed) < 2 or not scene.probabilities:
        return drafts
    chosen = printed[0] if match["which"].lower() in ("former", "first") else printed[1]
    rule = "not significant" if match["not"] is None else "significant"
    return [
        replace(d, probability=scene.probabilities[0])
        if i == chosen
        else replace(d, rules=(*d.rules, f"the other was {rule}"))
        if i in printed[:2]
        else d
        for i, d in enumerate(drafts)
    ]


def _probability_groups(scene: Scene) -> list[list[Probability]]:
    groups: list[list[Probability]] = []
    for probability in scene.probabilities:
        if groups and re.fullmatch(r"\s*(?:,|,? and|;|/)\s*", scene.gap(groups[-1][-1].end, probability.start)):
            groups[-1].append(probability)
        else:
            groups.append([probability])
    return groups


def _probability_owners(
    scene: Scene, group: list[Probability], drafts: Sequence[Draft], blocks: list[list[int]]
) -> list[tuple[int, Probability]]:
    first = group[0]
    clause = scene.clauses[scene.clause(first.start)]
    if len(group) > 1 and not any(between(scene.outcomes, clause.start, clause.end)):
        earlier = list(dict.fromkeys(d.outcome for d in drafts if d.outcome.end <= clause.start and not d.outcome.is_weak))[-len(group) :]
        if len(earlier) == len(group):
            return [(next(i for i, d in enumerate(drafts) if d.outcome == o), p) for o, p in zip(earlier, group, strict=True)]
    if len(group) > 1:
        block = _block_of_size(scene, first.start, blocks, len(group))
        if block is not None:
            outcomes = [scene.outcomes[i] for i in block]
            return [(next(i for i, d in enumerate(drafts) if d.outcome == o), p) for o, p in zip(outcomes, group, strict=True)]
    said = scene.text[max(scene.start, first.start - 12) : first.start] + (first.p.text or "")
    if re.search(r"\b(?:all|both|each)\b", said, re.IGNORECASE):
        return [(i, first) for i, d in enumerate(drafts) if d.outcome.start < first.start and d.probability is None]
    index = _owner(scene, first.start, first.end, drafts)
    if index is None:
        return []
    block = next((b for b in blocks if any(scene.outcomes[i] == drafts[index].outcome for i in b)), [])
    members = [i for i, d in enumerate(drafts) if any(d.outcome == scene.outcomes[b] for b in block)]
    if len(members) > 1 and all(drafts[i].is_bare for i in members):
        return [(i, first) for i in members]
    return [(index, first)]
