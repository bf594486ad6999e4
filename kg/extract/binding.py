"""Which number belongs to which outcome, and to which arm.

In: a scene. Out: drafts, one per outcome and contrast, with the numbers, ratio and P value that were printed for it. Arms
are bound by votes: a number right beside an arm, the order of arms, the subject of a comparison, and the direction words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.arms import CONTROL, INTERVENTION, ArmMention
from kg.extract.cues import CueKind
from kg.extract.outcomes import OutcomeMention
from kg.extract.scene import Number, Probability, Ratio, Scene, between


@dataclass(frozen=True)
class Draft:
    """An outcome with what was printed for it; ``numbers`` pairs a number with an arm number, None where no arm is named."""

    outcome: OutcomeMention
    numbers: tuple[tuple[Number, int | None], ...] = ()
    ratio: Ratio | None = None
    probability: Probability | None = None
    #: How the arms were told apart, for the explanation.
    rules: tuple[str, ...] = ()
    #: -1 to 1: how clearly the votes on arms fell; 0 when there was nothing to tell apart.
    margin: float = 0.0


_LIST_GLUE = re.compile(
    r"^(?:\s*\([^()\d]{1,40}\))?\s*(?:,|;|/)?\s*(?:and|or|nor|as well as|but also|plus)?\s*(?:the |both |either |of |in |for |a |an |early |late |also )*$", re.IGNORECASE
)
_VERSUS = re.compile(r"\b(?:vs\.?|versus|compared (?:with|to)|as (?:against|opposed to)|against|v)(?= |$)|^\s*/\s*$|→", re.IGNORECASE)
_NUMBER_GLUE = re.compile(r"^\s*(?:,|,? and|/|;)\s*(?:in |by |at )?$", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom (?:a |an )?(?:median |mean |average )?(?:of )?$", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"^(?: of (?:the )?(?:\w+ ){0,3}| \w+ (?:patients )?| of (?:all )?[\w-]+ (?:patients |recipients |mice |children )?)?\s*(?:\([^)]*\))?\s*(?:of (?:the )?(?:\d+ )?(?:\w+ )?(?:patients|children|participants|mice)? ?)?"
    r"(?:had|have|has|developed|experienced|achieved|attained|obtained|reached|showed|died|survived|were|was|remained|responded|relapsed|with|suffered|a|an)\b[^,;.%()]{0,30}$",
    re.IGNORECASE,
)
_AFTER_LINK = re.compile(r"^[^.;%]{0,12}?\b(?:of|in|with|for|among|after|under|on|receiving|given|by|without|patients|expected)\b[^;%]{0,60}$", re.IGNORECASE)


def bind(scene: Scene) -> tuple[Draft, ...]:
    """Drafts of one sentence in order of their outcomes; outcomes without any number come out bare."""
    runs = _runs(scene)
    blocks = _blocks(scene)
    owned: dict[int, list[Number]] = {i: [] for i in range(len(scene.outcomes))}
    for run in runs:
        for index, numbers in _owners(scene, run, blocks, owned):
            owned[index].extend(numbers)
    drafts = [Draft(outcome, numbers=tuple((n, None) for n in owned[i])) for i, outcome in enumerate(scene.outcomes)]
    return tuple(_attach_probabilities(scene, _attach_ratios(scene, drafts), blocks))


def assign_arms(scene: Scene, draft: Draft, *, default_order: bool) -> Draft:
    """The draft with its one or two numbers bound to arms by votes."""
    numbers = [number for number, _ in draft.numbers]
    if len(numbers) == 1:
        arm = _nearest_arm(scene, numbers[0])
        return replace(draft, numbers=((numbers[0], arm),))
    if len(numbers) != 2:
        return draft
    votes = _votes(scene, draft, numbers[0], numbers[1])
    if default_order:
        votes.append((0.4, "intervention first by default"))
    total = sum(weight for weight, _ in votes)
    if total == 0:
        return draft
    first, second = (INTERVENTION, CONTROL) if total > 0 else (CONTROL, INTERVENTION)
    rules = tuple(dict.fromkeys(f"arms: {name}" for weight, name in votes if (weight > 0) == (total > 0)))
    margin = abs(total) / max(sum(abs(weight) for weight, _ in votes), 1.0)
    return replace(draft, numbers=((numbers[0], first), (numbers[1], second)), rules=draft.rules + rules, margin=margin)


# ---------------------------------------------------------------- numbers to outcomes


def _runs(scene: Scene) -> list[list[list[Number]]]:
    """Numbers that belong together: a run is one or two lists, the second after "versus"."""
    runs: list[list[list[Number]]] = []
    for number in scene.numbers:
        if runs:
            gap = scene.gap(runs[-1][-1][-1].end, number.start)
            no_outcome = not any(between(scene.outcomes, runs[-1][-1][-1].end, number.start))
            if no_outcome and len(gap) < 90 and _VERSUS.search(gap) and len(runs[-1]) == 1:
                runs[-1].append([number])
                continue
            if no_outcome and _NUMBER_GLUE.match(gap) and scene.bracket(number.start) == scene.bracket(runs[-1][-1][-1].start):
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


def _owners(scene: Scene, run: list[list[Number]], blocks: list[list[int]], owned: dict[int, list[Number]]) -> list[tuple[int, list[Number]]]:
    """Outcome indices with their share of a run."""
    size = len(run[0])
    if size > 1 and all(len(part) == size for part in run):
        block = _block_of_size(scene, run[0][0].start, blocks, size)
        if block is not None:
            return [(index, [part[i] for part in run]) for i, index in enumerate(block)]
    numbers = [number for part in run for number in part]
    index = _nearest_outcome(scene, numbers[0], numbers[-1], owned)
    return [] if index is None else [(index, numbers)]


def _block_of_size(scene: Scene, position: int, blocks: list[list[int]], size: int) -> list[int] | None:
    """The list of outcomes nearest to the run that has as many members as the run; the one before it first."""
    before = [block for block in blocks if len(block) == size and scene.outcomes[block[-1]].end <= position]
    after = [block for block in blocks if len(block) == size and scene.outcomes[block[0]].start >= position]
    return before[-1] if before else after[0] if after else None


def _nearest_outcome(scene: Scene, first: Number, last: Number, owned: dict[int, list[Number]]) -> int | None:
    """The outcome a number was printed for: in a bracket the one before it, else by verb and distance."""
    before = [i for i, o in enumerate(scene.outcomes) if o.end <= first.start]
    after = [i for i, o in enumerate(scene.outcomes) if o.start >= last.end]
    inside = [i for i, o in enumerate(scene.outcomes) if o.start < last.end and o.end > first.start]
    if inside:
        return inside[0]
    bracket = scene.bracket(first.start)
    if bracket is not None:
        within = [i for i in before if scene.outcomes[i].start > bracket[0]]
        return within[-1] if within else before[-1] if before else (after[0] if after else None)
    if after and scene.clause(scene.outcomes[after[0]].start) == scene.clause(last.start):
        gap = scene.gap(last.end, scene.outcomes[after[0]].start)
        free = not before or bool(owned[before[-1]]) or scene.clause(scene.outcomes[before[-1]].start) != scene.clause(first.start)
        if free and (_FOLLOWING.match(gap + " ") or len(gap) < 25 or not before):
            return after[0]
    return before[-1] if before else None


# ---------------------------------------------------------------- ratios and P values


def _attach_ratios(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Each ratio goes to the outcome before it in its clause, or to the one after "for"."""
    done = list(drafts)
    for ratio in scene.ratios:
        index = _outcome_for(scene, ratio.start, ratio.end, done)
        if index is None:
            continue
        if done[index].ratio is None:
            done[index] = replace(done[index], ratio=ratio)
        else:
            done.append(Draft(done[index].outcome, ratio=ratio))
    return done


