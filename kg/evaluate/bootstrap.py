"""Figures with 95% intervals from a bootstrap over records.

A resample draws as many records as there are, with replacement; it is kept as how often each record was drawn, so that a sum over
a resample is one matrix product. Limits are the 2.5th and 97.5th percentile.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95% interval; the limits are null without resamples."""

    value: float
    low: float | None = None
    high: float | None = None


def draw_weights(records: int, *, resamples: int, seed: int) -> Numbers:
    """How often each record was drawn: shape (resamples, records); every row sums to ``records``."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(records, np.full(records, 1 / records), size=resamples).astype(np.float64)


def estimate(value: float, resampled: Numbers) -> Estimate:
    """The figure with the limits of its resampled values; resamples in which it is not defined (NaN) are left out."""
    defined = resampled[~np.isnan(resampled)]
    if not defined.size:
        return Estimate(value)
    low, high = np.percentile(defined, [2.5, 97.5])
    return Estimate(value, float(low), float(high))


def precision(totals: Numbers) -> Numbers:
    """Hits by predicted. Last axis of ``totals``: hits, gold, predicted; 1 where there was nothing to find and nothing found."""
    return divide(totals[..., 0], totals[..., 2], otherwise=_nothing(totals))


def recall(totals: Numbers) -> Numbers:
    """Hits by gold, as ``precision``."""
    return divide(totals[..., 0], totals[..., 1], otherwise=_nothing(totals))


def f1(totals: Numbers) -> Numbers:
    """Harmonic mean of precision and recall, 0 where both are 0."""
    one, other = precision(totals), recall(totals)
    return divide(2 * one * other, one + other, otherwise=0.0)


def share(totals: Numbers) -> Numbers:
    """Hits by items, NaN without items."""
    return divide(totals[..., 0], totals[..., 1], otherwise=np.nan)


def divide(numerator: Numbers, denominator: Numbers, *, otherwise: Numbers | float) -> Numbers:
    """The quotient, and ``otherwise`` where the denominator is 0."""
    result: Numbers = np.array(np.broadcast_to(otherwise, np.shape(denominator)), dtype=np.float64)
    np.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def _nothing(totals: Numbers) -> Numbers:
    return np.where((totals[..., 1] == 0) & (totals[..., 2] == 0), 1.0, 0.0)
