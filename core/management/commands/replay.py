"""`manage.py replay DIR [--until DATE]`: run a scenario's months through the live code, in seconds."""

import argparse
import logging
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import throwaway
from core.local.places import SetupError
from forecasts import replaying
from forecasts.models import Scenario
from forecasts.questions import intake
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = "Replay a scenario folder in a throw-away database and print what happened. Touches nothing else."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--until",
            type=end_of,
            metavar="DATE",
            help="the last day, such as 2024-12-31 (UTC); without it, until everything in the folder has its effect",
        )

    def handle(self, *args: Any, folder: Path, until: datetime | None, **options: Any) -> None:
        logging.getLogger("forecasts").setLevel(logging.WARNING)
        try:
            intake.read(folder)  # a fault is known at once, and not after a database has been made
            with throwaway.database("replay"):
                for event in replaying.run(folder, until):
                    self.stdout.write(str(event))
                self.stdout.write("")
                self.stdout.write("\n".join(replaying.summary(Scenario.objects.get())))
        except (ReckonerError, SetupError) as error:
            raise CommandError(str(error)) from error


def end_of(text: str) -> datetime:
    """The last moment of a day, UTC.

    >>> end_of("2024-12-31").isoformat()
    '2024-12-31T23:59:59.999999+00:00'
    """
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC) + timedelta(days=1, microseconds=-1)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2024-12-31") from None
