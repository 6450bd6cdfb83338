"""Facts are inserted once: the ORM, the admin and the application's role cannot change, delete or truncate them."""

from collections.abc import Callable
from typing import Any, LiteralString

import psycopg
import pytest
from django.contrib import admin
from django.db import DatabaseError, models, transaction
from django.test import RequestFactory
from psycopg import sql

from core.local import places
from forecasts.models import (
    FACTS,
    Amendment,
    Attempt,
    BaseRate,
    Bounce,
    Count,
    Departure,
    Erasure,
    Estimate,
    Evidence,
    Handover,
    MembershipChange,
    Message,
    Postponement,
    Receipt,
    Report,
    ReviewAct,
    SecurityEvent,
    Spec,
    Verdict,
    Vintage,
)
from forecasts.rules import grants
from tests import make

pytestmark = pytest.mark.django_db

type Fact = type[models.Model]


def estimate() -> Estimate:
    return make.estimate(make.forecast(), make.user(), 0.3, make.day(1))


def amendment() -> Amendment:
    return Amendment.objects.create(
        forecast=make.forecast(), version=2, kind="material", changes={}, reason="Unclear.", made_at=make.day(1)
    )


def evidence() -> Evidence:
    return Evidence.objects.create(verdict=make.verdict(make.forecast()), quote="It did.")


def attempt() -> Attempt:
    message = Message.objects.create(
        recipient=make.user(), address="a@example.invalid", message_id="<1@x>", made_at=make.day(1), due_at=make.day(1)
    )
    return Attempt.objects.create(message=message, made_at=make.day(1))


def receipt() -> Receipt:
    return Receipt.objects.create(attempt=attempt(), answer="accepted", made_at=make.day(1))


def bounce() -> Bounce:
    return Bounce.objects.create(message=attempt().message, made_at=make.day(1))


def departure() -> Departure:
    return Departure.objects.create(user=make.user(), made_at=make.day(1))


def report() -> Report:
    return Report.objects.create(forecast=make.forecast(), person=make.user(), made_at=make.day(1))


def postponement() -> Postponement:
    return Postponement.objects.create(
        forecast=make.forecast(), person=make.user(), made_at=make.day(1), until=make.day(9), reason="No census yet."
    )


def erasure() -> Erasure:
    return Erasure.objects.create(user=make.user(), made_at=make.day(1), operator="chief", reason="Asked.")


def review_act() -> ReviewAct:
    return ReviewAct.objects.create(
        article=make.article(), number=1, act="accept", person=make.user(), made_at=make.day(1), statements=[]
    )


def vintage() -> Vintage:
    days = {"covers_from": make.day(1).date(), "covers_to": make.day(2).date()}
    return Vintage.objects.create(
        feed="ucdp_ged",
        version="25.1",
        retrieved_at=make.day(3),
        recorded_at=make.day(3),
        rows=1,
        sha256="0" * 64,
        **days,
    )


def spec() -> Spec:
    days = {"first_day": make.day(1).date(), "last_day": make.day(2).date()}
    return Spec.objects.create(forecast=make.forecast(), number=1, feed="ucdp_ged", made_at=make.day(1), **days)


def count() -> Count:
    found: dict[str, Any] = {"figure": 1, "events": 1, "sums": {}, "neighbours": [], "agreeing": 0, "is_complete": True}
    return Count.objects.create(spec=spec(), vintage=vintage(), made_at=make.day(3), **found)


def base_rate() -> BaseRate:
    return BaseRate.objects.create(spec=spec(), vintage=vintage(), made_at=make.day(3), windows=[])


def security_event() -> SecurityEvent:
    return SecurityEvent.objects.create(kind="log_in", made_at=make.day(1), person=make.user(), address="192.0.2.1")


def handover() -> Handover:
    return Handover.objects.create(forecast=make.forecast(), made_at=make.day(1))


def membership_change() -> MembershipChange:
    scenario = make.scenario()
    make.member(scenario)
    return MembershipChange.objects.get(scenario=scenario)


