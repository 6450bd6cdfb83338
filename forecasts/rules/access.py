"""Who may do what, in one table. Admin, API and pages all ask here.

A person holds a role in a scenario by membership. In every scenario that is open to all they hold besides the role of
each group they are in: who is in the group "editor" edits every open scenario, and none of those for members only.
The group "administrator" is no role: who is in it is a superuser (the database sees to that) and may do everything.
Who is named on a forecast, as its resolver, backup or assignee, sees that forecast wherever it is, and may do there
what they are named for.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db.models import Exists, Model, Q, QuerySet

from forecasts.models import Forecast, Membership, Scenario, User
from forecasts.rules.errors import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Role = Membership.Role

# An act, and the roles that allow it in a scenario. Administrators may do everything.
TABLE: dict[str, frozenset[str]] = {
    "see": frozenset(Role),
    "enter": frozenset({Role.ANALYST, Role.RESOLVER, Role.EDITOR, Role.OWNER}),
    "estimate": frozenset({Role.ANALYST, Role.RESOLVER, Role.EDITOR, Role.OWNER}),
    "resolve": frozenset({Role.RESOLVER, Role.EDITOR, Role.OWNER}),
    "edit": frozenset({Role.EDITOR, Role.OWNER}),
    "decide": frozenset({Role.OWNER}),
    "invite": frozenset({Role.OWNER}),
}
# Members who are asked without being assigned: those whose work estimating is. The others may estimate unasked.
ASKED = frozenset({Role.ANALYST})
ADMINISTRATOR = "administrator"
# What no form names: a count is pointed at by what was made of it.
UNCHOSEN = ("count",)
# Django's groups, made by a migration: one for each role, and the administrators.
GROUPS = (*(role.value for role in Role), ADMINISTRATOR)


def may(user: "User | AnonymousUser", act: str, scenario: Scenario) -> bool:
    """Whether this person may do `act` (a key of TABLE) in this scenario.

    Everybody with an account may see an open scenario; all else needs a role.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    is_open = scenario.visibility == Scenario.Visibility.ALL
    if act == "see" and is_open:
        return True
    if Membership.objects.filter(user=user, scenario=scenario, role__in=TABLE[act]).exists():
        return True
    return is_open and user.groups.filter(name__in=TABLE[act]).exists()


def may_resolve(user: "User | AnonymousUser", forecast: Forecast) -> bool:
    """Whether this person may resolve: by role, or named as the forecast's resolver or backup."""
    if user.is_authenticated and user.is_active and user.pk in (forecast.resolver_id, forecast.backup_id):
        return True
    return may(user, "resolve", forecast.scenario)


def may_estimate(user: "User | AnonymousUser", forecast: Forecast) -> bool:
    """Whether this person may estimate: by role, or assigned to the forecast."""
    if may(user, "estimate", forecast.scenario):
        return True
    return bool(user.is_authenticated and user.is_active and forecast.assignees.filter(pk=user.pk).exists())


def forecasts_to_estimate(user: "User | AnonymousUser") -> Q:
    """The same as a condition on Forecast."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=())
    by_role = Q(scenario__in=Scenario.objects.filter(scenarios(user, "estimate")).values("pk"))
    return by_role | Q(pk__in=Forecast.assignees.through.objects.filter(user=user).values("forecast"))


def require(allowed: bool, what: str) -> None:  # noqa: FBT001 -- the sentence reads as one
    """Raise NotAllowed, saying who may, unless it is allowed. Every job that writes a fact in a person's name asks."""
    if not allowed:
        raise NotAllowed(what)


def scenarios(user: "User | AnonymousUser", act: str) -> Q:
    """Condition on Scenario: those in which this person may do `act`."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=())
    if user.is_superuser:
        return Q()
    by_membership = Q(pk__in=Membership.objects.filter(user=user, role__in=TABLE[act]).values("scenario"))
    if act == "see":
        return by_membership | Q(visibility=Scenario.Visibility.ALL)
    by_group = Q(Exists(Group.objects.filter(user=user, name__in=TABLE[act])))
    return by_membership | Q(visibility=Scenario.Visibility.ALL) & by_group


def forecasts_at_desk(user: "User | AnonymousUser") -> Q:
    """Condition on Forecast: those seen in the admin, which are the visible ones and the drafts one may edit."""
    if user.is_authenticated and user.is_active and user.is_superuser:
        return Q()
    visible = Q(pk__in=Forecast.objects.visible_to(user).values("pk"))
    edited = Scenario.objects.filter(scenarios(user, "edit")).values("pk")
    return visible | Q(published_at=None, scenario__in=edited)


def seen(user: "User | AnonymousUser", model: type[Model]) -> QuerySet[Any]:
    """The rows of a model that this person may see at the desk, and so may name in a form: drafts among them."""
    if model is Forecast:
        return Forecast.objects.filter(forecasts_at_desk(user))
    everything: QuerySet[Any] = model._default_manager.all()
    if user.is_authenticated and user.is_active and user.is_superuser:
        return everything
    visible_to = getattr(everything, "visible_to", None)
    return everything.none() if visible_to is None or model._meta.model_name in UNCHOSEN else visible_to(user)


def met(user: "User | AnonymousUser") -> QuerySet[User]:
    """The people whose names this person may read: themselves, and whoever takes part in a scenario that they see.

    Who was invited there is met once they have come in.
    """
    if user.is_authenticated and user.is_superuser:
        return User.objects.all()
    visible = Scenario.objects.visible_to(user).values("pk")
    members = Membership.objects.come_in().filter(scenario__in=visible).values("user")
    return User.objects.filter(Q(pk__in=members) | Q(pk=user.pk))


def known(user: "User | AnonymousUser", person: int | None) -> User | None:
    """The person of this number, for whoever has met them; None else."""
    return None if person is None else met(user).filter(pk=person).first()


def somewhere(user: "User | AnonymousUser") -> frozenset[str]:
    """The acts that this person's roles allow, wherever they hold, in one query; a second one asks of those whose
    roles do not let them enter whether they are named on a forecast.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(TABLE)
    memberships = Membership.objects.filter(user=user).values_list("role")
    groups = Group.objects.order_by().filter(user=user).values_list("name")
    held = {role for (role,) in memberships.union(groups)}
    acts = frozenset(act for act, roles in TABLE.items() if held & roles)
    if "enter" not in acts and Forecast.objects.naming(user).exists():
        return acts | {"enter"}
    return acts


def may_make_scenarios(user: "User | AnonymousUser") -> bool:
    """Whoever owns one, and administrators. How many is for `scenario_quota`."""
    return "invite" in somewhere(user)


def may_enter_admin(user: "User | AnonymousUser") -> bool:
    """Whoever estimates, resolves, edits or owns anything, and administrators."""
    return "enter" in somewhere(user)
