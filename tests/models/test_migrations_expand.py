"""A new migration leaves the version before it working: what that one asks for is there until the release after."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements

from core.local.places import CHECKOUT

# The statements of a migration that is not in a transaction are told outside of one alone.
pytestmark = pytest.mark.django_db(transaction=True)

RELEASED = "0043"
"""The last migration of the last release. What came before it ran long ago."""

EXCEPTIONS: dict[str, str] = {}
"""Migrations that the linter refuses, each with the reason for which the version before it goes on all the same."""


def complaints(statements: list[str]) -> list[str]:
    errors, _, _ = analyse_sql_statements(linter().sql_analyser_class, statements)
    return [f"{one.code}: {one.message}" for one in errors]


def linter() -> MigrationLinter:
    return MigrationLinter(str(CHECKOUT), no_cache=True, no_output=True)


def to_come() -> list[str]:
    names = [name for app, name in MigrationLoader(connection).disk_migrations if app == "forecasts"]
    return sorted(name for name in names if name > RELEASED and not name.startswith(RELEASED))


def test_what_a_migration_takes_away_nobody_asks_for_any_more() -> None:
    found = {name: complaints(linter().get_sql("forecasts", name)) for name in to_come() if name not in EXCEPTIONS}
    assert {name: said for name, said in found.items() if said} == {}


def test_exceptions_are_of_migrations_that_are_there() -> None:
    assert set(EXCEPTIONS) <= set(to_come())
    assert all(EXCEPTIONS.values())


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "t" DROP COLUMN "c" CASCADE;',
        'ALTER TABLE "t" RENAME COLUMN "c" TO "d";',
        'ALTER TABLE "t" ADD COLUMN "c" integer NOT NULL;',
        'DROP TABLE "t" CASCADE;',
        'ALTER TABLE "t" ALTER COLUMN "c" TYPE bigint;',
    ],
)
def test_a_migration_that_would_break_the_version_before_is_noticed(statement: str) -> None:
    assert complaints([statement])
