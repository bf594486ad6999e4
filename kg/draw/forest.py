"""The forest: printed effects of one outcome, study under study, on one axis. Nothing is pooled and nothing is worked out. Pure."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kg.draw import svg
from kg.draw.scale import Scale
from kg.model import Claim, Favours, Measure
from kg.page import tag
from kg.wording import against, claim_values, duration_words, effect_words

#: Ratios stand on a logarithmic axis around 1, differences on a plain one around 0; the two never share an axis.
RATIOS = frozenset({Measure.HR, Measure.RR, Measure.OR})
DIFFERENCES = frozenset({Measure.MD, Measure.SMD, Measure.RD})
_STUDY, _ARMS, _PLOT, _TEXT = 10.0, 250.0, 560.0, 860.0
_PLOT_WIDTH, _WIDTH, _ROW, _TOP = 270.0, 1060.0, 40.0, 46.0


@dataclass(frozen=True)
class Row:
    """One study's printed effect, or its arms' numbers where it prints none."""

    claim: Claim
    #: What the paper is called.
    name: str


def find_rows(claims: Iterable[Claim], names: Mapping[str, str], *, kinds: frozenset[Measure] = RATIOS) -> tuple[Row, ...]:
    """Effects of these kinds first, by year and name; then comparisons that print none, which have no mark."""
    rows = [
        Row(claim, names.get(claim.paper, claim.paper))
        for claim in claims
        if claim.comparator is not None and (claim.effect is None or claim.effect.measure in kinds)
    ]
    return tuple(sorted(rows, key=lambda row: (row.claim.effect is None, row.claim.year or 0, row.name, row.claim.finding)))


def draw_forest(rows: Sequence[Row], *, outcome: str, kinds: frozenset[Measure] = RATIOS, is_alone: bool = True, link: bool = False) -> str:
    """The forest as SVG. With ``link``, each study's name leads to its page."""
    scale = Scale.of([row.claim for row in rows], is_log=kinds == RATIOS, left=_PLOT, width=_PLOT_WIDTH)
    bottom = _TOP + _ROW * len(rows) + 10
    heads = (("Study", _STUDY), ("Arms and their numbers", _ARMS), ("Effect as printed", _TEXT))
    parts = [svg.words(text, x, 24, klass="head") for text, x in heads]
    parts += [_row(row, _TOP + _ROW * place, scale, link=link) for place, row in enumerate(rows)]
    parts += scale.axis(_TOP - 6, bottom, _favoured(rows))
    name = f"Forest of printed effects: {outcome}, {len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    return svg.picture("".join(parts), width=_WIDTH, height=bottom + 56, name=name, is_alone=is_alone)


def _row(row: Row, top: float, scale: Scale, *, link: bool) -> str:
    claim, middle = row.claim, top + _ROW / 2
    name = svg.words(textwrap.shorten(row.name, 31, placeholder="…"), _STUDY, middle - 2)
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
