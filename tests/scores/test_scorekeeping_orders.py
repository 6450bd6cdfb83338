"""Whatever happens in whatever order, and however many settle at once: the tallies are those of a rebuild."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Amendment, Contribution, Estimate, Forecast, Forecaster, Verdict
from forecasts.rules.errors import NotNow
from forecasts.scores import scorekeeping
from tests import make
from tests.scores.test_scorekeeping import tallies

# What can happen, and to which of two forecasts: half of it concerns both kinds of lateness.
ACTS = st.one_of(
    st.tuples(st.just("estimate"), st.integers(0, 2), st.integers(0, 29), st.integers(1, 9)),
    st.tuples(st.just("withdraw"), st.integers(0, 2), st.integers(0, 29), st.just(0)),
    st.tuples(
        st.just("resolve"), st.sampled_from(["yes", "no", "annulled", "ambiguous"]), st.integers(0, 30), st.just(0)
    ),
    st.tuples(st.just("take_back"), st.just(0), st.just(0), st.just(0)),
    st.tuples(st.just("amend"), st.just(0), st.integers(1, 29), st.just(0)),
    st.tuples(st.just("settle"), st.just(0), st.just(0), st.just(0)),
)
HISTORIES = st.lists(st.tuples(st.integers(0, 1), ACTS), min_size=4, max_size=25)


class History:
    """Two forecasts, three forecasters, and a clock that moves on with every act."""

    def __init__(self) -> None:
        scenario = make.scenario()
        self.forecasts = [make.forecast(scenario), make.forecast(scenario, resolves_at=make.day(40))]
        self.people = [Forecaster.objects.imported(name) for name in ("Model A", "Model B", "Model C")]
        self.at = make.day(31)

    def act(self, forecast: Forecast, name: str, who: int | str, day: int, tenth: int) -> None:
        self.at += timedelta(hours=12)
        doing: dict[str, Callable[[], object]] = {
            "estimate": lambda: self._imported(forecast, who, day, tenth / 10),
            "withdraw": lambda: self._imported(forecast, who, day, None),
            "resolve": lambda: self._resolve(forecast, str(who), day),
            "take_back": lambda: self._take_back(forecast),
            "amend": lambda: self._amend(forecast, day),
            "settle": lambda: scorekeeping.settle(self.at),
        }
        doing[name]()

    def _imported(self, forecast: Forecast, who: int | str, day: int, probability: float | None) -> None:
        event = Estimate.Event.WITHDRAW if probability is None else Estimate.Event.UPDATE
        made_at = make.day(day)
        make.estimate(forecast, self.people[int(who)], probability, made_at, event=event, recorded_at=self.at)
        scorekeeping.mark_due([forecast.pk], self.at)

    def _resolve(self, forecast: Forecast, outcome: str, known: int) -> None:
        finding = Finding(Verdict.Outcome(outcome), known_at=make.day(known), note="As reported.")
        resolving.resolve(forecast, None, finding, at=self.at)

    def _take_back(self, forecast: Forecast) -> None:
        try:
            resolving.take_back(forecast, None, "It was wrong.", at=self.at)
        except NotNow:
            return

    def _amend(self, forecast: Forecast, day: int) -> None:
        version = forecast.amendments.count() + 2
        Amendment.objects.create(
            forecast=forecast, version=version, kind="material", changes={}, reason="Clearer.", made_at=make.day(day)
        )
        scorekeeping.mark_due([forecast.pk], self.at)


def play(history: list[tuple[int, tuple[str, int | str, int, int]]]) -> datetime:
    played = History()
    for place, act in history:
        played.act(played.forecasts[place], *act)
    end = max(played.at, make.day(41))
    scorekeeping.settle(end)
    return end


def check_any_order(history: list[tuple[int, tuple[str, int | str, int, int]]]) -> None:
    with transaction.atomic():
        end = play(history)
        settled = tallies()
        differences = scorekeeping.verify(end)
        scorekeeping.rebuild(end)
        rebuilt = tallies()
        transaction.set_rollback(True)
    assert differences == []
    assert settled == rebuilt


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_any_order_of_acts_ends_in_the_tallies_of_a_rebuild(
    history: list[tuple[int, tuple[str, int | str, int, int]]],
) -> None:
    check_any_order(history)


@pytest.mark.validate
@pytest.mark.django_db
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_a_thousand_orders_of_acts_end_in_the_tallies_of_a_rebuild(
    history: list[tuple[int, tuple[str, int | str, int, int]]],
) -> None:
    check_any_order(history)


@pytest.mark.django_db(transaction=True)
def test_workers_that_settle_at_once_add_each_forecast_once() -> None:
    scenario = make.scenario()
    people = [Forecaster.objects.imported(name) for name in ("Model A", "Model B")]
    for number in range(30):
        forecast = make.forecast(scenario, category="escalation" if number % 2 else "airstrikes")
        for place, person in enumerate(people):
            make.estimate(forecast, person, (number % 9 + 1) / 10, make.day(place))
        make.verdict(forecast, "yes" if number % 3 else "no")
        scorekeeping.mark_due([forecast.pk], make.day(30))
    start, failures = threading.Barrier(4), []

    def work() -> None:
        try:
            start.wait(120)
            scorekeeping.settle(make.day(31), batch=3)
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert failures == []
    scorekeeping.settle(make.day(31))
    assert Contribution.objects.filter(estimand="last", forecaster_kind="analyst").count() == 60
    assert scorekeeping.verify(make.day(31)) == []
