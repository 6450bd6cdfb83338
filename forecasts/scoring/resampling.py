"""Intervals of what no sums carry: skill, calibration error, decompositions, AUC. Bootstrap over whole clusters.

Chance adds to all of these but skill and AUC, most where there is nothing to find, and resampling what was seen adds
as much again. So outcomes are drawn anew, as if chances were known: as it looks, and as if each probability were right.
What chance adds and how far it scatters is seen there, and taken off.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.bands import BANDWIDTH, SEED, Outcomes, sample
from forecasts.scoring.cells import BIN_SETS, Cells, bin_of
from forecasts.scoring.corp import isotonic
from forecasts.scoring.intervals import UPPER, share_interval
from forecasts.scoring.rules import GRID

RESAMPLES = 250
ENDS = (1 - UPPER, UPPER)
RARER = 5
"""So many independent clusters must have come out either way, or there is no interval of what tells the two apart."""
OF_BOTH = ("skill", "auc", "resolution", "discrimination")

type Pair = tuple[float, float]
type Statistics = dict[str, tuple[Floats, Pair]]
"""By name a statistic of each row, and what it can be."""


class Clustered(NamedTuple):
    """The cells said by each cluster, and how much: rows of one cluster stand together, clusters count from 0."""

    said: Floats
    cluster: Ints
    cell: Ints
    n: Floats

    @property
    def clusters(self) -> int:
        return int(self.cluster.max()) + 1

    @property
    def effective(self) -> float:
        size = np.bincount(self.cluster, self.n)
        return float(size.sum() ** 2 / (size**2).sum())

    def each(self) -> Iterator[tuple[Ints, Floats]]:
        """Cells and weights of one cluster after the other."""
        starts = np.flatnonzero(np.diff(self.cluster)) + 1
        yield from zip(np.split(self.cell, starts), np.split(self.n, starts), strict=True)


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

    Each holds its number and stays within what it can be. It reaches as far as what chance adds, taken off, leaves it
    in either world, and as far as it scatters. That of the uncertainty follows from the interval of the base rate;
    those of `OF_BOTH` are missing where one outcome is rare. Beyond 10,000 clusters a sample stands for all.
    """
    from scipy.special import stdtrit

    cells = Cells.pooled(outcomes.probability, outcomes.weight, outcomes.weight * outcomes.outcome)
    said, n, k = cells.forecast, cells.n.astype(np.float64), cells.k.astype(np.float64)
    own = _statistics(said, n[None], k[None])
    drawn = _clustered(sample(outcomes, np.random.default_rng(SEED)), cells)
    effective = drawn.effective
    seen, calibrated = (_errors(drawn, chance, resamples) for chance in (_seen(said, n, k, effective), said))
    half = float(stdtrit(effective, UPPER))
    found = {}
    for name, (value, bounds) in own.items():
        ends = [np.quantile(one[name], ENDS) for one in (seen, calibrated) if one[name].size]
        reach = half * float(seen[name].std()) if seen[name].size else 0.0
        least = float(value[0] - max([reach, *(float(high) for _, high in ends)]))
        most = float(value[0] + max([reach, *(-float(low) for low, _ in ends)]))
        found[name] = max(least, bounds[0]), min(most, bounds[1])
    base = float(k.sum() / n.sum())
    found["uncertainty"] = _uncertainty(base, effective)
    is_rare = min(base, 1 - base) * effective < RARER
    return {name: pair for name, pair in found.items() if not (is_rare and name in OF_BOTH)}


def _uncertainty(base: float, effective: float) -> Pair:
    """base (1 - base) over the interval of the base rate."""
    found = share_interval(base, effective)
    ends = [float(one) * (1 - float(one)) for one in (found.lower, found.upper)]
    return min(ends), 0.25 if found.lower <= 0.5 <= found.upper else max(ends)


def _seen(said: Floats, n: Floats, k: Floats, effective: float) -> Floats:
    """How likely each probability was by what came of it and of its neighbours in rank, drawn in from 0 and 1."""
    rank = (np.cumsum(n) - n / 2) / n.sum()
    nodes = np.linspace(0, 1, 101)
    weight = np.exp(-(((nodes[:, None] - rank) / BANDWIDTH) ** 2) / 2)
    missed = np.interp(rank, nodes, weight @ (k - n * said) / (weight @ n))
    drawn_in: Floats = np.clip(((said + missed) * effective + 0.5) / (effective + 1), 0, 1)
    return drawn_in


def _clustered(outcomes: Outcomes, cells: Cells) -> Clustered:
    """Weights by cluster and cell."""
    cluster = np.unique(outcomes.forecast, return_inverse=True)[1]
    cell = np.searchsorted(cells.probability, outcomes.probability)
    pair, place = np.unique(cluster * cells.n.size + cell, return_inverse=True)
    return Clustered(cells.forecast, *np.divmod(pair, cells.n.size), np.bincount(place, outcomes.weight))


def _errors(drawn: Clustered, chance: Floats, resamples: int) -> dict[str, Floats]:
    """How far each statistic falls from what it is of these chances: by outcomes, and by who was drawn."""
    generator, none = np.random.default_rng(SEED), np.zeros((resamples, drawn.said.size))
    counts = generator.multinomial(drawn.clusters, np.full(drawn.clusters, 1 / drawn.clusters), resamples)
    uniform = generator.random((resamples, drawn.clusters))
    n, hits = none.copy(), none.copy()
    # All that a cluster said shares one draw: what befalls one of its forecasts befalls the others.
    for one, (cell, weight) in enumerate(drawn.each()):
        n[:, cell] += counts[:, one : one + 1] * weight
        hits[:, cell] += (uniform[:, one : one + 1] < chance[cell]) * weight
    whole = np.bincount(drawn.cell, drawn.n, minlength=drawn.said.size)
    true = _statistics(drawn.said, whole[None], (whole * chance)[None])
    by_outcome = _statistics(drawn.said, np.broadcast_to(whole, hits.shape), hits)
    by_draw = _statistics(drawn.said, n, n * chance)
    errors = {name: by_outcome[name][0] + by_draw[name][0] - 2 * true[name][0] for name in true}
    return {name: error[np.isfinite(error)] for name, error in errors.items()}


def _statistics(said: Floats, n: Floats, k: Floats) -> Statistics:
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
