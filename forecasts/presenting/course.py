"""A forecast over time, in the units of its axes: what pages and files draw alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Forecast, Verdict
from forecasts.presenting.history import Held, History
from forecasts.presenting.kinds import answers_to
from forecasts.presenting.moments import Moment, moments
from forecasts.presenting.scales import Scale, Span, Tick
from forecasts.presenting.series import CONSENSUS, OTHER, OWN, REFERENCE, Series, series
from forecasts.rules import values


@dataclass(frozen=True, slots=True)
class Range:
    """Two quantiles, held from one moment until another."""

    start: datetime
    end: datetime
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Course:
    """Lines as steps, the consensus's intervals with the outermost first, marked moments, and where the truth lies."""

    forecast: Forecast
    span: Span
    scale: Scale
    series: list[Series]
    bands: list[list[Range]]
    moments: list[Moment]
    truth: tuple[datetime, float] | None

    @property
    def roles(self) -> list[str]:
        """What there is to explain."""
        lines = [role for role in (CONSENSUS, OWN, OTHER, REFERENCE) if any(one.role == role for one in self.series)]
        return [*lines, *["band"] * bool(self.bands), *["truth"] * bool(self.truth)]

    @property
    def levels(self) -> list[Tick]:
        """The ticks of the axis upwards."""
        return answers_to(self.forecast).ticks(self.scale)


def course(history: History, resolution: Verdict | None, at: datetime) -> Course:
    """Of a forecast that has been opened and has a time of closing."""
    span = _span(history, resolution)
    return Course(
        history.forecast,
        span,
        _scale(history, resolution),
        series(history),
        _bands(history),
        moments(history, resolution, span, at),
        _truth(resolution),
    )


def _bands(history: History) -> list[list[Range]]:
    if not answers_to(history.forecast).has_intervals:
        return []
    steps = [(held, held.value) for held in history.consensus if isinstance(held.value, tuple)]
    count = min((len(value) for _, value in steps), default=0)
    return [
        [Range(held.start, held.end, value[place], value[-1 - place]) for held, value in steps]
        for place in range(count // 2)
    ]


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


def _scale(history: History, resolution: Verdict | None) -> Scale:
    """The axis upwards: all of a probability, or what the inner quantiles and the truth need."""
    arithmetic = [held for steps in history.references.values() for held in steps]
    shown = [held.value for held in [*history.consensus, *_all(history), *arithmetic] if isinstance(held.value, tuple)]
    truth = [resolution.value] if resolution is not None and resolution.value is not None else []
    return answers_to(history.forecast).scale(shown, truth)


def _truth(resolution: Verdict | None) -> tuple[datetime, float] | None:
    """At an edge for yes and no, at its value for a number or a date."""
    if resolution is None or resolution.known_at is None:
        return None
    edges = {Verdict.Outcome.YES: float(values.UNITS), Verdict.Outcome.NO: 0.0, Verdict.Outcome.OPTION: values.UNITS}
    value = edges.get(Verdict.Outcome(resolution.outcome)) if resolution.value is None else resolution.value
    return None if value is None else (resolution.known_at, value)


def _all(history: History) -> Iterable[Held]:
    yield from history.own
    for steps in history.others.values():
        yield from steps
