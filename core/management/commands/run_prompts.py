"""`manage.py run_prompts`: what worker and beat do, in one process and without a broker."""

import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from core import checks
from forecasts.mail import delivery, prompting
from forecasts.models import IdempotencyKey, Sweep
from forecasts.scores import scorekeeping, statistics

# In UTC, as beat has it.
NIGHTLY = time(3, 30)

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Plans, sends and settles, tick by tick, until it is told to end. Needs neither Celery nor Redis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="One tick, for cron and for trying out.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        checks.refuse()
        ended = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: ended.set())
        tick(ended.is_set)
        while not once and not ended.wait(settings.TICK_SECONDS):
            tick(ended.is_set)


def tick(ended: Callable[[], bool]) -> None:
    """One sweep of each kind. One that fails, because the database is away or for whatever reason, stops no other."""

    def send(at: datetime) -> None:
        delivery.send(at, clock=timezone.now, ended=ended)

    for sweep in (prompting.plan, send, scorekeeping.settle, statistics.keep_wanted, by_night):
        try:
            if not ended():
                sweep(timezone.now())
        except (OperationalError, InterfaceError) as error:
            log.warning("The database does not answer", event_name="tick_failed", reason=str(error))
        except Exception:
            log.exception("A sweep failed", event_name="tick_failed", sweep=sweep.__name__)
    close_old_connections()


def by_night(at: datetime) -> None:
    """Once a night: check the tallies, forget the bytes of old mail and the keys of old requests."""
    night = at.replace(hour=NIGHTLY.hour, minute=NIGHTLY.minute, second=0, microsecond=0)
    night = night if night <= at else night - timedelta(days=1)
    done = set(
        Sweep.objects.filter(name__in=["verify", "blank"], finished_at__gte=night).values_list("name", flat=True)
    )
    if "verify" not in done:
        scorekeeping.verify(at)
    if "blank" not in done:
        delivery.blank(at)
        IdempotencyKey.objects.old(at).delete()
