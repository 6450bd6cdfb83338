"""The reliability diagram: what was said across, what came true upwards, and below how often each was said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.presenting import placing, readings
from forecasts.presenting.pictures import Axis, Picture, Point, Series, diagonal
from forecasts.presenting.placing import Bar, Dot
from forecasts.presenting.readings import Reading
from forecasts.presenting.scales import Scale
from forecasts.scores.statistics import shapes
from forecasts.scores.statistics.shapes import Bin, Report

SMALLEST, LARGEST = 3.0, 11.0
"""Radii in pixels; the area of a dot grows with its count."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bin in the table beside the diagram."""

    range: str
    count: str
    forecasts: int
    independent: str
    said: str
    came: str
    interval: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """`paths` by role, the lowest first."""

    paths: dict[str, str]
    dots: list[Dot]
    bars: list[Bar]
    legend: list[Series]
    rows: list[Row]
    description: str
    readings: str = "[]"


def reliability(report: Report) -> Picture:
    """Diagonal, curve, bands, and dots with their 95% intervals."""
    curve = report.curve or []
    line = [Point(one.probability, one.calibrated) for one in curve]
    calibrated = _band(curve, "consistency_band")
    whole = _band(curve, "simultaneous_band")
    confidence = _band(curve, "confidence_band")
    bins = [
        Point(one.mean_probability or 0, one.observed_frequency or 0, one.ci95, columns={"n": one.n})
        for one in _filled(report)
    ]
    return Picture(
        Axis("said", "Said"),
        Axis("came", "Came true"),
        [
            Series("simultaneous", "band", whole, "the whole curve of one, in 90% of cases", "light grey"),
            Series("consistency", "band", calibrated, "where a calibrated forecaster would lie", "grey"),
            Series("confidence", "band", confidence, "its 90% band", "outlined"),
            diagonal(),
            Series("curve", "line", line, "calibration curve", "line"),
            Series("dot", "dots", bins, "bins, larger where more was said, with 95% intervals", "dots"),
        ],
    )


def histogram(report: Report) -> Picture:
    """How often each probability was said, on the same axis."""
    bars = [Point(one.lower, one.n, until=one.upper) for one in _filled(report)]
    most = max((one.y for one in bars), default=1)
    x = Axis("lower", "", until="upper")
    return Picture(x, Axis("n", "", Scale(0, most)), [Series("histogram", "bars", bars)])


def diagram(report: Report, sentence: str) -> Diagram | None:
    """What to draw; None where nothing is scored that has a curve."""
    picture, below = reliability(report), histogram(report)
    (bars,), (dots,) = below.of("bars"), picture.of("dots")
    if not bars.points:
        return None
    sizes = [math.sqrt(below.y.scale.place(bar.y)) for bar in bars.points]
    radii = [round(SMALLEST + (LARGEST - SMALLEST) * size, 1) for size in sizes]
    return Diagram(
        paths={role: path for role, path in placing.paths(picture).items() if path},
        dots=[placing.dot(picture, at, radius) for at, radius in zip(dots.points, radii, strict=True)],
        bars=[placing.bar(below, at, counted(at.y)) for at in bars.points],
        legend=picture.legend,
        rows=[_row(one) for one in report.bins],
        description=f"Reliability diagram. {sentence.removesuffix('.')}. The table beside it holds the numbers.",
        readings=readings.written(_reading(one) for one in _filled(report)),
    )


def _reading(one: Bin) -> Reading:
    row = _row(one)
    said = [("said", row.said), ("came true", row.came), ("95% interval", row.interval)]
    return Reading(round(100 * (one.mean_probability or 0), 2), row.range, [*said, ("estimates", row.count)])


def _filled(report: Report) -> list[Bin]:
    return [one for one in report.bins if one.n > 0]


def _band(curve: Sequence[shapes.Point], name: str) -> list[Point]:
    bounds = [(one, getattr(one, name)) for one in curve]
    return [Point(one.probability, one.calibrated, bound) for one, bound in bounds if bound is not None]


def _row(one: Bin) -> Row:
    low, high = one.ci95 or (None, None)
    return Row(
        f"{100 * one.lower:.0f}–{100 * one.upper:.0f}%",
        counted(one.n),
        one.forecasts,
        f"{one.effective_n:.1f}".removesuffix(".0") if one.n else "–",
        share(one.mean_probability),
        share(one.observed_frequency),
        _if_independent(one) if low is None else f"{100 * low:.0f}–{share(high)}",
    )


def _if_independent(one: Bin) -> str:
    """What stands in place of an interval where situations are too few."""
    if one.ci95_if_independent is None:
        return "–"
    low, high = one.ci95_if_independent
    return f"({100 * low:.0f}–{share(high)} if independent)"


def share(number: float | None) -> str:
    """A share as people read it.

    >>> share(0.58), share(None)
    ('58%', '–')
    """
    return "–" if number is None else f"{100 * number:.0f}%"


def counted(n: float) -> str:
    """How many; weights of time may add up to parts of one.

    >>> counted(1234.0), counted(2.5)
    ('1,234', '2.5')
    """
    return f"{n:,.0f}" if n == int(n) else f"{n:,.1f}"
