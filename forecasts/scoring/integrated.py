"""Scores integrated over time: baseline, peer and relative Brier, and the coverage that must stand beside them.

All integrate over the scheduled window, so a forecast that ended early accrues less. Estimates made before the
opening count from the opening.
"""

from typing import NamedTuple

import numpy as np

from forecasts.scoring.arrays import Booleans, Floats, Ints
from forecasts.scoring.rules import LOG_FLOOR
from forecasts.scoring.timeline import DAY


class Held(NamedTuple):
    """Intervals in force of all forecasters of one forecast, each array of shape (n,).

    forecaster from 0; start and end in any unit of time, one forecaster's not overlapping; chosen the probability
    given to what happened, 0 to 1; options among how many. Those of one forecaster need not be together.
    """

    forecaster: Ints
    start: Floats | Ints
    end: Floats | Ints
    chosen: Floats
    options: Ints | int = 2

    def where(self, mask: Booleans) -> "Held":
        """The intervals that a mask of shape (n,) holds for."""
        options = np.broadcast_to(self.options, self.start.shape)[mask]
        return Held(self.forecaster[mask], self.start[mask], self.end[mask], self.chosen[mask], options)

    def within(self, opens_at: float, closes_at: float) -> "Held":
        """The same, clipped to the window and to probabilities in [0.0001, 0.9999]; what lies outside has length 0."""
        start = np.clip(self.start, opens_at, closes_at)
        end = np.maximum(np.clip(self.end, opens_at, closes_at), start)
        return Held(self.forecaster, start, end, np.clip(self.chosen, LOG_FLOOR, 1 - LOG_FLOOR), self.options)


def coverage(held: Held, opens_at: float, closes_at: float) -> Floats:
    """Share of the scheduled window that each forecaster had an estimate in force, shape (forecasters,), 0 to 1.

    >>> held = Held(np.array([0, 0]), np.array([0, 5]), np.array([2, 9]), np.array([0.5, 0.5]))
    >>> coverage(held, 0, 10)
    array([0.6])
    """
    clipped = held.within(opens_at, closes_at)
    return _per_forecaster(held.forecaster, (clipped.end - clipped.start) / (closes_at - opens_at))


def baseline(held: Held, opens_at: float, closes_at: float) -> Floats:
    """Score against equal odds, by time in force, shape (forecasters,): 100 is perfect, 0 what equal odds earn.

    100 (log2 p + 1) for two options, 100 ln(p K) / ln K for K, times the share of the window. As by Metaculus. K is
    how many options there were at the time: more may come later.

    >>> baseline(Held(np.array([0]), np.array([5]), np.array([10]), np.array([0.25])), 0, 10)
    array([-50.])
    """
    clipped = held.within(opens_at, closes_at)
    share = (clipped.end - clipped.start) / (closes_at - opens_at)
    return _per_forecaster(held.forecaster, 100 * share * (np.log(clipped.chosen) / np.log(clipped.options) + 1))


def peer(held: Held, opens_at: float, closes_at: float) -> Floats:
    """Score against the others in force, by time in force, shape (forecasters,). Sums to 0. As by Metaculus.

    100 n / (n - 1) ln(p / GM), GM the geometric mean of all n in force, times the share of the window; nothing
    while n < 2. With L = sum ln p, A(t) the integral of n / (n - 1), B(t) that of L / (n - 1), an interval with
    x = ln p earns x dA - dB: one sweep over the change points, O(n log n).

    >>> two = Held(np.array([0, 1]), np.array([0, 0]), np.array([10, 10]), np.array([0.8, 0.4]))
    >>> peer(two, 0, 10).round(6)
    array([ 69.314718, -69.314718])
    """
    clipped = held.within(opens_at, closes_at)
    x = np.log(clipped.chosen)
    times, place = np.unique(np.concatenate([clipped.start, clipped.end]), return_inverse=True)
    starts, ends = place[: x.size], place[x.size :]
    n = np.cumsum(_tally(starts, 1.0, times) - _tally(ends, 1.0, times))[:-1]
    log_sum = np.cumsum(_tally(starts, x, times) - _tally(ends, x, times))[:-1]
    others = np.where(n > 1, n - 1, np.inf)
    a, b = (_integral(rate, times) for rate in (n / others, log_sum / others))
    earned = x * (a[ends] - a[starts]) - (b[ends] - b[starts])
    return _per_forecaster(held.forecaster, 100 / (closes_at - opens_at) * earned)


def relative_brier(held: Held, opens_at: int, cutoff: int, day: int = DAY) -> Floats:
    """Mean over days in force of own Brier score minus the median of all that day. Below 0 is better than most.

    Shape (forecasters,), nan for whoever was in force on no day. Days are those of UTC from the opening to the
    cut-off, in microseconds; what counts of a day is the estimate in force at its end, or at the cut-off on the
    last. One-sided Brier. As by Cultivate and Good Judgment Open.

    >>> three = Held(np.arange(3), np.zeros(3, int), np.full(3, DAY), np.array([1.0, 0.5, 0.0]))
    >>> relative_brier(three, 0, DAY)
    array([-0.25,  0.  ,  0.75])
    """
    ends = _day_ends(opens_at, cutoff, day)
    first = np.searchsorted(ends, held.start, side="right")
    last = np.searchsorted(ends, held.end, side="right")
    days = last - first
    row = np.repeat(np.arange(days.size), days)
    on = np.arange(row.size) - np.repeat(np.cumsum(days) - days, days) + first[row]
    score = (1 - held.chosen[row]) ** 2
    distance = score - _medians(on, score, ends.size)[on]
    forecasters = int(held.forecaster.max()) + 1
    held_days = np.bincount(held.forecaster[row], minlength=forecasters)
    summed = np.bincount(held.forecaster[row], distance, minlength=forecasters)
    return np.where(held_days > 0, summed / np.maximum(held_days, 1), np.nan)


def _day_ends(opens_at: int, cutoff: int, day: int) -> Ints:
    midnights = np.arange(opens_at // day + 1, -(-cutoff // day), dtype=np.int64) * day
    return np.append(midnights, cutoff)


def _medians(on: Ints, score: Floats, days: int) -> Floats:
    """Median score of each day, shape (days,); nan for a day without any."""
    ordered = score[np.lexsort((score, on))]
    count = np.bincount(on, minlength=days)
    start = np.cumsum(count) - count
    seen = np.flatnonzero(count)
    lower = ordered[(start + (count - 1) // 2)[seen]]
    upper = ordered[(start + count // 2)[seen]]
    medians = np.full(days, np.nan)
    medians[seen] = (lower + upper) / 2
    return medians


def _tally(place: Ints, amount: Floats | float, times: Floats) -> Floats:
    weights = np.broadcast_to(np.asarray(amount, dtype=np.float64), place.shape)
    return np.bincount(place, weights, minlength=times.size)


def _integral(rate: Floats, times: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(rate * np.diff(times))])


def _per_forecaster(forecaster: Ints, amount: Floats) -> Floats:
    return np.bincount(forecaster, amount)
