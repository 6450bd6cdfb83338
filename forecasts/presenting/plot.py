"""The plot of a forecast over time: steps, because an estimate holds until it is changed.

Places are percentages of the drawing's width, from its left, and of its height, from its top. Paths live in a square of
1,000 by 1,000 that the page stretches; see `templates/forecasts/plot.html`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from forecasts.models import Verdict
from forecasts.presenting import readings, states
from forecasts.presenting.course import Range, course
from forecasts.presenting.history import History
from forecasts.presenting.kinds import answers_to
from forecasts.presenting.moments import Moment
from forecasts.presenting.placing import SIDE, down
from forecasts.presenting.scales import Scale, Span, Tick
from forecasts.presenting.series import OTHER, OWN, REFERENCE, Series

COLOURS = 6
CLOSEST_LABELS = 6.5
"""In percent of the height: labels nearer than this would touch."""


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn series. `css` is consensus, own, other, or an option's number; `x` and `y` are where it ends."""

    css: str
    path: str
    x: float
    y: float
    label: str = ""
    label_y: float = 0.0
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    times: list[Tick]
    levels: list[Tick]
    bands: list[str]
    others: list[Line]
    references: list[Line]
    lines: list[Line]
    moments: list[Moment]
    outcome: tuple[float, float] | None
    description: str
    readings: str = "[]"

    @property
    def rows(self) -> int:
        return max((moment.row for moment in self.moments), default=-1) + 1

    @property
    def has_own_options(self) -> bool:
        """Whether one's own lines are told from the consensus's by their marks, not by a colour."""
        return any(line.is_own and line.css != OWN for line in self.lines)


def plot(history: History, resolution: Verdict | None, at: datetime) -> Plot | None:
    """What to draw; None where nobody has said anything that this reader may see. Days are those of its time zone."""
    forecast = history.forecast
    if forecast.opens_at is None or forecast.closes_at is None or not (history.own or history.others):
        return None
    found = course(history, resolution, at)
    drawing = _Drawing(found.span, found.scale, history.until)
    drawn = [(one, drawing.line(one)) for one in found.series]
    labelled = _apart([line for one, line in drawn if one.role != OTHER])
    return Plot(
        times=[Tick(100 * tick.place, tick.label) for tick in found.span.ticks(forecast.zone)],
        levels=[Tick(round(100 * (1 - tick.place), 2), tick.label) for tick in found.levels],
        bands=[drawing.band(band) for band in found.bands],
        others=[line for one, line in drawn if one.role == OTHER],
        references=[line for line in labelled if line.css == REFERENCE],
        lines=[line for line in labelled if line.css != REFERENCE],
        moments=found.moments,
        outcome=found.truth and drawing.outcome(*found.truth),
        description=_description(history, resolution),
        readings=readings.written(readings.of_history(history, found.span)),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    span: Span
    scale: Scale
    until: datetime

    def line(self, one: Series) -> Line:
        """Steps as a path, with a gap where nothing was held."""
        path, end = [], None
        for step in one.steps:
            x, y = self.x(step.start), self.y(step.value)
            path.append(f"V{y:g}" if step.start == end else f"M{x:g} {y:g}")
            path.append(f"H{self.x(step.end):g}")
            end = step.end
        last = one.steps[-1]
        y = round(self.y(last.value) / 10, 2)
        label = one.label if last.end >= self.until else ""
        return Line(_css(one), "".join(path), round(self.x(last.end) / 10, 2), y, label, y, one.role == OWN)

    def band(self, ranges: Sequence[Range]) -> str:
        """An interval of the consensus, as outlines of its steps."""
        x = [(f"{self.x(one.start):g}", f"{self.x(one.end):g}") for one in ranges]
        y = [(f"{self.y(one.low):g}", f"{self.y(one.high):g}") for one in ranges]
        corners = zip(x, y, strict=True)
        return "".join(f"M{start} {low}H{end}V{high}H{start}Z" for (start, end), (low, high) in corners)

    def outcome(self, moment: datetime, number: float) -> tuple[float, float]:
        return round(100 * self.span.place(moment), 2), down(self.scale, number)

    def x(self, moment: datetime) -> float:
        return round(SIDE * self.span.place(moment), 1)

    def y(self, number: float) -> float:
        return round(SIDE * (1 - self.scale.place(number)), 1)


def _css(one: Series) -> str:
    return one.role if one.option is None else f"option-{one.option % COLOURS + 1}"


def _apart(lines: list[Line]) -> list[Line]:
    """Move labels so that none covers another, from the bottom up."""
    placed: list[Line] = []
    lowest = 103.0
    for line in sorted(lines, key=lambda line: line.y, reverse=True):
        y = min(line.y, lowest - CLOSEST_LABELS) if line.label else line.y
        lowest = y if line.label else lowest
        placed.append(replace(line, label_y=y))
    return sorted(placed, key=lambda line: line.is_own)


def _description(history: History, resolution: Verdict | None) -> str:
    """What the drawing shows, for who does not see it."""
    forecast = history.forecast
    parts = [f"Estimates over time of {len(history.others) + bool(history.own)} forecasters, as steps."]
    if history.consensus and history.consensus[-1].value is not None:
        first, last = history.consensus[0].value, history.consensus[-1].value
        if first is not None:
            shown = answers_to(forecast)
            parts.append(f"Consensus from {shown.worded(first)} to {shown.worded(last)}.")
    if history.references:
        parts.append(f"Dotted: {', '.join(name.lower() for name in history.references)}.")
    if resolution is not None:
        parts.append(f"Resolved: {states.outcome(forecast, resolution)}.")
    parts.append("The table of estimates below holds the numbers.")
    return " ".join(parts)
