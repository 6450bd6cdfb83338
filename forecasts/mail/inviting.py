"""Invites people into scenarios. What is written here are facts; the mail follows by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from forecasts import watching
from forecasts.models import Forecast, Membership, Prompt, PromptKind, Scenario, User
from forecasts.models.acting import acting
from forecasts.rules import access, security_log
from forecasts.rules.security_log import Kind

# Asking again sooner than this brings no second mail.
BETWEEN_RESETS = timedelta(minutes=5)
BETWEEN_INVITATIONS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an owner invites, as they wrote it."""

    email: str
    name: str


def invite(scenario: Scenario, email: str, name: str, role: str, *, by: User | AnonymousUser, at: datetime) -> User:
    """Make somebody a member, with an account if they have none, and write to them. Raises NotAllowed."""
    return invite_several(scenario, [Invited(email, name)], role, by=by, at=at)[0]


@transaction.atomic
def invite_several(
    scenario: Scenario, people: Sequence[Invited], role: str, *, by: User | AnonymousUser, at: datetime
) -> list[User]:
    """Make people members, with accounts where they have none, and write to them.

    Who invites learns of no account: until somebody comes in they stand there as they were entered, whether or not
    they had an account, under whatever name, open or closed. Who takes part already stays what they are, and gets no
    mail. Raises NotAllowed unless `by` owns the scenario.
    """
    owner = by if isinstance(by, User) else None
    access.require(owner is not None and access.may(by, "invite", scenario), "Only an owner of it invites people.")
    with acting(owner, at):
        members = [_member(scenario, one, role) for one in people]
    watching.refresh_all(Forecast.objects.filter(scenario=scenario).open(at).values_list("pk", flat=True), at)
    for member in members:
        _write_to(member, at)
    return [member.user for member in members]


def invite_again(member: Membership, *, by: User | AnonymousUser, at: datetime) -> None:
    """Write to somebody who has not come in yet. Raises NotAllowed."""
    access.require(access.may(by, "invite", member.scenario), "Only an owner of it invites people.")
    _write_to(member, at)


def _member(scenario: Scenario, one: Invited, role: str) -> Membership:
    address = one.email.strip().lower()
    name = one.name.strip() or address.partition("@")[0]
    person, _ = User.objects.get_or_create(email=address, defaults={"name": name, "password": make_password(None)})
    defaults = {"role": role, "invited_as": name}
    member, _ = Membership.objects.get_or_create(scenario=scenario, user=person, defaults=defaults)
    return member


def _write_to(member: Membership, at: datetime) -> None:
    """Have the mail of an invitation sent to who has not come in, unless one was asked for moments ago."""
    person = member.user
    recent = Prompt.objects.filter(recipient=person, kind=PromptKind.INVITATION, slot__gt=at - BETWEEN_INVITATIONS)
    if person.is_active and member.invited_as and not recent.exists():
        Prompt.objects.create(recipient=person, kind=PromptKind.INVITATION, slot=at)


def came_in(person: User) -> None:
    """From now on others are shown this person under their own name, wherever they were invited to."""
    Membership.objects.filter(user=person).exclude(invited_as="").update(invited_as="")


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
