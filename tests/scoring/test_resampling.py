"""Intervals of skill, calibration error, decompositions and AUC hold what is true where chances are known."""

from collections import defaultdict

import numpy as np
import pytest

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.bands import (
    Outcomes,
    calibrated_curves,
    calibrated_hits,
    calibration_p_value,
    simultaneous_band,
)
from forecasts.scoring.calibration import calibration_error, murphy, skill
from forecasts.scoring.cells import BIN_SETS, Cells, bin_of
from forecasts.scoring.corp import curve, decompose_brier
from forecasts.scoring.resampling import OF_BOTH, auc, intervals
from tests.scoring.grid import Design, Drawn, draw, situation_seed
from tests.scoring.simulation import note

DESIGNS = (
    Design(50, 0.15),
    Design(100, 0.05),
    Design(100, 0.15),
    Design(100, 0.5),
    Design(300, 0.15),
    Design(100, 0.15, slope=0.6),
    Design(100, 0.15, updates=10),
    Design(50, 0.15, shock=0.6, forecasts=10),
    Design(20, 0.5),
    Design(100, 0.5, lognormal=True),
)


def run(drawn: Drawn, number: int) -> Outcomes:
    """One run, with its situations as clusters."""
    said = drawn.said[number]
    cluster = np.broadcast_to(np.arange(said.shape[0])[:, None, None], said.shape)
    columns = (cluster, np.rint(said * 10_000), drawn.weight[number], drawn.outcome[number])
    return Outcomes(*(column.ravel().astype(np.int64) for column in columns))


def truths(design: Design) -> dict[str, float]:
    """What is true of a design, from the chances of many forecasts."""
    many = design._replace(situations=1000, forecasts=min(design.forecasts, 4), lognormal=False)
    drawn = draw(np.random.default_rng([situation_seed(design), 9]), many, 200)
    probability, place = np.unique(np.rint(drawn.said * 10_000).astype(np.int64).ravel(), return_inverse=True)
    mass = np.bincount(place) / place.size
    chance = np.bincount(place, drawn.chance.ravel()) / np.bincount(place)
    said, base = probability / 10_000, float(mass @ chance)
    off, apart, unsure = float(mass @ (said - chance) ** 2), float(mass @ (chance - base) ** 2), base * (1 - base)
    # The true curve rises, so that CORP and Murphy take it apart alike.
    parts = {"reliability": off, "miscalibration": off, "resolution": apart, "discrimination": apart}
    errors = {f"ece:{bins}": _error(bin_of(probability, bins), mass * (chance - said)) for bins in BIN_SETS}
    found = {"skill": 1 - (off - apart + unsure) / unsure, "auc": float(auc(said, mass, mass * chance))}
    return {**found, **parts, **errors, "uncertainty": unsure}


def _error(place: Ints, surplus: Floats) -> float:
    return float(np.abs(np.bincount(place, surplus)).sum())


def held(design: Design, runs: int) -> dict[str, tuple[float, float]]:
    """By statistic the share of intervals that hold the truth, and in how many runs there is one."""
    true, found = truths(design), defaultdict(list)
    drawn = draw(np.random.default_rng([situation_seed(design), 11]), design, runs)
    for number in range(runs):
        outcomes = run(drawn, number)
        size = np.bincount(outcomes.forecast, outcomes.weight)
        if size.sum() ** 2 >= 10 * (size**2).sum():
            for name, (low, high) in intervals(outcomes).items():
                found[name].append(low <= true[name] <= high)
    return {name: (float(np.mean(one)), len(one) / runs) for name, one in found.items()}


def test_every_interval_holds_its_own_number_and_what_it_can_be() -> None:
    drawn = draw(np.random.default_rng(5), Design(60, 0.3), 10)
    for number in range(10):
        outcomes = run(drawn, number)
        cells = Cells.pooled(outcomes.probability, outcomes.weight, outcomes.weight * outcomes.outcome)
        own = dict(zip(("miscalibration", "discrimination", "uncertainty"), decompose_brier(cells), strict=True))
        own |= dict(zip(("reliability", "resolution", "uncertainty"), murphy(cells), strict=True))
        own |= {f"ece:{bins}": calibration_error(cells, bins) for bins in BIN_SETS}
        own |= {"skill": skill(cells) or 0.0, "auc": float(auc(cells.forecast, cells.n, cells.k))}
        found = intervals(outcomes)
        assert found.keys() == own.keys()
        for name, (low, high) in found.items():
            assert low - 1e-12 <= own[name] <= high + 1e-12, name
            assert low < high, name
            assert high <= 1, name
            assert name == "skill" or low >= 0, name


