"""FiveThirtyEight's dated estimates: imported against a bare COPY of the same rows, settled by one and by two."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction

from forecasts.exchange import importing
from forecasts.exchange.importing.sql import COPY_ESTIMATES, ESTIMATES
from forecasts.models import (
    Cell,
    Contribution,
    Estimate,
    Forecast,
    Forecaster,
    Group,
    Scenario,
    Settlement,
    SituationSum,
    Total,
    Verdict,
)
from forecasts.scores import scorekeeping
from forecasts.scores.scorekeeping.settling import settle_these
from tests import fivethirtyeight
from tests.benchmarks._peak import megabytes

AT = datetime(2026, 1, 1, tzinfo=UTC)
OPENS = datetime(2024, 1, 1, tzinfo=UTC)
SLUG = "fivethirtyeight"
MOST_MEGABYTES, LEAST_RATE = 1024, 0.5
MOST_SECONDS, LEAST_GAIN, LONGEST_WAIT = 120.0, 1.2, 2.0
QUIET = 7
"""How often one forecast is settled with no backfill, for comparison."""

type Row = dict[str, object]


def benchmark() -> list[Row]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok; none where the data are not here."""
    if not fivethirtyeight.SOURCE.exists():
        return []
    Scenario.objects.update_or_create(slug=SLUG, defaults={"title": SLUG})
    with TemporaryDirectory() as folder:
        path = fivethirtyeight.prepare(list(fivethirtyeight.projects()), Path(folder) / "estimates.parquet")
        bare, rows = _imports(path)
    return rows + _settles(bare)


def _imports(path: Path) -> tuple[float, list[Row]]:
    """Seconds that a bare COPY of the estimates takes, and the rows."""
    taken, megabytes = map(float, _worker("imported", str(path)).split()[-2:])
    count = Estimate.objects.filter(forecast__scenario__slug=SLUG).count()
    bare = _bare_copy()
    rate = {"value": round(count / taken), "unit": "rows/s", "yardstick": f"bare COPY: {count / bare:,.0f} rows/s"}
    memory = {"value": round(megabytes), "unit": "MB", "yardstick": None, "ratio": None}
    return bare, [
        _row(f"import of {count:,} estimates", rate | {"ratio": round(bare / taken, 2)}, LEAST_RATE, bare / taken),
        _row("import: memory at most", memory, MOST_MEGABYTES, -megabytes),
    ]


def _settles(bare: float) -> list[Row]:
    forecasts = Settlement.objects.filter(forecast__scenario__slug=SLUG).count()
    alone = _seconds(lambda: _worker("settled"))
    _undo()
    quiet = _probe(lambda number: number < QUIET)
    begin = time.perf_counter()
    workers = [_start("settled") for _ in range(2)]
    waits = _probe(lambda _: any(worker.poll() is None for worker in workers))
    together = time.perf_counter() - begin
    if any(worker.returncode for worker in workers):
        raise RuntimeError("A worker failed.")
    _verify_some()
    what = f"settling {forecasts:,} forecasts"
    copied, by_one = f"bare COPY of the estimates: {bare:.1f} s", f"one worker: {alone:.1f} s"
    middle = f"median {median(waits):.2f} s of {len(waits)}; with no backfill {median(quiet):.2f} s"
    return [
        _row(f"{what}, one worker", _value(alone, copied, alone / bare), None, 0),
        _row(f"{what}, two workers", _value(together, copied, together / bare), MOST_SECONDS, -together),
        _row(
            "settling: gain by a second worker",
            _value(together, by_one, alone / together),
            LEAST_GAIN,
            alone / together,
        ),
        _row("settling one forecast during a backfill, at most", _value(max(waits), middle), LONGEST_WAIT, -max(waits)),
    ]


def _value(seconds: float, yardstick: str, ratio: float | None = None) -> Row:
    ratio = None if ratio is None else round(ratio, 2)
    return {"value": round(seconds, 2), "unit": "s", "yardstick": yardstick, "ratio": ratio}


def _verify_some() -> None:
    """Cells and totals of the largest groups are what their contributions add up to, to the integer."""
    sums = Contribution.objects.filter(scenario__slug=SLUG, forecaster_kind="analyst")
    in_cells = Cell.objects.filter(group__scenario__slug=SLUG, group__forecaster_kind="analyst", group__dimension="all")
    for estimand in ("last", "each_update"):
        said = sum(
            sum(weights) for weights in sums.filter(estimand=estimand).values_list("weights", flat=True).iterator()
        )
        told = sum(n for n in in_cells.filter(estimand=estimand).values_list("n", flat=True))
        if said != told:
            raise AssertionError(f"{told} in the cells of {estimand}, {said} in the contributions.")


