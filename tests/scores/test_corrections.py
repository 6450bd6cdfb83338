"""A slip that was corrected: every estimand takes the correction only, and the history shows both."""

from datetime import timedelta

import pytest

from forecasts.models import Contribution, Estimand, Estimate, Forecast, Settlement, User
from forecasts.presenting.history import history
from forecasts.scores import scorekeeping, statistics
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected() -> tuple[Forecast, User]:
    """99% said by mistake, and 9% three minutes later in its place."""
    scenario = make.scenario()
    forecast, person = make.forecast(scenario), make.member(scenario)
    slip = make.estimate(forecast, person, 0.99, make.day(2))
    make.estimate(forecast, person, 0.09, make.day(2) + timedelta(minutes=3), corrects=slip)
    return forecast, person


@pytest.mark.parametrize("estimand", [Estimand.LAST, Estimand.FIRST, Estimand.TIME_WEIGHTED, Estimand.EACH_UPDATE])
def test_estimands_take_the_corrected_estimate_only(corrected: tuple[Forecast, User], estimand: str) -> None:
    forecast, _ = corrected
    make.verdict(forecast, "no")
    Settlement.objects.create(forecast=forecast, due_at=make.day(31))
    scorekeeping.settle(make.day(40))
    mine = Contribution.objects.get(forecast=forecast, estimand=estimand, forecaster_kind="analyst")
    assert set(mine.probabilities) == {900}


def test_the_consensus_and_what_is_in_force_take_it_from_when_it_was_corrected(
    corrected: tuple[Forecast, User],
) -> None:
    forecast, _ = corrected
    other = make.estimate(forecast, make.member(forecast.scenario), 0.09, make.day(1))
    assert statistics.consensus(forecast, make.day(3))[-1].probability == pytest.approx(0.09, abs=0.001)
    between = Estimate.objects.in_force(make.day(2) + timedelta(minutes=1))
    assert {one.probability for one in between} == {9_900, other.probability}
    assert {one.probability for one in Estimate.objects.in_force(make.day(3))} == {900}


def test_the_history_shows_both(corrected: tuple[Forecast, User]) -> None:
    forecast, person = corrected
    shown = history(forecast, person, make.day(4))
    assert [(one.probability, one.corrects is not None) for one in shown.estimates] == [(9_900, False), (900, True)]
    assert [held.value for held in shown.own] == [900]