def test_equal_outcomes_give_equal_intervals_whatever_their_situations_are_called() -> None:
    one = run(draw(np.random.default_rng(6), Design(40, 0.4), 1), 0)
    assert intervals(one) == intervals(one) == intervals(one._replace(forecast=one.forecast * 7 + 3))


def test_copies_of_the_same_estimates_narrow_nothing() -> None:
    one = run(draw(np.random.default_rng(7), Design(40, 0.4), 1), 0)
    daily = Outcomes(*(np.repeat(column, 30) for column in one))
    for name, ends in intervals(one).items():
        assert intervals(daily)[name] == pytest.approx(ends, abs=1e-9), name


def test_where_one_outcome_is_rare_nothing_is_said_of_telling_the_two_apart() -> None:
    said = np.array([1000, 2000, 3000, 6000] * 10)
    ones, came = np.ones(40, dtype=np.int64), (np.arange(40) < 4).astype(np.int64)
    found = intervals(Outcomes(np.arange(40), said, ones, came))
    assert not found.keys() & set(OF_BOTH)
    assert {"reliability", "miscalibration", "uncertainty", "ece:10"} <= found.keys()


def test_beyond_ten_thousand_situations_a_sample_stands_for_all() -> None:
    many = run(draw(np.random.default_rng(8), Design(12_000, 0.4), 1), 0)
    low, high = intervals(many, resamples=20)["skill"]
    assert low < truths(Design(12_000, 0.4))["skill"] < high


def test_intervals_hold_what_they_promise_in_a_few_runs() -> None:
    assert all(share >= 0.85 for share, _ in held(Design(50, 0.5), 40).values())


@pytest.mark.validate
@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_95_percent_intervals_of_what_no_sums_carry_hold_the_truth(design: Design) -> None:
    """At least 93% in even crowds, 90% in lognormal ones; of those that a quarter of the runs have."""
    for name, (share, given) in held(design, 400).items():
        note(f"95% bootstrap interval, {design}, {name}: held", share)
        # Of 400 runs, so that chance moves a share by 2 points.
        assert given < 0.25 or share >= (0.9 if design.lognormal else 0.93) - 0.02, name


def whole_curves(repetitions: int, forecasts: int) -> tuple[float, float, float]:
    """Shares of calibrated forecasters whose whole curve lies in either band, and whom the test rejects at 5%."""
    from forecasts.scoring.bands import consistency_band

    generator, whole, pointwise, rejected = np.random.default_rng(9), 0, 0, 0
    for _ in range(repetitions):
        said = generator.integers(1, 100, forecasts) * 100
        came = (generator.random(forecasts) < said / 10_000).astype(np.int64)
        cells = Cells.pooled(said, np.ones_like(said), came)
        hits = calibrated_hits(cells)
        curves, own = calibrated_curves(cells, hits), curve(cells)
        point = consistency_band(cells, forecasts, hits=hits)
        assert point is not None
        for band, held_by in ((simultaneous_band(curves), "whole"), (point, "point")):
            inside = bool(np.all((band.lower - 1e-9 <= own) & (own <= band.upper + 1e-9)))
            whole += inside and held_by == "whole"
            pointwise += inside and held_by == "point"
        rejected += calibration_p_value(cells, curves, hits) <= 0.05
    return whole / repetitions, pointwise / repetitions, rejected / repetitions


def test_whole_curves_leave_the_pointwise_band_far_more_often_than_the_simultaneous_one() -> None:
    whole, pointwise, rejected = whole_curves(30, 100)
    assert whole >= 0.75
    assert pointwise < whole
    assert rejected <= 0.2


@pytest.mark.validate
@pytest.mark.parametrize("forecasts", [50, 200, 1000])
def test_90_percent_of_calibrated_curves_lie_whole_in_the_simultaneous_band(forecasts: int) -> None:
    whole, pointwise, rejected = whole_curves(500, forecasts)
    note(f"simultaneous band: share of calibrated curves wholly within ({forecasts} forecasts)", whole)
    note(f"consistency band: share of calibrated curves wholly within ({forecasts} forecasts)", pointwise)
    note(f"test of calibration: share of calibrated forecasters rejected at 5% ({forecasts} forecasts)", rejected)
    assert 0.87 <= whole <= 0.96
    assert rejected <= 0.07
