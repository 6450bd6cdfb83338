"""Bands of the reliability diagram, by resampling with a fixed seed: equal cells give equal bands.

The consistency band lies round the diagonal and says where the curve of a calibrated forecaster would lie.
It draws outcomes independently, so it holds only where no two estimates share a forecast. The confidence
band lies round the curve and resamples whole forecasts, so it holds whatever they share.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import isotonic

LEVEL = 0.9
RESAMPLES = 1000
SEED = 20241127
MOST_FORECASTS = 10_000

BANDWIDTH = 0.2
"""Standard deviation, as a share of all estimates, of the kernel that smooths the curve before it is drawn from."""

SHORTFALL = 0.9
"""The bootstrap's tails are cut by so much: refitted curves vary a little less than curves of new data do."""


FITTED = 0.6
"""A simultaneous band leaves out so much of what it may: curves that it was not made of leave it more often."""


class Band(NamedTuple):
    """Lower and upper bound at each probability, both of shape (m,), 0 to 1."""

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
    uniform = np.random.default_rng(SEED).random((cells.n.size, resamples))
    hits = np.empty(uniform.shape, dtype=np.int64)
    for row, drawn, (first, distribution) in zip(hits, uniform, _distributions(cells), strict=True):
        row[:] = first + np.searchsorted(distribution, drawn * distribution[-1], side="right")
    return hits


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
    return _band(calibrated_curves(cells, calibrated_hits(cells) if hits is None else hits), level)


def calibrated_curves(cells: Cells, hits: Ints) -> Floats:
    """Curves of forecasters for whom every probability is right, shape (resamples, m), by their hits (m, resamples)."""
    frequencies = np.ascontiguousarray((hits / cells.n[:, None]).T)
    weights = cells.n.astype(np.float64)
    return np.stack([isotonic(row, weights) for row in frequencies])


def simultaneous_band(curves: Floats, level: float = LEVEL) -> Band:
    """Within which whole curves lie with probability `level`, not each of their points alone.

    Round the median of each point, as many times as far as curves scatter there to either side as leaves so many of
    them whole. Ranks of the points would not do: of many points some curve is the outermost at each.

    >>> [bound.round(2).tolist() for bound in simultaneous_band(np.linspace(0, 1, 101)[:, None])]
    [[0.03], [0.97]]
    """
    middle = np.median(curves, axis=0)
    off = curves - middle
    up, down = (np.sqrt(np.mean(np.maximum(side, 0) ** 2, axis=0)) for side in (off, -off))
    scale = np.where(off > 0, up, down)
    furthest = (np.abs(off) / np.where(scale > 0, scale, 1)).max(axis=1)
    times = float(np.quantile(furthest, 1 - FITTED * (1 - level), method="higher"))
    lower, upper = np.clip(middle - times * down, 0, 1), np.clip(middle + times * up, 0, 1)
    # Curves rise: what one holds below a point it holds there, too.
    return Band(np.maximum.accumulate(lower), np.minimum.accumulate(upper[::-1])[::-1])


def calibration_p_value(cells: Cells, curves: Floats, hits: Ints) -> float:
    """How often a calibrated forecaster's curve would take as much off the Brier score by recalibrating, or more.

    The miscalibration of CORP against that of forecasters for whom every probability is right (Dimitriadis, Gneiting
    and Jordan 2021). Holds, like the consistency band, where no two estimates share a forecast or a situation.
    """
    own = isotonic(cells.k / cells.n, cells.n.astype(np.float64))[None]
    found, drawn = (_miscalibration(cells, fit, k) for fit, k in ((own, cells.k[:, None]), (curves, hits)))
    return float((1 + np.sum(drawn >= found[0] - 1e-12)) / (1 + drawn.size))


def _miscalibration(cells: Cells, fitted: Floats, hits: Ints) -> Floats:
    frequency = (hits / cells.n[:, None]).T
    lost: Floats = ((cells.forecast - frequency) ** 2 - (fitted - frequency) ** 2) @ cells.n / cells.total
    return lost


def confidence_band(outcomes: Outcomes, at: Ints, level: float = LEVEL, resamples: int = RESAMPLES) -> Band:
    """Where the true curve lies with probability `level` at probabilities `at`, shape (m,) in 1/10,000.

    Smoothed bootstrap over whole forecasts (Sen, Banerjee and Woodroofe 2010): each forecast gets an outcome by the
    smoothed curve, all its estimates share it, and the error of the refitted curve is taken off the curve. Drawing
    forecasts as they are instead holds too little, since a step function errs unlike a smooth one. Beyond
    10,000 forecasts a sample of so many stands for all: the band is then wider than it need be.

    >>> many = Outcomes(np.arange(100), np.full(100, 5000), np.full(100, 1), np.arange(100) % 2)
    >>> [bound.round(1).tolist() for bound in confidence_band(many, np.array([5000]))]
    [[0.4], [0.6]]
    """
    generator = np.random.default_rng(SEED)
    kept = sample(outcomes, generator)
    cells, cell = np.unique(kept.probability, return_inverse=True)
    forecast = np.unique(kept.forecast, return_inverse=True)[1]
    n = np.bincount(cell, kept.weight)

    def refit(outcome: Floats) -> Floats:
        return isotonic(np.bincount(cell, kept.weight * outcome) / n, n)

    fitted = refit(kept.outcome.astype(np.float64))
    smooth = _smoothed(fitted, n, int(forecast.max()) + 1)
    chance = np.bincount(forecast, kept.weight * smooth[cell]) / np.bincount(forecast, kept.weight)
    expected = refit(chance[forecast])
    drawn = ((generator.random(chance.size) < chance)[forecast] for _ in range(resamples))
    errors = np.stack([refit(outcome.astype(np.float64)) - expected for outcome in drawn])
    error = _band(errors, 1 - SHORTFALL * (1 - level))
    bounds = np.minimum(fitted, fitted - error.upper), np.maximum(fitted, fitted - error.lower)
    return Band(*(np.interp(at, cells, np.clip(bound, 0, 1)) for bound in bounds))


def _smoothed(fitted: Floats, n: Floats, forecasts: int) -> Floats:
    """The curve averaged over neighbours in rank, drawn in from 0 and 1 by one forecast of each outcome."""
    rank = (np.cumsum(n) - n / 2) / n.sum()
    nodes = np.linspace(0, 1, 101)
    weight = np.exp(-(((nodes[:, None] - rank) / BANDWIDTH) ** 2) / 2) * n
    smooth = np.interp(rank, nodes, weight @ fitted / weight.sum(axis=1))
    return (smooth * forecasts + 1) / (forecasts + 2)


def _distributions(cells: Cells) -> Iterator[tuple[int, Floats]]:
    """Of each cell the first count of hits that matters and the cumulated masses from there, not normed.

    What lies 8 standard deviations off and more is left out.
    """
    from scipy.special import gammaln, xlog1py, xlogy

    n, p = cells.n, cells.forecast
    reach = 8 * np.sqrt(n * p * (1 - p)) + 12
    first = np.maximum(n * p - reach, 0).astype(np.int64)
    sizes = np.minimum(n * p + reach + 1, n).astype(np.int64) - first + 1
    starts = np.cumsum(sizes) - sizes
    cell = np.repeat(np.arange(n.size), sizes)
    hits = np.arange(cell.size) + (first - starts)[cell]
    missed = n[cell] - hits
    log_mass = xlogy(hits, p[cell]) + xlog1py(missed, -p[cell]) - gammaln(hits + 1) - gammaln(missed + 1)
    mass = np.exp(log_mass - np.maximum.reduceat(log_mass, starts)[cell])
    for begin, size, lowest in zip(starts.tolist(), sizes.tolist(), first.tolist(), strict=True):
        yield lowest, np.cumsum(mass[begin : begin + size])


def _band(curves: Floats, level: float) -> Band:
    lower, upper = np.quantile(curves, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Band(lower, upper)


def sample(outcomes: Outcomes, generator: np.random.Generator) -> Outcomes:
    """All of them, or of 10,000 forecasts that stand for more."""
    forecasts = np.unique(outcomes.forecast)
    if forecasts.size <= MOST_FORECASTS:
        return outcomes
    kept = np.isin(outcomes.forecast, generator.choice(forecasts, MOST_FORECASTS, replace=False))
    return Outcomes(*(column[kept] for column in outcomes))
