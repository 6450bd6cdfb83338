"""What is to be settled, and when something else that reports count has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from forecasts.models import Sweep

LATE = timedelta(minutes=1)
"""Nobody takes longer than this between reading the clock and committing what was done at that instant."""

# Forecast and settlement are both locked: an estimate waits, and a settlement done meanwhile is not due any more.
LOCKED = """
    SELECT s.forecast_id FROM forecasts_settlement s JOIN forecasts_forecast f ON f.id = s.forecast_id
    WHERE s.due_at <= %s ORDER BY s.due_at DESC, s.forecast_id DESC LIMIT %s
    FOR UPDATE SKIP LOCKED
"""

_MOMENTS = (
    ("forecasts_forecast", "published_at"),
    ("forecasts_forecast", "opens_at"),
    ("forecasts_forecast", "closes_at"),
    ("forecasts_forecast", "resolves_at"),
    ("forecasts_verdict", "recorded_at"),
)
# One look into an index for each column: an OR over all of them would read every forecast.
_PASSED = """
    EXISTS (SELECT 1 FROM {table} WHERE {column} > %(since)s AND {column} <= %(at)s)
    OR EXISTS (SELECT 1 FROM {table} WHERE {column} > %(late_since)s AND {column} <= %(late_at)s)
"""
STATES_CHANGED = "SELECT " + " OR ".join(_PASSED.format(table=table, column=column) for table, column in _MOMENTS)


def locked(at: datetime, most: int) -> list[int]:
    """Forecasts that are due, the newest first in turn, locked by this transaction; those of others are left out."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [at, most])
        return sorted(pk for (pk,) in cursor.fetchall())


def mark_due(forecasts: Iterable[int], at: datetime) -> None:
    """Have these forecasts settled again: their estimates, criteria or dates changed after the fact.

    Call it in the transaction that writes the change: a late import, an amendment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO forecasts_settlement (forecast_id, rules_version, due_at)
            SELECT f, 0, %s FROM unnest(%s::bigint[]) f ORDER BY f
            ON CONFLICT (forecast_id) DO UPDATE SET due_at = LEAST(forecasts_settlement.due_at, excluded.due_at)
            """,
            [at, list(forecasts)],
        )


def states_changed(at: datetime) -> bool:
    """Whether a forecast opened, closed, fell due or was judged since the last run: reports count states too.

    Each instant is looked at twice: at once, and when whoever was still writing then must have committed.
    """
    last = Sweep.objects.filter(name="settle").values_list("finished_at", flat=True).first()
    if last is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(STATES_CHANGED, {"since": last, "at": at, "late_since": last - LATE, "late_at": at - LATE})
        return bool(cursor.fetchone()[0])
