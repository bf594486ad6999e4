"""The evidence map: outcomes by cells, and in each place how many cohorts say what. Pure."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kg.draw import svg
from kg.page import tag
from kg.queries.summary import Tally
from kg.vocabulary import Vocabulary

#: The address behind a place, by slugs of cell and outcome.
Address = Callable[[str, str], str]

MOST_CELLS, MOST_OUTCOMES = 9, 40
_LEFT, _COLUMN, _ROW, _TOP, _SLOT = 300.0, 132.0, 34.0, 92.0, 31.0
_GROUP_GAP = 12.0


@dataclass(frozen=True)
class EvidenceMap:
    """What the map shows: cells from left to right, outcomes from top to bottom in groups, most cohorts first."""

    cells: tuple[str, ...]
    #: A group's name and its outcomes; slugs.
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    places: Mapping[tuple[str, str], Tally]
    #: How many cells and outcomes are left out.
    hidden: tuple[int, int]


def arrange(
    tallies: Sequence[Tally], vocabulary: Vocabulary, *, most_cells: int = MOST_CELLS, most_outcomes: int = MOST_OUTCOMES
) -> EvidenceMap:
    """The map of these rows, one per cell and outcome; what has fewest cohorts is left out where there is too much."""
    of_cell, of_outcome = Counter[str](), Counter[str]()
    for each in tallies:
        of_cell[each.cell] += each.cohorts
        of_outcome[each.outcome] += each.cohorts
    cells = _ranked(of_cell)[:most_cells]
    outcomes = _ranked(of_outcome)[:most_outcomes]
    grouped: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        grouped[_group(outcome, vocabulary)].append(outcome)
    order = sorted(grouped, key=lambda group: (-sum(of_outcome[each] for each in grouped[group]), group))
    return EvidenceMap(
        cells=tuple(cells),
        groups=tuple((group, tuple(grouped[group])) for group in order),
        places={(each.cell, each.outcome): each for each in tallies},
        hidden=(len(of_cell) - len(cells), len(of_outcome) - len(outcomes)),
    )


def draw_map(shown: EvidenceMap, vocabulary: Vocabulary, *, address: Address | None = None, is_alone: bool = True) -> str:
    """The map as SVG; with ``address``, each place is a link whose name says what stands there."""
    parts = [_legend(), *(_heading(cell, column, vocabulary) for column, cell in enumerate(shown.cells))]
    y = _TOP
    for _, outcomes in shown.groups:
        y += _GROUP_GAP
        for outcome in outcomes:
            parts += _outcome_row(outcome, y, shown, vocabulary, address)
            y += _ROW
    width = _LEFT + _COLUMN * max(len(shown.cells), 1)
    return svg.picture("".join(parts), width=width, height=y + _GROUP_GAP, name=_NAME, is_alone=is_alone)


_NAME = "Evidence map: outcomes by cells, with the number of cohorts by direction"


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda slug: (-counts[slug], slug))


def _group(outcome: str, vocabulary: Vocabulary) -> str:
    above = vocabulary.ancestors(outcome) if outcome in vocabulary else ()
    return above[-1] if above else outcome


def _legend() -> str:
    """What the marks mean, in the corner that is free."""
    parts = [svg.words("Cohorts in which the outcome", 4, 18, klass="soft")]
    for place, (direction, words) in enumerate(svg.WORDS.items()):
        x, y = 12 + 140 * (place % 2), 36 + 20 * (place // 2)
        parts += [svg.mark(direction, x, y, 6), svg.words(words, x + 14, y + 4, klass="soft")]
    return "".join(parts)


def _heading(cell: str, column: int, vocabulary: Vocabulary) -> str:
    lines = textwrap.wrap(vocabulary.label(cell), 17, max_lines=4, placeholder="…")
    x = _LEFT + column * _COLUMN + _COLUMN / 2
    first = _TOP - 14 * len(lines)
    return "".join(svg.words(text, x, first + 14 * place, klass="head", anchor="middle") for place, text in enumerate(lines))


def _outcome_row(outcome: str, y: float, shown: EvidenceMap, vocabulary: Vocabulary, address: Address | None) -> list[str]:
    label = textwrap.shorten(vocabulary.label(outcome), 46, placeholder="…")
    width = _LEFT + _COLUMN * len(shown.cells)
    parts = [svg.line(0, y, width, y, klass="rule"), svg.words(label, 4, y + _ROW / 2 + 4)]
    for column, cell in enumerate(shown.cells):
        tally = shown.places.get((cell, outcome))
        if tally is not None:
            parts.append(_place(tally, _LEFT + column * _COLUMN + _COLUMN / 2, y + _ROW / 2, vocabulary, address))
    return parts


def _place(tally: Tally, x: float, y: float, vocabulary: Vocabulary, address: Address | None) -> str:
    """The marks side by side around the middle, each with its count."""
    at = x - _SLOT * (len(tally.counts) - 1) / 2 - 7
    marks = ""
    for direction, count in tally.counts:
        marks += svg.mark(direction, at, y, svg.mark_radius(count)) + svg.words(str(count), at + 12, y + 4)
        at += _SLOT
    name = f"{vocabulary.label(tally.cell)}, {vocabulary.label(tally.outcome)}: {tally_words(tally)}"
    inside = tag("title", escape(name)) + marks
    if address is None:
        return tag("g", inside)
    return tag("a", inside, href=address(tally.cell, tally.outcome), aria_label=name)


def tally_words(tally: Tally) -> str:
    """``2 cohorts decreased, 1 no difference``."""
    first, *others = (f"{count} {svg.WORDS[direction]}" for direction, count in tally.counts)
    number, rest = first.split(" ", 1)
    return ", ".join([f"{number} {'cohort' if number == '1' else 'cohorts'} {rest}", *others])
