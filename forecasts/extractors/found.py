"""What every extractor hands back, and where in a text its quotes stand. What is not there is refused."""

import re
from dataclasses import dataclass, field
from typing import Any

from forecasts.language import UNQUANTIFIED


class NoAnswer(Exception):
    """A language model was not asked, did not answer in time, or answered with an error; the message says which."""


class BadAnswer(Exception):
    """A language model answered, but not with what was asked for; the message says how."""


@dataclass(frozen=True, slots=True)
class Found:
    """One claim about the future. Offsets are code points of the text; `quote` is `text[start:end]`.

    `duplicate_of` is the index, in the list returned, of the earlier finding that this one repeats. `extraction` is
    what the extractor says of its own work, as JSON: the model, the version of its prompt, tokens and cost.
    """

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    quote: str
    cue: str
    category: str
    likelihood: str = UNQUANTIFIED
    scale: str = ""
    scale_edition: str = ""
    scale_is_assumed: bool = False
    conditional: bool = False
    attributed_to: str = ""
    reason: str = ""
    duplicate_of: int | None = None
    extraction: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The findings in the order of the text, who found them, and what a reviewer must know about that."""

    found: list[Found]
    extractor: str
    version: str
    notice: str = ""


_MARKS = {mark: f"[{marks}]" for marks in ("'‘’ʼ′‛", '"“”„«»″‟', "‐‑–—−-") for mark in marks}


class Places:
    """Where the quotes of one text stand. The same words quoted again are placed at their next occurrence."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self._text, self._start = text, start
        self._end = len(text) if end is None else end
        self._resume: dict[str, int] = {}

    def find(self, quote: str) -> tuple[int, int] | None:
        """Start and end of a quote: exact, else with other white space, quote marks or dashes; None if not there."""
        words = quote.split()
        if not words:
            return None
        begin = self._resume.get(" ".join(words), self._start)
        place = self._exact(quote.strip(), begin) or self._alike(words, begin)
        if place is not None:
            self._resume[" ".join(words)] = place[1]
        return place

    def knows(self, quote: str) -> bool:
        """Whether these words were found before."""
        return " ".join(quote.split()) in self._resume

    def _exact(self, quote: str, begin: int) -> tuple[int, int] | None:
        at = self._text.find(quote, begin, self._end)
        return (at, at + len(quote)) if at >= 0 else None

    def _alike(self, words: list[str], begin: int) -> tuple[int, int] | None:
        pattern = r"\s++".join("".join(_MARKS.get(sign) or re.escape(sign) for sign in word) for word in words)
        found = re.compile(pattern).search(self._text, begin, self._end)
        return found.span() if found else None
