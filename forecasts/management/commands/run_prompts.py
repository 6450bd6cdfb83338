"""`manage.py run_prompts`: what worker and beat do, in one process and without a broker."""

import signal
import threading
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from forecasts import delivery, prompting, scorekeeping

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Plans, sends and settles, tick by tick, until it is told to end. Needs neither Celery nor Redis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="One tick, for cron and for trying out.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        ended = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: ended.set())
        tick()
        while not once and not ended.wait(settings.TICK_SECONDS):
            tick()


def tick() -> None:
    """One sweep of each kind. While the database is away, the next tick tries again."""
    for sweep in (prompting.plan, send, scorekeeping.settle):
        try:
            sweep(timezone.now())
        except (OperationalError, InterfaceError) as error:
            log.warning("The database does not answer", event_name="tick_failed", reason=str(error))
    close_old_connections()


def send(at: datetime) -> delivery.Sent:
    return delivery.send(at, clock=timezone.now)
