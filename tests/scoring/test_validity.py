"""That intervals and bands hold what they promise, by simulation; full forms keep their numbers."""

import numpy as np
import pytest

from forecasts.scoring.arrays import Ints
from forecasts.scoring.bands import Outcomes, confidence_band, consistency_band
from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import curve, would_brier
from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS
from forecasts.scoring.timeline import Event, Window, select
from forecasts.scoring.uncertainty import Bounds, Clusters, ClusterSums, mean_of
from tests.scoring.grid import GRID, Cell, Design, measured
from tests.scoring.simulation import crowd, note, true_curve


def intervals_holding_the_mean(repetitions: int, forecasts: int = 200, updates: int = 10) -> float:
    """Share of 95% intervals for the mean Brier score of calibrated forecasters that hold the true mean."""
    generator = np.random.default_rng(11)
    many = crowd(generator, 200_000, updates).probability / 10_000
    truth = float(np.mean(many * (1 - many)))
    held = 0
    for _ in range(repetitions):
        made = crowd(generator, forecasts, updates)
        scores = BRIER_UNITS[made.outcome[:, None], made.probability].sum(axis=1)
        sums = ClusterSums.of_clusters((updates, int(score)) for score in scores)
        said = Cells.pooled(made.probability.ravel(), *_counted(made.outcome, updates))
        interval = mean_of(Clusters(sums, sums), BRIER_UNIT, would_brier(said), Bounds(0.0, 1.0)).ci95
        assert interval is not None
        held += interval[0] <= truth <= interval[1]
    return held / repetitions


def _counted(outcome: Ints, updates: int) -> tuple[Ints, Ints]:
    happened = np.repeat(outcome, updates)
    return np.ones_like(happened), happened


def last_of_each(generator: np.random.Generator, forecasts: int, updates: int, forecasters: int) -> Cells:
    """Cells under `last` of forecasters who agree."""
    made = crowd(generator, forecasts, updates, steps=1000)
    window = Window(closes_at=updates)
    last = [
        select([Event(at, at, "update", p) for at, p in enumerate(row)], window, "last").values[0]
        for row in made.probability.tolist()
    ]
    ones = np.ones(forecasts * forecasters, dtype=np.int64)
    return Cells.pooled(np.repeat(np.array(last), forecasters), ones, np.repeat(made.outcome, forecasters))


def curve_outside_the_consistency_band(repetitions: int, updates: int, forecasts: int = 300) -> float:
    """Share of a calibrated forecaster's curve, by estimates, that lies outside the 90% band."""
    generator = np.random.default_rng(12)
    shares = []
    for _ in range(repetitions):
        cells = last_of_each(generator, forecasts, updates, forecasters=1)
        band, fitted = consistency_band(cells, forecasts), curve(cells)
        assert band is not None
        outside = (fitted < band.lower - 1e-12) | (band.upper + 1e-12 < fitted)
        shares.append(float(cells.n @ outside) / cells.total)
    return float(np.mean(shares))


def bins_outside_the_consistency_band(repetitions: int, forecasts: int = 300) -> float:
    """Share of the bins of a calibrated forecaster who says 5, 15, ... 95% that lie outside the 90% band."""
    generator = np.random.default_rng(13)
    shares = []
    for _ in range(repetitions):
        said = generator.choice(np.arange(500, 10_000, 1000), forecasts)
        true = (generator.random(forecasts) < said / 10_000).astype(np.int64)
        cells = Cells.pooled(said, np.ones_like(said), true)
        band, fitted = consistency_band(cells, forecasts), curve(cells)
        assert band is not None
        shares.append(np.mean((fitted < band.lower - 1e-12) | (band.upper + 1e-12 < fitted)))
    return float(np.mean(shares))


