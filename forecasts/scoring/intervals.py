"""Intervals that hold with few and uneven clusters, from moments that add up. Arrays in, arrays out; 95%.

Clusters hold n estimates each with the score sum S; N = sum n, m = sum S / N, and N^2 / sum n^2 is how many clusters of
one size they count for (Kish 1965). Chosen and measured by simulation, see docs/scoring.md.
"""

from typing import Any, NamedTuple

import numpy as np

type Number = Any
"""A float, or an array of them."""

UPPER = 0.975
PSEUDO = 0.7
"""Size of a pseudo-cluster of scores, in clusters of the effective mean size."""
SEEN = 0.36
"""How much of a pseudo-cluster's size, as a power, goes by what is seen."""
MOVED = 0.5
"""How far two pseudo-clusters move the centre, of what their size would."""
PSEUDO_SHARE = 0.5
"""The same size where the score is 0 or 1."""
VARIED = 1.5
"""How many times fewer outcomes may be seen to vary, by how much their chances differ."""


class Moments(NamedTuple):
    """Of clusters, each a number or all of one shape: N, sum n^2, m, and the residual sum of (S - m n)^2."""

    n: Number
    nn: Number
    mean: Number
    residual: Number

    @property
    def effective(self) -> Number:
        """How many independent clusters of one size these count for."""
        return self.n**2 / self.nn


class Range(NamedTuple):
    """Standard error, and the ends of the interval."""

    error: Number
    lower: Number
    upper: Number


def pseudo_size(found: Moments, alone: Moments) -> Number:
    """How many estimates a pseudo-cluster holds, so that it errs as far as a cluster does.

    `alone` is of the same estimates with each forecast a cluster of its own. Between how far forecasts of one situation
    are seen to vary together and how far they could: what is seen misses what is rare.
    """
    most = found.nn / alone.nn
    seen = np.clip(found.residual / np.maximum(alone.residual, 1e-300), 1, most)
    return PSEUDO * alone.nn / alone.n * seen**SEEN * most ** (1 - SEEN)


def mean_interval(found: Moments, size: Number, other: Number, likelier: Number) -> Range:
    """Interval of a mean score, by t with as many degrees of freedom as there are effective clusters.

    Two pseudo-clusters say what few clusters cannot: `other` is the mean score of the same estimates had each outcome
    been the other one, `likelier` had each been the one held likelier. They count in the variance with their whole size
    (`pseudo_size`), and half for the centre.

    >>> one = mean_interval(Moments(10.0, 10.0, 0.25, 0.0), 0.7, other=0.5, likelier=0.2)
    >>> [round(float(end), 3) for end in (one.lower, one.upper)]
    [0.22, 0.293]
    """
    from scipy.special import stdtrit

    centre = (found.mean * found.n + MOVED * size * (other + likelier)) / (found.n + 2 * MOVED * size)
    total = found.residual + size**2 * ((other - found.mean) ** 2 + (likelier - found.mean) ** 2)
    clusters = found.effective + 2
    error = np.sqrt(total * clusters / (clusters - 1)) / (found.n + 2 * size)
    half = stdtrit(found.effective, UPPER) * error
    return Range(error, np.minimum(centre - half, found.mean), np.maximum(centre + half, found.mean))


def share_interval(share: Number, n: Number) -> Range:
    """Clopper and Pearson's (1934) interval of a share of n trials, which need not be whole numbers.

    >>> [round(float(end), 3) for end in share_interval(0.0, 12.0)]
    [0.0, 0.0, 0.265]
    """
    from scipy.special import betaincinv

    hits, missed = share * n, (1 - share) * n
    none, all_ = np.less_equal(hits, 1e-9), np.less_equal(missed, 1e-9)
    lower = betaincinv(np.where(none, 1.0, hits), missed + 1, 1 - UPPER)
    upper = betaincinv(hits + 1, np.where(all_, 1.0, missed), UPPER)
    return Range(np.sqrt(share * (1 - share) / n), np.where(none, 0.0, lower), np.where(all_, 1.0, upper))


def share_size(found: Moments, alone: Moments) -> Number:
    """How many independent trials a share stands on: at least as many as there are effective clusters.

    What the clustered variance says (Korn and Graubard 1998), with one pseudo-cluster half of one outcome and half of
    the other, discounted for few clusters. `alone` is of the same estimates with each forecast a cluster of its own: at
    most so many effective ones, and up to half as many again where these are seen to differ in chance, so that their
    outcomes vary less than those of one chance would.

    >>> round(float(share_size(Moments(200.0, 2000.0, 0.5, 200.0), Moments(200.0, 200.0, 0.5, 50.0))), 1)
    40.8
    """
    from scipy.special import ndtri, stdtrit

    alike = alone.mean * (1 - alone.mean) * alone.nn
    apart = np.clip(alike / np.maximum(alone.residual, 1e-300), 1, VARIED)
    most = alone.effective * np.where(alike > 0, apart, 1)

    size = PSEUDO_SHARE * found.nn / found.n
    share = (found.mean * found.n + size / 2) / (found.n + size)
    total = found.residual + size**2 / 2 * (found.mean**2 + (1 - found.mean) ** 2)
    variance = total / found.n**2 * (1 + 1 / found.effective)
    discount = (ndtri(UPPER) / stdtrit(found.effective, UPPER)) ** 2
    return np.clip(share * (1 - share) / variance * discount, found.effective, np.maximum(most, found.effective))
