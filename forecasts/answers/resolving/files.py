"""Files that are kept as evidence: small, of known types, named by what they hold."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.storage import default_storage

from forecasts.rules import whole_files
from forecasts.rules.errors import InvalidValue

LARGEST = 10 * 1024 * 1024
"""Bytes that one file may hold."""

MAGIC: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
TEXTS = (".txt", ".csv", ".json", ".html", ".htm", ".eml", ".md")
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What is kept: its bytes and the name it came with."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def store(self) -> str:
        """Write it once, under its own digest, and return its name in the storage. Raises InvalidValue on failure."""
        try:
            return whole_files.keep(default_storage, f"evidence/{self.sha256[:40]}/{_plain(self.name)}", self.content)
        except OSError as error:
            raise InvalidValue(
                "file",
                f"The file could not be kept ({error.strerror or error}). Nothing was recorded; try later.",
            ) from error


def kept(name: str, content: bytes) -> KeptFile:
    """A file that may be kept. Raises InvalidValue for one that is empty, too large, or not what its name says."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in MAGIC and suffix not in TEXTS:
        raise InvalidValue("file", f"Keep a PDF, a picture or a text ({', '.join([*MAGIC, *TEXTS])}).")
    if not content:
        raise InvalidValue("file", "The file is empty.")
    if len(content) > LARGEST:
        raise InvalidValue("file", f"The file is larger than {LARGEST // 1024 // 1024} MB.")
    if not _is_what_it_says(suffix, content):
        raise InvalidValue("file", f"The file does not hold what “{suffix}” says.")
    return KeptFile(name, content)


def kept_text(text: str) -> KeptFile:
    """A text copied from where it stood, kept as a file."""
    return KeptFile("text.txt", text.encode())


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    if suffix in MAGIC:
        return content.startswith(MAGIC[suffix])
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False


def _plain(name: str) -> str:
    """A short name of letters, digits, dots and dashes that keeps its suffix."""
    path = PurePath(name.replace("\\", "/"))
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip(".-")[:NAME_LENGTH] or "file"
    return f"{stem}{path.suffix.lower()}"
