"""What people paste, as a reader sees it: without footnote marks, invisible signs and the breaks of wrapped lines.

Sentences are found in the cleaned text; `Cleaned.back` gives their offsets in the text as it is stored.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .folding import word_set

NARROWEST, WIDEST = 36, 130
"""Code points of the longest line of a block that may have been wrapped."""

MOSTLY = 0.7
"""The share of a block's line breaks that must lie where a wrapped line would break."""

_INVISIBLE = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
_TERM = r"(?:likely|unlikely|certain|certainly|probabl[ey]|improbable|chances?|possibility|prospect|odds|remote)"
_PATTERNS = (
    _INVISIBLE + "+",
    r"<sup\b[^<>]{0,80}>[^<>]{0,40}</sup>",
    (r"(?<=[\w.,;:!?\"'”’)\]]) ?\[(?:\^?\d{1,3}(?: ?[,–-] ?\d{1,3}){0,6}|\^\w{1,20}|[a-z]|note \d{1,2}|"
    r"citation needed)\](?![(:])"),
    r"(?<=[a-z.,;:!?\"'”’)\]])(?<!km)(?<!cm)(?<! m)[¹²³⁰⁴-⁹]+",
    # "the Rapid Support Forces (RSF)": an abbreviation parts a name from its verb.
    r"(?<=[A-Za-z]) \([A-Z][A-Za-z.+-]{1,10}\)(?=[ ,.;:’'])",
    # ".12 The" and ".”3": a number glued to the end of a sentence.
    r"(?<=[a-z)][.!?])\d{1,3}(?=\s+[\"“‘']?[A-Z]|\s*$)|(?<=[.!?][\"”’])\d{1,3}(?=\s+[\"“‘']?[A-Z]|\s*$)",
)  # fmt: skip
_NOTES = re.compile("|".join(_PATTERNS), re.MULTILINE)
_ASIDE = re.compile(
    rf"\b{_TERM}( \([^()]{{0,40}}(?:\d ?(?:%|per ?cent)|\bconfidence)[^()]{{0,30}}\))(?=[ ,.;:]|$)", re.IGNORECASE
)
_BLOCK = re.compile(r"(?:^[^\n]*\S[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_QUOTED = re.compile(r"(?:> ?)+")
_OPENS_ITEM = re.compile(r"\s*(?:[-*•·▪◦‣–—]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s|#)")
_HYPHENATED = re.compile(r"([A-Za-z]{1,30})-\Z")
_KEPT = word_set(
    "cease re pro anti ex co counter non self post pre semi vice mid long short well high low north south east "
    "west cross so"
    " all al el third half multi cross-border two three four five six seven eight nine ten twenty thirty forty"
)
"""Words that keep their hyphen at the end of a line: "cease-fire", "pro-government"."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text; a run of it starts at `starts[i]`, and `shifts[i]` brings that back to the stored one."""

    text: str
    starts: list[int]
    shifts: list[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the stored text of a part of the cleaned one."""
        return self._at(start), (self._at(end - 1) + 1 if end > start else self._at(end))

    def forth(self, place: int) -> int:
        """Where an offset of the stored text lies in the cleaned one; what was left out lies where it began."""
        at = bisect_right(self.stored, place) - 1
        following = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return min(self.starts[at] + place - self.stored[at], following)

    @property
    def stored(self) -> list[int]:
        """Where each run starts in the stored text."""
        return [start + shift for start, shift in zip(self.starts, self.shifts, strict=True)]

    def _at(self, place: int) -> int:
        return place + self.shifts[bisect_right(self.starts, place) - 1]


def cleaned(text: str) -> Cleaned | None:
    """A text without what hides its sentences; None where there is nothing to clean."""
    edits = sorted([*_marks(text), *_breaks(text)])
    if not edits:
        return None
    parts: list[str] = []
    starts, shifts, at, length = [0], [0], 0, 0
    for start, end, instead in edits:
        if start < at:
            continue
        parts += [text[at:start], instead]
        length += start - at + len(instead)
        at = end
        starts.append(length)
        shifts.append(end - length)
    return Cleaned("".join([*parts, text[at:]]), starts, shifts)


Edit = tuple[int, int, str]


def _marks(text: str) -> Iterator[Edit]:
    for mark in _NOTES.finditer(text):
        yield mark.start(), mark.end(), ""
    for aside in _ASIDE.finditer(text):
        yield aside.start(1), aside.end(1), ""


def _breaks(text: str) -> Iterator[Edit]:
    """The breaks inside wrapped paragraphs, with the marks of quoted mail behind them."""
    if "\n" not in text:
        return
    for block in _BLOCK.finditer(text):
        yield from _in_block(text, block.start(), block.end())


def _in_block(text: str, start: int, end: int) -> Iterator[Edit]:
    lines = _lines(text, start, end)
    width = max(last - first for _, first, last in lines)
    inner = [pair for pair in pairwise(lines) if not _OPENS_ITEM.match(text, pair[1][1])]
    if not NARROWEST <= width <= WIDEST or not inner:
        return
    wrapped = [pair for pair in inner if _is_wrapped(text, pair, width)]
    if len(wrapped) < MOSTLY * len(inner):
        return
    for begin, first, _ in lines:
        if first > begin:
            yield begin, first, ""
    for (_, _, last), (begin, first, _) in wrapped:
        yield _joined(text, last, min(first, begin))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Start of each line, of its words behind the marks of quoted mail, and end without white space."""
    lines, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        last = at + len(line.rstrip())
        quoted = _QUOTED.match(text, at, last)
        first = quoted.end() if quoted else at
        while first < last and text[first].isspace():
            first += 1
        lines.append((at, first, last))
        at += len(line)
    return lines


def _is_wrapped(text: str, pair: tuple[tuple[int, int, int], tuple[int, int, int]], width: int) -> bool:
    """Whether the next line's first word would not have fitted, and a sentence may go on there."""
    (_, first, last), (_, after, finish) = pair
    word = text[after:finish].split(" ", 1)[0]
    return last - first + 1 + len(word) > width - 3 and last > first and finish > after


def _joined(text: str, last: int, first: int) -> Edit:
    hyphenated = _HYPHENATED.search(text, max(0, last - 31), last)
    following = text[first : first + 1]
    if hyphenated and following.islower():
        keep = hyphenated.group(1).lower() in _KEPT
        return last - (not keep), first, ""
    if hyphenated and following.isalpha():
        return last, first, ""
    return last, first, " "
