"""What the one table says: roles by membership and by group, and what being named on a forecast allows."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection

from forecasts.models import Forecast, Membership, Scenario, User
from forecasts.rules import access
from tests import make

pytestmark = pytest.mark.django_db

OPEN, MEMBERS = Scenario.Visibility.ALL, Scenario.Visibility.MEMBERS
ALLOWED = {
    "viewer": {"see"},
    "analyst": {"see", "enter", "estimate"},
    "resolver": {"see", "enter", "estimate", "resolve"},
    "editor": {"see", "enter", "estimate", "resolve", "edit"},
    "owner": {"see", "enter", "estimate", "resolve", "edit", "invite", "decide"},
}


def acts(user: User, scenario: Scenario) -> set[str]:
    return {act for act in access.TABLE if access.may(user, act, scenario)}


def listed(user: User, scenario: Scenario) -> set[str]:
    found = Scenario.objects.filter(pk=scenario.pk)
    return {act for act in access.TABLE if found.filter(access.scenarios(user, act)).exists()}


@pytest.mark.parametrize("visibility", [OPEN, MEMBERS])
@pytest.mark.parametrize("role", ALLOWED)
def test_a_member_may_what_the_role_says_and_the_condition_on_scenarios_says_the_same(
    role: str, visibility: str
) -> None:
    scenario = make.scenario(visibility=visibility)
    member = make.member(scenario, role)
    assert acts(member, scenario) == listed(member, scenario) == ALLOWED[role]


@pytest.mark.parametrize("role", ALLOWED)
def test_who_is_in_a_group_has_its_role_in_every_open_scenario_and_in_no_other(role: str) -> None:
    open_one, private = make.scenario(visibility=OPEN), make.scenario(visibility=MEMBERS)
    person = make.grouped(role)
    assert acts(person, open_one) == listed(person, open_one) == ALLOWED[role]
    assert acts(person, private) == listed(person, private) == set()


def test_a_group_adds_to_a_membership_and_takes_nothing_away() -> None:
    scenario = make.scenario(visibility=OPEN)
    resolver = make.member(scenario, "resolver")
    resolver.groups.add(make.group("viewer"))
    assert acts(resolver, scenario) == ALLOWED["resolver"]


def test_a_stranger_sees_an_open_scenario_and_no_more() -> None:
    assert acts(make.user(), make.scenario(visibility=OPEN)) == {"see"}
    assert acts(make.user(), make.scenario(visibility=MEMBERS)) == set()


@pytest.mark.parametrize("visibility", [OPEN, MEMBERS])
def test_nobody_and_who_is_inactive_may_nothing_anywhere(visibility: str) -> None:
    scenario = make.scenario(visibility=visibility)
    for person in (AnonymousUser(), make.member(scenario, "owner", is_active=False)):
        assert not any(access.may(person, act, scenario) for act in access.TABLE)
        assert not Scenario.objects.filter(access.scenarios(person, "see")).exists()
        assert not access.may_enter_admin(person)


def test_the_group_of_administrators_makes_superusers_and_leaving_it_ends_that() -> None:
    person, group = make.user(), make.group(access.ADMINISTRATOR)
    person.groups.add(group)
    person.refresh_from_db()
    assert person.is_superuser
    assert acts(person, make.scenario(visibility=MEMBERS)) == set(access.TABLE)
    person.groups.remove(group)
    person.refresh_from_db()
    assert not person.is_superuser


@pytest.mark.parametrize("way", ["bulk", "group", "sql"])
def test_the_database_sees_to_it_whatever_way_somebody_enters_or_leaves_the_group(way: str) -> None:
    person, group = make.user(), make.group(access.ADMINISTRATOR)
    belonging = User.groups.through.objects
    belonging.bulk_create([User.groups.through(user_id=person.pk, group_id=group.pk)])
    person.refresh_from_db()
    assert person.is_superuser
    if way == "bulk":
        belonging.filter(user_id=person.pk).delete()
    elif way == "group":
        group.user_set.clear()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM forecasts_user_groups WHERE user_id = %s", [person.pk])
    person.refresh_from_db()
    assert not person.is_superuser


def test_a_group_of_a_role_makes_no_superuser() -> None:
    person = make.grouped("owner")
    person.refresh_from_db()
    assert not person.is_superuser


def test_the_command_that_makes_a_superuser_makes_an_administrator() -> None:
    made = User.objects.create_superuser("chief@example.invalid", make.PASSWORD, name="Chief")
    assert [group.name for group in made.groups.all()] == [access.ADMINISTRATOR]
    assert made.is_superuser


def test_the_migration_makes_every_group_and_puts_those_who_were_superusers_into_theirs() -> None:
    Group.objects.all().delete()
    chief = make.administrator()
    with connection.schema_editor() as editor:
        importlib.import_module("forecasts.migrations.0008_role_groups").make(apps, editor)
    assert set(Group.objects.values_list("name", flat=True)) == set(access.GROUPS)
    assert [group.name for group in chief.groups.all()] == [access.ADMINISTRATOR]


@pytest.mark.parametrize("part", ["resolver", "backup", "assignee"])
def test_who_is_named_on_a_forecast_sees_it_and_nothing_else_of_its_scenario(part: str) -> None:
    scenario, person = make.scenario(visibility=MEMBERS), make.user()
    named, other = make.forecast(scenario), make.forecast(scenario)
    name(person, part, named)
    assert set(Forecast.objects.visible_to(person)) == {named}
    assert not access.may(person, "see", scenario)
    assert access.may_enter_admin(person)
    assert access.may_resolve(person, named) == (part != "assignee")
    assert access.may_estimate(person, named) == (part == "assignee")
    assert not access.may_resolve(person, other)
    assert not access.may_estimate(person, other)


def name(person: User, part: str, forecast: Forecast) -> None:
    if part == "assignee":
        forecast.assignees.add(person)
        return
    setattr(forecast, part, person)
    forecast.save()


def test_at_the_desk_drafts_show_to_those_who_may_edit_them() -> None:
    scenario = make.scenario(visibility=OPEN)
    draft, published = make.forecast(scenario, published_at=None), make.forecast(scenario)
    people = {role: make.member(scenario, role) for role in Membership.Role.values}
    seen = {role: set(Forecast.objects.filter(access.forecasts_at_desk(one))) for role, one in people.items()}
    assert seen == {
        "viewer": {published},
        "analyst": {published},
        "resolver": {published},
        "editor": {published, draft},
        "owner": {published, draft},
    }
    assert set(Forecast.objects.filter(access.forecasts_at_desk(make.administrator()))) == {published, draft}


@pytest.mark.parametrize(("role", "enters"), [(role, "enter" in acts) for role, acts in ALLOWED.items()])
def test_the_desk_is_for_those_who_have_work_there(role: str, enters: bool) -> None:
    open_one = make.scenario(visibility=OPEN)
    assert access.may_enter_admin(make.member(open_one, role)) == enters
    assert access.may_enter_admin(make.grouped(role)) == enters


def test_every_act_allows_known_roles_only() -> None:
    assert all(roles <= set(Membership.Role.values) for roles in access.TABLE.values())
    assert set(access.GROUPS) == {*Membership.Role.values, access.ADMINISTRATOR}
