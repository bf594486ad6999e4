"""Whether stated confidence is the chance of being right.

A predicted finding is right when it pairs with a gold finding and the direction agrees; every prediction counts, those on texts
without results too. Bins are ten of equal width, the upper edge included in the last only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.evaluate.bootstrap import Estimate, Numbers, divide, estimate
from kg.evaluate.counting import Judged

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Predictions whose confidence lies in [low, high)."""

    low: float
    high: float
    n: int
    #: Null in an empty bin.
    confidence: float | None
    #: Share that is right, null in an empty bin.
    right: float | None


@dataclass(frozen=True)
class Calibration:
    """Confidence against what came true."""

    n: int
    bins: tuple[Bin, ...]
    #: Mean distance between stated confidence and share right, weighted by bin; null without predictions.
    expected_error: Estimate | None
    #: Share right among the half with the highest confidence; ties at the edge count in part.
    upper_half: Estimate | None


def calibrate(judged: Sequence[Judged], weights: Numbers) -> Calibration:
    """Compare confidence with outcome; ``weights`` as in ``draw_weights``, columns in the order of ``judged``."""
    confidence, right, record = _predictions(judged)
    ones = np.ones((1, len(judged)))
    if not confidence.size:
        return Calibration(0, tuple(Bin(i / BINS, (i + 1) / BINS, 0, None, None) for i in range(BINS)), None, None)
    sums = _bin_sums(confidence, right, np.ones((1, confidence.size)))[0]
    per_prediction = weights[:, record]
    return Calibration(
        n=int(confidence.size),
        bins=tuple(_bin(i, *row) for i, row in enumerate(sums)),
        expected_error=estimate(float(_expected_error(sums[np.newaxis])[0]), _expected_error(_bin_sums(confidence, right, per_prediction))),
        upper_half=estimate(float(_upper_half(confidence, right, ones[:, record])[0]), _upper_half(confidence, right, per_prediction)),
    )


def _predictions(judged: Sequence[Judged]) -> tuple[Numbers, Numbers, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Confidence, 1 or 0 for right, and the position of its record, for every prediction."""
    rows = []
    for position, each in enumerate(judged):
        right = {pair.predicted for pair in each.pairs if pair.agreement.direction}
        rows += [(finding.confidence, float(j in right), position) for j, finding in enumerate(each.predicted.findings)]
    columns = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2].astype(np.intp)


def _bin_sums(confidence: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    """Count, sum of confidence and sum of right, by resample and bin: shape (resamples, bins, 3)."""
    position = np.minimum((confidence * BINS).astype(np.intp), BINS - 1)
    belongs = np.eye(BINS)[position]
    return np.stack([weights @ belongs, (weights * confidence) @ belongs, (weights * right) @ belongs], axis=-1)


def _bin(position: int, n: float, confidence: float, right: float) -> Bin:
    low, high = position / BINS, (position + 1) / BINS
    return Bin(low, high, int(n), float(confidence / n), float(right / n)) if n else Bin(low, high, 0, None, None)


def _expected_error(sums: Numbers) -> Numbers:
    # A bin's weight times its distance is the distance of its sums, divided by the count of all.
    total = sums[..., 0].sum(axis=-1)
    distance = np.abs(sums[..., 1] - sums[..., 2]).sum(axis=-1)
    return divide(distance, total, otherwise=np.nan)


def _upper_half(confidence: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    """Share right in the upper half of each resample, as expected when ties at its edge are broken by chance."""
    levels, position = np.unique(-confidence, return_inverse=True)
    belongs = np.eye(levels.size)[position]
    count, hits = weights @ belongs, (weights * right) @ belongs
    half = count.sum(axis=-1, keepdims=True) / 2
    before = np.cumsum(count, axis=-1) - count
    taken = np.clip(half - before, 0, count)
    part = divide(taken, count, otherwise=0.0)
    size = half[:, 0]
    return divide((part * hits).sum(axis=-1), size, otherwise=np.nan)
