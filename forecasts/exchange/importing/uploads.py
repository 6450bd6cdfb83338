"""Files that were sent to the desk to be imported, kept while it is asked what they leave open. A day later they go."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import IO

from django.core.files.storage import default_storage

from forecasts.models import User
from forecasts.rules.errors import InvalidValue

FOLDER = "imports"
KEPT = timedelta(days=1)
MOST_MEGABYTES = 50
PIECE = 1024 * 1024
_TOKEN = re.compile(r"[\w-]{20,60}")
_NAME = re.compile(r"[^\w.() -]+")


def keep(person: User, files: Iterable[tuple[str, IO[bytes]]], at: datetime) -> str:
    """Lay files aside for this person, the one that is imported first; returns what they are found by.

    What anybody laid aside more than a day ago goes. Raises InvalidValue where they are too large for a page.
    """
    _tidy(at)
    token = secrets.token_urlsafe(20)
    for number, (name, file) in enumerate(files):
        folder = _folder(person, token) / str(number)
        folder.mkdir(parents=True)
        with (folder / (_NAME.sub("_", Path(name).name)[-100:] or "file")).open("wb") as copy:
            while piece := file.read(PIECE):
                copy.write(piece)
                if copy.tell() > MOST_MEGABYTES * PIECE:
                    forget(person, token)
                    raise InvalidValue(
                        "file",
                        f"A page takes {MOST_MEGABYTES} MB at the most; the command import_estimates takes more.",
                    )
    return token


def kept(person: User, token: str) -> list[Path]:
    """The files of one upload of this person; none where they are gone, or never were."""
    if not _TOKEN.fullmatch(token):
        return []
    folder = _folder(person, token)
    return [next(one.iterdir()) for one in sorted(folder.iterdir())] if folder.is_dir() else []


def forget(person: User, token: str) -> None:
    if _TOKEN.fullmatch(token):
        rmtree(_folder(person, token), ignore_errors=True)


def _tidy(at: datetime) -> None:
    for folder in Path(default_storage.path(FOLDER)).glob("*/*"):
        if folder.stat().st_mtime < (at - KEPT).timestamp():
            rmtree(folder, ignore_errors=True)


def _folder(person: User, token: str) -> Path:
    return Path(default_storage.path(FOLDER)) / str(person.pk) / token
