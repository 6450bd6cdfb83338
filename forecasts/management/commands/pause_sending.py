"""`manage.py pause_sending`: hold all mail back until it is resumed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forecasts.mail import pausing
from forecasts.rules import clock


class Command(BaseCommand):
    help = "Holds all mail back until `manage.py resume_sending`. Prompts are planned and answered meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--because", default="An operator paused it.", help="What /healthz and the desk say.")

    def handle(self, *args: Any, because: str, **options: Any) -> None:
        pausing.pause(clock.now(), because)
        self.stdout.write("Sending is paused.")
