"""A new installation is made in one step, an older one goes on where it is: both come to the same tables."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter

from tests.databases import address, another_database, pointed_to, run

NAMED = ("constraints", "indexes", "triggers")
SQUASHED, REPLACED = "0001_squashed_0038_the_record", "0038_the_record"
TABLE = re.compile(r"(?<=^CREATE TABLE )(.*? \()\n(.*?)\n(?=\);$)", re.MULTILINE | re.DOTALL)


def test_the_squashed_migration_says_what_those_it_replaces_say() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    squashed, step_by_step = (loader.project_state(("forecasts", name)).models for name in (SQUASHED, REPLACED))
    assert {key: _said(model) for key, model in squashed.items()} == {
        key: _said(model) for key, model in step_by_step.items()
    }


def _said(model: ModelState) -> dict[str, Any]:
    """Everything that a model says of itself, whatever the order."""
    options = {name: _by_name(said) if name in NAMED else said for name, said in model.options.items()}
    fields = {name: MigrationWriter.serialize(field)[0] for name, field in model.fields.items()}
    return {**{name: {} for name in NAMED}, **options, "fields": fields, "bases": model.bases}


def _by_name(said: Iterable[Any]) -> dict[str, Any]:
    return {one.name: one for one in said}


@pytest.mark.validate
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["0001_initial", "0018_departures_before", REPLACED])
def test_an_older_installation_comes_to_the_tables_of_a_new_one(before: str) -> None:
    with another_database() as name, pointed_to(name):
        _migrate_as_it_was_then(before)
        call_command("migrate", verbosity=0)
        older = _tables(name)
    assert older == _tables(connection.settings_dict["NAME"])


def _migrate_as_it_was_then(last: str) -> None:
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate([("forecasts", last)])


def _tables(name: str) -> list[str]:
    """Tables with their columns by name, indexes, triggers, functions."""
    dump = run("pg_dump", "--schema-only", "--restrict-key=none", "--no-owner", "--no-privileges", address(name))
    return TABLE.sub(_in_order, dump.decode()).splitlines()


def _in_order(table: re.Match[str]) -> str:
    return "\n".join([table[1], *sorted(line.strip().rstrip(",") for line in table[2].split("\n"))])
