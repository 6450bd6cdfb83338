"""`manage.py set_database_password ROLE`: give a role of the database a new password."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from psycopg import sql

ROLES = {"application": "default", "owner": "owner"}
LEAST = 12
"""Characters."""


class Command(BaseCommand):
    help = (
        "Give the application's or the owner's role a new password, read from standard input. What runs keeps its"
        " connections; new ones need the new password, so change it in the settings and restart."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=ROLES)

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        password = (getpass("New password: ") if sys.stdin.isatty() else sys.stdin.read()).strip()
        if len(password) < LEAST:
            raise CommandError(f"Give at least {LEAST} characters.")
        name = set_password(ROLES[role], password)
        self.stdout.write(f"The role {name} has a new password.")


def set_password(alias: str, password: str) -> str:
    """Of the role of this connection, which every role may. The server gets a digest alone, so that no log has it."""
    name = str(connections[alias].settings_dict["USER"])
    with connections[alias].cursor() as cursor:
        digest = cursor.connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(digest)))
    return name
