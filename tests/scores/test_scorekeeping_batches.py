"""How much is settled at once, who waits for whom, and in which order it becomes visible."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Cell, Forecast, Forecaster, Group, Scenario, Settlement, Snapshot, Total, User, Verdict
from forecasts.scores import scorekeeping
from forecasts.scores.scorekeeping.adding import apply
from forecasts.scores.scorekeeping.due import locked
from forecasts.scores.scorekeeping.settling import Settled, new_snapshot, settle_these
from forecasts.scores.scorekeeping.sweeping import AIM, FIRST, MOST, next_size
from forecasts.scores.scorekeeping.tallying import GroupKey, Tally, TotalSums
from tests import make

AFTER = make.day(31)
Outcome = Verdict.Outcome

WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND locktype = %s AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""

WRITTEN = """
    SELECT DISTINCT relation::regclass::text FROM pg_locks l JOIN pg_class c ON c.oid = relation
    WHERE mode = 'RowExclusiveLock' AND relkind = 'r' AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def due(scenario: Scenario, person: User, number: int = 0) -> Forecast:
    """A forecast with an estimate and a verdict, matured on day 30, that waits to be settled."""
    forecast = make.forecast(scenario)
    make.estimate(forecast, person, (number % 9 + 1) / 10, make.day(number % 20))
    make.verdict(forecast, "yes" if number % 2 else "no")
    scorekeeping.mark_due([forecast.pk], make.day(30))
    return forecast


def until(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def waiting(lock: str) -> bool:
    """Whether somebody waits for a lock of this kind that this transaction holds."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [lock])
        return bool(cursor.fetchone()[0])


def written_by_who_waits() -> set[str]:
    """Tables that the one who waits for this transaction has written to in its own."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return {name.removeprefix("forecasts_") for (name,) in cursor.fetchall()}


class Behind:
    """Runs something in a thread with a connection of its own, and raises here what it raised."""

    def __init__(self, job: Callable[[], object]) -> None:
        self.job, self.failures = job, list[Exception]()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.job()
        except Exception as error:  # noqa: BLE001
            self.failures.append(error)
        finally:
            connection.close()

    def join(self) -> None:
        self.thread.join(120)
        assert not self.thread.is_alive()
        assert self.failures == []


def test_batches_grow_while_they_are_quick_and_never_beyond_the_most() -> None:
    sizes = [FIRST]
    for _ in range(4):
        sizes.append(next_size(sizes[-1], seconds=0.01))
    assert sizes == [100, 400, MOST, MOST, MOST]


def test_a_batch_that_took_long_makes_the_next_one_small() -> None:
    assert next_size(MOST, seconds=2 * AIM) == MOST // 2
    assert next_size(4, seconds=60 * AIM) == 1


def test_a_small_batch_that_was_quick_is_followed_by_a_larger_one() -> None:
    assert next_size(1, seconds=0) == 4


@pytest.mark.django_db
def test_what_fell_due_last_is_settled_first() -> None:
    scenario = make.scenario()
    person = make.member(scenario)
    old, new, other = (due(scenario, person, number) for number in range(3))
    Settlement.objects.filter(forecast=new).update(due_at=make.day(30.5))
    assert locked(AFTER, 1) == [new.pk]
    assert locked(AFTER, 2) == [new.pk, other.pk]
    assert locked(make.day(30), 5) == [old.pk, other.pk]
    assert locked(make.day(29), 5) == []


@pytest.mark.django_db
@pytest.mark.parametrize("batch", [1, 2, 7, None])
def test_the_size_of_batches_changes_nothing_in_the_tallies(batch: int | None) -> None:
    scenario = make.scenario()
    people = [make.member(scenario) for _ in range(2)]
    for number in range(7):
        make.estimate(due(scenario, people[0], number), people[1], 0.35, make.day(5))
    done = scorekeeping.settle(AFTER, batch=batch)
    assert (done.forecasts, done.changed) == (7, 7)
    assert Total.objects.get(group__dimension="all", group__forecaster_kind="analyst", estimand="last").pairs == 14
    assert scorekeeping.verify(AFTER) == []


@pytest.mark.django_db
def test_a_change_may_add_to_one_cell_take_from_another_and_empty_a_third() -> None:
    key = GroupKey(make.scenario().pk, "analyst", "all", "")
    apply(Tally({(key, 0, 1000): [3, 1], (key, 0, 2000): [2, 2], (key, 0, 3000): [1, 0]}))
    apply(Tally({(key, 0, 1000): [1, 1], (key, 0, 2000): [-1, -1], (key, 0, 3000): [-1, 0], (key, 0, 4000): [5, 0]}))
    assert list(Cell.objects.order_by("probability").values_list("probability", "n", "k")) == [
        (1000, 4, 2),
        (2000, 1, 1),
        (4000, 5, 0),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "left"), [([0, -1], (2, 1)), ([0, 0], (2, 2)), ([1, -2], (3, 0))])
def test_an_outcome_that_turns_round_moves_only_how_often_it_came_true(
    change: list[int], left: tuple[int, int]
) -> None:
    key = GroupKey(make.scenario().pk, "analyst", "all", "")
    apply(Tally({(key, 0, 1000): [2, 2]}))
    apply(Tally({(key, 0, 1000): change}))
    assert Cell.objects.values_list("n", "k").get() == left


@pytest.mark.django_db
def test_a_total_that_comes_to_nothing_goes_and_the_others_stay() -> None:
    scenario = make.scenario().pk
    gone, stays = GroupKey(scenario, "analyst", "category", "other"), GroupKey(scenario, "analyst", "all", "")
    apply(Tally(totals={(gone, 0): TotalSums(pairs=1, forecasts=1), (stays, 0): TotalSums(pairs=2, forecasts=2)}))
    apply(Tally(totals={(gone, 0): TotalSums(pairs=-1, forecasts=-1), (stays, 0): TotalSums(pairs=-1, forecasts=-1)}))
    assert Total.objects.values_list("group__dimension", "pairs", "forecasts").get() == ("all", 1, 1)


