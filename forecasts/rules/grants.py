"""What the application's database role may do: everything but change facts or empty tables."""

from collections.abc import Container
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections, transaction
from django.db.models.signals import post_migrate
from psycopg import sql

LOG = "django_admin_log"
"""What was done at the desk: the application writes it, and rewrites none of it."""


def connect(app: AppConfig) -> None:
    post_migrate.connect(grant, sender=app, dispatch_uid="reckoner-grants")


def application_role() -> str:
    return str(settings.DATABASES["default"]["USER"])


def grant(using: str, **_: Any) -> None:
    """Runs as the owner after each migration. Does nothing where one role both owns and applies."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()
        if owner is None or owner[0] == application_role():
            return
        tables = connections[using].introspection.table_names(cursor)
        for statement in statements(application_role(), tables):
            cursor.execute(statement)


def statements(role: str, tables: Container[str]) -> list[sql.Composed]:
    """The grants for one role, in order. `migrate APP` and a migration's number leave some tables to come."""
    from forecasts.models import FACTS

    name = sql.Identifier(role)
    kept = [*(model._meta.db_table for model in FACTS), LOG]
    made = [table for table in kept if table in tables]
    facts = sql.SQL(", ").join(map(sql.Identifier, made))
    revoked = [sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(facts, name)] if made else []
    return [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        *revoked,
        sql.SQL("REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {}").format(name),
    ]
