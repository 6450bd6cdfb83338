"""What beat wakes. A lost, doubled or late task changes nothing but the delay. At most one of a kind waits."""

import subprocess
import sys

from celery import shared_task
from django.conf import settings

from forecasts.answers import counting_round
from forecasts.mail import delivery, prompting, returns
from forecasts.operations import tidying, verifying
from forecasts.operations.ticking import ending, tick
from forecasts.questions import slot_reading
from forecasts.scores import scorekeeping, statistics


@shared_task(ignore_result=True)
def plan_prompts() -> None:
    prompting.plan(at=tick().at)


@shared_task(ignore_result=True)
def send_messages() -> None:
    now = tick()
    delivery.send(at=now.at, clock=now.running(), ended=ending.is_set)


@shared_task(ignore_result=True)
def settle() -> None:
    scorekeeping.settle(at=tick().at)


@shared_task(ignore_result=True)
def read_returns() -> None:
    if settings.RETURNS is not None:
        returns.read(tick().at, settings.RETURNS)


@shared_task(ignore_result=True)
def verify() -> None:
    verifying.verify(tick().at)


@shared_task(ignore_result=True)
def tidy() -> None:
    tidying.tidy(tick().at)


@shared_task(ignore_result=True)
def keep_bands() -> None:
    statistics.keep_wanted(at=tick().at)


@shared_task(ignore_result=True)
def recount() -> None:
    """In a process of its own, which ends: what reading large files takes is given back."""
    if counting_round.waits(tick().at, settings.DROP_FOLDER):
        _run("recount")


@shared_task(ignore_result=True)
def read_statements() -> None:
    """In a process of its own as well: no other holds the parser, and its 300 MB are given back."""
    with slot_reading.alone() as mine:
        if mine and slot_reading.waits():
            _run("read_statements")


def _run(command: str) -> None:
    subprocess.run([sys.executable, settings.BASE_DIR / "manage.py", command], check=True)  # noqa: S603 -- our own
