"""Where an event lies: boxes and polygons, with their edges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.evidence.area import Area, area
from forecasts.rules.errors import InvalidSpec

SQUARE = [[36, 35], [37, 35], [37, 36], [36, 36]]
OUTER, INNER = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]
HOLED = {"type": "Polygon", "coordinates": [OUTER, INNER]}


def holds(of: Area, longitude: float, latitude: float) -> bool:
    return bool(of.holds(np.array([float(longitude)]), np.array([float(latitude)]))[0])


@pytest.mark.parametrize(
    "said",
    [
        SQUARE,
        [*SQUARE, SQUARE[0]],
        SQUARE[::-1],
        {"polygon": SQUARE},
        [36, 35, 37, 36],
        {"box": [36, 35, 37, 36]},
        ["36", "35", "37", "36"],
        {"west": 36, "south": 35, "east": 37, "north": 36},
        {"type": "Polygon", "coordinates": [SQUARE]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}},
        "POLYGON ((36 35, 37 35, 37 36, 36 36, 36 35))",
        "multipolygon (((36 35, 37 35, 37 36, 36 36)))",
    ],
)
def test_one_square_can_be_said_in_many_ways(said: Any) -> None:
    square = area(said)
    assert holds(square, 36.5, 35.5)
    assert all(holds(square, x, y) for x, y in SQUARE)
    assert holds(square, 36.5, 35)
    assert not holds(square, 37.001, 35.5)
    assert not holds(square, 36.5, 34.999)


def test_a_hole_is_outside_but_for_its_edge() -> None:
    ring = area(HOLED)
    assert [holds(ring, x, x) for x in (0.5, 1, 2, 3, 3.5, 4, 4.1)] == [True, True, False, True, True, True, False]


def test_a_place_level_with_a_corner_is_counted_once() -> None:
    diamond = area([[0, -1], [1, 0], [0, 1], [-1, 0]])
    assert [holds(diamond, x, 0) for x in (-1.5, -1, 0, 1, 1.5)] == [False, True, True, True, False]
    assert [holds(diamond, 0.9, y) for y in (-1, 0, 1)] == [False, True, False]


def test_a_box_may_lie_across_the_antimeridian() -> None:
    fiji = area([177, -20, -178, -15])
    assert [holds(fiji, x, -17) for x in (176, 178, 180, -180, -179, -177)] == [False, True, True, True, True, False]


@given(st.floats(35, 38), st.floats(34, 37))
def test_a_box_and_the_same_polygon_hold_the_same_places(longitude: float, latitude: float) -> None:
    inside = 36 <= longitude <= 37 and 35 <= latitude <= 36
    assert holds(area(SQUARE), longitude, latitude) == holds(area([36, 35, 37, 36]), longitude, latitude) == inside


@pytest.mark.parametrize(
    "said", ["Idlib", [1, 2, 3], [[1, 2], [3, 4]], [36, 36, 37, 35], {"type": "Point"}, 7, [["a", "b"]] * 3]
)
def test_what_is_no_area_is_refused(said: Any) -> None:
    with pytest.raises(InvalidSpec, match="is no area"):
        area(said)


def test_latitude_first_is_noticed_where_it_can_be() -> None:
    with pytest.raises(InvalidSpec, match="longitude comes first"):
        area([[35, 136], [36, 136], [36, 137]])
