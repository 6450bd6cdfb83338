"""`manage.py load_scenario DIR [--demo]`: load a scenario folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core import demonstration
from forecasts import replaying
from forecasts.questions import intake
from forecasts.questions.intake import Account, Loaded
from forecasts.replaying import Told
from forecasts.rules import clock
from forecasts.rules.errors import ReckonerError
from forecasts.scores import scorekeeping


class Command(BaseCommand):
    help = "Load a scenario folder: its article, statements and forecasts. The format is in docs/scenarios.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--demo",
            action="store_true",
            help="also its demonstration people, with their estimates and resolutions; not in production",
        )

    def handle(self, *args: Any, folder: Path, demo: bool, **options: Any) -> None:
        if demo and settings.PRODUCTION:
            raise CommandError("--demo makes accounts whose passwords are printed: production does not load it.")
        try:
            loaded, told, accounts = _load(folder, demo=demo)
        except ReckonerError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(_summary(loaded, told, accounts)))


def _load(folder: Path, *, demo: bool) -> tuple[Loaded, Told, Sequence[Account]]:
    at = clock.now()
    with transaction.atomic():
        loaded = intake.load(folder, at, demo=demo)
        told = replaying.retell(loaded, at) if demo else Told()
        accounts = intake.open_accounts(loaded.people, loaded.scenario)
        demonstration.keep(accounts)
    if told.resolutions:
        scorekeeping.settle(at)
    return loaded, told, accounts


def _summary(loaded: Loaded, told: Told, accounts: Sequence[Account]) -> list[str]:
    counts = {
        "statements": loaded.statements,
        "forecasts": len(loaded.forecasts),
        "people": len(loaded.people),
        "estimates": told.estimates,
        "resolutions": told.resolutions,
    }
    new = [f"{count} {name}" for name, count in counts.items() if count]
    lines = [f"{loaded.scenario.title}: {', '.join(new) if new else 'everything was there already'}."]
    if accounts:
        lines += ["", f"Demonstration people (passwords shown once, kept in {demonstration.path()}):"]
        lines += [f"  {role:<10} {email:<34} {password}" for role, email, password in accounts]
    return [*lines, "", f"See {settings.SITE_URL}{loaded.scenario.get_absolute_url()}"]