def _outcome_for(scene: Scene, start: int, end: int, drafts: Sequence[Draft]) -> int | None:
    following = re.match(r"\s*(?:for|of|on) (?:the )?", scene.text[end : end + 12])
    places = [(i, d.outcome) for i, d in enumerate(drafts)]
    if following is not None:
        near = [i for i, o in places if 0 <= o.start - end <= 25]
        if near:
            return near[0]
    inside = [i for i, o in places if start <= o.start and o.end <= end]
    before = [i for i, o in places if o.end <= start]
    after = [i for i, o in places if o.start >= end]
    return inside[0] if inside else before[-1] if before else after[0] if after else None


def _attach_probabilities(scene: Scene, drafts: list[Draft], blocks: list[list[int]]) -> list[Draft]:
    """P values by "for X", by list order, by bracket, or to the whole list when it says all or both."""
    done = list(drafts)
    for group in _probability_groups(scene):
        for index, probability in _probability_owners(scene, group, done, blocks):
            if done[index].probability is None:
                done[index] = replace(done[index], probability=probability)
            else:
                done.append(Draft(done[index].outcome, ratio=_ratio_beside(scene, probability), probability=probability))
    return done


def _probability_groups(scene: Scene) -> list[list[Probability]]:
    groups: list[list[Probability]] = []
    for probability in scene.probabilities:
        if groups and re.fullmatch(r"\s*(?:,|,? and|;|/)\s*", scene.gap(groups[-1][-1].end, probability.start)):
            groups[-1].append(probability)
        else:
            groups.append([probability])
    return groups


def _probability_owners(scene: Scene, group: list[Probability], drafts: Sequence[Draft], blocks: list[list[int]]) -> list[tuple[int, Probability]]:
    first = group[0]
    if len(group) > 1:
        block = _block_of_size(scene, first.start, blocks, len(group))
        if block is not None:
            return list(zip(block, group, strict=True))
    index = _outcome_for(scene, first.start, first.end, drafts)
    if index is None:
        return []
    said = scene.text[max(scene.start, first.start - 12) : first.start].lower()
    clause = scene.clause(drafts[index].outcome.start)
    if re.search(r"\b(?:all|both|each)\b[ ,]*$", said):
        return [(i, first) for i, d in enumerate(drafts) if d.outcome.start < first.start and d.probability is None]
    block = next((b for b in blocks if index in b), [index])
    if len(block) > 1 and not any(drafts[i].numbers or drafts[i].ratio for i in block) and scene.clause(first.start) == clause:
        return [(i, first) for i in block]
    return [(index, first)]


