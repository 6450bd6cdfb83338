"""Settles whatever is due, batch by batch."""

import time
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Min

from forecasts.models import Settlement, Sweep
from forecasts.scores.scorekeeping.due import locked, states_changed
from forecasts.scores.scorekeeping.rebuilding import rebuild
from forecasts.scores.scorekeeping.settling import RULES_VERSION, Settled, new_snapshot, settle_these
from forecasts.scores.scorekeeping.situations import join_quarters

FIRST, MOST = 100, 1300
"""Forecasts in the first batch, and in the largest."""

AIM = 1.0
"""Seconds that a batch should take. Whoever settles another forecast waits for half of it: a batch holds its groups."""

log = structlog.get_logger(__name__)


def settle(at: datetime, batch: int | None = None) -> Settled:
    """Settle every forecast that is due at `at`, newest first. Running it twice changes nothing.
    Where what is kept was made by older rules, all of it is made anew first.

    Each batch is one transaction, of `batch` forecasts, or of as many as take about a second. Forecasts that
    somebody else holds are left to the next run.
    """
    join_quarters(at)
    done, size, began = _by_new_rules(at), batch or FIRST, time.monotonic()
    while more := _settle_batch(at, size):
        done += more
        ended = time.monotonic()
        size, began = batch or next_size(more.forecasts, ended - began), ended
    if done.snapshot is None and (done.forecasts or states_changed(at)):
        done += Settled(snapshot=new_snapshot(at))
    problem = f"{done.failed} forecasts could not be settled; the log says why." if done.failed else ""
    Sweep.came_through("settle", at, problem)
    if done.forecasts:
        log.info("Settled forecasts.", event_name="settled", forecasts=done.forecasts, changed=done.changed)
    return done


def next_size(forecasts: int, seconds: float) -> int:
    """How many forecasts to settle at once after so many took so long: the more, the more cells they share.

    >>> next_size(100, 0.2), next_size(100, 30)
    (400, 3)
    """
    fitting = int(forecasts * AIM / max(seconds, 0.001))
    return max(1, min(fitting, 4 * forecasts, MOST))


@transaction.atomic
def _settle_batch(at: datetime, size: int) -> Settled | None:
    forecasts = locked(at, size)
    return settle_these(forecasts, at) if forecasts else None


def _by_new_rules(at: datetime) -> Settled:
    """Subtracting what older rules had added would leave a mixture of both."""
    oldest = Settlement.objects.exclude(settled_at=None).aggregate(oldest=Min("rules_version"))["oldest"]
    if oldest is None or oldest >= RULES_VERSION:
        return Settled()
    log.info("The rules of scoring have changed.", event_name="rules_changed", stored=oldest, rules=RULES_VERSION)
    return rebuild(at)
