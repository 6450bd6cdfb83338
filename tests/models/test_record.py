"""What was asked and what was written stays: the database refuses, to the application's own role."""

import psycopg
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb

from forecasts.models import Forecast, Handover, MembershipChange, User
from forecasts.models.acting import acting
from tests import make

pytestmark = pytest.mark.django_db

COLUMNS = {
    "title": "'x'", "criteria": "'x'", "fine_print": "'x'", "resolution_source": "'x'", "kind": "'numeric'",
    "closes_at": "closes_at - interval '1 day'", "opens_at": "opens_at - interval '1 day'",
    "statement_id": "NULL, fidelity = ''",
    "quantile_levels": "'{5000}'", "published_at": "now()", "unit": "'x'", "key": "'x'", "two_people_resolve": "false",
    "version": "5",
}  # fmt: skip


@pytest.fixture
def published(transactional_db: None) -> Forecast:
    article = make.article("The port may reopen.")
    statement = make.statement(article, "The port may reopen.")
    return make.forecast(statement=statement, fidelity="same", two_people_resolve=True)


def refused(application: psycopg.Connection, command: str, *values: object) -> bool:
    try:
        with application.transaction():
            application.execute(command.encode(), values)
    except InsufficientPrivilege:
        return True
    return False


@pytest.mark.parametrize(("column", "value"), COLUMNS.items())
def test_nothing_that_a_published_forecast_asks_is_rewritten(
    published: Forecast, application: psycopg.Connection, column: str, value: str
) -> None:
    assert refused(application, f"UPDATE forecasts_forecast SET {column} = {value}")
    if column != "version":
        assert refused(application, f"UPDATE forecasts_forecast SET {column} = {value}, version = version + 1")
    Forecast.objects.update(published_at=None)
    if column not in ("published_at", "statement_id"):
        assert not refused(application, f"UPDATE forecasts_forecast SET {column} = {value}")


def test_an_amendment_changes_what_it_says_and_nothing_beside(
    published: Forecast, application: psycopg.Connection
) -> None:
    def amend(changed: str, said: dict[str, list[str]]) -> bool:
        try:
            with application.transaction():
                application.execute(f"UPDATE forecasts_forecast SET {changed}, version = version + 1".encode())
                application.execute(
                    "INSERT INTO forecasts_amendment (forecast_id, version, kind, changes, reason, made_at)"
                    " SELECT id, version, 'material', %s, 'Unclear.', now() FROM forecasts_forecast",
                    [Jsonb(said)],
                )
        except InsufficientPrivilege:
            return False
        return True

    assert not amend("title = 'a', criteria = 'b'", {"title": ["", "a"]})
    assert amend("title = 'a', criteria = 'b'", {"title": ["", "a"], "criteria": ["", "b"]})
    published.refresh_from_db()
    assert (published.title, published.version) == ("a", 2)


def test_who_resolves_and_how_often_one_is_asked_may_change(
    published: Forecast, application: psycopg.Connection
) -> None:
    person = make.user()
    assert not refused(
        application, "UPDATE forecasts_forecast SET resolver_id = %s, review_every = '3 days'", person.pk
    )
    handover = Handover.objects.get()
    assert (handover.resolver_before, handover.resolver_after) == (None, person.pk)


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE forecasts_article SET body = 'x'",
        "UPDATE forecasts_article SET sha256 = 'x'",
        "DELETE FROM forecasts_article",
        "UPDATE forecasts_statement SET quote = 'x'",
        'UPDATE forecasts_statement SET "end" = "end" - 1',
        "DELETE FROM forecasts_statement",
        "DELETE FROM forecasts_forecast",
        "UPDATE forecasts_option SET label = 'x'",
        "UPDATE django_admin_log SET change_message = 'x'",
        "DELETE FROM django_admin_log",
        "UPDATE forecasts_membershipchange SET after = 'owner'",
        "DELETE FROM forecasts_handover",
        "UPDATE forecasts_user SET is_superuser = NOT is_superuser",
        (
            "INSERT INTO forecasts_user (email, name, password, is_superuser, time_zone, is_demo, is_staff, is_active)"
            " VALUES ('x@example.invalid', 'x', '', true, 'UTC', false, false, true)"
        ),
    ],
)
def test_what_was_written_stays(published: Forecast, application: psycopg.Connection, command: str) -> None:
    choice = make.choice(["red", "blue"])
    LogEntry.objects.log_actions(make.member(choice.scenario).pk, [choice], CHANGE, "Looked.", single_object=True)
    assert refused(application, command)


