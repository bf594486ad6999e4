"""Every number of a text, read once.

In: text. Out: ``Numbers``. The kinds claim characters in a fixed order, so that the 95 of "95% CI" or the 28 of "day 28" is
never taken for a result.
"""

from dataclasses import dataclass

from kg.extract.numbers.doses import PrintedDose, find_doses
from kg.extract.numbers.effects import PrintedEffect, find_effects
from kg.extract.numbers.intervals import PrintedInterval, find_intervals
from kg.extract.numbers.p_values import PrintedP, find_p_values
from kg.extract.numbers.respectively import RespectivelyList, find_respectively_lists
from kg.extract.numbers.timepoints import Timepoint, find_timepoints
from kg.extract.numbers.values import PrintedValue, find_values


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a text, each tuple in order of the text."""

    p_values: tuple[PrintedP, ...] = ()
    intervals: tuple[PrintedInterval, ...] = ()
    effects: tuple[PrintedEffect, ...] = ()
    timepoints: tuple[Timepoint, ...] = ()
    doses: tuple[PrintedDose, ...] = ()
    values: tuple[PrintedValue, ...] = ()
    lists: tuple[RespectivelyList, ...] = ()


def read_numbers(text: str) -> Numbers:
    """Run every finder once over the text."""
    p_values, intervals, doses, timepoints = find_p_values(text), find_intervals(text), find_doses(text), find_timepoints(text)
    effects = find_effects(text, intervals=intervals)
    values = find_values(text, intervals=intervals, taken=(*p_values, *effects, *doses, *timepoints))
    return Numbers(p_values, intervals, effects, timepoints, doses, values, find_respectively_lists(text, values=values, p_values=p_values))
