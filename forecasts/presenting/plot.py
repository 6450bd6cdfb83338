"""The plot of a forecast over time: steps, because an estimate holds until it is changed.

Places are percentages of the drawing's width, from its left, and of its height, from its top. Paths live in a square of
1,000 by 1,000 that the page stretches; see `templates/forecasts/plot.html`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from forecasts.models import Forecast, Verdict
from forecasts.presenting import consensus, scales, states, words
from forecasts.presenting.history import Held, History
from forecasts.presenting.moments import Moment, moments
from forecasts.presenting.scales import Scale, Span, Tick
from forecasts.presenting.series import CONSENSUS, OTHER, OWN, Series, series
from forecasts.rules import values

SIDE = 1000
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
    lines: list[Line]
    moments: list[Moment]
    outcome: tuple[float, float] | None
    description: str

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
    span, scale = span_of(history, resolution), scale_of(history, resolution)
    drawing = _Drawing(span, scale, history.until)
    drawn = [(one, drawing.line(one)) for one in series(history)]
    return Plot(
        times=[Tick(100 * tick.place, tick.label) for tick in span.ticks(forecast.zone)],
        levels=[Tick(_down(tick.place), tick.label) for tick in levels(forecast, scale)],
        bands=[drawing.band(held, place) for held, place in bands(history)],
        others=[line for one, line in drawn if one.role == OTHER],
        lines=_apart([line for one, line in drawn if one.role in (CONSENSUS, OWN)]),
        moments=moments(history, resolution, span, at),
        outcome=_outcome(resolution, span, scale),
        description=_description(history, resolution),
    )


def span_of(history: History, resolution: Verdict | None) -> Span:
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


def scale_of(history: History, resolution: Verdict | None) -> Scale:
    """The axis upwards: all of a probability, or what the inner quantiles and the truth need."""
    forecast = history.forecast
    if not forecast.asks.has_quantiles:
        return Scale(0, values.UNITS)
    shown = [held.value for held in [*history.consensus, *_all(history)] if isinstance(held.value, tuple)]
    inner = [number for quantiles in shown for number in _inner(quantiles)]
    truth = [resolution.value] if resolution is not None and resolution.value is not None else []
    return scales.fitting([*inner, *truth], is_log=forecast.range_scale == Forecast.Scale.LOG)


def levels(forecast: Forecast, scale: Scale) -> list[Tick]:
    """The ticks of the axis upwards."""
    if forecast.asks.is_dated:
        return scales.dates(scale)
    if forecast.asks.has_quantiles:
        return scales.numbers(scale, words.short)
    return [Tick(part / 4, f"{25 * part}%") for part in range(5)]


def bands(history: History) -> list[tuple[list[Held], int]]:
    """Of quantiles: the consensus's intervals, the outermost first: its steps, and the place of the lower quantile."""
    steps = [held for held in history.consensus if isinstance(held.value, tuple)]
    if not history.forecast.asks.has_quantiles or not steps:
        return []
    count = min(len(held.value) for held in steps if isinstance(held.value, tuple))
    return [(steps, place) for place in range(count // 2)]


def truth_of(resolution: Verdict | None) -> float | None:
    """Where the truth lies on the axis upwards: at an edge for yes and no, at its value for a number or a date."""
    if resolution is None or resolution.known_at is None:
        return None
    edges = {Verdict.Outcome.YES: float(values.UNITS), Verdict.Outcome.NO: 0.0, Verdict.Outcome.OPTION: values.UNITS}
    return resolution.value if resolution.value is not None else edges.get(Verdict.Outcome(resolution.outcome))


def _all(history: History) -> Iterable[Held]:
    yield from history.own
    for steps in history.others.values():
        yield from steps


def _inner(quantiles: Sequence[float]) -> Sequence[float]:
    """Without the outermost on each side, which may lie far out."""
    return quantiles[1:-1] if len(quantiles) > 4 else quantiles


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

    def band(self, steps: Sequence[Held], place: int) -> str:
        """An interval of the consensus, as outlines of its steps."""
        parts = []
        for held in steps:
            assert isinstance(held.value, tuple)  # noqa: S101
            low, high = self.y(held.value[place]), self.y(held.value[-1 - place])
            start, end = self.x(held.start), self.x(held.end)
            parts.append(f"M{start:g} {low:g}H{end:g}V{high:g}H{start:g}Z")
        return "".join(parts)

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


def _outcome(resolution: Verdict | None, span: Span, scale: Scale) -> tuple[float, float] | None:
    truth = truth_of(resolution)
    if truth is None or resolution is None or resolution.known_at is None:
        return None
    return round(100 * span.place(resolution.known_at), 2), _down(scale.place(truth))


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