def test_a_title_of_an_article_may_be_mended(published: Forecast, application: psycopg.Connection) -> None:
    assert not refused(application, "UPDATE forecasts_article SET title = 'A better headline'")
    assert not refused(application, "UPDATE forecasts_statement SET review = 'accepted', category = 'economy'")


def test_who_joins_the_group_of_administrators_is_a_superuser_by_it_alone(
    published: Forecast, application: psycopg.Connection
) -> None:
    person, group = make.user(), make.group("administrator")
    application.execute("INSERT INTO forecasts_user_groups (user_id, group_id) VALUES (%s, %s)", [person.pk, group.pk])
    application.commit()
    assert User.objects.get(pk=person.pk).is_superuser


def test_each_change_of_a_membership_is_a_fact_with_who_made_it() -> None:
    scenario, owner = make.scenario(), make.user()
    person = make.member(scenario, "analyst")
    membership = person.memberships.get()
    with acting(owner, make.day(3)):
        membership.role = "editor"
        membership.save()
    membership.delete()
    found = MembershipChange.objects.filter(user=person).order_by("pk").values_list("before", "after", "made_by")
    assert list(found) == [("", "analyst", None), ("analyst", "editor", owner.pk), ("editor", "", None)]
    assert MembershipChange.objects.get(after="editor").made_at == make.day(3)


def test_a_scenario_that_asks_for_one_person_again_leaves_what_was_published_under_two() -> None:
    scenario = make.scenario(two_people_resolve=True)
    published, draft = make.forecast(scenario), make.forecast(scenario, published_at=None)
    scenario.two_people_resolve = False
    scenario.save()
    published.refresh_from_db()
    draft.refresh_from_db()
    assert (published.two_people_resolve, draft.two_people_resolve) == (True, False)


COUNTED = (
    "INSERT INTO forecasts_spec (forecast_id, number, feed, body, first_day, last_day, criteria_version, made_at)"
    " VALUES (%s, %s, 'ucdp_ged', '{}', '2018-09-01', '2018-09-30', %s, %s)"
)


def test_what_a_published_forecast_is_counted_by_changes_with_an_amendment_that_says_so(
    published: Forecast, application: psycopg.Connection
) -> None:
    loaded = published.published_at
    assert refused(application, COUNTED, published.pk, 1, 1, make.day(9))
    assert not refused(application, COUNTED, published.pk, 1, 1, loaded)
    assert refused(application, COUNTED, published.pk, 2, 1, loaded)
    for version, field in ((2, "title"), (3, "spec")):
        application.execute(
            "INSERT INTO forecasts_amendment (forecast_id, version, kind, changes, reason, made_at)"
            " VALUES (%s, %s, 'clarifying', %s, 'why', now())",
            [published.pk, version, Jsonb({field: ["", "x"]})],
        )
    assert refused(application, COUNTED, published.pk, 2, 2, make.day(9))
    assert not refused(application, COUNTED, published.pk, 2, 3, make.day(9))
    assert refused(application, 'UPDATE forecasts_spec SET body = \'{"feed": "acled"}\'')


def test_no_first_rule_comes_to_a_published_forecast_behind_an_estimate(
    published: Forecast, application: psycopg.Connection
) -> None:
    make.estimate(published, make.user(), 0.3, make.day(1))
    assert refused(application, COUNTED, published.pk, 1, 1, published.published_at)
    Forecast.objects.update(published_at=None)
    assert not refused(application, COUNTED, published.pk, 1, 1, make.day(9))
