"""The e-process: it rarely alarms where all is well, whenever one looks, and soon where words no longer fit."""

import numpy as np
import pytest

from forecasts.scoring.arrays import Floats
from forecasts.scoring.monitoring import BETS, e_process, likelihood_ratios, together
from tests.scoring.simulation import note


def alarmed(said: Floats, chance: Floats, seed: int, runs: int) -> float:
    """Share of runs of so many forecasts, looked at after each, in which the alarm went at any time."""
    generator, went = np.random.default_rng(seed), 0
    for _ in range(runs):
        came = (generator.random(said.size) < chance).astype(float)
        went += e_process(likelihood_ratios(said, came)).alarmed_at is not None
    return went / runs


def words(forecasts: int, seed: int) -> Floats:
    """What a forecaster says of many things, on steps of 1%."""
    return np.clip(np.rint(100 * np.random.default_rng(seed).beta(1.2, 1.2, forecasts)), 1, 99) / 100


def turned(runs: int, forecasts: int, came: float) -> float:
    return alarmed(np.full(forecasts, 0.7), np.full(forecasts, came), 4, runs)


def test_a_calibrated_forecaster_hardly_ever_sets_it_off() -> None:
    said = words(500, 1)
    assert alarmed(said, said, 2, 100) <= 0.08


def test_seventies_that_become_fifties_are_found_within_100_forecasts() -> None:
    assert turned(40, 100, 0.5) >= 0.5


def test_a_bet_wins_nothing_in_the_mean_where_all_is_well() -> None:
    for p in (0.05, 0.3, 0.7, 0.99):
        won, lost = (likelihood_ratios(np.array([p]), np.array([y])) for y in (1.0, 0.0))
        assert p * won + (1 - p) * lost == pytest.approx(np.ones((len(BETS), 1)))


def test_forecasts_of_one_situation_are_one_step() -> None:
    ratios = likelihood_ratios(np.full(30, 0.9), np.zeros(30))
    apart, one = (e_process(together(ratios, step, np.ones(30))) for step in (np.arange(30), np.zeros(30, dtype=int)))
    assert apart.alarmed_at is not None
    assert one.alarmed_at is None
    assert one.value.size == 1


def test_words_that_cease_to_fit_are_found_from_when_they_do() -> None:
    came = np.concatenate([np.resize([1, 1, 1, 1, 1, 1, 1, 0, 0, 0], 200), np.resize([1, 0], 150)]).astype(float)
    found = e_process(likelihood_ratios(np.full(350, 0.7), came))
    assert found.alarmed_at is not None
    assert found.alarmed_at > 200
    assert 180 <= found.since <= 230


@pytest.mark.validate
def test_false_alarms_in_five_years_of_daily_looks_are_at_most_5_percent() -> None:
    said = words(1826, 1)
    share = alarmed(said, said, 3, 2000)
    note("e-process: false alarms in five years, a forecast resolved and looked at daily", share)
    assert share <= 0.05


@pytest.mark.validate
@pytest.mark.parametrize(("came", "forecasts"), [(0.6, 300), (0.5, 100)])
def test_what_is_called_70_percent_and_comes_true_less_is_found_in_half_of_the_runs(
    came: float, forecasts: int
) -> None:
    share = turned(2000, forecasts, came)
    note(f"e-process: 70% that come true {came:.0%} are found within {forecasts} forecasts", share)
    assert share >= 0.5
