"""One sentence with everything that was recognised in it: what binding and direction work on.

All offsets count code points of the whole text, so that nothing has to be shifted when a finding is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kg.extract.any_case import any_case
from kg.extract.findings.arm_words import VERSUS
from kg.extract.findings.arms import ArmMention
from kg.extract.findings.clauses import bracket_of, clause_of
from kg.extract.findings.cues import Cue
from kg.extract.findings.outcomes import OutcomeMention
from kg.model import Effect, PValue, SectionLabel, Span, Value


@dataclass(frozen=True, slots=True)
class Number:
    """A printed arm value; ``kind`` is percent, count, fraction, duration, quantity, word or not_reached."""

    start: int
    end: int
    value: Value
    kind: str

    @property
    def magnitude(self) -> float | None:
        """The value to compare by: the number, else count over total, else the count."""
        if self.value.value is not None:
            return self.value.value
        if self.value.count is None:
            return None
        if self.value.total:
            return 100 * self.value.count / self.value.total
        return float(self.value.count)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A printed effect estimate with its span, interval included."""

    start: int
    end: int
    effect: Effect
    #: Its place among estimates that share one name, from 0, and how many share it.
    position: int = 0
    size: int = 1


@dataclass(frozen=True, slots=True)
class Probability:
    """A printed P value with its span."""

    start: int
    end: int
    p: PValue


@dataclass(frozen=True, slots=True)
class Timepoint:
    """A printed time with its span; ISO 8601 duration."""

    start: int
    end: int
    duration: str


