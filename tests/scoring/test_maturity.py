"""Why a resolved forecast waits for its scheduled dates: a YES can come early, a NO only at the end.

Forecasters who know the chances exactly are looked at in the middle of their work: deadlines of 60 days, opened one
after the other over 180 days, each event coming at a constant rate until its deadline.
"""

from typing import NamedTuple

import numpy as np
import pytest

from forecasts.scoring.arrays import Booleans, Floats
from forecasts.scoring.calibration import recalibration
from forecasts.scoring.cells import Cells
from forecasts.scoring.uncertainty import Bounds, Clusters, ClusterSums, Would, mean_of
from tests.scoring.simulation import note

OPENED_OVER, DEADLINE, LOOK = 180.0, 60.0, 120.0


class Deadlines(NamedTuple):
    """Of each forecast: the chance that was said, whether it came true, when it closes, when the answer was known."""

    chance: Floats
    came_true: Booleans
    closes: Floats
    known: Floats

    def where(self, mask: Booleans) -> "Deadlines":
        return Deadlines(self.chance[mask], self.came_true[mask], self.closes[mask], self.known[mask])

    def counted_at_once(self, at: float) -> "Deadlines":
        """Those whose answer is known."""
        return self.where(self.known <= at)

    def matured(self, at: float) -> "Deadlines":
        """Those whose scheduled close has passed, whenever the answer came."""
        return self.where(self.closes <= at)

    @property
    def surplus(self) -> float:
        """How far the observed frequency lies above the mean probability: 0 for a calibrated forecaster."""
        return float(np.mean(self.came_true) - np.mean(self.chance))

    @property
    def cells(self) -> Cells:
        said = np.rint(self.chance * 10_000).astype(np.int64)
        return Cells.pooled(said, np.ones_like(said), self.came_true.astype(np.int64))


def deadlines(generator: np.random.Generator, forecasts: int) -> Deadlines:
    chance = generator.choice(np.arange(0.05, 1, 0.1), forecasts)
    # At a constant rate an event comes within the deadline with this chance; so it comes after so many days.
    after = generator.exponential(size=forecasts) * DEADLINE / -np.log1p(-chance)
    opens = generator.uniform(0, OPENED_OVER, forecasts)
    return Deadlines(chance, after < DEADLINE, opens + DEADLINE, opens + np.minimum(after, DEADLINE))


def surpluses(repetitions: int, forecasts: int) -> tuple[float, float]:
    """Mean surplus of calibrated forecasters, counted at once and at maturity."""
    generator = np.random.default_rng(18)
    made = [deadlines(generator, forecasts) for _ in range(repetitions)]
    at_once = [one.counted_at_once(LOOK).surplus for one in made]
    return float(np.mean(at_once)), float(np.mean([one.matured(LOOK).surplus for one in made]))


def intervals_holding(repetitions: int, forecasts: int) -> tuple[float, float]:
    """Share of the 95% intervals of frequency minus probability that hold 0, counted at once and at maturity."""
    generator, held = np.random.default_rng(19), [0, 0]
    for _ in range(repetitions):
        made = deadlines(generator, forecasts)
        for place, counted in enumerate((made.counted_at_once(LOOK), made.matured(LOOK))):
            differences = np.rint(100 * (counted.came_true - counted.chance)).astype(int).tolist()
            sums = ClusterSums.of_clusters((1, one) for one in differences)
            would = Would(float(np.mean(1 - counted.came_true - counted.chance)), float(np.mean(-counted.chance)))
            low, high = mean_of(Clusters(sums, sums), 100, would, Bounds(-1.0, 1.0)).ci95 or (0, 0)
            held[place] += low <= 0 <= high
    return held[0] / repetitions, held[1] / repetitions


def intercepts(forecasts: int) -> tuple[float, float]:
    """Cox intercept of one large body of forecasts: 0 where calibrated."""
    made = deadlines(np.random.default_rng(20), forecasts)
    found = [recalibration(counted.cells).intercept for counted in (made.counted_at_once(LOOK), made.matured(LOOK))]
    assert found[0] is not None
    assert found[1] is not None
    return found[0], found[1]


def test_counted_at_once_calibrated_forecasters_seem_to_say_too_little() -> None:
    at_once, matured = surpluses(40, 400)
    assert at_once > 0.05
    assert abs(matured) < 0.01


def test_of_early_answers_alone_everything_came_true() -> None:
    made = deadlines(np.random.default_rng(21), 400)
    early = made.where(made.known < made.closes)
    assert early.came_true.all()


def test_when_every_deadline_has_passed_both_ways_count_the_same() -> None:
    made = deadlines(np.random.default_rng(22), 400)
    end = OPENED_OVER + DEADLINE
    assert made.counted_at_once(end).surplus == made.matured(end).surplus == made.surplus


@pytest.mark.validate
def test_maturity_removes_the_bias_of_early_answers() -> None:
    at_once, matured = surpluses(2000, 400)
    note("maturity: mean surplus of YES over what was said, counted at once", at_once)
    note("maturity: mean surplus of YES over what was said, counted at maturity", matured)
    assert at_once > 0.05
    assert abs(matured) < 0.003


@pytest.mark.validate
def test_intervals_hold_the_truth_at_maturity_and_not_at_once() -> None:
    at_once, matured = intervals_holding(2000, 400)
    note("maturity: share of 95% intervals that hold the truth, counted at once", at_once)
    note("maturity: share of 95% intervals that hold the truth, counted at maturity", matured)
    assert at_once < 0.7
    assert 0.93 <= matured <= 0.97


@pytest.mark.validate
def test_the_intercept_is_nought_at_maturity_and_not_at_once() -> None:
    at_once, matured = intercepts(200_000)
    note("maturity: Cox intercept, counted at once", at_once)
    note("maturity: Cox intercept, counted at maturity", matured)
    assert at_once > 0.2
    assert abs(matured) < 0.03
