"""Statistics of one forecast. Days count from 2024-12-01; forecasts close on day 30."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import Forecaster, Scenario, User
from forecasts.scores import statistics
from tests import make

pytestmark = pytest.mark.django_db

AFTER = make.day(31)


def test_the_scores_of_a_resolved_forecast_are_shown_before_it_matures(aleppo: Scenario, ada: User) -> None:
    """In force half of the window: 80% of a YES earns 100 (log2 .8 + 1) / 2, and the peer half of 100 ln(.8 / .4)."""
    ben = make.member(aleppo)
    forecast = make.forecast(aleppo)
    make.estimate(forecast, ada, 0.8, make.day(0))
    make.estimate(forecast, ben, 0.4, make.day(0))
    make.verdict(forecast, known_at=make.day(15))
    first, second, agreed = statistics.scores(forecast, make.day(15))
    by_name = {one.name: one for one in (first, second, agreed)}
    assert by_name[str(Forecaster.objects.of(ada))].baseline == pytest.approx(100 * (math.log2(0.8) + 1) / 2)
    assert by_name[str(Forecaster.objects.of(ada))].peer == pytest.approx(100 * math.log(2) / 2)
    mine = by_name[str(Forecaster.objects.of(ada))]
    assert (mine.brier, mine.coverage, by_name["consensus"].peer) == (0.04, 0.5, None)
    assert statistics.scores(make.forecast(aleppo), AFTER) == []


def test_the_consensus_of_an_open_forecast_starts_with_its_second_estimate(aleppo: Scenario, ada: User) -> None:
    forecast = make.forecast(aleppo)
    make.estimate(forecast, ada, 0.2, make.day(3))
    make.estimate(forecast, make.member(aleppo), 0.8, make.day(5))
    make.estimate(forecast, ada, 0.99, make.day(20))
    found = statistics.consensus(forecast, make.day(10))
    assert [(one.at, one.estimates, one.probability) for one in found] == [
        (make.day(3), 1, None),
        (make.day(5), 2, 0.5342),
    ]


def test_the_scores_of_a_forecast_ask_as_many_queries_for_many_forecasters_as_for_two(
    aleppo: Scenario, ada: User
) -> None:
    few, many = make.forecast(aleppo), make.forecast(aleppo)
    people = [ada, *(make.member(aleppo) for _ in range(9))]
    for forecast, count in ((few, 2), (many, 10)):
        for place, person in enumerate(people[:count]):
            for update in range(1, count):
                make.estimate(forecast, person, (place + update) / 40, make.day(update))
        make.verdict(forecast)
    asked = []
    for forecast in (few, many):
        with CaptureQueriesContext(connection) as queries:
            statistics.scores(forecast, AFTER)
            statistics.consensus(forecast, AFTER)
        asked.append(len(queries))
    assert asked[0] == asked[1]
