"""The Celery application. It only wakes: what is due stands in the database."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import worker_init, worker_ready, worker_shutting_down

from core import probe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

# It warns whoever is root of pickled messages, and none are accepted here.
warnings.filterwarnings("ignore", category=SecurityWarning)

SIGN_SECONDS = 5

app = Celery("reckoner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["forecasts.operations"])


@worker_init.connect
def refuse(**_: object) -> None:
    from core import checks

    checks.refuse()


@worker_ready.connect
def say_that_it_lives(sender: Any, **_: object) -> None:
    """From the loop that hands out the work: one that stands still says nothing. Anew with each connection."""
    probe.sign("worker", os.getpid())
    sender.timer.call_repeatedly(SIGN_SECONDS, probe.sign, ("worker", os.getpid()))


@worker_shutting_down.connect
def finish_what_is_begun(**_: object) -> None:
    """A sender ends after the mail that it is handing over."""
    from forecasts.operations.ticking import ending

    ending.set()
