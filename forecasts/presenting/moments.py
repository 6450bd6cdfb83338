"""The marked moments of a forecast: opening, amendments, options added, closing, resolution, now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Amendment, Verdict
from forecasts.presenting import states, words
from forecasts.presenting.history import History
from forecasts.presenting.scales import Span

RIGHT = 60
"""From so far on, in percent of the width, a label stands left of its line."""

type Named = tuple[str, str, datetime]


@dataclass(frozen=True, slots=True)
class Moment:
    """A marked instant; `row` counts upwards from the plot."""

    css: str
    x: float
    label: str
    row: int
    at: datetime

    @property
    def is_right(self) -> bool:
        return self.x > RIGHT


def moments(history: History, resolution: Verdict | None, span: Span, at: datetime) -> list[Moment]:
    """What happened by `at`, and the closing ahead, in rows that keep their labels apart."""
    zone = history.forecast.zone
    placed = []
    for css, label, moment in _named(history, resolution, span, at):
        day = f"{',' * (css == 'resolution')} {words.day(moment, zone)}{' →' * (moment > span.end)}"
        placed.append((css, label if css == "now" else label + day, 100 * span.place(moment), moment))
    return _in_rows(placed)


def _named(history: History, resolution: Verdict | None, span: Span, at: datetime) -> Iterator[Named]:
    forecast = history.forecast
    if forecast.opens_at is not None:
        yield "opening", "opened", forecast.opens_at
    for amendment in history.amendments:
        if set(amendment.changes) != {"options"}:
            yield "amendment", _amended(amendment), amendment.made_at
    for label, added_at in _added(history, at):
        # Isolated, so that a label written from right to left does not turn its day around.
        yield "option", f"+ \u2068{label}\u2069", added_at
    if forecast.closes_at is not None:
        yield "closing", "closes" if at < forecast.closes_at else "closed", forecast.closes_at
    if resolution is not None:
        yield "resolution", states.outcome(forecast, resolution), resolution.known_at or resolution.recorded_at
    elif span.start < at < span.end:
        yield "now", "now", at


def _amended(amendment: Amendment) -> str:
    return "criteria amended" if amendment.kind == Amendment.Kind.MATERIAL else "clarified"


def _added(history: History, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Options that came while the forecast was open."""
    opens_at = history.forecast.opens_at
    for option in history.forecast.options.all():
        if opens_at is not None and opens_at < option.added_at <= at:
            yield option.label, option.added_at


def _in_rows(found: list[tuple[str, str, float, datetime]]) -> list[Moment]:
    """Labels in as few rows as keep them from touching, at about 0.95% of the width a letter."""
    ends: list[float] = []
    placed = []
    for css, label, x, moment in sorted(found, key=lambda one: one[2]):
        width = 0.95 * len(label) + 2.5
        start = x - width if x > RIGHT else x
        row = next((row for row, end in enumerate(ends) if end <= start), len(ends))
        ends[row:] = [start + width, *ends[row + 1 :]]
        placed.append(Moment(css, round(x, 2), label, row, moment))
    return placed