@pytest.mark.django_db
def test_scores_by_name_add_up_and_those_that_come_to_nothing_go() -> None:
    key = GroupKey(make.scenario().pk, "analyst", "all", "")
    six = [1, 1, 7, 49, 7, 1]
    apply(Tally(totals={(key, 0): TotalSums(pairs=1, other={"rps": six, "brier": six})}))
    apply(Tally(totals={(key, 0): TotalSums(pairs=1, other={"rps": [-one for one in six], "log": six})}))
    assert Total.objects.get().other_sums == {"brier": six, "log": six}


@pytest.mark.django_db
def test_a_scenario_that_goes_takes_its_tallies_with_it() -> None:
    scenario = make.scenario()
    key = GroupKey(scenario.pk, "analyst", "all", "")
    apply(Tally({(key, 0, 1000): [3, 1]}, {(key, 0): TotalSums(pairs=3)}))
    scenario.delete()
    assert [Group.objects.count(), Cell.objects.count(), Total.objects.count()] == [0, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_groups_are_locked_only_once_everything_else_is_written() -> None:
    """Whoever waits for a group has all else behind it: those who wait for its groups wait for the adding only."""
    scenario = make.scenario()
    person = make.member(scenario)
    due(scenario, person)
    scorekeeping.settle(AFTER)
    second = due(scenario, person, 1)
    with transaction.atomic():
        list(Group.objects.select_for_update(no_key=True))
        worker = Behind(lambda: scorekeeping.settle(AFTER + timedelta(seconds=5)))
        until(lambda: waiting("transactionid"))
        written = written_by_who_waits()
    assert {"contribution", "settlement"} <= written
    assert not {"cell", "total", "snapshot"} & written
    worker.join()
    assert Settlement.objects.get(forecast=second).due_at is None
    assert scorekeeping.verify(AFTER) == []


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_of_a_later_id_is_never_seen_before_one_of_an_earlier() -> None:
    """Two scenarios share no group; what the slower one changed must not hide behind the faster one's snapshot."""
    slow, fast = make.scenario(), make.scenario()
    first, second = (due(scenario, make.member(scenario)) for scenario in (slow, fast))
    Forecaster.objects.consensus("age_weighted")
    done: list[Settled] = []
    with transaction.atomic():
        list(Forecast.objects.select_for_update().filter(pk=first.pk))
        slower = settle_these([first.pk], AFTER)
        faster = Behind(lambda: done.append(scorekeeping.settle(AFTER)))
        until(lambda: waiting("advisory"))
        assert slower.snapshot is not None
        assert not Snapshot.objects.exclude(pk=slower.snapshot).exists()
    faster.join()
    assert done[0].snapshot is not None
    assert slower.snapshot < done[0].snapshot
    assert {first.pk, second.pk} == set(Settlement.objects.filter(due_at=None).values_list("forecast_id", flat=True))


@pytest.mark.django_db(transaction=True)
def test_snapshots_made_at_once_wait_for_each_other() -> None:
    made: list[int] = []
    with transaction.atomic():
        mine = new_snapshot(AFTER)
        other = Behind(lambda: made.append(new_snapshot(AFTER)))
        until(lambda: waiting("advisory"))
        assert made == []
    other.join()
    assert made[0] > mine


@pytest.mark.django_db(transaction=True)
def test_two_backfills_and_one_forecast_settled_over_and_over_end_in_the_tallies_of_a_rebuild() -> None:
    """The single one is re-resolved each time, so all three add to and take from the same cells."""
    scenario = make.scenario()
    person = make.member(scenario)
    single = due(scenario, person)
    for number in range(40):
        due(scenario, person, number)
    start = threading.Barrier(3)

    def backfill() -> None:
        start.wait(120)
        scorekeeping.settle(AFTER, batch=3)

    workers = [Behind(backfill) for _ in range(2)]
    start.wait(120)
    for turn in range(12):
        with transaction.atomic():
            Forecast.objects.select_for_update().get(pk=single.pk)
            finding = Finding(Outcome.NO if turn % 2 else Outcome.YES, known_at=make.day(30), note="As reported.")
            resolving.resolve(single, None, finding, at=AFTER + timedelta(minutes=turn))
            settle_these([single.pk], AFTER + timedelta(minutes=turn))
    for worker in workers:
        worker.join()
    end = AFTER + timedelta(hours=1)
    scorekeeping.settle(end)
    assert not Settlement.objects.due(end).exists()
    assert scorekeeping.verify(end) == []
    assert Total.objects.get(group__dimension="all", estimand="last").pairs == 41


@pytest.mark.django_db
def test_a_large_batch_is_added_to_tables_that_were_empty_when_last_analyzed() -> None:
    """As after a backfill was undone: what adds names the key, so no plan depends on what was counted."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forecasts_cell, forecasts_total, forecasts_contribution")
    scenario, who = make.scenario(), Forecaster.objects.imported("Model A")
    for number in range(60):
        forecast = due(scenario, make.member(scenario), number)
        make.estimate(forecast, who, 0.05 + number / 100, make.day(21))
    done = scorekeeping.settle(AFTER, batch=60)
    assert (done.forecasts, done.failed) == (60, 0)
    in_cells = Cell.objects.filter(group__dimension="all", group__forecaster_kind="analyst", estimand="last")
    assert sum(in_cells.values_list("n", flat=True)) == 120
    assert scorekeeping.verify(AFTER) == []
