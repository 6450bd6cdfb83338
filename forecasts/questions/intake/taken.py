"""What is taken of a page or a document as the text of an article, and what is left out."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    PDF = "pdf"
    WORD = "docx"


SUFFIXES = {
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".pdf": Format.PDF,
    ".docx": Format.WORD,
}
DOCUMENTS = (Format.PDF, Format.WORD)
"""Formats that are no text: they come as files only."""

CELLS = " | "
"""What parts the cells of a table's row, which is one line."""

SHOWN, LONGEST = 12, 80
_COMPACT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """The text of an article, and the lines of its page or document that are none of it."""

    text: str
    left_out: tuple[str, ...] = ()

    @property
    def notice(self) -> str:
        """What was left out, in words for whoever reviews the article; empty where nothing was.

        >>> Taken("Talks may fail.", ("Home", "World")).notice
        'Left out of the page: “Home”, “World”. To have it back, add it anew and keep everything.'
        """
        if not self.left_out:
            return ""
        said = ", ".join(f"“{line[:LONGEST]}{'…' * (len(line) > LONGEST)}”" for line in self.left_out[:SHOWN])
        more = len(self.left_out) - SHOWN
        rest = f" and {more} more line{'s' * (more > 1)}" if more > 0 else ""
        return f"Left out of the page: {said}{rest}. To have it back, add it anew and keep everything."


def compact(text: str) -> str:
    """A text without white space, punctuation and case, by which two readings of it are compared."""
    return _COMPACT.sub("", text).casefold()
