"""Bands of the reliability diagram; that they hold is shown in test_validity."""

import numpy as np
import pytest

from forecasts.scoring.bands import Outcomes, calibrated_hits, confidence_band, consistency_band
from forecasts.scoring.cells import Cells

HALF = Cells(np.array([5000]), np.array([100]), np.array([50]))
GRID = np.arange(0, 10_001, 500)


def one_each(n: int, seed: int = 1) -> Outcomes:
    generator = np.random.default_rng(seed)
    probability = generator.choice(GRID, n)
    outcome = (generator.random(n) < probability / 10_000).astype(np.int64)
    return Outcomes(np.arange(n), probability, np.ones(n, dtype=np.int64), outcome)


def test_there_is_no_consistency_band_where_estimates_share_a_forecast() -> None:
    assert consistency_band(HALF, forecasts=99) is None
    assert consistency_band(HALF, forecasts=20) is None


def test_there_is_no_consistency_band_for_time_weights() -> None:
    heavy = Cells(np.array([5000]), np.array([100_000_000]), np.array([50_000_000]))
    assert consistency_band(heavy, forecasts=100) is None


def test_the_consistency_band_of_one_cell_is_that_of_the_binomial_distribution() -> None:
    from scipy.stats import binom

    band = consistency_band(HALF, forecasts=100)
    assert band is not None
    assert (band.lower[0], band.upper[0]) == pytest.approx(binom.ppf([0.05, 0.95], 100, 0.5) / 100, abs=0.011)


def test_certainties_have_a_consistency_band_without_width() -> None:
    band = consistency_band(Cells(np.array([0, 10_000]), np.array([5, 5]), np.array([1, 4])), forecasts=10)
    assert band is not None
    assert band.lower.tolist() == band.upper.tolist() == [0, 1]


def test_the_consistency_band_rises_and_holds_the_diagonal() -> None:
    cells = Cells(GRID, np.full(21, 30), np.full(21, 10))
    band = consistency_band(cells, forecasts=630)
    assert band is not None
    assert np.all(np.diff(band.lower) >= 0)
    assert np.all(np.diff(band.upper) >= 0)
    assert np.all((band.lower <= cells.forecast) & (cells.forecast <= band.upper))


def test_a_wider_level_gives_a_wider_band() -> None:
    narrow, wide = (consistency_band(HALF, 100, level) for level in (0.5, 0.99))
    assert narrow is not None
    assert wide is not None
    assert wide.lower[0] < narrow.lower[0] < narrow.upper[0] < wide.upper[0]


@pytest.mark.parametrize(("n", "p"), [(1, 3000), (7, 500), (200, 9990), (10_000, 4000), (50_000_000, 1234)])
def test_hits_are_drawn_from_the_binomial_distribution(n: int, p: int) -> None:
    from scipy.stats import binom

    hits = calibrated_hits(Cells(np.array([p]), np.array([n]), np.array([0])), resamples=20_000)[0]
    mean, deviation = n * p / 10_000, np.sqrt(n * p / 10_000 * (1 - p / 10_000))
    assert hits.mean() == pytest.approx(mean, abs=4 * deviation / np.sqrt(20_000))
    assert hits.std() == pytest.approx(deviation, rel=0.03)
    assert np.mean(hits <= mean) == pytest.approx(binom.cdf(int(mean), n, p / 10_000), abs=0.02)


def test_equal_cells_give_equal_bands() -> None:
    assert np.array_equal(np.array(consistency_band(HALF, 100)), np.array(consistency_band(HALF, 100)))
    first, second = (confidence_band(one_each(50), GRID, resamples=20) for _ in range(2))
    assert np.array_equal(np.array(first), np.array(second))


def test_the_confidence_band_holds_the_curve_and_stays_between_0_and_1() -> None:
    lower, upper = confidence_band(one_each(300), GRID, resamples=100)
    assert np.all((lower >= 0) & (lower <= upper) & (upper <= 1))
    assert np.all(upper - lower > 0)


def test_the_confidence_band_narrows_with_forecasts() -> None:
    few, many = (confidence_band(one_each(n), GRID, resamples=100) for n in (50, 2000))
    assert np.mean(many.upper - many.lower) < 0.6 * np.mean(few.upper - few.lower)


def test_the_confidence_band_does_not_narrow_with_copies_of_the_same_estimates() -> None:
    once = one_each(100)
    daily = Outcomes(*(np.repeat(column, 30) for column in once))
    one, other = (confidence_band(outcomes, GRID, resamples=200) for outcomes in (once, daily))
    assert np.mean(other.upper - other.lower) == pytest.approx(np.mean(one.upper - one.lower), rel=0.02)


def test_the_confidence_band_does_not_depend_on_the_unit_of_the_weights() -> None:
    once = one_each(100)
    heavy = once._replace(weight=once.weight * 1_000_000)
    one, other = (confidence_band(outcomes, GRID, resamples=50) for outcomes in (once, heavy))
    assert np.allclose(np.array(one), np.array(other), atol=1e-12)


def test_beyond_ten_thousand_forecasts_a_sample_stands_for_all() -> None:
    band = confidence_band(one_each(12_000), GRID, resamples=20)
    true = GRID / 10_000
    assert np.mean((band.lower - 0.02 <= true) & (true <= band.upper + 0.02)) == 1
