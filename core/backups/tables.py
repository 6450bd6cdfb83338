"""Every table as PostgreSQL writes it: which there are, read out in order, and put back."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.backends.utils import CursorWrapper
from psycopg import sql

APART = "django_migrations"
"""Says which tables there are; a backup names them instead."""

# Whoever reads and writes the text of a value must mean the same by it.
SAME_WORDS = """
SET LOCAL timezone TO 'UTC'; SET LOCAL datestyle TO 'ISO, YMD'; SET LOCAL intervalstyle TO 'postgres';
SET LOCAL extra_float_digits TO 1; SET LOCAL bytea_output TO 'hex'; SET LOCAL statement_timeout TO 0;
SET LOCAL idle_in_transaction_session_timeout TO 0
"""
COLUMNS = """
SELECT t.relname, array_agg(a.attname::text ORDER BY a.attname),
    coalesce((SELECT array_agg(k.attname::text ORDER BY k.attnum) FROM pg_index i
        JOIN pg_attribute k ON k.attrelid = t.oid AND k.attnum = ANY (i.indkey)
        WHERE i.indrelid = t.oid AND i.indisprimary), '{}')
FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relname <> %s
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY t.oid, t.relname ORDER BY t.relname
"""
SEQUENCES = "SELECT sequencename::text, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename"
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY app, name"
PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns, in the order of their names, so that a column's age does not matter."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def _names(self, names: Iterable[str]) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, names))

    @property
    def out(self) -> sql.Composed:
        return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
            self._names(self.columns), sql.Identifier(self.name), self._names(self.key or self.columns)
        )

    def into(self, columns: Iterable[str]) -> sql.Composed:
        return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(self.name), self._names(columns))

    def alter(self, how: str) -> sql.Composed:
        return sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(sql.Identifier(self.name), sql.SQL(how))


def tables(cursor: CursorWrapper) -> list[Table]:
    cursor.execute(COLUMNS, [APART])
    return [Table(name, tuple(columns), tuple(key)) for name, columns, key in cursor.fetchall()]


def migrations(cursor: CursorWrapper) -> list[str]:
    """Those that were applied, none where there are no tables yet."""
    cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return []
    cursor.execute(MIGRATIONS)
    return [name for (name,) in cursor.fetchall()]


def sequences(cursor: CursorWrapper) -> dict[str, int | None]:
    cursor.execute(SEQUENCES)
    return dict(cursor.fetchall())


def count_on(cursor: CursorWrapper, last: dict[str, int | None]) -> None:
    """Let each sequence go on where it was."""
    for name, value in last.items():
        cursor.execute(
            "SELECT setval(%s::regclass, coalesce(%s, 1), %s)", [f'public."{name}"', value, value is not None]
        )


def emptied(found: Iterable[Table]) -> sql.Composed:
    """What migrations have put into the tables comes with the backup."""
    return sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(sql.Identifier(table.name) for table in found))


def read(cursor: CursorWrapper, table: Table) -> Iterator[bytes]:
    """The rows of a table by their key, a line each."""
    with cursor.copy(table.out) as copy:
        for piece in copy:
            yield bytes(piece)


def write(cursor: CursorWrapper, table: Table, columns: Iterable[str], file: IO[bytes]) -> str:
    """Put rows into a table; returns the sha256 of what was written."""
    digest = hashlib.sha256()
    with cursor.copy(table.into(columns)) as copy:
        while piece := file.read(PIECE):
            digest.update(piece)
            copy.write(piece)
    return digest.hexdigest()


def digest(pieces: Iterable[bytes]) -> str:
    found: Any = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return str(found.hexdigest())
