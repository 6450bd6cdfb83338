"""How quantile forecasts did: WIS with its parts, coverage of their intervals, probability integral transform."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.rules import weighted_interval_score
from forecasts.scoring.uncertainty import Clustered, ClusterSums, clustered

WIS_UNIT = 10**6
"""Integer WIS and its parts count in millionths of the unit of the quantity."""


class Coverage(NamedTuple):
    """Whether central intervals held the truth. nominal (c,) rising, 0 to 1; inside (n, c) of 1 or 0."""

    nominal: Floats
    inside: Ints


def coverage(values: Floats, levels: Floats, truth: Floats) -> Coverage:
    """Whether each central interval, bounds included, holds the truth.

    Shapes: values (n, m), levels (m,) rising and symmetric round 0.5, truth (n,).

    >>> levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    >>> coverage(np.array([[1.0, 2, 3, 5, 9]]), levels, np.array([6.0]))
    Coverage(nominal=array([0.5, 0.9]), inside=array([[0, 1]]))
    """
    pairs = levels.size // 2
    lower, upper = values[:, :pairs][:, ::-1], values[:, -pairs:]
    inside = (lower <= truth[:, None]) & (truth[:, None] <= upper)
    return Coverage(np.round(levels[-pairs:] - levels[:pairs][::-1], 12), inside.astype(np.int64))


def pit(values: Floats, levels: Floats, truth: Floats) -> Floats:
    """Share of each forecast's truth between successive quantiles, shape (n, m + 1), rows summing to 1.

    Calibrated forecasts have column means `pit_expected(levels)`. A truth equal to several quantiles is spread over
    the ranges that they bound in proportion to these (the non-randomised form of Czado, Gneiting and Held 2009).

    >>> pit(np.array([[1.0, 3.0], [3.0, 3.0]]), np.array([0.25, 0.75]), np.array([2.0, 3.0]))
    array([[0.  , 1.  , 0.  ],
           [0.25, 0.5 , 0.25]])
    """
    first = np.sum(values < truth[:, None], axis=1)
    last = np.sum(values <= truth[:, None], axis=1)
    ranges = np.arange(levels.size + 1)
    touched = (first[:, None] <= ranges) & (ranges <= last[:, None])
    mass = touched * pit_expected(levels)
    shares: Floats = mass / mass.sum(axis=1, keepdims=True)
    return shares


def pit_expected(levels: Floats) -> Floats:
    """Share of truths between successive quantiles if the forecasts are calibrated, shape (m + 1,).

    >>> pit_expected(np.array([0.25, 0.75]))
    array([0.25, 0.5 , 0.25])
    """
    return np.diff(levels, prepend=0.0, append=1.0)


def wis_units(values: Floats, levels: Floats, truth: Floats) -> Ints:
    """WIS, dispersion, over- and underprediction in whole units, shape (n, 4), for sums that are exact.

    >>> levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    >>> wis_units(np.array([[1.0, 2, 3, 5, 9]]), levels, np.array([10.0]))
    array([[4260000,  460000,       0, 3800000]])
    """
    parts = weighted_interval_score(values, levels, truth)
    return np.rint(np.stack(parts, axis=1) * WIS_UNIT).astype(np.int64)


def mean_by_forecast(forecast: Ints, units: Ints, unit: int) -> Clustered:
    """Mean of whole-number scores (n,) with its error clustered by forecast (n,): WIS, a part of it, or coverage.

    >>> mean_by_forecast(np.arange(10), np.arange(10), 1).mean
    4.5
    """
    forecasts, place = np.unique(forecast, return_inverse=True)
    n = np.bincount(place).tolist()
    s = [0] * forecasts.size
    for at, amount in zip(place.tolist(), units.tolist(), strict=True):
        s[at] += amount
    return clustered(ClusterSums.of_forecasts(_pairs(n, s)), unit)


def _pairs(n: Sequence[int], s: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(n, s, strict=True))
