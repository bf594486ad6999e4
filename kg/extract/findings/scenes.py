"""Sentences into scenes: every element that was found in the whole text, laid out by sentence.

Sentences of background, aims and methods keep their arms, which later sentences refer to, and nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.any_case import any_case
from kg.extract.findings.arm_book import ArmBook
from kg.extract.findings.arm_words import CONTROL, INTERVENTION, LETTERED_GROUP, OTHER_ARM
from kg.extract.findings.arms import ArmMention, find_arm_mentions
from kg.extract.findings.associations import without_factors
from kg.extract.findings.clauses import find_clauses
from kg.extract.findings.cues import Cue, find_cues
from kg.extract.findings.elements import Elements, read_elements
from kg.extract.findings.exposures import without_exposures
from kg.extract.findings.outcome_grammar import Family
from kg.extract.findings.outcomes import OutcomeMention, find_outcomes
from kg.extract.findings.scene import Number, Ratio, Scene, Timepoint, between, is_compared_with
from kg.extract.findings.subjects import find_subjects
from kg.extract.numbers.reader import Numbers
from kg.model import SectionLabel, Span, Term, Value
from kg.vocabulary import Vocabulary

#: "17% of the former and 5% of the latter", "3% with the one and 9% with the other": names by order.
_ANAPHORA = any_case(
    r"\bthe (?P<first>former|first-(?:named|mentioned))\b|\bthe (?P<second>latter|(?:second|last)-(?:named|mentioned))\b"
    r"|\b(?:with|in|after|of|under|on|for|among) (?P<one>(?:the )?one(?: (?:arm|group|cohort|source|drug|regimen|dose|product))?)"
    r"(?=[^.;]{1,60} (?:with|in|after|of|under|on|for|among) the other\b)"
)
_THE_ONE = any_case(r"\bthe (?:[\w-]+ )?$")
_LATER = any_case(r"^,? (?:on\b(?!e)|into|after|later|out\b|from|post|following|past)")
#: "71% |survived for| two years".
_SURVIVED_BEFORE = any_case(r"\b(?:survived|lived|alive)(?: on)?(?: for| beyond| past| at| more than| longer than| at least)* $")
#: Between two durations: words of contrast, or the "to" of "from … to".
_SET_AGAINST = any_case(
    r"^(?:[^;.]{0,50}? )?(?:vs\.?|versus|compared (?:with|to)|as (?:against|opposed to)|against|instead of|in place of"
    r"|rather than|than|and|to)"
    r"(?: a| the)?(?: median| mean)?(?: of)? ?$"
)
_FROM_TO = any_case(r"from (?P<first>\d+(?:\.\d+)?) to (?P<second>\d+(?:\.\d+)?)(?= (?P<unit>days?|weeks?|months?))")
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_DAYS = any_case(r"(?:(?:median )?day (?P<day>\d+)|(?P<number>\d+(?:\.\d+)?) (?P<unit>days?|weeks?|months?))(?: \((?:range|IQR)[^)]*\))?")
_RESULTS = (SectionLabel.RESULTS, SectionLabel.CONCLUSIONS)


def build_scenes(
    text: str,
    sentences: Sequence[Span],
    roles: Sequence[SectionLabel],
    *,
    numbers: Numbers,
    terms: Sequence[Term],
    book: ArmBook,
    vocabulary: Vocabulary,
) -> tuple[Scene, ...]:
    """One scene per sentence; ``roles`` has one label per sentence."""
    elements = read_elements(text, numbers, terms)
    scenes: list[Scene] = []
    is_control_first = book.is_control_first
    for sentence, role in zip(sentences, roles, strict=True):
        found = find_arm_mentions(text, sentence.start, sentence.end, book=book, terms=terms, vocabulary=vocabulary)
        arms = _with_anaphora(text, sentence, found, scenes, book)
        scene = Scene(
            text=text,
            start=sentence.start,
            end=sentence.end,
            role=role,
            clauses=find_clauses(text, sentence.start, sentence.end),
            arms=arms,
            is_comparative=book.is_comparative,
            is_control_first=is_control_first,
            roster=book.roster,
        )
        scenes.append(_furnished(scene, elements, terms, vocabulary) if role in _RESULTS else scene)
        is_control_first = _is_control_first(scenes[-1], is_control_first)
    return tuple(scenes)


def _is_control_first(scene: Scene, so_far: bool) -> bool:
    """True once a sentence that shares people out names the comparator first, until results name the intervention first."""
    named = [m for m in scene.arms if not m.is_anaphor and not is_compared_with(scene, m)]
    lettered = [m for m in named if LETTERED_GROUP.fullmatch(m.text) is not None]
    named = lettered if len({m.number for m in lettered}) == 2 else named
    if len({m.number for m in named}) < 2:
        return so_far
    has_results = bool(scene.probabilities) or any(n.kind in ("percent", "duration") for n in scene.numbers)
    return named[0].is_control and (so_far or not has_results)


def _furnished(scene: Scene, elements: Elements, terms: Sequence[Term], vocabulary: Vocabulary) -> Scene:
    """The scene with its outcomes, cues and numbers."""
    start, end = scene.start, scene.end
    named = find_outcomes(scene.text, start, end, terms=terms, vocabulary=vocabulary)
    outcomes = without_factors(scene.text, start, end, without_exposures(scene.text, start, end, named))
    cues = tuple(c for c in find_cues(scene.sentence, offset=start) if not _names_arm(c, scene.arms))
    values = tuple(
        n
        for n in between(elements.numbers, start, end)
        if not (_is_negation(n, cues) or _is_pronoun(scene.text, n) or _is_threshold(n, outcomes) or _names_arm(n, scene.arms))
    )
    numbers, times = _times_apart(scene.text, values, tuple(between(elements.times, start, end)))
    days = _durations(scene.text, outcomes, numbers, times)
    furnished = replace(
        scene,
        outcomes=tuple(o for o in outcomes if not (_is_arm(o, scene.arms) or _is_event_of(o, outcomes, elements.ratios, scene))),
        numbers=tuple(sorted((*numbers, *days), key=lambda n: n.start)),
        ratios=tuple(between(elements.ratios, start, end)),
        probabilities=tuple(between(elements.probabilities, start, end)),
        timepoints=tuple(t for t in times if all(t.end <= d.start or d.end <= t.start for d in days) and not _is_margin(scene, t)),
        cues=cues,
    )
    return replace(furnished, outcomes=tuple(sorted((*furnished.outcomes, *find_subjects(furnished)), key=lambda o: o.start)))


#: "Neutrophils engrafted two days |later with MSCs|": by how much, not when.
_MARGIN_AFTER = any_case(
    r" (?:later|earlier|sooner|longer|shorter|faster|slower)(?= (?:in|with|than|after|for|among|without|on|under)\b|\s?[.;(])"
)
_CAME = any_case(r"\b(?:engrafted|recovered|returned|reappeared|engraftment|recovery|took|needed|lasted|was|were|came)(?: \w+ly)? $")


def _is_margin(scene: Scene, time: Timepoint) -> bool:
    is_compared = _MARGIN_AFTER.match(scene.text, time.end, scene.end) is not None
    return is_compared and _CAME.search(scene.text, scene.start, time.start) is not None


def _names_arm(element: Cue | Number, arms: Sequence[ArmMention]) -> bool:
    """True for a word or number that is part of an arm's name: "the higher dose", "two units"."""
    return any(m.start <= element.start and element.end <= m.end and not m.is_anaphor for m in arms)


