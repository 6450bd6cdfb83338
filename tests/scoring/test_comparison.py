"""Two forecasters on the same forecasts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.comparison import paired_difference

scores = st.dictionaries(st.integers(0, 30), st.tuples(st.integers(1, 5), st.integers(0, 10**9)), max_size=30)


def test_only_forecasts_that_both_have_are_compared() -> None:
    first = {1: (1, 10), 2: (1, 20), 3: (1, 10**9)}
    second = {1: (1, 20), 2: (1, 40), 4: (1, 0)}
    found = paired_difference(first, second, unit=10)
    assert (found.mean, found.forecasts, found.ci95) == (-1.5, 2, None)
    assert found.reason == "An interval needs 10 forecasts; there are 2."


def test_nothing_in_common_is_no_comparison() -> None:
    assert paired_difference({1: (1, 10)}, {2: (1, 10)}, unit=10).mean is None


def test_a_forecast_counts_once_whatever_the_number_of_estimates() -> None:
    first = {forecast: (1 + forecast, (1 + forecast) * 7) for forecast in range(12)}
    second = {forecast: (1, forecast) for forecast in range(12)}
    assert paired_difference(first, second, unit=1).mean == pytest.approx(7 - 5.5)


def test_the_interval_is_that_of_the_paired_t_test() -> None:
    stats = pytest.importorskip("scipy.stats")
    generator = np.random.default_rng(5)
    one, other = generator.integers(0, 10**8, (2, 40))
    found = paired_difference(
        {at: (1, int(score)) for at, score in enumerate(one)},
        {at: (1, int(score)) for at, score in enumerate(other)},
        unit=10**8,
    )
    interval = stats.ttest_rel(one / 1e8, other / 1e8).confidence_interval(0.95)
    assert found.ci95 == pytest.approx((interval.low, interval.high), abs=1e-12)


@given(first=scores, second=scores)
def test_turning_the_comparison_round_turns_its_sign(
    first: dict[int, tuple[int, int]], second: dict[int, tuple[int, int]]
) -> None:
    one, other = paired_difference(first, second, 10**8), paired_difference(second, first, 10**8)
    assert one.forecasts == other.forecasts == len(first.keys() & second.keys())
    assert (one.mean is None) == (other.mean is None)
    assert one.mean is None or one.mean == pytest.approx(-(other.mean or 0), abs=1e-14)
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-14)
