"""From contributions to totals: cluster sums of each score and of each bin of each offered bin set."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Booleans, Ints
from forecasts.scoring.cells import BIN_SETS, bin_of
from forecasts.scoring.rules import BRIER_UNITS, LOG_UNITS
from forecasts.scoring.uncertainty import ClusterSums

BRIER = "brier"
LOG = "log"

_LIMB = 10**6
_BITS = 63
_MOST = 2**62

type Parts = list[tuple[int, Ints]]
"""A column as the sum of columns, each times a factor."""


def bin_name(bins: int, index: int) -> str:
    """The name of one bin among the totals.

    >>> bin_name(10, 3)
    'bin:10:3'
    """
    return f"bin:{bins}:{index}"


class Points(NamedTuple):
    """Contributions laid flat, all of shape (n,): one row per group, forecast, forecaster and probability.

    group and forecast are any whole numbers; probability in 1/10,000; weight as in `timeline.Selection`,
    positive; outcome 1 or 0. Every row of one forecast that belongs to a group must be there: sums are
    squared per forecast.
    """

    group: Ints
    forecast: Ints
    probability: Ints
    weight: Ints
    outcome: Ints

    def where(self, mask: Booleans) -> "Points":
        """The rows that a mask of shape (n,) holds for."""
        return Points(*(column[mask] for column in self))


type Totals = dict[tuple[int, str], ClusterSums]
"""Cluster sums by (group, name), the name being BRIER, LOG or a `bin_name`."""

type Six = tuple[int, int, int, int, int, int]
"""The fields of ClusterSums, in their order."""


def totals(points: Points) -> Totals:
    """Cluster sums of every group and name that has at least one estimate. Exact.

    >>> one = np.array([1])
    >>> found = totals(Points(one, one, np.array([3000]), one, one))
    >>> found[1, "brier"]
    ClusterSums(forecasts=1, n=1, s=49000000, ss=2401000000000000, ns=49000000, nn=1)
    >>> sorted(name for _, name in found)
    ['bin:10:3', 'bin:20:6', 'bin:5:1', 'brier', 'log']
    """
    return {(group, name): ClusterSums(*six) for group, name, six in sums(points)}


def sums(points: Points) -> Iterator[tuple[int, str, Six]]:
    """The same one by one and bare: a large slice has hundreds of thousands."""
    if points.group.size == 0:
        return
    groups, group = np.unique(points.group, return_inverse=True)
    forecast = np.unique(points.forecast, return_inverse=True)[1]
    dense = points._replace(group=group, forecast=forecast)
    yield from _by_name(dense, 0, BRIER_UNITS[points.outcome, points.probability], groups, [BRIER])
    yield from _by_name(dense, 0, LOG_UNITS[points.outcome, points.probability], groups, [LOG])
    for bins in BIN_SETS:
        names = [bin_name(bins, index) for index in range(bins)]
        yield from _by_name(dense, bin_of(points.probability, bins), points.outcome, groups, names)


def _by_name(
    points: Points, part: Ints | int, score: Ints, groups: Ints, names: list[str]
) -> Iterator[tuple[int, str, Six]]:
    slot = points.group * len(names) + part
    order = np.argsort(slot * (int(points.forecast.max()) + 1) + points.forecast, kind="stable")
    slot, forecast = slot[order], points.forecast[order]
    starts = np.flatnonzero((np.diff(slot, prepend=-1) != 0) | (np.diff(forecast, prepend=-1) != 0))
    n, s = _per_forecast(points.weight[order], score[order], starts)
    yield from _six(slot[starts], n, s, groups, names)


def _per_forecast(weight: Ints, score: Ints, starts: Ints) -> tuple[Ints, Parts]:
    """Weights and weighted scores of each run. Weight times a log score fills 63 bits, so it may come in two parts."""
    n = np.add.reduceat(weight, starts)
    if int(n.max()) * int(score.max()) <= _MOST:
        return n, [(1, np.add.reduceat(weight * score, starts))]
    high, low = np.divmod(score, _LIMB)
    return n, [(_LIMB, np.add.reduceat(weight * high, starts)), (1, np.add.reduceat(weight * low, starts))]


def _six(slot: Ints, n: Ints, s: Parts, groups: Ints, names: list[str]) -> Iterator[tuple[int, str, Six]]:
    firsts = np.flatnonzero(np.diff(slot, prepend=-1))
    counts = np.diff(firsts, append=slot.size).tolist()
    whole: Parts = [(1, n)]
    one: Parts = [(1, np.ones_like(n))]
    columns = [_products(*pair, firsts) for pair in ((one, whole), (one, s), (s, s), (whole, s), (whole, whole))]
    group, name = np.divmod(slot[firsts], len(names))
    of_group = groups[group].tolist()
    for key, place, six in zip(of_group, name.tolist(), zip(counts, *columns, strict=True), strict=True):
        yield key, names[place], six


def _products(a: Parts, b: Parts, firsts: Ints) -> list[int]:
    """Exact sums of products of two columns, each given as parts with their factors, over runs."""
    found = [[f * g * one for one in _sums(p, q, firsts)] for (f, p), (g, q) in product(a, b)]
    return found[0] if len(found) == 1 else [sum(row) for row in zip(*found, strict=True)]


def _sums(a: Ints, b: Ints, firsts: Ints) -> list[int]:
    """Exact sums of products over runs: a column is halved until nothing can overflow. Neither is negative."""
    bits_a, bits_b = int(a.max()).bit_length(), int(b.max()).bit_length()
    if bits_a + bits_b + a.size.bit_length() < _BITS:
        found: list[int] = np.add.reduceat(a * b, firsts).tolist()
        return found
    if bits_a < bits_b:
        a, b, bits_a = b, a, bits_b
    half = bits_a // 2
    high, low = _sums(a >> half, b, firsts), _sums(a & ((1 << half) - 1), b, firsts)
    return [(one << half) + other for one, other in zip(high, low, strict=True)]
