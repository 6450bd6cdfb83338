"""How quantile forecasts did: WIS with its parts, coverage of their intervals, probability integral transform."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.rules import weighted_interval_score

WIS_UNIT = 10**60
"""Integer WIS and its parts count in 1e-60 of the unit of the quantity, so that no scale that is in use is lost."""

type Parts = tuple[int, int, int, int]


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


def wis_units(values: Floats, levels: Floats, truth: Floats) -> list[Parts]:
    """WIS, dispersion, over- and underprediction of each forecast in whole units, for sums that are exact.

    Each is computed relative to its own largest number, so that it has the precision of a float at any scale, and then
    counted in units of any size. The three parts add up to the first.

    >>> levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    >>> [round(part / WIS_UNIT, 12) for part in wis_units(np.array([[1.0, 2, 3, 5, 9]]), levels, np.array([10.0]))[0]]
    [4.26, 0.46, 0.0, 3.8]
    """
    exponent = np.frexp(np.maximum(np.abs(values).max(axis=1), np.abs(truth)))[1]
    scaled = np.ldexp(values, -exponent[:, None]), np.ldexp(truth, -exponent)
    parts = np.stack(weighted_interval_score(scaled[0], levels, scaled[1])[1:], axis=1)
    return [_units(row, power) for row, power in zip(parts.tolist(), exponent.tolist(), strict=True)]


def _units(parts: list[float], power: int) -> Parts:
    scale = WIS_UNIT * Fraction(2) ** power
    dispersion, over, under = (round(Fraction(part) * scale) for part in parts)
    return dispersion + over + under, dispersion, over, under
