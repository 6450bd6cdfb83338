"""The CORP reliability curve and its decomposition. Dimitriadis, Gneiting and Jordan, PNAS 2021.

C is the isotonic regression of outcomes on probabilities (pool adjacent violators). Fitted to cells
weighted by n it equals the fit to the raw data, once ties are pooled, as cells are.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats
from forecasts.scoring.cells import Cells
from forecasts.scoring.rules import LOG_FLOOR
from forecasts.scoring.uncertainty import Would


class Decomposition(NamedTuple):
    """mean score = miscalibration - discrimination + uncertainty; none of the three is negative."""

    miscalibration: float
    discrimination: float
    uncertainty: float


def curve(cells: Cells) -> Floats:
    """Calibrated probability C of each cell, shape (m,), not falling, 0 to 1.

    >>> curve(Cells(np.array([1000, 2000, 4000]), np.array([1, 1, 2]), np.array([1, 0, 2])))
    array([0.5, 0.5, 1. ])
    """
    return isotonic(cells.k / cells.n, cells.n.astype(np.float64))


def isotonic(values: Floats, weights: Floats) -> Floats:
    """Closest not falling sequence in weighted squares, shape (m,) like both inputs. Weights are positive.

    >>> isotonic(np.array([1.0, 0.0, 2.0]), np.array([1.0, 3.0, 1.0]))
    array([0.25, 0.25, 2.  ])
    """
    from scipy.optimize import isotonic_regression

    return np.asarray(isotonic_regression(values, weights=weights).x, dtype=np.float64)


def decompose_brier(cells: Cells, calibrated: Floats | None = None) -> Decomposition:
    """MCB = S(p) - S(C), DSC = S(base rate) - S(C), UNC = S(base rate), with S the mean Brier score.

    `calibrated` from `curve` spares fitting it again.

    >>> cells = Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([1, 4]))
    >>> [round(part, 12) for part in decompose_brier(cells)]
    [0.0, 0.09, 0.25]
    """
    return _decompose(cells, mean_brier, calibrated)


def decompose_log(cells: Cells) -> Decomposition:
    """The same with the mean log score, in nats.

    >>> cells = Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([1, 4]))
    >>> [round(part, 6) for part in decompose_log(cells)]
    [0.0, 0.192745, 0.693147]
    """
    return _decompose(cells, mean_log)


def log_uncertainty(cells: Cells) -> float:
    """The mean log score of the base rate, in nats: the third part of `decompose_log` alone.

    >>> round(log_uncertainty(Cells(np.array([2000, 8000]), np.array([5, 5]), np.array([1, 4]))), 6)
    0.693147
    """
    return mean_log(cells, np.full(cells.n.shape, cells.base_rate))


def mean_brier(cells: Cells, probability: Floats | None = None) -> float:
    """Mean one-sided Brier score of the cells, or of other probabilities (m,) in their place.

    >>> mean_brier(Cells(np.array([5000]), np.array([5]), np.array([1])))
    0.25
    """
    p = cells.forecast if probability is None else probability
    lost = cells.k * (1 - p) ** 2 + (cells.n - cells.k) * p**2
    return float(lost.sum() / cells.total)


def mean_log(cells: Cells, probability: Floats | None = None) -> float:
    """Mean log score in nats of the cells, or of other probabilities (m,) in their place.

    The cells' own are clipped as in `rules.log_score`, others are taken as they are. What was fitted to the
    outcomes gives 0 only to what never happened, so it needs no clipping.

    >>> round(mean_log(Cells(np.array([2000]), np.array([5]), np.array([1]))), 6)
    0.500402
    """
    p = np.clip(cells.forecast, LOG_FLOOR, 1 - LOG_FLOOR) if probability is None else probability
    missed = cells.n - cells.k
    lost = cells.k * np.log(np.where(cells.k > 0, p, 1)) + missed * np.log(np.where(missed > 0, 1 - p, 1))
    return float(-lost.sum() / cells.total)


def would_brier(cells: Cells) -> Would:
    """The mean Brier score had each outcome been the other one, and had it been the one that was held likelier.

    >>> [round(one, 12) for one in would_brier(Cells(np.array([2000]), np.array([5]), np.array([1])))]
    [0.52, 0.04]
    """
    p, missed = cells.forecast, cells.n - cells.k
    likelier = np.where(p >= 0.5, 1 - p, p) ** 2
    other = missed * (1 - p) ** 2 + cells.k * p**2
    return Would(float(other.sum() / cells.total), float((cells.n * likelier).sum() / cells.total))


def would_log(cells: Cells) -> Would:
    """The same of the mean log score, in nats.

    >>> [round(one, 4) for one in would_log(Cells(np.array([2000]), np.array([5]), np.array([1])))]
    [1.3322, 0.2231]
    """
    p = np.clip(cells.forecast, LOG_FLOOR, 1 - LOG_FLOOR)
    other = -((cells.n - cells.k) * np.log(p) + cells.k * np.log(1 - p))
    likelier = -np.log(np.maximum(p, 1 - p))
    return Would(float(other.sum() / cells.total), float((cells.n * likelier).sum() / cells.total))


def _decompose(
    cells: Cells, mean: Callable[[Cells, Floats | None], float], fitted: Floats | None = None
) -> Decomposition:
    base = np.full(cells.n.shape, cells.base_rate)
    calibrated = mean(cells, curve(cells) if fitted is None else fitted)
    uncertainty = mean(cells, base)
    return Decomposition(mean(cells, None) - calibrated, uncertainty - calibrated, uncertainty)
