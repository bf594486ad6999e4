"""When an outcome was read."""

import re
from collections.abc import Iterator, Sequence

from kg.extract.findings.draft import Draft
from kg.extract.findings.scene import Number, Scene, Timepoint, between
from kg.model import Finding, FindingKind

#: As in "four-year overall |and |progression-free survival": the time is that of both.
_JOINED = re.compile(r"(?: and| or|,(?: and)?|/) ?(?:of )?")
#: What stands between a time and the number it heads: "at 1 year |43%".
_HEADS_NUMBER = re.compile(r" (?:\(|it was |was |were |they were )?")


def find_timepoint(scene: Scene, draft: Draft) -> str | None:
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
    first = min((o.start for o in scene.outcomes), default=scene.end)
    opening = [t for t in scene.timepoints if t.end <= scene.clauses[0].end and t.start < first and _can_time(scene, t, draft)]
    return opening[0].duration if opening and opening[0].start - scene.start < 30 else None


def _can_time(scene: Scene, time: Timepoint, draft: Draft) -> bool:
    """False for the time that is part of another outcome ("one-year survival") or of another part of the bracket."""
    heads = [o for o in scene.outcomes if o.start != draft.outcome.start and scene.gap(time.end, o.start) in (" ", "-")]
    if any(not _is_listed(scene, o.end, draft.outcome.start) for o in heads):
        return False
    own = max([draft.outcome.end, *(n.end for n, _ in draft.numbers)])
    if time.start > own and any(own <= o.start and not o.is_weak for o in between(scene.outcomes, own, time.start)):
        following = next((n.start for n in scene.numbers if n.start >= time.end), scene.end)
        if draft.numbers and _HEADS_NUMBER.fullmatch(scene.gap(time.end, following)):
            return False  # the time of the next outcome
    bracket = scene.bracket(draft.at)
    inside = bracket is not None and bracket[0] < time.start < bracket[1]
    low, high = sorted((draft.at, time.start))
    return not (inside and ";" in scene.text[low:high])


def _is_listed(scene: Scene, start: int, end: int) -> bool:
    """True where nothing but other outcomes and what joins them stands between two members of a list."""
    edges = [start, *(edge for o in between(scene.outcomes, start, end) for edge in (o.start, o.end)), end]
    return all(_JOINED.fullmatch(scene.gap(a, b)) is not None for a, b in zip(edges[::2], edges[1::2], strict=True))


def _time_behind(scene: Scene, draft: Draft, number: Number) -> str | None:
    """As in "59% at 6 and 41% at 12 months": the time printed before the next number, its unit perhaps only with the last one."""
    following = next((n.start for n in scene.numbers if n.start >= number.end), scene.end)
    bare = re.match(r"(?: \([^)]*\))? at (\d+) (?:and|or|to) ", scene.text[number.end : following])
    later = next((t for t in scene.timepoints if t.start >= number.end), None)
    if bare is not None and later is not None:
        return re.sub(r"\d+(?:\.\d+)?", bare[1], later.duration)
    if later is not None and _HEADS_NUMBER.fullmatch(scene.gap(later.end, following)):
        return None
    gap = scene.gap(number.end, later.start) if later is not None else ""
    near = later is not None and later.end <= following and len(gap) < 25 and not re.search(r"[(;]|, and\b", gap)
    if later is not None and near and _can_time(scene, later, draft):
        return later.duration
    return None


def with_listed_times(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """As in "Survival at 3 and 6 months was 88% and 83%": as many times as values of one outcome go in order."""
    singles = [f for f in found if f.kind is FindingKind.SINGLE_ARM and f.values.intervention is not None]
    times = [t.duration for t in scene.timepoints]
    if len(found) == len(singles) == len(times) > 1 and len({f.outcome.start for f in singles}) == 1:
        yield from (f.model_copy(update={"timepoint": time}) for f, time in zip(singles, times, strict=True))
    else:
        yield from found
