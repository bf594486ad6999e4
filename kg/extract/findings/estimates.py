"""Which ratio and which P value was printed for which outcome.

In: a scene and its drafts. Out: the drafts with ratios and P values: by "for X", by list order, by bracket, by place.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.any_case import any_case
from kg.extract.findings.draft import Draft
from kg.extract.findings.lists import block_of_size, can_own
from kg.extract.findings.scene import Probability, Ratio, Scene, between

_RESPECTIVELY = any_case(r"[^();.]{0,60}\brespectively\b")
_OF_TWO = any_case(r"\b(?:only )?the (?P<which>former|latter|first|second)\b(?: \w+){0,3}? (?P<not>not )?significant")


def attach_ratios(scene: Scene, drafts: list[Draft], blocks: list[list[int]]) -> list[Draft]:
    """Each ratio goes to its place in a list, to the draft before it, or to the outcome after "for"; a second one makes a new draft."""
    done = list(drafts)
    listed = _in_lists(scene, drafts, blocks)
    for ratio in scene.ratios:
        index = listed[ratio] if ratio in listed else _owner(scene, ratio.start, ratio.end, done)
        if index is None:
            continue
        if done[index].ratio is None:
            done[index] = replace(done[index], ratio=ratio)
        else:
            done.append(Draft(done[index].outcome, ratio=ratio))
    return done


def _in_lists(scene: Scene, drafts: Sequence[Draft], blocks: list[list[int]]) -> dict[Ratio, int]:
    """As in "The hazard ratios of relapse and of death were 0.8 and 0.6": as many ratios as outcomes, in order."""
    listed: dict[Ratio, int] = {}
    for at, first in enumerate(scene.ratios):
        group = scene.ratios[at : at + first.size]
        if first.position == 0 and first.size > 1 and len(group) == first.size:
            # The name of the measure may stand before the outcomes, and the first ratio begins there.
            block = block_of_size(scene, group[1].start, blocks, first.size)
            if block is not None and not any(between(scene.outcomes, group[0].end, group[-1].start)):
                listed |= dict(zip(group, _drafts_of(scene, block, drafts), strict=True))
    return listed | _in_brackets(scene, drafts, blocks)


def _in_brackets(scene: Scene, drafts: Sequence[Draft], blocks: list[list[int]]) -> dict[Ratio, int]:
    """As in "relapse and infection (RR 1.0, P = .9; RR 0.9, P = .7)": one bracket holds a ratio for each member of the list before it."""
    listed: dict[Ratio, int] = {}
    for bracket in dict.fromkeys(scene.bracket(ratio.start) for ratio in scene.ratios):
        if bracket is None or any(between(scene.outcomes, *bracket)):
            continue
        group = list(between(scene.ratios, *bracket))
        block = next((b for b in blocks if len(b) == len(group) > 1 and 0 <= bracket[0] - scene.outcomes[b[-1]].end <= 1), None)
        if block is not None:
            listed |= dict(zip(group, _drafts_of(scene, block, drafts), strict=True))
    return listed


def _drafts_of(scene: Scene, block: list[int], drafts: Sequence[Draft]) -> list[int]:
    """The draft of each outcome of a list."""
    return [next(i for i, d in enumerate(drafts) if d.outcome == scene.outcomes[b]) for b in block]


def attach_probabilities(scene: Scene, drafts: list[Draft], blocks: list[list[int]]) -> list[Draft]:
    """P values by "for X", by list order, by bracket, or to the whole list when it says all or both."""
    if _OF_TWO.search(scene.sentence) is not None:
        return _of_two(scene, drafts)
    done = list(drafts)
    for group in _probability_groups(scene):
        for index, probability in _probability_owners(scene, group, done, blocks):
            earlier = done[index].probability
            if earlier is None or _is_nearer(scene, done[index].outcome.start, earlier, probability):
                done[index] = replace(done[index], probability=probability)
            elif _tells_more(scene, earlier.end, probability.start):
                done.append(Draft(done[index].outcome, probability=probability))
    return done


def _is_nearer(scene: Scene, outcome: int, earlier: Probability, later: Probability) -> bool:
    """As in "brought X down (P = .03) without a gain in |survival (P = .6)": a P value ahead of an outcome gives way to its own."""
    return earlier.end <= outcome <= later.start and scene.bracket(later.start) is not None


def _tells_more(scene: Scene, start: int, end: int) -> bool:
    """True when a further P value is for another time or arm of the outcome; else it is for something that was not recognised."""
    return any(
        any(found) for found in (between(scene.timepoints, start, end), between(scene.arms, start, end), between(scene.numbers, start, end))
    )


def _owner(scene: Scene, start: int, end: int, drafts: Sequence[Draft]) -> int | None:
    """Index of the draft a ratio or P value at that place speaks of."""
    if re.match(r"\s*(?:for|of|on) (?:the )?", scene.text[end : end + 12]):
        near = [i for i, d in enumerate(drafts) if 0 <= d.outcome.start - end <= 25]
        if near:
            return near[0]
    inside = [i for i, d in enumerate(drafts) if start <= d.outcome.start and d.outcome.end <= end]
    if inside:
        return inside[0]
    before = [
        (d.reach(start), i) for i, d in enumerate(drafts) if d.reach(start) >= 0 and can_own(scene, d.outcome, start - d.reach(start))
    ]
    after = [i for i, d in enumerate(drafts) if d.outcome.start >= end and can_own(scene, d.outcome, d.outcome.start - end)]
    clause = scene.clauses[scene.clause(start)]
    local = [item for item in before if item[0] >= clause.start]
    if local:
        return max(local)[1]
    if after and drafts[after[0]].outcome.start < clause.end:
        return after[0]
    if before:
        return max(before)[1]
    return after[0] if after else None


def _of_two(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """As in "Only the former was significant (P = .03)": the P value belongs to the first or the second contrast."""
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
    if len(group) > 1:
        owners = _owners_of_list(scene, group, drafts, blocks)
        if owners is not None:
            return owners
    return _owners_of_one(scene, group[0], drafts, blocks)


def _owners_of_list(
    scene: Scene, group: list[Probability], drafts: Sequence[Draft], blocks: list[list[int]]
) -> list[tuple[int, Probability]] | None:
    """As many outcomes as P values stand side by side, in order; None where they do not."""
    first = group[0]
    clause = scene.clauses[scene.clause(first.start)]
    if not any(between(scene.outcomes, clause.start, clause.end)):
        earlier = list(dict.fromkeys(d.outcome for d in drafts if d.outcome.end <= clause.start and not d.outcome.is_weak))[-len(group) :]
        if len(earlier) == len(group):
            return [(next(i for i, d in enumerate(drafts) if d.outcome == o), p) for o, p in zip(earlier, group, strict=True)]
    block = block_of_size(scene, first.start, blocks, len(group))
    if block is not None:
        outcomes = [scene.outcomes[i] for i in block]
        return [(next(i for i, d in enumerate(drafts) if d.outcome == o), p) for o, p in zip(outcomes, group, strict=True)]
    if len(group) > 2 and _RESPECTIVELY.match(scene.text, group[-1].end, scene.end):
        return []  # one for each of a list of which not all was recognised: none can be told
    told = [i for i, d in enumerate(drafts) if len(d.numbers) == 2 and d.probability is None and d.at < first.start]
    return list(zip(told, group, strict=True)) if len(told) == len(group) else None


def _owners_of_one(scene: Scene, first: Probability, drafts: Sequence[Draft], blocks: list[list[int]]) -> list[tuple[int, Probability]]:
    """The outcome that a P value stands beside, or all of its list."""
    said = scene.text[max(scene.start, first.start - 12) : first.start] + (first.p.text or "")
    if re.search(r"\b(?:all|both|each)\b", said, re.IGNORECASE):
        return [(i, first) for i, d in enumerate(drafts) if d.outcome.start < first.start and d.probability is None]
    index = _owner(scene, first.start, first.end, drafts)
    if index is None:
        return []
    return [(i, first) for i in _sharing(scene, drafts, index, blocks)]


def _sharing(scene: Scene, drafts: Sequence[Draft], index: int, blocks: list[list[int]]) -> list[int]:
    """The drafts that one test speaks of: all arms of three, all bare members of a list, else the one it stands beside."""
    if drafts[index].is_assigned:
        return [i for i, d in enumerate(drafts) if d.is_assigned and d.outcome == drafts[index].outcome]
    block = next((b for b in blocks if any(scene.outcomes[i] == drafts[index].outcome for i in b)), [])
    members = [i for i, d in enumerate(drafts) if any(d.outcome == scene.outcomes[b] for b in block)]
    return members if len(members) > 1 and all(drafts[i].is_bare for i in members) else [index]