def _is_threshold(number: Number, outcomes: Sequence[OutcomeMention]) -> bool:
    """True for the count that is part of an outcome's name: "ANC exceeded 0.5 × 10^9/L"."""
    return any(o.family in (Family.ENGRAFTMENT, Family.TIME) and o.start <= number.start and number.end <= o.end for o in outcomes)


def _is_negation(number: Number, cues: Sequence[Cue]) -> bool:
    """True for the "no" of "no increase", which is no count of zero."""
    return number.kind == "none" and any(c.start <= number.start < c.end for c in cues)


def _is_pronoun(text: str, number: Number) -> bool:
    """True for the "one" of "the older one"."""
    return text[number.start : number.end].lower() == "one" and _THE_ONE.search(text, max(0, number.start - 20), number.start) is not None


def _times_apart(text: str, numbers: tuple[Number, ...], times: tuple[Timepoint, ...]) -> tuple[tuple[Number, ...], tuple[Timepoint, ...]]:
    """Durations that say when ("five years on") moved from the numbers to the times."""
    moved = {n: t for i, n in enumerate(numbers) if (t := _time_of(text, n, numbers[:i])) is not None}
    return tuple(n for n in numbers if n not in moved), tuple(sorted((*times, *moved.values()), key=lambda t: t.start))


