"""Cutting text by hand. All offsets are code points of the article's body."""

import re
from typing import Any

from forecasts.language import OTHER, split_sentences, term_in
from forecasts.language.folding import fold
from forecasts.language.likelihood import UNQUANTIFIED, scaled
from forecasts.language.terms import stated_scale
from forecasts.language.tokens import Words
from forecasts.language.topics import category_of, hits

_LEADING = re.compile(r"[\s,;:–—-]*(?:(?:and|or|but|as well as|while|nor)\b[\s,]*)?", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s,;:–—-]+(?:and|or|but|as well as|while|nor))?[\s,;:–—-]*\Z", re.IGNORECASE)


def pieces(body: str, statement: tuple[int, int], selection: tuple[int, int]) -> list[tuple[int, int]]:
    """What a selection makes of a statement: up to three spans, without the words that joined them.

    >>> body = "They may hold Aleppo and expand."
    >>> [body[start:end] for start, end in pieces(body, (0, 32), (25, 32))]
    ['They may hold Aleppo', 'expand.']
    """
    start, end = statement
    left, right = min(max(selection[0], start), end), min(max(selection[1], start), end)
    found = (_bared(body, *span) for span in ((start, left), (left, right), (right, end)))
    return [span for span in found if span[0] < span[1]]


def trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    """Without the spaces at either end."""
    text = body[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _bared(body: str, start: int, end: int) -> tuple[int, int]:
    text = body[start:end]
    if not any(letter.isalnum() for letter in text):
        return start, start
    leading, trailing = _LEADING.match(text), _TRAILING.search(text)
    first = leading.end() if leading else 0
    last = trailing.start() if trailing else len(text)
    return (start + first, start + last) if first < last else (start, end)


def category(quote: str, otherwise: str = OTHER) -> str:
    """What a passage is about, by its keywords."""
    folded = fold(quote)
    found = category_of(hits(Words(folded), 0, len(folded)), [(0, len(folded), 1)])
    return otherwise if found == OTHER else found


def described(body: str, start: int, end: int) -> dict[str, Any]:
    """The columns of a statement that somebody selected: its sentence, category and likelihood word."""
    first, last = _sentence(body, start, end)
    said = scaled(term_in(fold(body[start:end])), stated_scale(body))
    return {
        "start": start,
        "end": end,
        "sentence_start": first,
        "sentence_end": last,
        "quote": body[start:end],
        "cue": "",
        "category": category(body[start:end]),
        "likelihood": said.term or UNQUANTIFIED,
        "scale": said.scale or "",
        "scale_edition": said.edition,
        "scale_is_assumed": said.assumed,
    }


def _sentence(body: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that a span lies in. Only its own lines are read."""
    line = body.rfind("\n", 0, start) + 1
    after = body.find("\n", end)
    text = body[line : after if after >= 0 else len(body)]
    around = [one for one in split_sentences(text) if line + one.end > start and line + one.start < end]
    if not around:
        return start, end
    return min(start, line + around[0].start), max(end, line + around[-1].end)
