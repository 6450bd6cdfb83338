"""How far a mean can be trusted when many estimates stand on few forecasts.

Estimates on the same forecast share its outcome, so they are no independent trials: errors are clustered by
forecast. Six sums carry all that is needed, and add up exactly over disjoint sets of forecasts:

    G         forecasts
    sum n     weight of the estimates
    sum S     weighted score
    sum S^2   squared, per forecast
    sum nS    product, per forecast
    sum n^2   squared, per forecast

with n and S those of one forecast within the group. All are whole numbers: n counts estimates (in
`time_weighted`, millionths of a pair), S is the sum of weight x score, the score in units of its own:

    Brier                        1e-8   (rules.BRIER_UNITS)
    log                          1e-12  (rules.LOG_UNITS)
    observed frequency in a bin  1      (the outcome; forecasts without an estimate in the bin are no part)

They outgrow 64 bits (S^2 of a log score reaches 1e38): Python integers here, numeric in PostgreSQL.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from math import sqrt
from typing import NamedTuple, Self

import numpy as np

from forecasts.scoring.arrays import Ints

FEWEST_FORECASTS = 10
"""Below so many forecasts no interval is given."""


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """The six sums, in this order; added when forecasts enter a group, subtracted when they leave it.

    >>> ClusterSums.of_forecast(2, 3) + ClusterSums.of_forecast(1, 1)
    ClusterSums(forecasts=2, n=3, s=4, ss=10, ns=7, nn=5)
    """

    forecasts: int = 0
    n: int = 0
    s: int = 0
    ss: int = 0
    ns: int = 0
    nn: int = 0

    @classmethod
    def of_forecast(cls, n: int, s: int) -> Self:
        """The sums of a single forecast with weight n > 0 and weighted score s."""
        return cls(1, n, s, s * s, n * s, n * n)

    @classmethod
    def of_forecasts(cls, forecasts: Iterable[tuple[int, int]]) -> Self:
        """The sums of several forecasts, each given as (n, S); those with n = 0 are no part of the group."""
        return sum((cls.of_forecast(n, s) for n, s in forecasts if n), start=cls())

    def __add__(self, other: Self) -> Self:
        return type(self)(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: Self) -> Self:
        return type(self)(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))


def weighted_sum(weight: Ints, score: Ints) -> int:
    """Exact sum of weight x score where 64 bits would overflow: weights to 1e6, scores to 1e13.

    Shapes: both (n,), n up to a million.

    >>> weighted_sum(np.array([1_000_000] * 3), np.array([9_210_340_371_976] * 3))
    27631021115928000000
    """
    high, low = np.divmod(score, 10**6)
    return int((weight * high).sum()) * 10**6 + int((weight * low).sum())


class Clustered(NamedTuple):
    """A mean with its clustered standard error and 95% interval; None where there is none, and why."""

    mean: float | None
    standard_error: float | None
    ci95: tuple[float, float] | None
    forecasts: int
    reason: str | None


def clustered(sums: ClusterSums, unit: int = 1) -> Clustered:
    """Mean score and its error, by t with G - 1 degrees of freedom; `unit` of S make a score of 1.

    Var = [sum S^2 - 2 m sum nS + m^2 sum n^2] / (sum n)^2 x G / (G - 1), m = sum S / sum n; exact in
    whole numbers, then rounded once. Liang and Zeger 1986.

    >>> clustered(ClusterSums.of_forecasts([(1, y) for y in (0, 0, 1, 1, 1, 0, 1, 0, 1, 1)])).ci95
    (0.230..., 0.969...)
    """
    if sums.n == 0:
        return Clustered(None, None, None, 0, "There are no scored estimates.")
    mean = sums.s / (sums.n * unit)
    if sums.forecasts < FEWEST_FORECASTS:
        return Clustered(mean, None, None, sums.forecasts, _too_few(sums.forecasts))
    error = sqrt(_variance(sums)) / unit
    half = _t_quantile(sums.forecasts - 1) * error
    return Clustered(mean, error, (mean - half, mean + half), sums.forecasts, None)


def frequency(sums: ClusterSums, unit: int = 1) -> Clustered:
    """How often something came true, as `clustered` gives it, its interval kept within 0 and 1.

    Where all came out alike the clustered error is 0, and would promise what it cannot: the exact binomial interval
    over the forecasts stands in (Clopper and Pearson 1934).

    >>> frequency(ClusterSums.of_forecasts([(3, 3)] * 10)).ci95
    (0.691..., 1.0)
    """
    found = clustered(sums, unit)
    if found.ci95 is None:
        return found
    doubt = 1 - 0.025 ** (1 / sums.forecasts)
    if sums.s == sums.n * unit:
        return found._replace(ci95=(1 - doubt, 1.0))
    if sums.s == 0:
        return found._replace(ci95=(0.0, doubt))
    return found._replace(ci95=(max(0.0, found.ci95[0]), min(1.0, found.ci95[1])))


def _variance(sums: ClusterSums) -> float:
    """Whole numbers over a whole number, so that the division is the only rounding."""
    n, s = sums.n, sums.s
    squares = sums.ss * n * n - 2 * s * sums.ns * n + s * s * sums.nn
    return squares * sums.forecasts / (n**4 * (sums.forecasts - 1))


def _t_quantile(degrees: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975))


def _too_few(forecasts: int) -> str:
    return f"An interval needs {FEWEST_FORECASTS} forecasts; there are {forecasts}."
