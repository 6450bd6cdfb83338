"""Writes a backup. It is there whole or not at all."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connections, transaction

from core.backups import tables
from core.backups.errors import Unusable
from core.backups.sealed import Sealing

OWNER = "owner"
PIECE = 1 << 20
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def make(folder: Path, key: str, at: datetime) -> Path:
    """A backup as of now in the folder, named by the moment. Raises Unusable where it cannot be written."""
    path = folder / f"reckoner-{at:%Y%m%dT%H%M%SZ}.{'sealed' if key else 'zip'}"
    part = path.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            _whole(part, path) as file,
            _sealed(file, key) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            _fill(archive, at)
    except OSError as error:
        raise Unusable(f"{error.filename or part} cannot be written: {error.strerror or error}") from error
    return path


@contextmanager
def _whole(part: Path, path: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone, that gets its name once it is written and synced."""
    try:
        with private(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def private(path: Path) -> IO[bytes]:
    """A new file for its owner alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


@contextmanager
def _sealed(file: IO[bytes], key: str) -> Iterator[IO[bytes]]:
    if not key:
        yield file
        return
    sealing = Sealing(file, key)
    out = io.BufferedWriter(sealing, PIECE)
    yield cast("IO[bytes]", _Forwards(out))
    out.flush()
    sealing.finish()


class _Forwards:
    """A stream that only goes on, which is how the archive is written."""

    def __init__(self, out: "io.BufferedWriter[Sealing]") -> None:
        self.write, self.flush = out.write, out.flush


def _fill(archive: zipfile.ZipFile, at: datetime) -> None:
    database = connections[OWNER]
    with transaction.atomic(OWNER), database.cursor() as cursor:
        cursor.execute(ONE_MOMENT)
        cursor.execute(tables.SAME_WORDS)
        manifest: dict[str, Any] = {"format": 1, "made_at": at.isoformat(), "migrations": tables.migrations(cursor)}
        manifest["tables"] = {}
        for table in tables.tables(cursor):
            told = _add(archive, f"tables/{table.name}.copy", tables.read(cursor, table))
            manifest["tables"][table.name] = {"columns": table.columns, **told}
        manifest["sequences"] = tables.sequences(cursor)
    manifest["files"] = {
        name: _add(archive, f"files/{name}", pieces(Path(settings.MEDIA_ROOT) / name)) for name in kept_files()
    }
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))


def kept_files() -> list[str]:
    """What is kept whole under `MEDIA_ROOT`, by path."""
    root = Path(settings.MEDIA_ROOT)
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if not any(name.endswith(".part") for name in path.parts))


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    """One member of the archive; says what is in it."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return {"sha256": digest.hexdigest(), "bytes": size}
