"""What a picture shows, in the units of its axes: described once, drawn as SVG by pages (`placing`) and by `charts`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from forecasts.presenting.scales import Scale
from forecasts.scores.statistics.shapes import Pair

type Mark = Literal["band", "line", "dots", "bars", "rule"]

SHARE = Scale(0, 1)


@dataclass(frozen=True, slots=True)
class Axis:
    """`field` is its column in files, and `until` that of where a bar ends; `labels` name places instead of numbers."""

    field: str
    title: str
    scale: Scale = SHARE
    labels: tuple[str, ...] | None = None
    until: str = "until"


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: at `x` or from there to `until`, at `y`, with its bounds. `columns` are told in files beside it."""

    x: float = 0.0
    y: float = 0.0
    bounds: Pair | None = None
    until: float | None = None
    columns: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Series:
    """Marks of one kind. `words` say in the legend what they mean, `sign` how they look where there are no colours."""

    role: str
    mark: Mark
    points: list[Point]
    words: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Series in the order in which they cover each other, the lowest first."""

    x: Axis
    y: Axis
    series: list[Series]

    def of(self, mark: Mark) -> list[Series]:
        return [one for one in self.series if one.mark == mark]

    @property
    def legend(self) -> list[Series]:
        """What is explained, the uppermost first; nothing that is not there."""
        return [one for one in reversed(self.series) if one.words and one.points]


def diagonal() -> Series:
    """Where what is said is right."""
    return Series("diagonal", "line", [Point(0, 0), Point(1, 1)])
