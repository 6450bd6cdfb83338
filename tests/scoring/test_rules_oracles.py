"""Scoring rules against independent implementations, on random and edge input."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from forecasts.scoring.rules import (
    BRIER_UNIT,
    GRID,
    LOG_UNIT,
    brier,
    brier_of_options,
    interval_score,
    log_of_options,
    log_score,
    pinball,
    ranked_probability_score,
    weighted_interval_score,
)
from tests.scoring.shares import Shares, shares

LEVELS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
FEW = settings(max_examples=20)
"""For oracles that take a tenth of a second a call."""

probability = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.0001, 0.5, 0.9999, 1.0]))
binary = st.lists(st.tuples(probability, st.integers(0, 1)), min_size=1, max_size=20)
quantity = st.floats(-1e4, 1e4)
quantiles = st.lists(quantity, min_size=5, max_size=5).map(sorted)


def columns(pairs: list[tuple[float, int]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([p for p, _ in pairs]), np.array([float(y) for _, y in pairs])


@pytest.fixture(scope="module")
def scoringrules() -> Any:
    return pytest.importorskip("scoringrules")


@pytest.fixture(scope="module")
def sklearn_metrics() -> Any:
    return pytest.importorskip("sklearn.metrics")


@given(pairs=binary)
def test_brier_equals_scoringrules(scoringrules: Any, pairs: list[tuple[float, int]]) -> None:
    p, y = columns(pairs)
    assert brier(p, y) == pytest.approx(scoringrules.brier_score(y, p, backend="numpy"), abs=1e-12)


@given(pairs=binary)
def test_brier_equals_scikit_learn(sklearn_metrics: Any, pairs: list[tuple[float, int]]) -> None:
    p, y = columns(pairs)
    assume(len(set(y)) == 2)
    assert brier(p, y).mean() == pytest.approx(sklearn_metrics.brier_score_loss(y, p), abs=1e-12)


@FEW
@given(pairs=binary)
def test_brier_equals_scores(pairs: list[tuple[float, int]]) -> None:
    oracle, xarray = pytest.importorskip("scores.probability"), pytest.importorskip("xarray")
    p, y = columns(pairs)
    theirs = oracle.brier_score(xarray.DataArray(p), xarray.DataArray(y))
    assert brier(p, y).mean() == pytest.approx(float(theirs), abs=1e-12)


@given(pairs=binary)
def test_the_log_score_equals_scikit_learn(sklearn_metrics: Any, pairs: list[tuple[float, int]]) -> None:
    p, y = columns(pairs)
    clipped = np.clip(p, 0.0001, 0.9999)
    theirs = sklearn_metrics.log_loss(y, clipped, labels=[0, 1])
    assert log_score(p, y).mean() == pytest.approx(theirs, abs=1e-12)


@given(pairs=binary)
def test_the_log_score_equals_scoringrules(scoringrules: Any, pairs: list[tuple[float, int]]) -> None:
    p, y = columns(pairs)
    theirs = scoringrules.log_score(y, np.clip(p, 0.0001, 0.9999), backend="numpy")
    assert log_score(p, y) == pytest.approx(theirs, abs=1e-12)


@given(said=shares(2, 7), happened=st.integers(0, 6))
def test_the_ranked_probability_score_equals_scoringrules(scoringrules: Any, said: Shares, happened: int) -> None:
    outcome = happened % len(said)
    theirs = scoringrules.rps_score(np.array([outcome + 1]), np.array([said]) / GRID, backend="numpy")
    assert ranked_probability_score(said, outcome) / BRIER_UNIT == pytest.approx(float(theirs[0]), abs=1e-12)


@given(said=shares(3, 7), happened=st.integers(0, 6))
def test_the_brier_score_of_options_equals_scikit_learn(sklearn_metrics: Any, said: Shares, happened: int) -> None:
    outcome = happened % len(said)
    given, labels = np.array([said]) / GRID, list(range(len(said)))
    theirs = sklearn_metrics.brier_score_loss(np.array([outcome]), given, labels=labels, scale_by_half=False)
    assert brier_of_options(said, outcome) / BRIER_UNIT == pytest.approx(theirs, abs=1e-12)


@given(said=shares(2, 7), happened=st.integers(0, 6))
def test_the_log_score_of_options_is_the_clipped_logarithm_of_the_chosen(said: Shares, happened: int) -> None:
    special = pytest.importorskip("scipy.stats")
    outcome = happened % len(said)
    chosen = min(max(said[outcome] / GRID, 0.0001), 0.9999)
    theirs = special.entropy([1.0, 0.0], [chosen, 1 - chosen])
    assert log_of_options(said, outcome) / LOG_UNIT == pytest.approx(theirs, abs=1e-12)


@given(value=quantity, level=st.floats(0.001, 0.999), truth=quantity)
def test_pinball_equals_scikit_learn(sklearn_metrics: Any, value: float, level: float, truth: float) -> None:
    theirs = sklearn_metrics.mean_pinball_loss([truth], [value], alpha=level)
    assert pinball(np.array(value), np.array(level), np.array(truth)) == pytest.approx(theirs, rel=1e-12, abs=1e-12)


@given(values=st.tuples(quantity, quantity).map(sorted), alpha=st.floats(0.01, 1), truth=quantity)
def test_the_interval_score_equals_scoringrules(
    scoringrules: Any, values: list[float], alpha: float, truth: float
) -> None:
    lower, upper = np.array(values[0]), np.array(values[1])
    theirs = scoringrules.interval_score(np.array(truth), lower, upper, np.array(alpha), backend="numpy")
    ours = interval_score(lower, upper, np.array(alpha), np.array(truth))
    assert ours.total == pytest.approx(theirs, rel=1e-12, abs=1e-12)


@FEW
@given(values=quantiles, truth=quantity)
def test_the_parts_of_the_interval_score_equal_scores(values: list[float], truth: float) -> None:
    oracle, xarray = pytest.importorskip("scores.continuous"), pytest.importorskip("xarray")
    lower, upper, x = (xarray.DataArray([amount]) for amount in (values[1], values[3], truth))
    theirs = oracle.quantile_interval_score(lower, upper, x, 0.25, 0.75)
    ours = interval_score(*(np.array([a]) for a in (values[1], values[3], 0.5, truth)))
    assert ours.total[0] == pytest.approx(float(theirs["total"]), rel=1e-12, abs=1e-12)
    assert ours.overprediction[0] == pytest.approx(float(theirs["overprediction_penalty"]), rel=1e-12, abs=1e-12)
    assert ours.underprediction[0] == pytest.approx(float(theirs["underprediction_penalty"]), rel=1e-12, abs=1e-12)


@given(values=quantiles, truth=quantity)
def test_the_weighted_interval_score_equals_scoringrules(scoringrules: Any, values: list[float], truth: float) -> None:
    # By its interval scores: its own weighted one (0.11, numpy) weighs the median instead of the distance from it.
    lower, upper, alpha = np.array(values[:2]), np.array(values[:2:-1]), np.array([0.1, 0.5])
    intervals = scoringrules.interval_score(np.array(truth), lower, upper, alpha, backend="numpy")
    theirs = (0.5 * abs(truth - values[2]) + np.sum(alpha / 2 * intervals)) / 2.5
    ours = weighted_interval_score(np.array([values]), LEVELS, np.array([truth])).total
    # The sums pass through numbers as large as the largest given.
    largest = max(1.0, *map(abs, values), abs(truth))
    assert ours[0] == pytest.approx(theirs, abs=1e-12 * largest)
