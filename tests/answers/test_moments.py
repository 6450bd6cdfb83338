"""No fact is older than one that it was made after, whatever the clock of whoever wrote it."""

from datetime import datetime, timedelta

import pytest

from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding
from forecasts.models import Amendment, Estimate, Forecast, Membership, User, Verdict
from forecasts.questions import amending
from forecasts.rules.values import Value
from tests import make

pytestmark = pytest.mark.django_db
EARLIER = make.day(5) - timedelta(minutes=3)


@pytest.fixture
def forecast() -> Forecast:
    return make.forecast()


@pytest.fixture
def analyst(forecast: Forecast) -> User:
    return make.member(forecast.scenario)


def record(forecast: Forecast, person: User, at: datetime) -> Estimate:
    answer = Answer(value=Value(probability=3_500))
    return estimating.record(forecast, person, answer, at=at, channel=Estimate.Channel.WEB)


def test_a_second_answer_by_a_clock_that_is_behind_comes_after_the_first(forecast: Forecast, analyst: User) -> None:
    first = record(forecast, analyst, make.day(5))
    second = record(forecast, analyst, EARLIER)
    assert second.made_at == first.made_at
    assert list(Estimate.objects.in_order()) == [first, second]
    assert list(Estimate.objects.filter(forecast=forecast).in_force(make.day(6))) == [second]


def test_an_estimate_is_not_older_than_the_amendment_that_it_answers(forecast: Forecast, analyst: User) -> None:
    owner = make.member(forecast.scenario, Membership.Role.OWNER)
    changes = {"title": "Will Hama be taken?"}
    amending.amend(forecast, owner, changes, Amendment.Kind.MATERIAL, "Another town.", at=make.day(5))
    assert record(forecast, analyst, EARLIER).made_at == make.day(5)
    assert Estimate.objects.filter(forecast=forecast).in_force(make.day(6)).exists()


def test_a_verdict_is_not_older_than_the_estimates_before_it(forecast: Forecast, analyst: User) -> None:
    resolver = make.member(forecast.scenario, Membership.Role.RESOLVER)
    record(forecast, analyst, make.day(5))
    finding = Finding(outcome=Verdict.Outcome.YES, known_at=make.day(4), note="Seen.")
    assert resolving.resolve(forecast, resolver, finding, at=EARLIER).recorded_at == make.day(5)


def test_an_import_keeps_the_times_that_it_states(forecast: Forecast, analyst: User) -> None:
    record(forecast, analyst, make.day(5))
    answer = Answer(value=Value(probability=2_000))
    made = estimating.record(forecast, analyst, answer, at=EARLIER, channel=Estimate.Channel.IMPORT)
    assert made.made_at == EARLIER
