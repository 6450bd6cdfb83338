"""A picture on a page: places are percentages from the left and from the top, outlines live in a square of 1,000."""

from collections.abc import Iterable
from dataclasses import dataclass

from forecasts.presenting.pictures import Picture, Point, Series
from forecasts.presenting.scales import Scale
from forecasts.scores.statistics.shapes import Pair

SIDE = 1000


@dataclass(frozen=True, slots=True)
class Dot:
    """Where a point lies, its interval from `low` down to `high` up, and its radius in pixels."""

    x: float
    y: float
    low: float | None
    high: float | None
    radius: float


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    height: float
    label: str

    @property
    def y(self) -> float:
        return 100 - self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def dot(picture: Picture, point: Point, radius: float = 5) -> Dot:
    low, high = point.bounds or (None, None)
    y = picture.y.scale
    return Dot(
        across(picture.x.scale, point.x),
        down(y, point.y),
        None if low is None else down(y, low),
        None if high is None else down(y, high),
        radius,
    )


def bar(picture: Picture, point: Point, label: str = "") -> Bar:
    x = picture.x.scale
    width = 100 * (x.place(point.x if point.until is None else point.until) - x.place(point.x))
    return Bar(across(x, point.x), round(width, 2), round(100 * picture.y.scale.place(point.y), 1), label)


def paths(picture: Picture) -> dict[str, str]:
    """The outline of each band and line, by its role; empty where it has too few points."""
    bands = {one.role: _outline(picture, one) for one in picture.of("band")}
    return bands | {one.role: _path(picture, ((at.x, at.y) for at in one.points)) for one in picture.of("line")}


def across(scale: Scale, value: float) -> float:
    return round(100 * scale.place(value), 2)


def down(scale: Scale, value: float) -> float:
    return round(100 * (1 - scale.place(value)), 2)


def _outline(picture: Picture, band: Series) -> str:
    bounds = [(at.x, *at.bounds) for at in band.points if at.bounds is not None]
    there, back = [(x, low) for x, low, _ in bounds], [(x, high) for x, _, high in reversed(bounds)]
    return _path(picture, [*there, *back]) + "Z" if len(bounds) > 1 else ""


def _path(picture: Picture, points: Iterable[Pair]) -> str:
    x, y = picture.x.scale, picture.y.scale
    places = [f"{round(SIDE * x.place(at), 1):g} {round(SIDE * (1 - y.place(value)), 1):g}" for at, value in points]
    return "M" + "L".join(places) if places else ""
