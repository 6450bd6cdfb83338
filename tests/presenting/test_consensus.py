"""The consensus that a reader may see, for many forecasts at once."""

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from forecasts.models import Amendment, Estimate, Forecast, User
from forecasts.presenting import consensus
from forecasts.scoring.consensus import aggregate, weights_by_age
from forecasts.scoring.timeline import DAY
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make.administrator()


def _consensus(forecast: Forecast, user: User, day: float) -> consensus.Consensus:
    at = make.day(day)
    return consensus.consensus(forecast, consensus.in_force([forecast], user, at)[forecast.pk])


def test_it_aggregates_the_newest_estimate_of_each_forecaster(reader: User) -> None:
    forecast = make.forecast()
    first, second = make.user(), make.user()
    make.estimate(forecast, first, 0.1, make.day(1))
    make.estimate(forecast, second, 0.6, make.day(2))
    make.estimate(forecast, first, 0.3, make.day(3))
    found = _consensus(forecast, reader, 4)
    expected = aggregate(np.array([6000, 3000]), weights_by_age(np.array([2, 3]) * DAY, 3 * DAY))
    assert (found.n, found.value) == (2, expected)


def test_one_estimate_makes_no_consensus(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.3, make.day(1))
    assert _consensus(forecast, reader, 4) == consensus.Consensus(1, None, "–", "–")


def test_who_withdrew_or_declined_is_not_in_it(reader: User) -> None:
    forecast = make.forecast()
    leaver, other = make.user(), make.user()
    make.estimate(forecast, leaver, 0.9, make.day(1))
    make.estimate(forecast, other, 0.2, make.day(1))
    make.estimate(forecast, other, None, make.day(2), event=Estimate.Event.DECLINE)
    make.estimate(forecast, leaver, None, make.day(2), event=Estimate.Event.WITHDRAW)
    found = consensus.in_force([forecast], reader, make.day(3))[forecast.pk]
    assert [estimate.forecaster.user for estimate in found.estimates] == [other]


def test_a_material_amendment_ends_what_was_said_before_it(reader: User) -> None:
    forecast = make.forecast()
    before, after = make.user(), make.user()
    make.estimate(forecast, before, 0.9, make.day(1))
    Amendment.objects.create(
        forecast=forecast, version=2, kind="material", changes={}, reason="A new threshold.", made_at=make.day(2)
    )
    make.estimate(forecast, after, 0.2, make.day(3))
    assert _consensus(forecast, reader, 1.5).n == 1
    found = consensus.in_force([forecast], reader, make.day(4))[forecast.pk]
    assert [estimate.forecaster.user for estimate in found.estimates] == [after]


def test_nothing_said_after_the_answer_was_known_is_in_it(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.4, make.day(1))
    make.estimate(forecast, make.user(), 0.99, make.day(9))
    make.verdict(forecast, "yes", known_at=make.day(8), recorded_at=make.day(10))
    assert _consensus(forecast, reader, 20).n == 1


def test_a_blind_scenario_shows_nothing_until_one_has_answered() -> None:
    scenario = make.scenario(blind_until_answered=True)
    forecast = make.forecast(scenario)
    newcomer = make.member(scenario)
    for probability in (0.2, 0.4):
        make.estimate(forecast, make.member(scenario), probability, make.day(1))
    assert _consensus(forecast, newcomer, 2).n == 0
    make.estimate(forecast, newcomer, 0.5, make.day(2))
    assert _consensus(forecast, newcomer, 3).n == 3


def test_ones_own_estimate_is_found_among_them() -> None:
    scenario = make.scenario()
    forecast, analyst = make.forecast(scenario), make.member(scenario)
    mine = make.estimate(forecast, analyst, 0.5, make.day(2))
    make.estimate(forecast, make.member(scenario), 0.6, make.day(1))
    assert consensus.in_force([forecast], analyst, make.day(3))[forecast.pk].own == mine


def test_many_forecasts_cost_one_query(reader: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    scenario = make.scenario()
    forecasts = [make.forecast(scenario) for _ in range(20)]
    analysts = [make.member(scenario) for _ in range(3)]
    for forecast in forecasts:
        for analyst in analysts:
            make.estimate(forecast, analyst, 0.4, make.day(1))
    with django_assert_num_queries(1):
        found = consensus.in_force(forecasts, reader, make.day(2))
    assert {len(one.estimates) for one in found.values()} == {3}


def test_multiple_choice_names_the_likeliest_option_and_quantiles_the_median(reader: User) -> None:
    choice = make.choice(["none", "some"])
    count = make.numeric()
    for person in (make.user(), make.user()):
        make.estimate(choice, person, None, make.day(1), probabilities=[2000, 8000])
        make.estimate(count, person, None, make.day(1), quantiles=[1, 2, 300, 4000, 5000])
    assert _consensus(choice, reader, 2).words == "some: 80%"
    assert _consensus(count, reader, 2).words == "300 people"
    assert _consensus(count, reader, 2).brief == "300"


def test_an_option_added_later_was_not_there_before() -> None:
    assert consensus.padded([(5000, 5000), (4000, 4000, 2000)]) == [(5000, 5000, -1), (4000, 4000, 2000)]
    assert consensus.padded([3000, 4000]) == [3000, 4000]
    assert consensus.padded([]) == []
