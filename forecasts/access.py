"""Who may do what, in one table. Admin, API and pages all ask here."""

from typing import TYPE_CHECKING

from django.db.models import Q

from forecasts.models import Forecast, Membership, Scenario, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Role = Membership.Role

# An act, and the roles of a scenario's members who may do it there. Administrators may do everything.
TABLE: dict[str, frozenset[str]] = {
    "see": frozenset(Role),
    "estimate": frozenset({Role.ANALYST, Role.RESOLVER, Role.EDITOR, Role.OWNER}),
    "resolve": frozenset({Role.RESOLVER, Role.EDITOR, Role.OWNER}),
    "edit": frozenset({Role.EDITOR, Role.OWNER}),
    "invite": frozenset({Role.OWNER}),
}
# Members who are asked without being assigned: those whose work estimating is. The others may estimate unasked.
ASKED = frozenset({Role.ANALYST})


def may(user: "User | AnonymousUser", act: str, scenario: Scenario) -> bool:
    """Whether this person may do `act` (a key of TABLE) in this scenario.

    Everybody with an account may see an open scenario; all else needs membership.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    if act == "see" and scenario.visibility == Scenario.Visibility.ALL:
        return True
    return Membership.objects.filter(user=user, scenario=scenario, role__in=TABLE[act]).exists()


def may_resolve(user: "User | AnonymousUser", forecast: Forecast) -> bool:
    """Whether this person may resolve: by role, or named as the forecast's resolver or backup."""
    if user.is_authenticated and user.is_active and user.pk in (forecast.resolver_id, forecast.backup_id):
        return True
    return may(user, "resolve", forecast.scenario)


def scenarios(user: "User | AnonymousUser", act: str) -> Q:
    """Condition on Scenario: those in which this person may do `act`."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=())
    if user.is_superuser:
        return Q()
    return Q(memberships__user=user, memberships__role__in=TABLE[act])


def may_enter_admin(user: "User | AnonymousUser") -> bool:
    """Whoever resolves, edits or owns anything, and administrators."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    named = Q(resolver=user) | Q(backup=user)
    return (
        Membership.objects.filter(user=user, role__in=TABLE["resolve"]).exists()
        or Forecast.objects.filter(named).exists()
    )
