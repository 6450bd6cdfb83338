"""What the server ends by itself, in the sessions of each role; and the password of a role."""

import os
import runpy
import subprocess
import sys
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg import sql

from core.local import database, places
from core.local.cluster import SUPERUSER
from core.local.places import CHECKOUT
from forecasts.models.sql import rows, unhurried

LIMITS = "SELECT name, setting::int AS value FROM pg_settings WHERE name ~ '_timeout$' AND setting ~ '^[0-9]+$'"


@pytest.fixture
def urls() -> database.Urls:
    if not (places.sockets() / ".s.PGSQL.5432").exists():
        pytest.skip("The database is not this run's own, and the passwords of its roles not known here.")
    return database.urls()


def limits(url: str, alias: str) -> dict[str, int]:
    """In milliseconds, of a session opened as the settings say."""
    settings = runpy.run_path(str(CHECKOUT / "core" / "settings.py"))  # those of the tests are more patient
    with psycopg.connect(url, options=settings["DATABASES"][alias]["OPTIONS"]["options"]) as session:
        return dict(session.execute(LIMITS).fetchall())


def test_the_application_may_take_a_minute_and_idle_one(urls: database.Urls) -> None:
    found = limits(urls.application, "default")
    assert found["statement_timeout"] == 60_000
    assert found["idle_in_transaction_session_timeout"] == 60_000


def test_the_owner_may_take_as_long_as_a_migration_takes(urls: database.Urls) -> None:
    found = limits(urls.owner, "owner")
    assert found["statement_timeout"] == 0
    assert found["lock_timeout"] == 0


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_ends_and_an_unhurried_one_does_not() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 50")
        with pytest.raises(OperationalError, match="statement timeout"), transaction.atomic():
            cursor.execute("SELECT pg_sleep(60)")
        with unhurried():
            cursor.execute("SELECT pg_sleep(0.2)")


@pytest.mark.django_db(transaction=True)
def test_being_unhurried_ends_with_the_transaction() -> None:
    before = {one["name"]: one["value"] for one in rows(LIMITS)}
    with unhurried():
        within = {one["name"]: one["value"] for one in rows(LIMITS)}
    assert within["statement_timeout"] == within["idle_in_transaction_session_timeout"] == 0
    assert {one["name"]: one["value"] for one in rows(LIMITS)} == before


@pytest.fixture
def role(urls: database.Urls) -> Iterator[str]:
    """The address of a role of its own, with the password `before-it`."""
    name = f"rotating_{uuid.uuid4().hex}"
    superuser = urls.owner.replace("reckoner_owner", SUPERUSER, 1).replace(
        places.secret("database-reckoner_owner"), places.secret(f"database-{SUPERUSER}")
    )
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'before-it'").format(sql.Identifier(name)))
        place = urls.owner.rpartition("@")[2].rpartition("/")[0]  # in a database that lets everybody in
        yield f"postgres://{name}:before-it@{place}/postgres"
        server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def change(role: str, url: str, password: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", "set_database_password", role]
    environment = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    return subprocess.run(command, cwd=CHECKOUT, env=environment, input=password, text=True, capture_output=True)


@pytest.mark.parametrize("which", ["application", "owner"])
def test_a_role_gets_a_new_password_by_a_command(which: str, role: str) -> None:
    done = change(which, role, "after-it-all\n")
    assert done.returncode == 0, done.stderr
    psycopg.connect(role.replace("before-it", "after-it-all")).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(role)


def test_a_short_password_changes_nothing(role: str) -> None:
    done = change("application", role, "short")
    assert done.returncode == 1
    assert "at least 12 characters" in done.stderr
    psycopg.connect(role).close()
