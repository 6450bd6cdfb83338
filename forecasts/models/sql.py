"""Statements written by hand, their results read by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections

# What the database says that it is, while somebody says otherwise.
SAY_AT = "SELECT set_config('reckoner.at', %s, false)"
SAID_AT = "coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp())"

type Given = Mapping[str, Any] | Sequence[Any]


def rows(statement: str, given: Given = (), using: str = "default") -> list[dict[str, Any]]:
    """What a statement answers, each row by the names of its columns; nothing where it answers nothing."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, given)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] if names else []


def row(statement: str, given: Given = (), using: str = "default") -> dict[str, Any]:
    """The first row of a statement that always answers with one."""
    return rows(statement, given, using)[0]
