"""Clustered errors: exact sums, intervals that lie within what a score can be, and none where too little is known."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS
from forecasts.scoring.uncertainty import (
    ALL_FROM_ONE,
    Bounds,
    Clusters,
    ClusterSums,
    Mean,
    Would,
    mean_of,
    share_of,
)

clusters = st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 10**19)), max_size=30)
UNIT = Bounds(0.0, 1.0)


def alike(found: list[tuple[int, int]]) -> Clusters:
    """Each forecast a situation by itself."""
    sums = ClusterSums.of_clusters(found)
    return Clusters(sums, sums)


def mean(found: list[tuple[int, int]], unit: int = 1) -> Mean:
    return mean_of(alike(found), unit, Would(0.5, 0.2), UNIT)


@pytest.mark.parametrize("forecasts", [2, 9])
def test_below_ten_situations_there_is_a_mean_and_no_interval_and_the_reason(forecasts: int) -> None:
    found = mean([(100, 30)] * forecasts)
    assert (found.mean, found.standard_error, found.ci95, found.if_independent) == (0.3, None, None, None)
    needed = "An interval needs 10 independent situations"
    assert found.reason == f"{needed}; {forecasts} are here and count for {forecasts}."


def test_uneven_situations_count_for_fewer_than_they_are() -> None:
    found = mean([(1, 0)] * 19 + [(100, 30)])
    assert found.ci95 is None
    assert found.reason == "An interval needs 10 independent situations; 20 are here and count for 1.4."


def test_forecasts_of_one_situation_tell_nothing_of_another() -> None:
    by_forecast = ClusterSums.of_clusters([(1, y) for y in (0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0)])
    one = ClusterSums.of_cluster(by_forecast.n, by_forecast.s)
    for found in (mean_of(Clusters(one, by_forecast), 1, Would(0.5, 0.5), UNIT), share_of(Clusters(one, by_forecast))):
        assert (found.ci95, found.reason, found.effective) == (None, ALL_FROM_ONE, 1.0)
        assert found.if_independent is not None, "It is said what the interval were, were they independent."


def test_without_estimates_there_is_nothing_and_the_reason() -> None:
    found = mean([])
    assert (found.mean, found.ci95, found.reason) == (None, None, "There are no scored estimates.")


def test_a_forecast_does_not_count_for_more_by_being_updated_daily() -> None:
    once, daily = mean([(1, y) for y in (0, 1) * 10]), mean([(365, 365 * y) for y in (0, 1) * 10])
    assert daily.ci95 == pytest.approx(once.ci95)
    assert daily.effective == once.effective == 20


def test_forecasts_without_an_estimate_in_the_bin_are_no_part_of_it() -> None:
    assert ClusterSums.of_clusters([(2, 1), (0, 0)]) == ClusterSums.of_cluster(2, 1)


def test_the_unit_turns_sums_into_scores() -> None:
    found = mean([(1, int(BRIER_UNITS[1, p])) for p in range(0, 10_001, 1000)], BRIER_UNIT)
    assert found.mean == pytest.approx(sum((1 - p / 10) ** 2 for p in range(11)) / 11, abs=1e-15)


@given(first=clusters, second=clusters)
def test_sums_of_disjoint_clusters_add_up_and_are_taken_back_exactly(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    one, other = ClusterSums.of_clusters(first), ClusterSums.of_clusters(second)
    assert one + other == ClusterSums.of_clusters(first + second)
    assert one + other - other == one


@given(groups=clusters.filter(bool))
def test_the_moments_are_the_formula_in_fractions(groups: list[tuple[int, int]]) -> None:
    sums = ClusterSums.of_clusters(groups)
    exact = Fraction(sums.s, sums.n)
    residual = float(sum((s - exact * n) ** 2 for n, s in groups))
    assert sums.moments(1).residual == pytest.approx(residual, rel=1e-12)
    assert sums.moments(1).mean == pytest.approx(float(exact), rel=1e-15)


@given(
    scored=st.lists(st.tuples(st.integers(1, 50), st.floats(0, 1)), min_size=10, max_size=40),
    would=st.builds(Would, st.floats(0, 1), st.floats(0, 1)),
)
def test_an_interval_holds_its_mean_has_a_width_and_stays_within_the_score(
    scored: list[tuple[int, float]], would: Would
) -> None:
    found = mean_of(alike([(n, round(n * score * 10**6)) for n, score in scored]), 10**6, would, UNIT)
    if found.ci95 is not None and found.mean is not None:
        low, high = found.ci95
        assert 0 <= low <= found.mean <= high <= 1
        assert low < high


@given(came=st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=10, max_size=40))
def test_the_interval_of_a_share_holds_it_has_a_width_and_stays_within_0_and_1(came: list[tuple[int, bool]]) -> None:
    found = share_of(alike([(n, n * y) for n, y in came]))
    if found.ci95 is not None and found.mean is not None:
        low, high = found.ci95
        assert 0 <= low <= found.mean + 1e-12
        assert found.mean - 1e-12 <= high <= 1
        assert low < high


def test_twelve_forecasts_at_2_percent_that_all_failed_do_not_promise_that_the_next_will() -> None:
    sums = alike([(1, int(BRIER_UNITS[0, 200]))] * 12)
    found = mean_of(sums, BRIER_UNIT, Would(0.98**2, 0.02**2), UNIT)
    assert found.mean == pytest.approx(0.0004)
    assert found.ci95 is not None
    assert found.ci95 == pytest.approx((0.0, 0.14), abs=0.01)


def test_ten_forecasts_that_all_came_true_do_not_promise_that_the_next_will() -> None:
    assert share_of(alike([(2, 2)] * 10)).ci95 == pytest.approx((0.025**0.1, 1.0))
    assert share_of(alike([(1, 0)] * 10)).ci95 == pytest.approx((0.0, 1 - 0.025**0.1))


def test_who_always_says_evens_scores_alike_but_that_is_no_certainty() -> None:
    found = mean_of(alike([(1, 25)] * 20), 100, Would(0.25, 0.25), UNIT)
    assert found.mean == 0.25
    assert found.ci95 is not None
    assert found.ci95[0] < 0.25 < found.ci95[1]


def test_scores_without_an_upper_bound_that_are_all_alike_have_no_interval_but_a_reason() -> None:
    found = mean_of(alike([(1, 0)] * 20), 100)
    assert (found.mean, found.ci95) == (0.0, None)
    assert found.reason == "All scores are alike: how far another may lie cannot be told."
