"""Gold against extraction: how often, and where, a reader of abstracts is right.

In: gold records and extractions, paired by id. Out: an ``Evaluation`` with an interval for every figure. Nothing here reads a clock
or, ``read_gold`` apart, a file.
"""

from kg.evaluate.figures import Evaluation, evaluate
from kg.evaluate.gold import GoldFinding, GoldRecord, GoldStudy, Half, read_gold, split_halves
from kg.evaluate.plot import reliability_plot
from kg.evaluate.report import render_json, render_markdown, render_table

__all__ = [
    "Evaluation",
    "GoldFinding",
    "GoldRecord",
    "GoldStudy",
    "Half",
    "evaluate",
    "read_gold",
    "reliability_plot",
    "render_json",
    "render_markdown",
    "render_table",
    "split_halves",
]
