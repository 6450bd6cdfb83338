"""Tables as text: what a spreadsheet must not compute, and where in its file a row stands."""

import csv
from pathlib import Path

LONGEST_CELL = 50 * 1024 * 1024
"""Bytes of a cell that are read at most."""

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet takes for a formula, or that hides one from the eye."""


def harmless(text: str) -> str:
    """A text as a cell of an export.

    >>> harmless("＝1+1")
    "'＝1+1"
    >>> harmless("Hama")
    'Hama'
    """
    return f"'{text}" if text.startswith(FORMULAS) else text


def line_of(path: Path, row: int, delimiter: str = ",") -> int:
    """The line on which a row begins, counted from 0: quoted texts may run over several."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        for number, _ in enumerate(filter(None, reader)):
            if number == row:
                return line
            line = reader.line_num + 1
    return row + 1
