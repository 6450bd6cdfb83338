"""How far a mean can be trusted when many estimates stand on few situations.

Estimates on the same forecast share its outcome, and forecasts of one situation share what befalls it, so they are no
independent trials: errors are clustered by situation, and beside that by forecast. Six sums carry all that is needed of
either, and add up exactly over disjoint sets of clusters:

    G         clusters
    sum n     weight of the estimates
    sum S     weighted score
    sum S^2   squared, per cluster
    sum nS    product, per cluster
    sum n^2   squared, per cluster

with n and S those of one cluster within the group. All are whole numbers: n counts estimates (in
`time_weighted`, millionths of a pair), S is the sum of weight x score, the score in units of its own:

    Brier                        1e-8   (rules.BRIER_UNITS)
    log                          1e-12  (rules.LOG_UNITS)
    WIS and its parts            1e-60  (quantiles.WIS_UNIT)
    observed frequency in a bin  1      (the outcome; clusters without an estimate in the bin are no part)

They outgrow 64 bits (S^2 of a log score reaches 1e38): Python integers here, numeric in PostgreSQL.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from math import floor, inf
from typing import NamedTuple, Self

from forecasts.scoring.intervals import Moments, mean_interval, pseudo_size, share_interval, share_size

FEWEST = 10
"""Below so many independent clusters, effectively counted, no interval is given."""
_ROUNDING = 1e-9

type Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """The six sums, in this order; added when clusters enter a group, subtracted when they leave it.

    >>> ClusterSums.of_cluster(2, 3) + ClusterSums.of_cluster(1, 1)
    ClusterSums(clusters=2, n=3, s=4, ss=10, ns=7, nn=5)
    """

    clusters: int = 0
    n: int = 0
    s: int = 0
    ss: int = 0
    ns: int = 0
    nn: int = 0

    @classmethod
    def of_cluster(cls, n: int, s: int) -> Self:
        """The sums of a single cluster with weight n and weighted score s; without weight it is none."""
        return cls(1, n, s, s * s, n * s, n * n) if n else cls()

    @classmethod
    def of_clusters(cls, clusters: Iterable[tuple[int, int]]) -> Self:
        """The sums of several clusters, each given as (n, S); those with n = 0 are no part of the group."""
        return sum((cls.of_cluster(n, s) for n, s in clusters), start=cls())

    def __add__(self, other: Self) -> Self:
        return type(self)(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: Self) -> Self:
        return type(self)(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def effective(self) -> float:
        """How many independent clusters of one size these count for: (sum n)^2 / sum n^2.

        >>> ClusterSums.of_clusters([(1, 0), (1, 1), (8, 8)]).effective
        1.5151515151515151
        """
        return self.n * self.n / self.nn if self.nn else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether an interval can be given."""
        return is_enough(self.effective)

    def moments(self, unit: int) -> Moments:
        """Weight, mean and residual, in estimates and scores of 1; exact in whole numbers, then rounded once."""
        n, s = self.n, self.s
        residual = (self.ss * n * n - 2 * s * self.ns * n + s * s * self.nn) / (n * n * unit * unit)
        return Moments(float(n), float(self.nn), s / (n * unit), residual)


def is_enough(effective: float) -> bool:
    """Whether so many independent clusters give an interval."""
    return effective >= FEWEST - _ROUNDING


class Clusters(NamedTuple):
    """The sums of one score twice: clustered by situation, and by forecast."""

    situations: ClusterSums = ClusterSums()
    forecasts: ClusterSums = ClusterSums()


class Would(NamedTuple):
    """Mean scores of the same estimates: had each outcome been the other one, and the one held likelier."""

    other: float
    likelier: float


class Bounds(NamedTuple):
    """What a score can be."""

    least: float = 0.0
    most: float = inf


LOSS = Bounds()


class Mean(NamedTuple):
    """A mean with its error and 95% interval, clustered by situation; None where there is none, and why.

    `if_independent` is the interval if forecasts told nothing of one another, `effective` counts independent
    situations.
    """

    mean: float | None
    standard_error: float | None
    ci95: Pair | None
    if_independent: Pair | None
    effective: float
    situations: int
    forecasts: int
    reason: str | None


