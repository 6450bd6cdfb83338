"""The Celery application. It only wakes: what is due stands in the database."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")

app = Celery("reckoner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_demonstration(**_: object) -> None:
    from core import checks

    checks.refuse_demonstration()
