"""Rows that nobody needs any more go by night. Facts stay; `docs/operating.md` says what is kept how long."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from forecasts.mail import queueing
from forecasts.models import IdempotencyKey, Message, Prompt, Sweep
from forecasts.models.sql import unhurried

IN_VAIN = timedelta(days=90)
"""How long what was never sent is kept: mails that were called off untried, and prompts that came to nothing."""
SILENT = timedelta(days=1)
"""How long the clock of a process that is gone is remembered."""


def tidy(at: datetime) -> dict[str, int]:
    """Forget what is past its time at `at`; by name how many rows. Running it twice changes nothing."""
    with unhurried():
        forgotten = {name: rows.delete()[0] for name, rows in _past(at).items()}
    with unhurried():
        forgotten["bytes"] = queueing.blank(at)
    Sweep.came_through("tidy", at)
    return forgotten


def _past(at: datetime) -> dict[str, QuerySet[Any]]:
    untried = Message.objects.filter(state=Message.State.CANCELLED, attempts=None, made_at__lt=at - IN_VAIN)
    vain = Prompt.objects.filter(state=Prompt.State.CANCELLED, message=None, slot__lt=at - IN_VAIN, estimate=None)
    return {
        "sessions": Session.objects.filter(expire_date__lt=at),
        "idempotency keys": IdempotencyKey.objects.old(at),
        "clocks": Sweep.objects.filter(name__startswith=Sweep.CLOCK, finished_at__lt=at - SILENT),
        "mails": untried,
        "prompts": vain,
    }
