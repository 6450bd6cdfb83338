"""What a tick costs when nothing is due, beside a million forecasts."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from forecasts.mail import delivery, prompting
from forecasts.models import Forecast, PromptKind, User
from tests import make

FORECASTS = 1_000_000
MILLISECONDS, QUERIES, RUNS = 5.0, 2, 50


def benchmark() -> list[dict[str, Any]]:
    """Rows of the bench table; the yardstick is the shortest query there is."""
    with transaction.atomic():
        _generate()
        rows = [
            _row("plan", lambda: prompting.plan(make.day(8))),
            _row("send", lambda: delivery.send(make.day(8))),
        ]
        transaction.set_rollback(True)
    return rows


def _generate() -> None:
    """Forecasts of which each is to be asked about one day later."""
    about = make.forecast()
    person = User.objects.create(email="bench-idle@example.invalid", name="Analyst")
    columns = [f.column for f in Forecast._meta.concrete_fields if f.column not in ("id", "key", "statement_id")]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO forecasts_forecast (key, {names}) SELECT 'idle-' || n, {names}"
            " FROM forecasts_forecast, generate_series(1, %s) n WHERE id = %s",
            [FORECASTS, about.pk],
        )
        cursor.execute(
            "INSERT INTO forecasts_watch (user_id, forecast_id, kind, next_at)"
            " SELECT %s, id, %s, %s FROM forecasts_forecast WHERE scenario_id = %s",
            [person.pk, PromptKind.UPDATE, make.day(9), about.scenario_id],
        )
        cursor.execute("ANALYZE forecasts_forecast, forecasts_watch")


def _row(name: str, sweep: Callable[[], object]) -> dict[str, Any]:
    sweep()
    with CaptureQueriesContext(connection) as asked:
        sweep()
    took, bare = _milliseconds(sweep), _milliseconds(_shortest)
    return {
        "name": f"{name} with nothing due, {FORECASTS:,} forecasts, {len(asked)} queries",
        "value": round(took, 2),
        "unit": "ms",
        "yardstick": f"SELECT 1: {bare:.2f} ms",
        "ratio": round(took / bare, 1),
        "bar": f"<= {MILLISECONDS:g} ms, {QUERIES} queries",
        "ok": took <= MILLISECONDS and len(asked) <= QUERIES,
    }


def _shortest() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _milliseconds(act: Callable[[], object]) -> float:
    """The median of many runs."""
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - begin))
    return sorted(taken)[RUNS // 2]
