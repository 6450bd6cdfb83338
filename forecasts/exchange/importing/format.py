"""What a format is: how its files are told from others, and how their rows are read into long form."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from forecasts.exchange.importing.reading import LongRow, Reading, is_parquet
from forecasts.exchange.importing.text_files import plain, table
from forecasts.rules.errors import InvalidImport

HEAD = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way in which estimates come in a file.

    `read` gives the rows; what it cannot read it notes in the Reading, with its line and column, and goes on.
    """

    name: str
    title: str
    recognises: Callable[[Path], bool]
    read: Callable[[Reading], Iterator[LongRow]]


def has_columns(*names: str) -> Callable[[Path], bool]:
    """Whether a file is a table with all of these headers, written in whatever case."""
    wanted = {plain(name) for name in names}
    return lambda path: wanted <= set(_headers(path, lambda header: plain(header) in wanted))


def has_key(*names: str) -> Callable[[Path], bool]:
    """Whether a file is JSON that names one of these keys early on."""

    def recognises(path: Path) -> bool:
        with path.open("rb") as file:
            head = file.read(HEAD).decode("utf-8-sig", errors="replace").lstrip()
        return head[:1] in ("{", "[") and any(json.dumps(name) in head for name in names)

    return recognises


def _headers(path: Path, known: Callable[[str], bool]) -> list[str]:
    try:
        if is_parquet(path):
            with duckdb.connect() as reader:
                found = reader.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
            return [plain(name) for name, *_ in found]
        return [plain(name) for name in table(path, known).headers]
    except (InvalidImport, duckdb.Error):
        return []
