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
OUTCOME = "outcome"
"""Whether it came true: its mean is the base rate."""

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
    """Contributions laid flat, all of shape (n,): one row per group, cluster, forecaster and probability.

    group and cluster are any whole numbers; probability in 1/10,000; weight as in `timeline.Selection`,
    positive; outcome 1 or 0. Every row of one cluster that belongs to a group must be there: sums are
    squared per cluster.
    """

    group: Ints
    cluster: Ints
    probability: Ints
    weight: Ints
    outcome: Ints

    def where(self, mask: Booleans) -> "Points":
        """The rows that a mask of shape (n,) holds for."""
        return Points(*(column[mask] for column in self))


type Totals = dict[tuple[int, str], ClusterSums]
"""Cluster sums by (group, name), the name being BRIER, LOG, OUTCOME or a `bin_name`."""

type Six = tuple[int, int, int, int, int, int]
"""The fields of ClusterSums, in their order."""


def totals(points: Points) -> Totals:
    """Cluster sums of every group and name that has at least one estimate. Exact.

    >>> one = np.array([1])
    >>> found = totals(Points(one, one, np.array([3000]), one, one))
    >>> found[1, "brier"]
    ClusterSums(clusters=1, n=1, s=49000000, ss=2401000000000000, ns=49000000, nn=1)
    >>> sorted(name for _, name in found)
    ['bin:10:3', 'bin:20:6', 'bin:5:1', 'brier', 'log', 'outcome']
    """
    return {(group, name): ClusterSums(*six) for group, name, six in sums(points)}


def sums(points: Points) -> Iterator[tuple[int, str, Six]]:
    """The same one by one and bare: a large slice has hundreds of thousands."""
    groups, group = np.unique(points.group, return_inverse=True)
    cluster = np.unique(points.cluster, return_inverse=True)[1]
    for names, part, score in _scores(points):
        slot, _, n, s = _per_cluster(points, group, cluster, part, len(names), score)
        yield from _six(slot, n, s, groups, names)


def linear(points: Points) -> Iterator[tuple[int, int, str, int, int]]:
    """(group, cluster, name, n, S) of every cluster in a group: what its squares are made of, and adds up."""
    groups, group = np.unique(points.group, return_inverse=True)
    clusters, cluster = np.unique(points.cluster, return_inverse=True)
    for names, part, score in _scores(points):
        slot, own, n, s = _per_cluster(points, group, cluster, part, len(names), score)
        place, name = np.divmod(slot, len(names))
        columns = groups[place], clusters[own], name, n, *(column for _, column in s)
        factors = [factor for factor, _ in s]
        for key, which, index, weight, *parts in zip(*(column.tolist() for column in columns), strict=True):
            yield key, which, names[index], weight, sum(f * one for f, one in zip(factors, parts, strict=True))


def _scores(points: Points) -> Iterator[tuple[list[str], Ints | int, Ints]]:
    """Names, which of them a point belongs to, and its score."""
    if points.group.size == 0:
        return
    yield [BRIER], 0, BRIER_UNITS[points.outcome, points.probability]
    yield [LOG], 0, LOG_UNITS[points.outcome, points.probability]
    yield [OUTCOME], 0, points.outcome
    for bins in BIN_SETS:
        names = [bin_name(bins, index) for index in range(bins)]
        yield names, bin_of(points.probability, bins), points.outcome


def _per_cluster(
    points: Points, group: Ints, cluster: Ints, part: Ints | int, parts: int, score: Ints
) -> tuple[Ints, Ints, Ints, Parts]:
    """Runs of one name in one group and cluster: slot, cluster, weight, and weighted score.

    Weight times a log score fills 63 bits, so it may come in two parts.
    """
    slot = group * parts + part
    order = np.argsort(slot * (int(cluster.max()) + 1) + cluster, kind="stable")
    slot, cluster, weight, score = slot[order], cluster[order], points.weight[order], score[order]
    starts = np.flatnonzero((np.diff(slot, prepend=-1) != 0) | (np.diff(cluster, prepend=-1) != 0))
    n = np.add.reduceat(weight, starts)
    if int(n.max()) * int(score.max()) <= _MOST:
        return slot[starts], cluster[starts], n, [(1, np.add.reduceat(weight * score, starts))]
    high, low = np.divmod(score, _LIMB)
    s = [(_LIMB, np.add.reduceat(weight * high, starts)), (1, np.add.reduceat(weight * low, starts))]
    return slot[starts], cluster[starts], n, s


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
