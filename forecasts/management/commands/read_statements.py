"""Reads the statements that wait for it into slots, in a process that holds the parser and ends."""

from typing import Any

from django.core.management.base import BaseCommand

from forecasts.questions import slot_reading


class Command(BaseCommand):
    help = "Read what statements say that nobody has read yet; articles in English only."

    def handle(self, *args: Any, **options: Any) -> None:
        while read := slot_reading.read_due():
            self.stdout.write(f"{read} statements read.")
