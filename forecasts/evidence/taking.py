"""Takes a feed's file: reads and checks it, keeps it as it came, and beside it the events as Parquet."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from django.core.files.storage import default_storage
from django.db import transaction

from forecasts.evidence import occurring
from forecasts.evidence.event_tables import read, scratch
from forecasts.evidence.feed import Feed
from forecasts.evidence.feeds import feed_named
from forecasts.evidence.opening import sha256_of
from forecasts.models import Vintage
from forecasts.rules.errors import InvalidVintage

FOLDER = "vintages"
EVENTS, MENUS = "events.parquet", "menus.json"
LONGEST_VERSION = 60
LOST = 0.5
"""A vintage with fewer than this share of the rows that the one before had draws a warning."""
_PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)"

type Steps = Callable[[str], None]


def take(
    path: Path,
    feed_name: str,
    version: str,
    *,
    at: datetime,
    retrieved_at: datetime | None = None,
    covers: tuple[date, date] | None = None,
    say: Steps = lambda _step: None,
) -> tuple[Vintage, bool]:
    """The vintage of a file, and whether it is new: the same file twice changes nothing.

    `covers` are the days that the file speaks for, where neither its version nor its events say so. Raises
    InvalidVintage, with line and column, and keeps nothing then.
    """
    feed = feed_named(feed_name)
    say("reading")
    sha256 = sha256_of(path)
    if held := Vintage.objects.filter(feed=feed.name, sha256=sha256).first():
        return held, False
    retrieved = _checked(retrieved_at or at, version, at)
    with scratch() as database:
        read(database, path, feed)
        say("keeping")
        rows, covered = _rows(database), covers or _covered(database, feed, version)
        file = _keep(path, feed, sha256)
        _write(database, beside(file, EVENTS))
        occurring.write(database, feed, beside(file, MENUS))
    say("recording")
    with transaction.atomic():
        return Vintage.objects.get_or_create(
            feed=feed.name,
            sha256=sha256,
            defaults={
                "version": version,
                "retrieved_at": retrieved,
                "recorded_at": at,
                "covers_from": covered[0],
                "covers_to": covered[1],
                "rows": rows,
                "file": file,
                "warnings": _warnings(feed, version, rows, retrieved),
            },
        )


@contextmanager
def opened(vintage: Vintage) -> Iterator[duckdb.DuckDBPyConnection]:
    """A throw-away database in which `event` is what a kept vintage holds; a Parquet that is gone is made again."""
    parquet = beside(vintage.file, EVENTS)
    with scratch() as database:
        if not parquet.is_file():
            read(database, Path(default_storage.path(vintage.file)), feed_named(vintage.feed))
            _write(database, parquet)
            database.execute("DROP TABLE event")
        found = str(parquet).replace("'", "''")
        database.execute(f"CREATE VIEW event AS SELECT * FROM read_parquet('{found}')")  # noqa: S608 -- our own path
        yield database


def _checked(retrieved_at: datetime, version: str, at: datetime) -> datetime:
    if retrieved_at > at:
        raise InvalidVintage("retrieved: a file cannot have been retrieved in the future.")
    if not version.strip() or len(version) > LONGEST_VERSION:
        raise InvalidVintage(f"version: a name of 1 to {LONGEST_VERSION} characters, as the feed calls it.")
    return retrieved_at


def _rows(database: duckdb.DuckDBPyConnection) -> int:
    return int(_one(database, "SELECT count(*) FROM event")[0])


def _covered(database: duckdb.DuckDBPyConnection, feed: Feed, version: str) -> tuple[date, date]:
    """The days that a file speaks for, as its events have it, to the end that its version says.

    An extract does not go back as far as its version: what it left out would count as nothing. Its first month is
    taken for whole.
    """
    first, last = _one(database, "SELECT min(starts), max(ends) FROM event")
    said = feed.covers(version)
    return (max(first.replace(day=1), said[0]), max(last, said[1])) if said else (first, last)


def _one(database: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    (found,) = database.execute(sql).fetchall()
    return tuple(found)


def _keep(path: Path, feed: Feed, sha256: str) -> str:
    """Keep the file as it came, under its digest; its name below MEDIA_ROOT."""
    name = f"{FOLDER}/{feed.name}/{sha256[:40]}/raw"
    target = Path(default_storage.path(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    with path.open("rb") as source, _whole(target) as part, part.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return name


def _write(database: duckdb.DuckDBPyConnection, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _whole(target) as part:
        name = str(part).replace("'", "''")
        database.execute(f"COPY (FROM event ORDER BY starts, n) TO '{name}' {_PARQUET}")


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file to write that takes its name only when it is whole."""
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def beside(file: str, name: str) -> Path:
    """A file of this name beside a vintage's own, for what is derived from it."""
    return Path(default_storage.path(file)).with_name(name)


def _warnings(feed: Feed, version: str, rows: int, retrieved_at: datetime) -> list[str]:
    series = feed.series(version)
    earlier = Vintage.objects.known(retrieved_at).filter(feed=feed.name)
    before = next((one for one in earlier if feed.series(one.version) == series), None)
    if before is None or rows >= before.rows * LOST:
        return []
    return [f"It holds {rows:,} events, version {before.version} before it {before.rows:,}."]
