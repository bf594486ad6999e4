"""The axis of a forest: where an effect stands on it, its mark, its ticks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

from kg.draw import svg
from kg.model import Claim

_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_MIN_SIDE, _MAX_SIDE = 7.0, 15.0


@dataclass(frozen=True)
class Scale:
    """Where an effect stands on the axis."""

    low: float
    high: float
    is_log: bool
    #: Participants of the largest study.
    most: int
    #: Where the axis begins and how long it is, in points.
    left: float
    width: float

    @classmethod
    def of(cls, claims: Sequence[Claim], *, is_log: bool, left: float, width: float) -> "Scale":
        """The axis that has room for all of them and for no effect."""
        effects = [claim.effect for claim in claims if claim.effect is not None]
        ends = [end for effect in effects for end in (effect.value, effect.ci_low, effect.ci_high) if end is not None]
        most = max((claim.n or 0 for claim in claims), default=0)
        if is_log:
            # A limit of 0 has no place on a logarithmic axis; its whisker ends at the edge.
            ends = [min(max(end, _TICKS[0]), _TICKS[-1]) for end in ends] or [1.0]
            low = max((tick for tick in _TICKS if tick <= min(*ends, 0.5)), default=_TICKS[0])
            high = min((tick for tick in _TICKS if tick >= max(*ends, 2.0)), default=_TICKS[-1])
            return cls(log(low), log(high), True, most, left, width)
        reach = max([abs(end) for end in ends] or [1.0]) * 1.1 or 1.0
        return cls(-reach, reach, False, most, left, width)

    def x(self, value: float) -> float:
        """The place of a value, at the edge where it lies beyond."""
        at = log(max(value, _TICKS[0])) if self.is_log else value
        return self.left + self.width * (min(max(at, self.low), self.high) - self.low) / (self.high - self.low)

    def mark(self, claim: Claim, y: float) -> str:
        """Box and whiskers; the box grows with the number of participants, for the eye alone."""
        effect = claim.effect
        if effect is None:
            return ""
        share = sqrt((claim.n or 0) / self.most) if self.most else 0.0
        drawn = svg.box(self.x(effect.value), y, _MIN_SIDE + (_MAX_SIDE - _MIN_SIDE) * share)
        if effect.ci_low is None or effect.ci_high is None:
            return drawn
        return svg.line(self.x(effect.ci_low), y, self.x(effect.ci_high), y, klass="whisker") + drawn

    def axis(self, top: float, y: float, sides: tuple[str, str]) -> list[str]:
        """Line of no effect from ``top`` down to the axis at ``y``, ticks, and what either side means."""
        none = self.x(1.0 if self.is_log else 0.0)
        parts = [svg.line(none, top, none, y, klass="axis"), svg.line(self.left, y, self.left + self.width, y, klass="axis")]
        for tick in self._ticks():
            parts += [
                svg.line(self.x(tick), y, self.x(tick), y + 5, klass="axis"),
                svg.words(f"{tick:g}", self.x(tick), y + 19, anchor="middle"),
            ]
        left, right = sides
        parts.append(svg.words(f"← {left}", none - 10, y + 40, klass="soft", anchor="end"))
        parts.append(svg.words(f"{right} →", none + 10, y + 40, klass="soft"))
        return parts

    def _ticks(self) -> list[float]:
        if self.is_log:
            return [tick for tick in _TICKS if self.low - 1e-9 <= log(tick) <= self.high + 1e-9]
        return [round(self.high * part, 2) for part in (-0.9, -0.45, 0.0, 0.45, 0.9)]
