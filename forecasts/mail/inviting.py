"""Invites people into scenarios. What is written here are facts; the mail follows by itself."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from forecasts import watching
from forecasts.models import Forecast, Membership, Prompt, PromptKind, Scenario, User
from forecasts.models.acting import acting
from forecasts.rules import access, security_log
from forecasts.rules.errors import InvalidValue, NotAllowed
from forecasts.rules.security_log import Kind

# Asking again sooner than this brings no second mail.
BETWEEN_RESETS = timedelta(minutes=5)


@transaction.atomic
def invite(scenario: Scenario, email: str, name: str, role: str, *, by: User | AnonymousUser, at: datetime) -> User:
    """Make somebody a member, with an account if they have none, and write to them. Who invites learns of no account.

    Raises NotAllowed unless `by` owns the scenario, InvalidValue where the address is a member's already.
    """
    if not access.may(by, "invite", scenario):
        raise NotAllowed("Only an owner of the scenario invites people.")
    address = email.strip().lower()
    person, _ = User.objects.get_or_create(
        email=address, defaults={"name": name.strip() or address, "password": make_password(None)}
    )
    if not person.is_active:
        return person
    with acting(by if isinstance(by, User) else None, at):
        _, is_new = Membership.objects.get_or_create(scenario=scenario, user=person, defaults={"role": role})
    if not is_new:
        raise InvalidValue("email", "This person is a member already.")
    watching.refresh_all(Forecast.objects.filter(scenario=scenario).open(at).values_list("pk", flat=True), at)
    Prompt.objects.create(recipient=person, kind=PromptKind.INVITATION, slot=at)
    return person


def ask_to_reset(email: str, *, at: datetime) -> None:
    """Note that somebody wants a new password. Says nothing about whether the address has an account."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        return
    recent = Prompt.objects.filter(
        recipient=person, forecast=None, kind=PromptKind.PASSWORD_RESET, slot__gt=at - BETWEEN_RESETS
    )
    if not recent.exists():
        security_log.note(Kind.RESET, person, at=at)
        Prompt.objects.bulk_create(
            [Prompt(recipient=person, kind=PromptKind.PASSWORD_RESET, slot=at)], ignore_conflicts=True
        )
