"""Statements written by hand, their results read by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

type Given = Mapping[str, Any] | Sequence[Any]


def rows(statement: str, given: Given = ()) -> list[dict[str, Any]]:
    """What a statement answers, each row by the names of its columns; nothing where it answers nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] if names else []


def row(statement: str, given: Given = ()) -> dict[str, Any]:
    """The first row of a statement that always answers with one."""
    return rows(statement, given)[0]