def _is_event_of(outcome: OutcomeMention, outcomes: Sequence[OutcomeMention], ratios: Sequence[Ratio], scene: Scene) -> bool:
    """As in "survival was longer (hazard ratio for death, 0.83)": the event that a ratio in a bracket counts, no outcome of its own."""
    if not any(r.start <= outcome.start and outcome.end <= r.end for r in ratios):
        return False
    bracket = scene.bracket(outcome.start)
    return bracket is not None and any(o.end <= bracket[0] and not o.is_weak for o in outcomes)


def _is_arm(outcome: OutcomeMention, arms: Sequence[ArmMention]) -> bool:
    """True for the name of an arm, and for a bare cell that overlaps one."""
    return any(
        (m.start <= outcome.start and outcome.end <= m.end) or (outcome.is_weak and m.start < outcome.end and outcome.start < m.end)
        for m in arms
    )


def _with_anaphora(
    text: str, sentence: Span, arms: tuple[ArmMention, ...], scenes: Sequence[Scene], book: ArmBook
) -> tuple[ArmMention, ...]:
    """Arms that are named only by an earlier one: "the former", "the others", "their counterparts", "in its absence"."""
    found = [*arms, *_former_and_latter(text, sentence, arms, scenes, book)]
    if book.is_comparative:
        earlier = scenes[-1].arms if scenes else ()
        for match in OTHER_ARM.finditer(text, sentence.start, sentence.end):
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            before = [m for m in sorted(found, key=lambda m: m.start) if m.end <= match.start()]
            named = next(iter([*before[::-1], *(m for m in arms if m.start >= match.end()), *earlier[::-1]]), None)
            number = CONTROL if named is None or named.number == INTERVENTION else INTERVENTION
            found.append(ArmMention(match.start(), match.end(), match.group(), number, number == CONTROL, is_anaphor=True))
    return tuple(sorted(found, key=lambda m: m.start))


def _former_and_latter(text: str, sentence: Span, arms: tuple[ArmMention, ...], scenes: Sequence[Scene], book: ArmBook) -> list[ArmMention]:
    """As in "17% of the former and 5% of the latter": the two arms as last named together, else what is given first."""
    matches = list(_ANAPHORA.finditer(text, sentence.start, sentence.end))
    is_pair = book.is_comparative and any(match["second"] is None for match in matches)
    found: list[ArmMention] = []
    for match in matches:
        named = (tuple(m for m in arms if m.end <= match.start()), *(scene.arms for scene in reversed(scenes)))
        orders = (list(dict.fromkeys(m.number for m in mentions)) for mentions in named)
        order = next((order for order in orders if len(order) == 2), [INTERVENTION, CONTROL] if is_pair else [])
        if order:
            number = order[1] if match["second"] else order[0]
            start, end = match.span("one") if match["one"] else match.span()
            found.append(ArmMention(start, end, text[start:end], number, number == CONTROL, is_anaphor=match["one"] is None))
    return found


