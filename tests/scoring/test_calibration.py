"""Calibration in numbers."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecasts.scoring.bands import Outcomes, calibrated_hits
from forecasts.scoring.calibration import (
    calibration_error,
    error_if_calibrated,
    murphy,
    recalibration,
    recalibration_intervals,
    sharpness,
    skill,
)
from forecasts.scoring.cells import Cells, bin_table
from forecasts.scoring.corp import mean_brier

points = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 1)), min_size=2, max_size=80)


def pooled(pairs: list[tuple[int, int]]) -> Cells:
    p, y = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    return Cells.pooled(p, np.ones_like(p), y)


HAND = [(1000, 0), (2000, 0), (2000, 1), (4000, 0), (6000, 1), (7000, 1), (8000, 0), (9000, 1)]


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([(1000, 0), (9000, 0)], "All outcomes are alike"),
        ([(1000, 1), (9000, 1)], "All outcomes are alike"),
        ([(1000, 0), (9000, 1)], "One threshold parts"),
        ([(1000, 1), (9000, 0)], "One threshold parts"),
        ([(1000, 0), (5000, 0), (5000, 1), (9000, 1)], "One threshold parts"),
        ([(5000, 0), (5000, 1)], "One threshold parts"),
    ],
)
def test_there_is_no_recalibration_without_overlap_and_the_reason_is_given(
    pairs: list[tuple[int, int]], reason: str
) -> None:
    found = recalibration(pooled(pairs))
    assert (found.slope, found.intercept) == (None, None)
    assert found.reason is not None
    assert found.reason.startswith(reason)


def test_there_is_no_skill_where_all_outcomes_were_alike() -> None:
    assert skill(pooled([(1000, 0), (9000, 0)])) is None


def test_skill_compares_with_the_base_rate() -> None:
    assert skill(pooled(HAND)) == pytest.approx(1 - 0.21875 / 0.25, abs=1e-14)


def test_a_calibrated_forecaster_has_slope_one_and_intercept_nought() -> None:
    tenths = Cells(np.arange(1000, 10_000, 1000), np.full(9, 10), np.arange(1, 10))
    found = recalibration(tenths)
    assert (found.slope, found.intercept) == pytest.approx((1, 0), abs=1e-12)


def test_an_overconfident_forecaster_has_a_slope_below_one() -> None:
    found = recalibration(Cells(np.array([500, 9500]), np.array([10, 10]), np.array([2, 8])))
    assert found.slope == pytest.approx(np.log(4) / np.log(19), abs=1e-12)


def test_recalibration_converges_where_newton_alone_would_overshoot() -> None:
    found = recalibration(Cells(np.array([1, 5000, 9999]), np.array([1000, 2, 1000]), np.array([999, 1, 1])))
    assert found.reason is None
    assert found.slope == pytest.approx(-np.log(999) / np.log(9999), abs=1e-9)


@given(pairs=points)
def test_recalibration_equals_statsmodels(pairs: list[tuple[int, int]]) -> None:
    models = pytest.importorskip("statsmodels.api")
    cells = pooled(pairs)
    found = recalibration(cells)
    assume(found.slope is not None and abs(found.slope) < 20)
    p = np.clip([p / 10_000 for p, _ in pairs], 0.0001, 0.9999)
    design = np.column_stack([np.ones(p.size), np.log(p / (1 - p))])
    model = models.Logit([y for _, y in pairs], design)
    theirs = model.fit(disp=False, method="newton", maxiter=100, warn_convergence=False)
    assume(theirs.mle_retvals["converged"])
    assert (found.intercept, found.slope) == pytest.approx(theirs.params, rel=1e-6, abs=1e-6)


@given(pairs=points)
def test_a_recalibration_where_there_is_one_solves_the_score_equations(pairs: list[tuple[int, int]]) -> None:
    found = recalibration(pooled(pairs))
    assume(found.slope is not None and found.intercept is not None)
    p = np.clip([p / 10_000 for p, _ in pairs], 0.0001, 0.9999)
    y = np.array([y for _, y in pairs])
    x = np.log(p / (1 - p))
    residual = y - 1 / (1 + np.exp(-np.clip((found.intercept or 0) + (found.slope or 0) * x, -700, 700)))
    assert (residual.sum(), residual @ x) == pytest.approx((0, 0), abs=1e-6)


@given(pairs=points)
def test_murphys_parts_add_up_to_the_mean_brier_score(pairs: list[tuple[int, int]]) -> None:
    cells = pooled(pairs)
    parts = murphy(cells)
    assert parts.reliability - parts.resolution + parts.uncertainty == pytest.approx(mean_brier(cells), abs=1e-12)
    assert min(parts) >= 0


@given(pairs=points, bins=st.sampled_from([5, 10, 20]))
def test_the_calibration_error_is_that_of_the_bins_shown(pairs: list[tuple[int, int]], bins: int) -> None:
    cells = pooled(pairs)
    by_hand = sum(
        row.n * abs(row.mean_probability - row.observed_frequency)
        for row in bin_table(cells, bins)
        if row.mean_probability is not None and row.observed_frequency is not None
    )
    assert calibration_error(cells, bins) == pytest.approx(by_hand / len(pairs), abs=1e-13)


@pytest.mark.parametrize(("forecasts", "expected"), [(50, 0.135), (200, 0.069), (1000, 0.031)])
def test_a_calibrated_forecaster_has_the_known_calibration_error(forecasts: int, expected: float) -> None:
    generator = np.random.default_rng(3)
    errors = []
    for _ in range(8):
        probability = generator.integers(1, 10_000, forecasts)
        cells = Cells.pooled(probability, np.ones(forecasts, dtype=np.int64), np.zeros(forecasts, dtype=np.int64))
        errors.append(error_if_calibrated(cells, hits=calibrated_hits(cells, resamples=500)))
    assert np.mean(errors) == pytest.approx(expected, rel=0.06)


def test_drawing_once_for_band_and_error_gives_the_same_error() -> None:
    cells = pooled(HAND)
    assert error_if_calibrated(cells) == error_if_calibrated(cells, hits=calibrated_hits(cells))


def test_sharpness_is_of_what_was_said_whatever_came_of_it() -> None:
    said = [(0, 0), (10_000, 0), (5000, 1), (5000, 1)]
    assert sharpness(pooled(said)) == pytest.approx((0.5, 0.125))
    assert sharpness(pooled([(p, 1 - y) for p, y in said])) == sharpness(pooled(said))


def test_a_calibrated_forecasters_brier_score_is_the_one_that_sharpness_promises() -> None:
    tenths = Cells(np.arange(1000, 10_000, 1000), np.full(9, 10), np.arange(1, 10))
    assert sharpness(tenths).brier_if_calibrated == pytest.approx(mean_brier(tenths), abs=1e-14)


def several(forecasts: int, each: int) -> Outcomes:
    """So many estimates on each forecast, overconfident, seeded."""
    generator = np.random.default_rng(forecasts)
    chance = generator.uniform(0.2, 0.8, forecasts)
    said = np.clip(chance[:, None] + generator.normal(0, 0.1, (forecasts, each)), 0.02, 0.98)
    outcome = (generator.random(forecasts) < chance).astype(np.int64)
    probability = np.rint(said * 10_000).astype(np.int64).ravel()
    return Outcomes(
        np.repeat(np.arange(forecasts), each), probability, np.ones_like(probability), np.repeat(outcome, each)
    )


def recalibrated(outcomes: Outcomes) -> tuple[tuple[float, float], tuple[float, float]] | None:
    cells = Cells.pooled(outcomes.probability, outcomes.weight, outcomes.weight * outcomes.outcome)
    return recalibration_intervals(outcomes, recalibration(cells))


def test_intervals_of_slope_and_intercept_equal_those_clustered_by_statsmodels() -> None:
    models, stats = pytest.importorskip("statsmodels.api"), pytest.importorskip("scipy.stats")
    many = several(40, 5)
    p = many.probability / 10_000
    design = np.column_stack([np.ones(p.size), np.log(p / (1 - p))])
    clustered = {"groups": many.forecast, "use_correction": False}
    fit = models.Logit(many.outcome, design).fit(disp=False, tol=1e-14, cov_type="cluster", cov_kwds=clustered)
    half = stats.t.ppf(0.975, 39) * np.sqrt(40 / 39) * fit.bse
    found = recalibrated(many)
    assert found is not None
    assert found[0] == pytest.approx((fit.params[1] - half[1], fit.params[1] + half[1]), rel=1e-9)
    assert found[1] == pytest.approx((fit.params[0] - half[0], fit.params[0] + half[0]), rel=1e-9)


def test_copies_of_the_same_estimates_do_not_narrow_the_interval_of_the_slope() -> None:
    once = several(40, 1)
    daily = Outcomes(*(np.repeat(column, 30) for column in once))
    one, many = recalibrated(once), recalibrated(daily)
    assert one is not None
    assert many is not None
    assert np.array(many) == pytest.approx(np.array(one), rel=1e-9)


def test_below_ten_forecasts_and_without_a_slope_there_is_no_interval() -> None:
    assert recalibrated(several(9, 5)) is None
    alike = Outcomes(np.arange(20), np.full(20, 3000), np.ones(20, dtype=np.int64), np.ones(20, dtype=np.int64))
    assert recalibrated(alike) is None
