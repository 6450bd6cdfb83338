"""Specifications to pictures."""

import json
import struct
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.core.cache import cache

from forecasts.presenting import charts
from forecasts.presenting.charts import rendering
from forecasts.presenting.charts.reports import SIDE
from forecasts.rules.kept import place_of
from tests.presenting.charts.drawn import SVG
from tests.presenting.reports import EMPTY, TOO_SURE


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    cache.clear()


def test_the_svg_runs_nothing_and_loads_nothing() -> None:
    drawn = charts.svg(charts.reliability(TOO_SURE))
    assert not [word for word in ("<script", "style=", "<image", "@import", "<a ") if word in drawn]


def test_the_background_is_white_whatever_the_reader_prefers() -> None:
    first = next(iter(ET.fromstring(charts.svg(charts.reliability(TOO_SURE)))))
    assert (first.tag, first.get("fill")) == (f"{SVG}rect", "white")


def test_the_png_is_a_png_of_twice_its_size_in_points() -> None:
    drawn = charts.png(charts.reliability(TOO_SURE))
    assert drawn.startswith(b"\x89PNG")
    width, _ = struct.unpack(">II", drawn[16:24])
    assert width > 2 * SIDE


def test_equal_specifications_are_drawn_once_and_others_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import vl_convert

    drawn: list[str] = []
    real = vl_convert.vegalite_to_svg

    def counted(spec: str, **options: Any) -> str:
        drawn.append(spec)
        return str(real(spec, **options))

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", counted)
    first = charts.svg(charts.reliability(TOO_SURE))
    assert charts.svg(charts.reliability(TOO_SURE)) == first
    charts.png(charts.reliability(TOO_SURE))
    assert len(drawn) == 1
    assert charts.svg(charts.reliability(EMPTY)) != first
    assert len(drawn) == 2


def test_a_png_is_made_once_of_equal_specifications(monkeypatch: pytest.MonkeyPatch) -> None:
    import vl_convert

    first = charts.png(charts.reliability(TOO_SURE))
    monkeypatch.delattr(vl_convert, "svg_to_png")
    monkeypatch.delattr(vl_convert, "vegalite_to_svg")
    assert charts.png(charts.reliability(TOO_SURE)) == first


def test_another_process_finds_what_was_drawn() -> None:
    """The place is of the specification and the version that draws it, and of nothing in this process."""
    charts.svg(charts.reliability(EMPTY))
    tag = rendering.tag_of(json.dumps(charts.reliability(EMPTY)))
    kept_tag, body = cache.get(place_of("svg", tag))
    assert (kept_tag, body.startswith(b"<svg")) == (tag, True)
