"""What is to be settled, and when something else that reports count has changed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from forecasts.models import Sweep
from forecasts.models.sql import row, rows, run
from forecasts.scores.scorekeeping import sql

LATE = timedelta(minutes=1)
"""Nobody takes longer than this between reading the clock and committing what was done at that instant."""


def locked(at: datetime, most: int) -> list[int]:
    """Forecasts that are due, the newest first in turn, locked by this transaction; those of others are left out."""
    return sorted(one["forecast_id"] for one in rows(sql.DUE, [at, most]))


def mark_due(forecasts: Iterable[int], at: datetime) -> None:
    """Have these forecasts settled again: their estimates, criteria or dates changed after the fact.

    Call it in the transaction that writes the change: a late import, an amendment.
    """
    run(sql.MARK_DUE, [at, list(forecasts)])


def states_changed(at: datetime) -> bool:
    """Whether a forecast opened, closed, fell due or was judged since the last run: reports count states too.

    Each instant is looked at twice: at once, and when whoever was still writing then must have committed.
    """
    last = Sweep.objects.filter(name="settle").values_list("finished_at", flat=True).first()
    if last is None:
        return True
    asked = {"since": last, "at": at, "late_since": last - LATE, "late_at": at - LATE}
    return bool(row(sql.STATES_CHANGED, asked)["changed"])
