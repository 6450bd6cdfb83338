"""The database of each process of a run: a copy of one that was migrated once."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from core.local import account
from core.local.account import Account
from core.local.commands import disconnect
from tests import runs

# Nobody but us connects to it: a database in use cannot be copied.
TEMPLATE = "reckoner_migrated"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Where the run has a server of its own, its databases are copies of one."""
    if "RECKONER_VAR" not in os.environ:
        return
    with django_db_blocker.unblock(), (Path(os.environ[runs.RUN]) / "migrated").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        if not mark.seek(0, os.SEEK_END):
            _make_template()
            mark.write("yes")
    connection.settings_dict["TEST"].update(TEMPLATE=TEMPLATE, MIGRATE=False)


def _make_template() -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {TEMPLATE}")
    before, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], TEMPLATE
    call_command("migrate", verbosity=0)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL alone
    connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end, close what threads and processes of the tests left open: a database in use cannot be dropped."""
    yield
    # From outside of it: the connection that is at hand may be one that a test had the server close.
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [connection.settings_dict["NAME"]],
        )


@contextmanager
def another_database() -> Iterator[str]:
    """An empty database beside the test's own, dropped at the end."""
    name = f"{connection.settings_dict['NAME']}_copy"
    with psycopg.connect(address(connection.settings_dict["NAME"]), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def address(name: str) -> str:
    """Of a database on the server of the tests, as its owner."""
    return urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{quote(name)}").geturl()


def run(program: str, *arguments: str, given: bytes = b"") -> bytes:
    """What a program of PostgreSQL writes."""
    path = account.binaries(Account(os.geteuid(), os.getegid())) / program
    return subprocess.run([path, *arguments], input=given, capture_output=True, check=True).stdout


@contextmanager
def pointed_to(name: str) -> Iterator[None]:
    """Django's connections work on this database meanwhile."""
    before = connection.settings_dict["NAME"]
    disconnect()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        disconnect()
        connection.settings_dict["NAME"] = before
