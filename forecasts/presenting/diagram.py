"""The reliability diagram: what was said across, what came true upwards, and below how often each was said.

Places are percentages from the left and from the top; outlines live in a square of 1,000 by 1,000.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.presenting.plot import SIDE
from forecasts.scores.statistics.shapes import Bin, Pair, Point, Report

SMALLEST, LARGEST = 3.0, 11.0
"""Radii in pixels; the area of a dot grows with its count."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A bin with estimates: where, how large, and its 95% interval from `low` down to `high` up."""

    x: float
    y: float
    radius: float
    low: float | None
    high: float | None
    count: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    height: float
    count: str

    @property
    def y(self) -> float:
        return 100 - self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


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
    consistency: str
    simultaneous: str
    confidence: str
    curve: str
    dots: list[Dot]
    bars: list[Bar]
    rows: list[Row]
    description: str


def diagram(report: Report, sentence: str) -> Diagram | None:
    """What to draw; None where nothing is scored that has a curve."""
    filled = [one for one in report.bins if one.n > 0]
    if not filled:
        return None
    most = max(one.n for one in filled)
    curve = report.curve or []
    return Diagram(
        consistency=_band(curve, [point.consistency_band for point in curve]),
        simultaneous=_band(curve, [point.simultaneous_band for point in curve]),
        confidence=_band(curve, [point.confidence_band for point in curve]),
        curve=_path([(point.probability, point.calibrated) for point in curve]),
        dots=[_dot(one, most) for one in filled],
        bars=[_bar(one, most) for one in filled],
        rows=[_row(one) for one in report.bins],
        description=f"Reliability diagram. {sentence}. The table beside it holds the numbers.",
    )


def _band(curve: Sequence[Point], bounds: Sequence[Pair | None]) -> str:
    """The outline between the bounds, along the curve's probabilities."""
    known = [(point.probability, *bound) for point, bound in zip(curve, bounds, strict=True) if bound is not None]
    if len(known) < 2:
        return ""
    there = [(probability, low) for probability, low, _ in known]
    back = [(probability, high) for probability, _, high in reversed(known)]
    return _path([*there, *back]) + "Z"


def _path(points: Sequence[Pair]) -> str:
    places = [f"{round(SIDE * x, 1):g} {round(SIDE * (1 - y), 1):g}" for x, y in points]
    return "M" + "L".join(places) if places else ""


def _dot(one: Bin, most: float) -> Dot:
    low, high = one.ci95 or (None, None)
    return Dot(
        round(100 * (one.mean_probability or 0), 2),
        _down(one.observed_frequency or 0),
        round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(one.n / most), 1),
        None if low is None else _down(low),
        None if high is None else _down(high),
        counted(one.n),
    )


def _bar(one: Bin, most: float) -> Bar:
    return Bar(
        round(100 * one.lower, 2), round(100 * (one.upper - one.lower), 2), round(100 * one.n / most, 1), counted(one.n)
    )


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


def _down(share: float) -> float:
    return round(100 * (1 - share), 2)


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
