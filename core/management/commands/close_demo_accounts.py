"""`manage.py close_demo_accounts`: nobody logs in as somebody of a demonstration any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from core import demonstration
from forecasts.models import Token, User


class Command(BaseCommand):
    help = "Make the passwords and tokens of all demonstration people unusable. Their history stays."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        closed = close()
        demonstration.forget()
        self.stdout.write(f"Closed {closed} demonstration account{'' if closed == 1 else 's'}.")


@transaction.atomic
def close() -> int:
    """Returns how many could log in until now. Their sessions end with their passwords."""
    people = list(User.objects.select_for_update().filter(is_demo=True))
    active = [person for person in people if person.has_usable_password()]
    for person in active:
        person.set_unusable_password()
    User.objects.bulk_update(active, ["password"])
    Token.objects.filter(user__in=people).delete()
    return len(active)
