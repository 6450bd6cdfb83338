"""What cost one forecaster most."""

import pytest

from forecasts.models import Forecaster, Scenario, User
from forecasts.scores import scorekeeping
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo")


@pytest.fixture
def ada(scenario: Scenario) -> User:
    return make.member(scenario, name="Ada")


def resolved(scenario: Scenario, who: User, *said: float, outcome: str = "no") -> int:
    forecast = make.forecast(scenario)
    for day, probability in enumerate(said):
        make.estimate(forecast, who, probability, make.day(day))
    make.verdict(forecast, outcome)
    scorekeeping.mark_due([forecast.pk], make.day(31))
    scorekeeping.settle(make.day(31))
    return forecast.pk


def test_forecasts_and_updates_come_in_the_order_of_what_they_cost(scenario: Scenario, ada: User) -> None:
    worst = resolved(scenario, ada, 0.3, 0.9)
    best = resolved(scenario, ada, 0.5, 0.1)
    found = as_person(ada).get(f"{API}attribution/", {"analyst": Forecaster.objects.of(ada).pk}).json()
    assert found["mean"] == pytest.approx((0.81 + 0.01) / 2)
    # Each against the other alone: .41 less .01, and .41 less .81.
    assert [(one["forecast"], one["brier"], round(one["cost"], 9)) for one in found["forecasts"]] == [
        (worst, 0.81, 0.4),
        (best, 0.01, -0.4),
    ]
    # .09 became .81, and .25 became .01.
    assert [(one["forecast"], round(one["gain"], 9)) for one in found["updates"]] == [(worst, -0.72), (best, 0.24)]
    assert found["notes"] == []


def test_updates_of_others_in_a_blind_scenario_are_not_told(ada: User) -> None:
    blind = make.scenario("blind", visibility="all", blind_until_answered=True)
    bob = make.member(blind, name="Bob")
    resolved(blind, bob, 0.3, 0.9)
    found = as_person(ada).get(f"{API}attribution/", {"analyst": Forecaster.objects.of(bob).pk}).json()
    assert found["updates"] == []


def test_who_may_not_see_the_scenario_learns_nothing(scenario: Scenario, ada: User) -> None:
    resolved(scenario, ada, 0.3)
    answer = as_person(make.user()).get(f"{API}attribution/", {"analyst": Forecaster.objects.of(ada).pk})
    assert answer.status_code == 400
    assert as_person(ada).get(f"{API}attribution/").status_code == 400
