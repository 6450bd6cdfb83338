"""Two forecasters on the same forecasts. A mean over different forecasts compares the forecasts, not the people."""

from collections.abc import Mapping
from fractions import Fraction

from forecasts.scoring.uncertainty import Clustered, ClusterSums, clustered

DIFFERENCE_UNIT = 10**15
"""Mean scores per forecast are rounded to so fine a grid before they are subtracted."""


def paired_difference(
    first: Mapping[int, tuple[int, int]], second: Mapping[int, tuple[int, int]], unit: int
) -> Clustered:
    """Mean difference first - second of the scores over the forecasts that both have, with its 95% interval.

    Each maps a forecast to (n, S) as in `uncertainty`, S in `unit` to a score of 1. Each forecast counts once,
    whatever the number of estimates on it. Below 0 the first did better, by losses. No interval below 10 forecasts.

    >>> first = {forecast: (1, 10 + forecast % 2) for forecast in range(12)}
    >>> second = {forecast: (2, 40) for forecast in range(2, 20)}
    >>> paired_difference(first, second, unit=10)[::3]
    (-0.95, 10)
    """
    shared = first.keys() & second.keys()
    differences = (_mean(first[forecast]) - _mean(second[forecast]) for forecast in shared)
    rounded = [(1, round(difference * DIFFERENCE_UNIT / unit)) for difference in differences]
    return clustered(ClusterSums.of_forecasts(rounded), DIFFERENCE_UNIT)


def _mean(forecast: tuple[int, int]) -> Fraction:
    n, s = forecast
    return Fraction(s, n)
