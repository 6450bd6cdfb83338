"""What all pictures share: inks that are told apart in black and white too, type, and words that may be long."""

from datetime import UTC, datetime
from typing import Any

type Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
INK, SOFT, RULE, BLUE, VERMILLION = "#1a1d20", "#5b6066", "#dddcd5", "#0072b2", "#d55e00"
OPTIONS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#6b7075"]
DASHES = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3]]
CONFIG: Spec = {
    "font": "Noto Sans, Liberation Sans, DejaVu Sans, sans-serif",
    # White whatever the reader prefers: mail and dark pages show the picture as a sheet of paper.
    "background": "white",
    "padding": 12,
    "view": {"stroke": RULE},
    "axis": {"gridColor": RULE, "domain": False, "tickColor": RULE, "labelColor": SOFT, "titleColor": INK},
    "title": {"anchor": "start", "fontSize": 13, "color": INK, "subtitleColor": SOFT, "subtitleFontSize": 11},
}


def picture(title: str, explained: str, room: int, **parts: Any) -> Spec:
    """A specification with its sentence above it and below that, in small, what its marks mean; lines fit the room."""
    letters = room // 7
    head = {"text": wrapped(title, letters), "subtitle": wrapped(explained, letters + letters // 5)}
    return {"$schema": SCHEMA, "config": CONFIG, "title": head, **parts}


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of about so many letters.

    >>> wrapped("one two three", 8)
    ['one two', 'three']
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def percentages(title: str) -> Spec:
    """The axis of a share."""
    return {"title": title, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}


def cycled[T](few: list[T], count: int) -> list[T]:
    """As many as asked for, again from the first where they end."""
    return [few[place % len(few)] for place in range(count)]


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
