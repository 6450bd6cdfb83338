"""Two forecasters on the same forecasts. A mean over different forecasts compares the forecasts, not the people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from forecasts.scoring.uncertainty import LOSS, Bounds, Clusters, ClusterSums, Mean, Would, mean_of

DIFFERENCE_UNIT = 10**15
"""Differences of mean scores are rounded to so fine a grid, or to the score's own where that is finer."""


class Answered(NamedTuple):
    """One forecaster on one forecast: weight, weighted score, and what it were had the other outcome come, if known."""

    n: int
    s: int
    other: int | None = None


def paired_difference(
    first: Mapping[int, Answered],
    second: Mapping[int, Answered],
    unit: int,
    situation: Mapping[int, str],
    bounds: Bounds = LOSS,
) -> Mean:
    """Mean difference first - second of the scores over the forecasts that both have, with its 95% interval.

    Each maps a forecast to what was answered, S in `unit` to a score of 1; `situation` says which forecasts belong
    together. Each forecast counts once, whatever the number of estimates on it. Below 0 the first did better.

    >>> first = {forecast: Answered(1, 10 + forecast % 2) for forecast in range(12)}
    >>> second = {forecast: Answered(2, 40) for forecast in range(2, 20)}
    >>> paired_difference(first, second, 10, dict.fromkeys(range(20), "one")).mean
    -0.95
    """
    shared = sorted(first.keys() & second.keys())
    grain = max(1, DIFFERENCE_UNIT // unit)
    differences = {one: round((_mean(first[one]) - _mean(second[one])) * grain) for one in shared}
    together: dict[str, list[int]] = defaultdict(list)
    for forecast, difference in differences.items():
        together[situation[forecast]].append(difference)
    sums = Clusters(
        ClusterSums.of_clusters((len(own), sum(own)) for own in together.values()),
        ClusterSums.of_clusters((1, difference) for difference in differences.values()),
    )
    span = bounds.most - bounds.least
    return mean_of(sums, grain * unit, _would([(first[one], second[one]) for one in shared], unit), Bounds(-span, span))


def _would(pairs: Sequence[tuple[Answered, Answered]], unit: int) -> Would | None:
    """Mean differences had each outcome been the other one, and the one that the two together held likelier."""
    other, likelier = Fraction(0), Fraction(0)
    for one, two in pairs:
        if one.other is None or two.other is None:
            return None
        came, would = _mean(one) - _mean(two), Fraction(one.other, one.n) - Fraction(two.other, two.n)
        lost, might = _mean(one) + _mean(two), Fraction(one.other, one.n) + Fraction(two.other, two.n)
        other += would
        likelier += came if lost <= might else would
    count = max(len(pairs), 1) * unit
    return Would(float(other / count), float(likelier / count))


def _mean(answered: Answered) -> Fraction:
    return Fraction(answered.s, answered.n)