def true_curve_within_the_confidence_band(
    repetitions: int, forecasts: int, updates: int, forecasters: int, slope: float, resamples: int
) -> float:
    """Share of the true curve, by estimates, within the 90% confidence band."""
    generator = np.random.default_rng(14)
    grid = np.arange(0, 10_001, 50)
    truth = true_curve(updates, slope, grid)
    shares = []
    for _ in range(repetitions):
        made = crowd(generator, forecasts, updates, slope)
        copies = updates * forecasters
        # The first hears the news at once, the others late, each by a lag of their own on each forecast.
        lag = generator.integers(0, updates // 2 + 1, (forecasts, forecasters)) * (np.arange(forecasters) > 0)
        heard = np.maximum(np.arange(updates) - lag[:, :, None], 0).reshape(forecasts, -1)
        probability = np.take_along_axis(made.probability, heard, axis=1).ravel()
        forecast, outcome = np.repeat(np.arange(forecasts), copies), np.repeat(made.outcome, copies)
        at, n = np.unique(probability, return_counts=True)
        band = confidence_band(
            Outcomes(forecast, probability, np.ones_like(probability), outcome), at, resamples=resamples
        )
        true = np.interp(at, grid, truth)
        shares.append(float(n @ ((band.lower <= true) & (true <= band.upper))) / n.sum())
    return float(np.mean(shares))


def test_intervals_for_the_mean_hold_it_about_as_often_as_they_promise() -> None:
    assert 0.91 <= intervals_holding_the_mean(300) <= 0.98


def test_an_independent_error_would_hold_the_mean_far_less_often() -> None:
    generator = np.random.default_rng(15)
    many = crowd(generator, 100_000, 10).probability / 10_000
    truth, held = float(np.mean(many * (1 - many))), 0
    for _ in range(200):
        made = crowd(generator, 200, 10)
        scores = (made.probability / 10_000 - made.outcome[:, None]).ravel() ** 2
        half = 1.96 * scores.std(ddof=1) / np.sqrt(scores.size)
        held += abs(scores.mean() - truth) <= half
    assert held / 200 < 0.8


@pytest.mark.parametrize("updates", [1, 10, 100])
def test_a_calibrated_curve_rarely_leaves_the_consistency_band(updates: int) -> None:
    assert curve_outside_the_consistency_band(6, updates) <= 0.17


def test_calibrated_bins_rarely_leave_the_consistency_band() -> None:
    assert bins_outside_the_consistency_band(30) <= 0.14


@pytest.mark.parametrize("forecasters", [5, 20])
@pytest.mark.parametrize("updates", [1, 10, 100])
def test_there_is_no_consistency_band_for_several_forecasters_on_each(updates: int, forecasters: int) -> None:
    cells = last_of_each(np.random.default_rng(16), 50, updates, forecasters)
    assert consistency_band(cells, forecasts=50) is None


def test_the_true_curve_lies_mostly_within_the_confidence_band() -> None:
    held = true_curve_within_the_confidence_band(12, 200, 10, 1, slope=1, resamples=150)
    assert 0.8 <= held <= 0.99


@pytest.mark.validate
def test_95_percent_intervals_hold_the_mean_in_93_to_97_percent_of_2000_repetitions() -> None:
    held = intervals_holding_the_mean(2000)
    note("mean Brier: share of 95% intervals that hold it (200 forecasts, 10 updates)", held)
    assert 0.93 <= held <= 0.97


@pytest.mark.validate
@pytest.mark.parametrize("updates", [1, 10, 100])
def test_at_most_12_percent_of_calibrated_curves_leave_the_consistency_band(updates: int) -> None:
    outside = curve_outside_the_consistency_band(100, updates)
    note(f"consistency band: share of the calibrated curve outside ({updates} updates, 1 forecaster)", outside)
    assert outside <= 0.12


@pytest.mark.validate
def test_at_most_12_percent_of_calibrated_bins_leave_the_consistency_band() -> None:
    outside = bins_outside_the_consistency_band(400)
    note("consistency band: share of calibrated bins outside (10 bins)", outside)
    assert outside <= 0.12


@pytest.mark.validate
@pytest.mark.parametrize("slope", [0.6, 1, 1.5])
@pytest.mark.parametrize(
    ("forecasts", "updates", "forecasters"),
    [(200, 1, 1), (200, 10, 1), (1000, 1, 1), (1000, 10, 1), (200, 10, 5), (300, 4, 3), (100, 20, 1)],
)
def test_85_to_95_percent_of_the_true_curve_lie_within_the_confidence_band(
    forecasts: int, updates: int, forecasters: int, slope: float
) -> None:
    held = true_curve_within_the_confidence_band(100, forecasts, updates, forecasters, slope, resamples=400)
    case = f"{forecasts} forecasts, {updates} updates, {forecasters} forecasters, slope {slope}"
    note(f"confidence band: share of the true curve within ({case})", held)
    assert 0.85 <= held <= 0.95


@pytest.mark.parametrize(
    "design", [Design(20, 0.15), Design(50, 0.5, forecasters=5), Design(20, 0.5, shock=0.6, forecasts=10)], ids=str
)
def test_intervals_of_a_few_designs_hold_what_they_promise(design: Design) -> None:
    assert all(0.9 <= cell.held <= 1 for cell in measured(design, 500).values() if cell.given > 0.1)


def test_below_ten_effective_situations_there_is_no_interval() -> None:
    found = measured(Design(5, 0.15, shock=0.6, forecasts=10), 500)
    assert {cell.given for cell in found.values()} == {0.0}


HELD: dict[tuple[Design, str], Cell] = {}


@pytest.mark.validate
@pytest.mark.parametrize("design", GRID, ids=str)
def test_95_percent_intervals_hold_in_every_design(design: Design) -> None:
    """At least 4,000 runs: 93% in even crowds, 90% in lognormal ones; none below ten effective situations."""
    for name, cell in measured(design, 4000).items():
        HELD[design, name] = cell
        note(f"95% interval, {design}, {name}: held", cell.held)
        note(f"95% interval, {design}, {name}: width", cell.width)
        if cell.given >= 0.1:
            assert cell.held >= (0.9 if design.lognormal else 0.93), name
            assert cell.clusters < 50 or cell.width <= 1.5, name


@pytest.mark.validate
@pytest.mark.parametrize("design", [one for one in GRID if one.forecasts > 1 and not one.shock], ids=str)
def test_intervals_as_if_independent_hold_where_nothing_is_shared(design: Design) -> None:
    for name, cell in measured(design, 4000, independent=True).items():
        note(f"95% interval if independent, {design}, {name}: held", cell.held)
        assert cell.given < 0.1 or cell.held >= 0.93, name


@pytest.mark.validate
def test_over_all_designs_intervals_hold_neither_too_rarely_nor_too_often() -> None:
    held = [cell.held for cell in HELD.values() if cell.given >= 0.1]
    if len(held) < 200:
        pytest.skip("The designs before it have not run.")
    assert 0.95 <= float(np.median(held)) <= 0.985
