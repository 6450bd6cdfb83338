"""Where: a box or polygons on the map, longitude before latitude as in GeoJSON; the edge belongs to it."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasts.rules.errors import InvalidSpec

type Point = tuple[float, float]
type Ring = tuple[Point, ...]
type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

SIDES = ("west", "south", "east", "north")
WAYS = (
    "a box [west, south, east, north] or {west, south, east, north}; a polygon as a list of [longitude, latitude]; "
    "GeoJSON of the type Polygon or MultiPolygon; WKT such as POLYGON ((36 35, 37 35, 37 36, 36 35))"
)
MOST_POINTS = 10_000


@dataclass(frozen=True)
class Area:
    """Rings of points. A place lies within where an odd number of rings hold it, or where it is on an edge."""

    rings: tuple[Ring, ...]

    def holds(self, longitude: Floats, latitude: Floats) -> Flags:
        """Which places lie within. Shapes: (n,)."""
        odd = np.zeros(longitude.shape, dtype=bool)
        edge = np.zeros(longitude.shape, dtype=bool)
        for ring in self.rings:
            for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
                cross = (x2 - x1) * (latitude - y1) - (y2 - y1) * (longitude - x1)
                in_box = (
                    (np.minimum(x1, x2) <= longitude)
                    & (longitude <= np.maximum(x1, x2))
                    & (np.minimum(y1, y2) <= latitude)
                    & (latitude <= np.maximum(y1, y2))
                )
                edge |= (cross == 0) & in_box
                # An upward edge has the place on its left where the cross product is positive.
                crosses = (y1 > latitude) != (y2 > latitude)
                odd ^= crosses & ((cross > 0) == (y2 > y1))
        return odd | edge


def area(value: Any) -> Area:
    """An area out of what a spec says of it. Raises InvalidSpec, naming the ways to say it."""
    try:
        found = _area(value)
    except (TypeError, ValueError, KeyError, IndexError):
        raise InvalidSpec(f"where.within: “{str(value)[:80]}” is no area. Allowed: {WAYS}.") from None
    _check(found)
    return found


def _area(value: Any) -> Area:
    if isinstance(value, str):
        return _from_wkt(value)
    if isinstance(value, dict):
        return _from_mapping(value)
    if len(value) == len(SIDES) and not isinstance(value[0], list | tuple):
        return _box(*map(float, value))
    return Area((_ring(value),))


def _from_mapping(value: dict[str, Any]) -> Area:
    if set(value) == set(SIDES):
        return _box(*(float(value[side]) for side in SIDES))
    if set(value) in ({"box"}, {"polygon"}):
        return _area(next(iter(value.values())))
    if value.get("type") == "Feature":
        return _from_mapping(value["geometry"])
    if value.get("type") == "Polygon":
        return Area(tuple(_ring(ring) for ring in value["coordinates"]))
    if value.get("type") == "MultiPolygon":
        return Area(tuple(_ring(ring) for polygon in value["coordinates"] for ring in polygon))
    raise ValueError


def _from_wkt(text: str) -> Area:
    if not re.fullmatch(r"\s*(MULTI)?POLYGON\s*\(.+\)\s*", text, re.IGNORECASE | re.DOTALL):
        raise ValueError
    rings = re.findall(r"\(([^()]+)\)", text)
    return Area(tuple(_ring([point.split() for point in ring.split(",")]) for ring in rings))


def _box(west: float, south: float, east: float, north: float) -> Area:
    if south > north:
        raise ValueError
    parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    return Area(tuple(((w, south), (e, south), (e, north), (w, north)) for w, e in parts))


def _ring(points: Any) -> Ring:
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    ring = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
    if len(ring) < 3:
        raise ValueError
    return ring


def _check(found: Area) -> None:
    points = [point for ring in found.rings for point in ring]
    if not points or len(points) > MOST_POINTS:
        raise InvalidSpec(f"where.within: an area has 3 to {MOST_POINTS:,} corners.")
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points):
        raise InvalidSpec(
            "where.within: longitude lies between -180 and 180, latitude between -90 and 90, longitude comes first."
        )
