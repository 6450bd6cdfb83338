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
from django.db import close_old_connections

from core import checks
from forecasts.mail import delivery, prompting
from forecasts.models import Sweep
from forecasts.operations import ticking, tidying, verifying
from forecasts.rules import outages
from forecasts.rules.clock import Reading
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

    def send(reading: Reading) -> None:
        delivery.send(reading.at, clock=reading.running(), ended=ended)

    sweeps: dict[str, Callable[[Reading], object]] = {
        "plan": lambda reading: prompting.plan(reading.at),
        "send": send,
        "settle": lambda reading: scorekeeping.settle(reading.at),
        "keep_bands": lambda reading: statistics.keep_wanted(reading.at),
        "night": lambda reading: by_night(reading.at),
    }
    for name, sweep in sweeps.items():
        try:
            if not ended():
                sweep(ticking.tick())
        except Exception as error:
            if outages.is_one(error):
                log.warning("The database does not answer", event_name="tick_failed", reason=str(error))
            else:
                log.exception("A sweep failed", event_name="tick_failed", sweep=name)
    close_old_connections()


def by_night(at: datetime) -> None:
    """Once a night: compare what is kept with what was recorded, and forget what is past its time."""
    night = at.replace(hour=NIGHTLY.hour, minute=NIGHTLY.minute, second=0, microsecond=0)
    night = night if night <= at else night - timedelta(days=1)
    done = set(Sweep.objects.filter(finished_at__gte=night).values_list("name", flat=True))
    if due := [name for name in verifying.CHECKS if name not in done]:
        verifying.verify(at, *due)
    if "tidy" not in done:
        tidying.tidy(at)
