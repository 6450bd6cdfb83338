"""Puts a backup into an empty installation, all or nothing, and proves that it reads back as it was."""

import io
import json
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper

from core.backups import tables
from core.backups.errors import Unusable
from core.backups.making import OWNER, PIECE, kept_files, pieces, private
from core.backups.sealed import Opened, is_sealed
from core.backups.tables import Table
from forecasts.mail.pausing import RESTORED
from forecasts.models import Article, Installation, Scenario, User

# Whoever has a record of somebody here has an installation that a restore would end.
KEPT = (User, Scenario, Article)
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, json.JSONDecodeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: datetime
    tables: int
    files: int
    bytes: int


def newest(path: Path) -> Path:
    """The backup itself, or the one of a folder that was made last."""
    if path.is_file():
        return path
    found = sorted([*path.glob("reckoner-*.zip"), *path.glob("reckoner-*.sealed")], key=lambda one: one.stem)
    if not found:
        raise Unusable(f"There is no backup in {path}.")
    return found[-1]


def restore(path: Path, key: str, at: datetime) -> Restored:
    """Raises Unusable with the reason; then nothing of it is kept."""
    try:
        with path.open("rb") as file, _opened(file, key) as plain, zipfile.ZipFile(plain) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            with _files(archive, manifest) as staged, transaction.atomic(OWNER):
                with connections[OWNER].cursor() as cursor:
                    _check_versions(cursor, manifest)
                    _check_empty()
                    _fill(cursor, archive, manifest)
                    _check_equal(cursor, manifest)
                Installation.objects.using(OWNER).update_or_create(
                    pk=1, defaults={"paused_at": at, "paused_because": RESTORED}
                )
                _move(staged)
    except DAMAGED as error:
        raise Unusable(f"{path} is incomplete or damaged: {error}") from error
    except DatabaseError as error:
        raise Unusable(f"The database does not take it: {error}") from error
    except OSError as error:
        raise Unusable(f"{error.filename or path}: {error.strerror or error}") from error
    sizes = [told["bytes"] for told in [*manifest["tables"].values(), *manifest["files"].values()]]
    return Restored(
        datetime.fromisoformat(manifest["made_at"]), len(manifest["tables"]), len(manifest["files"]), sum(sizes)
    )


@contextmanager
def _opened(file: IO[bytes], key: str) -> Iterator[IO[bytes]]:
    if not is_sealed(file):
        yield file
        return
    if not key:
        raise Unusable("It is encrypted: give the key that it was made with.")
    yield cast("IO[bytes]", io.BufferedReader(Opened(file, key), PIECE))


def _check_versions(cursor: CursorWrapper, manifest: dict[str, Any]) -> None:
    here, there = set(tables.migrations(cursor)), set(manifest["migrations"])
    if newer := sorted(there - here):
        raise Unusable(f"It was made by a newer version, which has {newer[-1]}: restore it with that one.")
    if older := sorted(here - there):
        raise Unusable(f"It was made by an older version, without {older[0]}: restore it with that one, then upgrade.")


def _check_empty() -> None:
    for model in KEPT:
        if count := model._default_manager.using(OWNER).count():
            raise Unusable(f"This installation is not empty: it has {count:,} {model._meta.verbose_name_plural}.")
    if files := kept_files():
        raise Unusable(f"{settings.MEDIA_ROOT} is not empty: it has {files[0]}.")


def _fill(cursor: CursorWrapper, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Rows as they were, without what their coming would set off. Foreign keys are checked when all are there."""
    found = tables.tables(cursor)
    if odd := {table.name for table in found} ^ manifest["tables"].keys():
        raise Unusable(f"It has other tables than this version: {', '.join(sorted(odd))}.")
    cursor.execute(tables.SAME_WORDS)
    for table in found:
        cursor.execute(table.alter("DISABLE"))
    cursor.execute(tables.emptied(found))
    for table in found:
        told = manifest["tables"][table.name]
        with archive.open(f"tables/{table.name}.copy") as member:
            if tables.write(cursor, table, told["columns"], member) != told["sha256"]:
                raise Unusable(f"The table {table.name} is not as it was written.")
    tables.count_on(cursor, manifest["sequences"])
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in found:
        cursor.execute(table.alter("ENABLE"))


def _check_equal(cursor: CursorWrapper, manifest: dict[str, Any]) -> None:
    """Every table reads out again to the byte, the tallies among them, and with these all statistics."""
    for table in tables.tables(cursor):
        if tables.digest(tables.read(cursor, _as_told(table, manifest))) != manifest["tables"][table.name]["sha256"]:
            raise Unusable(f"The table {table.name} does not read back as it was.")


def _as_told(table: Table, manifest: dict[str, Any]) -> Table:
    return Table(table.name, tuple(manifest["tables"][table.name]["columns"]), table.key)


@contextmanager
def _files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[Path]:
    """Its files beside their place, where nobody looks for them; gone unless they are moved."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = root / f"restoring-{secrets.token_hex(4)}.part"
    try:
        for name, told in manifest["files"].items():
            place = staged / name
            if not place.resolve().is_relative_to(staged.resolve()):
                raise Unusable(f"It names a file outside its folder: {name}.")
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _extract(archive, f"files/{name}", place) != told["sha256"]:
                raise Unusable(f"The file {name} is not as it was written.")
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _extract(archive: zipfile.ZipFile, name: str, place: Path) -> str:
    with archive.open(name) as member, private(place) as file:
        shutil.copyfileobj(member, file, PIECE)
        file.flush()
        os.fsync(file.fileno())
    return tables.digest(pieces(place))


def _move(staged: Path) -> None:
    """The last act before the database keeps its part."""
    if staged.exists():
        for path in sorted(staged.iterdir()):
            path.replace(Path(settings.MEDIA_ROOT) / path.name)
