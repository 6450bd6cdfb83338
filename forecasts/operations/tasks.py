"""What beat wakes. A lost, doubled or late task changes nothing but the delay."""

import subprocess
import sys

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from forecasts.answers import counting_round
from forecasts.mail import delivery, prompting
from forecasts.models import IdempotencyKey
from forecasts.scores import scorekeeping, statistics


@shared_task(ignore_result=True, expires=60)
def plan_prompts() -> None:
    prompting.plan(at=timezone.now())


@shared_task(ignore_result=True, expires=60)
def send_messages() -> None:
    delivery.send(at=timezone.now(), clock=timezone.now)


@shared_task(ignore_result=True, expires=60)
def settle() -> None:
    scorekeeping.settle(at=timezone.now())


@shared_task(ignore_result=True, expires=3600)
def verify_tallies() -> None:
    scorekeeping.verify(at=timezone.now())


@shared_task(ignore_result=True, expires=3600)
def forget_keys() -> None:
    IdempotencyKey.objects.old(at=timezone.now()).delete()


@shared_task(ignore_result=True, expires=3600)
def blank_messages() -> None:
    delivery.blank(at=timezone.now())


@shared_task(ignore_result=True, expires=60)
def keep_bands() -> None:
    statistics.keep_wanted(at=timezone.now())


@shared_task(ignore_result=True, expires=60)
def recount() -> None:
    """In a process of its own, which ends: what reading large files takes is given back."""
    if counting_round.waits(timezone.now(), settings.DROP_FOLDER):
        subprocess.run([sys.executable, settings.BASE_DIR / "manage.py", "recount"], check=True)  # noqa: S603 -- our own
