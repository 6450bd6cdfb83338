"""A table in a text as people send it: in some encoding, cut by some sign, each row with the line it begins on."""

import codecs
import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from forecasts.rules.cells import LONGEST_CELL
from forecasts.rules.errors import InvalidImport

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEP = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
# Western European words have letters with marks one by one: three in a row are Cyrillic or Greek, read wrongly.
_MISREAD = re.compile("[À-ÿ]{3}")


@dataclass(frozen=True, slots=True)
class TextTable:
    """How a text is cut into rows. `first_line` is that of the headers."""

    path: Path
    encoding: str
    delimiter: str
    first_line: int
    headers: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row below the headers that holds anything, with its line."""
        yield from _rows(self.path, self.encoding, self.delimiter, self.first_line + 1)


def encoding_of(path: Path, given: str = "") -> str:
    """The text encoding of a file. Raises InvalidImport where nothing tells which it is."""
    if given:
        try:
            codecs.lookup(given)
        except LookupError as error:
            raise InvalidImport(f"{path.name}: there is no encoding “{given}”.") from error
        return given
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name
    if _decodes(path, "utf-8") and b"\0" not in start:
        return "utf-8"
    # Of a text in mostly ASCII letters every second byte of UTF-16 is nought.
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if start[::2].count(0) > len(start) // 4:
        return "utf-16-be"
    if b"\0" in start or not _decodes(path, "cp1252") or _looks_misread(path):
        raise InvalidImport(f"{path.name}: the file is not UTF-8 text, and nothing tells what it is. Say --encoding ….")
    return "cp1252"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _looks_misread(path: Path) -> bool:
    with path.open(encoding="cp1252", newline="") as file:
        return any(_MISREAD.search(line) for line in file)


def table(path: Path, known: Callable[[str], bool], encoding: str = "", delimiter: str = "") -> TextTable:
    """How the file is cut: by what is given, what its first line says (`sep=;`), or what makes most headers known.

    `known` is asked of each header. Raises InvalidImport where the text is none.
    """
    encoding = encoding_of(path, encoding)
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline(LONGEST_CELL)
            said = _SEP.match(first)
            skipped = 1 if said else 0
    except UnicodeError as error:
        raise InvalidImport(f"{path.name}: the file is not {encoding} text.") from error
    candidates = [delimiter] if delimiter else [said[1]] if said else list(DELIMITERS)
    cut = [(one, _headers(path, encoding, one, skipped + 1)) for one in candidates]
    best, (line, headers) = max(cut, key=lambda one: (sum(map(known, one[1][1])), len(one[1][1])))
    return TextTable(path, encoding, best, line, tuple(headers))


def _headers(path: Path, encoding: str, delimiter: str, line: int) -> tuple[int, list[str]]:
    found, cells = next(_rows(path, encoding, delimiter, line), (line, []))
    while cells and not cells[-1].strip():
        cells.pop()
    return found + max(0, sum(cell.count("\n") for cell in cells)), cells


def _rows(path: Path, encoding: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, from this line on."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for _ in range(first - 1):
                file.readline()
            reader = csv.reader(file, delimiter=delimiter)
            line = first
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield line, cells
                line = first + reader.line_num
    except (UnicodeError, csv.Error) as error:
        raise InvalidImport(f"{path.name}, line {line}: it cannot be read as a row of text ({error}).") from error


def plain(header: str) -> str:
    """A header without what people write differently: case, spaces, hyphens, composed or decomposed letters.

    >>> plain(" Made-At ")
    'made_at'
    """
    return re.sub(r"[\s\-]+", "_", composed(header).strip().strip("\ufeff").casefold())


def composed(text: str) -> str:
    """A text with its letters composed (NFC), so that é is é however it was typed."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fitted(cells: Sequence[str], count: int) -> list[str] | None:
    """The cells of a row for so many columns, empty ones at the end left out; None where there are too few or many."""
    given = list(cells)
    while len(given) > count and not given[-1].strip():
        given.pop()
    return given if len(given) == count else None
