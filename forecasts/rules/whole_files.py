"""Files that are there whole or not at all. Whatever exists under its name was written to its end, and synced."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage


class WholeFiles(FileSystemStorage):
    """Written beside its place, synced, then renamed: a full disk or a kill leaves no stump under the name."""

    def _save(self, name: str, content: "File[Any]") -> str:
        written = ""
        try:
            written = super()._save(f"{name}.{secrets.token_hex(4)}.part", content)  # type: ignore[misc]
            _sync(Path(self.path(written)))
            Path(self.path(written)).replace(self.path(name))
        except OSError:
            self._remove_parts(name)
            raise
        _sync(Path(self.path(name)).parent)
        return name

    def _remove_parts(self, name: str) -> None:
        place = Path(self.path(name))
        for part in place.parent.glob(f"{place.name}.*.part"):
            part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep(storage: Storage, name: str, content: bytes) -> str:
    """Keep what is named by its own digest; returns its name. What is there already counts only where it is whole.

    Raises OSError where it cannot be kept whole.
    """
    digest = hashlib.sha256(content).hexdigest()
    if storage.exists(name):
        if digest_of(storage, name) == digest:
            return name
        storage.delete(name)
    kept = storage.save(name, ContentFile(content))
    if digest_of(storage, kept) != digest:
        storage.delete(kept)
        raise OSError(f"{kept} does not hold what was written")
    return kept


def digest_of(storage: Storage, name: str) -> str:
    """The sha256 of a kept file. Raises OSError where it is not there."""
    with storage.open(name, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
