"""`manage.py erase_person EMAIL --reason TEXT`: erase a person on request."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forecasts.answers import erasing
from forecasts.models import Forecast, User
from forecasts.rules import clock
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = (
        "Erase a person: name, address, rationales, preferences, tokens, sessions and mail go; the numbers stay, under"
        " the name “Erased person N”. Logged, and not to be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="why, for the log; without the person's name")
        parser.add_argument("--operator", default="", help="who erases, where it is not the account that runs this")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, email: str, reason: str, operator: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        self.stdout.write(_summary(user))
        if not yes and not self._is_meant(user):
            raise CommandError("Nothing was erased.")
        named = list(Forecast.objects.naming(user))
        at = clock.now()
        try:
            erasing.erase(user.email, operator or getpass.getuser(), reason, at=at)
        except ReckonerError as error:
            raise CommandError(str(error)) from error
        erasing.ask_others(named, at)
        self.stdout.write(f"Erased; the numbers stay as those of “{erasing.alias(user)}”.")
        if named:
            self.stdout.write(f"{len(named)} forecasts named this person: name somebody else on them.")

    def _is_meant(self, user: User) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Nobody is here to ask: repeat it with --yes.")
        return input("This cannot be undone. Type the address again to erase: ").strip().lower() == user.email


def _summary(user: User) -> str:
    found = erasing.traces(user)
    return (
        f"{user.name} <{user.email}>: {found.estimates} estimates stay, their {found.rationales} rationales go;"
        f" {found.verdicts} verdicts stay, without the name; {found.messages} messages are blanked."
    )
