"""Statements written by hand, their results read by name."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connections, transaction

SAY = "SELECT set_config('reckoner.' || name, words, false) FROM unnest(%s::text[], %s::text[]) said (name, words)"
# What the database says that it is, while nobody says otherwise.
SAID_AT = "coalesce(nullif(current_setting('reckoner.at', true), '')::timestamptz, clock_timestamp())"

# Of the transaction, so that whoever has the connection next is hurried as usual.
UNHURRIED = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"

type Given = Mapping[str, Any] | Sequence[Any]


def run(statement: str, given: Given = (), using: str = "default") -> None:
    """Have a statement done; what it may answer is of no matter."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, given)


@contextmanager
def unhurried(using: str = "default") -> Iterator[None]:
    """One transaction that the server's limits do not end. For the few jobs that docs/operating.md names."""
    with transaction.atomic(using):
        run(UNHURRIED, using=using)
        yield


@contextmanager
def saying(*, using: str = "default", **said: str) -> Iterator[None]:
    """What is done within finds these words under `reckoner.`, where triggers look for them."""
    run(SAY, [[*said], [*said.values()]], using)
    try:
        yield
    finally:
        # Where the transaction is lost, what was said in it is lost as well.
        with suppress(DatabaseError):
            run(SAY, [[*said], [""] * len(said)], using)


def rows(statement: str, given: Given = (), using: str = "default") -> list[dict[str, Any]]:
    """What a statement answers, each row by the names of its columns."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def row(statement: str, given: Given = (), using: str = "default") -> dict[str, Any]:
    """The first row of a statement that always answers with one."""
    return rows(statement, given, using)[0]
