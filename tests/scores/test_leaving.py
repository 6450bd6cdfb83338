"""Who leaves takes part in no consensus from then on; what was said stays in the history."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from forecasts.models import Departure, Estimate, Forecast, Membership, Scenario, User
from forecasts.models.leaving import departing
from forecasts.presenting import consensus
from forecasts.presenting.consensus import everybodys
from forecasts.presenting.history import history
from forecasts.scores import scorekeeping, statistics
from tests import clocks, make

pytestmark = pytest.mark.django_db
type Leave = Callable[[User, Scenario], object]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(visibility=Scenario.Visibility.ALL)


@pytest.fixture
def reader() -> User:
    return make.administrator()


def four_of_one_minute(scenario: Scenario) -> tuple[Forecast, User]:
    """5, 95 and 95%, and a fourth at 99%."""
    forecast = make.forecast(scenario)
    people = [make.member(scenario) for _ in range(4)]
    for place, (person, said) in enumerate(zip(people, (0.05, 0.95, 0.95, 0.99), strict=True)):
        make.estimate(forecast, person, said, make.day(1) + place * MINUTE / 4)
    return forecast, people[-1]


def removed(person: User, scenario: Scenario) -> None:
    Membership.objects.filter(user=person, scenario=scenario).delete()


def made_a_viewer(person: User, scenario: Scenario) -> None:
    Membership.objects.filter(user=person, scenario=scenario).update(role=Membership.Role.VIEWER)


def closed(person: User, _: Scenario) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def said_everywhere(forecast: Forecast, reader: User, day: float) -> set[int | None]:
    """The consensus by page, mail, plot and statistics."""
    at = make.day(day)
    on_page = consensus.consensus(forecast, consensus.in_force([forecast], reader, at)[forecast.pk]).value
    in_mail = consensus.aggregate(forecast, everybodys([forecast], at)[forecast.pk])
    plotted = history(forecast, reader, at).consensus[-1].value
    last = statistics.consensus(forecast, at)[-1].probability
    found = [on_page, in_mail, plotted, round(10_000 * (last or 0))]
    assert len(set(found)) == 1, found
    return {one if isinstance(one, int) else None for one in found}


@pytest.mark.parametrize("leave", [removed, made_a_viewer, closed])
def test_who_leaves_leaves_the_consensus_from_then_on(leave: Leave, scenario: Scenario, reader: User) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    with departing(make.day(4)):
        leave(fourth, scenario)

    assert said_everywhere(forecast, reader, 3) == {8682}
    assert said_everywhere(forecast, reader, 5) == {7274}
    past = history(forecast, reader, make.day(5))
    assert [held.value for held in past.consensus][-2:] == [8682, 7274]
    assert 9900 in [held.value for steps in past.others.values() for held in steps]


def test_who_is_named_on_the_forecast_stays_when_the_scenario_is_left(scenario: Scenario, reader: User) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    forecast.assignees.add(fourth)
    with departing(make.day(4)):
        removed(fourth, scenario)
    assert said_everywhere(forecast, reader, 5) == {8682}


def test_who_leaves_another_scenario_stays_in_this_one(scenario: Scenario, reader: User) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    other = make.scenario()
    Membership.objects.create(scenario=other, user=fourth)
    with departing(make.day(4)):
        removed(fourth, other)
    assert said_everywhere(forecast, reader, 5) == {8682}


def test_who_comes_back_counts_again_with_a_new_answer(scenario: Scenario, reader: User) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    with departing(make.day(4)):
        removed(fourth, scenario)
    Membership.objects.create(scenario=scenario, user=fourth)
    assert said_everywhere(forecast, reader, 5) == {7274}
    make.estimate(forecast, fourth, 0.99, make.day(6), event=Estimate.Event.REAFFIRM)
    assert len(consensus.in_force([forecast], reader, make.day(7))[forecast.pk].estimates) == 4


def test_the_scores_of_the_consensus_and_ones_own_follow(scenario: Scenario) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    with departing(make.day(4)):
        removed(fourth, scenario)
    make.verdict(forecast)
    scorekeeping.settle(make.day(60))
    found = {one.name: one.brier for one in statistics.scores(forecast, make.day(60))}
    assert found["consensus"] == pytest.approx((1 - 0.7274) ** 2)
    assert found[fourth.name] == pytest.approx(0.01**2), "Their own score is of what they said."


def test_leaving_after_the_cut_off_changes_nothing(scenario: Scenario) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    make.verdict(forecast)
    with departing(make.day(40)):
        removed(fourth, scenario)
    found = {one.name: one.brier for one in statistics.scores(forecast, make.day(60))}
    assert found["consensus"] == pytest.approx((1 - 0.8682) ** 2)


def test_the_desk_dates_leaving_by_its_own_clock(scenario: Scenario, client: Client, reader: User) -> None:
    forecast, fourth = four_of_one_minute(scenario)
    client.force_login(reader)
    address = f"/admin/forecasts/user/{fourth.pk}/change/"
    given = {"email": fourth.email, "name": fourth.name, "time_zone": "UTC", "scenario_quota": "10"}
    with clocks.standing_at(make.day(4)):
        client.post(address, given)
    assert Departure.objects.get(user=fourth).made_at == make.day(4)
    assert said_everywhere(forecast, reader, 5) == {7274}


def test_without_a_date_the_database_gives_its_own(scenario: Scenario) -> None:
    _, fourth = four_of_one_minute(scenario)
    removed(fourth, scenario)
    departure = Departure.objects.get()
    assert (departure.user, departure.scenario) == (fourth, scenario)
    assert departure.made_at > make.day(700)
