"""Findings that say again what another one says: of the same sentence, or of the same paper.

In: findings in order of their sentences. Out: those that tell something of their own. A claim in words beside its own figures ("Blood
grafts engrafted sooner: neutrophils passed 0.5 × 10^9/L after 16 days instead of 21") and a share told both ways ("32/54 had
responded, a rate of 59.3%") are one result.
"""

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.findings.scene import Scene
from kg.model import Direction, Finding, Value

#: Per cent by which a share worked out from counts may miss the printed one, which is rounded.
_ROUNDING = 0.6
#: Outcomes of which one tells the other.
_KINDRED = (
    frozenset({"engraftment", "recovery"}),
    frozenset({"mortality"}),
    frozenset({"response"}),
    frozenset({"relapse"}),
)


def without_restated(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """Findings of one sentence without those that another of the sentence gives in full; what is said of significance stays."""
    return [_with_word(scene, f, found) for f in found if not any(_is_given_by(scene, f, other) for other in found if other is not f)]


def _with_word(scene: Scene, finding: Finding, found: Sequence[Finding]) -> Finding:
    """With the significance that only the words of its claim tell: "not significantly lower, |above all X| (16% vs 26%)"."""
    if finding.significant is not None or finding.values.intervention is None:
        return finding
    told = (claim.significant for claim in found if claim.outcome.label == finding.outcome.label and _is_given_by(scene, claim, finding))
    return finding.model_copy(update={"significant": next(told, None)})


def without_repeats(found: Iterable[Finding]) -> Iterator[Finding]:
    """Without a later finding that has outcome, direction and numbers of an earlier one in the same sentence."""
    seen: set[tuple[object, ...]] = set()
    for finding in found:
        key = (
            finding.outcome.label,
            finding.direction,
            finding.values,
            finding.effect,
            finding.p,
            finding.timepoint,
            finding.population,
            finding.evidence,
        )
        if key not in seen:
            seen.add(key)
            yield finding


def _is_given_by(scene: Scene, finding: Finding, other: Finding) -> bool:
    """True where ``other`` tells the same with figures, or the same figure more fully."""
    if _is_bare(other):
        return False
    if not _is_bare(finding):
        return finding.outcome.label == other.outcome.label and _is_same_share(finding.values.intervention, other.values.intervention)
    if _differ(finding.timepoint, other.timepoint) or _differ(finding.population, other.population):
        return False
    if finding.outcome.label == other.outcome.label:
        bracket = scene.bracket(other.outcome.start)  # "|survival| was better with A (|survival|: HR 1.3 with B)"
        return _agree(finding.direction, other.direction) or (bracket is not None and finding.outcome.end <= bracket[0])
    is_announced = finding.outcome.end < other.outcome.start and ": " in scene.text[finding.outcome.end : other.outcome.start]
    return is_announced and _are_kindred(finding.outcome.label, other.outcome.label)


def _is_bare(finding: Finding) -> bool:
    return finding.effect is None and finding.p is None and finding.values.intervention is None and finding.values.comparator is None


def _is_same_share(counted: Value | None, share: Value | None) -> bool:
    """True for a count of a total, and the per cent that it makes."""
    if counted is None or share is None or counted.value is not None or share.value is None or share.unit != "%":
        return False
    if counted.count is None or not counted.total:
        return False
    return abs(100 * counted.count / counted.total - share.value) <= _ROUNDING


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _agree(one: Direction, other: Direction) -> bool:
    return one is other or Direction.UNCLEAR in (one, other)


def _are_kindred(one: str, other: str) -> bool:
    return any(any(word in one for word in words) and any(word in other for word in words) for words in _KINDRED)
