"""The aggregate of the estimates in force.

Satopää et al. 2014 for the geometric mean of odds. The newest of n estimates weighs 1, the one of rank r (0
the newest) exp(-r / (n / 5)). Probabilities are whole numbers in 1/10,000; results lie within 1..9,999, and
fewer than two estimates make no consensus.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from math import exp
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import Act, Event, Interval, Window
from forecasts.scoring.weights import apportion

FEWEST_ESTIMATES = 2
NOT_THERE = -1
"""In place of the probability of an option that was added after the estimate."""
TOGETHER = 16
"""So many neighbouring instants of a series share a first look at what may be in force."""
MOST_POINTS = 500
"""A series over time has a point at every change up to so many; beyond that, at so many of them, evenly spaced."""


class Method(StrEnum):
    """Ways to aggregate binary estimates; the first is the default."""

    RECENCY_WEIGHTED = "recency_weighted"
    GEOMETRIC_MEAN_OF_ODDS = "geometric_mean_of_odds"
    MEAN = "mean"
    MEDIAN = "median"


def recency_weights(n: int) -> Floats:
    """Weights of n estimates, the newest first: exp(-rank / (n / 5)). Shape (n,).

    >>> recency_weights(5).round(4)
    array([1.    , 0.3679, 0.1353, 0.0498, 0.0183])
    """
    return np.exp(np.arange(n) * (-5 / max(n, 1)))


@lru_cache(maxsize=2048)
def _weights(n: int) -> tuple[Floats, float]:
    """The same and their sum: asked for at every change of every forecast."""
    weights = recency_weights(n)
    return weights, float(weights.sum())


def aggregate(newest_first: Ints, method: str = Method.RECENCY_WEIGHTED) -> int | None:
    """Consensus of binary estimates, shape (n,) in 1/10,000, the newest first; None below two.

    >>> aggregate(np.array([2000, 8000]), "geometric_mean_of_odds")
    5000
    >>> aggregate(np.array([2000, 8000]))
    2358
    """
    if newest_first.size < FEWEST_ESTIMATES:
        return None
    return min(max(round(_AGGREGATES[Method(method)](newest_first)), 1), GRID - 1)


def widened(values: Sequence[tuple[int, ...]], options: int = 0) -> list[tuple[int, ...]]:
    """Probabilities of equally many options, as many as the longest has or `options`: NOT_THERE where one came later.

    >>> widened([(6000, 4000), (5000, 2000, 3000)])
    [(6000, 4000, -1), (5000, 2000, 3000)]
    """
    width = max([options, *(len(value) for value in values)])
    return [value + (NOT_THERE,) * (width - len(value)) for value in values]


def aggregate_options(probabilities: Ints) -> tuple[int, ...] | None:
    """Consensus of multiple choice: geometric mean per option, renormalised; None below two.

    Shape (n, K) in 1/10,000. The result is at least 1 per option and sums to exactly 10,000. Who answered before an
    option was there says nothing of it: it takes the share that the others give it.

    >>> aggregate_options(np.array([[5000, 3000, 2000], [5000, 2000, 3000]]))
    (5051, 2475, 2474)
    >>> aggregate_options(np.array([[5000, 2500, 2500], [6000, 4000, NOT_THERE]]))
    (4752, 2744, 2504)
    """
    if len(probabilities) < FEWEST_ESTIMATES:
        return None
    given = _of_all_options(probabilities) if probabilities.min() == NOT_THERE else probabilities
    mean = np.exp(np.mean(np.log(np.clip(given, 1, GRID - 1)), axis=0))
    shares = apportion(GRID, [int(part) for part in np.rint(mean / mean.sum() * 10**12)])
    largest = shares.index(max(shares))
    shares[largest] -= shares.count(0)
    return tuple(max(share, 1) for share in shares)


def _of_all_options(probabilities: Ints) -> Floats:
    """Estimates of the most options as they are; in the others, later options have the share that those give them."""
    there = probabilities != NOT_THERE
    count = there.sum(axis=1)
    pool: Floats = np.exp(np.log(np.clip(probabilities[count == count.max()], 1, GRID - 1)).mean(axis=0))
    pool /= pool.sum()
    left = (pool * there).sum(axis=1, keepdims=True)
    filled: Floats = np.where(there, probabilities * left, pool * GRID)
    return filled


def aggregate_quantiles(values: Floats) -> tuple[float, ...] | None:
    """Consensus of quantile forecasts: the median per level, which rises where each of them does; None below two.

    Shape (n, levels), unit of the quantity.

    >>> aggregate_quantiles(np.array([[1.0, 5.0], [2.0, 9.0], [3.0, 6.0]]))
    (2.0, 6.0)
    """
    if len(values) < FEWEST_ESTIMATES:
        return None
    return tuple(np.median(values, axis=0).tolist())


class Series[V](NamedTuple):
    """A consensus over time: each value holds from its instant until the next, the last until the cut-off."""

    at: list[int]
    values: list[V | None]
    estimates: list[int]
    """How many estimates were in force."""


def over_time[V: Hashable](
    intervals: Iterable[Interval[Any]],
    window: Window,
    combine: Callable[[npt.NDArray[Any]], V | None],
    also: Sequence[int] = (),
) -> Series[V]:
    """The consensus at every change of what is in force, from the intervals of all forecasters.

    `combine` takes the values in force, the newest first, as an array with one row each. Beyond 500
    changes, 500 of them, evenly spaced, the last included: its value is the one at the cut-off. `also`
    names instants where the series must be exact nonetheless. Linear in the number of intervals.

    >>> over_time([Interval(0, 9, 2000, 0), Interval(3, 9, 8000, 3)], Window(closes_at=9), aggregate)
    Series(at=[0, 3], values=[None, 7642], estimates=[1, 2])
    """
    ordered = sorted(intervals, key=lambda interval: (interval.start, interval.value))
    start = np.array([interval.start for interval in ordered], dtype=np.int64)
    end = np.array([interval.end for interval in ordered], dtype=np.int64)
    newest_first = np.array([interval.value for interval in ordered])[::-1]
    at = _instants(start, end, window.cutoff, also)
    series = Series[V](at, [], [])
    newest_start, newest_end = start[::-1], end[::-1]
    for place in range(0, len(at), TOGETHER):
        instants = at[place : place + TOGETHER]
        # What ended before the first of a few neighbouring instants is looked at in none of them.
        near = np.flatnonzero((newest_end > instants[0]) & (newest_start <= instants[-1]))
        values, ends = newest_first[near], newest_end[near]
        # Starts rise, so those that have begun are a suffix of the newest first.
        begun = np.searchsorted(newest_start[near][::-1], instants, side="right").tolist()
        for instant, count in zip(instants, begun, strict=True):
            waiting = near.size - count
            rows = values[waiting:][ends[waiting:] > instant]
            series.values.append(combine(rows))
            series.estimates.append(len(rows))
    return series


def as_events[V: Hashable](series: Series[V]) -> list[Event[V]]:
    """The consensus as a forecaster of its own, so that the same estimands select from it.

    >>> as_events(Series([0, 3], [None, 7642], [1, 2]))[1]
    Event(made_at=3, id=1, act=<Act.UPDATE: 'update'>, value=7642)
    """
    points = enumerate(zip(series.at, series.values, strict=True))
    return [Event(at, place, Act.WITHDRAW if value is None else Act.UPDATE, value) for place, (at, value) in points]


def _instants(start: Ints, end: Ints, cutoff: int, also: Sequence[int]) -> list[int]:
    changes = np.unique(np.concatenate([start, end]))
    changes = changes[changes < cutoff]
    if changes.size > MOST_POINTS:
        changes = changes[np.linspace(0, changes.size - 1, MOST_POINTS).round().astype(np.int64)]
    if changes.size == 0:
        return []
    asked = [at for at in also if changes[0] < at < cutoff]
    return [int(at) for at in np.union1d(changes, np.array(asked, dtype=np.int64))]


def _recency_weighted(newest_first: Ints) -> float:
    weights, total = _weights(newest_first.size)
    return _from_log_odds(float(weights @ _LOG_ODDS[newest_first] / total))


def _geometric_mean_of_odds(newest_first: Ints) -> float:
    return _from_log_odds(float(_LOG_ODDS[newest_first].mean()))


def _mean(newest_first: Ints) -> float:
    return float(newest_first.mean())


def _median(newest_first: Ints) -> float:
    return float(np.median(newest_first))


def _from_log_odds(log_odds: float) -> float:
    return GRID / (1 + exp(-log_odds))


def _log_odds_of_grid() -> Floats:
    probability = np.clip(np.arange(GRID + 1), 1, GRID - 1)
    return np.log(probability / (GRID - probability))


_LOG_ODDS = _log_odds_of_grid()

_AGGREGATES: dict[Method, Callable[[Ints], float]] = {
    Method.RECENCY_WEIGHTED: _recency_weighted,
    Method.GEOMETRIC_MEAN_OF_ODDS: _geometric_mean_of_odds,
    Method.MEAN: _mean,
    Method.MEDIAN: _median,
}
