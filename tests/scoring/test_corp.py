"""The CORP curve and decomposition."""

import csv
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forecasts.scoring.arrays import Floats
from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import curve, decompose_brier, decompose_log, isotonic, mean_brier, mean_log
from forecasts.scoring.rules import brier, log_score
from tests.scoring.reference import reference_data

points = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 1)), min_size=2, max_size=80)


def pooled(pairs: list[tuple[int, int]]) -> Cells:
    p, y = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    return Cells.pooled(p, np.ones_like(p), y)


def raw(pairs: list[tuple[int, int]]) -> tuple[Floats, Floats]:
    return np.array([p / 10_000 for p, _ in pairs]), np.array([float(y) for _, y in pairs])


HAND = [(1000, 0), (2000, 0), (2000, 1), (4000, 0), (6000, 1), (7000, 1), (8000, 0), (9000, 1)]


def test_the_curve_of_eight_forecasts_is_the_hand_checked_one() -> None:
    third = pytest.approx([0, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 1], abs=1e-15)
    assert curve(pooled(HAND)) == third


def test_the_decomposition_of_eight_forecasts_is_the_hand_checked_one() -> None:
    parts = decompose_brier(pooled(HAND))
    assert parts == pytest.approx((0.0520833, 0.0833333, 0.25), abs=5e-8)
    assert mean_brier(pooled(HAND)) == pytest.approx(0.21875, abs=1e-15)
    assert mean_log(pooled(HAND)) == pytest.approx(0.6288833248710971, abs=1e-15)


def test_ties_are_pooled_before_the_regression() -> None:
    assert curve(pooled([(5000, 1), (5000, 0), (5000, 1)])) == pytest.approx([2 / 3], abs=1e-15)


def test_a_curve_is_fitted_where_certainty_was_wrong_both_ways() -> None:
    certain = pooled([(0, 1), (10_000, 0)])
    assert curve(certain).tolist() == [0.5, 0.5]
    assert decompose_log(certain).miscalibration == pytest.approx(-np.log(0.0001) - np.log(2))


def test_the_published_decomposition_of_rain_forecasts_in_niamey_comes_out() -> None:
    with reference_data("precipitation_niamey_2016.csv").open() as file:
        rows = [(float(row["EMOS"]), int(float(row["obs"]))) for row in csv.DictReader(file)]
    # Unrounded probabilities: whole numbers stand in for their order, the scores are taken from the originals.
    p, y = np.array([q for q, _ in rows]), np.array([o for _, o in rows])
    distinct, place = np.unique(p, return_inverse=True)
    n, k = np.bincount(place), np.bincount(place, y)
    calibrated = isotonic(k / n, n.astype(float))[place]
    base = np.full(y.size, y.mean())
    score, fitted, uncertain = (brier(q, y.astype(float)).mean() for q in (p, calibrated, base))
    published = (0.232025, 0.018283, 0.030469, 0.244211)
    assert (score, score - fitted, uncertain - fitted, uncertain) == pytest.approx(published, abs=5e-7)
    assert distinct.size <= 92 == y.size


def test_rain_forecasts_on_the_grid_decompose_as_published_to_three_places() -> None:
    with reference_data("precipitation_niamey_2016.csv").open() as file:
        rows = [(round(float(r["EMOS"]) * 10_000), int(float(r["obs"]))) for r in csv.DictReader(file)]
    parts = decompose_brier(pooled(rows))
    assert mean_brier(pooled(rows)) == pytest.approx(0.232, abs=5e-4)
    assert parts == pytest.approx((0.0183, 0.0305, 0.244), abs=5e-4)


@given(pairs=points)
def test_the_curve_equals_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    sklearn = pytest.importorskip("sklearn.isotonic")
    p, y = raw(pairs)
    theirs = sklearn.IsotonicRegression().fit(p, y)
    cells = pooled(pairs)
    assert curve(cells) == pytest.approx(theirs.predict(cells.forecast), abs=1e-12)


