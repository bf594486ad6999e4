"""The forest: printed effects of one outcome, study under study, on one axis. Nothing is pooled and nothing is worked out. Pure."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import log, sqrt

from kg.draw import svg
from kg.model import Claim, Favours, Measure
from kg.page import tag
from kg.wording import against, claim_values, duration_words, effect_words

#: Ratios stand on a logarithmic axis around 1, differences on a plain one around 0; the two never share an axis.
RATIOS = frozenset({Measure.HR, Measure.RR, Measure.OR})
DIFFERENCES = frozenset({Measure.MD, Measure.SMD, Measure.RD})
_STUDY, _ARMS, _PLOT, _TEXT = 10.0, 250.0, 560.0, 860.0
_PLOT_WIDTH, _WIDTH, _ROW, _TOP = 270.0, 1060.0, 40.0, 46.0
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_MIN_SIDE, _MAX_SIDE = 7.0, 15.0


@dataclass(frozen=True)
class Row:
    """One study's printed effect, or its arms' numbers where it prints none."""

    claim: Claim
    #: What the paper is called.
    name: str


def find_rows(claims: Iterable[Claim], names: dict[str, str], *, kinds: frozenset[Measure] = RATIOS) -> tuple[Row, ...]:
    """Effects of these kinds first, by year and name; then comparisons that print none, which have no mark."""
    rows = [
        Row(claim, names.get(claim.paper, claim.paper))
        for claim in claims
        if claim.comparator is not None and (claim.effect is None or claim.effect.measure in kinds)
    ]
    return tuple(sorted(rows, key=lambda row: (row.claim.effect is None, row.claim.year or 0, row.name, row.claim.finding)))


def draw_forest(rows: Sequence[Row], *, outcome: str, kinds: frozenset[Measure] = RATIOS, is_alone: bool = True, link: bool = False) -> str:
    """The forest as SVG. With ``link``, each study's name leads to its page."""
    scale = _Scale.of([row.claim for row in rows], is_log=kinds == RATIOS)
    bottom = _TOP + _ROW * len(rows) + 10
    heads = (("Study", _STUDY), ("Arms and their numbers", _ARMS), ("Effect as printed", _TEXT))
    parts = [svg.words(text, x, 24, klass="head") for text, x in heads]
    parts += [_row(row, _TOP + _ROW * place, scale, link=link) for place, row in enumerate(rows)]
    parts += scale.axis(bottom, _favoured(rows))
    name = f"Forest of printed effects: {outcome}, {len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    return svg.picture("".join(parts), width=_WIDTH, height=bottom + 56, name=name, is_alone=is_alone)


def _row(row: Row, top: float, scale: "_Scale", *, link: bool) -> str:
    claim, middle = row.claim, top + _ROW / 2
    name = svg.words(textwrap.shorten(row.name, 34, placeholder="…"), _STUDY, middle - 2)
    about = ", ".join(part for part in _about(claim) if part)
    printed = "none printed" if claim.effect is None else effect_words(claim.effect)
    parts = [
        svg.line(0, top, _WIDTH, top, klass="rule"),
        tag("a", name, href=f"/paper/{claim.paper}") if link else name,
        svg.words(textwrap.shorten(about, 40, placeholder="…"), _STUDY, middle + 14, klass="soft"),
        svg.words(textwrap.shorten(against(claim.intervention, claim.comparator), 46, placeholder="…"), _ARMS, middle - 2),
        svg.words(textwrap.shorten(claim_values(claim), 48, placeholder="…"), _ARMS, middle + 14, klass="soft"),
        svg.words(printed, _TEXT, middle + 4, klass="soft" if claim.effect is None else ""),
        scale.mark(claim, middle),
    ]
    return tag("g", tag("title", escape(claim.sentence)) + "".join(parts))


def _about(claim: Claim) -> tuple[str, ...]:
    return (
        f"n = {claim.n}" if claim.n is not None else "",
        f"at {duration_words(claim.timepoint)}" if claim.timepoint is not None else "",
        claim.population or "",
        "RETRACTED" if claim.is_retracted else "",
    )


def _favoured(rows: Sequence[Row]) -> tuple[str, str]:
    """What stands left and right of no effect; whom that favours where all rows agree."""
    lower = {row.claim.favours for row in rows if row.claim.direction == "decreased"} - {None, Favours.NEITHER}
    higher = {row.claim.favours for row in rows if row.claim.direction == "increased"} - {None, Favours.NEITHER}
    if lower == {Favours.INTERVENTION} or higher == {Favours.COMPARATOR}:
        return "favours intervention", "favours comparator"
    if lower == {Favours.COMPARATOR} or higher == {Favours.INTERVENTION}:
        return "favours comparator", "favours intervention"
    return "lower with intervention", "higher with intervention"


@dataclass(frozen=True)
class _Scale:
    """Where an effect stands on the axis."""

    low: float
    high: float
    is_log: bool
    most: int

    @classmethod
    def of(cls, claims: Sequence[Claim], *, is_log: bool) -> "_Scale":
        """The axis that has room for all of them and for no effect."""
        effects = [claim.effect for claim in claims if claim.effect is not None]
        ends = [end for effect in effects for end in (effect.value, effect.ci_low, effect.ci_high) if end is not None]
        most = max((claim.n or 0 for claim in claims), default=0)
        if is_log:
            # A limit of 0 has no place on a logarithmic axis; its whisker ends at the edge.
            ends = [min(max(end, _TICKS[0]), _TICKS[-1]) for end in ends] or [1.0]
            low = max((tick for tick in _TICKS if tick <= min(*ends, 0.5)), default=_TICKS[0])
            high = min((tick for tick in _TICKS if tick >= max(*ends, 2.0)), default=_TICKS[-1])
            return cls(log(low), log(high), True, most)
        reach = max([abs(end) for end in ends] or [1.0]) * 1.1 or 1.0
        return cls(-reach, reach, False, most)

    def x(self, value: float) -> float:
        """The place of a value, at the edge where it lies beyond."""
        at = log(max(value, _TICKS[0])) if self.is_log else value
        return _PLOT + _PLOT_WIDTH * (min(max(at, self.low), self.high) - self.low) / (self.high - self.low)

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

    def axis(self, y: float, sides: tuple[str, str]) -> list[str]:
        """Line of no effect, ticks, and what either side means."""
        none = self.x(1.0 if self.is_log else 0.0)
        parts = [svg.line(none, _TOP - 6, none, y, klass="axis"), svg.line(_PLOT, y, _PLOT + _PLOT_WIDTH, y, klass="axis")]
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
