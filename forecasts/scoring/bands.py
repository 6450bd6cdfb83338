"""Bands of the reliability diagram, by resampling with a fixed seed: equal cells give equal bands.

The consistency band lies round the diagonal and says where the curve of a calibrated forecaster would lie.
It draws outcomes independently, so it holds only where no two estimates share a forecast. The confidence
band lies round the curve and resamples whole forecasts, so it holds whatever they share.
"""

from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import isotonic

LEVEL = 0.9
RESAMPLES = 1000
SEED = 20241127
MOST_FORECASTS = 10_000


class Band(NamedTuple):
    """Lower and upper bound at each cell, both of shape (m,), 0 to 1, not falling."""

    lower: Floats
    upper: Floats


class Outcomes(NamedTuple):
    """Estimates with the forecast they stand on, all of shape (r,).

    forecast any whole number; probability in 1/10,000; weight positive; outcome 1 or 0.
    """

    forecast: Ints
    probability: Ints
    weight: Ints
    outcome: Ints


def calibrated_hits(cells: Cells, resamples: int = RESAMPLES) -> Ints:
    """What might have come true of each cell if its probability were right: Binomial(n, p), shape (m, resamples).

    >>> calibrated_hits(Cells(np.array([0, 10000]), np.array([3, 4]), np.array([0, 4])), resamples=2)
    array([[0, 0],
           [4, 4]])
    """
    generator = np.random.default_rng(SEED)
    uniform = generator.random((cells.n.size, resamples))
    probabilities = cells.forecast.tolist()
    return np.stack([_binomial(*row) for row in zip(uniform, cells.n.tolist(), probabilities, strict=True)])


def consistency_band(cells: Cells, forecasts: int, level: float = LEVEL, hits: Ints | None = None) -> Band | None:
    """Where the curve of a calibrated forecaster lies with probability `level`, cell by cell.

    `forecasts` is how many distinct ones the cells stand on: None where that is not one per estimate.
    `hits` from `calibrated_hits` spares drawing them again. Bröcker and Smith 2007; Dimitriadis, Gneiting
    and Jordan 2021.

    >>> one = Cells(np.array([5000]), np.array([100]), np.array([50]))
    >>> [bound.round(2).tolist() for bound in consistency_band(one, forecasts=100)]
    [[0.42], [0.58]]
    """
    if cells.total != forecasts:
        return None
    drawn = calibrated_hits(cells) if hits is None else hits
    frequencies = np.ascontiguousarray((drawn / cells.n[:, None]).T)
    weights = cells.n.astype(np.float64)
    return _band(np.stack([isotonic(row, weights) for row in frequencies]), level)


def confidence_band(outcomes: Outcomes, at: Ints, level: float = LEVEL, resamples: int = RESAMPLES) -> Band:
    """Where the true curve lies with probability `level` at probabilities `at`, shape (m,) in 1/10,000.

    Bootstrap over whole forecasts. Beyond 10,000 forecasts a sample of so many stands for all: the band is
    then wider than it need be. A resampled curve is read between its cells by straight lines.

    >>> many = Outcomes(np.arange(100), np.full(100, 5000), np.full(100, 1), np.arange(100) % 2)
    >>> [bound.round(1).tolist() for bound in confidence_band(many, np.array([5000]))]
    [[0.4], [0.6]]
    """
    generator = np.random.default_rng(SEED)
    kept = _sample(outcomes, generator)
    forecasts, forecast = np.unique(kept.forecast, return_inverse=True)
    probabilities, cell = np.unique(kept.probability, return_inverse=True)
    curves = np.empty((resamples, at.size))
    for row in curves:
        drawn = np.bincount(generator.integers(forecasts.size, size=forecasts.size), minlength=forecasts.size)
        weight = kept.weight * drawn[forecast]
        n = np.bincount(cell, weight, minlength=probabilities.size)
        k = np.bincount(cell, weight * kept.outcome, minlength=probabilities.size)
        seen = n > 0
        row[:] = np.interp(at, probabilities[seen], isotonic(k[seen] / n[seen], n[seen]))
    return _band(curves, level)


def _binomial(uniform: Floats, n: int, p: float) -> Ints:
    """Draws of Binomial(n, p) by its inverse distribution; what lies 12 standard deviations off is left out."""
    from scipy.special import gammaln, xlog1py, xlogy

    reach = 12 * (n * p * (1 - p)) ** 0.5 + 12
    hits = np.arange(max(0, int(n * p - reach)), min(n, int(n * p + reach) + 1) + 1)
    log_mass = xlogy(hits, p) + xlog1py(n - hits, -p) - gammaln(hits + 1) - gammaln(n - hits + 1)
    distribution = np.cumsum(np.exp(log_mass - log_mass.max()))
    drawn: Ints = hits[np.searchsorted(distribution, uniform * distribution[-1], side="right")]
    return drawn


def _band(curves: Floats, level: float) -> Band:
    lower, upper = np.quantile(curves, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Band(lower, upper)


def _sample(outcomes: Outcomes, generator: np.random.Generator) -> Outcomes:
    forecasts = np.unique(outcomes.forecast)
    if forecasts.size <= MOST_FORECASTS:
        return outcomes
    kept = np.isin(outcomes.forecast, generator.choice(forecasts, MOST_FORECASTS, replace=False))
    return Outcomes(*(column[kept] for column in outcomes))
