"""A statement with its slots underlined; titles with the words of the text in the colour of their slot."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from forecasts.language.reading import NAMES, Slot, Slots
from forecasts.models import Statement

_INNERMOST_FIRST = ("polarity", "predicate", "quantity", "time", "place", "actor", "condition", "object")
"""Where slots lie in one another the narrower kind shows: a place inside an object."""

_SHORTEST = 2


def sentence(statement: Statement, slots: Slots) -> SafeString:
    """The sentence of a statement; each slot is a span of its class, named where it begins."""
    body, start, end = statement.article.body, statement.sentence_start, statement.sentence_end
    owners = ["" for _ in range(start, end)]
    for name in reversed(_INNERMOST_FIRST):
        slot = getattr(slots, name)
        for at in range(max(slot.start, start), min(slot.end, end)) if slot else ():
            owners[at - start] = name
    return format_html_join("", "{}", ((_run(body, run),) for run in _runs(owners, start)))


def coloured(title: str, slots: Slots) -> SafeString:
    """A title; what the text says stands in the colour of its slot, what nobody found in a box."""
    owners = ["" for _ in title]
    for name in reversed(_INNERMOST_FIRST):
        slot = getattr(slots, name)
        for words in _spoken(slot) if slot else ():
            at = title.lower().find(words.lower())
            if at >= 0:
                owners[at : at + len(words)] = [name] * len(words)
    return format_html_join("", "{}", ((_run(title, run),) for run in _runs(owners, 0)))


def blanks(not_found: tuple[str, ...]) -> list[str]:
    """What the text does not say, in words."""
    words = {"closes_at": "deadline", "threshold": "number"}
    return [words.get(name, name) for name in not_found]


def named(slots: Slots) -> list[str]:
    """The slots that the text fills, in the order in which it says them."""
    filled: list[tuple[int, str]] = [(slot.start, name) for name in NAMES if (slot := getattr(slots, name)) is not None]
    return [name for _, name in sorted(filled)]


def _spoken(slot: Slot) -> Iterator[str]:
    """The words by which a slot may stand in a title."""
    normal = slot.normal if isinstance(slot.normal, str) else ""
    value = slot.normal.get("value") if isinstance(slot.normal, dict) else None
    number = f"{value:,}" if isinstance(value, int | float) else ""
    days = [slot.normal.get(side) for side in ("from", "to")] if isinstance(slot.normal, dict) else []
    dates = [f"{day.day} {day:%B %Y}" for day in map(date.fromisoformat, filter(None, days))]
    return (words for words in (slot.text, normal, number, *dates) if len(words) >= _SHORTEST)


Run = tuple[str, int, int]


def _runs(owners: list[str], start: int) -> Iterator[Run]:
    at = start
    for name, run in groupby(owners):
        length = len(list(run))
        yield name, at, at + length
        at += length


def _run(text: str, run: Run) -> SafeString:
    name, start, end = run
    if not name:
        return format_html("{}", text[start:end])
    return format_html('<span class="slot slot-{0}" title="{0}">{1}</span>', name, text[start:end])
