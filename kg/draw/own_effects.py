"""A small forest: the effects that one paper prints, outcome under outcome, on one axis. Nothing is worked out. Pure."""

import textwrap
from collections.abc import Iterable, Sequence
from html import escape

from kg.draw import svg
from kg.draw.forest import RATIOS
from kg.draw.scale import Scale
from kg.model import Claim, Measure
from kg.page import tag
from kg.wording import duration_words, effect_words

_NAME, _PLOT, _TEXT = 4.0, 190.0, 412.0
_PLOT_WIDTH, _WIDTH, _ROW, _TOP = 200.0, 610.0, 38.0, 10.0


def draw_own_effects(claims: Iterable[Claim], *, kinds: frozenset[Measure] = RATIOS, is_alone: bool = True) -> str:
    """The effects of these kinds as SVG; empty where there is none."""
    shown = [claim for claim in claims if claim.effect is not None and claim.effect.measure in kinds]
    if not shown:
        return ""
    scale = Scale.of(shown, is_log=kinds == RATIOS, left=_PLOT, width=_PLOT_WIDTH)
    bottom = _TOP + _ROW * len(shown) + 6
    parts = [_row(claim, _TOP + _ROW * place, scale) for place, claim in enumerate(shown)]
    parts += scale.axis(_TOP, bottom, ("lower", "higher"))
    return svg.picture("".join(parts), width=_WIDTH, height=bottom + 50, name=_name(shown), is_alone=is_alone)


def _row(claim: Claim, top: float, scale: Scale) -> str:
    middle = top + _ROW / 2
    about = ", ".join(part for part in ("" if claim.timepoint is None else duration_words(claim.timepoint), claim.population or "") if part)
    parts = [
        svg.words(textwrap.shorten(claim.outcome_label, 28, placeholder="…"), _NAME, middle - 2 if about else middle + 4),
        svg.words(textwrap.shorten(about, 32, placeholder="…"), _NAME, middle + 13, klass="soft"),
        svg.words("" if claim.effect is None else effect_words(claim.effect), _TEXT, middle + 4),
        scale.mark(claim, middle),
    ]
    return tag("g", tag("title", escape(claim.sentence)) + "".join(parts))


def _name(shown: Sequence[Claim]) -> str:
    return f"Printed effects of this paper, {len(shown)} {'row' if len(shown) == 1 else 'rows'}"