def mean_of(sums: Clusters, unit: int, would: Would | None = None, bounds: Bounds = LOSS) -> Mean:
    """Mean score with its interval; `unit` of S make a score of 1.

    Without `would` a score of no loss and its mirror stand in: (0, twice the mean).

    >>> ten = ClusterSums.of_clusters((1, s) for s in (0, 4, 1, 4, 1, 1, 0, 4, 1, 1))
    >>> [round(end, 3) for end in mean_of(Clusters(ten, ten), unit=10).ci95]
    [0.064, 0.276]
    """
    by_situation, by_forecast = sums
    if by_situation.n == 0:
        return _nothing()
    mean = by_situation.s / (by_situation.n * unit)
    error, ci95 = _mean_range(by_situation, by_forecast, unit, would, bounds)
    return _mean(sums, mean, error, ci95, _mean_range(by_forecast, by_forecast, unit, would, bounds)[1])


def share_of(sums: Clusters, unit: int = 1) -> Mean:
    """How often something came true, with its exact interval at the effective number of trials.

    >>> all_true = ClusterSums.of_clusters([(3, 3)] * 10)
    >>> [round(end, 3) for end in share_of(Clusters(all_true, all_true)).ci95]
    [0.692, 1.0]
    """
    by_situation, by_forecast = sums
    if by_situation.n == 0:
        return _nothing()
    found, alone = by_situation.moments(unit), by_forecast.moments(unit)
    sizes = (float(share_size(one, alone)) for one in (found, alone))
    ranges = tuple(share_interval(found.mean, size) for size in sizes)
    enough = by_situation.is_enough, by_forecast.is_enough
    ci95, independent = (
        (float(one.lower), float(one.upper)) if is_enough else None
        for one, is_enough in zip(ranges, enough, strict=True)
    )
    return _mean(sums, float(found.mean), float(ranges[0].error) if ci95 else None, ci95, independent)


def _mean_range(
    sums: ClusterSums, by_forecast: ClusterSums, unit: int, would: Would | None, bounds: Bounds
) -> tuple[float | None, Pair | None]:
    if not sums.is_enough:
        return None, None
    found = sums.moments(unit)
    other, likelier = would or (2 * found.mean, 0.0)
    if found.residual == 0 and abs(other - found.mean) + abs(likelier - found.mean) < _ROUNDING:
        # All scores alike, whatever had come: nothing but what a score can be tells how far another may lie.
        if bounds.most == inf:
            return None, None
        other, likelier = bounds
    size = pseudo_size(found, by_forecast.moments(unit))
    error, lower, upper = (float(one) for one in mean_interval(found, size, other, likelier))
    return error, (max(lower, bounds.least), min(upper, bounds.most))


def _mean(sums: Clusters, mean: float, error: float | None, ci95: Pair | None, independent: Pair | None) -> Mean:
    by_situation, by_forecast = sums
    reason = None if ci95 else too_few(by_situation)
    return Mean(
        mean, error, ci95, independent, by_situation.effective, by_situation.clusters, by_forecast.clusters, reason
    )


def _nothing() -> Mean:
    return Mean(None, None, None, None, 0.0, 0, 0, "There are no scored estimates.")


ALL_FROM_ONE = "All from one situation: this tells nothing about another."


def too_few(situations: ClusterSums) -> str:
    """Why there is no interval."""
    if situations.clusters != 1 and situations.is_enough:
        return "All scores are alike: how far another may lie cannot be told."
    return lacking(situations.clusters, situations.effective)


def lacking(situations: int, effective: float) -> str:
    """What so few situations, that count for so many, tell."""
    if situations == 1:
        return ALL_FROM_ONE
    return (
        f"An interval needs {FEWEST} independent situations; {situations} are here and count for "
        f"{counting_for(effective)}."
    )


def too_few_to_judge(forecasts: int, situations: int, effective: float) -> str:
    """What so many forecasts lack, as the end of a sentence that has counted them.

    >>> too_few_to_judge(8, 8, 8.0)
    'too few to judge: 2 more are needed'
    >>> too_few_to_judge(8, 1, 1.0)
    'all from one situation: this tells nothing about another'
    >>> too_few_to_judge(40, 12, 9.98)
    'of 12 situations that count for 9.9 independent ones: too few to judge, 10 are needed'
    """
    if situations == 1 and forecasts > 1:
        return ALL_FROM_ONE[0].lower() + ALL_FROM_ONE[1:-1]
    if situations == forecasts < FEWEST:
        missing = FEWEST - forecasts
        return f"too few to judge: {missing} more {'is' if missing == 1 else 'are'} needed"
    shown = counting_for(effective)
    return (
        f"of {situations:,} situations that count for {shown} independent ones: too few to judge, {FEWEST} are needed"
    )


def counting_for(effective: float) -> str:
    """An effective number, never rounded up: what falls short of the least does not look like it.

    >>> counting_for(9.98), counting_for(3.0)
    ('9.9', '3')
    """
    return f"{floor(10 * effective + _ROUNDING) / 10:.1f}".removesuffix(".0")
