"""Owners look after their scenarios: make them, give members other roles, and part with members."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from forecasts import watching
from forecasts.models import Forecast, Membership, MembershipChange, Scenario, User
from forecasts.models.acting import acting
from forecasts.rules import access
from forecasts.rules.errors import NotNow

Role = Membership.Role
ONCE_WITHIN = timedelta(minutes=1)
"""A form that comes twice within this time makes one scenario."""
NO_OWNER = "A scenario keeps an owner: make somebody else one first."
REMOVED = "No member any more."


@transaction.atomic
def make_scenario(wishes: Mapping[str, Any], *, by: User | AnonymousUser, at: datetime) -> Scenario:
    """A scenario of one's own, by columns. Its address tells of no other one: it ends in letters by chance.

    Raises NotAllowed, and NotNow where this person has made as many as they may.
    """
    access.require(access.may_make_scenarios(by), "Scenarios are made by those who own one, and by administrators.")
    owner = User.objects.select_for_update(no_key=True).get(pk=by.pk or 0)
    mine = Scenario.objects.filter(made_by=owner)
    same = MembershipChange.objects.filter(user=owner, before="", after=Role.OWNER, made_at__gt=at - ONCE_WITHIN)
    again = mine.filter(title=wishes["title"], pk__in=same.values("scenario")).first()
    if again is not None:
        return again
    if not owner.is_superuser and mine.count() >= owner.scenario_quota:
        raise NotNow(f"You may make {owner.scenario_quota} scenarios, and have. An administrator can allow more.")
    slug = f"{slugify(wishes['title'])[:80] or 'scenario'}-{secrets.token_hex(2)}"
    made = Scenario.objects.create(**wishes, slug=slug, made_by=owner)
    with acting(owner, at):
        Membership.objects.create(scenario=made, user=owner, role=Role.OWNER)
    return made


@transaction.atomic
def give_role(member: Membership, role: str, *, by: User | AnonymousUser, at: datetime) -> None:
    """Raises NotAllowed, and NotNow where nobody would own the scenario."""
    held = _held(member, by)
    if held.role == role:
        return
    _keep_an_owner(held, role)
    held.role = role
    with acting(by if isinstance(by, User) else None, at):
        held.save(update_fields=["role"])
    _refresh(held.scenario, at)


@transaction.atomic
def remove(member: Membership, *, by: User | AnonymousUser, at: datetime) -> None:
    """Part with a member: what they were named for on its forecasts ends too, so that they see nothing there any more.

    Raises NotAllowed, and NotNow where nobody would own the scenario.
    """
    held = _held(member, by)
    _keep_an_owner(held, "")
    person, scenario = held.user, held.scenario
    with acting(by if isinstance(by, User) else None, at, REMOVED):
        held.delete()
        end_offices(scenario, person)
    _refresh(scenario, at)


def end_offices(scenario: Scenario, person: User) -> None:
    """Name this person on no forecast of a scenario any more."""
    its = Forecast.objects.filter(scenario=scenario)
    its.filter(resolver=person).update(resolver=None)
    its.filter(backup=person).update(backup=None)
    Forecast.assignees.through.objects.filter(forecast__in=its, user=person).delete()


def _held(member: Membership, by: User | AnonymousUser) -> Membership:
    """The membership, for its owner; all of the scenario are locked, so that two owners cannot part with each other."""
    access.require(access.may(by, "invite", member.scenario), "Owners of the scenario decide who takes part.")
    list(Membership.objects.select_for_update().filter(scenario=member.scenario_id).order_by("pk"))
    return Membership.objects.select_related("user", "scenario").get(pk=member.pk)


def _keep_an_owner(held: Membership, role: str) -> None:
    others = Membership.objects.come_in().filter(scenario=held.scenario_id, role=Role.OWNER, user__is_active=True)
    if held.role == Role.OWNER and role != Role.OWNER and not others.filter(~Q(pk=held.pk)).exists():
        raise NotNow(NO_OWNER)


def _refresh(scenario: Scenario, at: datetime) -> None:
    watching.refresh_all(Forecast.objects.filter(scenario=scenario).published(at).values_list("pk", flat=True), at)
