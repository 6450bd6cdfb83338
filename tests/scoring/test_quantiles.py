"""How quantile forecasts did."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.arrays import Floats
from forecasts.scoring.quantiles import WIS_UNIT, coverage, pit, pit_expected, wis_units
from forecasts.scoring.rules import weighted_interval_score
from tests.scoring.reference import reference_data

LEVELS = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
QUANTILES = np.array([[1.0, 2, 3, 5, 9]])


@pytest.mark.parametrize(
    ("truth", "inside"),
    [(0.9, [0, 0]), (1, [0, 1]), (2, [1, 1]), (5, [1, 1]), (5.1, [0, 1]), (9, [0, 1]), (9.1, [0, 0])],
)
def test_an_interval_holds_its_bounds(truth: float, inside: list[int]) -> None:
    found = coverage(QUANTILES, LEVELS, np.array([truth]))
    assert found.nominal == pytest.approx([0.5, 0.9])
    assert found.inside.tolist() == [inside]


@pytest.mark.parametrize(("truth", "place"), [(0, 0), (1.5, 1), (2.5, 2), (4, 3), (8, 4), (10, 5)])
def test_a_truth_between_quantiles_falls_into_one_range(truth: float, place: int) -> None:
    assert pit(QUANTILES, LEVELS, np.array([truth]))[0].tolist() == [float(at == place) for at in range(6)]


def test_a_truth_equal_to_several_quantiles_is_spread_over_what_they_bound() -> None:
    zeros = np.array([[0.0, 0.0, 0.0, 5.0, 9.0]])
    assert pit(zeros, LEVELS, np.array([0.0]))[0] == pytest.approx(np.array([5, 20, 25, 25, 0, 0]) / 75)


def test_ranges_of_calibrated_forecasts_are_as_wide_as_the_levels_lie_apart() -> None:
    assert pit_expected(LEVELS) == pytest.approx([0.05, 0.2, 0.25, 0.25, 0.2, 0.05])


def test_the_transform_of_calibrated_forecasts_is_as_expected() -> None:
    truths = np.random.default_rng(4).normal(size=20_000)
    values = np.tile([-1.6448536, -0.6744898, 0, 0.6744898, 1.6448536], (truths.size, 1))
    assert pit(values, LEVELS, truths).mean(axis=0) == pytest.approx(pit_expected(LEVELS), abs=0.01)
    assert coverage(values, LEVELS, truths).inside.mean(axis=0) == pytest.approx([0.5, 0.9], abs=0.01)


def test_whole_units_of_the_hand_checked_score_add_up() -> None:
    units = wis_units(QUANTILES, LEVELS, np.array([10.0]))
    assert [part / WIS_UNIT for part in units[0]] == pytest.approx([4.26, 0.46, 0, 3.8])


@pytest.mark.parametrize("scale", [1e-30, 1e-9, 1.0, 1e12, 1e15, 1e30])
@given(
    values=st.lists(st.floats(-10, 10), min_size=5, max_size=5, unique=True).map(sorted),
    truth=st.floats(-10, 10),
)
def test_the_score_is_that_of_scoringrules_at_every_scale(scale: float, values: list[float], truth: float) -> None:
    theirs = pytest.importorskip("scoringrules")
    scaled, at = np.array(values) * scale, truth * scale
    units = wis_units(scaled[None], LEVELS, np.array([at]))[0]
    losses = [theirs.quantile_score(at, value, level) for value, level in zip(scaled, LEVELS, strict=True)]
    assert units[0] == sum(units[1:])
    assert units[0] / WIS_UNIT == pytest.approx(2 * float(np.mean(losses)), rel=1e-12, abs=1e-15 * scale)


def test_scores_in_the_trillions_keep_their_order() -> None:
    # As eighteen-digit integers the worst of the three became the best score there is.
    said = [[2, 2.5, 3, 3.5, 4], [10, 11, 12, 13, 14], [15, 16, 17, 18, 19]]
    found = wis_units(np.array(said) * 1e12, LEVELS, np.full(3, 2.1e13))
    assert [one[0] / WIS_UNIT for one in found] == pytest.approx([17.54e12, 8.08e12, 3.08e12])


@given(values=st.lists(st.integers(0, 9), min_size=5, max_size=5).map(sorted), truth=st.integers(0, 9))
def test_the_shares_of_one_truth_add_up_to_one(values: list[int], truth: int) -> None:
    shares = pit(np.array([values], dtype=float), LEVELS, np.array([float(truth)]))
    assert shares.sum() == pytest.approx(1)
    assert shares.min() >= 0


def flusight(every: int) -> tuple[Floats, Floats, Floats]:
    """One in `every` of the FluSight forecasts: values (n, 23), levels (23,), truths (n,)."""
    duckdb = pytest.importorskip("duckdb")
    path = reference_data("flusight_quantiles.parquet")
    rows: dict[str, Any] = duckdb.execute(
        """
        SELECT list(value ORDER BY q) AS values, list(q ORDER BY q) AS levels, any_value(observed) AS truth
        FROM read_parquet(?) GROUP BY model, reference_date, horizon, location
        ORDER BY model, reference_date, horizon, location
        """,
        [str(path)],
    ).fetchnumpy()
    values, levels = (np.stack(rows[name].tolist())[::every] for name in ("values", "levels"))
    assert np.all(levels == levels[0])
    return values, levels[0], np.asarray(rows["truth"], dtype=np.float64)[::every]


def check_flusight(every: int) -> int:
    """Compare WIS and its parts to twice the mean quantile score and to the interval scores of an oracle."""
    oracle = pytest.importorskip("scoringrules")
    values, levels, truth = flusight(every)
    ours = weighted_interval_score(values, levels, truth)
    scores = oracle.quantile_score(truth[:, None], values, levels[None, :], backend="numpy")
    # The sums pass through numbers as large as the largest quantile.
    exact = 1e-12 * np.maximum(np.abs(values).max(axis=1), np.abs(truth))
    assert np.all(np.abs(ours.total - 2 * scores.mean(axis=1)) <= exact)
    width = sum(level * (values[:, -1 - at] - values[:, at]) for at, level in enumerate(levels[:11])) * 2 / 23
    assert np.all(np.abs(ours.dispersion - width) <= exact)
    above, below = (
        (2 * side[:, :11].sum(axis=1) + side[:, 11]) / 23
        for side in (np.maximum(values - truth[:, None], 0), np.maximum(truth[:, None] - values[:, ::-1], 0))
    )
    assert np.all(np.abs(ours.overprediction - above) <= exact)
    assert np.all(np.abs(ours.underprediction - below) <= exact)
    return truth.size


def test_scores_of_a_sample_of_flusight_forecasts_are_those_of_scoringrules() -> None:
    assert check_flusight(every=50) == 429


@pytest.mark.validate
def test_scores_of_all_flusight_forecasts_are_those_of_scoringrules() -> None:
    assert check_flusight(every=1) == 21_441
