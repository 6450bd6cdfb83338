"""That reports count states as they are: what passes by the clock, and what commits behind a settle's back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Contribution, Forecast, Settlement, Snapshot, Sweep, User, Verdict
from forecasts.questions import publishing
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.scorekeeping.due import LATE
from forecasts.scores.scorekeeping.sql import STATES_CHANGED
from tests import make

TICK = timedelta(seconds=5)


def resolve(forecast: Forecast, at: datetime) -> Verdict:
    finding = Finding(Verdict.Outcome.YES, known_at=at, note="As reported.")
    return resolving.resolve(forecast, None, finding, at=at)


@contextmanager
def judged_behind(forecast: Forecast, at: datetime) -> Iterator[None]:
    """A verdict of `at` is written when this begins, and committed only when it ends."""
    written, swept = threading.Event(), threading.Event()

    def judge() -> None:
        try:
            with transaction.atomic():
                resolve(forecast, at)
                written.set()
                swept.wait(120)
        finally:
            connection.close()

    judge_behind = threading.Thread(target=judge)
    judge_behind.start()
    assert written.wait(120)
    yield
    swept.set()
    judge_behind.join(120)


def resolved_by_count(person: User) -> int:
    return statistics.report(person).counts.resolved


@pytest.mark.django_db
@pytest.mark.parametrize("day", [0, 30, 35])
def test_opening_closing_and_falling_due_make_a_snapshot(day: int) -> None:
    make.forecast(make.scenario(), published_at=make.day(-5), resolves_at=make.day(35))
    scorekeeping.settle(make.day(day) - LATE - TICK)
    assert scorekeeping.settle(make.day(day) - TICK).snapshot is None
    assert scorekeeping.settle(make.day(day)).snapshot is not None
    assert scorekeeping.settle(make.day(day) + TICK).snapshot is None


@pytest.mark.django_db
def test_each_instant_is_looked_at_once_more_when_whoever_wrote_then_has_committed() -> None:
    make.forecast(make.scenario())
    scorekeeping.settle(make.day(30))
    assert scorekeeping.settle(make.day(30) + LATE - TICK).snapshot is None
    assert scorekeeping.settle(make.day(30) + LATE).snapshot is not None
    assert scorekeeping.settle(make.day(30) + LATE + TICK).snapshot is None


@pytest.mark.django_db
def test_a_draft_published_makes_a_snapshot() -> None:
    scenario = make.scenario()
    draft = make.forecast(scenario, published_at=None, closes_at=make.day(60), resolves_at=make.day(60))
    scorekeeping.settle(make.day(10))
    assert scorekeeping.settle(make.day(10) + 2 * LATE).snapshot is None
    publishing.publish(draft, make.administrator(), "A test.", at=make.day(11))
    assert scorekeeping.settle(make.day(11)).snapshot is not None


@pytest.mark.django_db(transaction=True)
def test_a_verdict_that_commits_just_behind_a_settle_is_counted_within_a_minute() -> None:
    """Recorded at 10:00:00, committed after the settle of 10:00:01 had looked; the forecast is still open."""
    scenario, recorded = make.scenario(visibility="all"), make.day(10)
    person, forecast = make.member(scenario), make.forecast(scenario)
    scorekeeping.settle(recorded - 2 * LATE)
    scorekeeping.settle(recorded - LATE / 2)
    with judged_behind(forecast, recorded):
        scorekeeping.settle(recorded + timedelta(seconds=1))
        assert resolved_by_count(person) == 0
    late = [scorekeeping.settle(recorded + timedelta(seconds=seconds)) for seconds in range(6, 66, 5)]
    assert sum(done.snapshot is not None for done in late) == 1
    assert resolved_by_count(person) == 1


@pytest.mark.django_db(transaction=True)
def test_a_verdict_on_a_matured_forecast_that_commits_behind_a_settle_is_scored_by_the_next() -> None:
    scenario, recorded = make.scenario(), make.day(40)
    person, forecast = make.member(scenario), make.forecast(scenario)
    make.estimate(forecast, person, 0.7, make.day(3))
    with judged_behind(forecast, recorded):
        assert scorekeeping.settle(recorded + TICK).forecasts == 0
    assert scorekeeping.settle(recorded + 2 * TICK).changed == 1
    assert Contribution.objects.filter(estimand="last").count() == 1


@pytest.mark.django_db(transaction=True)
def test_settling_and_rebuilding_at_once_wait_for_each_other_without_deadlock() -> None:
    scenario = make.scenario()
    people = [make.member(scenario) for _ in range(2)]
    for number in range(20):
        forecast = make.forecast(scenario)
        for person in people:
            make.estimate(forecast, person, (number % 9 + 1) / 10, make.day(number % 5))
        resolve(forecast, make.day(30))
    start, failures = threading.Barrier(4), []

    def work(number: int) -> None:
        try:
            start.wait(120)
            if number == 0:
                scorekeeping.rebuild(make.day(31))
            else:
                scorekeeping.settle(make.day(31), batch=number)
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=[number]) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert failures == []
    scorekeeping.settle(make.day(31))
    assert not Settlement.objects.due(make.day(31)).exists()
    assert scorekeeping.verify(make.day(31)) == []


@pytest.mark.django_db
def test_whether_a_state_changed_is_read_through_indexes() -> None:
    scenario = make.scenario()
    Forecast.objects.bulk_create(
        Forecast(
            scenario=scenario,
            key=str(number),
            title=str(number),
            category="other",
            is_imported=True,
            published_at=make.day(number / 24),
            opens_at=make.day(number / 24),
            closes_at=make.day(number / 24 + 9),
            resolves_at=make.day(number / 24 + 9),
        )
        for number in range(1500)
    )
    forecast = make.forecast(scenario)
    Verdict.objects.bulk_create(
        Verdict(forecast=forecast, round=1, act="dissent", recorded_at=make.day(number / 24)) for number in range(1500)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forecasts_forecast, forecasts_verdict")
        since = make.day(30)
        asked = {"since": since, "at": since + TICK, "late_since": since - LATE, "late_at": since + TICK - LATE}
        cursor.execute("EXPLAIN " + STATES_CHANGED, asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan
    names = ("forecast_published", "forecast_opens", "forecast_closes", "forecast_resolves", "verdict_recorded")
    assert [name for name in names if name not in plan] == []


@pytest.mark.django_db
def test_the_first_settle_makes_a_snapshot_of_nothing() -> None:
    assert scorekeeping.settle(make.day(1)).snapshot == Snapshot.objects.get().pk
    assert Sweep.objects.get(name="settle").finished_at == make.day(1)
