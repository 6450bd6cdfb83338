"""The text of an article that came as a PDF or a Word document, line by line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from forecasts.questions.intake.taken import CELLS, Format, Taken
from forecasts.rules.errors import InvalidValue

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

MEGABYTE = 1_000_000
LARGEST_DOCUMENT = 20 * MEGABYTE
MOST_PAGES = 400
_UNPACKED = 100 * MEGABYTE
"""What a Word document may hold unpacked: more is a trap."""

_EDGE, _REPEATED = 2, 3
"""How many lines at each edge of a page may be its furniture, and on how many pages these must recur."""

_PAGE_NUMBER = re.compile(r"\W*(?:page |p\. ?)?(?:\d{1,4}|[ivxl]{1,6})(?: ?(?:of|/|\|) ?\d{1,4})?\W*", re.IGNORECASE)
_FIGURE = re.compile(r"\d+")
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def taken_of(content: bytes, kind: Format, *, whole: bool = False) -> Taken:
    """Its text, and the running titles and page numbers that were left out, unless it is to be taken `whole`.

    Raises InvalidValue: too large, locked, damaged, or without any text, as scanned pages are.
    """
    if len(content) > LARGEST_DOCUMENT:
        raise InvalidValue(
            "file", f"The file has {len(content) / MEGABYTE:.1f} MB; at most {LARGEST_DOCUMENT / MEGABYTE:g} are read."
        )
    lines, furniture = _of_pdf(content) if kind == Format.PDF else _of_word(content)
    kept = [text for text, is_furniture in lines if whole or not is_furniture]
    if not "".join(kept).strip():
        raise InvalidValue(
            "file", "The file holds no text: its pages may be pictures. Have the text recognised, and add that."
        )
    return Taken("\n".join(kept), () if whole else tuple(furniture))


Lines = tuple[list[tuple[str, bool]], list[str]]
"""Lines, each with whether it is the page's furniture, and each different line of furniture once."""


def _of_pdf(content: bytes) -> Lines:
    # Few processes read a PDF.
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        if len(reader.pages) > MOST_PAGES:
            raise InvalidValue("file", f"The file has {len(reader.pages)} pages; at most {MOST_PAGES} are read.")
        pages = [page.extract_text().replace("\x00", "").splitlines() for page in reader.pages]
    except InvalidValue:
        raise
    except FileNotDecryptedError:
        raise _locked() from None
    except Exception as error:  # noqa: BLE001 - what a damaged file raises is anything
        raise InvalidValue("file", f"The PDF is damaged and cannot be read ({type(error).__name__}).") from None
    return _without_furniture([[line.rstrip() for line in page if line.strip()] for page in pages])


def _locked() -> InvalidValue:
    return InvalidValue("file", "The file is locked with a password. Save it without one.")


def _without_furniture(pages: list[list[str]]) -> Lines:
    """Running titles recur at the edges of pages; page numbers stand there alone."""
    at_edges = Counter(_shape(line) for page in pages for line in {_shape(one): one for one in _edges(page)}.values())
    often = max(_REPEATED, len(pages) // 2)
    lines: list[tuple[str, bool]] = []
    furniture: dict[str, str] = {}
    for page in pages:
        for at, line in enumerate(page):
            edge = at < _EDGE or at >= len(page) - _EDGE
            is_furniture = edge and (at_edges[_shape(line)] >= often or bool(_PAGE_NUMBER.fullmatch(line)))
            if is_furniture:
                furniture.setdefault(_shape(line), line)
            lines.append((line, is_furniture))
    return lines, list(furniture.values())


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[max(_EDGE, len(page) - _EDGE) :]


def _shape(line: str) -> str:
    return _FIGURE.sub("#", line.strip().casefold())


def _of_word(content: bytes) -> Lines:
    import docx

    if content.startswith(_OLD_WORD):
        raise InvalidValue("file", "The file is an old .doc or locked with a password. Save it as .docx without one.")
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
                raise InvalidValue("file", f"The document is larger than {_UNPACKED / MEGABYTE:g} MB unpacked.")
        document = docx.Document(BytesIO(content))
        lines = [(line, False) for line in _paragraphs(document)]
        furniture = list(dict.fromkeys(_headers(document)))
    except InvalidValue:
        raise
    except BadZipFile:
        raise InvalidValue("file", "The file is no .docx document.") from None
    except Exception as error:  # noqa: BLE001 - what a damaged file raises is anything
        raise InvalidValue("file", f"The document is damaged and cannot be read ({type(error).__name__}).") from None
    return [*((line, True) for line in furniture), *lines], furniture


def _paragraphs(document: "Document") -> Iterator[str]:
    from docx.table import Table

    for part in document.iter_inner_content():
        lines = _rows(part) if isinstance(part, Table) else part.text.splitlines()
        yield from (line for line in lines if line.strip())


def _rows(table: "Table") -> Iterator[str]:
    """One line a row. A cell that spans several stands there several times and is taken once."""
    for row in table.rows:
        cells = {id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}
        yield CELLS.join(text for text in cells.values() if text)


def _headers(document: "Document") -> Iterable[str]:
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from (line.text.strip() for line in part.paragraphs if line.text.strip())