def _ratio_beside(scene: Scene, probability: Probability) -> Ratio | None:
    return next((r for r in scene.ratios if 0 <= probability.start - r.end <= 6), None)


# ---------------------------------------------------------------- arms


def _nearest_arm(scene: Scene, number: Number) -> int | None:
    """The arm printed right after the number with a preposition, else the last one before it in its clause."""
    following = [m for m in scene.arms if m.start >= number.end and not any(between(scene.numbers, number.end, m.start))]
    if following and _AFTER_LINK.match(scene.gap(number.end, following[0].start) + " "):
        return following[0].number
    clause = scene.clauses[scene.clause(number.start)]
    preceding = [m for m in scene.arms if clause.start <= m.start and m.end <= number.start]
    return preceding[-1].number if preceding else None


def _votes(scene: Scene, draft: Draft, first: Number, second: Number) -> list[tuple[float, str]]:
    """Positive when ``first`` belongs to the intervention."""
    votes: list[tuple[float, str]] = []
    votes += _beside(scene, first, second)
    votes += _ordered(scene, first, second)
    votes += _subject(scene, draft, first, second)
    votes += _changed(scene, draft, first, second)
    return votes


def _sign(mention: ArmMention) -> float:
    return 1.0 if mention.number == INTERVENTION else -1.0


def _beside(scene: Scene, first: Number, second: Number) -> list[tuple[float, str]]:
    votes = []
    for number, sign in ((first, 1.0), (second, -1.0)):
        other = second if number is first else first
        for mention in scene.arms:
            if mention.start >= number.end and not any(between(scene.numbers, number.end, mention.start)):
                if _AFTER_LINK.match(scene.gap(number.end, mention.start) + " "):
                    votes.append((3.0 * sign * _sign(mention), "number beside its arm"))
                    break
        preceding = [m for m in scene.arms if m.end <= number.start and not any(between(scene.numbers, m.end, number.start))]
        if preceding and (number is first or preceding[-1].start >= other.end) and scene.clause(preceding[-1].start) == scene.clause(number.start):
            gap = scene.gap(preceding[-1].end, number.start)
            strength = 2.0 if len(preceding) == 1 or number is second else 0.0
            votes.append((strength * sign * _sign(preceding[-1]) * (1.0 if len(gap) < 60 else 0.6), "arm before its number"))
    return [vote for vote in votes if vote[0] != 0]


def _ordered(scene: Scene, first: Number, second: Number) -> list[tuple[float, str]]:
    """Two different arms named together, before or after both numbers, in the same order."""
    clause = scene.clauses[scene.clause(first.start)]
    for region in ([m for m in scene.arms if clause.start <= m.start and m.end <= first.start], [m for m in scene.arms if m.start >= second.end]):
        for a, b in zip(region, region[1:], strict=False):
            if a.number != b.number and re.search(r"^\s*(?:\(\w+\))?(?:[\w ]{0,25})(?:and|or|/|versus|vs\.?|than|compared with|,)\W", scene.gap(a.end, b.start) + " "):
                return [(4.0 * _sign(a), "arms and numbers in the same order")]
    legend = [m for m in scene.arms if m.end <= first.start]
    for a, b in zip(legend, legend[1:], strict=False):
        if a.number != b.number and scene.text[a.end : b.start].strip(" -+−") in {"/", "vs", "versus", "vs."}:
            return [(4.0 * _sign(a), "order given by a legend")]
    return []


def _subject(scene: Scene, draft: Draft, first: Number, second: Number) -> list[tuple[float, str]]:
    """The only arm named before the numbers is the subject: the first number is its own."""
    clause = scene.clauses[scene.clause(first.start)]
    before = {m.number for m in scene.arms if clause.start <= m.start and m.end <= first.start}
    if len(before) == 1 and scene.bracket(first.start) is not None:
        return [(1.5 if INTERVENTION in before else -1.5, "subject of the comparison first")]
    return []


def _changed(scene: Scene, draft: Draft, first: Number, second: Number) -> list[tuple[float, str]]:
    """ "From X to Y": the first number is the comparator or the time before."""
    if _FROM_TO.search(scene.text[max(scene.start, first.start - 30) : first.start]) and re.match(r"[^,;%]{0,40}\bto\b", scene.gap(first.end, second.start)):
        return [(-5.0, "from … to …")]
    clause = scene.clauses[scene.clause(first.start)]
    a, b = first.magnitude, second.magnitude
    arms = {m.number for m in scene.arms if clause.start <= m.start < clause.end}
    cues = [c for c in between(scene.cues, clause.start, clause.end) if c.kind in (CueKind.UP, CueKind.DOWN)]
    if a is None or b is None or a == b or len(cues) != 1 or CONTROL in arms:
        return []
    return [(1.0 if (a > b) == (cues[0].kind is CueKind.UP) else -1.0, "direction word and numbers")]
