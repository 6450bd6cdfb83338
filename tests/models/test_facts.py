"""Facts are inserted once: the database itself refuses to change them."""

from collections.abc import Iterator
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from core.local import database
from core.local.cluster import APPLICATION
from forecasts import grants
from forecasts.models import FACTS, Estimate
from tests import make

pytestmark = pytest.mark.django_db


def test_an_estimate_cannot_be_changed_through_the_orm() -> None:
    estimate = make.estimate(make.forecast(), make.user(), 0.3, make.day(1))
    estimate.probability = 9_000
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        estimate.save()
    estimate.refresh_from_db()
    assert estimate.probability == 3_000


def test_an_estimate_cannot_be_deleted_through_the_orm() -> None:
    make.estimate(make.forecast(), make.user(), 0.3, make.day(1))
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Estimate.objects.all().delete()
    assert Estimate.objects.count() == 1


@pytest.fixture
def application(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection of the application's role, with what `manage.py migrate` grants to it."""
    url = urlsplit(database.urls().application)
    with connection.cursor() as cursor:
        for statement in grants.statements(APPLICATION):
            cursor.execute(statement)
    with psycopg.connect(url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()) as connected:
        yield connected


@pytest.mark.parametrize("command", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET id = id"])
def test_the_application_role_cannot_change_delete_or_truncate_facts(
    application: psycopg.Connection, command: LiteralString
) -> None:
    for model in FACTS:
        table = sql.Identifier(model._meta.db_table)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
            application.execute(sql.SQL(command).format(table))


def test_the_application_role_can_read_and_insert_facts(application: psycopg.Connection) -> None:
    make.estimate(make.forecast(), make.user(), 0.3, make.day(1))
    copied = application.execute(
        "INSERT INTO forecasts_estimate (forecast_id, forecaster_id, event, made_at, recorded_at, probability,"
        " rationale, word, word_scale, word_scale_edition, channel, criteria_version, is_demo)"
        " SELECT forecast_id, forecaster_id, event, made_at, recorded_at, 4000, '', '', '', '', channel, 1, false"
        " FROM forecasts_estimate RETURNING probability"
    ).fetchone()
    assert copied == (4_000,)
