"""Opens a file as it came, packed or not, so that one reader reads it: plain CSV, and where each row stands."""

import csv
import gzip
import json
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any

from forecasts.rules.cells import LONGEST_CELL, line_of
from forecasts.rules.errors import InvalidVintage

MOST_BYTES = 20 * 1024**3
PIECE = 1024 * 1024
LISTS = ("data", "results", "Result", "items", "features")


@dataclass(frozen=True)
class Plain:
    """A file as CSV in UTF-8, with its columns."""

    path: Path
    name: str
    columns: list[str]
    delimiter: str
    line_of: Callable[[int], int]
    """The line of the file as it came on which a row, counted from 1, begins."""


def sha256_of(path: Path) -> str:
    """Of the file as it came."""
    if not path.is_file():
        raise InvalidVintage(f"{path}: there is no such file.")
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def plain(path: Path, folder: Path) -> Plain:
    """The file as CSV, unpacked into `folder` where it is packed. Raises InvalidVintage where it is torn or no text."""
    if not path.is_file():
        raise InvalidVintage(f"{path}: there is no such file.")
    unpacked = _unpacked(path, folder)
    try:
        with unpacked.open(encoding="utf-8-sig") as file:
            start = file.read(PIECE).lstrip()
    except UnicodeDecodeError as error:
        raise InvalidVintage(f"{path.name}: the file is not UTF-8 text (byte {error.start}).") from error
    if not start:
        raise InvalidVintage(f"{path.name}: the file is empty.")
    if start[0] in "[{":
        return _from_json(path, unpacked, folder)
    delimiter = max(",;\t", key=start.partition("\n")[0].count)
    columns = next(_rows(unpacked, delimiter), [])
    return Plain(unpacked, path.name, columns, delimiter, lambda row: line_of(unpacked, row, delimiter))


def _unpacked(path: Path, folder: Path) -> Path:
    """The file itself, or its one member. Told by how it begins, not by how it is called."""
    with path.open("rb") as file:
        start = file.read(6)
    try:
        if start.startswith(b"PK\x03\x04"):
            return _from_zip(path, folder)
        if start.startswith(b"\x1f\x8b"):
            return _copied(gzip.open(path), folder)
        if start.startswith(b"\xfd7zXZ"):
            return _copied(lzma.open(path), folder)
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, lzma.LZMAError, zlib.error) as error:
        raise InvalidVintage(f"{path.name}: the packed file is torn ({error}).") from error
    return path


def _from_zip(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as packed:
        members = [one for one in packed.namelist() if one.lower().endswith((".csv", ".json"))]
        if len(members) != 1:
            raise InvalidVintage(f"{path.name}: one CSV or JSON file was expected in it, not {len(members)}.")
        return _copied(packed.open(members[0]), folder)


def _copied(packed: IO[bytes] | gzip.GzipFile, folder: Path) -> Path:
    target = folder / "unpacked"
    with packed, target.open("wb") as file:
        while piece := packed.read(PIECE):
            file.write(piece)
            if file.tell() > MOST_BYTES or shutil.disk_usage(folder).free < PIECE:
                raise InvalidVintage("Unpacked, the file is larger than there is room for.")
    return target


def with_even_lines(file: Plain, folder: Path) -> Plain:
    """The same rows, each line ended by LF; where a row stands is still said of the file as it came."""
    target = folder / "even.csv"
    with target.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, delimiter=file.delimiter, lineterminator="\n").writerows(_rows(file.path, file.delimiter))
    return replace(file, path=target)


def _rows(path: Path, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter=delimiter)


def _from_json(path: Path, unpacked: Path, folder: Path) -> Plain:
    """The records of a JSON list, or of the one list in an answer, as CSV."""
    text = unpacked.read_text(encoding="utf-8-sig")
    starts: list[int] = []
    try:
        records = list(_records(text, starts))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidVintage(f"{path.name}, {where}: {error.msg}; the file may be torn.") from error
    columns = list(dict.fromkeys(name for record in records for name in record))
    target = folder / "records.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in record.items()} for record in records)
    return Plain(target, path.name, columns, ",", lambda row: text.count("\n", 0, starts[row - 1]) + 1)


def _records(text: str, starts: list[int]) -> Iterator[dict[str, Any]]:
    """Each record of the first list, noting where it starts. Raises json.JSONDecodeError."""
    position = _list_start(text)
    decoder = json.JSONDecoder()
    while True:
        position = _skipped(text, position)
        if text[position : position + 1] == "]":
            return
        if starts:
            if text[position : position + 1] != ",":
                raise json.JSONDecodeError("a comma or the end of the list was expected", text, position)
            position = _skipped(text, position + 1)
        record, end = decoder.raw_decode(text, position)
        if not isinstance(record, dict):
            raise json.JSONDecodeError("a record was expected", text, position)
        starts.append(position)
        yield record.get("properties", record) if record.get("type") == "Feature" else record
        position = end


def _list_start(text: str) -> int:
    """Behind the bracket that opens the list of records."""
    if text.lstrip()[0] == "[":
        return text.index("[") + 1
    held = json.loads(text)
    name = next((name for name in LISTS if isinstance(held.get(name), list)), None)
    if name is None:
        raise json.JSONDecodeError(f"a list was expected, or one under {', '.join(LISTS)}", text, 0)
    return text.index("[", text.index(f'"{name}"')) + 1


def _skipped(text: str, position: int) -> int:
    while position < len(text) and text[position] in " \t\r\n":
        position += 1
    return position


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else str(value)
