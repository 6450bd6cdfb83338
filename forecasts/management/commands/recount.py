"""Take dropped files, count what is new, propose what is due. Beat starts it where anything waits; it ends."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from forecasts.answers import counting_round
from forecasts.rules import clock


class Command(BaseCommand):
    help = "Take the files in the drop folder, count what forecasts ask of new vintages, propose what is due."

    def handle(self, *_: Any, **__: Any) -> None:
        done = counting_round.run(clock.now(), settings.DROP_FOLDER)
        self.stdout.write(
            f"Took {len(done.taken)} files, made {done.counted.counts} counts, {done.counted.base_rates} base rates and"
            f" {done.counted.estimates} estimates of references; proposed {done.proposed} resolutions."
        )
        for refused in done.refused:
            self.stderr.write(self.style.ERROR(f"Refused {refused}"))