MAKE: dict[Fact, Callable[[], models.Model]] = {
    Amendment: amendment,
    Attempt: attempt,
    BaseRate: base_rate,
    Bounce: bounce,
    Count: count,
    Departure: departure,
    Erasure: erasure,
    Estimate: estimate,
    Evidence: evidence,
    Postponement: postponement,
    Handover: handover,
    MembershipChange: membership_change,
    Receipt: receipt,
    Report: report,
    ReviewAct: review_act,
    Spec: spec,
    SecurityEvent: security_event,
    Verdict: lambda: make.verdict(make.forecast()),
    Vintage: vintage,
}


def test_there_is_one_of_each_fact_here() -> None:
    assert set(MAKE) == set(FACTS)


@pytest.mark.parametrize("model", FACTS)
def test_a_fact_cannot_be_changed_through_the_orm(model: Fact) -> None:
    fact = MAKE[model]()
    before = model._default_manager.values().get(pk=fact.pk)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        fact.save()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        model._default_manager.filter(pk=fact.pk).update(id=0)
    assert model._default_manager.values().get(pk=fact.pk) == before


@pytest.mark.parametrize("model", FACTS)
def test_a_fact_cannot_be_deleted_through_the_orm(model: Fact) -> None:
    fact = MAKE[model]()
    with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
        fact.delete()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        model._default_manager.filter(pk=fact.pk)._raw_delete("default")
    assert model._default_manager.filter(pk=fact.pk).exists()


@pytest.mark.parametrize("model", [model for model in FACTS if model in admin.site._registry])
def test_the_admin_lets_not_even_an_administrator_write_a_fact(model: Fact, rf: RequestFactory) -> None:
    request: Any = rf.get("/")
    request.user = make.administrator()
    rows = admin.site._registry[model]
    assert rows.has_view_permission(request)
    assert not any(
        may(request) for may in (rows.has_add_permission, rows.has_change_permission, rows.has_delete_permission)
    )


def test_no_inline_of_the_admin_writes_facts() -> None:
    inlined = {inline.model for rows in admin.site._registry.values() for inline in rows.inlines}
    assert not inlined & set(FACTS)


@pytest.mark.parametrize("command", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET id = id"])
def test_the_application_role_cannot_change_delete_or_truncate_facts(
    application: psycopg.Connection, command: LiteralString
) -> None:
    for model in FACTS:
        table = sql.Identifier(model._meta.db_table)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
            application.execute(sql.SQL(command).format(table))


def test_the_application_role_gains_nothing_by_switching_the_triggers_off(application: psycopg.Connection) -> None:
    estimate()
    application.execute("SET pgtrigger.ignore = '{forecasts_estimate:append_only}'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
        application.execute("UPDATE forecasts_estimate SET probability = 9000")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
        application.execute("ALTER TABLE forecasts_estimate DISABLE TRIGGER ALL")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
        application.execute("SET session_replication_role = replica")


def test_the_application_role_can_read_and_insert_facts(application: psycopg.Connection) -> None:
    estimate()
    copied = application.execute(
        "INSERT INTO forecasts_estimate (forecast_id, forecaster_id, event, made_at, recorded_at, probability,"
        " rationale, word, word_scale, word_scale_edition, channel, criteria_version, is_demo)"
        " SELECT forecast_id, forecaster_id, event, made_at, recorded_at, 4000, '', '', '', '', channel, 1, false"
        " FROM forecasts_estimate RETURNING probability"
    ).fetchone()
    assert copied == (4_000,)


def test_grants_pass_over_facts_whose_tables_are_still_to_come() -> None:
    def tables(made: list[str]) -> str:
        return " ".join(one.as_string(None) for one in grants.statements("app", made))

    assert 'REVOKE UPDATE, DELETE, TRUNCATE ON "forecasts_estimate" FROM' in tables(["forecasts_estimate"])
    assert "forecasts_erasure" not in tables(["forecasts_estimate"])
    assert "REVOKE UPDATE" not in tables([])


def test_only_erasing_may_pass_by_the_triggers() -> None:
    bypassing = ("pgtrigger.ignore", "DISABLE TRIGGER", "session_replication_role")
    files = [path for folder in ("forecasts", "core") for path in (places.CHECKOUT / folder).rglob("*.py")]
    found = {path.stem for path in files if any(words in path.read_text() for words in bypassing)}
    assert found == {"erasing"}
