"""Three arms and more: each against the one that is the control.

In: a scene and an outcome with as many numbers as the sentence names arms. Out: one draft per arm that is not the control, its
numbers bound. As in "61%, 58% and 57% with MSD, MUD and haplo donors", "50.6% with A, 48.1% with B and 41.0% with C". Which one is
the control is told by the paper's control, by a control word or by what the field takes as reference; if by nothing, no draft is made.
"""

import re
from collections.abc import Sequence

from kg.extract.any_case import any_case
from kg.extract.findings.arm_order import is_reference
from kg.extract.findings.arm_words import CONTROL, CONTROL_GROUP, CONTROL_LIKE, INTERVENTION
from kg.extract.findings.draft import Draft
from kg.extract.findings.outcomes import OutcomeMention
from kg.extract.findings.scene import Number, Scene
from kg.model import Span

_PREPOSITION = r"(?:in|with|after|for|of|under|on|among|following|by|receiving|given)"
_WHO = r"(?:(?:patients|recipients|those|mice|animals) (?:receiving|given|treated with|with|on|who (?:received|had)) |an? |the )*"
_ITEM = r"[^,;:.()%]{1,40}?"
_NOUN = r"(?: (?:groups?|arms?|cohorts?|patients|recipients|donors?|grafts?|mice|transplants?|transplantation|conditioning))?"
_OWN = any_case(rf"(?: \([^()]*\))? {_PREPOSITION} {_WHO}(?P<name>{_ITEM}){_NOUN}(?=,| and |;|\.|$| \()")
#: "lowest |with siblings, |13%".
_AHEAD = any_case(rf"\b{_PREPOSITION} {_WHO}(?P<name>{_ITEM}){_NOUN},? (?:it was |at |by |in )?\(?$")
_LIST = any_case(
    rf"(?: \([^()]*\))?,? (?:respectively,? )?{_PREPOSITION} {_WHO}(?P<names>{_ITEM}(?:, {_ITEM}){{1,4}}(?:,? and |,? or ){_ITEM}){_NOUN}"
    r"(?=,? respectively|[.;(]| \(|,|$)"
)
_SPLIT = re.compile(r",? (?:and|or) |, ")


def against_control(scene: Scene, outcome: OutcomeMention, numbers: Sequence[Number]) -> list[Draft]:
    """Drafts for three numbers or more of one outcome; empty where their arms or the control are not told."""
    arms = _arms(scene, numbers)
    if not arms or len({n.value.unit for n in numbers}) > 1:
        return []
    control = _control([name for name, _ in arms], [number for _, number in arms])
    if control is None:
        return []
    return [
        Draft(
            outcome,
            ((number, INTERVENTION), (numbers[control], CONTROL)),
            rules=("arms: number beside its arm",),
            margin=1.0,
            arm=None if arm == INTERVENTION else name,
        )
        for place, (number, (name, arm)) in enumerate(zip(numbers, arms, strict=True))
        if place != control
    ]


def _arms(scene: Scene, numbers: Sequence[Number]) -> list[tuple[str, int | None]]:
    """Name and known number of the arm of each value; where the sentence names none, in the order that the paper lists them."""
    spans = _names(scene, numbers)
    if spans is not None:
        return [(scene.text[span.start : span.end], _known(scene, span)) for span in spans]
    listed = scene.roster if len(scene.roster) == len(numbers) and not scene.arms else ()
    return [(name, CONTROL if CONTROL_GROUP.search(name) is not None else None) for name in listed]


def _names(scene: Scene, numbers: Sequence[Number]) -> list[Span] | None:
    """Where the arm of each number is named: each right behind its number, or all in a list behind the last."""
    ends = [number.start for number in numbers[1:]] + [scene.end]
    starts = [scene.start] + [number.end for number in numbers[:-1]]
    own = [
        _OWN.match(scene.text, number.end, end) or _AHEAD.search(scene.text, start, number.start)
        for start, number, end in zip(starts, numbers, ends, strict=True)
    ]
    spans = [Span(start=match.start("name"), end=match.end("name")) for match in own if match is not None]
    if len(spans) == len(numbers):
        return spans
    listed = _LIST.match(scene.text, numbers[-1].end, scene.end)
    if listed is None:
        return None
    start, names = listed.start("names"), listed["names"]
    edges = [0, *(edge for cut in _SPLIT.finditer(names) for edge in cut.span()), len(names)]
    spans = [Span(start=start + a, end=start + b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return spans if len(spans) == len(numbers) else None


def _known(scene: Scene, span: Span) -> int | None:
    return next((m.number for m in scene.arms if m.start < span.end and span.start < m.end), None)


def _control(names: Sequence[str], known: Sequence[int | None]) -> int | None:
    """The place of the only control; one dose of several is none where an arm without a dose stands beside them."""
    doses = [name[:1].isdigit() for name in names]
    for places in (
        [i for i, arm in enumerate(known) if arm == CONTROL and (not doses[i] or all(doses))],
        [i for i, name in enumerate(names) if CONTROL_LIKE.search(name) is not None],
        [i for i, name in enumerate(names) if is_reference(name)],
    ):
        if len(places) == 1:
            return places[0]
    return None