@dataclass(frozen=True)
class Scene:
    """A sentence and its elements, each tuple in order of place."""

    text: str
    start: int
    end: int
    role: SectionLabel
    clauses: tuple[Span, ...]
    outcomes: tuple[OutcomeMention, ...] = ()
    arms: tuple[ArmMention, ...] = ()
    numbers: tuple[Number, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    probabilities: tuple[Probability, ...] = ()
    timepoints: tuple[Timepoint, ...] = ()
    cues: tuple[Cue, ...] = ()
    #: True when the paper compares arms.
    is_comparative: bool = False
    #: True when the text so far names the comparator before the intervention where it names both.
    is_control_first: bool = False
    #: Names of three arms or more in the paper's order, if it lists so many.
    roster: tuple[str, ...] = ()
    #: Bracket around each element start, cached by offset.
    _brackets: dict[int, tuple[int, int] | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    #: What was worked out of the scene before, by what was asked: several rules ask the same.
    known: dict[tuple[object, ...], Cue | None] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def sentence(self) -> str:
        """The sentence's words."""
        return self.text[self.start : self.end]

    def clause(self, position: int) -> int:
        """Index of the clause that holds a position."""
        return clause_of(self.clauses, position)

    def bracket(self, position: int) -> tuple[int, int] | None:
        """The innermost bracket around a position."""
        if position not in self._brackets:
            self._brackets[position] = bracket_of(self.text, self.start, position)
        return self._brackets[position]

    def gap(self, left: int, right: int) -> str:
        """The words between two offsets; empty when they touch or cross."""
        return self.text[left:right] if left < right else ""


_AFTER_LINK = any_case(
    r"^(?:, respectively,)?(?!,? (?:and|but|yet|whereas|while|whilst|as) )[^.;%]{0,12}?(?: children| mice| animals"
    r"| recipients)?\b(?:of|in|with|for|among|after|under"
    r"|on|receiving|given|randomi[sz]ed to|assigned to|allocated to"
    r"|by|where|when|without|patients|expected)\b[^;%]{0,60}$",
)
_COMPARED_WITH = any_case(
    r"\b(?:than|(?<=[a-z] )as|(?:as )?compared (?:with|to)|in comparison (?:with|to)|relative to|versus|vs\.?|unlike|(?:set |as )?against"
    r"|over|beyond|in contrast (?:to|with)|as opposed to|(?:exceed|surpass|outdo|outnumber|outliv|outlast|outperform|outstripp|match|equal"
    r"|resembl)(?:s|ed|es|ing|e)?|outdid|beat)"
    r"(?: (?:in|with|for|among|of|after|under|on|the|an?|those|that|patients|recipients|mice|animals|children|given|receiving|treated|who"
    r"|had|\w+ed))* ?$"
)
#: "18%|, with |haplo| |44%", "31% of cases|, |controls| in |16%": a phrase of its own with a number of its own.
_WHO = (
    r"(?:(?:the|all|those|patients|recipients|children|adults|mice|animals|given|receiving|treated|on|with|of|an?|who|had|received)(?= ) )*"
)
_NEW_PHRASE = any_case(rf"[^;.()]{{0,30}}, (?:and )?(?:(?:that |those )?(?:of|in|with|for|among|after|under|on|by) )?{_WHO}")
_OWN_NUMBER = any_case(r"(?: (?:recipients|patients|children|mice|animals|group|arm|cohort))?,? (?:it was |in |at |only )?")
_LED_IN = any_case(r"(?: (?:recipients|patients|children|mice|animals|group|arm|cohort))?,? ")
_LEADS_IN = any_case(
    rf"(?:^|[.;,] |\b(?:and|but|while|whereas) )(?:of|among|in|with|for|after|under) (?:\d+ )?{_WHO}(?:\d+ )?$|[(;:] ?{_WHO}$"
)
Located = TypeVar("Located", OutcomeMention, ArmMention, Number, Cue, Ratio, Probability, Timepoint)


def between(items: Sequence[Located], start: int, end: int) -> Iterator[Located]:
    """Elements that lie wholly inside a range."""
    return (item for item in items if start <= item.start and item.end <= end)


def follows_as_arm(scene: Scene, end: int, mention: ArmMention) -> bool:
    """True when an arm is named right after a number that ends at ``end``: "61% with MSCs"."""
    nothing_between = not any(between(scene.numbers, end, mention.start))
    gap = scene.gap(end, mention.start)
    if (_NEW_PHRASE.fullmatch(gap) is not None or VERSUS.search(gap) is not None) and _heads_number(scene, mention):
        return False
    return mention.start >= end and nothing_between and (gap.strip() in ("", "(") or _AFTER_LINK.match(gap + " ") is not None)


def _heads_number(scene: Scene, mention: ArmMention) -> bool:
    """True when nothing but a preposition stands between an arm and the next number, and no further arm follows that number."""
    following = next((n for n in scene.numbers if n.start >= mention.end), None)
    if following is None or _OWN_NUMBER.fullmatch(scene.gap(mention.end, following.start)) is None:
        return False
    return not any(m.start >= following.end and m.number != mention.number for m in scene.arms)


def is_right_before(scene: Scene, mention: ArmMention, position: int) -> bool:
    """As in "of controls 14% relapsed", "among controls, 14%": a prepositional phrase with nothing but a comma before the number."""
    leads_in = _LEADS_IN.search(scene.text[max(scene.start, mention.start - 40) : mention.start]) is not None
    return leads_in and _LED_IN.fullmatch(scene.gap(mention.end, position)) is not None


def is_compared_with(scene: Scene, mention: ArmMention) -> bool:
    """As in "higher than in |controls|", "compared with |controls|, …", "surpassed that of |controls|": a yardstick, no subject."""
    return _COMPARED_WITH.search(scene.text[max(scene.start, mention.start - 60) : mention.start]) is not None


def arm_beside(scene: Scene, number: Number) -> int | None:
    """The arm printed right after the number with a preposition, else the last one before it in its clause."""
    inside = next((m for m in scene.arms if number.start <= m.start and m.end <= number.end), None)
    if inside is not None:
        return inside.number
    right_before = next((m for m in scene.arms if m.end <= number.start and is_right_before(scene, m, number.start)), None)
    if right_before is not None:
        return right_before.number
    following = [m for m in scene.arms if m.start >= number.end]
    if following and follows_as_arm(scene, number.end, following[0]):
        return following[0].number
    clause = scene.clauses[scene.clause(number.start)]
    preceding = [m for m in scene.arms if clause.start <= m.start and m.end <= number.start]
    return preceding[-1].number if preceding else None
