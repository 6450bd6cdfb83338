"""The aggregate of the estimates in force.

The geometric mean of odds (Satopää et al. 2014), the renormalised geometric mean per option, the median per quantile
level: each weighted by 0.5^(age / half-life), age from the forecaster's last answer. The half-life is the larger of
seven days and a fifth of the time since the opening, taken at each change of what is in force and kept until the next,
so that the consensus is a step function. Probabilities are whole numbers in 1/10,000; results lie within 1..9,999, and
fewer than two estimates make no consensus.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from math import exp
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import DAY, Act, Event, Interval, Window
from forecasts.scoring.weights import apportion

FEWEST_ESTIMATES = 2
SHORTEST_HALF_LIFE = 7 * DAY
SHARE_OF_SPAN = 5
"""The half-life is at least one part in so many of the time since the opening."""
NOT_THERE = -1
"""In place of the probability of an option that was added after the estimate."""
TOGETHER = 16
"""So many neighbouring instants of a series share a first look at what may be in force."""
MOST_POINTS = 500
"""A series over time has a point at every change up to so many; beyond that, at so many of them, evenly spaced."""
_ROUNDING = 1e-12

type Combine[V] = Callable[[npt.NDArray[Any], Floats], V | None]
"""Values in force, one a row, and the weight of each, to their consensus."""


def half_life(since_opening: int) -> float:
    """In microseconds, of a forecast that opened so many ago.

    >>> half_life(10 * DAY) / DAY, half_life(100 * DAY) / DAY
    (7.0, 20.0)
    """
    return max(float(SHORTEST_HALF_LIFE), since_opening / SHARE_OF_SPAN)


def weights_by_age(answered: Ints, since_opening: int) -> Floats:
    """What estimates weigh that were last answered at these instants, shape (n,); the newest weighs 1.

    `since_opening` is how long the forecast had been open when what is in force last changed.

    >>> weights_by_age(np.array([0, 7 * DAY]), 10 * DAY)
    array([0.5, 1. ])
    """
    age = answered.max(initial=0) - answered
    return np.exp2(-age / half_life(since_opening))


def aggregate(values: Ints, weights: Floats) -> int | None:
    """Consensus of binary estimates, both of shape (n,), values in 1/10,000; None below two.

    >>> aggregate(np.array([2000, 8000]), np.array([1.0, 1.0]))
    5000
    >>> aggregate(np.array([2000, 8000]), np.array([1.0, 0.5]))
    3865
    """
    if values.size < FEWEST_ESTIMATES:
        return None
    log_odds = float(weights @ _LOG_ODDS[values] / weights.sum())
    return min(max(round(GRID / (1 + exp(-log_odds))), 1), GRID - 1)


def widened(values: Sequence[tuple[int, ...]], options: int = 0) -> list[tuple[int, ...]]:
    """Probabilities of equally many options, as many as the longest has or `options`: NOT_THERE where one came later.

    >>> widened([(6000, 4000), (5000, 2000, 3000)])
    [(6000, 4000, -1), (5000, 2000, 3000)]
    """
    width = max([options, *(len(value) for value in values)])
    return [value + (NOT_THERE,) * (width - len(value)) for value in values]


def aggregate_options(values: Ints, weights: Floats) -> tuple[int, ...] | None:
    """Consensus of multiple choice: geometric mean per option, renormalised; None below two.

    Shapes: values (n, K) in 1/10,000, weights (n,). The result is at least 1 per option and sums to exactly 10,000. Who
    answered before an option was there says nothing of it: it takes the share that the others give it.

    >>> aggregate_options(np.array([[5000, 3000, 2000], [5000, 2000, 3000]]), np.array([1.0, 1.0]))
    (5051, 2475, 2474)
    >>> aggregate_options(np.array([[5000, 2500, 2500], [6000, 4000, NOT_THERE]]), np.array([1.0, 1.0]))
    (4752, 2744, 2504)
    """
    if len(values) < FEWEST_ESTIMATES:
        return None
    given = _of_all_options(values, weights) if values.min() == NOT_THERE else values
    mean = _geometric(given, weights)
    shares = apportion(GRID, [int(part) for part in np.rint(mean / mean.sum() * 10**12)])
    largest = shares.index(max(shares))
    shares[largest] -= shares.count(0)
    return tuple(max(share, 1) for share in shares)


def _of_all_options(values: Ints, weights: Floats) -> Floats:
    """Estimates of the most options as they are; in the others, later options have the share that those give them."""
    there = values != NOT_THERE
    count = there.sum(axis=1)
    most = count == count.max()
    pool = _geometric(values[most], weights[most])
    pool /= pool.sum()
    left = (pool * there).sum(axis=1, keepdims=True)
    filled: Floats = np.where(there, values * left, pool * GRID)
    return filled


def _geometric(values: Floats | Ints, weights: Floats) -> Floats:
    mean: Floats = np.exp(weights @ np.log(np.clip(values, 1, GRID - 1)) / weights.sum())
    return mean


def aggregate_quantiles(values: Floats, weights: Floats) -> tuple[float, ...] | None:
    """Consensus of quantile forecasts: the weighted median per level, which rises where each does; None below two.

    Shapes: values (n, levels) in the unit of the quantity, weights (n,). What the middle nth of all weight holds is
    averaged: with equal weights the median, and no jump where one estimate comes to weigh a little more than another.

    >>> aggregate_quantiles(np.array([[1.0, 5.0], [2.0, 9.0], [3.0, 6.0]]), np.ones(3))
    (2.0, 6.0)
    >>> aggregate_quantiles(np.array([[10.0], [20.0]]), np.array([3.0, 2.0]))
    (13.0,)
    """
    if len(values) < FEWEST_ESTIMATES:
        return None
    order = np.argsort(values, axis=0, kind="stable")
    upper = np.cumsum((weights / weights.sum())[order], axis=0)
    lower = np.vstack([np.zeros((1, values.shape[1])), upper[:-1]])
    reach = 1 / (2 * len(values))
    middle = np.minimum(upper, 0.5 + reach) - np.maximum(lower, 0.5 - reach)
    middle = np.where(middle > _ROUNDING, middle, 0)
    rising = np.take_along_axis(values, order, axis=0)
    # Counted from a value of the middle, so that equal values come out as they are.
    pivot = np.take_along_axis(rising, middle.argmax(axis=0)[None], axis=0)[0]
    found = pivot + (middle / middle.sum(axis=0) * (rising - pivot)).sum(axis=0)
    kept = np.clip(np.maximum.accumulate(found), rising[0], rising[-1])
    return tuple(kept.tolist())


def at_once[V](held: Iterable[tuple[Any, int]], combine: Combine[V], opens_at: int, changed_at: int) -> V | None:
    """The consensus of values, each with the instant of its last answer; what is in force changed at `changed_at`.

    >>> at_once([(2000, 0), (8000, 7 * DAY)], aggregate, opens_at=0, changed_at=7 * DAY)
    6135
    """
    ordered = sorted(held, key=lambda one: (one[1], one[0]))
    if not ordered:
        return None
    answered = np.array([at for _, at in ordered], dtype=np.int64)
    return combine(np.array([value for value, _ in ordered]), weights_by_age(answered, changed_at - opens_at))


class Series[V](NamedTuple):
    """A consensus over time: each value holds from its instant until the next, the last until the cut-off."""

    at: list[int]
    values: list[V | None]
    estimates: list[int]
    """How many estimates were in force."""


def over_time[V: Hashable](
    intervals: Iterable[Interval[Any]],
    window: Window,
    combine: Combine[V],
    opens_at: int,
    also: Sequence[int] = (),
) -> Series[V]:
    """The consensus at every change of what is in force, from the intervals of all forecasters.

    Beyond 500 changes, 500 of them, evenly spaced, the last included: its value is the one at the cut-off. `also`
    names instants where the series must be exact nonetheless. Linear in the number of intervals.

    >>> over_time([Interval(0, 9, 2000, 0), Interval(3, 9, 8000, 3)], Window(closes_at=9), aggregate, opens_at=0)
    Series(at=[0, 3], values=[None, 5000], estimates=[1, 2])
    """
    ordered = sorted(intervals, key=lambda interval: (interval.start, interval.value))
    start = np.array([interval.start for interval in ordered], dtype=np.int64)
    end = np.array([interval.end for interval in ordered], dtype=np.int64)
    rows = np.array([interval.value for interval in ordered])
    changes = _changes(start, end, window.cutoff)
    at = _instants(changes, window.cutoff, also)
    # What was in force last changed at the instant itself, or, where one is asked for between changes, before it.
    changed = changes[np.searchsorted(changes, at, side="right") - 1].tolist()
    series = Series[V](at, [], [])
    for place in range(0, len(at), TOGETHER):
        instants = at[place : place + TOGETHER]
        # What ended before the first of a few neighbouring instants is looked at in none of them.
        near = np.flatnonzero((end > instants[0]) & (start <= instants[-1]))
        values, starts, ends = rows[near], start[near], end[near]
        for instant, since in zip(instants, changed[place : place + TOGETHER], strict=True):
            held = (starts <= instant) & (ends > instant)
            series.values.append(combine(values[held], weights_by_age(starts[held], since - opens_at)))
            series.estimates.append(int(held.sum()))
    return series


def as_events[V: Hashable](series: Series[V]) -> list[Event[V]]:
    """The consensus as a forecaster of its own, so that the same estimands select from it.

    >>> as_events(Series([0, 3], [None, 7642], [1, 2]))[1]
    Event(made_at=3, id=1, act=<Act.UPDATE: 'update'>, value=7642)
    """
    points = enumerate(zip(series.at, series.values, strict=True))
    return [Event(at, place, Act.WITHDRAW if value is None else Act.UPDATE, value) for place, (at, value) in points]


def _changes(start: Ints, end: Ints, cutoff: int) -> Ints:
    changes = np.unique(np.concatenate([start, end]))
    return changes[changes < cutoff]


def _instants(changes: Ints, cutoff: int, also: Sequence[int]) -> list[int]:
    if changes.size == 0:
        return []
    asked = [at for at in also if changes[0] < at < cutoff]
    if changes.size > MOST_POINTS:
        changes = changes[np.linspace(0, changes.size - 1, MOST_POINTS).round().astype(np.int64)]
    return [int(at) for at in np.union1d(changes, np.array(asked, dtype=np.int64))]


def _log_odds_of_grid() -> Floats:
    probability = np.clip(np.arange(GRID + 1), 1, GRID - 1)
    return np.log(probability / (GRID - probability))


_LOG_ODDS = _log_odds_of_grid()
