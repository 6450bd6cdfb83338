"""Two forecasters on the same forecasts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.comparison import Answered, paired_difference
from forecasts.scoring.uncertainty import ALL_FROM_ONE, Bounds

scores = st.dictionaries(
    st.integers(0, 30),
    st.builds(Answered, st.integers(1, 5), st.integers(0, 10**9), st.integers(0, 10**9)),
    max_size=30,
)
ALONE = {forecast: f"forecast:{forecast}" for forecast in range(100)}


def test_only_forecasts_that_both_have_are_compared() -> None:
    first = {1: Answered(1, 10), 2: Answered(1, 20), 3: Answered(1, 10**9)}
    second = {1: Answered(1, 20), 2: Answered(1, 40), 4: Answered(1, 0)}
    found = paired_difference(first, second, 10, ALONE)
    assert (found.mean, found.forecasts, found.ci95) == (-1.5, 2, None)
    assert found.reason == "An interval needs 10 independent situations; 2 are here and count for 2."


def test_nothing_in_common_is_no_comparison() -> None:
    assert paired_difference({1: Answered(1, 10)}, {2: Answered(1, 10)}, 10, ALONE).mean is None


def test_a_forecast_counts_once_whatever_the_number_of_estimates() -> None:
    first = {forecast: Answered(1 + forecast, (1 + forecast) * 7) for forecast in range(12)}
    second = {forecast: Answered(1, forecast) for forecast in range(12)}
    assert paired_difference(first, second, 1, ALONE).mean == pytest.approx(7 - 5.5)


def test_forecasts_of_one_situation_make_no_interval_but_say_what_it_were_if_independent() -> None:
    first = {forecast: Answered(1, forecast) for forecast in range(12)}
    second = {forecast: Answered(1, 20 - forecast) for forecast in range(12)}
    found = paired_difference(first, second, 20, dict.fromkeys(range(12), "named:war"), Bounds(0, 1))
    assert (found.ci95, found.effective, found.reason) == (None, 1.0, ALL_FROM_ONE)
    assert found.if_independent is not None


@pytest.mark.parametrize("forecasts", [40, 400])
def test_with_many_forecasts_the_interval_nears_that_of_the_paired_t_test(forecasts: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    one, other = np.random.default_rng(5).integers(0, 10**8, (2, forecasts))
    alone = {forecast: f"forecast:{forecast}" for forecast in range(forecasts)}
    found = paired_difference(
        {at: Answered(1, int(score), 10**8 - int(score)) for at, score in enumerate(one)},
        {at: Answered(1, int(score), 10**8 - int(score)) for at, score in enumerate(other)},
        10**8,
        alone,
        Bounds(0.0, 1.0),
    )
    interval = stats.ttest_rel(one / 1e8, other / 1e8).confidence_interval(0.95)
    assert found.ci95 == pytest.approx((interval.low, interval.high), abs=1 / forecasts)


@given(first=scores, second=scores)
def test_turning_the_comparison_round_turns_its_sign(first: dict[int, Answered], second: dict[int, Answered]) -> None:
    one, other = (paired_difference(*pair, 10**8, ALONE) for pair in ((first, second), (second, first)))
    assert one.forecasts == other.forecasts == len(first.keys() & second.keys())
    assert (one.mean is None) == (other.mean is None)
    assert one.mean is None or one.mean == pytest.approx(-(other.mean or 0), abs=1e-14)
    assert one.standard_error == pytest.approx(other.standard_error, abs=1e-14)


def test_two_who_always_agree_differ_by_nought_but_not_for_sure() -> None:
    same = {forecast: Answered(1, 5, 5) for forecast in range(30)}
    found = paired_difference(same, same, 10, ALONE, Bounds(0.0, 1.0))
    assert found.mean == 0
    assert found.ci95 is not None
    assert found.ci95[0] < 0 < found.ci95[1]
