"""Scoring rules: hand-checked numbers, properness, invariance."""

import random
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.rules import (
    BRIER_UNITS,
    LOG_UNITS,
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

P = np.array([0.1, 0.2, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9])
Y = np.array([0.0, 0, 1, 0, 1, 1, 0, 1])
LEVELS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
QUANTILES = np.array([[1.0, 2, 3, 5, 9]])
THREE, THIRD = (5000, 3000, 2000), 2

probabilities = st.floats(0, 1)
grid = st.integers(0, 10_000)


def test_quantile_levels_that_are_not_symmetric_are_refused() -> None:
    with pytest.raises(ValueError, match="symmetrically"):
        weighted_interval_score(QUANTILES, np.array([0.1, 0.25, 0.5, 0.75, 0.95]), np.array([10.0]))


def test_quantile_levels_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        weighted_interval_score(QUANTILES, np.array([0.05, 0.5, 0.5, 0.5, 0.95]), np.array([10.0]))


def test_the_mean_brier_score_of_eight_forecasts_is_the_hand_checked_one() -> None:
    assert brier(P, Y).mean() == pytest.approx(0.21875, abs=1e-15)


def test_the_mean_log_score_of_eight_forecasts_is_the_hand_checked_one() -> None:
    assert log_score(P, Y).mean() == pytest.approx(0.6288833248710971, abs=1e-15)


def test_the_multicategory_brier_score_is_the_hand_checked_one() -> None:
    assert brier_of_options(THREE, THIRD) == 98_000_000


def test_the_ranked_probability_score_is_the_hand_checked_one() -> None:
    assert ranked_probability_score(THREE, THIRD) == 89_000_000


def test_pinball_losses_are_the_hand_checked_ones() -> None:
    assert pinball(QUANTILES, LEVELS, np.array(10.0))[0] == pytest.approx([0.45, 2, 3.5, 3.75, 0.95], abs=1e-12)


def test_interval_scores_are_the_hand_checked_ones() -> None:
    lower, upper, alpha = np.array([1.0, 2]), np.array([9.0, 5]), np.array([0.1, 0.5])
    assert interval_score(lower, upper, alpha, np.array(10.0)).total == pytest.approx([28, 23], abs=1e-12)


def test_the_weighted_interval_score_is_the_hand_checked_one() -> None:
    assert weighted_interval_score(QUANTILES, LEVELS, np.array([10.0])).total == pytest.approx([4.26], abs=1e-12)


def test_a_certain_miss_costs_what_one_in_ten_thousand_costs() -> None:
    assert log_score(np.array([0.0, 1.0]), np.array([1.0, 0.0])) == pytest.approx([9.210340371976182] * 2, abs=1e-12)
    assert log_of_options((10_000, 0), 1) == 9_210_340_371_976


def test_a_certain_hit_costs_what_ten_thousandths_less_costs() -> None:
    assert log_score(np.array([1.0]), np.array([1.0])) == pytest.approx([-np.log(0.9999)], abs=1e-15)


@pytest.mark.parametrize("point", [0, 1, 2, 3333, 5000, 7777, 9999, 10_000])
def test_the_integer_log_score_is_the_decimal_logarithm_rounded_to_twelve_places(point: int) -> None:
    clipped = Decimal(min(max(point, 1), 9999)) / 10_000
    assert LOG_UNITS[1, point] == round(-clipped.ln() * 10**12)
    assert LOG_UNITS[0, 10_000 - point] == LOG_UNITS[1, point]


def test_the_integer_log_scores_are_the_floating_ones_on_the_whole_grid() -> None:
    p = np.arange(10_001) / 10_000
    for y in (0, 1):
        assert LOG_UNITS[y] == pytest.approx(log_score(p, np.full(p.size, float(y))) * 1e12, abs=0.51)


def test_the_integer_brier_scores_are_exact_on_the_whole_grid() -> None:
    p = np.arange(10_001) / 10_000
    for y in (0, 1):
        assert BRIER_UNITS[y] == pytest.approx(brier(p, np.full(p.size, float(y))) * 1e8, abs=1e-6)


def test_the_tables_of_integer_scores_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        LOG_UNITS[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        BRIER_UNITS[0, 0] = 1


@given(truth=st.integers(1, 9999), other=st.integers(1, 9999))
def test_no_other_probability_beats_the_true_one_in_expectation(truth: int, other: int) -> None:
    chance = truth / 10_000

    def expected(table: np.ndarray[tuple[int, ...], np.dtype[np.int64]], said: int) -> float:
        return float(chance * table[1, said] + (1 - chance) * table[0, said])

    for table, unit in ((BRIER_UNITS, 1e8), (LOG_UNITS, 1e12)):
        slack = 1 / unit
        assert expected(table, truth) / unit <= expected(table, other) / unit + slack


@given(truth=shares(3, 3), other=shares(3, 3))
def test_no_other_options_beat_the_true_ones_in_expectation(truth: Shares, other: Shares) -> None:
    for rule, slack in ((brier_of_options, 0), (log_of_options, 1), (ranked_probability_score, 0)):
        honest, said = (sum(p * rule(one, k) for k, p in enumerate(truth)) for one in (truth, other))
        assert honest <= said + slack * 10_000


@given(values=st.lists(st.integers(-50, 50), min_size=4, max_size=30), said=st.integers(-60, 60))
def test_no_other_value_beats_the_true_quantile_in_expectation(values: list[int], said: int) -> None:
    truths = np.array(values, dtype=float)
    for level in (0.1, 0.5, 0.9):
        quantile = np.quantile(truths, level, method="inverted_cdf")
        best = pinball(np.array(quantile), np.array(level), truths).mean()
        assert best <= pinball(np.array(float(said)), np.array(level), truths).mean() + 1e-12


@given(p=probabilities, y=st.sampled_from([0.0, 1.0]))
def test_binary_scores_do_not_change_when_question_and_answer_are_turned_round(p: float, y: float) -> None:
    one, other = (np.array([p]), np.array([y])), (np.array([1 - p]), np.array([1 - y]))
    assert brier(*one) == pytest.approx(brier(*other), abs=1e-15)
    assert log_score(*one) == pytest.approx(log_score(*other), rel=1e-11, abs=1e-12)


@given(p=grid, y=st.integers(0, 1))
def test_two_options_score_as_the_binary_forecast_does(p: int, y: int) -> None:
    assert brier_of_options((10_000 - p, p), y) == 2 * BRIER_UNITS[y, p]
    assert log_of_options((10_000 - p, p), y) == LOG_UNITS[y, p]
    assert ranked_probability_score((10_000 - p, p), y) == BRIER_UNITS[y, p]


@given(said=shares(2, 6), happened=st.integers(0, 5), order=st.randoms(use_true_random=False))
def test_unordered_scores_do_not_depend_on_the_order_of_options(
    said: Shares, happened: int, order: random.Random
) -> None:
    places = list(range(len(said)))
    order.shuffle(places)
    outcome = happened % len(said)
    for rule in (brier_of_options, log_of_options):
        assert rule([said[place] for place in places], places.index(outcome)) == rule(said, outcome)


@given(
    values=st.lists(st.floats(-1e3, 1e3), min_size=5, max_size=5).map(sorted),
    truth=st.floats(-1e3, 1e3),
    shift=st.floats(-1e3, 1e3),
    scale=st.floats(0.01, 100),
)
def test_quantile_scores_move_with_the_unit_and_not_with_the_origin(
    values: list[float], truth: float, shift: float, scale: float
) -> None:
    score = weighted_interval_score(np.array([values]), LEVELS, np.array([truth]))
    moved = weighted_interval_score(np.array([values]) * scale + shift, LEVELS, np.array([truth * scale + shift]))
    for part, other in zip(score, moved, strict=True):
        assert other == pytest.approx(part * scale, rel=1e-9, abs=1e-8)


@given(values=st.lists(st.floats(-1e3, 1e3), min_size=5, max_size=5).map(sorted), truth=st.floats(-1e3, 1e3))
def test_the_parts_of_the_weighted_interval_score_add_up_to_twice_the_mean_pinball_loss(
    values: list[float], truth: float
) -> None:
    score = weighted_interval_score(np.array([values]), LEVELS, np.array([truth]))
    assert sum(score[1:], start=np.zeros(1)) == pytest.approx(score.total, abs=1e-9)
    assert score.total == pytest.approx([2 * pinball(np.array(values), LEVELS, np.array(truth)).mean()], abs=1e-9)
    assert score.overprediction * score.underprediction == pytest.approx([0]) or values[0] < truth < values[-1]