def _row(name: str, measured: Row, bar: float | None, reached: float) -> Row:
    """`reached` is compared to the bar, if there is one; where less is better both count as negative."""
    ok = bar is None or reached >= (bar if reached >= 0 else -bar)
    return {"name": name, **measured, "bar": bar, "ok": ok}


def _worker(job: str, *arguments: str) -> str:
    """Run one of the jobs below in a process of its own, and return what it printed."""
    process = _start(job, *arguments)
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"The job {job} failed.")
    return said


def _start(job: str, *arguments: str) -> "subprocess.Popen[str]":
    code = (
        "import django, logging, sys; django.setup(); logging.disable(logging.INFO)\n"
        f"from tests.benchmarks import importing; importing.{job}(*sys.argv[1:])\n"
        # Or the pool, found open by the end of Python, waits 5 s for each of its threads.
        "from core.local.commands import disconnect; disconnect()"
    )
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


def imported(path: str) -> None:
    """Import, and print the seconds it took and the megabytes of this process at its peak."""
    taken = _seconds(lambda: importing.import_estimates(Path(path), SLUG, AT))
    sys.stdout.write(f"{taken} {megabytes()}\n")


def settled() -> None:
    scorekeeping.settle(AT)


def _bare_copy() -> float:
    """Seconds to copy the prepared rows into the same table, indexes and constraints in place; then they are undone."""
    with connection.cursor() as cursor, cursor.copy(_OUT.format(scenario=_scenario())) as copy:
        chunks = [bytes(chunk) for chunk in copy]
    begin = time.perf_counter()
    with transaction.atomic():
        with connection.cursor() as cursor, cursor.copy(COPY_ESTIMATES) as copy:
            for chunk in chunks:
                copy.write(chunk)
        with connection.cursor() as cursor:
            # What a commit would check is checked here, before the rows go.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        taken = time.perf_counter() - begin
        transaction.set_rollback(True)
    return taken


_OUT = f"""
    COPY (SELECT {", ".join(ESTIMATES.columns)} FROM forecasts_estimate
        WHERE forecast_id IN (SELECT id FROM forecasts_forecast WHERE scenario_id = {{scenario}}) ORDER BY id)
    TO STDOUT (FORMAT BINARY)
"""


def _scenario() -> int:
    return Scenario.objects.get(slug=SLUG).pk


def _undo() -> None:
    """Everything is due again, and nothing is tallied."""
    groups = list(Group.objects.filter(scenario__slug=SLUG).values_list("pk", flat=True))
    with transaction.atomic():
        Contribution.objects.filter(scenario__slug=SLUG).delete()
        Cell.objects.filter(group__in=groups).delete()
        Total.objects.filter(group__in=groups).delete()
        SituationSum.objects.filter(group__in=groups).delete()
        Settlement.objects.filter(forecast__scenario__slug=SLUG).update(due_at=AT, verdict=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _probe(goes_on: Callable[[int], bool]) -> list[float]:
    """Settle one forecast of the same scenario over and over; how long each took."""
    forecast, analyst = _single(), Forecaster.objects.imported("538")
    waits: list[float] = []
    while goes_on(len(waits)):
        Estimate.objects.create(
            forecast=forecast,
            forecaster=analyst,
            made_at=OPENS + timedelta(seconds=forecast.estimates.count()),
            recorded_at=AT,
            probability=100 + len(waits) % 9800,
            channel="import",
        )
        waits.append(_seconds(lambda: _settle_one(forecast)))
        time.sleep(0.2)
    return waits


def _single() -> Forecast:
    closes = OPENS + timedelta(days=31)
    dates = {"published_at": OPENS, "opens_at": OPENS, "closes_at": closes, "resolves_at": closes}
    scenario = Scenario.objects.get(slug=SLUG)
    forecast, _ = Forecast.objects.get_or_create(
        scenario=scenario, key="probe", defaults={"title": "probe", "category": "other", "is_imported": True, **dates}
    )
    times = {"known_at": closes, "recorded_at": AT, "takes_effect_at": AT}
    Verdict.objects.get_or_create(forecast=forecast, round=1, act="propose", defaults={"outcome": "yes", **times})
    return forecast


@transaction.atomic
def _settle_one(forecast: Forecast) -> None:
    Forecast.objects.select_for_update().get(pk=forecast.pk)
    settle_these([forecast.pk], AT)


def _seconds(job: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin
