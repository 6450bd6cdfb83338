"""Intervals of what no sums carry: skill, calibration error, decompositions, AUC. Bootstrap over whole clusters."""

from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.bands import SEED, Outcomes
from forecasts.scoring.cells import BIN_SETS, bin_of
from forecasts.scoring.corp import isotonic
from forecasts.scoring.rules import GRID

RESAMPLES = 500
ENDS = (0.025, 0.975)

type Pair = tuple[float, float]


class Resampled(NamedTuple):
    """Cells of each resample, both of shape (resamples, m); probability (m,) from 0 to 1."""

    probability: Floats
    n: Floats
    k: Floats


def auc(probability: Floats, n: Floats | Ints, k: Floats | Ints) -> Floats:
    """How often what came true was called likelier than what did not, ties half: 0.5 is chance, 1 perfect.

    Shapes: probability (m,) rising, n and k (..., m). Mann and Whitney 1947; nan where all outcomes were alike.

    >>> auc(np.array([0.2, 0.8]), np.array([5.0, 5.0]), np.array([1.0, 4.0])).item()
    0.8
    """
    missed = n - k
    below = np.cumsum(missed, axis=-1) - missed
    pairs = k.sum(axis=-1) * missed.sum(axis=-1)
    won = (k * (below + missed / 2)).sum(axis=-1)
    found: Floats = np.where(pairs > 0, won / np.where(pairs > 0, pairs, 1), np.nan)
    return found


def intervals(outcomes: Outcomes, resamples: int = RESAMPLES) -> dict[str, Pair]:
    """95% intervals by name, of `outcomes` with their cluster in the place of the forecast; fixed seed.

    Basic bootstrap (Davison and Hinkley 1997): what resampling adds to a number is taken off it, since all but skill
    and AUC are biased upwards. Each holds its number and stays within what it can be.
    """
    probability, place = np.unique(outcomes.probability, return_inverse=True)
    cluster = np.unique(outcomes.forecast, return_inverse=True)[1]
    clusters = int(cluster.max()) + 1
    drawn = np.random.default_rng(SEED).multinomial(clusters, np.full(clusters, 1 / clusters), resamples)
    counts = np.vstack([np.ones((1, clusters)), drawn])
    said = probability / GRID
    n, k = (_per_cell(counts, cluster, place, amount, said.size) for amount in _amounts(outcomes))
    return {name: _interval(column, *bounds) for name, (column, bounds) in _statistics(said, n, k).items()}


def _amounts(outcomes: Outcomes) -> tuple[Floats, Floats]:
    weight = outcomes.weight.astype(np.float64)
    return weight, weight * outcomes.outcome


def _per_cell(counts: Floats, cluster: Ints, place: Ints, amount: Floats, cells: int) -> Floats:
    table = np.zeros((counts.shape[1], cells))
    np.add.at(table, (cluster, place), amount)
    summed: Floats = counts @ table
    return summed


def _statistics(said: Floats, n: Floats, k: Floats) -> dict[str, tuple[Floats, tuple[float, float]]]:
    """Each statistic of the sample itself and of each resample, with what it can be."""
    total = n.sum(axis=1)
    base = k.sum(axis=1) / total
    frequency = k / np.where(n > 0, n, 1)
    reliability = (n * (said - frequency) ** 2).sum(axis=1) / total
    resolution = (n * (frequency - base[:, None]) ** 2).sum(axis=1) / total
    uncertainty = base * (1 - base)
    brier = reliability - resolution + uncertainty
    refitted = brier - _miscalibration(said, n, k, frequency, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        skill = np.where(uncertainty > 0, 1 - brier / uncertainty, np.nan)
    quarter = (0.0, 0.25)
    return {
        "skill": (skill, (-np.inf, 1.0)),
        "auc": (auc(said, n, k), (0.0, 1.0)),
        "reliability": (reliability, (0.0, 1.0)),
        "resolution": (resolution, quarter),
        "uncertainty": (uncertainty, quarter),
        "miscalibration": (brier - refitted, (0.0, 1.0)),
        "discrimination": (uncertainty - refitted, quarter),
        **{f"ece:{bins}": (_error(said, n, k, total, bins), (0.0, 1.0)) for bins in BIN_SETS},
    }


def _miscalibration(said: Floats, n: Floats, k: Floats, frequency: Floats, total: Floats) -> Floats:
    """What recalibrating would take off the Brier score of each row."""
    found = np.zeros(total.size)
    for row in range(total.size):
        there = n[row] > 0
        weight, came = n[row][there], frequency[row][there]
        fitted = isotonic(came, weight)
        found[row] = weight @ ((said[there] - came) ** 2 - (fitted - came) ** 2) / total[row]
    return found


def _error(said: Floats, n: Floats, k: Floats, total: Floats, bins: int) -> Floats:
    place = bin_of(np.rint(said * GRID).astype(np.int64), bins)
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    surplus: Floats = np.abs(np.add.reduceat(k - said * n, starts, axis=1)).sum(axis=1)
    return surplus / total


def _interval(column: Floats, least: float, most: float) -> Pair:
    own, drawn = float(column[0]), column[1:][np.isfinite(column[1:])]
    low, high = np.quantile(drawn, ENDS) if drawn.size else (own, own)
    ends = min(2 * own - high, own), max(2 * own - low, own)
    return max(float(ends[0]), least), min(float(ends[1]), most)
