"""Two senders as others build them, to see that the harness notices: `python -m tests.chaos.careless`.

`mark` marks a message as sent and then sends it; `batch` sends a batch and then marks it.
"""

import importlib
import os
import random
import signal
import smtplib
import sys
import time
from pathlib import Path

import django

BATCH = 50


def mark() -> None:
    from forecasts.models import Message

    with smtplib.SMTP("127.0.0.1", port()) as server:
        for message in Message.objects.filter(state=Message.State.QUEUED).order_by("pk"):
            Message.objects.filter(pk=message.pk).update(state=Message.State.SENT)
            server.sendmail("reckoner@example.invalid", message.address, bytes(message.content or b""))


def batch() -> None:
    from forecasts.models import Message

    queued = Message.objects.filter(state=Message.State.QUEUED).order_by("pk")
    with smtplib.SMTP("127.0.0.1", port()) as server:
        while messages := list(queued[:BATCH]):
            for message in messages:
                server.sendmail("reckoner@example.invalid", message.address, bytes(message.content or b""))
            Message.objects.filter(pk__in=[message.pk for message in messages]).update(state=Message.State.SENT)


def port() -> int:
    return int(os.environ["MAIL_URL"].rpartition(":")[2])


def main(way: str, kills: int, seed: int, log: Path) -> None:
    """Fork a sender and end it once it has sent a few, so many times; the last one may finish."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
    django.setup()
    importlib.import_module("forecasts.models")
    dice, send = random.Random(seed), {"mark": mark, "batch": batch}[way]
    for number in range(kills + 1):
        before = lines(log)
        child = os.fork()
        if child == 0:
            send()
            os._exit(0)
        if number < kills:
            while lines(log) < before + 3:
                time.sleep(0.002)
            time.sleep(0.05 * dice.random())
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def lines(log: Path) -> int:
    return log.read_bytes().count(b"\n") if log.exists() else 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
