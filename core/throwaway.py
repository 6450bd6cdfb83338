"""A database of its own for a while, on the server of the installation: made, migrated, used, dropped."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from core.local.commands import disconnect
from core.local.places import SetupError


@contextmanager
def database(purpose: str) -> Iterator[str]:
    """Point all of Django's connections to a new, migrated database, and drop it at the end; yields its name.

    Raises SetupError where the owner's role may not make one.
    """
    name = f"reckoner_{purpose}_{secrets.token_hex(4)}"
    with psycopg.connect(settings.DATABASE_OWNER_URL, autocommit=True) as server:
        try:
            _create(server, name)
            with _pointing_to(name):
                call_command("migrate", database="owner", verbosity=0, interactive=False)
                yield name
        finally:
            # Ours are closed by now. WITH (FORCE) would try to end autovacuum too, which is a superuser's.
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _create(server: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    database = sql.Identifier(name)
    try:
        server.execute(sql.SQL("CREATE DATABASE {}").format(database))
        # Nobody misses it after a crash of the machine.
        server.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(database))
    except psycopg.errors.InsufficientPrivilege as error:
        role = server.info.user
        raise SetupError(
            f"{role} may not make a database for this: let it (ALTER ROLE {role} CREATEDB), or name a role that may "
            "in DATABASE_OWNER_URL"
        ) from error


@contextmanager
def _pointing_to(name: str) -> Iterator[None]:
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    disconnect()
    try:
        for alias in before:
            connections[alias].settings_dict["NAME"] = name
        yield
    finally:
        disconnect()
        for alias, usual in before.items():
            connections[alias].settings_dict["NAME"] = usual