def _time_of(text: str, number: Number, earlier: Sequence[Number]) -> Timepoint | None:
    """As in "thirty-six months into the study", "71% survived for two years": a duration that says when, not how much."""
    unit = (number.value.unit or "").rstrip("s")
    if number.kind != "duration" or unit not in _UNITS or number.value.value is None:
        return None
    survived = _SURVIVED_BEFORE.search(text, max(0, number.start - 40), number.start)
    is_reach = survived is not None and any(n.kind != "duration" and 0 <= survived.start() - n.end < 40 for n in earlier)
    if _LATER.match(text[number.end : number.end + 14]) is None and not is_reach:
        return None
    amount = number.value.value
    return Timepoint(number.start, number.end, f"P{int(amount) if amount == int(amount) else amount}{_UNITS[unit]}")


#: "Engrafted later than controls |(day 19 vs day 12)|".
_OPENS_CONTRAST = any_case(
    r"\((?:median )?day \d+(?:\.\d+)?(?: \([^()]*\))? (?:vs\.?|versus|v|compared with|as against|against|rather than|instead of) "
    r"(?:median )?(?:day )?\d"
)
_BY = any_case(r"\b(?:by|at|on) $")
_SHARES = frozenset({"percent", "fraction", "count"})


def _durations(text: str, outcomes: Sequence[OutcomeMention], numbers: Sequence[Number], times: Sequence[Timepoint]) -> list[Number]:
    """As in "Platelet engraftment after 17 days": there the time is the result, not when it was measured."""
    found: list[Number] = []
    for time in times:
        owner = next((o for o in reversed(outcomes) if o.end <= time.start and not o.is_weak), None)
        if owner is None or owner.family not in (Family.ENGRAFTMENT, Family.TIME):
            continue
        changed = _FROM_TO.match(text, time.start - 5, time.end) if time.start - owner.end <= 40 else None
        match = _DAYS.search(text, time.start, time.end + 40)
        if changed is not None:
            unit = changed["unit"].rstrip("s") + "s"
            found.extend(_duration(changed.span(name), changed[name], unit, text) for name in ("first", "second"))
        elif match is not None and _is_result_time(text, owner, time, match, [*numbers, *found]):
            found.append(_duration(match.span(), match["number"] or match["day"], (match["unit"] or "day").rstrip("s") + "s", text))
    return found


def _duration(span: tuple[int, int], amount: str, unit: str, text: str) -> Number:
    return Number(*span, Value(value=float(amount), unit=unit, text=text[slice(*span)], start=span[0], end=span[1]), "duration")


def _is_result_time(text: str, owner: OutcomeMention, time: Timepoint, match: re.Match[str], numbers: Sequence[Number]) -> bool:
    """Close behind its outcome with no other number between, or set against a duration that is a result."""
    if any(n.start < match.end() and match.start() < n.end for n in numbers):
        return False
    if _is_second(text, time, numbers) or _OPENS_CONTRAST.match(text, time.start - 1) is not None:
        return True
    if _BY.search(text[: time.start][-4:]) is not None and any(0 <= n.start - match.end() <= 40 and n.kind in _SHARES for n in numbers):
        return False  # "recovery by day 100 was 74%": the share is the result
    return time.start - owner.end <= 30 and not any(owner.end <= n.start < time.start for n in numbers)


def _is_second(text: str, time: Timepoint, numbers: Sequence[Number]) -> bool:
    """As in "16 days with MSCs |instead of 21 days", "from 21 |to 16 days": set against a duration right before it."""
    before = [n for n in numbers if n.end <= time.start]
    return bool(before) and before[-1].kind in ("duration", "number") and _SET_AGAINST.search(text[before[-1].end : time.start]) is not None
