"""The plot of a forecast over time: steps, because an estimate holds until it is changed.

Places are percentages of the drawing's width, from its left, and of its height, from its top. Paths live in a square of
1,000 by 1,000 that the page stretches; see `templates/plot.html`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from forecasts import values
from forecasts.models import Amendment, Forecast, Verdict
from forecasts.presenting import consensus, scales, states, words
from forecasts.presenting.consensus import Number
from forecasts.presenting.history import Held, History
from forecasts.presenting.scales import Scale, Span, Tick

SIDE = 1000
MOST_OTHERS = 100
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


@dataclass(frozen=True, slots=True)
class Moment:
    """A marked instant: opening, amendment, closing, resolution, now."""

    css: str
    x: float
    label: str
    row: int
    at: datetime

    @property
    def is_right(self) -> bool:
        return self.x > 60


@dataclass(frozen=True, slots=True)
class Plot:
    times: list[Tick]
    levels: list[Tick]
    bands: list[str]
    others: list[Line]
    lines: list[Line]
    moments: list[Moment]
    outcome: tuple[float, float] | None
    description: str

    @property
    def rows(self) -> int:
        return max((moment.row for moment in self.moments), default=-1) + 1


def plot(history: History, resolution: Verdict | None, at: datetime) -> Plot | None:
    """What to draw; None where nobody has said anything that this reader may see. Days are those of its time zone."""
    forecast = history.forecast
    if forecast.opens_at is None or forecast.closes_at is None or not (history.own or history.others):
        return None
    span = _span(history, resolution)
    scale = _scale(history, resolution)
    drawn = _Drawing(forecast, span, scale, history.until)
    return Plot(
        times=[Tick(100 * tick.place, tick.label) for tick in span.ticks(forecast.zone)],
        levels=[Tick(_down(tick.place), tick.label) for tick in _levels(forecast, scale)],
        bands=_bands(history, drawn),
        others=_others(history, drawn),
        lines=_apart(_lines(history, drawn)),
        moments=_moments(history, resolution, span, at),
        outcome=_outcome(forecast, resolution, span, scale),
        description=_description(history, resolution),
    )


def _span(history: History, resolution: Verdict | None) -> Span:
    """From opening to closing; to the resolution where that came soon after, and not far beyond where it came early."""
    opens_at, closes_at = history.forecast.opens_at, history.forecast.closes_at
    assert opens_at is not None  # noqa: S101
    assert closes_at is not None  # noqa: S101
    first = min([opens_at, *(held.start for held in _all(history))])
    if resolution is None or resolution.known_at is None:
        return Span(first, closes_at)
    if resolution.known_at > closes_at:
        return Span(first, min(resolution.known_at, closes_at + (closes_at - first) * 0.12))
    return Span(first, min(closes_at, history.until + (history.until - first) * 0.4))


def _all(history: History) -> Iterable[Held]:
    yield from history.own
    for steps in history.others.values():
        yield from steps


def _scale(history: History, resolution: Verdict | None) -> Scale:
    forecast = history.forecast
    if forecast.kind in (Forecast.Kind.BINARY, Forecast.Kind.MULTIPLE_CHOICE):
        return Scale(0, values.UNITS)
    shown = [held.value for held in [*history.consensus, *_all(history)] if isinstance(held.value, tuple)]
    inner = [number for quantiles in shown for number in _inner(quantiles)]
    truth = [resolution.value] if resolution is not None and resolution.value is not None else []
    return scales.fitting([*inner, *truth], is_log=forecast.range_scale == Forecast.Scale.LOG)


def _inner(quantiles: Sequence[float]) -> Sequence[float]:
    """Without the outermost on each side, which may lie far out."""
    return quantiles[1:-1] if len(quantiles) > 4 else quantiles


def _levels(forecast: Forecast, scale: Scale) -> list[Tick]:
    if forecast.kind == Forecast.Kind.DATE:
        return scales.dates(scale)
    if forecast.kind == Forecast.Kind.NUMERIC:
        return scales.numbers(scale, words.short)
    return [Tick(part / 4, f"{25 * part}%") for part in range(5)]


@dataclass(frozen=True, slots=True)
class _Drawing:
    forecast: Forecast
    span: Span
    scale: Scale
    until: datetime

    def line(self, css: str, steps: Sequence[Held], pick: Callable[[Number], float], label: str = "") -> Line:
        """Steps as a path, with a gap where nothing was held."""
        drawn = [held for held in steps if held.value is not None]
        path, end = [], None
        for held in drawn:
            assert held.value is not None  # noqa: S101
            x, y = self.x(held.start), self.y(pick(held.value))
            path.append(f"V{y:g}" if held.start == end else f"M{x:g} {y:g}")
            path.append(f"H{self.x(held.end):g}")
            end = held.end
        last = drawn[-1]
        assert last.value is not None  # noqa: S101
        y = round(self.y(pick(last.value)) / 10, 2)
        is_in_force = last.end >= self.until
        return Line(css, "".join(path), round(self.x(last.end) / 10, 2), y, label if is_in_force else "", y)

    def x(self, moment: datetime) -> float:
        return round(SIDE * self.span.place(moment), 1)

    def y(self, number: float) -> float:
        return round(SIDE * (1 - self.scale.place(number)), 1)

    def middle(self, value: Number) -> float:
        return value if isinstance(value, int) else consensus.median(self.forecast, value)


def _lines(history: History, drawing: _Drawing) -> list[Line]:
    forecast = history.forecast
    if forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        return [
            drawing.line(f"option-{place % 6 + 1}", history.consensus, partial(_part, place), option.label)
            for place, option in enumerate(forecast.options.all())
            if history.consensus
        ]
    both = (("own", history.own), ("consensus", history.consensus))
    return [
        drawing.line(css, steps, drawing.middle, consensus.brief(forecast, steps[-1].value))
        for css, steps in both
        if steps and steps[-1].value is not None
    ]


def _part(place: int, value: Number) -> float:
    return value[place] if isinstance(value, tuple) and place < len(value) else 0


def _others(history: History, drawing: _Drawing) -> list[Line]:
    if history.forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        return []
    shown = list(history.others.values())[:MOST_OTHERS]
    return [drawing.line("other", steps, drawing.middle) for steps in shown]


def _bands(history: History, drawing: _Drawing) -> list[str]:
    """Of quantiles: the consensus's outer and inner interval, as outlines of steps."""
    steps = [held for held in history.consensus if isinstance(held.value, tuple)]
    if history.forecast.kind not in (Forecast.Kind.NUMERIC, Forecast.Kind.DATE) or not steps:
        return []
    count = min(len(held.value) for held in steps if isinstance(held.value, tuple))
    return [_band(steps, place, drawing) for place in range(count // 2)]


def _band(steps: Sequence[Held], place: int, drawing: _Drawing) -> str:
    parts = []
    for held in steps:
        assert isinstance(held.value, tuple)  # noqa: S101
        low, high = drawing.y(held.value[place]), drawing.y(held.value[-1 - place])
        start, end = drawing.x(held.start), drawing.x(held.end)
        parts.append(f"M{start:g} {low:g}H{end:g}V{high:g}H{start:g}Z")
    return "".join(parts)


def _apart(lines: list[Line]) -> list[Line]:
    """Move labels so that none covers another, from the bottom up."""
    placed: list[Line] = []
    lowest = 103.0
    for line in sorted(lines, key=lambda line: line.y, reverse=True):
        y = min(line.y, lowest - CLOSEST_LABELS) if line.label else line.y
        lowest = y if line.label else lowest
        placed.append(Line(line.css, line.path, line.x, line.y, line.label, y))
    return sorted(placed, key=lambda line: line.css == "own")


def _moments(history: History, resolution: Verdict | None, span: Span, at: datetime) -> list[Moment]:
    forecast = history.forecast
    named: list[tuple[str, str, datetime | None]] = [("opening", "opened", forecast.opens_at)]
    named += [("amendment", _amended(amendment), amendment.made_at) for amendment in history.amendments]
    named.append(
        ("closing", "closes" if forecast.closes_at and at < forecast.closes_at else "closed", forecast.closes_at)
    )
    if resolution is not None:
        named.append(
            ("resolution", states.outcome(forecast, resolution), resolution.known_at or resolution.recorded_at)
        )
    elif span.start < at < span.end:
        named.append(("now", "now", at))
    return _in_rows(
        [
            (
                css,
                label if css == "now" else f"{label} {words.day(moment, forecast.zone)}{' →' * (moment > span.end)}",
                100 * span.place(moment),
                moment,
            )
            for css, label, moment in named
            if moment is not None
        ]
    )


def _amended(amendment: Amendment) -> str:
    return "criteria amended" if amendment.kind == Amendment.Kind.MATERIAL else "clarified"


def _in_rows(found: list[tuple[str, str, float, datetime]]) -> list[Moment]:
    """Labels in as few rows as keep them from touching, at about 0.95% of the width a letter."""
    ends: list[float] = []
    placed = []
    for css, label, x, moment in sorted(found, key=lambda one: one[2]):
        width = 0.95 * len(label) + 2.5
        start = x - width if x > 60 else x
        row = next((row for row, end in enumerate(ends) if end <= start), len(ends))
        ends[row:] = [start + width, *ends[row + 1 :]]
        placed.append(Moment(css, round(x, 2), label, row, moment))
    return placed


def _outcome(forecast: Forecast, resolution: Verdict | None, span: Span, scale: Scale) -> tuple[float, float] | None:
    """Where the truth lies: at the edge for yes and no, at its value for a number or a date."""
    if resolution is None or resolution.known_at is None:
        return None
    places = {Verdict.Outcome.YES: 1.0, Verdict.Outcome.NO: 0.0}
    place = (
        scale.place(resolution.value)
        if resolution.value is not None
        else places.get(Verdict.Outcome(resolution.outcome))
    )
    return None if place is None else (round(100 * span.place(resolution.known_at), 2), _down(place))


def _down(place: float) -> float:
    return round(100 * (1 - place), 2)


def _description(history: History, resolution: Verdict | None) -> str:
    """What the drawing shows, for who does not see it."""
    forecast = history.forecast
    parts = [f"Estimates over time of {len(history.others) + bool(history.own)} forecasters, as steps."]
    if history.consensus and history.consensus[-1].value is not None:
        first, last = history.consensus[0].value, history.consensus[-1].value
        if first is not None:
            parts.append(f"Consensus from {consensus.shown(forecast, first)} to {consensus.shown(forecast, last)}.")
    if resolution is not None:
        parts.append(f"Resolved: {states.outcome(forecast, resolution)}.")
    parts.append("The table of estimates below holds the numbers.")
    return " ".join(parts)
