"""Files of feeds that wait to be taken: in the drop folder of the installation, and uploaded on the desk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage

from forecasts.evidence.feeds import feeds
from forecasts.rules.errors import InvalidValue

REFUSED = "refused"
SUFFIXES = {".csv", ".json", ".gz", ".xz", ".zip"}
UPLOADED = "dropped"
VERSION = re.compile(r"[\w.+-][\w.+ -]{0,59}")
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Refusal:
    """A file that was uploaded and could not be taken, with the reason."""

    name: str
    feed: str
    reason: str


def dropped(drop: Path | None) -> list[Path]:
    """Files in the folders of feeds, each named by its version: `ucdp_ged/25.1.csv.gz`."""
    folders = [folder / feed for folder in (drop, uploads()) if folder is not None for feed in feeds()]
    return sorted(path for folder in folders for path in folder.glob("*") if path.suffix in SUFFIXES)


def uploads() -> Path:
    return Path(default_storage.path(UPLOADED))


def upload(file: IO[bytes], name: str, feed: str, version: str) -> Path:
    """Lay an uploaded file where it is taken within a minute: reading it is work for another process.

    Raises InvalidValue for a version or a kind of file that cannot be one.
    """
    suffix = "".join(one for one in Path(name.lower()).suffixes[-2:] if one in SUFFIXES)
    if not suffix:
        raise InvalidValue("file", f"A file of a feed ends in {', '.join(sorted(SUFFIXES))}.")
    if not VERSION.fullmatch(version) or Path(version).suffix in SUFFIXES:
        raise InvalidValue("version", "A version has letters, digits, dots, dashes, such as 25.1 or 2026-11-30.")
    target = uploads() / feed / f"{version}{suffix}"
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with part.open("wb") as copy:
        while piece := file.read(PIECE):
            copy.write(piece)
    return part.replace(target)


def refusals() -> Iterator[Refusal]:
    """Uploaded files that were refused, the newest first."""
    notes = [note for feed in feeds() for note in (uploads() / feed / REFUSED).glob("*.txt")]
    for note in sorted(notes, key=lambda one: one.stat().st_mtime, reverse=True):
        yield Refusal(note.stem, note.parent.parent.name, note.read_text(encoding="utf-8").strip())
