"""Scoring rules. All are losses: 0 is best, lower is better."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints

GRID = 10_000
"""Probabilities are stored as integers in units of 1/GRID."""

LOG_FLOOR = 0.0001
"""The log score clips probabilities to [LOG_FLOOR, 1 - LOG_FLOOR]: nobody is infinitely wrong."""

LOG_MOST = float(-np.log(LOG_FLOOR))
"""The worst log score there is."""

BRIER_UNIT = 10**8
"""Integer Brier scores count in 1e-8, in which every score on the grid is exact."""

LOG_UNIT = 10**12
"""Integer log scores count in 1e-12, rounded once per point of the grid."""


def brier(probability: Floats, outcome: Floats) -> Floats:
    """Squared error of a probability, 0 (best) to 1: (p - y)^2.

    Shapes: broadcastable against each other. One-sided form; Brier's original (1950) score is twice this.

    >>> brier(np.array([0.5]), np.array([1.0]))
    array([0.25])
    """
    return (probability - outcome) ** 2


def log_score(probability: Floats, outcome: Floats) -> Floats:
    """Negative natural logarithm of the probability given to what happened, in nats. Good 1952.

    Shapes: both (n,). Probabilities are clipped to [0.0001, 0.9999].

    >>> log_score(np.array([0.5, 0.0]), np.array([1.0, 1.0])).round(6)
    array([0.693147, 9.21034 ])
    """
    clipped = np.clip(probability, LOG_FLOOR, 1 - LOG_FLOOR)
    return -np.log(np.where(outcome == 1, clipped, 1 - clipped))


def pinball(value: Floats, level: Floats, truth: Floats) -> Floats:
    """Loss of a quantile value: q (x - v) if x >= v, else (1 - q)(v - x). Koenker and Bassett 1978.

    Shapes: broadcastable against each other; unit of the quantity.

    >>> pinball(np.array([1.0, 3.0, 9.0]), np.array([0.05, 0.5, 0.95]), np.array(10.0)).round(12)
    array([0.45, 3.5 , 0.95])
    """
    return np.where(truth >= value, level * (truth - value), (1 - level) * (value - truth))


class IntervalParts(NamedTuple):
    """A score of intervals and what it is made of; the parts add up to the total. Unit of the quantity."""

    total: Floats
    dispersion: Floats
    overprediction: Floats
    """The forecast lay too high: the truth fell below it."""
    underprediction: Floats
    """The forecast lay too low: the truth fell above it."""


def interval_score(lower: Floats, upper: Floats, alpha: Floats, truth: Floats) -> IntervalParts:
    """(u - l) + 2/a (l - x)+ + 2/a (x - u)+ for a central 1 - a interval. Gneiting and Raftery 2007.

    Shapes: broadcastable against each other; alpha in (0, 1].

    >>> interval_score(np.array([1.0]), np.array([9.0]), np.array([0.1]), np.array([10.0])).total
    array([28.])
    """
    over = 2 / alpha * np.maximum(lower - truth, 0)
    under = 2 / alpha * np.maximum(truth - upper, 0)
    return IntervalParts(upper - lower + over + under, upper - lower, over, under)


def weighted_interval_score(values: Floats, levels: Floats, truth: Floats) -> IntervalParts:
    """Twice the mean pinball loss over the quantile levels, split in three. Bracher et al. 2021.

    Shapes: values (n, m), levels (m,), truth (n,). The levels rise and lie symmetrically round 0.5, else
    ValueError: the parts belong to central intervals.

    >>> levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    >>> score = weighted_interval_score(np.array([[1.0, 2, 3, 5, 9]]), levels, np.array([10.0]))
    >>> [part.round(12).item() for part in score]
    [4.26, 0.46, 0.0, 3.8]
    """
    if np.any(np.diff(levels) <= 0) or not np.allclose(levels + levels[::-1], 1, rtol=0, atol=1e-9):
        raise ValueError("Quantile levels must rise and lie symmetrically round 0.5.")
    pairs, size = levels.size // 2, levels.size
    alpha = 2 * levels[: size - pairs]
    mirrored = values[:, ::-1]
    score = interval_score(values[:, : size - pairs], mirrored[:, : size - pairs], alpha, truth[:, None])
    # An interval weighs a/2; the median stands for both its bounds and would count twice.
    weight = np.where(np.arange(size - pairs) < pairs, alpha / 2, alpha / 4)
    over, under = (np.sum(2 * weight * part, axis=1) / size for part in (score.overprediction, score.underprediction))
    dispersion = np.sum(2 * weight * score.dispersion, axis=1) / size
    return IntervalParts(dispersion + over + under, dispersion, over, under)


def _log_units() -> Ints:
    """-ln(p / GRID) in 1e-12 by whole numbers alone, so that every machine rounds alike.

    ln k = ln(k - 1) + 2 artanh(1 / (2k - 1)), in fixed point with 30 digits.
    """
    logarithm = [0, 0]
    for odd in range(3, 2 * GRID, 2):
        term, divisor, total = 2 * 10**30 // odd, 1, 0
        while term:
            total += term // divisor
            term //= odd * odd
            divisor += 2
        logarithm.append(logarithm[-1] + total)
    lost = [logarithm[GRID] - logarithm[min(max(point, 1), GRID - 1)] for point in range(GRID + 1)]
    return np.array([(loss + 10**18 // 2) // 10**18 for loss in lost], dtype=np.int64)


_grid = np.arange(GRID + 1, dtype=np.int64)
_happened = _log_units()

BRIER_UNITS: Ints = np.stack([_grid**2, (GRID - _grid) ** 2])
"""BRIER_UNITS[outcome, probability]: the one-sided Brier score in 1e-8, for outcome 0 or 1 and 0..10,000."""

LOG_UNITS: Ints = np.stack([_happened[::-1], _happened])
"""LOG_UNITS[outcome, probability]: the log score in 1e-12, for outcome 0 or 1 and 0..10,000."""

BRIER_UNITS.setflags(write=False)
LOG_UNITS.setflags(write=False)


def brier_of_options(probabilities: Sequence[int], outcome: int) -> int:
    """Sum over options of (f_k - o_k)^2 in 1e-8, exact: 0 to 2 * BRIER_UNIT. Brier 1950.

    Probabilities are in units of 1/GRID, `outcome` is the index of what happened.

    >>> brier_of_options((5000, 3000, 2000), 2)
    98000000
    """
    return sum((p - GRID * (k == outcome)) ** 2 for k, p in enumerate(probabilities))


def log_of_options(probabilities: Sequence[int], outcome: int) -> int:
    """Negative natural logarithm of the probability given to the option that happened, in 1e-12 nats.

    As `brier_of_options`; clipped as in `log_score`.

    >>> log_of_options((5000, 3000, 2000), 2)
    1609437912434
    """
    return int(LOG_UNITS[1, probabilities[outcome]])


def ranked_probability_score(probabilities: Sequence[int], outcome: int) -> int:
    """Sum over the first K - 1 thresholds of (F_k - O_k)^2 in 1e-8, exact, for ordered options. Epstein 1969.

    As `brier_of_options`; 0 to (K - 1) * BRIER_UNIT.

    >>> ranked_probability_score((5000, 3000, 2000), 2)
    89000000
    """
    cumulated = accumulate(probabilities[:-1])
    return sum((said - GRID * (outcome <= k)) ** 2 for k, said in enumerate(cumulated))