@given(pairs=points)
def test_the_decomposition_of_the_brier_score_equals_model_diagnostics(pairs: list[tuple[int, int]]) -> None:
    oracle: Any = pytest.importorskip("model_diagnostics.scoring")
    assume(len({y for _, y in pairs}) == 2)
    p, y = raw(pairs)
    squared = oracle.decompose(y, p, scoring_function=oracle.SquaredError()).row(0)
    assert decompose_brier(pooled(pairs)) == pytest.approx(squared[:3], abs=1e-12)


@given(pairs=points)
def test_the_decomposition_of_the_log_score_equals_model_diagnostics(pairs: list[tuple[int, int]]) -> None:
    oracle: Any = pytest.importorskip("model_diagnostics.scoring")
    assume(len({y for _, y in pairs}) == 2)
    p, y = raw(pairs)
    # Its log loss bears no certainty, and clipping would tie 99.99% and 100%, which the curve keeps apart. The fit sees
    # only the order of what was said, so it is given the same order within 0 and 1, and its miscalibration, the
    # only part that depends on more, starts from the clipped scores.
    within = (p * 10_000 + 1) / 10_002
    miscalibration, *others, score = oracle.decompose(y, within, scoring_function=oracle.LogLoss()).row(0)
    theirs = (log_score(p, y).mean() - (score - miscalibration), *others)
    assert decompose_log(pooled(pairs)) == pytest.approx(theirs, abs=1e-12)


def test_certainty_and_its_clipped_neighbour_are_two_probabilities_on_the_curve() -> None:
    apart = pooled([(9999, 0), (10_000, 1)])
    assert curve(apart).tolist() == [0, 1]
    assert decompose_log(apart).discrimination == pytest.approx(np.log(2), abs=1e-15)


@given(pairs=points)
def test_the_curve_equals_scores(pairs: list[tuple[int, int]]) -> None:
    oracle = pytest.importorskip("scores.probability")
    p, y = raw(pairs)
    theirs = oracle.isotonic_fit(p, y)
    assert curve(pooled(pairs)) == pytest.approx(theirs["regression_values"], abs=1e-12)


@given(pairs=points)
def test_the_parts_are_not_negative_and_add_up_to_the_mean_score(pairs: list[tuple[int, int]]) -> None:
    cells = pooled(pairs)
    for parts, score in ((decompose_brier(cells), mean_brier(cells)), (decompose_log(cells), mean_log(cells))):
        assert min(parts) >= -1e-12
        assert parts.miscalibration - parts.discrimination + parts.uncertainty == pytest.approx(score, abs=1e-12)


@given(pairs=points)
def test_means_over_cells_are_means_over_estimates(pairs: list[tuple[int, int]]) -> None:
    assert mean_brier(pooled(pairs)) == pytest.approx(brier(*raw(pairs)).mean(), abs=1e-13)
    assert mean_log(pooled(pairs)) == pytest.approx(log_score(*raw(pairs)).mean(), abs=1e-12)


@given(pairs=points, copies=st.integers(2, 1_000_000))
def test_the_unit_of_the_weights_does_not_matter(pairs: list[tuple[int, int]], copies: int) -> None:
    cells = pooled(pairs)
    heavier = cells._replace(n=cells.n * copies, k=cells.k * copies)
    assert curve(heavier) == pytest.approx(curve(cells), abs=1e-12)
    assert decompose_log(heavier) == pytest.approx(decompose_log(cells), abs=1e-12)


@given(pairs=points)
def test_who_follows_the_curve_is_calibrated(pairs: list[tuple[int, int]]) -> None:
    cells = pooled(pairs)
    followed = Cells.pooled(np.rint(curve(cells) * 10_000).astype(np.int64), cells.n, cells.k)
    assert decompose_brier(followed).miscalibration == pytest.approx(0, abs=1e-8)
