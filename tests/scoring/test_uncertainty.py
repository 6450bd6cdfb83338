"""Clustered errors: exact sums, exact formula, intervals that hold."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS, LOG_UNITS
from forecasts.scoring.uncertainty import ClusterSums, clustered, frequency, weighted_sum

clusters = st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 10**19)), max_size=30)


@pytest.mark.parametrize("forecasts", [1, 2, 9])
def test_below_ten_forecasts_there_is_a_mean_and_no_interval_and_the_reason(forecasts: int) -> None:
    found = clustered(ClusterSums.of_forecasts([(100, 30)] * forecasts))
    assert (found.mean, found.standard_error, found.ci95) == (0.3, None, None)
    assert found.reason == f"An interval needs 10 forecasts; there are {forecasts}."


def test_without_estimates_there_is_nothing_and_the_reason() -> None:
    assert clustered(ClusterSums()) == (None, None, None, 0, "There are no scored estimates.")


def test_one_estimate_per_forecast_gives_the_textbook_interval() -> None:
    found = clustered(ClusterSums.of_forecasts([(1, y) for y in (0, 0, 1, 1, 1, 0, 1, 0, 1, 1)]))
    error = np.std([0, 0, 1, 1, 1, 0, 1, 0, 1, 1], ddof=1) / np.sqrt(10)
    assert found.standard_error == pytest.approx(error, abs=1e-15)
    assert found.ci95 == pytest.approx((0.6 - 2.262157162798 * error, 0.6 + 2.262157162798 * error), abs=1e-11)


def test_a_forecast_does_not_count_for_more_by_being_updated_daily() -> None:
    once = clustered(ClusterSums.of_forecasts([(1, y) for y in (0, 1) * 10]))
    daily = clustered(ClusterSums.of_forecasts([(365, 365 * y) for y in (0, 1) * 10]))
    assert daily == once


def test_forecasts_without_an_estimate_in_the_bin_are_no_part_of_it() -> None:
    assert ClusterSums.of_forecasts([(2, 1), (0, 0)]) == ClusterSums.of_forecast(2, 1)


def test_the_unit_turns_sums_into_scores() -> None:
    sums = ClusterSums.of_forecasts([(1, int(BRIER_UNITS[1, p])) for p in range(0, 10_001, 1000)])
    assert clustered(sums, BRIER_UNIT).mean == pytest.approx(np.mean([(1 - p / 10) ** 2 for p in range(11)]), abs=1e-15)


@given(cases=st.lists(st.tuples(st.integers(1, 9), st.lists(st.floats(0, 1), min_size=1, max_size=5)), min_size=10))
def test_the_error_equals_that_of_statsmodels(cases: list[tuple[int, list[float]]]) -> None:
    linear_model = pytest.importorskip("statsmodels.api")
    scores = [[round(score * 10**8) for score in group] for _, group in cases]
    sums = ClusterSums.of_forecasts([(len(group), sum(group)) for group in scores])
    flat = np.array([score / 10**8 for group in scores for score in group])
    groups = np.repeat(np.arange(len(scores)), [len(group) for group in scores])
    fit = linear_model.OLS(flat, np.ones((flat.size, 1))).fit()
    # Their correction is G / (G - 1) x (N - 1) / (N - K), and K is 1 here.
    robust = fit.get_robustcov_results("cluster", groups=groups, use_correction=True, df_correction=True)
    found = clustered(sums, 10**8)
    assert found.mean == pytest.approx(robust.params[0], abs=1e-12)
    assert found.standard_error == pytest.approx(robust.bse[0], abs=1e-9)


@given(first=clusters, second=clusters)
def test_sums_of_disjoint_forecasts_add_up_and_are_taken_back_exactly(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    one, other = ClusterSums.of_forecasts(first), ClusterSums.of_forecasts(second)
    assert one + other == ClusterSums.of_forecasts(first + second)
    assert one + other - other == one


@given(groups=clusters)
def test_the_sums_are_the_formula_in_fractions(groups: list[tuple[int, int]]) -> None:
    sums = ClusterSums.of_forecasts(groups)
    if sums.forecasts >= 10:
        mean = Fraction(sums.s, sums.n)
        residuals = sum((s - mean * n) ** 2 for n, s in groups)
        variance = residuals / sums.n**2 * Fraction(len(groups), len(groups) - 1)
        assert clustered(sums).standard_error == pytest.approx(float(variance) ** 0.5, rel=1e-12)


@given(rows=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10_000)), min_size=1, max_size=50))
def test_a_weighted_sum_of_log_scores_is_exact_beyond_64_bits(rows: list[tuple[int, int]]) -> None:
    weights, points = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    exact = sum(w * int(LOG_UNITS[1, p]) for w, p in rows)
    assert weighted_sum(weights, LOG_UNITS[1, points]) == exact


def test_ten_forecasts_that_all_came_true_do_not_promise_that_the_next_will() -> None:
    all_true = frequency(ClusterSums.of_forecasts([(2, 2)] * 10))
    none_true = frequency(ClusterSums.of_forecasts([(1, 0)] * 10))

    assert all_true.ci95 == pytest.approx((0.025**0.1, 1.0))
    assert none_true.ci95 == pytest.approx((0.0, 1 - 0.025**0.1))


def test_the_interval_of_a_frequency_stays_within_its_range() -> None:
    sums = ClusterSums.of_forecasts([(1, 1)] * 19 + [(1, 0)])

    plain, kept = clustered(sums).ci95, frequency(sums).ci95

    assert plain is not None
    assert plain[1] > 1
    assert kept == (plain[0], 1.0)
